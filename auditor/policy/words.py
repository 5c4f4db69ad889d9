"""The vocabulary as policies look into it: by kind of node and name, with the nearest word for a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.dataclasses import dataclass
from auditor.model.vocabulary import FactSpec, RelationSpec, Vocabulary


@dataclass(frozen=True, slots=True)
class Words:
    """Facts and relations by (kind of node, name)."""

    facts: Mapping[tuple[str, str], FactSpec]
    relations: Mapping[tuple[str, str], RelationSpec]
    kinds: tuple[str, ...]

    def fact_names(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """All facts that nodes of any of the kinds bear, sorted."""
        wanted = frozenset(kinds)
        return tuple(sorted({name for kind, name in self.facts if kind in wanted}))

    def relation_names(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """All relations that nodes of any of the kinds have, sorted."""
        wanted = frozenset(kinds)
        return tuple(sorted({name for kind, name in self.relations if kind in wanted}))

    def kinds_with(self, name: str) -> tuple[str, ...]:
        """The kinds of node that bear a fact or relation of the name, sorted."""
        return tuple(sorted({kind for kind, known in (*self.facts, *self.relations) if known == name}))


def index_words(vocabulary: Vocabulary, extra: Iterable[FactSpec] = ()) -> Words:
    """Index a vocabulary, with facts joined onto it by lists."""
    facts = {(kind, spec.name): spec for spec in (*vocabulary.facts, *extra) for kind in sorted(spec.kinds)}
    relations = {(kind, spec.name): spec for spec in vocabulary.relations for kind in sorted(spec.kinds)}
    return Words(facts, relations, tuple(sorted({kind for kind, _ in (*facts, *relations)})))


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean a or b?` for a word that nothing bears; empty where nothing is near."""
    from difflib import get_close_matches  # dear, and seldom needed

    names = sorted(set(known))
    close = get_close_matches(word, names, n=3, cutoff=0.6)
    if not close:
        close = [name for name in names if len(word) > 2 and (name.startswith(word) or word.startswith(name))][:3]
    return f" Did you mean {' or '.join(close)}?" if close else ""
