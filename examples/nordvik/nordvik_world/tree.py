"""What the generator needs to know of the Salesforce tree: its fields, who may edit them by hand, its reports."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

_NS = "{http://soap.sforce.com/2006/04/metadata}"
_CALCULATED = frozenset({"Summary", "AutoNumber"})


@dataclass(frozen=True, slots=True)
class Field:
    """One custom field of the tree."""

    object: str
    name: str
    type: str
    length: int
    precision: int
    scale: int
    values: tuple[str, ...]
    default: str
    refers_to: str
    calculated: bool
    required: bool
    tracked: bool
    unique: bool
    """A key, which never changes once it is set."""
    typed_by_people: bool
    """False where no layout lets anybody type into it."""

    @property
    def key(self) -> str:
        """`Object.Field__c`."""
        return f"{self.object}.{self.name}"


@dataclass(frozen=True, slots=True)
class Report:
    """One report definition, as far as its run leaves traces."""

    name: str
    folder: str
    label: str
    format: str
    type: str
    columns: tuple[str, ...]
    groupings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """One list view, as far as opening it leaves traces."""

    object: str
    name: str
    label: str
    columns: tuple[str, ...]
    filters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The parts of the repository that the world is built on."""

    fields: tuple[Field, ...]
    reports: tuple[Report, ...]
    list_views: tuple[ListView, ...]
    flows: tuple[tuple[str, str, str, str], ...]
    """Name, label, process type and status."""
    templates: tuple[tuple[str, str], ...]
    """Folder and name of each e-mail template."""

    def of(self, object_name: str) -> tuple[Field, ...]:
        """The fields of one object."""
        return tuple(field for field in self.fields if field.object == object_name)


def read_tree(folder: Path) -> Tree:
    """Read `force-app/main/default` below a project folder."""
    root = folder / "force-app/main/default"
    sets = {p.name.split(".")[0]: _values(_parse(p)) for p in sorted(root.glob("globalValueSets/*.xml"))}
    typed = _typed_fields(root)
    return Tree(
        fields=tuple(_field(path, sets, typed) for path in sorted(root.glob("objects/*/fields/*.xml"))),
        reports=tuple(_report(path) for path in sorted(root.glob("reports/*/*.report-meta.xml"))),
        list_views=tuple(_list_view(path) for path in sorted(root.glob("objects/*/listViews/*.xml"))),
        flows=tuple(_flow(path) for path in sorted(root.glob("flows/*.xml"))),
        templates=tuple((p.parent.name, p.stem) for p in sorted(root.glob("email/*/*.email"))),
    )


def _field(path: Path, sets: dict[str, tuple[str, ...]], typed: frozenset[str]) -> Field:
    root = _parse(path)
    owner, name, kind = path.parent.parent.name, _text(root, "fullName"), _text(root, "type")
    named_set = root.findtext(f".//{_NS}valueSetName")
    return Field(
        object=owner,
        name=name,
        type=kind,
        length=int(_text(root, "length") or 0),
        precision=int(_text(root, "precision") or 0),
        scale=int(_text(root, "scale") or 0),
        values=sets[named_set] if named_set else _values(root),
        default=_text(root, "defaultValue") or _default_value(root),
        refers_to=_text(root, "referenceTo"),
        calculated=kind in _CALCULATED or bool(_text(root, "formula")),
        required=_text(root, "required") == "true" or kind == "MasterDetail",
        tracked=_text(root, "trackHistory") == "true",
        unique=_text(root, "unique") == "true" or _text(root, "externalId") == "true",
        typed_by_people=f"{owner}.{name}" in typed,
    )


def _typed_fields(root: Path) -> frozenset[str]:
    typed = set()
    for path in root.glob("layouts/*.xml"):
        owner = path.name.split("-")[0].replace("Task", "Activity").replace("Event", "Activity")
        for item in _parse(path).iter(f"{_NS}layoutItems"):
            if _text(item, "behavior") in ("Edit", "Required"):
                typed.add(f"{owner}.{_text(item, 'field')}")
    return frozenset(typed)


def _values(root: ElementTree.Element) -> tuple[str, ...]:
    entries = [*root.iter(f"{_NS}value"), *root.iter(f"{_NS}customValue")]
    return tuple(name for name in (_text(entry, "fullName") for entry in entries) if name)


def _default_value(root: ElementTree.Element) -> str:
    entries = root.iter(f"{_NS}value")
    return next((_text(entry, "fullName") for entry in entries if _text(entry, "default") == "true"), "")


def _report(path: Path) -> Report:
    root = _parse(path)
    groups = [*root.findall(f"{_NS}groupingsDown"), *root.findall(f"{_NS}groupingsAcross")]
    return Report(
        name=path.name.split(".")[0],
        folder=path.parent.name,
        label=_text(root, "name"),
        format=_text(root, "format"),
        type=_text(root, "reportType"),
        columns=tuple(_text(column, "field") for column in root.findall(f"{_NS}columns")),
        groupings=tuple(_text(group, "field") for group in groups),
    )


def _list_view(path: Path) -> ListView:
    root = _parse(path)
    filters = [
        " ".join(_text(each, part) for part in ("field", "operation", "value")).strip()
        for each in root.findall(f"{_NS}filters")
    ]
    columns = tuple(column.text or "" for column in root.findall(f"{_NS}columns"))
    return ListView(
        path.parent.parent.name, _text(root, "fullName"), _text(root, "label"), columns, tuple(filters)
    )


def _flow(path: Path) -> tuple[str, str, str, str]:
    root = _parse(path)
    return path.name.split(".")[0], _text(root, "label"), _text(root, "processType"), _text(root, "status")


def _parse(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()  # noqa: S314 (our own files; the example uses the standard library only)


def _text(node: ElementTree.Element, tag: str) -> str:
    return node.findtext(f"{_NS}{tag}") or ""
