# ruff: noqa: ANN401 - makers pass any keyword on to the value that they make
"""A CRM in which every way of reading was watched for a year, so that whatever nothing keeps is dead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from auditor.facts.base import Facts
from auditor.facts.kinds import MENTIONING
from auditor.model.catalogue import Catalog, Field, Object, ObjectKind
from auditor.model.components import Component
from auditor.model.liveness import Showing
from auditor.model.names import object_key
from auditor.model.observations import Cohort, Deed, Evidence, Observation, RowCount
from auditor.model.references import Call, Reference
from tests.facts.world import catalog, day, facts, seen, source, window

NAMES = ("DEAD", "unread", "shown", "possible", "ALIVE")
RECENT, LONG_AGO = "2026-11-09", "2024-01-01"
_WATCHED = ("report-event", "list-view-event", "api-event")


def watched(*more: Observation, in_use: Iterable[str] = ("A__c",), **other: Any) -> Evidence:
    """Reads watched in full over a year; rows of some objects touched this month, of the others in 2024."""
    counts = other.pop("row_counts", ())
    return Evidence(
        sources=(*(source(name) for name in _WATCHED), source("record-extract"), *other.pop("sources", ())),
        windows=(
            *(window(name, Deed.READ, "2025-11-21") for name in _WATCHED),
            window("report-event", Deed.RUN, "2025-11-21", kinds=frozenset({"report", "dashboard"})),
            window("list-view-event", Deed.RUN, "2025-11-21", kinds=frozenset({"list_view"})),
            *other.pop("windows", ()),
        ),
        observations=more,
        row_counts=(*(rows(name) for name in in_use), *counts),
        **other,
    )


def rows(name: str, touched: str = "2026-11-01") -> RowCount:
    """Rows of an object, the newest touched on a day."""
    return RowCount(object_key("crm", name), "record-extract", Cohort(), 5, newest_touched=day(touched))


def unused(name: str) -> RowCount:
    """Rows of an object that nobody touched for long."""
    return rows(name, LONG_AGO)


def ran(key: str, on: str = RECENT, **more: Any) -> Observation:
    """A run, opening or sending of a component on record."""
    kind = key.partition("/")[0]
    name = {"list_view": "list-view-event", "email_template": "email-template-register"}.get(kind, "report-event")
    return seen(name, Deed.RUN, on, subject=f"crm:{key}", **more)


def of(
    fields: str, *parts: Component | Reference | Call, objects: Iterable[Object] = (), **changes: Any
) -> Catalog:
    """A catalogue from `A__c.F__c B__c.G__c`, components, mentions and calls; every kind was read.

    `changes` hold, by `Object.Field`, the properties of a field (under `fields`).
    """
    told: dict[str, dict[str, Any]] = changes.pop("properties", {})
    by_object: dict[str, list[Field]] = {}
    for name in fields.split():
        owner, _, field = name.partition(".")
        own = by_object.setdefault(owner, [])
        if field:
            custom = field.endswith(("__c", "__pc"))
            values: dict[str, Any] = {"type": "Text", "custom": custom} | told.get(name, {})
            own.append(Field(owner, field, **values))
    made = {each.name: replace(each, fields=tuple(by_object.pop(each.name, ()))) for each in objects}
    made |= {name: Object(name, custom=name.endswith("__c"), fields=tuple(own)) for name, own in by_object.items()}
    return catalog(
        channels=dict.fromkeys(MENTIONING, 1),
        objects=tuple(made.values()),
        components=tuple(each for each in parts if isinstance(each, Component)),
        references=tuple(each for each in parts if isinstance(each, Reference)),
        calls=tuple(each for each in parts if isinstance(each, Call)),
        **changes,
    )


def event(name: str) -> Object:
    """A platform event."""
    return Object(name, kind=ObjectKind.PLATFORM_EVENT)


def levels(told: Facts, *subjects: str) -> dict[str, str]:
    """How each subject lives, by its name without the system."""
    from auditor.facts.liveness.engine import liveness_of

    living = liveness_of(told)
    found = {each: living.level(f"crm:{each}") for each in subjects}
    return {each: "no part" if level is None else NAMES[level] for each, level in found.items()}


def world(of_: Catalog, evidence: Evidence | None = None, showing: Showing = Showing.POSSIBLE) -> Facts:
    """The facts of a catalogue, everything watched unless other evidence is given."""
    told = watched() if evidence is None else evidence
    return facts(told, of_, complete=("email_template", "outside_reader"), showing=showing)
