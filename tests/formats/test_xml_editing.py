"""Elements are taken out and changed where they stand; all other bytes stay, and every change has its inverse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import FormatError
from auditor.formats.xml_editing import (
    Change,
    Element,
    apply,
    emptied,
    inserted_after,
    inverse,
    parse_places,
    removals,
    retexted,
)

REMOVED = [
    pytest.param(b"<r>\n  <a>1</a>\n  <b/>\n</r>\n", "a", b"<r>\n  <b/>\n</r>\n", id="with its whole line"),
    pytest.param(
        b"<r>\r\n\t<a>\r\n\t\t<c>1</c>\r\n\t</a>\r\n\t<b/>\r\n</r>",
        "a",
        b"<r>\r\n\t<b/>\r\n</r>",
        id="with all its lines, line ends of Windows kept",
    ),
    pytest.param(b"<r><a>1</a><b/></r>", "a", b"<r><b/></r>", id="alone where others stand on its line"),
    pytest.param(
        b"<r>\n  <a>1</a><a>2</a>\n  <b/>\n</r>",
        "a",
        b"<r>\n  <b/>\n</r>",
        id="neighbours on one line go with that line",
    ),
    pytest.param(
        b"<r>\n  <a/> <!-- why -->\n  <b/>\n</r>",
        "a",
        b"<r>\n   <!-- why -->\n  <b/>\n</r>",
        id="a comment on its line stays",
    ),
    pytest.param(
        b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n<r xmlns="urn:x">\n    <a t="&lt;/a>">1</a>\n</r>',
        "a",
        b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n<r xmlns="urn:x">\n</r>',
        id="mark at the beginning, declaration and odd attributes stay",
    ),
    pytest.param(b"<r>\n  <a>\n    <a>1</a>\n  </a>\n</r>", "a", b"<r>\n</r>", id="one within another only once"),
    pytest.param(b"<r>\n<a/>\n<a/>\n</r>", "a", b"<r>\n</r>", id="two alike on lines of their own"),
    pytest.param(b"<r>\n  <b/>\n</r>", "a", b"<r>\n  <b/>\n</r>", id="nothing where nothing is asked for"),
]


@pytest.mark.parametrize(("before", "tag", "after"), REMOVED)
def test_elements_are_removed(before: bytes, tag: str, after: bytes) -> None:
    changes = removals(before, _all(before, tag))
    assert apply(before, changes) == after
    assert apply(after, inverse(before, changes)) == before


CHANGED = [
    pytest.param(b"<r><a>1 AND 2</a></r>", "1", b"<r><a>1</a></r>", id="a shorter text"),
    pytest.param(b"<r><a></a></r>", "x < y & z", b"<r><a>x &lt; y &amp; z</a></r>", id="a text that is escaped"),
    pytest.param("<r><a>é</a></r>".encode(), "å", b"<r><a>&#229;</a></r>", id="a text in whatever encoding"),
]


@pytest.mark.parametrize(("before", "text", "after"), CHANGED)
def test_texts_are_replaced(before: bytes, text: str, after: bytes) -> None:
    changes = [retexted(_all(before, "a")[0], text)]
    assert apply(before, changes) == after
    assert apply(after, inverse(before, changes)) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"<r>\n <a>\n  <b/>\n </a>\n</r>", b"<r>\n <a/>\n</r>", id="its content goes"),
        pytest.param(b'<r><a k="v" >1</a></r>', b'<r><a k="v"/></r>', id="its attributes stay"),
        pytest.param(b"<r><a/></r>", b"<r><a/></r>", id="an empty one stays as it is"),
    ],
)
def test_an_element_is_left_empty(before: bytes, after: bytes) -> None:
    assert apply(before, [emptied(before, _all(before, "a")[0])]) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"<r>\r\n\t<a/>\r\n</r>", b"<r>\r\n\t<a/>\r\n\t<n/>\r\n</r>", id="on a line of its own"),
        pytest.param(b"<r><a/></r>", b"<r><a/><n/></r>", id="beside it where all stands on one line"),
    ],
)
def test_an_element_is_added_behind_another(before: bytes, after: bytes) -> None:
    assert apply(before, [inserted_after(before, _all(before, "a")[0], "<n/>")]) == after


def test_places_are_those_of_the_bytes() -> None:
    data = b'<?xml version="1.0"?>\n<r>\n  <a>\n    <b>x &amp; y</b>\n  </a>\n  <c/>\n</r>\n'
    root = parse_places(data)
    found = [
        (item.place, item.line, item.last_line, item.text, data[item.start : item.end]) for item in root.walk()
    ]
    assert found == [
        ("", 2, 7, "", data[22:-1]),
        ("a", 3, 5, "", b"<a>\n    <b>x &amp; y</b>\n  </a>"),
        ("a/b", 4, 4, "x & y", b"<b>x &amp; y</b>"),
        ("c", 6, 6, "", b"<c/>"),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param("<r/>".encode("utf-16"), "not in an encoding", id="UTF-16, in which bytes are no characters"),
        pytest.param(b'<?xml version="1.0" encoding="Shift_JIS"?><r/>', "encod", id="an encoding of many bytes"),
        pytest.param(b"<!DOCTYPE r><r/>", "DTD", id="a document type"),
        pytest.param(b"<r>", "not well-formed", id="a document that ends early"),
    ],
)
def test_what_cannot_be_edited_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        parse_places(data)


def test_changes_to_the_same_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply(b"<r><a/></r>", [Change(3, 7), Change(4, 5)])


_TREES = st.recursive(
    st.sampled_from(["<a/>", "<a>t</a>", "<b>1</b>", "<c k='&lt;'>x</c>", "<!-- n -->"]),
    lambda inner: st.builds(
        lambda tag, parts, gap: f"<{tag}>{gap}" + gap.join(parts) + f"{gap}</{tag}>",
        st.sampled_from("abc"),
        st.lists(inner, max_size=4),
        st.sampled_from(["", "\n", "\n  ", "\r\n\t", " "]),
    ),
    max_leaves=12,
)


@given(_TREES, st.sets(st.integers(0, 30)), st.sampled_from(["\n", "\r\n", ""]))
def test_undo_is_the_inverse_of_every_removal(tree: str, chosen: set[int], gap: str) -> None:
    data = f"<r>{gap}{tree}{gap}</r>{gap}".encode()
    below = list(parse_places(data).walk())[1:]
    changes = removals(data, [item for place, item in enumerate(below) if place in chosen])
    after = apply(data, changes)
    assert apply(after, inverse(data, changes)) == data
    assert len(list(parse_places(after).walk())) == len(below) + 1 - _taken(below, chosen)


@given(st.lists(st.sampled_from("xy"), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n\t", ""]))
def test_removals_of_different_things_commute(tags: list[str], gap: str) -> None:
    data = f"<r>{gap}{gap.join(f'<{tag}>1</{tag}>' for tag in tags)}{gap}</r>".encode()

    def without(content: bytes, tag: str) -> bytes:
        return apply(content, removals(content, _all(content, tag)))

    both = apply(data, removals(data, [*_all(data, "x"), *_all(data, "y")]))
    assert without(without(data, "x"), "y") == without(without(data, "y"), "x") == both


def _taken(below: list[Element], chosen: set[int]) -> int:
    going = {item for place, item in enumerate(below) if place in chosen}
    return sum(1 for item in below if item in going or not going.isdisjoint(item.ancestors()))


def _all(data: bytes, tag: str) -> list[Element]:
    return [item for item in parse_places(data).walk() if item.tag == tag]
