"""When a definition appeared, changed and went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from auditor.facts.base import COMPONENT, DATA, DATE, Fact, Facts
from auditor.facts.existence import canonical
from auditor.graph.nodes import NodeKind
from auditor.model.observations import Definition
from auditor.model.values import ABSENT, DateRange, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "identity"
KINDS = DATA | COMPONENT


def created(facts: Facts, key: str) -> Value:
    """When the definition appeared: exact from a register, bounded from above by the history of the repository."""
    if of_the_platform(facts, key):
        return ABSENT
    told = facts.evidence.definitions(key)
    exact = [each.created for each in told if each.created is not None]
    if exact:
        return DateRange.on(min(exact))
    bounds = [each.created_not_after for each in told if each.created_not_after is not None]
    if facts.graph.kind_of(key) is NodeKind.OBJECT:
        # An object is at least as old as the oldest of its fields.
        fields = (facts.fact(field, "created") for field in facts.graph.fields_of(key))
        bounds += [each.not_after for each in fields if isinstance(each, DateRange) and each.not_after is not None]
    if bounds:
        return DateRange(None, min(bounds))
    return Unknown(
        "no register of definitions and no history of the repository names it",
        facts.settled_by(key.partition(":")[0], *_REGISTERS.get(_register_kind(facts, key), ("git-history",))),
    )


def of_the_platform(facts: Facts, key: str) -> bool:
    """Whether a field or object is the platform's own, which nobody of the company created."""
    kind = facts.graph.kind_of(key)
    if kind is _FIELD:
        return facts.graph.field(key).value.custom is False
    return kind is _OBJECT and facts.graph.object(key).value.custom is False


# Members of enumerations are slow to look up, and this is asked of every node.
_FIELD, _OBJECT = NodeKind.FIELD, NodeKind.OBJECT


def _register_kind(facts: Facts, key: str) -> str:
    kind = facts.graph.kind_of(key)
    return facts.graph.component(key).value.kind if kind is NodeKind.COMPONENT else str(kind)


_REGISTERS = {
    "field": ("tooling-custom-field", "git-history"),
    "object": ("git-history",),
    "report": ("report-register",),
    "flow": ("flow-register",),
    "email_template": ("email-template-register",),
}


def _modified(facts: Facts, key: str) -> Value:
    told = [each.modified for each in facts.evidence.definitions(key) if each.modified is not None]
    if told:
        return DateRange.on(max(told))
    if of_the_platform(facts, key):
        return ABSENT
    return Unknown(
        "no register of definitions names it",
        facts.settled_by(key.partition(":")[0], *_REGISTERS.get(_register_kind(facts, key), ())),
    )


def _removed(facts: Facts, key: str) -> Value:
    told = [each.removed for each in _removals(facts, key) if each.removed is not None]
    return DateRange.on(max(told)) if told and not _is_there(facts, key) else ABSENT


def _removals(facts: Facts, key: str) -> Sequence[Definition]:
    """What is told of a definition, under the name under which histories know it."""
    return facts.evidence.definitions(key) or facts.evidence.definitions(canonical(facts, key))


def _is_there(facts: Facts, key: str) -> bool:
    """Whether a source defines it: what left once has come back, whatever a history of another day says."""
    kind = facts.graph.kind_of(key)
    if kind is _FIELD:
        return not facts.graph.field(canonical(facts, key)).implied
    return kind is _OBJECT and not facts.graph.object(key).implied


def _source_of_removal(facts: Facts, key: str) -> str:
    if _removed(facts, key) is ABSENT:
        return ""
    return facts.evidence.words(each.source for each in _removals(facts, key) if each.removed)


def _source(of: Callable[[Definition], date | None]) -> Callable[[Facts, str], str]:
    def words(facts: Facts, key: str) -> str:
        return facts.evidence.words(each.source for each in facts.evidence.definitions(key) if of(each))

    return words


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "created",
            KINDS,
            DATE,
            "When its definition was created; the commit that first added it is an upper bound only.",
            FAMILY,
            local(1, "", "fields:being"),
            unknown_when="no register of definitions and no history of the repository names it",
            settled_by=("tooling-custom-field", "git-history"),
            absent_when="it is the platform's own",
        ),
        created,
        _source(lambda told: told.created or told.created_not_after),
    ),
    Fact(
        FactSpec(
            "modified",
            KINDS,
            DATE,
            "When its definition was last changed; that is no use of it.",
            FAMILY,
            local(1, ""),
            unknown_when="no register of definitions names it",
            settled_by=("tooling-custom-field",),
            absent_when="it is the platform's own",
        ),
        _modified,
        _source(lambda told: told.modified),
    ),
    Fact(
        FactSpec(
            "removed",
            KINDS,
            DATE,
            "When its definition left the repository, by its history or by the change that is checked.",
            FAMILY,
            local(1, "", "named"),
            absent_when="it is still there, or no history saw it leave",
        ),
        _removed,
        _source_of_removal,
    ),
)
