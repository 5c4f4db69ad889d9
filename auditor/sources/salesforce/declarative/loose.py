"""Names of custom fields in values whose meaning is not known: a possible mention each, never a certain one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import replace
from auditor.formats.xml import Node
from auditor.model.components import Component
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, Use, mention
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed, Reader, TextReader

# A path with at least one custom part. Every quantifier is bounded by the word it stands in: linear in all.
_NAME = re.compile(r"(?<![\w.%$])(?:%%%\w+?%%%)?[A-Za-z_]\w*(?:\.(?:%%%\w+?%%%)?[A-Za-z]\w*)*")
_CUSTOM = re.compile(r"__(?:c|r|pc|pr|mdt|e|x|b|kav)(?:\.|$)", re.IGNORECASE)
_POSSIBLE = Use(Access.READS, "text")


def custom_names(text: str) -> Iterator[str]:
    """Names and dotted paths that carry a custom suffix, each once, in the order of the text."""
    if "__" not in text:
        return iter(())
    found = (match.group() for match in _NAME.finditer(text))
    return iter(dict.fromkeys(name for name in found if _CUSTOM.search(name)))


def custom_names_by_line(text: str) -> Iterator[tuple[int, str]]:
    """The same with the line, from 1, each name once a line."""
    for number, line in enumerate(text.splitlines(), start=1):
        yield from ((number, name) for name in custom_names(line))


def guessed(author: Author, use: Use, name: str, line: int | None) -> Mention:
    """A possible mention by a name found in data: of the author's object first, else of whatever has the name."""
    return mention(author, replace(use, grammar=Grammar.WORD, certainty=Certainty.POSSIBLE), name, line)


def text_mentions(author: Author, use: Use, text: str) -> tuple[Mention, ...]:
    """Every custom name in a text, as possible mentions."""
    return tuple(guessed(author, use, name, line) for line, name in custom_names_by_line(text))


def loosely(kind: str) -> Reader:
    """A reader for a kind whose grammar nobody documents: every custom name in it is a possible read."""

    def read(file: MetadataFile, root: Node) -> Parsed:
        author = Author(kind, file.name, file.object)
        label = root.value("masterLabel") or root.value("label")
        component = Component(kind, file.name, file.path, root.line, label=label, active=root.flag("isActive"))
        mentions = tuple(
            guessed(author, _POSSIBLE, name, node.line) for node in root.walk() for name in custom_names(node.text)
        )
        return Parsed(components=(component,), mentions=tuple(dict.fromkeys(mentions)), channels=(kind,))

    return read


def _site_page(path: str) -> str:
    """`Site/views/home`: pages of sites share their file names, so the folders below the type's are part of it."""
    for folder in ("experiences/", "digitalExperiences/"):
        _, found, below = path.rpartition(folder)
        if found:
            return below.removesuffix(".json")
    return ""


def loosely_text(kind: str) -> TextReader:
    """The same for a file of text or JSON."""

    def read(file: MetadataFile, data: bytes) -> Parsed:
        name = _site_page(file.path) or file.name
        component = Component(kind, name, file.path)
        mentions = text_mentions(Author(kind, name), _POSSIBLE, data.decode("utf-8-sig", "replace"))
        return Parsed(components=(component,), mentions=mentions, channels=(kind,))

    return read
