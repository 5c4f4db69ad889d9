"""XML changed where it stands: elements by their place in the original bytes, and changes that can be undone.

A document that is parsed and written again comes back in another dress: other quotes, other line ends, another
declaration. Here the bytes are the truth. Expat only tells where each element begins and ends; what is not changed
is not touched, byte order mark, comments and the end of the last line included.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from xml.parsers import expat

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.formats.xml import parse_xml

_SINGLE_BYTE = frozenset({"ascii", "us-ascii", "utf-8", "utf8", "iso-8859-1", "latin-1", "windows-1252"})
"""Encodings in which `<` and line ends are single bytes that stand for nothing else."""
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']""")
_START_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
_BLANK = b" \t"


@dataclass(slots=True, eq=False)
class Element:
    """One element with its place: bytes from `start` up to `end`, its content from `inner` up to `inner_end`.

    Lines count from 1, `last_line` is the one on which it ends. Compared by identity: two alike are not the same.
    """

    tag: str
    line: int
    start: int
    parent: Element | None = None
    inner: int = 0
    inner_end: int = 0
    end: int = 0
    last_line: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.tag} line={self.line} bytes={self.start}-{self.end}>"

    @property
    def place(self) -> str:
        """The tags from below the root down to it, joined by `/`; empty for the root."""
        tags = [item.tag for item in (self, *self.ancestors()) if item.parent is not None]
        return "/".join(reversed(tags))

    def ancestors(self) -> Iterator[Element]:
        """The elements around it, nearest first."""
        around = self.parent
        while around is not None:
            yield around
            around = around.parent

    def all(self, tag: str) -> list[Element]:
        """The children with the tag, in order."""
        return [child for child in self.children if child.tag == tag]

    def value(self, tag: str) -> str:
        """The text of the first child with the tag; empty where there is none."""
        return next((child.text for child in self.children if child.tag == tag), "")

    def walk(self) -> Iterator[Element]:
        """The element itself and all below it, in the order of the document."""
        stack = [self]
        while stack:
            item = stack.pop()
            yield item
            stack.extend(reversed(item.children))


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Bytes from `start` up to `end` become `new`."""

    start: int
    end: int
    new: bytes = b""


def parse_places(data: bytes) -> Element:
    """The root of a document, each element with its place in the bytes.

    Raises:
        FormatError: as `parse_xml` does, and for encodings in which a place in the bytes says nothing (UTF-16).
    """
    parse_xml(data)  # refuses everything that has to be refused, with its reason
    declared = _DECLARED.match(data)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or encoding not in _SINGLE_BYTE:
        raise FormatError("not in an encoding in which XML is edited in place (UTF-8, ISO 8859-1)")
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    document = Element("", 0, 0)
    _listen(parser, document, data)
    try:
        parser.Parse(data, True)
    finally:
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    return document.children[0]


def apply(data: bytes, changes: Iterable[Change]) -> bytes:
    """The bytes with every change made.

    Raises:
        ValueError: two changes speak of the same bytes.
    """
    parts: list[bytes] = []
    done = 0
    for change in sorted(set(changes)):
        if change.start < done or change.end < change.start:
            raise ValueError(f"changes overlap at byte {change.start}")
        parts += (data[done : change.start], change.new)
        done = change.end
    return b"".join((*parts, data[done:]))


def inverse(data: bytes, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that lead from `apply(data, changes)` back to `data`."""
    back: list[Change] = []
    shift = 0
    for change in sorted(set(changes)):
        start, old = change.start + shift, data[change.start : change.end]
        if back and back[-1].end == start:
            # What stood side by side comes back in one piece: two equal changes at one place would be one.
            before = back.pop()
            start, old = before.start, before.new + old
        shift += len(change.new) - (change.end - change.start)
        back.append(Change(start, change.end + shift, old))
    return tuple(back)


def removals(data: bytes, elements: Iterable[Element]) -> tuple[Change, ...]:
    """Take elements out, with their lines where nothing else stands on them.

    Neighbours that go together are taken as one piece, so that no blank line stays between them. An element
    within one that goes is not taken twice.
    """
    going = set(elements)
    outer = sorted((item for item in going if going.isdisjoint(item.ancestors())), key=lambda item: item.start)
    return tuple(_whole_lines(data, start, end) for start, end in _pieces(data, outer))


def emptied(data: bytes, element: Element) -> Change:
    """Leave an element without content: `<layoutColumns/>`, with its attributes."""
    tag = data[element.start : element.inner].rstrip(b">").rstrip(b"/").rstrip()
    return Change(element.start, element.end, tag + b"/>")


def retexted(element: Element, text: str) -> Change:
    """Give an element that has no children another text."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Change(element.inner, element.inner_end, escaped.encode("ascii", "xmlcharrefreplace"))


def inserted_after(data: bytes, element: Element, markup: str) -> Change:
    """Put one more element behind another, on a line of its own with the same indent and line end."""
    line_start = data.rfind(b"\n", 0, element.start) + 1
    indent = data[line_start : element.start]
    if indent.strip(_BLANK) or line_start == 0:
        return Change(element.end, element.end, markup.encode())
    ending = b"\r\n" if data[:line_start].endswith(b"\r\n") else b"\n"
    return Change(element.end, element.end, ending + indent + markup.encode())


def _listen(parser: expat.XMLParserType, document: Element, data: bytes) -> None:
    stack = [document]
    texts: list[list[str]] = [[]]

    def start(name: str, _: dict[str, str]) -> None:
        begin = parser.CurrentByteIndex
        item = Element(name.rpartition(" ")[2], parser.CurrentLineNumber, begin, stack[-1])
        if stack[-1] is document:
            item.parent = None
        opened = _START_TAG.match(data, begin)
        if opened is None:
            raise FormatError("a tag that cannot be found in its bytes", item.line)
        item.inner = item.inner_end = item.end = opened.end()
        stack[-1].children.append(item)
        stack.append(item)
        texts.append([])
        if not opened[1]:
            item.inner_end = -1

    def end(_: str) -> None:
        item = stack.pop()
        item.text = "".join(texts.pop()).strip()
        item.last_line = parser.CurrentLineNumber
        if item.inner_end < 0:
            item.inner_end = parser.CurrentByteIndex
            item.end = data.index(b">", item.inner_end) + 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: texts[-1].append(text)


def _pieces(data: bytes, outer: Sequence[Element]) -> Iterator[tuple[int, int]]:
    """Places to take out; what only blanks of one line separate is one place."""
    start = end = -1
    for item in outer:
        between = data[end : item.start] if end >= 0 else None
        if between is not None and not between.strip(_BLANK):
            end = item.end
            continue
        if end >= 0:
            yield start, end
        start, end = item.start, item.end
    if end >= 0:
        yield start, end


def _whole_lines(data: bytes, start: int, end: int) -> Change:
    line_start = data.rfind(b"\n", 0, start) + 1
    line_end = data.find(b"\n", end)
    stop = len(data) if line_end < 0 else line_end
    before, after = data[line_start:start], data[end:stop]
    if before.strip(_BLANK) or after.strip(_BLANK + b"\r") or line_end < 0:
        return Change(start, end)
    return Change(line_start, line_end + 1)
