"""XML as the parser hands it on."""

from __future__ import annotations

import pytest

from auditor.errors import FormatError
from auditor.formats.xml import MAX_DEPTH, MAX_TEXT, Node, parse_xml


def _shown(node: Node) -> object:
    return (node.tag, node.line, node.attributes, node.text, [_shown(child) for child in node.children])


def test_tags_lines_attributes_and_order_are_kept() -> None:
    data = b'<a xmlns="u" xmlns:x="v" x:k="1" k="2">\n <b/>\n <x:c k="3">\n  <b/></x:c>\n <b/></a>'

    root = parse_xml(data)

    inner: object = ("c", 3, {"k": "3"}, "", [("b", 4, {}, "", [])])
    assert _shown(root) == (
        "a", 1, {"{v}k": "1", "k": "2"}, "", [("b", 2, {}, "", []), inner, ("b", 5, {}, "", [])]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param(b"<a>\n  x y \n</a>", "x y", id="blanks around are dropped, blanks within stay"),
        pytest.param(b"<a> \n\t </a>", "", id="blanks alone are nothing"),
        pytest.param(b"<a>x &amp; y &lt; z &#229;</a>", "x & y < z å", id="the five entities and numbers"),
        pytest.param(b"<a>&#32;x&#32;</a>", "x", id="a written blank is a blank"),
        pytest.param(b"<a><![CDATA[ <b>&amp;</b> ]]></a>", "<b>&amp;</b>", id="CDATA is taken as it stands"),
        pytest.param(b"<a>x<![CDATA[ & ]]>y</a>", "x & y", id="CDATA between texts, with its blanks"),
        pytest.param(b"<a>x<!-- no -->y</a>", "xy", id="a comment within a text"),
        pytest.param(b"<a>x <!-- no --> y</a>", "x  y", id="blanks around a comment"),
        pytest.param(b"<a>x<?p i?>y</a>", "xy", id="a processing instruction within a text"),
        pytest.param(b"<a>x\r\ny\rz</a>", "x\ny\nz", id="line ends are one kind"),
        pytest.param(b"<a>x<b>no</b> y</a>", "x y", id="text on both sides of an element"),
        pytest.param("<a>\u00a0x</a>".encode(), "x", id="a no-break space is a blank"),
        pytest.param(b"<a>" + b"x &amp; y\n" * 50_000 + b"</a>", ("x & y\n" * 50_000).strip(), id="a long text"),
        pytest.param(b"<a>" + b" " * 200_000 + b"x</a>", "x", id="blanks longer than the buffer"),
        pytest.param(
            b"<a>x" + b" " * 200_000 + b"y</a>", "x" + " " * 200_000 + "y", id="as many between two words"
        ),
    ],
)
def test_text_is_whole_and_stripped(written: bytes, text: str) -> None:
    assert parse_xml(written).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_declared_encoding_is_followed(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding

    root = parse_xml(f'<?xml version="1.0" encoding="{declared}"?><a>Löv</a>'.encode(encoding))

    assert root.text == "Löv"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_mark_of_utf16_wins_over_what_was_declared_before_the_file_was_saved_anew(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"

    root = parse_xml(f'{mark}<?xml version="1.0" encoding="UTF-8"?><a>Löv</a>'.encode(encoding))

    assert root.text == "Löv"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        pytest.param(b"", "not well-formed XML: no element found", id="an empty file"),
        pytest.param(b"<a><b></a>", "not well-formed XML: mismatched tag", id="crossed tags"),
        pytest.param(b"<x:a/>", "not well-formed XML: unbound prefix", id="a prefix that is not declared"),
        pytest.param(b"<a>&undeclared;</a>", "not well-formed XML: undefined entity", id="an unknown entity"),
        pytest.param(b"<!DOCTYPE a><a/>", "a DTD or entity declaration is refused", id="a DTD"),
        pytest.param(
            b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
            "a DTD or entity declaration is refused",
            id="an entity declaration",
        ),
        pytest.param(
            b"<a>" * (MAX_DEPTH + 1),
            f"elements are nested deeper than {MAX_DEPTH}",
            id="too deep",
        ),
        pytest.param(
            b'<?xml version="1.0" encoding="nonsense"?><a/>',
            "not readable as XML: unknown encoding",
            id="an unknown encoding",
        ),
        pytest.param(
            '<?xml version="1.0" encoding="utf-8"?>\n<a>Löv</a>'.encode("latin-1"),
            "not in utf-8, which it is declared to be in: byte 43 does not fit",
            id="another encoding than declared",
        ),
        pytest.param(
            "<a>Löv</a>".encode("latin-1"),
            "not in UTF-8, which XML is in where nothing is declared: byte 4 does not fit",
            id="another encoding and none declared",
        ),
        pytest.param(
            b"<a><b>" + b"x" * (MAX_TEXT + 1) + b"</b></a>",
            "the text of b is longer than 524,288 characters",
            id="a text beyond all measure",
        ),
    ],
)
def test_what_cannot_be_read_says_why(written: bytes, reason: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_xml(written)

    assert caught.value.reason.startswith(reason)


def test_documents_share_nothing_that_can_be_written() -> None:
    one, other = parse_xml(b"<a/>"), Node("b", 1, {})

    other.children.append(one)
    other.attributes["k"] = "v"

    assert (one.children, one.attributes, Node("c", 1, {}).children) == ([], {}, [])


def test_a_node_answers_by_tag_and_by_path() -> None:
    root = parse_xml(b"<r><f>true</f><e/><p><q>1</q></p><p><q>2</q><q>3</q></p><n>0</n></r>")

    assert [node.text for node in root.at("p/q")] == ["1", "2", "3"]
    assert (root.value("f"), root.value("e"), root.value("none")) == ("true", None, None)
    assert (root.flag("f"), root.flag("n"), root.flag("p"), root.flag("none")) == (True, False, None, None)
    assert [node.tag for node in root.walk()] == ["r", "f", "e", "p", "q", "p", "q", "q", "n"]
