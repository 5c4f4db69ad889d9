"""A listing of objects and fields as a source: CSV, JSON, YAML or Excel, one row a field.

For every system that has no source of its own. Columns are found by the names people give them; a mapping in
`auditor.yaml` (`columns: {object: Tabell, field: Fält}`) goes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.dataclasses import dataclass, field
from auditor.errors import SourceError
from auditor.model.catalogue import Catalog, Field, Object, ObjectKind, Origin, Relationship, Role, Skipped
from auditor.sources.tabular.cells import flag, names, number, values
from auditor.sources.tabular.columns import COLUMNS, MappedColumns, map_columns
from auditor.sources.tabular.listings import Line, Listing, listing_files, read_listings

_SUBJECT = re.compile(r"[-_ .](properties|fields|columns|attributes)$", re.IGNORECASE)
"""What a file of one object's fields is called after the object: `company_properties.json` lists `company`."""


@dataclass(slots=True)
class _Growing:
    """One object while its rows are read; what is said of it once in any row holds for it."""

    name: str
    origin: Origin
    label: str = ""
    description: str = ""
    custom: bool | None = None
    aliases: tuple[str, ...] = ()
    fields: dict[str, Field] = field(default_factory=dict)

    def hear(self, line: Line, mapped: MappedColumns) -> None:
        """Take what a row says of the object itself."""
        self.label = self.label or mapped.text(line.cells, "object_label")
        self.description = self.description or mapped.text(line.cells, "object_description")
        self.aliases = self.aliases or names(mapped.text(line.cells, "object_aliases"))
        if self.custom is None:
            self.custom = flag(mapped.text(line.cells, "object_custom"))


def read_tabular(location: str, system: str, role: Role, columns: Mapping[str, str] | None = None) -> Catalog:
    """Read a file, or every listing in a folder, as a catalogue.

    Fields keep the order of their first appearance; objects are sorted by name. A row without an object takes the
    file's name as its object (without `_properties`, `_fields` and the like at its end); a row without a field
    name is skipped. A file whose headers name no field is said under `skipped`; one with nothing but `name` lists
    fields only where it gives their types.

    Raises:
        SourceError: there is no such place, or `columns` names a property that does not exist.
    """
    declared = columns or {}
    unknown = sorted(set(declared) - set(COLUMNS))
    if unknown:
        raise SourceError(f"columns: {', '.join(unknown)} can not be mapped; known are {', '.join(COLUMNS)}")
    skipped: list[Skipped] = []
    objects: dict[str, _Growing] = {}
    files = listing_files(location)
    for path, shown in files:
        for listing in read_listings(path, shown, skipped):
            _read(listing, declared, objects, skipped)
    return Catalog(
        system=system,
        role=role,
        kind="tabular",
        objects=tuple(_object(objects[name]) for name in sorted(objects)),
        channels={"listing": len(files)},
        skipped=tuple(sorted(skipped)),
        location=location,
    )


def _read(
    listing: Listing, declared: Mapping[str, str], objects: dict[str, _Growing], skipped: list[Skipped]
) -> None:
    mapped = map_columns(listing.headers, declared)
    if not mapped.lists_fields and "field" not in declared:
        skipped.append(Skipped(listing.path, _no_fields(listing, mapped)))
        return
    if "field" not in mapped.found:
        reason = f"there is no column {declared['field']} (found {', '.join(sorted(listing.headers))})"
        skipped.append(Skipped(listing.path, reason))
        return
    for line in listing.lines:
        object_name = mapped.text(line.cells, "object") or _SUBJECT.sub("", listing.stem)
        name = mapped.text(line.cells, "field")
        if not name:
            skipped.append(Skipped(listing.path, "a row without a field name", line.number))
            continue
        grown = objects.setdefault(object_name, _Growing(object_name, Origin(listing.path, line.number)))
        grown.hear(line, mapped)
        if name in grown.fields:
            reason = f"{object_name}.{name} stands twice; the first is kept"
            skipped.append(Skipped(listing.path, reason, line.number))
        else:
            origin = Origin(listing.path, line.number)
            grown.fields[name] = _field(grown, name, line.cells, mapped, origin)


def _no_fields(listing: Listing, mapped: MappedColumns) -> str:
    found = ", ".join(sorted(listing.headers))
    if "field" in mapped.found:
        return f"no column gives a type, so that name may name anything (found {found}); map one under columns"
    return f"no column names a field (found {found}); map one under columns"


def _field(grown: _Growing, name: str, cells: Mapping[str, str], mapped: MappedColumns, origin: Origin) -> Field:
    def text(column: str) -> str:
        return mapped.text(cells, column)

    targets = names(text("reference_to"))
    writable = False if flag(text("read_only")) else None
    return Field(
        object=grown.name,
        name=name,
        label=text("label") or None,
        type=text("type") or None,
        custom=_custom(cells, mapped),
        required=flag(text("required")) or False,
        unique=flag(text("unique")) or False,
        key=flag(text("key")) or False,
        reference_to=targets,
        relationship=Relationship.LOOKUP if targets else None,
        calculation=mapped.calculation(cells),
        length=number(text("length")),
        description=text("description") or None,
        help=text("help") or None,
        picklist=values(text("values")),
        creatable=_first(flag(text("creatable")), writable),
        updatable=_first(flag(text("updatable")), writable),
        position=len(grown.fields),
        origin=origin,
    )


def _custom(cells: Mapping[str, str], mapped: MappedColumns) -> bool | None:
    """Told by either column. HubSpot's `hubspotDefined` is absent where the field is custom."""
    told = flag(mapped.text(cells, "custom"))
    if told is None and "standard" in mapped.found:
        return flag(mapped.text(cells, "standard")) is not True
    return told


def _first(one: bool | None, other: bool | None) -> bool | None:
    return other if one is None else one


def _object(grown: _Growing) -> Object:
    return Object(
        name=grown.name,
        label=grown.label or None,
        description=grown.description or None,
        kind=ObjectKind.TABLE,
        custom=grown.custom,
        fields=tuple(grown.fields.values()),
        aliases=grown.aliases,
        origin=grown.origin,
    )
