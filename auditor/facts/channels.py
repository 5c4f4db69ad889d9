"""Ways in which a field can be read, and what watched each of them.

The one rule that everything here serves: silence is evidence only where every way of reading was watched. A
register of report runs says nothing about list views and queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.evidence_index import sees
from auditor.facts.outside_register import OUTSIDE, mentioned_outside, register_gap
from auditor.facts.spans import Span, last_stretch, overlap
from auditor.graph.nodes import FieldNode, KnownBy
from auditor.model.names import component_key
from auditor.model.observations import Deed, Observation, Window
from auditor.model.testimony.table import WAYS, watchers
from auditor.model.testimony.words import Platform, Way


@dataclass(frozen=True, slots=True)
class Channel:
    """One way of reading, and the kinds of evidence that watch it, cheapest first."""

    way: Way
    formats: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its name under `complete:`."""
        return self.way.id

    @property
    def words(self) -> str:
        """What it is, in words."""
        return self.way.words


REPORTS = "report"
IN_FULL, UNTOLD_RUNS = "reports in full", "untold runs"
"""Under which it is kept whether registers of runs tell all of a system, and which runs they do not tell."""
PRIVATE = "Private Reports/"
"""Folder under which private reports are named: each belongs to one person, and no repository holds them."""


def _channels(platform: Platform) -> tuple[Channel, ...]:
    return tuple(Channel(way, watchers(way)) for way in WAYS[platform])


SALESFORCE_CHANNELS = _channels(Platform.SALESFORCE)

OTHER_CHANNELS = _channels(Platform.ANY)
"""For systems whose ways of reading are not known one by one."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What was watched of a field's reads: the span common to all channels, and the channels nobody watched."""

    span: Span | None
    unwatched: tuple[Channel, ...]

    @property
    def complete(self) -> bool:
        """Whether every way of reading was watched over a common span."""
        return self.span is not None and not self.unwatched


def read_channels(facts: Facts, system: str) -> tuple[Channel, ...]:
    """The ways in which fields of a system can be read."""
    kinds = facts.graph.system(system).source_kinds
    return SALESFORCE_CHANNELS if "salesforce" in kinds else OTHER_CHANNELS


def read_watch(facts: Facts, node: FieldNode) -> Watch:
    """What was watched of the reads of one field."""
    return facts.once(("watch", node.key), lambda: _watch(facts, node))


def _watch(facts: Facts, node: FieldNode) -> Watch:
    """What was watched of one field; fields between which nothing here can tell share the answer."""
    seen = facts.once(("reads to tell apart", node.system), lambda: _Known.of(facts, node.system))
    alike = seen.alike(facts, node)
    watch = seen.watches.get(alike)
    if watch is None:
        watch = seen.watches[alike] = _watched(facts, node)
    return watch


@dataclass(frozen=True, slots=True)
class _Known:
    """By what the watches of a system's fields can differ, and those that were worked out."""

    kinds: frozenset[str]
    """Component kinds whose mentions decide whether a way of reading is vouched for."""
    windows: tuple[Window, ...]
    """Windows that saw some of the fields only."""
    registers: bool
    """Whether the reports that use a field decide which register dated all its reads."""
    watches: dict[object, Watch]

    @classmethod
    def of(cls, facts: Facts, system: str) -> _Known:
        """What can tell fields of a system apart."""
        kinds = {each.way.component_kind for each in read_channels(facts, system)} - {""}
        windows = (each for each in facts.evidence.windows(system, Deed.READ) if each.subjects is not None)
        runs = facts.evidence.windows(system, Deed.RUN)
        registers = any(each.subjects is not None for each in runs) and told_in_full(facts, system)
        return cls(frozenset(kinds | {OUTSIDE, REPORTS}), tuple(windows), registers, {})

    def alike(self, facts: Facts, node: FieldNode) -> object:
        """The same for fields of which the same was watched."""
        links = facts.graph.references_to(node.key)
        kinds = {link.reference.component_kind for link in links} & self.kinds
        seen = tuple(sees(each, node.key, node.object_key) for each in self.windows)
        using = frozenset(_reports_using(facts, node)) if self.registers and REPORTS in kinds else None
        return frozenset(kinds), seen, using, node.known_by is KnownBy.EVIDENCE


def _watched(facts: Facts, node: FieldNode) -> Watch:
    spans: list[Span] = []
    unwatched: list[Channel] = []
    for channel in read_channels(facts, node.system):
        span = _channel_span(facts, node, channel)
        if span is not None:
            spans.append(span)
        elif not _vouched(facts, node, channel):
            unwatched.append(channel)
    if not spans and not unwatched:
        return Watch(Span(None, facts.settings.as_of), ())
    return Watch(overlap(spans), tuple(unwatched))


