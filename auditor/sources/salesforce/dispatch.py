"""Which reader reads which file: the registries of the reader families in one table."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from typing import TypeVar

from auditor.dataclasses import fields as dataclass_fields
from auditor.errors import FormatError
from auditor.formats.xml import Node, parse_xml
from auditor.formats.xml_skimming import skim_xml
from auditor.model.catalogue import Skipped
from auditor.sources.salesforce.automation import registry as automation
from auditor.sources.salesforce.code import registry as code
from auditor.sources.salesforce.declarative import registry as declarative
from auditor.sources.salesforce.on_demand import reader
from auditor.sources.salesforce.parsed import ChildReader, MetadataFile, Parsed, Reader, TextReader
from auditor.sources.salesforce.paths import CHILD_FOLDERS
from auditor.sources.salesforce.unread import STATIC_FOLDER

READER_FAILED = "its reader failed, which is a fault of this program:"
MAX_TEXT = 4 * 2**20
"""Bytes of one file of code or markup that are read: a class has at most a million characters ("Apex Governor
Limits", Apex developer guide), a bundle's script and a page less."""
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def has_reader(file: MetadataFile) -> bool:
    """Whether anything reads files of this kind."""
    return _text_reader(file) is not None or file.suffix in _XML_READERS or file.suffix in _CHILD_TAGS


def read_file(file: MetadataFile, data: bytes) -> Parsed:
    """Everything that one file says. A file that is broken says one line, and nothing else."""
    try:
        text_reader = _text_reader(file)
        return text_reader(file, _plain_text(data)) if text_reader else _read_xml(file, _root(file, data))
    except FormatError as error:
        return Parsed(skipped=(Skipped(file.path, error.reason, error.line),))
    except RecursionError:
        return Parsed(skipped=(Skipped(file.path, "nested too deeply to be read"),))
    except _FAILURES as error:
        # One file that a reader does not foresee must cost a line and not the run.
        reason = f"{READER_FAILED} {type(error).__name__}: {error}"
        return Parsed(skipped=(Skipped(file.path, reason),))


def merged(parts: Iterable[Parsed]) -> Parsed:
    """Several readings as one."""
    listed = list(parts)
    if len(listed) == 1:
        return listed[0]
    return Parsed(**{name: tuple(item for part in listed for item in getattr(part, name)) for name in _PARTS})


def read_object(file: MetadataFile, root: Node) -> Parsed:
    """An object with whatever its file holds of it: each child goes to the reader of its tag."""
    parts = [_PROPERTIES(file.name, root, file)]
    unknown: dict[str, int] = {}
    for child in root.children:
        reader = _CHILD_READERS.get(child.tag)
        if reader is not None:
            parts.append(reader(file.name, child, file))
        elif child.children and child.tag not in _NO_FIELD_CHILDREN:
            unknown.setdefault(child.tag, child.line)
    skipped = tuple(
        Skipped(file.path, f"element {tag} not read, though it may mention fields", line)
        for tag, line in sorted(unknown.items())
    )
    return merged([*parts, Parsed(skipped=skipped)])


def _root(file: MetadataFile, data: bytes) -> Node:
    """The root of a document, with the one child that is read of it where it is of a suffix with only one."""
    only = _ONLY_CHILD.get(file.suffix)
    skimmed = skim_xml(data, only) if only is not None else None
    return skimmed or parse_xml(data)


def _read_xml(file: MetadataFile, root: Node) -> Parsed:
    reader = _XML_READERS.get(file.suffix)
    if reader is not None:
        return reader(file, root)
    if file.object is None:
        reason = f"a {file.suffix} that does not lie in the folder of its object"
        return Parsed(skipped=(Skipped(file.path, reason),))
    return _CHILD_READERS[_CHILD_TAGS[file.suffix]](file.object, root, file)


def _text_reader(file: MetadataFile) -> TextReader | None:
    """The reader of a text. Scripts and markup count only within a component: elsewhere they are tools."""
    reader = _TEXT_READERS.get(file.suffix)
    folders = file.path.split("/")[:-1]
    if reader is None or STATIC_FOLDER in folders:
        return None
    homes = _HOMES.get(file.suffix)
    return reader if homes is None or not homes.isdisjoint(folders) else None


def _plain_text(data: bytes) -> bytes:
    """The bytes of a text that its reader takes for UTF-8: UTF-16 with its mark, as PowerShell saves, made so.

    Raises:
        FormatError: larger than any text of code or markup.
    """
    if len(data) > MAX_TEXT:
        raise FormatError(f"a text larger than {MAX_TEXT // 2**20} MB ({len(data):,} bytes), not read")
    return data.decode("utf-16", "replace").encode() if data.startswith(_WIDE) else data


_ReaderT = TypeVar("_ReaderT")


def _collected(own: Mapping[str, _ReaderT], *others: Mapping[str, _ReaderT]) -> dict[str, _ReaderT]:
    """Readers by key; those of the skeleton win, then families in their order."""
    found: dict[str, _ReaderT] = {}
    for registry in (own, *others):
        found.update({key: reader for key, reader in registry.items() if key not in found})
    return found


def _with_values(readers: dict[str, Reader]) -> dict[str, Reader]:
    """Value sets are read twice: as components by their family, and for the values that fields point at."""
    for suffix in ("globalValueSet", "standardValueSet"):
        readers[suffix] = _both(readers.get(suffix), reader("picklists:read_shared_values"))
    return readers


def _both(first: Reader | None, second: Reader) -> Reader:
    if first is None:
        return second
    return lambda file, root: merged([first(file, root), second(file, root)])


_PROPERTIES: ChildReader = reader("objects:read_object_properties")
_PARTS = tuple(item.name for item in dataclass_fields(Parsed))
_BUNDLES = frozenset({"aura", "lwc"})
_HOMES: Mapping[str, frozenset[str]] = {
    "html": _BUNDLES,
    "js": _BUNDLES,
    "ts": _BUNDLES,
    "json": frozenset({"digitalExperiences", "experiences", "wave", "waveTemplates"}),
}
"""Folders that files of common suffixes must lie in to be metadata."""
_CHILD_READERS: Mapping[str, ChildReader] = _collected(
    {
        "fields": reader("fields:read_field"),
        "recordTypes": reader("objects:read_record_type"),
        "businessProcesses": reader("objects:read_business_process"),
        "searchLayouts": reader("objects:read_search_layouts"),
        "profileSearchLayouts": reader("objects:read_search_layouts"),
    },
    declarative.OBJECT_CHILDREN,
    automation.OBJECT_CHILDREN,
)
_XML_READERS: Mapping[str, Reader] = _with_values(
    _collected({"object": read_object}, declarative.XML_READERS, automation.XML_READERS, code.XML_READERS)
)
_TEXT_READERS: Mapping[str, TextReader] = _collected(code.TEXT_READERS, declarative.TEXT_READERS)
_CHILD_TAGS: Mapping[str, str] = {
    suffix: folder for folder, suffix in CHILD_FOLDERS.items() if folder in _CHILD_READERS
}
_ONLY_CHILD: Mapping[str, str] = {"fieldTranslation": "name"}
"""Suffixes of which nothing is read but one child of the root, and its tag: there are more of these files than of
all others where a tree is translated, a file for each field and language."""
# The platform's own name field, channels of articles, sharing reasons: none can name a custom field.
_NO_FIELD_CHILDREN = frozenset(
    {"nameField", "articleTypeChannelDisplay", "historyRetentionPolicy", "sharingReasons"}
)
