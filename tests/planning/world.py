"""Small CRMs for planning: what is alive is told by a table, everything else is computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from auditor.facts.base import Fact, Facts, Settings
from auditor.facts.catalogue import all_facts, all_relations
from auditor.facts.limits import Limits
from auditor.facts.words import Words
from auditor.graph.build import build_graph
from auditor.model.catalogue import Calculation, Catalog, Field, Object, Origin, Role
from auditor.model.components import Component
from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity
from auditor.model.observations import Evidence
from auditor.model.references import Access, Call, Certainty, Reference
from auditor.model.values import Unknown, Value
from auditor.planning.ground import Ground

TODAY = date(2026, 11, 21)
POLICY = PolicyInfo("sprawl/unused-field", "Unused", Severity.MEDIUM, "usage", "why", "fix")


def custom_field(name: str, **also: object) -> Field:
    """`Account.A__c` as a custom field with a place."""
    of, _, own = name.partition(".")
    field = Field(object=of, name=own, type="Text", origin=Origin(f"objects/{of}/fields/{own}.field-meta.xml", 2))
    return replace(field, **also)  # type: ignore[arg-type]


def formula(name: str) -> Field:
    """A formula field; what it reads is told by references."""
    return custom_field(name, calculation=Calculation.FORMULA)


def catalog(
    fields: Iterable[Field],
    references: Iterable[Reference] = (),
    components: Iterable[Component] = (),
    calls: Iterable[Call] = (),
    role: Role = Role.CRM,
) -> Catalog:
    """A Salesforce system `crm` of these fields; objects follow from them."""
    by_object: dict[str, list[Field]] = {}
    for field in fields:
        by_object.setdefault(field.object, []).append(field)
    objects = tuple(
        Object(
            name=name,
            custom=name.endswith("__c"),
            fields=tuple(by_object[name]),
            origin=Origin(f"objects/{name}/{name}.object-meta.xml", 1),
        )
        for name in sorted(by_object)
    )
    mentioned = {(each.component_kind, each.component) for each in references if each.component_kind != "field"}
    known = {(each.kind, each.name) for each in components}
    implied = [Component(kind, name, f"{kind}s/{name}") for kind, name in sorted(mentioned - known)]
    return Catalog("crm", role, "salesforce", objects, (*components, *implied), tuple(references), tuple(calls))


def mention(
    component: str,
    target: str,
    access: Access = Access.READS,
    certainty: Certainty = Certainty.CERTAIN,
    part: str = "",
) -> Reference:
    """`flow/Sync` mentions `Account.A__c`."""
    kind, _, name = component.partition("/")
    return Reference(kind, name, target, access, certainty, f"{kind}s/{name}", 7, part)


def ground(of: Catalog, alive: Mapping[str, bool] | None = None) -> Ground:
    """Planning's view of one system; `alive` tells what is, and what it does not name is unknown."""
    return Ground(facts(of, alive))


def facts(of: Catalog, alive: Mapping[str, bool] | None = None) -> Facts:
    """Facts in which liveness is told by a table."""
    told = alive or {}

    def answer(_facts: Facts, key: str) -> Value:
        return told.get(key, Unknown("nobody watched"))

    words = Words(tuple(_with_alive(fact, answer) for fact in all_facts()), all_relations())
    return Facts(build_graph((of,)), Evidence(), Settings(TODAY), Limits(), words)


def _with_alive(fact: Fact, answer: object) -> Fact:
    if fact.spec.name != "alive":
        return fact
    return replace(fact, compute=answer)  # type: ignore[arg-type]


def finding(subject: str, policy: str = POLICY.id, outcome: Outcome = Outcome.VIOLATION) -> Finding:
    """A finding that names a subject."""
    return Finding(policy, subject, outcome, Severity.MEDIUM, "proven", "is unused")
