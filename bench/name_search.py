"""A plain search of every byte of a tree for names of the platform, and simple rules that say what a hit is.

Nothing here knows a reader of the project: words are words, wherever they stand (code, strings, labels, data,
documentation, packed resources). It is the other side of an experiment, so it shares nothing with what is tried.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from auditor.errors import FormatError
from auditor.formats.trees import Tree

_WORD = re.compile(rb"([A-Za-z0-9_]+)__(?:c|r|pc|pr|Latitude__s|Longitude__s)(?![A-Za-z0-9_])", re.IGNORECASE)
_PACKED = b"PK\x03\x04"
_MOST_PACKED = 20_000_000


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One name in one line of one file; `place` is the byte where the name stands."""

    path: str
    line: int
    base: str
    place: int


def base_of(name: str) -> str:
    """A custom name without namespace, token and end, in lower case: `ns__Shoe_Size__c` is `shoe_size`."""
    stem, end, _ = name.rpartition("__")
    return (stem if end else name).rpartition("__")[2].rpartition("%")[2].lower()


def hits_in(path: str, data: bytes, wanted: Collection[str] | None = None) -> Iterator[Hit]:
    """Every custom name in a file (of some bases only, where told), line by line."""
    line, counted = 1, 0
    for match in _WORD.finditer(data):
        for base in _readings(data, match):
            if wanted is None or base in wanted:
                line += data.count(b"\n", counted, match.start())
                counted = match.start()
                yield Hit(path, line, base, match.start())
                break


def _readings(data: bytes, match: re.Match[bytes]) -> Iterator[str]:
    """What a word may name: itself, and without what an escape before it (`%20`) added to its front."""
    word = match[1].rpartition(b"__")[2].lower().decode()
    yield word
    before = data[match.start() - 1 : match.start()]
    if before == b"\\" and word[:1] in "nrt":
        yield word[1:]
    if before == b"%":
        yield word[2:]


def files_of(tree: Tree) -> Iterator[tuple[str, bytes]]:
    """Every file that can be read, and the files packed within (`a.resource!within.js`)."""
    for path in tree.paths():
        try:
            data = tree.read(path)
        except FormatError:
            continue
        yield path, data
        if data.startswith(_PACKED):
            yield from _packed(path, data)


def _packed(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            for item in archive.infolist():
                if not item.is_dir() and item.file_size < _MOST_PACKED:
                    yield f"{path}!{item.filename}", archive.read(item)
    except (BadZipFile, RuntimeError, NotImplementedError, ValueError):
        return


def lines_before(before: bytes, after: bytes) -> dict[int, int]:
    """Lines of an edited file → where the same line stood before; changed lines are not among them."""
    old, new = before.splitlines(), after.splitlines()
    found: dict[int, int] = {}
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        found.update({block.b + step + 1: block.a + step + 1 for step in range(block.size)})
    return found


_CODE = (".cls", ".trigger", ".js", ".ts", ".css", ".apex")
_MARKUP = (".xml", ".page", ".component", ".cmp", ".app", ".evt", ".html", ".object", ".flow", ".md", ".resource")
_CODE_PARTS = re.compile(
    rb"(?P<said>'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")|(?P<comment>//[^\n]*|/\*.*?\*/)", re.DOTALL
)
_MARKUP_PARTS = re.compile(rb"(?P<comment><!--.*?-->|<apex:outputText rendered=\"false\">)", re.DOTALL)
_PROSE = (
    *("label", "description", "inlineHelpText", "shortDescription", "help", "masterLabel", "pluralLabel"),
    *("errorMessage", "interviewLabel", "title", "value>Label"),
)
_PROSE_PARTS = re.compile(
    rb"<(?P<tag>" + "|".join(_PROSE).encode() + rb")>(?P<comment>[^<]*)</(?P=tag)>", re.DOTALL
)


def in_comment(path: str, data: bytes, place: int) -> bool:
    """Whether a byte of code or markup stands in a comment."""
    if path.endswith(_CODE):
        return _inside(_spans(_CODE_PARTS, data), place)
    return path.endswith(_MARKUP) and _inside(_spans(_MARKUP_PARTS, data), place)


def in_prose(path: str, data: bytes, place: int) -> bool:
    """Whether a byte of metadata stands in a text for people: a label, a description, a help text."""
    return path.endswith(_MARKUP) and _inside(_spans(_PROSE_PARTS, data), place)


@lru_cache(maxsize=64)
def _spans(pattern: re.Pattern[bytes], data: bytes) -> tuple[tuple[int, int], ...]:
    return tuple(match.span("comment") for match in pattern.finditer(data) if match["comment"] is not None)


def _inside(spans: tuple[tuple[int, int], ...], place: int) -> bool:
    return any(start <= place < end for start, end in spans)


def is_never_deployed(path: str) -> bool:
    """Whether a file is none that a deployment would send: by its ending, or as a test of a component."""
    if path.endswith(".md"):
        return "/customMetadata/" not in path
    return "/__tests__/" in path or "/__mocks__/" in path or path.endswith(_ELSEWHERE)


_ELSEWHERE = (
    ".apex",
    ".csv",
    ".feature",
    ".markdown",
    ".py",
    ".rb",
    ".robot",
    ".sh",
    ".sql",
    ".yaml",
    ".yml",
    "project.json",
)


def owner_before(data: bytes, place: int) -> str:
    """The word before a dot that stands before a name: `Account` of `Account.Region__c`; empty without one."""
    found = _OWNER.search(data[max(0, place - 120) : place])
    return found[1].decode() if found else ""


_OWNER = re.compile(rb"([A-Za-z0-9_%]+)\.(?:[A-Za-z0-9]+__)?$")
