"""What one file holds: itself, or the members of the archive that it is (Power BI, Tableau, Office, zip)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from auditor.dataclasses import dataclass, field
from auditor.errors import AuditorError, FormatError
from auditor.formats.archives import ZipTree
from auditor.formats.xml import parse_xml
from auditor.model.catalogue import Skipped
from auditor.sources.outside.manners import HARMLESS, suffix_of
from auditor.sources.outside.texts import text_of

_ZIP = b"PK\x03\x04"
_DEPTH = 2
"""Archives within archives that are opened: a Tableau workbook in a zip, a mashup in a Power BI file."""
_MEMBERS = 5_000
_MASHUP = "DataMashup"


@dataclass(slots=True)
class Unpacked:
    """Documents of a reader as they are asked for, and what could not be searched on the way."""

    skipped: list[Skipped] = field(default_factory=list)
    opaque: int = 0
    """Files that may hold names and could not be searched."""
    harmless: int = 0
    """Pictures, styles and documentation, which read nothing."""

    def documents(self, path: str, read: Callable[[], bytes], depth: int = 0) -> Iterator[tuple[str, str]]:
        """The texts in a file, each with its path: those of members stand behind the path of their archive."""
        if suffix_of(path) in HARMLESS:
            self.harmless += 1
            return
        try:
            data = read()
            if data.startswith(_ZIP):
                yield from self._members(path, data, depth)
                return
        except FormatError as error:
            self._opaque(path, error.reason)
            return
        text = text_of(data)
        if text is None:
            self._opaque(path, "binary: the names in it cannot be searched")
        else:
            yield path, text

    def _members(self, path: str, data: bytes, depth: int) -> Iterator[tuple[str, str]]:
        if depth >= _DEPTH:
            raise FormatError("an archive in an archive in an archive, not opened")
        try:
            tree = ZipTree(Path(path), data)
        except AuditorError as error:
            raise FormatError(str(error).removeprefix(f"{path} ")) from None
        for line in tree.skipped:
            self._opaque(f"{path}/{line.path}", line.reason)
        members = tree.paths()
        if len(members) > _MEMBERS:
            self._opaque(path, f"holds {len(members):,} files; the first {_MEMBERS:,} were searched")
        for member in members[:_MEMBERS]:
            yield from self._member(f"{path}/{member}", member, partial(tree.read, member), depth)

    def _member(self, path: str, member: str, read: Callable[[], bytes], depth: int) -> Iterator[tuple[str, str]]:
        name = PurePosixPath(member).name
        if name == _MASHUP:
            yield from self._mashup(path, read, depth)
        elif member == "word/document.xml":
            yield from self._words(path, read)
        elif name not in _SILENT:
            yield from self.documents(path, read, depth + 1)

    def _mashup(self, path: str, read: Callable[[], bytes], depth: int) -> Iterator[tuple[str, str]]:
        """The package of Power Query formulas: a version, a length, a zip. Source: MS-QDEFF, 2.2."""
        try:
            data = read()
            length = int.from_bytes(data[4:8], "little")
            yield from self._members(path, data[8 : 8 + length], depth + 1)
        except FormatError as error:
            self._opaque(path, error.reason)

    def _words(self, path: str, read: Callable[[], bytes]) -> Iterator[tuple[str, str]]:
        """The paragraphs of a Word document, whose runs may break a name in two."""
        try:
            root = parse_xml(read())
        except FormatError as error:
            self._opaque(path, error.reason)
            return
        paragraphs = (node for node in root.walk() if node.tag == "p")
        yield path, "\n".join("".join(part.text for part in node.walk() if part.tag == "t") for node in paragraphs)

    def _opaque(self, path: str, reason: str) -> None:
        self.opaque += 1
        self.skipped.append(Skipped(path, reason))


_WORDS = (
    "[Content_Types].xml SecurityBindings Version Settings Metadata .rels app.xml core.xml Permissions Package.xml"
)
_SILENT = frozenset(_WORDS.split())
"""Members of archives that name no field."""
