"""How many rows an object has, and whether anyone works in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.facts.base import BOOLEAN, DATE, INTEGER, OBJECT, Fact, Facts, of_object
from auditor.facts.evidence_index import sees
from auditor.facts.quarters import quarter_end, quarter_start
from auditor.facts.spans import last_stretch
from auditor.graph.nodes import ObjectNode
from auditor.model.catalogue import ObjectKind
from auditor.model.observations import Deed, RowCount
from auditor.model.testimony.table import answering
from auditor.model.testimony.words import Question
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec

FAMILY = "usage"

_ROWLESS = {
    ObjectKind.PLATFORM_EVENT: "events are not rows",
    ObjectKind.EXTERNAL: "its rows stay in the other system",
    ObjectKind.CUSTOM_METADATA: "its rows are configuration",
    ObjectKind.CUSTOM_SETTING: "its rows are configuration",
}
_COUNTED_BY = answering(Question.ROWS_COUNTED)
_DATED_BY = ("fill-by-cohort", "record-extract")


def latest_counts(facts: Facts, object_key: str) -> Sequence[RowCount]:
    """Row counts from the newest source that has any and was not cut, its coarsest division only.

    So no row counts twice, and none that an export left out is taken for one that does not exist.
    """
    counts = [e for e in facts.evidence.row_counts(object_key) if not facts.evidence.truncated(e.source)]
    if not counts:
        return ()
    best = max((facts.evidence.rank(each.source) for each in counts), default=("", ""))
    newest = [each for each in counts if facts.evidence.rank(each.source) == best]
    coarsest = min(_cut(each) for each in newest)
    return [each for each in newest if _cut(each) == coarsest]


def rows(facts: Facts, object_key: str) -> int | None:
    """Rows of an object by its newest count; None where nobody counted."""
    counts = latest_counts(facts, object_key)
    return sum(each.rows for each in counts) if counts else None


def newest_touched(facts: Facts, object_key: str) -> date | None:
    """The latest day on which a row of the object is known to have been created or changed."""
    days = [each.newest_touched for each in facts.evidence.row_counts(object_key) if each.newest_touched]
    seen = [each.last for each in facts.evidence.observations(object_key, Deed.TOUCHED) if each.last]
    return max((*days, *seen), default=None)


def _cut(count: RowCount) -> tuple[bool, bool, bool]:
    cohort = count.cohort
    return cohort.quarter is not None, cohort.record_type is not None, cohort.creator is not None


def _rows(facts: Facts, node: ObjectNode) -> Value:
    if node.value.kind in _ROWLESS:
        return ABSENT
    counted = rows(facts, node.key)
    if counted is None and facts.evidence.row_counts(node.key):
        return CountRange(_at_least(facts, node.key), None)
    if counted is None:
        return Unknown("nobody counted its rows", facts.settled_by(node.system, *_COUNTED_BY))
    return counted


def _at_least(facts: Facts, object_key: str) -> int:
    """Rows that exports which may have been cut hold: there are so many, and perhaps more."""
    by_source: dict[str, int] = {}
    for count in facts.evidence.row_counts(object_key):
        by_source[count.source] = by_source.get(count.source, 0) + count.rows
    return max(by_source.values(), default=0)


def _whole(facts: Facts, counts: Sequence[RowCount]) -> list[RowCount]:
    return [each for each in counts if not facts.evidence.truncated(each.source)]


def _newest(facts: Facts, counts: Sequence[RowCount], day: date, told: Sequence[date | None]) -> DateRange:
    """The newest of some days: exact, or where only an export that was cut tells it, the earliest it can be."""
    return DateRange.on(day) if day in told or len(_whole(facts, counts)) == len(counts) else DateRange(day, None)


def _newest_created(facts: Facts, node: ObjectNode) -> Value:
    if node.value.kind in _ROWLESS:
        return ABSENT
    counts = facts.evidence.row_counts(node.key)
    exact = [each.newest_created for each in counts if each.newest_created is not None]
    quarters = [each.cohort.quarter for each in counts if each.cohort.quarter and each.rows]
    if exact:
        return _newest(facts, counts, max(exact), [e.newest_created for e in _whole(facts, counts)])
    if quarters:
        newest = max(quarters)
        whole = any(each.cohort.quarter == newest for each in _whole(facts, counts))
        return DateRange(quarter_start(newest), quarter_end(newest) if whole else None)
    if rows(facts, node.key) == 0:
        return ABSENT
    return Unknown("nobody told when its rows were created", facts.settled_by(node.system, *_DATED_BY))


def _in_use(facts: Facts, node: ObjectNode) -> Value:
    if node.value.kind in _ROWLESS:
        return ABSENT
    since = facts.settings.in_use_since
    touched = newest_touched(facts, node.key)
    created = _newest_created(facts, node)
    if touched is not None and touched >= since:
        return True
    if isinstance(created, DateRange) and created.not_before is not None and created.not_before >= since:
        return True
    if _written_since(facts, node.key, since):
        return True
    if _surely_untouched(facts, node, since):
        return False
    counted = any(each.cohort.quarter for each in facts.evidence.row_counts(node.key))
    return Unknown(
        f"nobody told whether rows were created or touched since {since.isoformat()}",
        facts.settled_by(node.system, *(_DATED_BY[1:] if counted else _DATED_BY)),
    )


def _written_since(facts: Facts, object_key: str, since: date) -> bool:
    return any(
        each.last is not None and each.last >= since and not each.possible
        for key in facts.graph.fields_of(object_key)
        for each in facts.evidence.observations(key, Deed.WRITTEN)
    )


def _surely_untouched(facts: Facts, node: ObjectNode, since: date) -> bool:
    """No rows at all, or the newest touch is known and older, or a log of touches covers the window in silence."""
    counts = latest_counts(facts, node.key)
    if counts and _fresh(facts, counts[0].source):
        if not any(each.rows for each in counts):
            return True
        if all(each.newest_touched is not None for each in counts if each.rows):
            return True
    windows = facts.evidence.windows(node.system, Deed.TOUCHED)
    span = last_stretch(each for each in windows if sees(each, node.key, None))
    return span is not None and span.covers(since) and facts.settings.reaches_now(span.until)


def _fresh(facts: Facts, source: str) -> bool:
    known = facts.evidence.sources.get(source)
    if known is None or known.truncated:
        return False
    return known.as_of is None or facts.settings.reaches_now(known.as_of)


def _last_touched(facts: Facts, node: ObjectNode) -> Value:
    if node.value.kind in _ROWLESS:
        return ABSENT
    touched = newest_touched(facts, node.key)
    if touched is not None:
        counts = facts.evidence.row_counts(node.key)
        seen = (each.last for each in facts.evidence.observations(node.key, Deed.TOUCHED))
        return _newest(facts, counts, touched, [*seen, *(each.newest_touched for each in _whole(facts, counts))])
    counts = latest_counts(facts, node.key)
    if counts and not any(each.rows for each in counts):
        known = facts.evidence.sources[counts[0].source].as_of
        return Never(None, known or facts.settings.as_of)
    return Unknown("nobody told when its rows were touched", facts.settled_by(node.system, "record-extract"))


def _source(facts: Facts, key: str) -> str:
    return facts.evidence.words(each.source for each in facts.evidence.row_counts(key))


_NO_ROWS = "it holds no rows of its own (events, linked objects, configuration)"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "rows",
            OBJECT,
            INTEGER,
            "Rows, by the newest count.",
            FAMILY,
            unit="rows",
            unknown_when="nobody counted",
            settled_by=_COUNTED_BY,
            absent_when=_NO_ROWS,
        ),
        of_object(_rows),
        _source,
    ),
    Fact(
        FactSpec(
            "in_use",
            OBJECT,
            BOOLEAN,
            "Whether rows were created or touched within the window (90 days unless set).",
            FAMILY,
            unknown_when="no count tells when rows were created or touched",
            settled_by=_DATED_BY,
            absent_when=_NO_ROWS,
        ),
        of_object(_in_use),
        _source,
    ),
    Fact(
        FactSpec(
            "newest_created",
            OBJECT,
            DATE,
            "When its newest row was created.",
            FAMILY,
            unknown_when="counts come without dates",
            settled_by=_DATED_BY,
            absent_when="it has no rows, or " + _NO_ROWS,
        ),
        of_object(_newest_created),
        _source,
    ),
    Fact(
        FactSpec(
            "last_touched",
            OBJECT,
            DATE,
            "When a row of it was last created or changed.",
            FAMILY,
            unknown_when="no extract or log tells",
            settled_by=("record-extract",),
            absent_when=_NO_ROWS,
        ),
        of_object(_last_touched),
        _source,
    ),
)
