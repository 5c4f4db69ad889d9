"""What an object's name says: which patterns of terms it fits, and whether they reach the head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.concepts.knowledge import Knowledge
from auditor.dataclasses import dataclass
from auditor.lexicon.reading import HEAD_FIRST, NameReader, Part, head_of
from auditor.patterns import regex

_IDLE = frozenset(
    {"filler", "posted", "master", "internal", "related", "additional", "of", "audit_field", "translation"}
)
"""Terms that say nothing of what a thing is."""
_HEADER = "header"
_VOWEL = regex(r"[aeiou]")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the best pattern of a concept fits a name; all 0 where none does."""

    head: float = 0.0
    """1 if the pattern's head is the name's head."""
    cover: float = 0.0
    """Share of the name's words that the pattern explains, head included."""
    depth: float = 0.0
    """Terms of the pattern beyond the first."""
    modifier: float = 0.0
    """Share explained by a pattern that stands beside the head only."""
    words: tuple[str, ...] = ()


NO_FIT = Fit()


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name without the words that say nothing."""

    parts: tuple[Part, ...]
    head: int

    @property
    def known(self) -> bool:
        """Whether any word of it means something."""
        return any(part.terms for part in self.parts)

    @property
    def head_known(self) -> bool:
        """Whether its head means something."""
        return bool(self.parts) and bool(self.parts[self.head].terms)


def read_name(name: str, reader: NameReader, language: str | None) -> ReadName:
    """Read the name of an object; a short name (`VBAP`) is read in its plain words."""
    spelled = reader.lexicon.object_name(name)
    parts = reader.parts(spelled, "en") if spelled else reader.parts(name, language)
    if not parts:
        return ReadName((), 0)
    if len(parts) > 1 and _is_prefix(parts[0], name):
        parts = parts[1:]
    head = parts[head_of(parts, None if spelled else language)]
    header = any(_HEADER in part.terms for part in parts[1:] or parts[:0])
    kept = [part for part in parts if not part.terms or part.terms - _IDLE] or [head]
    kept = [part for part in kept if not (header and _HEADER in part.terms)] or kept
    at = kept.index(head) if head in kept else 0 if language in HEAD_FIRST else len(kept) - 1
    return ReadName(tuple(kept), at)


def _is_prefix(part: Part, name: str) -> bool:
    """Whether the first part is a publisher's or module's prefix and no word: `msdyn_workorder`, `llx_facture`."""
    return not part.terms and name.startswith(f"{part.text}_") and _VOWEL.search(part.text) is None


def fits(name: ReadName, knowledge: Knowledge) -> Mapping[str, Fit]:
    """Concept → how its best pattern fits; concepts without a fit are left out."""
    terms = frozenset[str]().union(*(part.terms for part in name.parts))
    found: dict[str, Fit] = {}
    for term in sorted(terms):
        for concept, pattern in knowledge.names.get(term, ()):
            fit = _fit(name, pattern) if terms.issuperset(pattern) else None
            if fit is not None and (concept not in found or _order(fit) > _order(found[concept])):
                found[concept] = fit
    return found


def _order(fit: Fit) -> tuple[float, ...]:
    return (fit.head, fit.cover, fit.modifier, fit.depth)


def _fit(name: ReadName, pattern: tuple[str, ...]) -> Fit | None:
    """One pattern: each of its terms needs a part of its own."""
    heads = [name.head] if pattern[-1] in name.parts[name.head].terms else []
    others = [at for at, part in enumerate(name.parts) if at != name.head and pattern[-1] in part.terms]
    for at in (*heads, *others):
        used = _placed(name.parts, pattern[:-1], {at})
        if used is not None:
            share = len(used) / len(name.parts)
            words = tuple(name.parts[each].text for each in sorted(used))
            if at == name.head:
                return Fit(1.0, share, len(pattern) - 1.0, 0.0, words)
            return Fit(0.0, 0.0, 0.0, share, words)
    return None


def _placed(parts: Sequence[Part], terms: Sequence[str], used: set[int]) -> set[int] | None:
    for term in terms:
        free = next(_free(parts, term, used), None)
        if free is None:
            return None
        used = used | {free}
    return used


def _free(parts: Sequence[Part], term: str, used: set[int]) -> Iterator[int]:
    return (at for at, part in enumerate(parts) if at not in used and term in part.terms)
