"""Rows of `FieldDefinition`, of `EntityDefinition` or `CustomObject`, and of `ValidationRule`, as inventories.

Source: Tooling API reference. The first two show what the asking user may see; `CustomObject` and `ValidationRule`
need *View Setup* and then show all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.dataclasses import dataclass
from auditor.formats.tables import Row, Table
from auditor.languages.fieldpaths import is_custom
from auditor.model.observations import Deed, Definition, Evidence, Inventoried, Window
from auditor.usage.kit.doers import Doers, doers_of
from auditor.usage.kit.objects import object_name, objects_by_id
from auditor.usage.naming import Names, names_of
from auditor.usage.org.datatypes import labelled
from auditor.usage.org.describes import DELETED, FIELDS, OBJECT_SUFFIXES, OBJECTS, is_foreign
from auditor.usage.reading import (
    SkipList,
    checked_day,
    count_of,
    export_day,
    flag_of,
    id_of,
    lacks,
    register_source,
    rows_of,
    tables_of,
    was_cut,
)
from auditor.usage.request import UsageRequest


@dataclass(slots=True)
class _Sheet:
    """The rows of all tables of a request that are of the kind, and whether any may have been cut."""

    request: UsageRequest
    columns: tuple[str, ...]
    skips: SkipList
    rows: int = 0
    truncated: bool = False

    def read(self) -> Iterator[tuple[Table, Row]]:
        """Every good row with its table."""
        for table in tables_of(self.request, self.skips):
            if lacks(table, self.columns, self.skips):
                continue
            before = self.rows
            for row in rows_of(table, self.skips):
                self.rows += 1
                yield table, row
            self.truncated = was_cut(table, self.rows - before, self.skips) or self.truncated


def read_field_definitions(request: UsageRequest) -> Evidence:
    """Read `FieldDefinition`: custom fields with label, type and length, on the objects that the export names."""
    skips = SkipList()
    names = names_of(request.catalog)
    sheet = _Sheet(request, ("QualifiedApiName", "DataType"), skips)
    by_id = objects_by_id(request, (), names, skips)
    found: dict[str, Inventoried] = {}
    objects: set[str] = set()
    for table, row in sheet.read():
        owner = _owner(row, by_id)
        if owner is None:
            skips.add(table.path, "its object is not known; add EntityDefinition.QualifiedApiName", row.line)
            continue
        objects.add(names.object_key(names.owner(owner, "X__c")[0]))
        name = row.get("QualifiedApiName") or ""
        package = is_foreign(name, request.catalog) and not names.knows(owner, name)
        if is_custom(name) and not name.lower().endswith("__s") and not package:
            key = names.field(owner, name)
            found[key] = _field(
                key, request, row, DELETED.fullmatch(name) is not None and not names.knows(owner, name)
            )
    note = f"fields of {len(objects)} objects, as one user sees them: what is hidden from that user is not in them"
    return _inventory(
        sheet, found, Window("", "", Deed.LISTED, None, request.as_of, frozenset(objects), FIELDS), note
    )


def read_entity_definitions(request: UsageRequest) -> Evidence:
    """Read `EntityDefinition` or `CustomObject`: which custom objects there are."""
    skips = SkipList()
    names = names_of(request.catalog)
    sheet = _Sheet(request, (), skips)
    found: dict[str, Inventoried] = {}
    for table, row in sheet.read():
        name = row.get("QualifiedApiName") or object_name(row, names)
        if name is None:
            skips.add(table.path, "an object without QualifiedApiName or DeveloperName", row.line)
        elif name.lower().endswith(OBJECT_SUFFIXES) and not is_foreign(name, request.catalog):
            key = names.object_key(name)
            found[key] = Inventoried(key, request.id, row.get("Label", "MasterLabel"), custom=True, managed=False)
    return _inventory(sheet, found, Window("", "", Deed.LISTED, None, request.as_of, None, OBJECTS), "")


def read_validation_rules(request: UsageRequest) -> Evidence:
    """Read `ValidationRule` of the Tooling API: which rules there are, active or not, created and changed when."""
    skips = SkipList()
    names, doers = names_of(request.catalog), doers_of(request)
    sheet = _Sheet(request, ("ValidationName",), skips)
    by_id = objects_by_id(request, (), names, skips)
    found: dict[str, Definition] = {}
    for table, row in sheet.read():
        owner = _owner(row, by_id)
        if owner is None:
            skips.add(table.path, "its object is not known; add EntityDefinition.QualifiedApiName", row.line)
            continue
        rule = _rule(request, (names, doers), owner, (table, row), skips)
        found[rule.subject] = rule
    as_of = export_day(request, (each.modified for each in found.values()))
    whole = not sheet.truncated and not skips.total
    subjects = None if whole else frozenset(found)
    window = Window(request.id, request.system, Deed.LISTED, None, as_of, subjects, frozenset({"validation_rule"}))
    return Evidence(
        sources=(register_source(request, as_of, sheet.rows, truncated=sheet.truncated),),
        windows=(window,) if sheet.rows else (),
        definitions=tuple(found[key] for key in sorted(found)),
        skipped=skips.result(),
    )


def _rule(
    request: UsageRequest, who: tuple[Names, Doers], owner: str, at: tuple[Table, Row], skips: SkipList
) -> Definition:
    (names, doers), (table, row) = who, at
    local, prefix = row.get("ValidationName"), row.get("NamespacePrefix")
    name = f"{prefix}__{local}" if prefix and prefix.lower() not in request.catalog.namespaces else local
    return Definition(
        names.component("validation_rule", f"{names.object(owner)}.{name}"),
        request.id,
        created=checked_day(row, "CreatedDate", table.path, skips),
        modified=checked_day(row, "LastModifiedDate", table.path, skips),
        active=flag_of(row.get("Active")),
        platform_id=id_of(row.get("Id")),
        managed=prefix is not None if table.has("NamespacePrefix") else None,
        created_by=doers.of(row.get("CreatedById")),
        modified_by=doers.of(row.get("LastModifiedById")),
    )


def _owner(row: Row, by_id: Mapping[str, str]) -> str | None:
    named = row.get("EntityDefinition.QualifiedApiName", "EntityDefinition.DeveloperName")
    if named:
        return named
    told = row.get("EntityDefinitionId", "TableEnumOrId") or (row.get("DurableId") or "").partition(".")[0]
    return by_id.get(id_of(told) or "") if told.startswith("01I") else told or None


def _field(key: str, request: UsageRequest, row: Row, deleted: bool) -> Inventoried:
    typed = labelled(row.get("DataType") or "")
    sized = typed.type in ("Text", "LongTextArea", "Html", "TextArea", "EncryptedText")
    numeric = typed.type in ("Number", "Currency", "Percent")
    return Inventoried(
        key,
        request.id,
        row.get("Label", "MasterLabel"),
        typed.type,
        length=typed.length or (count_of(row.get("Length")) if sized else None),
        precision=count_of(row.get("Precision")) if numeric else None,
        scale=count_of(row.get("Scale")) if numeric else None,
        unique=typed.unique,
        custom=True,
        deleted=deleted,
    )


def _inventory(sheet: _Sheet, found: Mapping[str, Inventoried], scope: Window, note: str) -> Evidence:
    """The evidence of an inventory; one that lost a row no longer says what it does not list."""
    request = sheet.request
    as_of = export_day(request, ())
    lost = sheet.skips.total > 0 or not sheet.rows
    window = Window(request.id, request.system, Deed.LISTED, None, as_of, scope.subjects, scope.kinds)
    source = register_source(request, as_of, sheet.rows, truncated=sheet.truncated, note=note)
    return Evidence(
        sources=(source,),
        windows=() if lost else (window,),
        inventory=tuple(found[key] for key in sorted(found)),
        skipped=sheet.skips.result(),
    )
