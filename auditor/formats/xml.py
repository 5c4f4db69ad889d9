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
        """The node itself and every node below it, in document order."""
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
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages[error.code]
        raise FormatError(f"not well-formed XML: {reason}", error.lineno) from None
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        raise FormatError(f"not readable as XML: {error}") from None
    return builder.root


class _Builder:
    """The expat handlers and the stack of open elements."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        document = Node("", 0, {})
        self._stack = [document]

    @property
    def root(self) -> Node:
        return self._stack[0].children[0]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        named = {_attribute(key): value for key, value in attributes.items()} if attributes else {}
        node = Node(name.rpartition(" ")[2], self.parser.CurrentLineNumber, named)
        self._stack[-1].children.append(node)
        self._stack.append(node)
        if len(self._stack) > MAX_DEPTH:
            raise FormatError(f"elements are nested deeper than {MAX_DEPTH}", self.parser.CurrentLineNumber)

    def _end(self, _name: str) -> None:
        node = self._stack.pop()
        node.text = node.text.strip()

    def _text(self, data: str) -> None:
        self._stack[-1].text += data

    def _refuse(self, *_: object) -> None:
        raise FormatError("a DTD or entity declaration is refused", self.parser.CurrentLineNumber)


def _attribute(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    return f"{{{uri}}}{local}" if uri else local
