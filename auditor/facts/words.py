"""All rules for facts and relations, by name and kind of node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


class Words(Generic[_F, _R]):
    """Facts and relations by name and kind of node."""

    def __init__(self, facts: Sequence[_F], relations: Sequence[_R]) -> None:
        self._facts: dict[str, dict[str, _F]] = {}
        self._relations: dict[str, dict[str, _R]] = {}
        for fact in facts:
            self._facts.setdefault(fact.spec.name, {}).update(dict.fromkeys(fact.spec.kinds, fact))
        for each in relations:
            self._relations.setdefault(each.spec.name, {}).update(dict.fromkeys(each.spec.kinds, each))
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


def _by_name(spec: FactSpec | RelationSpec) -> tuple[str, list[str]]:
    return spec.name, sorted(spec.kinds)
