# ruff: noqa: ANN401 - makers pass any keyword on to the value that they make
"""A small world for tests of facts: one CRM with a field or two, and evidence as each test needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.limits import Limits
from auditor.graph.build import build_graph
from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.components import Component
from auditor.model.observations import (
    Actor,
    Cohort,
    Deed,
    Evidence,
    EvidenceSource,
    Fill,
    Observation,
    RowCount,
    SourceKind,
    ValueProfile,
    Window,
)
from auditor.model.references import Access, Call, Certainty, Reference

TODAY = date(2026, 11, 21)
FIELD = "crm:Account.Region__c"
OBJECT = "crm:Account"
REGION = Field("Account", "Region__c", label="Region", type="Text", description="Where it is sold")


def day(text: str) -> date:
    """`2026-01-31` as a date."""
    return date.fromisoformat(text)


def mention(
    component: str, target: str = "Account.Region__c", access: Access = Access.READS, **more: Any
) -> Reference:
    """`report/Sales/A` mentions a field."""
    kind, _, name = component.partition("/")
    values: dict[str, Any] = {"certainty": Certainty.CERTAIN, "path": f"{name}.xml", "line": 1} | more
    return Reference(kind, name, target, access, **values)


def call(caller: str, callee: str) -> Call:
    """`dashboard/A` shows `report/B`."""
    (kind, _, name), (other, _, called) = caller.partition("/"), callee.partition("/")
    return Call(kind, name, other, called, Certainty.CERTAIN, f"{name}.xml", 1)


def component(key: str, **more: Any) -> Component:
    """A component from `kind/Name`."""
    kind, _, name = key.partition("/")
    return Component(kind, name, f"{name}.xml", **more)


def catalog(
    fields: Iterable[Field] = (REGION,), channels: Mapping[str, int] | None = None, **more: Any
) -> Catalog:
    """A Salesforce catalogue with one object, Account."""
    account = Object("Account", label="Account", custom=False, fields=tuple(fields))
    values: dict[str, Any] = {"objects": (account,)} | more
    return Catalog("crm", Role.CRM, "salesforce", channels=dict(channels or {}), **values)


def facts(evidence: Evidence = Evidence(), of: Catalog | None = None, **settings: Any) -> Facts:  # noqa: B008 - frozen
    """The facts over one catalogue and some evidence, on the day of the tests."""
    graph = build_graph([of if of is not None else catalog()], evidence)
    chosen = Settings(TODAY, complete=frozenset(settings.pop("complete", ())), **settings)
    return facts_of(graph, evidence, chosen, Limits())


def source(name: str, **more: Any) -> EvidenceSource:
    """A source whose id is also its evidence kind."""
    values: dict[str, Any] = {"path": f"{name}.csv", "kind": SourceKind.LOG, "as_of": TODAY} | more
    return EvidenceSource(name, name, **values)


def window(name: str, deed: Deed, since: str | None, until: str = "2026-11-20", **more: Any) -> Window:
    """A window of a source."""
    return Window(name, "crm", deed, day(since) if since else None, day(until), **more)


def seen(name: str, deed: Deed, on: str | None, subject: str = FIELD, **more: Any) -> Observation:
    """One observation of the field, unless another subject is named."""
    return Observation(subject, deed, name, day(on) if on else None, **more)


def filled(quarter: str, rows: int, values: int, creator: Actor | None = None) -> Fill:
    """A fill count of the field in one quarter of creation."""
    return Fill(FIELD, "fill-by-cohort", Cohort(quarter, None, creator), rows, values)


def counted(rows: int, name: str = "record-extract", quarter: str | None = None, **more: Any) -> RowCount:
    """A row count of the object."""
    return RowCount(OBJECT, name, Cohort(quarter), rows, **more)


def profiled(rows: int, values: int, **more: Any) -> ValueProfile:
    """Measures over the field's values in an extract."""
    return ValueProfile(FIELD, "record-extract", rows, values, **more)


def with_field(**changes: Any) -> Catalog:
    """The catalogue with the field changed."""
    return catalog([replace(REGION, **changes)])
