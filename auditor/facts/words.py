"""Rules for facts and relations, by name and kind of node: all at hand, or fetched when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from auditor.model.vocabulary import FactSpec, RelationSpec, Vocabulary


class FactRule(Protocol):
    """Anything that answers a fact."""

    @property
    def spec(self) -> FactSpec:
        """The fact."""


class RelationRule(Protocol):
    """Anything that answers a relation."""

    @property
    def spec(self) -> RelationSpec:
        """The relation."""


_F = TypeVar("_F", bound=FactRule)
_R = TypeVar("_R", bound=RelationRule)
_Rule = TypeVar("_Rule", bound=FactRule | RelationRule)
_FT = TypeVar("_FT", covariant=True)
_RT = TypeVar("_RT", covariant=True)


class Wording(Protocol[_FT, _RT]):
    """What facts are answered by."""

    @property
    def vocabulary(self) -> Vocabulary:
        """All words."""

    def facts_named(self, name: str) -> Mapping[str, _FT]:
        """The rules by kind of node; a `KeyError` where no kind has the fact."""

    def relations_named(self, name: str) -> Mapping[str, _RT]:
        """The rules for a relation by kind of node; a `KeyError` where no kind has it."""


class Words(Generic[_F, _R]):
    """Facts and relations that are all at hand."""

    def __init__(self, facts: Sequence[_F], relations: Sequence[_R]) -> None:
        self._facts = _by_word(facts)
        self._relations = _by_word(relations)
        self.vocabulary = Vocabulary(
            tuple(sorted((each.spec for each in facts), key=_by_name)),
            tuple(sorted((each.spec for each in relations), key=_by_name)),
        )

    def facts_named(self, name: str) -> Mapping[str, _F]:
        """The rules by kind of node; a `KeyError` where no kind has the fact."""
        return self._facts[name]

    def relations_named(self, name: str) -> Mapping[str, _R]:
        """The rules for a relation by kind of node; a `KeyError` where no kind has it."""
        return self._relations[name]


class Families(Generic[_Rule]):
    """Rules in families that are fetched when one of their words is first asked for.

    `homes` say which of `all_families` have a word; one that they do not tell of is looked for in all.
    """

    def __init__(
        self,
        fetch: Callable[[str], Sequence[_Rule]],
        homes: Mapping[str, tuple[str, ...]],
        all_families: Sequence[str],
    ) -> None:
        self._fetch, self._homes, self._all = fetch, homes, all_families
        self._found: dict[str, dict[str, _Rule]] = {}

    def named(self, name: str) -> Mapping[str, _Rule]:
        """The rules by kind of node; a `KeyError` where no family has the word."""
        found = self._found.get(name)
        if found is None:
            rules = [rule for family in self._homes.get(name, self._all) for rule in self._fetch(family)]
            found = self._found[name] = _by_word(rules)[name]
        return found


class LazyWords(Generic[_F, _R]):
    """Facts and relations whose families are fetched on demand."""

    def __init__(self, facts: Families[_F], relations: Families[_R], vocabulary: Callable[[], Vocabulary]) -> None:
        self.facts_named = facts.named
        self.relations_named = relations.named
        self._vocabulary = vocabulary

    @property
    def vocabulary(self) -> Vocabulary:
        """All words; fetches every family."""
        return self._vocabulary()


def _by_word(rules: Sequence[_Rule]) -> dict[str, dict[str, _Rule]]:
    found: dict[str, dict[str, _Rule]] = {}
    for rule in rules:
        found.setdefault(rule.spec.name, {}).update(dict.fromkeys(rule.spec.kinds, rule))
    return found


def _by_name(spec: FactSpec | RelationSpec) -> tuple[str, list[str]]:
    return spec.name, sorted(spec.kinds)
