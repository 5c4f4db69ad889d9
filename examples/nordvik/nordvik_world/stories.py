"""What was decided about the world by hand: the tables in `data/`. Everything else follows from seeded dice."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from nordvik_world.calendar import dice, somewhen
from nordvik_world.tree import Field, Tree

_DATA = Path(__file__).parent / "data"
_ORDINARY_FILL = (0.95, 0.85, 0.7, 0.55, 0.35, 0.2, 0.1)
_LAST_BIRTH = date(2026, 3, 1)
_READ_FILL = 0.75
"""What people see in reports they fill more often than not."""
_FEW_ROWS, _FEW_FILL = 100, 0.4
"""Objects with few rows have no fields that nobody ever got round to filling, unless told so."""


@dataclass(frozen=True, slots=True)
class ObjectStory:
    """When an object came into the CRM, how many rows it has, and when the newest was created.

    `rows` 0: as many as its ERP original has.
    """

    name: str
    born: date
    rows: int
    last_row: date


@dataclass(frozen=True, slots=True)
class FieldStory:
    """How a field is filled: share of the rows created while it was in use, and by which rule."""

    created: date
    fill: float
    start: date
    end: date
    rule: str = ""
    argument: str = ""


@dataclass(frozen=True, slots=True)
class ReportStory:
    """How often a report runs. `season`: only in that month; `last_run`: the last run before the year of logs."""

    runs_per_week: float
    season: int | None
    last_run: date | None


@dataclass(frozen=True, slots=True)
class QueryStory:
    """A query that an integration sends."""

    application: str
    user: int
    per_week: float
    rows: int
    query: str


def object_stories() -> dict[str, ObjectStory]:
    """Every object that has rows."""
    return {
        row["object"]: ObjectStory(row["object"], _day(row["born"]), int(row["rows"]), _day(row["last_row"]))
        for row in _rows("objects.csv")
    }


def field_stories(tree: Tree, objects: dict[str, ObjectStory]) -> dict[str, FieldStory]:
    """One story for every field: as told in the table, else an ordinary one by the field's own dice."""
    told = {f"{row['object']}.{row['field']}": row for row in _rows("fields.csv")}
    unknown = told.keys() - {field.key for field in tree.fields}
    if unknown:
        raise ValueError(f"fields.csv tells of fields that are not in the tree: {sorted(unknown)}")
    read = {re.split(r"[.$]", column)[-1] for report in tree.reports for column in report.columns}
    return {
        field.key: _story(field, told.get(field.key, {}), objects, field.name in read) for field in tree.fields
    }


def report_stories() -> dict[str, ReportStory]:
    """Every report of the tree by name."""
    return {
        row["report"]: ReportStory(
            float(row["runs_per_week"]),
            int(row["season"]) if row["season"] else None,
            _day(row["last_run"]) if row["last_run"] else None,
        )
        for row in _rows("reports.csv")
    }


def query_stories() -> list[QueryStory]:
    """Every query of every integration."""
    return [
        QueryStory(row["application"], int(row["user"]), float(row["per_week"]), int(row["rows"]), row["query"])
        for row in _rows("queries.csv")
    ]


def _story(field: Field, told: dict[str, str], objects: dict[str, ObjectStory], read: bool) -> FieldStory:
    throw = dice("story", field.key)
    owner = objects.get("Task" if field.object == "Activity" else field.object)
    born = owner.born if owner else date(2020, 1, 13)
    created = _ordinary_birth(field, born, owner.last_row if owner else _LAST_BIRTH)
    if told.get("created"):
        created = _day(told["created"])
    fill = 1.0 if field.required else throw.choice(_ORDINARY_FILL)
    if read:
        fill = max(fill, _READ_FILL)
    if owner and 0 < owner.rows < _FEW_ROWS:
        fill = max(fill, _FEW_FILL)
    if told.get("fill"):
        fill = float(told["fill"])
    return FieldStory(
        created=created,
        fill=fill,
        start=_day(told["from"]) if told.get("from") else date(2000, 1, 1),
        end=_day(told["until"]) if told.get("until") else date(2100, 1, 1),
        rule=told.get("rule", ""),
        argument=told.get("argument", ""),
    )


def _ordinary_birth(field: Field, born: date, last_row: date) -> date:
    """Half of the fields came with their object, the others one by one since, while rows were still created."""
    throw = dice("birth", field.key)
    latest = min(_LAST_BIRTH, last_row - timedelta(days=400))
    if field.required or latest <= born + timedelta(days=90) or throw.random() < 0.5:
        return born
    return somewhen(throw, born + timedelta(days=90), latest)


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _day(text: str) -> date:
    return date.fromisoformat(text)
