"""What can be exported of the records: extracts, counts of filled fields by cohort, counts of rows, history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from nordvik_world.calendar import AS_OF, MONTH_START, YEAR_START, days, dice, is_workday, moment, stamp
from nordvik_world.crm import Crm, Record
from nordvik_world.ids import record_id, user_id
from nordvik_world.output import write_csv, write_json, write_records
from nordvik_world.stories import FieldStory
from nordvik_world.tree import Field
from nordvik_world.users import is_integration, somebody
from nordvik_world.values import Row, value_of

_EMPTY_STANDARD = ("Contract", "Order")
_HISTORY_OBJECT = {"Opportunity": "OpportunityFieldHistory"}
_YEAR_END_MONTH = 12
_UNCOUNTABLE = frozenset({"LongTextArea", "MultiselectPicklist"})
"""Types that COUNT(field) refuses."""
_TRACKED_SINCE = {"Complaint__c": MONTH_START}
"""Objects whose history was switched on late: too short a log to prove ninety days of silence."""
_SEASONAL = "Account.Year_End_Bonus_Basis__c"
_DATA_TYPES = {"Checkbox": "Boolean", "Number": "Double", "Date": "DateOnly"}


def write_extracts(folder: Path, crm: Crm) -> None:
    """`records/<Object>.csv`: every row and every field with values of its own, as `sf data query` prints it."""
    for name, rows in crm.rows.items():
        write_records(folder / f"{name}.csv", rows)


def write_fill(folder: Path, crm: Crm) -> None:
    """`fill/<Object>.csv`: COUNT() of every field by quarter of creation, record type and kind of creator."""
    for name, rows in crm.rows.items():
        columns = [c for f in crm.fields[name] if f.type not in _UNCOUNTABLE for c in _columns(f)]
        groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
        for record in rows:
            groups[_cohort(record)].append(record)
        write_csv(
            folder / f"{name}.csv",
            ["object", "quarter", "record_type", "creator_kind", "rows", *columns],
            (
                [name, *cohort, len(members), *(_filled(members, column) for column in columns)]
                for cohort, members in sorted(groups.items())
            ),
        )


def write_counts(path: Path, crm: Crm) -> None:
    """The answer of `limits/recordCount`: rows of each object, the empty ones too."""
    counts = {name: len(rows) for name, rows in crm.rows.items()} | dict.fromkeys(_EMPTY_STANDARD, 0)
    write_json(path, {"sObjects": [{"count": counts[name], "name": name} for name in sorted(counts)]})


def write_history(folder: Path, crm: Crm, stories: Mapping[str, FieldStory]) -> None:
    """`<Object>History` of the twelve months: exact writes of tracked fields, by people and by the nightly job."""
    for name, fields in crm.fields.items():
        tracked = [f for f in fields if f.tracked and not f.unique and stories[f.key].fill > 0]
        changes = [change for field in tracked for change in _changes(field, name, crm, stories[field.key])]
        if changes:
            _write_history_of(folder, name, sorted(changes))


def _columns(field: Field) -> tuple[str, ...]:
    if field.type == "Location":
        stem = field.name.removesuffix("c")
        return f"{stem}Latitude__s", f"{stem}Longitude__s"
    return (field.name,)


def _cohort(record: Record) -> tuple[str, str, str]:
    created = date.fromisoformat(record["CreatedDate"][:10])
    quarter = f"{created.year}-Q{(created.month + 2) // 3}"
    creator = "integration" if is_integration(record["CreatedById"]) else "people"
    return quarter, record.get("RecordType.DeveloperName", ""), creator


def _filled(members: list[Record], column: str) -> int:
    """As COUNT(field) answers: a checkbox is never null, so it counts in every row."""
    return sum(1 for record in members if record[column] != "")


def _changes(
    field: Field, name: str, crm: Crm, story: FieldStory
) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    rows = [row for row in crm.rows[name] if row["CreatedDate"] < YEAR_START.isoformat()]
    targets = tuple(row["Id"] for row in crm.rows.get(field.refers_to, ()))
    throw = dice("history", field.key)
    start = max(_TRACKED_SINCE.get(name, YEAR_START), story.created)
    for day in days(start, min(AS_OF, story.end)):
        if not rows or not is_workday(day) or throw.random() > _daily_changes(field, day):
            continue
        record = throw.choice(rows)
        created = date.fromisoformat(record["CreatedDate"][:10])
        new = value_of(field, Row(0, created, throw, targets))
        when, writer = moment(throw, day), somebody(throw, day)
        if not field.typed_by_people:
            when, writer = when.replace(hour=2), user_id(2)
        kind = _DATA_TYPES.get(field.type, "Text")
        yield stamp(when), record["Id"], field.name, kind, record.get(field.name, ""), new, writer


def _daily_changes(field: Field, day: date) -> float:
    if field.key == _SEASONAL:
        return 0.9 if day.month == _YEAR_END_MONTH else 0.0
    return 0.25 if field.typed_by_people else 0.4


def _write_history_of(folder: Path, name: str, changes: list[tuple[str, str, str, str, str, str, str]]) -> None:
    history = _HISTORY_OBJECT.get(
        name, name.replace("__c", "__History") if name.endswith("__c") else f"{name}History"
    )
    parent = "ParentId" if name.endswith("__c") else f"{name}Id"
    write_csv(
        folder / f"{history}.csv",
        ["Id", "IsDeleted", parent, "CreatedById", "CreatedDate", "Field", "DataType", "OldValue", "NewValue"],
        (
            [record_id("017", n), "false", row, writer, when, field, kind, old, new]
            for n, (when, row, field, kind, old, new, writer) in enumerate(changes)
        ),
        quote_all=True,
    )
