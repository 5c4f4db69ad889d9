"""Safe XML with line numbers: the only module that speaks expat.

DTDs and entity declarations are refused outright (entity bombs, external files); namespaces are dropped from
tag names, since no format here uses two vocabularies with the same local names.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from xml.parsers import expat

from auditor.errors import FormatError
from auditor.patterns import regex

MAX_DEPTH = 200
"""Deeper nesting is no metadata file of any platform; it is refused before recursion can hurt."""
MAX_TEXT = 1 << 19
"""Characters of one element's text: four times the longest text that Salesforce holds (131,072)."""
_BUFFER = 1 << 16
"""Characters of text that are handed on at once; most texts come in one piece."""


_NO_CHILDREN: list[Node] = []
_NO_ATTRIBUTES: dict[str, str] = {}
"""What leaves share: most elements have neither, and an own list and dictionary each would treble the memory of a
document and the work of the garbage collector. Only the parser writes, and it never writes to these."""


class Node:
    """One element: tag without namespace, own text stripped, line from 1, children in order. For reading only."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(
        self, tag: str, line: int, attributes: dict[str, str], children: list[Node] | None = None
    ) -> None:
        self.tag = tag
        self.line = line
        self.attributes = attributes
        self.text = ""
        self.children: list[Node] = [] if children is None else children

    def __repr__(self) -> str:
        return f"<{self.tag} line={self.line} children={len(self.children)}>"

    def find(self, tag: str) -> Node | None:
        """The first child with the tag."""
        for child in self.children:
            if child.tag == tag:
                return child
        return None

    def all(self, tag: str) -> Iterator[Node]:
        """The children with the tag, in order."""
        return (child for child in self.children if child.tag == tag)

    def at(self, path: str) -> Iterator[Node]:
        """Every node below, along a path of tags: `filter/criteriaItems/column`."""
        nodes = [self]
        for tag in path.split("/"):
            nodes = [child for node in nodes for child in node.children if child.tag == tag]
        return iter(nodes)

    def value(self, tag: str) -> str | None:
        """The text of the first child with the tag; None where there is no such child or it is empty."""
        child = self.find(tag)
        return child.text or None if child is not None else None

    def flag(self, tag: str) -> bool | None:
        """The child read as a boolean; None where there is none or it is neither `true` nor `false`."""
        return {"true": True, "false": False, "1": True, "0": False}.get((self.value(tag) or "").lower())

    def walk(self) -> Iterator[Node]:
        """The node itself and every node below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


class _Tags(dict[str, str]):
    """Local names by qualified ones, for one document."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(" ")[2]
        return local


def parse_xml(data: bytes) -> Node:
    """Parse one document into its root node. Attribute names in a namespace read `{uri}name`.

    A mark of UTF-16 at the beginning wins over the declaration, which tools that save anew leave as it was.

    Raises:
        FormatError: not well-formed, not in the encoding that it declares, empty, too deep, with a text beyond
            all measure, or with a DTD.
    """
    parser = expat.ParserCreate("utf-16" if data.startswith(_WIDE) else None, namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = _BUFFER
    document = Node("", 0, {})
    _listen(parser, document)
    _refuse_definitions(parser)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = _strange_bytes(data) or f"not well-formed XML: {expat.errors.messages[error.code]}"
        raise FormatError(reason, error.lineno) from None
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        raise FormatError(f"not readable as XML: {error}") from None
    finally:
        # Handlers know the parser that holds them: a cycle, which would keep the whole document until it is found.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = None
    return document.children[0]


def _listen(parser: expat.XMLParserType, document: Node) -> None:  # noqa: C901 - three handlers, each simple
    """Set the handlers that build the tree below `document`.

    They are closures and not methods, and look nothing up twice: each of them runs once an element of every file.
    """
    stack = [document]
    push, pop, new, tags = stack.append, stack.pop, Node.__new__, _Tags()

    def start(name: str, attributes: dict[str, str]) -> None:
        node = new(Node)
        node.tag = tags[name]
        node.line = parser.CurrentLineNumber
        node.attributes = _named(attributes) if attributes else _NO_ATTRIBUTES
        node.text = ""
        node.children = _NO_CHILDREN
        parent = stack[-1]
        if parent.children:
            parent.children.append(node)
        else:
            parent.children = [node]
            if len(stack) >= MAX_DEPTH:  # only a first child is deeper than all before
                raise FormatError(f"elements are nested deeper than {MAX_DEPTH}", node.line)
        push(node)

    def end(_name: str) -> None:
        node = pop()
        if node.text:
            if len(node.text) > MAX_TEXT:
                raise FormatError(f"the text of {node.tag} is longer than {MAX_TEXT:,} characters", node.line)
            node.text = node.text.strip()

    def text(data: str) -> None:
        if not data.isspace() or stack[-1].text:  # blanks between elements are most of all text, and lead nowhere
            stack[-1].text += data

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text


def _strange_bytes(data: bytes) -> str | None:
    """That the bytes are in another encoding than they are said to be in; None where they are in it."""
    declared = _DECLARED.match(data)
    encoding = declared[1].decode() if declared else "UTF-8"
    try:
        data.decode("utf-16" if data.startswith(_WIDE) else encoding)
    except UnicodeDecodeError as error:
        said = "which it is declared to be in" if declared else "which XML is in where nothing is declared"
        return f"not in {encoding}, {said}: byte {error.start:,} does not fit"
    except LookupError:
        return f"declared to be in {encoding}, which is no encoding that is known"
    return None


_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = regex(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']""")


def _refuse_definitions(parser: expat.XMLParserType) -> None:
    def refuse(*_: object) -> None:
        raise FormatError("a DTD or entity declaration is refused", parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse


def _named(attributes: dict[str, str]) -> dict[str, str]:
    if " " not in "".join(attributes):  # none is in a namespace
        return attributes
    return {_attribute(name): value for name, value in attributes.items()}


def _attribute(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    return f"{{{uri}}}{local}" if uri else local
