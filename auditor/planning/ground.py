"""What planning asks of the facts: whether anything keeps a thing, what mentions it, whether it may go at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.base import Facts
from auditor.graph.nodes import KnownBy, Link, NodeKind
from auditor.model.catalogue import Calculation, ObjectKind, Role
from auditor.model.references import Access, Certainty
from auditor.model.rollback import Standing

SHOWING = frozenset(
    {
        "application",
        "compact_layout",
        "field_set",
        "layout",
        "permission_set",
        "permission_set_group",
        "profile",
        "record_type",
        "report_type",
        "search_layout",
        "tab",
        "translation",
    }
)
"""Kinds that show, grant, list or translate: what they name is for others to use, and kept by none of them."""

LOGIC = frozenset(
    {
        "approval_process",
        "assignment_rule",
        "auto_response_rule",
        "duplicate_rule",
        "escalation_rule",
        "flow",
        "matching_rule",
        "sharing_rule",
        "validation_rule",
        "workflow_alert",
        "workflow_field_update",
        "workflow_outbound_message",
        "workflow_rule",
    }
)
"""Kinds of automation that may go with the fields they are about."""

READERS = frozenset({"dashboard", "list_view", "report"})
"""Kinds that only read; each goes where all of it would be gone."""

EDITED = frozenset({"salesforce"})
"""Platforms whose sources are edited by a program, so that declarative mentions are no blockers by themselves."""

STRONG = frozenset({Access.READS, Access.WRITES, Access.SHOWS, Access.REQUIRES})


class Ground:
    """One graph and its facts, asked in the words of planning. Every answer is a function of both alone."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.graph = facts.graph
        self._alive = facts.reader("alive")

    def kind(self, key: str) -> NodeKind | None:
        """What a printed name names."""
        return self.graph.kind_of(key)

    def standing(self, key: str) -> Standing:
        """Whether anything in use depends on it."""
        kind = self.kind(key)
        if kind is NodeKind.COMPONENT and self.switched_off(key):
            return Standing.DEAD
        if kind not in _JUDGED:
            return Standing.UNKNOWN
        alive = self._alive(key)
        if isinstance(alive, bool):
            return Standing.ALIVE if alive else Standing.DEAD
        return Standing.UNKNOWN

    def switched_off(self, key: str) -> bool:
        """Whether a component is switched off, or a test that runs for nobody."""
        value = self.graph.component(key).value
        return value.active is False or value.attribute("test") == "true"

    def component_kind(self, key: str) -> str:
        """The kind of a component; `field` for what is calculated, `object` for an object."""
        if self.kind(key) is NodeKind.COMPONENT:
            return self.graph.component(key).value.kind
        return str(self.kind(key) or "")

    def mentions(self, key: str) -> Sequence[Link]:
        """Who mentions a field or object."""
        return self.graph.references_to(key)

    def sure_reads(self, key: str) -> Iterator[Link]:
        """Reads that surely mean it, by what does more than show."""
        for link in self.mentions(key):
            reference = link.reference
            if (
                reference.access is Access.READS
                and reference.certainty is Certainty.CERTAIN
                and reference.component_kind not in SHOWING
            ):
                yield link

    def targets(self, key: str, *accesses: Access) -> frozenset[str]:
        """What a component or calculated field surely mentions by these accesses."""
        return frozenset(
            link.other
            for link in self.graph.references_from(key)
            if link.reference.access in accesses and link.reference.certainty is Certainty.CERTAIN
        )

    def support(self, key: str) -> tuple[int, int]:
        """How much could still keep a thing, to rank by: dead, unknown or alive, then how many things could."""
        if self.kind(key) not in _JUDGED:
            return 0, 0
        told = self.facts.fact(key, "support")
        return list(Standing).index(self.standing(key)), len(told) if isinstance(told, tuple) else 0

    def retained_count(self, key: str) -> int:
        """How many things its retained set holds; 0 where liveness tells none."""
        told = self.facts.fact(key, "retained") if self.kind(key) in _JUDGED else 0
        return told if isinstance(told, int) and not isinstance(told, bool) else 0

    def retained(self, key: str) -> Iterator[str]:
        """What nothing else holds on to and nothing uses (its retained set, where liveness tells one)."""
        if self.kind(key) in _JUDGED:
            for edge in self.facts.related(key, "retains").edges:
                yield edge.subject

    def unused(self, *, proven: bool) -> Iterator[str]:
        """What is the company's own in the CRM and nothing in use depends on, sorted within its kind.

        `proven` False: what only a page or an unwatched way of reading could keep, too.
        """
        for kind in (NodeKind.FIELD, NodeKind.OBJECT, NodeKind.COMPONENT):
            for key in self.facts.subjects(kind):
                plannable = (
                    self.component_kind(key) in LOGIC if kind is NodeKind.COMPONENT else self._keeps_rows(key)
                )
                unused = self.standing(key) is Standing.DEAD or (not proven and self._candidate(key))
                if plannable and unused and not self.unremovable(key, named=False):
                    yield key

    def _keeps_rows(self, key: str) -> bool:
        """Whether it is an object that people keep rows in, or a field of one.

        Settings, metadata types and events are read by code in ways that name no field: none is proposed.
        """
        owner = self.graph.object_of(key) or key
        if self.kind(owner) is not NodeKind.OBJECT:
            return False
        return self.graph.object(owner).value.kind in (ObjectKind.OBJECT, ObjectKind.TABLE, ObjectKind.ENTITY)

    def _candidate(self, key: str) -> bool:
        return self.facts.fact(key, "review_candidate") is True

    def calculated(self, key: str) -> bool:
        """Whether a field is a formula or a roll-up: without what it reads it is nothing."""
        if self.kind(key) is not NodeKind.FIELD:
            return False
        return self.graph.field(key).value.calculation in (Calculation.FORMULA, Calculation.ROLLUP)

    def unremovable(self, key: str, *, named: bool, whole: bool = False) -> str:
        """Why something can be no part of a plan; empty where it can be.

        `named`: whoever asked wrote its name, so that a system which cannot tell what is custom is believed.
        `whole`: the object that it belongs to goes, its keys and what the platform gave it included.
        """
        kind = self.kind(key)
        if kind is None:
            return "nothing that was read bears this name"
        if kind not in _JUDGED:
            return f"a {kind} is nothing that a plan removes"
        if self.graph.system(key.partition(":")[0]).role is not Role.CRM:
            return "it stands in the ERP, and only the CRM is rolled back"
        if kind is NodeKind.COMPONENT:
            known = self.graph.component(key).known_by
        else:
            known = (self.graph.field(key) if kind is NodeKind.FIELD else self.graph.object(key)).known_by
        if known is not KnownBy.CATALOGUE:
            return "its definition was not read; retrieve it into the repository first"
        if self.facts.fact(key, "managed") is True:
            return "it came with a package, which only its maker may change"
        return "" if kind is NodeKind.COMPONENT or whole else self._not_ours(key, named)

    def _not_ours(self, key: str, named: bool) -> str:
        custom = self.facts.fact(key, "custom")
        if custom is False:
            return "it is the platform's own and cannot be deleted"
        if custom is not True and not named:
            return "its source does not tell whether it is the company's own; name it to plan it all the same"
        if self.kind(key) is NodeKind.FIELD and self.graph.field(key).value.key:
            return "it is a part of the key of its object"
        if self.kind(key) is NodeKind.OBJECT and self.graph.object(key).value.kind is ObjectKind.VIEW:
            return "it is a view: change its query where it is written"
        return ""


_JUDGED = frozenset({NodeKind.FIELD, NodeKind.OBJECT, NodeKind.COMPONENT})
