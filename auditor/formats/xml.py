"""Safe XML with line numbers: the only module that speaks expat.

DTDs and entity declarations are refused outright (entity bombs, external files); namespaces are dropped from
tag names, since no format here uses two vocabularies with the same local names.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from auditor.errors import FormatError

MAX_DEPTH = 200
"""Deeper nesting is no metadata file of any platform; it is refused before recursion can hurt."""


class Node:
    """One element: tag without namespace, own text stripped, line from 1, children in order."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag: str, line: int, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.line = line
        self.attributes = attributes
        self.text = ""
        self.children: list[Node] = []

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
        """This node and every node below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def parse_xml(data: bytes) -> Node:
    """Parse one document into its root node. Attribute names in a namespace read `{uri}name`.

    Raises:
        FormatError: not well-formed, empty, too deep, or with a DTD.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    stack: list[Node] = []
    roots: list[Node] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        named = {_attribute(key): value for key, value in attributes.items()} if attributes else {}
        node = Node(name.rpartition(" ")[2], parser.CurrentLineNumber, named)
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
        if len(stack) > MAX_DEPTH:
            raise FormatError(f"elements are nested deeper than {MAX_DEPTH}", parser.CurrentLineNumber)

    def end(_name: str) -> None:
        node = stack.pop()
        node.text = node.text.strip()

    def text(data: str) -> None:
        if stack:
            stack[-1].text += data

    def refuse(*_: object) -> None:
        raise FormatError("a DTD or entity declaration is refused", parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise FormatError(f"not well-formed XML: {reason}", error.lineno) from None
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        raise FormatError(f"not readable as XML: {error}") from None
    if not roots:
        raise FormatError("empty document")
    return roots[0]


def _attribute(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    return f"{{{uri}}}{local}" if uri else local
