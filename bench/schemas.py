"""Schemas as CSV with the columns of the gold sets, for the benches of matching.

Columns: object, object_label, object_description, object_alt_names, field, label, description, type, length,
reference. The other spellings are those of a list of Business Central tables. What is missing is empty.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from auditor.matching.profiles import FieldProfile, ObjectProfile

_SPELLINGS = {
    "object": ("object", "table", "entity", "object_name", "table_name"),
    "object_label": ("object_label", "table_label", "object_caption"),
    "object_description": ("object_description",),
    "object_alt_names": ("object_alt_names",),
    "field": ("field", "column", "field_name", "column_name", "name"),
    "label": ("label", "caption", "field_label"),
    "description": ("description", "tooltip", "help"),
    "type": ("type", "data_type"),
    "length": ("length", "max_length"),
    "reference": ("reference", "table_relation", "references"),
}
_BRACKETED = re.compile(r"\[(\d+)\]")
_KEYS = frozenset({"entityid", "guid", "id", "uniqueidentifier"})


def opened(path: Path) -> TextIO:
    """The file as text, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def read_schema(path: Path) -> tuple[ObjectProfile, ...]:
    """The objects of a file with their fields, in the file's order."""
    objects: dict[str, tuple[dict[str, str], list[FieldProfile]]] = {}
    with opened(path) as stream:
        for row in _rows(stream):
            _, fields = objects.setdefault(row["object"], (row, []))
            if row["field"]:
                fields.append(_field(row, len(fields)))
    return tuple(
        ObjectProfile(name, row["object_label"], row["object_description"], tuple(fields), _several(row))
        for name, (row, fields) in objects.items()
    )


def _rows(stream: TextIO) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(stream)
    have = {name.strip().lower(): name for name in reader.fieldnames or ()}
    columns = {
        meant: next((have[spelling] for spelling in spellings if spelling in have), "")
        for meant, spellings in _SPELLINGS.items()
    }
    if not columns["object"] or not columns["field"]:
        raise SystemExit(f"columns object and field are needed; the file has {', '.join(reader.fieldnames or ())}")
    for row in reader:
        yield {meant: (row.get(column) or "").strip() if column else "" for meant, column in columns.items()}


def _field(row: dict[str, str], position: int) -> FieldProfile:
    bracketed = _BRACKETED.search(row["type"])
    length = row["length"] or (bracketed[1] if bracketed else "")
    return FieldProfile(
        name=row["field"],
        label=row["label"],
        description=row["description"],
        type=row["type"],
        length=int(length) if length.isdigit() else None,
        position=position,
        key=row["type"].lower() in _KEYS,
        targets=tuple(target for target in row["reference"].split("|") if target),
    )


def _several(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name in row["object_alt_names"].split("|") if name)
