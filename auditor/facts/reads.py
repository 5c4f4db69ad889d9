"""Recorded reads of fields: when last, how often, by how many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from auditor.facts.base import BOOLEAN, DATE, FIELD, INTEGER, Fact, Facts, of_field
from auditor.facts.channels import (
    Watch,
    channel_of,
    read_channels,
    read_watch,
    settling,
    sources_of,
    unwatched_words,
)
from auditor.facts.dates import created
from auditor.facts.seasons import sources as season_sources
from auditor.facts.seasons import used as used_in_season
from auditor.graph.nodes import FieldNode
from auditor.model.observations import Deed, Observation
from auditor.model.testimony.table import answering
from auditor.model.testimony.words import Question
from auditor.model.values import CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "usage"
_REACH = local(1, "", "mentioned:which")
_SETTLED = answering(Question.FIELD_READ)


def last_read(facts: Facts, node: FieldNode) -> Value:
    """When the field was last read on record, as exactly as the watching allows.

    A read that was seen bounds the answer from below. Only where every way of reading was watched is there an
    upper bound, and only there may the answer be never.
    """
    seen = facts.evidence.observations(node.key, Deed.READ)
    certain = _latest(seen, possible=False)
    watch = read_watch(facts, node)
    if not watch.complete or watch.span is None:
        if certain is not None:
            return DateRange(certain, max(certain, facts.settings.as_of))
        return _unwatched(facts, node, watch)
    perhaps = _latest(seen, possible=True)
    if certain is None and perhaps is None:
        return Never(watch.span.since, watch.span.until)
    return DateRange(certain, _not_after(facts, watch, certain, perhaps))


def _not_after(facts: Facts, watch: Watch, certain: date | None, perhaps: date | None) -> date:
    """The latest day on which the last read can have been, everything having been watched over the span."""
    assert watch.span is not None
    if not facts.settings.reaches_now(watch.span.until):
        return facts.settings.as_of
    unseen = None if watch.span.since is None else watch.span.since - timedelta(days=1)
    return max(day for day in (certain, perhaps, unseen) if day is not None)


def _latest(seen: Sequence[Observation], possible: bool) -> date | None:
    return max((each.last for each in seen if each.last is not None and each.possible is possible), default=None)


def _unwatched(facts: Facts, node: FieldNode, watch: Watch) -> Unknown:
    return Unknown(unwatched_words(watch), settling(facts, node.system, watch))


def _watched_since(facts: Facts, node: FieldNode) -> Value:
    watch = read_watch(facts, node)
    if not watch.complete or watch.span is None:
        return _unwatched(facts, node, watch)
    if watch.span.since is None:
        born = created(facts, node.key)
        return born if isinstance(born, DateRange) else DateRange(None, watch.span.until)
    return DateRange.on(watch.span.since)


def _read_count(facts: Facts, node: FieldNode) -> Value:
    """Sources of one channel see the same reads: the fullest of each counts, and the channels add up."""
    fullest: dict[str, int] = {}
    per_source: dict[tuple[str, str], int] = {}
    for each in facts.evidence.observations(node.key, Deed.READ):
        if each.count is not None and not each.possible:
            place = channel_of(facts, node.system, each), each.source
            per_source[place] = per_source.get(place, 0) + each.count
    for (channel, _), count in per_source.items():
        fullest[channel] = max(fullest.get(channel, 0), count)
    return _counted(facts, node, sum(fullest.values()) if fullest else None)


def _readers(facts: Facts, node: FieldNode) -> Value:
    """One actor may stand behind several observations, so that the largest of them is all that is proven."""
    seen = [each for each in facts.evidence.observations(node.key, Deed.READ) if each.actors is not None]
    exact = len(seen) < 2 and not any(each.actors_at_least for each in seen)
    return _counted(facts, node, max((each.actors or 0 for each in seen), default=None), adds_up=exact)


def _counted(facts: Facts, node: FieldNode, count: int | None, adds_up: bool = True) -> Value:
    watch = read_watch(facts, node)
    if watch.complete:
        if count is not None:
            return count if adds_up else CountRange(count, None)
        if not facts.evidence.observations(node.key, Deed.READ):
            return 0
        return Unknown("the sources that saw reads do not count them")
    if count:
        return CountRange(count, None)
    return _unwatched(facts, node, watch)


def _read_watched(facts: Facts, node: FieldNode) -> Value:
    return read_watch(facts, node).complete


def _source(facts: Facts, key: str) -> str:
    node = facts.graph.field(key)
    used = sources_of(facts.evidence.observations(key, Deed.READ))
    if read_watch(facts, node).complete:
        watching = {kind for channel in read_channels(facts, node.system) for kind in channel.formats}
        for deed in (Deed.READ, Deed.RUN):
            windows = facts.evidence.windows(node.system, deed)
            used |= {each.source for each in windows if facts.evidence.format(each.source) in watching}
    return facts.evidence.words(used)


_UNKNOWN = "some way of reading was not watched, and no read was seen"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "last_read",
            FIELD,
            DATE,
            "When a report, list view, query or e-mail last read it on record; pages show and do not read.",
            FAMILY,
            reach=_REACH,
            unknown_when=_UNKNOWN,
            settled_by=_SETTLED,
        ),
        of_field(last_read),
        _source,
    ),
    Fact(
        FactSpec(
            "used_same_season_last_year",
            FIELD,
            DATE,
            "When it was read or written on record within a quarter of this day a year ago, else of which quarter "
            "of that time the rows hold a value.",
            FAMILY,
            reach=_REACH,
            unknown_when="nothing that was read tells of that time alone",
            settled_by=(*_SETTLED, "fill-by-cohort"),
            absent_when="reads were watched and rows counted over all of that time, and nothing was seen",
        ),
        of_field(used_in_season),
        season_sources,
    ),
    Fact(
        FactSpec(
            "read_count",
            FIELD,
            INTEGER,
            "Recorded reads within what was watched.",
            FAMILY,
            reach=_REACH,
            unit="reads",
            unknown_when=_UNKNOWN,
            settled_by=_SETTLED,
        ),
        of_field(_read_count),
        _source,
    ),
    Fact(
        FactSpec(
            "readers",
            FIELD,
            INTEGER,
            "Different actors behind the recorded reads, at least.",
            FAMILY,
            reach=_REACH,
            unit="actors",
            unknown_when=_UNKNOWN,
            settled_by=("report-event", "list-view-event", "api-event"),
        ),
        of_field(_readers),
        _source,
    ),
    Fact(
        FactSpec(
            "watched_since",
            FIELD,
            DATE,
            "Since when every way of reading it was watched without a gap.",
            FAMILY,
            reach=_REACH,
            unknown_when="some way of reading was not watched",
            settled_by=_SETTLED,
        ),
        of_field(_watched_since),
        _source,
    ),
    Fact(
        FactSpec(
            "reads_watched", FIELD, BOOLEAN, "Whether every way of reading it was watched.", FAMILY, reach=_REACH
        ),
        of_field(_read_watched),
    ),
)
