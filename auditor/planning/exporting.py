"""What has to be saved before a deletion: queries, a manifest of what they must give, and how to check it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from shlex import quote

from auditor.dataclasses import dataclass, replace
from auditor.graph.nodes import NodeKind
from auditor.model.catalogue import Field, Relationship
from auditor.model.rollback import Removal
from auditor.planning.dialects import Dialect, dialect_of
from auditor.planning.filenames import FileNames
from auditor.planning.ground import Ground

_API_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PARTS: Mapping[str, tuple[str, ...]] = {
    "Location": ("Latitude__s", "Longitude__s"),
    "Address": ("Street__s", "City__s", "PostalCode__s", "StateCode__s", "CountryCode__s"),
}
"""Compound types are exported by their parts: `Place__c` has `Place__Latitude__s`."""


@dataclass(frozen=True, slots=True)
class Export:
    """One query and what it must give. `rows` None: nothing counts them."""

    name: str
    object: str
    query: str
    columns: tuple[str, ...]
    rows: int | None
    why: str


def export_files(ground: Ground, removal: Removal) -> Mapping[str, bytes]:
    """Manifest, queries and scripts for one system by name of the file; none where nothing holds values."""
    dialect = dialect_of(removal)
    salesforce = "salesforce" in removal.platform.split("+")
    left_out: list[str] = []
    if salesforce:
        exports, left_out = _salesforce(ground, removal)
    elif dialect is not None:
        exports = _sql(ground, removal, dialect)
    else:
        exports = _by_hand(ground, removal)
    if not exports and not left_out:
        return {}
    ending = "soql" if salesforce else "sql"
    files = {f"{each.name}.{ending}": f"{each.query}\n" for each in exports if each.query}
    files["manifest.json"] = _manifest(removal, exports, left_out)
    files["verify.sh"] = _VERIFY + "".join(f"count {quote(each.name)} {_rows(each)}\n" for each in exports)
    if salesforce:
        files["export.sh"] = _EXPORT + "".join(f"export_one {quote(each.name)}\n" for each in exports) + _SUMS
    return {name: text.encode() for name, text in sorted(files.items())}


def _rows(each: Export) -> str:
    return "unknown" if each.rows is None else str(each.rows)


def _manifest(removal: Removal, exports: Sequence[Export], left_out: Sequence[str]) -> str:
    told = {
        "system": removal.system,
        "exports": [
            {
                "file": f"{each.name}.csv",
                "object": each.object,
                "query": each.query,
                "columns": list(each.columns),
                "rows": each.rows,
                "why": each.why,
            }
            for each in exports
        ],
        "not_exported": list(left_out),
        "checksums": "checksums.sha256",
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


# Salesforce


def _salesforce(ground: Ground, removal: Removal) -> tuple[list[Export], list[str]]:
    exports: list[Export] = []
    left_out: list[str] = []
    names = FileNames()
    for object_key, fields in _by_object(ground, removal).items():
        node = ground.graph.object(object_key)
        odd = [each.name for each in fields if not _API_NAME.fullmatch(each.name)]
        if not _API_NAME.fullmatch(node.value.name):
            left_out.append(f"{object_key}: its name cannot stand in a query")
            continue
        left_out.extend(f"{object_key}: {name} cannot stand in a query" for name in odd)
        kept = [each for each in fields if each.name not in odd]
        whole = any(item.subject == object_key for item in removal.objects)
        columns = ("Id", *_columns(ground, object_key, kept, whole))
        if len(columns) == 1:
            continue
        why = "the object is deleted with its rows" if whole else "the fields are deleted with their values"
        rows = ground.facts.fact(object_key, "rows")
        counted = rows if isinstance(rows, int) and not isinstance(rows, bool) else None
        query = f"SELECT {', '.join(columns)} FROM {node.value.name}"  # noqa: S608 - names matched _API_NAME
        exports.append(Export(names.of(node.value.name), object_key, query, columns, counted, why))
        exports.extend(_history(node.value.name, object_key, kept, names))
    return exports, left_out


def _by_object(ground: Ground, removal: Removal) -> dict[str, list[Field]]:
    """Fields that hold values of their own, by object; an object that goes stands there even with none."""
    found: dict[str, list[Field]] = {item.subject: [] for item in removal.objects}
    for item in removal.fields:
        if ground.kind(item.subject) is not NodeKind.FIELD:
            continue
        node = ground.graph.field(item.subject)
        if node.value.calculation is None and ground.facts.fact(item.subject, "never_filled") is not True:
            found.setdefault(node.object_key, []).append(node.value)
    return {
        key: sorted(found[key], key=lambda field: field.name)
        for key in sorted(found)
        if ground.kind(key) is NodeKind.OBJECT
    }


def _columns(ground: Ground, object_key: str, fields: Iterable[Field], whole: bool) -> tuple[str, ...]:
    own = tuple(column for field in fields for column in _parts(field))
    if not whole:
        return own
    keys = [ground.graph.field(key).value for key in ground.graph.fields_of(object_key)]
    detail = any(key.relationship is Relationship.MASTER_DETAIL for key in keys)
    return ("Name", *(() if detail else ("OwnerId",)), "CreatedDate", "LastModifiedDate", *own)


def _parts(field: Field) -> tuple[str, ...]:
    parts = _PARTS.get(field.type or "")
    stem = field.name.removesuffix("__c")
    return tuple(f"{stem}__{part}" for part in parts) if parts else (field.name,)


def _history(name: str, object_key: str, fields: Iterable[Field], names: FileNames) -> Iterable[Export]:
    """Field history is lost with the field at once: what was tracked is exported, too."""
    tracked = [field.name for field in fields if field.track_history]
    if not tracked:
        return
    custom = name.endswith("__c")
    table = f"{name.removesuffix('__c')}__History" if custom else f"{name}{_HISTORY.get(name, 'History')}"
    parent = "ParentId" if custom else f"{name}Id"
    columns = ("Id", parent, "Field", "OldValue", "NewValue", "CreatedDate")
    listed = ", ".join(f"'{field}'" for field in tracked)
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE Field IN ({listed})"  # noqa: S608 - as above
    yield Export(names.of(table), object_key, query, columns, None, "field history is lost at once")


_HISTORY = {"Opportunity": "FieldHistory"}
"""Standard objects whose history is not named after them alone."""


# SQL


def _sql(ground: Ground, removal: Removal, dialect: Dialect) -> list[Export]:
    exports = []
    for each in _by_hand(ground, removal):
        listed = ", ".join(dialect.quoted(column) for column in each.columns)
        table = dialect.table(ground.graph.object(each.object).value.name)
        query = f"SELECT {listed} FROM {table};"  # noqa: S608 - text for review, quoted
        exports.append(replace(each, query=query))
    return exports


# Systems that are exported by their own means


def _by_hand(ground: Ground, removal: Removal) -> list[Export]:
    """What must come out of an export by the platform's own means: keys, and the columns that go."""
    exports = []
    names = FileNames()
    for object_key, fields in _by_object(ground, removal).items():
        name = ground.graph.object(object_key).value.name
        all_fields = [ground.graph.field(key).value for key in ground.graph.fields_of(object_key)]
        whole = any(item.subject == object_key for item in removal.objects)
        taken = {field.name for field in fields}
        columns = tuple(field.name for field in all_fields if whole or field.key or field.name in taken)
        if columns:
            why = "it is deleted with its rows" if whole else "the fields are deleted with their values"
            rows = ground.facts.fact(object_key, "rows")
            counted = rows if isinstance(rows, int) and not isinstance(rows, bool) else None
            exports.append(Export(names.of(name), object_key, "", columns, counted, why))
    return exports


_EXPORT = """#!/bin/sh
# Exports what the manifest lists, with the Salesforce CLI, into this folder. Reads only.
# Usage: ORG=alias sh export.sh
set -eu
cd "$(dirname "$0")"
export_one() {
  sf data export bulk --query-file "$1.soql" --output-file "$1.csv" --result-format csv --wait 60 \\
    --target-org "${ORG:?name the org: ORG=alias sh export.sh}"
}
"""
_SUMS = """sha256sum -- *.csv > checksums.sha256
sh verify.sh
"""
_VERIFY = """#!/bin/sh
# Checks the exported files: the same bytes as when their checksums were taken. A file that is missing or differs
# ends it with an error. The lines of each file are told beside the rows that the audit counted: compare them.
# The checksums are taken once, right after the export: sha256sum -- *.csv > checksums.sha256
set -eu
cd "$(dirname "$0")"
sha256sum --check --strict checksums.sha256
count() {
  test -f "$1.csv" || { echo "$1.csv is missing" >&2; exit 1; }
  echo "$1.csv: $(($(wc -l < "$1.csv") - 1)) lines after the head; rows by the audit: $2"
}
"""
