"""The aggregate queries behind fill counts: written for a catalogue, and read back to name `expr0` and the rest.

Salesforce names an aggregate without an alias `expr0`, `expr1` … in the order of the select list (SOQL reference,
"Use Aliases with GROUP BY"). Whether a field's own name may serve as an alias is nowhere documented, so none is
used and the query is kept beside its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Calculation, Field, Object, ObjectKind

FIELDS_PER_QUERY = 60
"""So many fields keep a query well under the 100,000 characters that SOQL allows and its answer readable."""

# SOQL reference, "Support for Field Types in Aggregate Functions": COUNT() takes none of these. Long and rich text
# are not in that table; they cannot be aggregated or filtered by (object reference, "Field Types").
_UNCOUNTABLE = frozenset(
    {
        "checkbox",
        "time",
        "multiselectpicklist",
        "encryptedtext",
        "address",
        "longtextarea",
        "html",
        "file",
    }
)
_COUNTED = re.compile(r"\bCOUNT\s*\(\s*([A-Za-z]\w*)\s*\)(?:[ \t]+(?!from\b)([A-Za-z]\w*))?", re.IGNORECASE)
_WITHOUT_ROWS = frozenset(
    {ObjectKind.CUSTOM_SETTING, ObjectKind.CUSTOM_METADATA, ObjectKind.PLATFORM_EVENT, ObjectKind.EXTERNAL}
)


@dataclass(frozen=True, slots=True)
class CountQuery:
    """One query: its text, and the stem of the two files that hold it and its answer."""

    stem: str
    soql: str


def count_queries(item: Object) -> Iterator[CountQuery]:
    """The queries that count an object's custom fields, in batches; none where it has none that can be counted."""
    fields = [_counted(each) for each in item.fields if countable(each)]
    if item.kind in _WITHOUT_ROWS or item.kind is ObjectKind.BIG_OBJECT:
        return
    for number, start in enumerate(range(0, len(fields), FIELDS_PER_QUERY), 1):
        yield CountQuery(f"{item.name}.{number}", _soql(item, fields[start : start + FIELDS_PER_QUERY]))


def countable(item: Field) -> bool:
    """Whether `COUNT()` takes the field and its answer would mean anything.

    A formula depends on the type of its result and is never written by anybody; it is left out.
    """
    if item.custom is False or item.calculation in (Calculation.FORMULA, Calculation.AUTO_NUMBER):
        return False
    return (item.type or "").lower() not in _UNCOUNTABLE


def _counted(item: Field) -> str:
    """A geolocation itself cannot be counted, but its latitude is a number."""
    if (item.type or "").lower() != "location":
        return item.name
    return item.name.removesuffix("__c") + "__Latitude__s"


def fields_by_alias(answer: Path) -> Mapping[str, str]:
    """Which field each column of an answer counts, by the query in `<stem>.soql` beside it; empty without one."""
    stem = answer.name.lower()
    for ending in (".gz", ".csv", ".json", ".jsonl"):
        stem = stem.removesuffix(ending)
    query = answer.with_name(answer.name[: len(stem)] + ".soql")
    try:
        text = query.read_text(encoding="utf-8-sig") if query.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return {}
    implied = 0
    found: dict[str, str] = {}
    for match in _COUNTED.finditer(text):
        alias = match[2]
        if alias is None:
            alias, implied = f"expr{implied}", implied + 1
        found[alias.lower()] = match[1]
    return {alias: name for alias, name in found.items() if name.lower() != "id"}


def _soql(item: Object, fields: list[str]) -> str:
    groups = ["CALENDAR_YEAR(CreatedDate)", "CALENDAR_QUARTER(CreatedDate)", "CreatedBy.Profile.Name"]
    aliases = ["yr", "qtr", "creator"]
    if item.record_types:
        groups.append("RecordType.DeveloperName")
        aliases.append("rectype")
    grouped = ", ".join(f"{group} {alias}" for group, alias in zip(groups, aliases, strict=True))
    counts = ", ".join(f"COUNT({name})" for name in fields)
    # Printed for people to run; every name is one of the catalogue's.
    return f"SELECT {grouped}, COUNT(Id) total, {counts} FROM {item.name} GROUP BY {', '.join(groups)}"  # noqa: S608 - text of SOQL for people
