"""The first page in words: figures, growth, what the evidence covers, and ten things to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from auditor.model.catalogue import Role
from auditor.model.findings import Outcome, Severity
from auditor.model.results import AuditResult, Coverage, Growth, SystemSummary
from auditor.report import phrasing, wording
from auditor.report.cards import tiers_of
from auditor.report.divergence_section import divergence_sentence
from auditor.report.field_bars import field_bars
from auditor.report.naming import Names
from auditor.report.score_section import change_sentence, score_sentence
from auditor.report.view import FirstPage, GrowthChart, Stat, Watched

_GRAVE = (Severity.CRITICAL, Severity.HIGH)
_YEAR = 4
_LARGEST = 10
_UNREAD = 6
"""So many unread kinds are named on the first page; the section on evidence has all."""


def _score(result: AuditResult) -> Iterator[str]:
    """The score, and how it came about where an earlier state was read."""
    if result.score is not None:
        yield score_sentence(result.score)
        if result.score_change is not None:
            yield change_sentence(result.score, result.score_change)


def first_page(result: AuditResult, names: Names) -> FirstPage:
    """Everything that stands before the first section."""
    return FirstPage(
        company=result.company or wording.UNNAMED,
        title=wording.TITLE,
        as_of=wording.AS_OF.format(day=phrasing.long_day(result.as_of)),
        systems=tuple(_system(system) for system in result.systems),
        headline=" ".join(filter(None, (headline(result), *_score(result), divergence_sentence(result)))),
        stats=_stats(result),
        growth=_growth(result),
        largest=None if any(growth.rows for growth in result.growth) else field_bars(result, names, _LARGEST),
        watched=watched(result.coverage),
        unwatched=unwatched(result),
        tiers=tiers_of(result, names),
    )


def headline(result: AuditResult) -> str:
    """The audit in one sentence of numbers."""
    crms = [system for system in result.systems if system.role is Role.CRM]
    found = [finding for finding in result.findings if finding.outcome is Outcome.VIOLATION]
    proven = [finding for finding in found if finding.confidence == "proven"]
    grave = sum(1 for finding in proven if finding.severity in _GRAVE)
    told = wording.FOUND.format(
        findings=phrasing.counted(len(found), wording.FINDINGS), proven=_share_of(len(proven), len(found))
    )
    unknown = open_questions(result)
    return wording.HEADLINE.format(
        fields=phrasing.counted(sum(system.custom_fields for system in crms), wording.CUSTOM_FIELDS),
        objects=phrasing.counted(sum(system.objects for system in crms), wording.OBJECTS),
        gained=_gained(result),
        found=told + (wording.GRAVE.format(n=phrasing.figure(grave)) if grave else ""),
        open=wording.NOT_ANSWERED.format(questions=phrasing.counted(unknown, wording.QUESTIONS)),
    )


def watched(coverage: Iterable[Coverage]) -> tuple[Watched, ...]:
    """What was watched, a line for each deed and span with its sources; what speaks of use comes first."""
    windows: dict[tuple[int, str, str], list[Coverage]] = {}
    for row in coverage:
        place = _DEEDS.index(row.deed) if row.deed in _DEEDS else len(_DEEDS)
        source = wording.EVIDENCE_KINDS.get(row.format, row.format or row.source)
        words = wording.DEEDS.get(row.deed, phrasing.worded(row.deed))
        windows.setdefault((place, words, source), []).append(row)
    lines: dict[tuple[int, str, str], list[str]] = {}
    for (place, words, source), rows in sorted(windows.items()):
        cut = f" ({wording.TRUNCATED})" if any(row.truncated for row in rows) else ""
        lines.setdefault((place, words, spans(rows)), []).append(source + cut)
    return tuple(Watched(words, when, phrasing.listed(sources)) for (_, words, when), sources in lines.items())


def open_questions(result: AuditResult) -> int:
    """How many questions the evidence at hand cannot answer."""
    return sum(1 for finding in result.findings if finding.outcome is Outcome.UNKNOWN)


def span(row: Coverage) -> str:
    """From when to when a source watched."""
    if row.since is not None:
        return wording.SPAN.format(since=row.since, until=row.until)
    form = wording.FROM_BEGINNING if row.deed else wording.STATE
    return form.format(until=row.until)


def unwatched(result: AuditResult, most: int = _UNREAD) -> tuple[str, ...]:
    """What nobody watched, and what was not read, a sentence each."""
    channels = [c for c in result.unread if c.channel in wording.CHANNELS and c.settled_by]
    kinds = [c for c in result.unread if c not in channels and c.what.startswith("no ")]
    rest = [c for c in result.unread if c not in channels and c not in kinds]
    lines = []
    if channels:
        told = dict.fromkeys(wording.CHANNELS[channel.channel] for channel in channels)
        lines.append(wording.UNWATCHED.format(names=phrasing.listed(told)))
    if kinds:
        told = dict.fromkeys(phrasing.worded(channel.channel) for channel in kinds)
        lines.append(wording.UNREAD.format(names=phrasing.listed(told, most)))
    lines.extend(wording.OTHER_UNREAD.format(what=f"{channel.system}: {channel.what}") for channel in rest)
    return tuple(lines) or (wording.ALL_WATCHED,)


def spans(rows: Sequence[Coverage]) -> str:
    """The windows of one source as one: its ends, and whether they differ from subject to subject."""
    if len({span(row) for row in rows}) == 1:
        return span(rows[0])
    until = max(row.until for row in rows)
    starts = [row.since for row in rows]
    if None in starts:
        return wording.DIFFERING.format(span=wording.FROM_BEGINNING.format(until=until))
    since = min(start for start in starts if start is not None)
    return wording.DIFFERING.format(span=wording.SPAN.format(since=since, until=until))


def _share_of(part: int, whole: int) -> str:
    return wording.ALL_OF_THEM if part == whole > 1 else phrasing.figure(part)


def _system(system: SystemSummary) -> str:
    kinds = phrasing.listed(
        wording.SOURCE_KINDS.get(kind, kind) for each in system.source_kinds for kind in each.split("+")
    )
    return f"{system.name} ({str(system.role).upper()}, {kinds})"


def _gained(result: AuditResult) -> str:
    """The net change of a year; what was added where nothing tells removals; nothing where history is shorter."""
    told = [(each, _last_year(each)) for each in result.growth if each.rows]
    known = [net for _, net in told if net is not None]
    if not known or len(known) < len(told):
        return ""
    net = sum(known)
    if not all("git-history" in _dated_by(each, result) for each, _ in told):
        return wording.ADDED.format(n=phrasing.figure(net)) if net >= 0 else ""
    return (wording.MORE if net >= 0 else wording.FEWER_THAN).format(n=phrasing.figure(abs(net)))


def _dated_by(growth: Growth, result: AuditResult) -> set[str]:
    """Kinds of evidence that date the fields of a system."""
    return {row.format for row in result.coverage if row.deed == "defined" and row.system == growth.system}


def _last_year(growth: Growth) -> int | None:
    """Net change since the end of the same quarter a year before; None where the history is shorter."""
    return growth.rows[-1].total - growth.rows[-1 - _YEAR].total if len(growth.rows) > _YEAR else None


def _stats(result: AuditResult) -> tuple[Stat, ...]:
    crms = [system for system in result.systems if system.role is Role.CRM]
    components: Counter[str] = Counter()
    for system in crms:
        components.update(dict(system.components))
    references = sum(count for system in crms for _, count in system.references)
    weak = sum(
        dict(system.references).get(kind, 0) for system in crms for kind in ("grants", "lists", "translates")
    )
    points = len(result.integration_points)
    implied = sum(system.implied_fields for system in crms)
    live = sum(system.live_custom_fields for system in crms)
    beside = (
        wording.STAT_LIVE.format(n=phrasing.figure(live)) if live else "",
        wording.STAT_MENTIONED.format(n=phrasing.figure(implied)) if implied else "",
    )
    return (
        Stat(
            phrasing.figure(sum(system.objects for system in crms)),
            wording.STAT_OBJECTS,
            wording.STAT_CUSTOM.format(n=phrasing.figure(sum(system.custom_objects for system in crms))),
        ),
        Stat(
            phrasing.figure(sum(system.custom_fields for system in crms)),
            wording.STAT_FIELDS,
            ", ".join(each for each in beside if each),
        ),
        Stat(
            phrasing.figure(sum(components.values())),
            wording.STAT_COMPONENTS,
            _kinds(components),
        ),
        Stat(
            phrasing.figure(references), wording.STAT_REFERENCES, wording.STAT_WEAK.format(n=phrasing.figure(weak))
        ),
        Stat(phrasing.figure(points), wording.STAT_POINTS[points != 1]),
        *_outcomes(result),
    )


def _kinds(components: Counter[str]) -> str:
    return wording.STAT_KINDS.format(kinds=phrasing.counted(len(components), wording.KINDS)) if components else ""


def _outcomes(result: AuditResult) -> tuple[Stat, ...]:
    found = [finding for finding in result.findings if finding.outcome is Outcome.VIOLATION]
    by = Counter(finding.severity for finding in found)
    split = ", ".join(f"{phrasing.figure(by[severity])} {severity}" for severity in Severity if by[severity])
    unknown = open_questions(result)
    waived = sum(1 for finding in result.findings if finding.outcome is Outcome.WAIVED)
    return (
        Stat(phrasing.figure(len(found)), wording.STAT_FINDINGS, split),
        Stat(phrasing.figure(unknown), wording.STAT_OPEN),
        Stat(
            phrasing.figure(waived),
            wording.STAT_ACCEPTED,
            wording.STAT_WAIVED if waived else wording.STAT_NO_WAIVERS,
        ),
    )


def _growth(result: AuditResult) -> tuple[GrowthChart, ...]:
    only = sum(1 for system in result.systems if system.role is Role.CRM) == 1
    charts = tuple(
        _chart(growth, wording.THE_CRM if only else growth.system, _growth_notes(growth, result))
        for growth in result.growth
        if growth.rows
    )
    return charts or (GrowthChart(wording.GROWTH.format(system=wording.THE_CRM), (), wording.GROWTH_UNKNOWN),)


def _chart(growth: Growth, name: str, notes: str) -> GrowthChart:
    first, last = growth.rows[0], growth.rows[-1]
    summary = wording.GROWTH_SUMMARY.format(
        first=phrasing.figure(first.total), start=first.quarter, last=phrasing.figure(last.total)
    )
    net = _last_year(growth)
    if net is not None:
        summary += wording.GROWTH_YEAR.format(net=f"{'+' if net >= 0 else '−'}{phrasing.figure(abs(net))}")
    return GrowthChart(wording.GROWTH.format(system=name), growth.rows, f"{summary}.", notes)


def _growth_notes(growth: Growth, result: AuditResult) -> str:
    """What the chart leaves out or cannot know."""
    live = sum(system.live_custom_fields for system in result.systems if system.name == growth.system)
    dated_by = _dated_by(growth, result)
    notes = [wording.GROWTH_NOTE]
    if growth.undated:
        notes.append(wording.GROWTH_UNDATED.format(n=phrasing.counted(growth.undated, wording.CUSTOM_FIELDS)))
    if live:
        notes.append(wording.GROWTH_LIVE.format(n=phrasing.counted(live, wording.STAND)))
    if "git-history" not in dated_by:
        notes.append(wording.GROWTH_NO_GIT)
    elif "tooling-custom-field" not in dated_by:
        notes.append(wording.GROWTH_GIT)
    return " ".join(notes)


_DEEDS = ("read", "run", "written", "touched", "viewed", "called", "logged_in", "defined")
