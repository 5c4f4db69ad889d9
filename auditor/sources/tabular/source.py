"""A listing of objects and fields as a source: CSV, JSON, YAML or Excel, one row a field.

For every system that has no source of its own. Columns are found by the names people give them; a mapping in
`auditor.yaml` (`columns: {object: Tabell, field: Fält}`) goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import FormatError, SourceError
from auditor.formats.jsons import flattened, object_members
from auditor.formats.tables import BadRow, open_table
from auditor.formats.workbooks import read_workbook
from auditor.formats.yamls import load_plain
from auditor.model.catalogue import Catalog, Field, Object, ObjectKind, Origin, Relationship, Role, Skipped
from auditor.sources.tabular.columns import COLUMNS, MappedColumns, map_columns

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".xlsx")

_TRUE = frozenset({"true", "yes", "y", "1", "x", "ja", "j", "wahr", "sand"})
_FALSE = frozenset({"false", "no", "n", "0", "nej", "nein", "nei", "falsk"})


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of one file."""

    path: str
    number: int
    cells: Mapping[str, str]


def read_tabular(location: str, system: str, role: Role, columns: Mapping[str, str] | None = None) -> Catalog:
    """Read a file, or every listing in a folder, as a catalogue.

    Objects and fields keep the order of their first appearance within a file; objects are sorted by name. A row
    without an object takes the file's name as its object; a row without a field name is skipped.

    Raises:
        SourceError: there is no such place, or `columns` names a property that does not exist.
    """
    unknown = sorted(set(columns or {}) - set(COLUMNS))
    if unknown:
        raise SourceError(f"columns: {', '.join(unknown)} can not be mapped; known are {', '.join(COLUMNS)}")
    skipped: list[Skipped] = []
    fields: dict[str, dict[str, Field]] = {}
    labels: dict[str, _Line] = {}
    mapped = MappedColumns({}, ())
    files = _files(location)
    for path, shown in files:
        for line in _lines(path, shown, skipped):
            if mapped.header != tuple(line.cells):
                mapped = map_columns(tuple(line.cells), columns or {})
            _add(line, mapped, fields, labels, skipped)
    objects = [_object(name, tuple(of.values()), labels[name], mapped) for name, of in sorted(fields.items())]
    return Catalog(
        system=system,
        role=role,
        kind="tabular",
        objects=tuple(objects),
        channels={"listing": len(files)},
        skipped=tuple(sorted(skipped)),
        location=location,
    )


def _files(location: str) -> Sequence[tuple[Path, str]]:
    root = Path(location)
    if root.is_file():
        return [(root, root.name)]
    if not root.is_dir():
        raise SourceError(f"{location} does not exist")
    found = sorted(path for path in root.rglob("*") if path.is_file() and path.name.lower().endswith(SUFFIXES))
    return [(path, path.relative_to(root).as_posix()) for path in found]


def _lines(path: Path, shown: str, skipped: list[Skipped]) -> Iterator[_Line]:
    try:
        if path.suffix.lower() == ".xlsx":
            for sheet, number, cells in read_workbook(path):
                yield _Line(f"{shown}#{sheet}", number, cells)
        elif path.suffix.lower() in (".yaml", ".yml"):
            yield from _yaml_lines(path, shown)
        else:
            yield from _table_lines(path, shown, skipped)
    except FormatError as error:
        skipped.append(Skipped(shown, error.reason, error.line))
    except OSError as error:
        skipped.append(Skipped(shown, f"cannot be read: {error.strerror}"))


def _table_lines(path: Path, shown: str, skipped: list[Skipped]) -> Iterator[_Line]:
    for row in open_table(path).rows():
        if isinstance(row, BadRow):
            skipped.append(Skipped(shown, row.reason, row.line))
        else:
            yield _Line(shown, row.line, row.cells)


def _yaml_lines(path: Path, shown: str) -> Iterator[_Line]:
    document = load_plain(path.read_bytes())
    if not isinstance(document, list):
        raise FormatError("a YAML listing is a list with one entry a field")
    for number, item in enumerate(object_members(document), 1):
        yield _Line(shown, number, {name.lower(): text for name, text in flattened(item)})


def _add(
    line: _Line,
    mapped: MappedColumns,
    fields: dict[str, dict[str, Field]],
    labels: dict[str, _Line],
    skipped: list[Skipped],
) -> None:
    if "field" not in mapped.found:
        reason = f"no column names a field (found {', '.join(sorted(line.cells))}); map one under columns"
        if not any(known.path == line.path and known.reason == reason for known in skipped):
            skipped.append(Skipped(line.path, reason))
        return
    object_name = mapped.text(line.cells, "object") or Path(line.path.partition("#")[0]).name.partition(".")[0]
    name = mapped.text(line.cells, "field")
    if not name:
        skipped.append(Skipped(line.path, "a row without a field name", line.number))
        return
    known = fields.setdefault(object_name, {})
    if name in known:
        skipped.append(Skipped(line.path, f"{object_name}.{name} stands twice; the first is kept", line.number))
        return
    labels.setdefault(object_name, line)
    known[name] = _field(object_name, name, len(known), line, mapped)


def _field(object_name: str, name: str, position: int, line: _Line, mapped: MappedColumns) -> Field:
    def text(column: str) -> str | None:
        return mapped.text(line.cells, column) or None

    def flag(column: str) -> bool | None:
        return _flag(text(column))

    targets = _names(text("reference_to"))
    return Field(
        object=object_name,
        name=name,
        label=text("label"),
        type=text("type"),
        custom=flag("custom"),
        required=flag("required") or False,
        unique=flag("unique") or False,
        key=flag("key") or False,
        reference_to=targets,
        relationship=Relationship.LOOKUP if targets else None,
        calculation=mapped.calculation(line.cells),
        length=_number(text("length")),
        description=text("description"),
        help=text("help"),
        creatable=flag("creatable"),
        updatable=flag("updatable"),
        position=position,
        origin=Origin(line.path, line.number),
    )


def _object(name: str, fields: tuple[Field, ...], line: _Line, mapped: MappedColumns) -> Object:
    return Object(
        name=name,
        label=mapped.text(line.cells, "object_label") or None,
        description=mapped.text(line.cells, "object_description") or None,
        kind=ObjectKind.TABLE,
        custom=_flag(mapped.text(line.cells, "object_custom")),
        fields=fields,
        origin=Origin(line.path, line.number),
    )


def _flag(text: str | None) -> bool | None:
    word = (text or "").strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _names(text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    parts: Iterable[str] = text.replace("|", ";").split(";")
    return tuple(name for part in parts if (name := part.strip()))
