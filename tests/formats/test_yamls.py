# ruff: noqa: E501 - a table of exact messages
from __future__ import annotations

import pytest

from auditor.errors import ConfigurationError, FormatError
from auditor.formats.yamlnodes import YamlKind, YamlNode
from auditor.formats.yamls import ALIAS_BUDGET, MAX_DEPTH, load_plain, read_yaml

SCALARS = [
    ("true is a boolean", "true", True),
    ("True is too", "True", True),
    ("yes is text", "yes", "yes"),
    ("no is text", "no", "no"),
    ("on is text", "on", "on"),
    ("off is text", "off", "off"),
    ("y is text", "y", "y"),
    ("nothing is null", "", None),
    ("a tilde is null", "~", None),
    ("a whole number", "-42", -42),
    ("a leading zero is decimal", "010", 10),
    ("octal has its own sign", "0o10", 8),
    ("hexadecimal", "0xff", 255),
    ("a sexagesimal is text", "12:30:45", "12:30:45"),
    ("an underscore makes text", "1_000", "1_000"),
    ("a fraction", "1.10", 1.1),
    ("an exponent", "1e3", 1000.0),
    ("a version of three parts is text", "1.2.3", "1.2.3"),
    ("a day is text", "2026-11-21", "2026-11-21"),
    ("a quoted number is text", '"42"', "42"),
    ("a quoted boolean is text", "'true'", "true"),
    ("infinity", "-.inf", float("-inf")),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in SCALARS])
def test_scalar(text: str, expected: object) -> None:
    value = read_yaml(f"key: {text}\n", "a.yaml").plain()

    assert value == {"key": expected}
    assert isinstance(value, dict)
    assert type(value["key"]) is type(expected)


REFUSED = [
    ("a key twice", "a: 1\nb: 2\na: 3\n", "3:1: key 'a' stands twice, first on line 1"),
    ("a key twice, once quoted", "1: a\n'1': b\n", "2:1: key '1' stands twice, first on line 1"),
    ("a merge key", "a: {<<: {b: 1}}\n", "1:5: merge keys (`<<`) are refused: write the keys out"),
    ("a key that is a list", "? [a]\n: b\n", "1:3: a key must be a single value"),
    ("a tag of Python", "a: !!python/object:os.system x\n", "1:4: tag tag:yaml.org,2002:python/object:os.system is refused"),
    ("a tag of one's own", "- !secret x\n", "1:3: tag !secret is refused"),
    ("a second document", "a: 1\n---\nb: 2\n", "2:1: a second document (`---`): write one document a file"),
    ("an alias without an anchor", "a: *b\n", "1:4: alias *b has no anchor before it"),
    ("an alias in its own anchor", "a: &b [*b]\n", "1:8: alias *b holds itself"),
    ("deep lists", "[" * 100_000, f"1:{MAX_DEPTH + 1}: nested deeper than {MAX_DEPTH}"),
    ("a very long number", "1" * 400, "1:1: a number of more than 300 digits"),
    ("bytes that are no UTF-8", b"\xff\xfe", "1:1: not UTF-8 text: invalid start byte at byte 0"),
    ("half a surrogate pair", "a: \ud800", "1:1: not UTF-8 text: surrogates not allowed at byte 3"),
    ("a control character", "a: \x00", "1:1: not YAML: unacceptable character #x0000: control characters are not allowed"),
    ("a tab for indentation", "a:\n\tb: 1\n", "2:1: not YAML: found character that cannot start any token, while scanning for the next token"),
    ("a list that does not end", "a: [1\n", "2:1: not YAML: did not find expected ',' or ']', while parsing a flow sequence"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_refused(text: str | bytes, expected: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_yaml(text, "a.yaml")

    assert caught.value.problems == (f"a.yaml:{expected}",)


def test_an_alias_repeats_its_anchor_at_its_own_place() -> None:
    node = read_yaml("a: &x {b: 1}\nc: *x\n", "a.yaml").get("c")

    assert node is not None
    assert (node.where, node.plain()) == ("a.yaml:2:4", {"b": 1})


def test_aliases_that_multiply_are_refused_before_they_are_many() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(ConfigurationError, match=f"aliases repeat more than {ALIAS_BUDGET:,} nodes"):
        read_yaml("\n".join(lines), "a.yaml")


def test_several_problems_are_told_at_once_by_place() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_yaml("b: !x 1\na: 1\na: {c: 1, c: 2}\n", "a.yaml")

    assert caught.value.problems == (
        "a.yaml:1:4: tag !x is refused",
        "a.yaml:3:1: key 'a' stands twice, first on line 2",
        "a.yaml:3:11: key 'c' stands twice, first on line 3",
    )


def test_nodes_carry_their_places() -> None:
    root = read_yaml("# a comment\nrows:\n  - name: å\n    size: 1.10\n", "a.yaml")
    size = root.pairs[0][1].items[0].get("size")

    assert size == YamlNode(YamlKind.SCALAR, 4, 11, "a.yaml", 1.1, text="1.10")
    assert size.is_unquoted_float
    assert [(key, node.where) for key, node, _ in root.entries()] == [("rows", "a.yaml:2:1")]


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter() -> None:
    assert read_yaml(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "a.yaml").plain() == {"a": 1, "b": 2}


def test_an_empty_document_is_empty_at_its_beginning() -> None:
    root = read_yaml("# nothing\n", "a.yaml")

    assert (root.is_empty, root.where) == (True, "a.yaml:1:1")


def test_plain_data_without_positions() -> None:
    assert load_plain("a: [1, {b: off}]\n") == {"a": [1, {"b": "off"}]}


def test_plain_data_that_is_refused_is_a_format_error_with_its_line() -> None:
    with pytest.raises(FormatError) as caught:
        load_plain("a: 1\na: 2\n")

    assert (caught.value.reason, caught.value.line) == ("key 'a' stands twice, first on line 1", 2)
