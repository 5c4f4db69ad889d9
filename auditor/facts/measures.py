"""What was measured of the values of a field: the newest counts, each row once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.graph.nodes import FieldNode
from auditor.model.observations import Cohort, Fill, ValueProfile


@dataclass(frozen=True, slots=True)
class Filled:
    """Rows counted, and how many of them hold a value."""

    rows: int
    filled: int

    @property
    def share(self) -> float | None:
        """Filled share; None where there are no rows."""
        return self.filled / self.rows if self.rows else None


def latest_fills(facts: Facts, key: str) -> Sequence[Fill]:
    """Fill counts from the newest source that has any; of its cuts the finest, so that no row counts twice."""
    return facts.memo(_latest_fills)[key]


def creator_fills(facts: Facts, key: str) -> Sequence[Fill]:
    """Fill counts from the newest source that tells creators apart; empty where none does."""
    return facts.memo(_creator_fills)[key]


def _creator_fills(facts: Facts, key: str) -> Sequence[Fill]:
    return _finest([each for each in _trusted(facts, key) if each.cohort.creator], facts)


def latest_profile(facts: Facts, key: str) -> ValueProfile | None:
    """Measures from the newest extract that was not cut."""
    profiles = facts.evidence.profiles(key)
    if not profiles:
        return None
    told = [each for each in profiles if not facts.evidence.truncated(each.source)]
    return max(told, key=lambda each: facts.evidence.rank(each.source), default=None)


def overall(facts: Facts, key: str) -> tuple[Filled, str] | None:
    """Rows and filled rows by the newest measure, and its source; None where nobody measured."""
    return facts.memo(_overall)[key]


def _overall(facts: Facts, key: str) -> tuple[Filled, str] | None:
    profile, fills = latest_profile(facts, key), latest_fills(facts, key)
    if profile is not None and (
        not fills or facts.evidence.rank(profile.source)[0] >= facts.evidence.rank(fills[0].source)[0]
    ):
        return Filled(profile.rows, profile.filled), profile.source
    if fills:
        return total(fills), fills[0].source
    return None


def filled_quarters(facts: Facts, key: str) -> list[str]:
    """Quarters of creation whose rows hold any value, sorted."""
    return sorted(
        {each.cohort.quarter for each in latest_fills(facts, key) if each.cohort.quarter and each.filled}
    )


def has_quarters(facts: Facts, key: str) -> bool:
    """Whether the newest fill count tells quarters."""
    return any(each.cohort.quarter for each in latest_fills(facts, key))


def lacking(facts: Facts, node: FieldNode, *kinds: str) -> tuple[str, ...]:
    """Those evidence kinds that could tell of a field and have not told yet."""
    have = {"fill-by-cohort"} if latest_fills(facts, node.key) else set()
    if latest_profile(facts, node.key) is not None:
        have.add("record-extract")
    return facts.settled_by(node.system, *(kind for kind in kinds if kind not in have))


def counted_on(facts: Facts, source: str) -> date:
    """The day that a source speaks of; the day of the audit where it names none."""
    known = facts.evidence.sources.get(source)
    return known.as_of if known is not None and known.as_of is not None else facts.settings.as_of


def total(fills: Sequence[Fill]) -> Filled:
    """Several counts together."""
    rows = filled = 0
    for each in fills:
        rows += each.rows
        filled += each.filled
    return Filled(rows, filled)


def _latest_fills(facts: Facts, key: str) -> Sequence[Fill]:
    return _finest(_trusted(facts, key), facts)


def _trusted(facts: Facts, key: str) -> Sequence[Fill]:
    fills, truncated = facts.evidence.fills(key), facts.evidence.truncated_sources
    return [each for each in fills if each.source not in truncated] if truncated else fills


def _finest(fills: Sequence[Fill], facts: Facts) -> Sequence[Fill]:
    """The finest cut of the newest source; of sources of one day, of the one that is cut the finest."""
    if not fills:
        return ()
    if _alike(fills):
        return fills
    rank = facts.evidence.rank
    best = max((rank(each.source)[0], _cut(each.cohort), each.source) for each in fills)
    return [each for each in fills if (_cut(each.cohort), each.source) == best[1:]]


def _alike(fills: Sequence[Fill]) -> bool:
    """Whether all are of one source and one cut, as nearly all are."""
    source, (quarter, record_type, creator) = fills[0].source, _cut(fills[0].cohort)
    for each in fills:
        cohort = each.cohort
        if (
            each.source != source
            or (cohort.quarter is not None) is not quarter
            or (cohort.record_type is not None) is not record_type
            or (cohort.creator is not None) is not creator
        ):
            return False
    return True


def _cut(cohort: Cohort) -> tuple[bool, bool, bool]:
    return cohort.quarter is not None, cohort.record_type is not None, cohort.creator is not None
