"""The words of the vocabulary as they are answered of something that is not built yet.

What a definition says is answered as ever. A few facts tell of life, and the request itself answers them: it is
asked for in order to be used. All else that only life can tell is not asked at all (`answerable`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from auditor.dataclasses import replace
from auditor.facts.base import Fact, Facts, Relation
from auditor.facts.words import Wording
from auditor.model.proposals import Request, RequestState
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import FactSpec, RelationSpec, Vocabulary
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Condition,
    Counted,
    FactTest,
    Negation,
    Policy,
    Quantified,
)

PEOPLE = "people"
_FAMILIES = frozenset({"identity", "scope", "documentation", "duplicates", "structure", "requests"})
"""Families of facts that a definition answers, but for those of their facts that evidence settles."""

Assume = Callable[[Request, str, Value], Value]


def _used(_request: Request, _system: str, told: Value) -> Value:
    return True if isinstance(told, Unknown) else told


def _typed(request: Request, system: str, told: Value) -> Value:
    """People type it, unless it is calculated or another system is said to write it."""
    if not isinstance(told, Unknown):
        return told
    return request.source_system.lower() in ("", PEOPLE, system.lower())


def _source(request: Request, _system: str, told: Value) -> Value:
    """The source that the request states, where the charter names none."""
    return request.source_system or ABSENT if isinstance(told, Unknown) or told is ABSENT else told


def _filled(_request: Request, _system: str, told: Value) -> Value:
    return False if isinstance(told, Unknown) else told


ASSUMED: Mapping[str, Assume] = {
    "declared_source": _source,
    "editable_by_people": _typed,
    "in_use": _used,
    "never_filled": _filled,
}
"""What is taken for granted of a proposal."""


class WordsOfProposals:
    """The vocabulary, with what is taken for granted of proposals; of everything else it answers as ever."""

    def __init__(self, words: Wording[Fact, Relation]) -> None:
        self._words = words
        self.relations_named = words.relations_named

    @property
    def vocabulary(self) -> Vocabulary:
        """All words."""
        return self._words.vocabulary

    def facts_named(self, name: str) -> Mapping[str, Fact]:
        """The rules by kind of node; a `KeyError` where no kind has the fact."""
        rules = self._words.facts_named(name)
        assume = ASSUMED.get(name)
        if assume is None:
            return rules
        return {
            kind: replace(rule, compute=partial(_assumed, assume, rule.compute)) for kind, rule in rules.items()
        }


def _assumed(assume: Assume, compute: Callable[[Facts, str], Value], facts: Facts, key: str) -> Value:
    told = compute(facts, key)
    request = facts.settings.requests.get(key)
    if request is None or request.state is not RequestState.PROPOSED:
        return told
    return assume(request, key.partition(":")[0], told)


def answerable(policy: Policy) -> bool:
    """Whether a definition can answer all that a policy asks of its subject itself."""
    conditions = [policy.condition] if policy.target is None else [policy.target, policy.condition]
    return all(is_answerable(spec) for condition in conditions for spec in _asked(condition))


def is_answerable(spec: FactSpec | RelationSpec) -> bool:
    """Whether a definition answers a word, or it is taken for granted."""
    return spec.name in ASSUMED or (spec.family in _FAMILIES and not spec.settled_by)


def _asked(condition: Condition) -> Iterator[FactSpec | RelationSpec]:
    """Facts of the subject itself, and the relations that start at it."""
    match condition:
        case FactTest(fact=fact):
            yield fact
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _asked(part)
        case Negation(part=part):
            yield from _asked(part)
        case Quantified(over=over) | Counted(over=over):
            yield over.hops[0].relation
        case _:
            return
