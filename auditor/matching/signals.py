"""The signals: what speaks for and against two fields holding the same, each by itself and each from 0 to 1.

Which of them count how much is data (`data/matching-weights.yaml`); here stands only how they are measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass
from auditor.matching.kinds import Kind, agreement
from auditor.matching.reading import FieldReading
from auditor.matching.weighing import PLATFORM, Weighed, cover


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal: its name in data, what it says to people, and whether it speaks for (1) or against (-1)."""

    name: str
    sentence: str
    direction: int


OWN = (
    Signal("words", "the same rare words", 1),
    Signal("labels", "the same words in name and label", 1),
    Signal("context", "the same words, the object's name counted in", 1),
    Signal("characters", "spelled alike", 1),
    Signal("description", "name or description say the words of the ERP field", 1),
    Signal("type", "the types fit", 1),
    Signal("type_conflict", "the types do not fit", -1),
    Signal("length", "the lengths are alike", 1),
    Signal("natural_key", "a link meets the key or name of the same object", 1),
    Signal("role", "both belong to a block of the same role", 1),
    Signal("role_conflict", "the blocks have different roles", -1),
    Signal("head", "the last words are the same", 1),
    Signal("position", "at the same place among their siblings", 1),
    Signal("same_name", "the names are the same letter by letter", 1),
    Signal("platform", "most objects of the system have such a field", -1),
    Signal("erp_left_over", "words of the ERP field stay unexplained", -1),
    Signal("crm_left_over", "words of the CRM field stay unexplained", -1),
)
"""Of two fields by themselves, in the order of `measure`."""

AMONG = (
    Signal("best_for_crm", "no other ERP field comes near", 1),
    Signal("better_for_crm", "the CRM field has a better partner", -1),
    Signal("best_for_erp", "no other CRM field comes near", 1),
    Signal("better_for_erp", "the ERP field has a better partner", -1),
    Signal("neighbours", "the fields beside them match, too", 1),
)
"""Of a pair among all pairs of its two objects."""


def measure(
    crm: Weighed, erp: Weighed, contexts: tuple[frozenset[str], frozenset[str]], near: Mapping[str, frozenset[str]]
) -> tuple[float, ...]:
    """The signals of `OWN` for two fields; `contexts` are the words of both objects, `near` those near a word."""
    best, mean, there, back = _wording(crm, erp, contexts, near)
    one, other = crm.reading, erp.reading
    fit = agreement(one.kind, other.kind)
    same_role, other_role = _roles(one.role, other.role)
    return (
        best,
        mean,
        2 * there * back / (there + back) if there + back else 0.0,
        2 * len(one.grams & other.grams) / (len(one.grams) + len(other.grams)),
        _described(crm, erp, there),
        max(0.0, fit),
        max(0.0, -fit),
        _length(one, other),
        _natural_key(crm, erp),
        same_role,
        other_role,
        _head(one, other),
        1 - abs(crm.place - erp.place),
        float(one.joined == other.joined),
        max(0.0, one.shared - PLATFORM) / (1 - PLATFORM),
        max(0.0, 1 - there),
        max(0.0, 1 - back),
    )


_AROUND = 0.8
"""What a word counts that only the object says."""


def _wording(
    crm: Weighed,
    erp: Weighed,
    contexts: tuple[frozenset[str], frozenset[str]],
    near: Mapping[str, frozenset[str]],
) -> tuple[float, float, float, float]:
    """The best and the mean agreement of the readings, and how much of either side the best one explains."""
    best = total = -1.0
    total = 0.0
    there = back = 0.0
    for mine in crm.sides:
        for theirs in erp.sides:
            found, around = cover(mine, theirs, near, contexts[0])
            returned, behind = cover(theirs, mine, near, contexts[1])
            both = 2 * found * returned / (found + returned) if found + returned else 0.0
            total += both
            if both > best:
                best = both
                there, back = found + _AROUND * around, returned + _AROUND * behind
    return best, total / (len(crm.sides) * len(erp.sides)), there, back


def _described(crm: Weighed, erp: Weighed, otherwise: float) -> float:
    """The share of the ERP field's words that the CRM says anywhere; what the words say where there is no text."""
    if not crm.said or not erp.stem:
        return min(1.0, otherwise)
    said = sum(weight for term, weight in erp.stem.items() if term in crm.said)
    return said / erp.stem_total


def _length(one: FieldReading, other: FieldReading) -> float:
    mine, theirs = one.profile.length, other.profile.length
    return min(mine, theirs) / max(mine, theirs) if mine and theirs and mine > 0 and theirs > 0 else 0.0


def _natural_key(crm: Weighed, erp: Weighed) -> float:
    """How much of the ERP field's stem is what the CRM's link points at, where that field names a row."""
    if not crm.linked or not erp.stem:
        return 0.0
    terms = erp.reading.terms
    if erp.reading.kind is not Kind.NAMING and terms[-1] != "name":
        return 0.0
    total = linked = 0.0
    for term, weight in erp.stem.items():
        if term != "name":
            total += weight
            linked += weight if term in crm.linked else 0.0
    return linked / total if total else 0.0


def _roles(one: str, other: str) -> tuple[float, float]:
    """Whether two blocks have the same role, and how much they differ; the first block goes for the only one."""
    mine = "" if one == "primary" else one
    theirs = "" if other == "primary" else other
    if mine and theirs:
        return (1.0, 0.0) if mine == theirs else (0.0, 1.0)
    return (0.0, 0.5) if mine or theirs else (0.0, 0.0)


def _head(one: FieldReading, other: FieldReading) -> float:
    if not other.terms:
        return 0.0
    return float(other.terms[-1] in (*one.terms[-1:], *one.label[-1:]))