def _reports_using(facts: Facts, node: FieldNode) -> set[str]:
    links = facts.graph.references_to(node.key)
    return {link.other for link in links if link.reference.component_kind == REPORTS}


def channel_of(facts: Facts, system: str, observation: Observation) -> str:
    """The channel that an observation came through; its own evidence kind where none claims it."""
    told = facts.evidence.format(observation.source)
    return next((each.id for each in read_channels(facts, system) if told in each.formats), told)


def unwatched_words(watch: Watch) -> str:
    """Why silence proves nothing, in one clause."""
    if not watch.unwatched:
        return "the ways of reading were not watched at the same time (`auditor evidence add` joins exports)"
    names = [each.words for each in watch.unwatched]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"reads by {listed} were not watched"


def settling(facts: Facts, system: str, watch: Watch) -> tuple[str, ...]:
    """Evidence kinds that would watch what was not, cheapest first and each once."""
    kinds = (kind for each in watch.unwatched for kind in facts.settled_by(system, *each.formats)[:2])
    return tuple(dict.fromkeys(kinds))


def _vouched(facts: Facts, node: FieldNode, channel: Channel) -> bool:
    """Declared complete, so that what was read is all there is; or its definitions are silent about the field."""
    if channel.id == OUTSIDE:
        return register_gap(facts, node.system) is None and not mentioned_outside(facts, node.key)
    if facts.settings.is_complete(node.system, channel.id):
        return True
    kind = channel.way.component_kind
    if not kind or node.known_by is KnownBy.EVIDENCE or not facts.graph.reads_channel(node.system, kind):
        return False
    return all(link.reference.component_kind != kind for link in facts.graph.references_to(node.key))


def _channel_span(facts: Facts, node: FieldNode, channel: Channel) -> Span | None:
    windows = [
        each
        for each in facts.evidence.windows(node.system, Deed.READ)
        if facts.evidence.format(each.source) in channel.formats and sees(each, node.key, node.object_key)
    ]
    if channel.id == REPORTS:
        windows += _registers(facts, node, channel)
    return last_stretch(windows)


def _registers(facts: Facts, node: FieldNode, channel: Channel) -> list[Window]:
    """Registers of report runs that dated every read of a field by any report.

    Such a register must name each report that uses the field; reports on dashboards are not among those it could
    see. It must hold the private reports, or the company vouch that there are none. And no report may have run
    whose columns are not known.
    """
    if not told_in_full(facts, node.system):
        return []
    using = _reports_using(facts, node)
    return [
        each
        for each in facts.evidence.windows(node.system, Deed.RUN)
        if each.subjects is not None
        and facts.evidence.format(each.source) in channel.formats
        and using <= each.subjects
    ]


def told_in_full(facts: Facts, system: str) -> bool:
    """Whether registers of runs name private reports too, or are vouched for, and know all columns that ran."""
    return facts.once((IN_FULL, system), lambda: _told_in_full(facts, system))


def _told_in_full(facts: Facts, system: str) -> bool:
    private = component_key(system, REPORTS, PRIVATE)
    windows = facts.evidence.windows(system, Deed.RUN)
    named = any(name.startswith(private) for each in windows for name in each.subjects or ())
    vouched = facts.settings.is_complete(system, REPORTS)
    blindly = any(not facts.graph.references_from(each) for each in untold_runs(facts, system))
    return (named or vouched) and not blindly


def untold_runs(facts: Facts, system: str) -> Sequence[str]:
    """Reports of a system that ran and of which no log tells what they read, sorted."""
    return facts.once((UNTOLD_RUNS, system), lambda: _untold_runs(facts, system))


def _untold_runs(facts: Facts, system: str) -> list[str]:
    observations = facts.evidence.evidence.observations
    told = {each.via for each in observations if each.deed is Deed.READ}
    prefix = component_key(system, REPORTS, "")
    ran = (each for each in observations if each.deed is Deed.RUN and each.last is not None)
    return sorted({each.subject for each in ran if each.subject.startswith(prefix)} - told)


def on_dashboard(facts: Facts, report: str) -> bool:
    """Whether a dashboard shows a report, so that it may be read without a recorded run."""
    return any(link.call.caller_kind == "dashboard" for link in facts.graph.called_by(report))


def sources_of(observations: Iterable[Observation]) -> set[str]:
    """Ids of the sources behind observations."""
    return {each.source for each in observations}
