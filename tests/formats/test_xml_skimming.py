"""One child of a root: what is skimmed is what the parser finds, and all else is left to the parser."""

from __future__ import annotations

import pytest

from auditor.formats.xml import MAX_DEPTH, parse_xml
from auditor.formats.xml_skimming import skim_xml

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<T xmlns="http://soap.sforce.com/2006/04/metadata">'

PLAIN = {
    "the child stands last": (f"{_HEAD}\n    <label>Größe</label>\n    <name>A__c</name>\n</T>\n", 4, "A__c"),
    "the child stands first": (f"{_HEAD}\n<name>A__c</name><label>x</label></T>", 3, "A__c"),
    "after elements with children": (f"{_HEAD}<p><q>x</q><q>y\n</q></p><name> A__c\n</name></T>", 3, "A__c"),
    "a greater-than sign and entities elsewhere": (
        f"{_HEAD}<help>a > &lt;name&gt;</help><name>A</name></T>",
        2,
        "A",
    ),
    "an empty child": (f"{_HEAD}<name></name></T>", 2, ""),
    "attributes elsewhere": (f"{_HEAD}<p a='>'>x</p><name>A</name></T>", 2, "A"),
}

LEFT = {
    "no such child": f"{_HEAD}<label>x</label></T>",
    "two of them": f"{_HEAD}<name>A</name><name>B</name></T>",
    "a child of a child": f"{_HEAD}<p><name>A</name></p></T>",
    "another tag that begins so": f"{_HEAD}<names>B</names><name>A</name></T>",
    "with a prefix": f'{_HEAD}<m:name xmlns:m="u">B</m:name><name>A</name></T>',
    "with an attribute": f'{_HEAD}<name a="b">A</name></T>',
    "with elements in it": f"{_HEAD}<name>A<b>c</b></name></T>",
    "with an entity in it": f"{_HEAD}<name>A&amp;B</name></T>",
    "within a comment": f"{_HEAD}<!-- <name>A</name> --></T>",
    "within a CDATA section": f"{_HEAD}<p><![CDATA[<name>A</name>]]></p></T>",
    "behind an instruction": f"{_HEAD}<?php <p> ?><name>A</name></T>",
    "beside an empty element": f"{_HEAD}<p/><name>A</name></T>",
    "line ends of Windows": f"{_HEAD}\r\n<name>A</name></T>",
    "an end with a blank": f"{_HEAD}<name>A</name ></T>",
    "no declaration": "<T><name>A</name></T>",
    "another encoding": f"{_HEAD}<name>A</name></T>".replace("UTF-8", "ISO-8859-1"),
    "a definition": "<?xml version='1.0'?><!DOCTYPE T><T><name>A</name></T>",
    "not well-formed after it": f"{_HEAD}<name>A</name><p></T>",
    "nothing ends": f"{_HEAD}<name>A",
    "nested too deeply": f"{_HEAD}{'<p>' * MAX_DEPTH}{'</p>' * MAX_DEPTH}<name>A</name></T>",
}


@pytest.mark.parametrize(("text", "line", "value"), PLAIN.values(), ids=PLAIN)
def test_what_is_skimmed_is_what_the_parser_finds(text: str, line: int, value: str) -> None:
    root = skim_xml(text.encode(), "name")
    assert root is not None
    found = [(child.tag, child.line, child.text, child.children, child.attributes) for child in root.children]
    assert [("name", line, value, [], {})] == found
    parsed = parse_xml(text.encode())
    expected = [(child.tag, child.line, child.text) for child in parsed.all("name")]
    assert expected == [(child.tag, child.line, child.text) for child in root.children]
    assert (parsed.tag, parsed.line) == (root.tag, root.line)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    assert skim_xml(text.encode(), "name") is None


def test_bytes_that_are_no_utf8_are_left_to_the_parser() -> None:
    assert skim_xml(f"{_HEAD}<name>Größe</name></T>".encode("latin-1"), "name") is None
