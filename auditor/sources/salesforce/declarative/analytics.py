"""Data flows and recipes of CRM Analytics: JSON that names objects and fields.

Source: "Dataflow JSON reference" (`sfdcDigest` with `object` and `fields`) and recipes (`sourceObjectName`).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError
from auditor.formats.jsons import parse_json
from auditor.formats.xml import Node, parse_xml
from auditor.model.catalogue import Skipped
from auditor.model.components import Component
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.loose import loosely_text
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, mention
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed, Reader, TextReader

DATAFLOW = "analytics_dataflow"
TEMPLATE = "analytics_template"
TEMPLATES = "waveTemplates"
"""The folder of templates: everything below it is JSON, pictures and notes."""


def read_dataflow(file: MetadataFile, data: bytes) -> Parsed:
    """The objects and fields that one data flow or recipe extracts; the file beside it gives the component."""
    try:
        text = data.decode("utf-8-sig")
        content = parse_json(text)
    except UnicodeDecodeError:
        return Parsed(channels=(DATAFLOW,), skipped=(Skipped(file.path, "not UTF-8, which JSON has to be"),))
    except FormatError as error:
        return Parsed(channels=(DATAFLOW,), skipped=(Skipped(file.path, error.reason, error.line),))
    author = Author(DATAFLOW, file.name)
    lines = _Lines(text)
    mentions = tuple(item for digest in _digests(content) for item in _extracted(author, digest, lines))
    return Parsed(mentions=tuple(dict.fromkeys(mentions)), channels=(DATAFLOW,))


def read_recipe(file: MetadataFile, data: bytes) -> Parsed:
    """One recipe; its description, which is XML, has the same suffix as its JSON."""
    if file.path.endswith("-meta.xml"):
        return analytics_asset(DATAFLOW)(file, parse_xml(data))
    return read_dataflow(file, data)


def analytics_asset(kind: str) -> Reader:
    """A reader of the description of a data flow, dashboard, lens or data set; its content stands beside it."""

    def read(file: MetadataFile, root: Node) -> Parsed:
        component = Component(
            kind,
            file.name,
            file.path,
            root.line,
            label=root.value("masterLabel"),
            attributes=attributes({"application": root.value("application")}),
        )
        return Parsed(components=(component,), channels=(kind,))

    return read


def read_template_part(file: MetadataFile, data: bytes) -> Parsed:
    """One JSON file of a template (`waveTemplates/<template>/…`).

    Its data flows and recipes extract from the CRM once an app is made of it; the fields of all the rest are of
    data sets, so only possibly of the CRM.

    Source: "Analytics Templates Developer Guide", the files of a template.
    """
    name = file.path.rpartition(f"{TEMPLATES}/")[2].removesuffix(".json")
    if name.split("/")[1:2] in (["dataflow"], ["recipe"], ["recipes"]):
        found = read_dataflow(replace(file, name=name), data)
        return replace(found, components=(Component(DATAFLOW, name, file.path),))
    found = loosely_text(TEMPLATE)(replace(file, name=name), data)
    return found if found.mentions else Parsed(channels=found.channels)


def analytics_text(kind: str) -> TextReader:
    """A reader of the JSON of a dashboard or lens: its fields are of data sets, so only possibly of the CRM."""
    read = loosely_text(kind)

    def mentions_only(file: MetadataFile, data: bytes) -> Parsed:
        found = read(file, data)
        return Parsed(mentions=found.mentions, channels=found.channels)

    return mentions_only


@dataclass(frozen=True, slots=True)
class _Digest:
    """One extraction: an object and the fields taken from it."""

    object: str
    fields: tuple[str, ...]


class _Lines:
    """Where names stand in a text, by their first quoted occurrence."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, name: str) -> int | None:
        """The line of the first `"name"`, or None."""
        at = self._text.find(f'"{name}"')
        return self._text.count("\n", 0, at) + 1 if at >= 0 else None


def _digests(content: object) -> Iterator[_Digest]:
    """Every extraction anywhere in the document, in order, without recursion."""
    stack = [content]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            digest = _digest(value)
            if digest is not None:
                yield digest
            stack.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            stack.extend(reversed(value))


def _digest(value: dict[str, object]) -> _Digest | None:
    """`{"object": …, "fields": [{"name": …}]}`; in a recipe `dataset.sourceObjectName` is the object."""
    dataset = value.get("dataset")
    source = dataset.get("sourceObjectName") if isinstance(dataset, dict) else None
    name = value.get("object") or source
    fields = value.get("fields")
    if not isinstance(name, str) or not isinstance(fields, list):
        return None
    names = (item.get("name") if isinstance(item, dict) else item for item in fields)
    return _Digest(name, tuple(item for item in names if isinstance(item, str)))


def _extracted(author: Author, digest: _Digest, lines: _Lines) -> Iterator[Mention]:
    owner = author.on(digest.object)
    yield mention(owner, Use(Access.READS, "object"), "", lines.of(digest.object))
    yield from (mention(owner, Use(Access.READS, "extract"), name, lines.of(name)) for name in digest.fields)


def read_json(file: MetadataFile, data: bytes) -> Parsed:
    """JSON is whatever its folder says: a part of a template of CRM Analytics, or of a site."""
    read = read_template_part if TEMPLATES in file.path.split("/") else loosely_text("experience_page")
    return read(file, data)
