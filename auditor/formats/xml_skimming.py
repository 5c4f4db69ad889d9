"""One child of the root of a small XML document, without the tree around it.

Where thousands of files say one thing each, most of the time would go into elements that nobody looks at. Expat
still reads the whole document and refuses what is not well-formed; where the child stands is counted.
"""

from __future__ import annotations

from xml.parsers import expat

from auditor.formats.xml import MAX_DEPTH, MAX_TEXT, Node
from auditor.patterns import regex

_HEAD = regex(rb'<\?xml version="1\.0" encoding="(?:UTF-8|utf-8)"\?>\s*<([A-Za-z]+)(?: xmlns="[^"]*")?>')
_STRANGE = (b"<!", b"/>", b"\r")
"""What the counting does not foresee: comments, CDATA, definitions, empty elements, other line ends."""


def skim_xml(data: bytes, tag: str) -> Node | None:
    """The root of a document with no other child than the one with the tag; None where `parse_xml` has to see it.

    That is where there is not exactly one such element, where it is no child of the root or holds more than a
    text, and wherever a document is not as tools write it, or is not well-formed.
    """
    head = _HEAD.match(data)
    name = tag.encode()
    place = data.find(b"<" + name)
    if head is None or place < head.end() or not _countable(data, name):
        return None
    opened = data.count(b"<", head.end(), place)
    end = data.find(b"<", place + 1)
    text = data[place + len(name) + 2 : end]
    if (
        opened != 2 * data.count(b"</", head.end(), place)
        or not data.startswith(b"</%b>" % name, end)
        or b"&" in text
    ):
        return None
    if not _well_formed(data):
        return None
    child = Node(tag, data.count(b"\n", 0, place) + 1, {})
    child.text = text.decode().strip()
    return Node(head[1].decode(), data.count(b"\n", 0, head.start(1)) + 1, {}, [child])


def _countable(data: bytes, name: bytes) -> bool:
    """Whether tags can be counted, there is one with the name, and nothing is beyond a limit of `parse_xml`."""
    return (
        data.count(b"<" + name) == data.count(b"<%b>" % name) == 1
        and b":" + name not in data  # which may be the same name with a prefix
        and data.count(b"<?") == 1
        and data.count(b"<") <= 2 * MAX_DEPTH
        and len(data) <= MAX_TEXT
        and not any(strange in data for strange in _STRANGE)
    )


def _well_formed(data: bytes) -> bool:
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeDecodeError, ValueError):
        return False
    return True
