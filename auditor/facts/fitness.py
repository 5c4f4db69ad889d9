"""How far the evidence can be trusted, a line each: whose it is, whether it was cut, who saw it, what lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.base import Facts
from auditor.facts.existence import PARTIAL
from auditor.facts.kinds import MENTIONING, REPOSITORY
from auditor.graph.nodes import SystemNode
from auditor.model.catalogue import Role
from auditor.model.observations import EvidenceSource
from auditor.model.results import Fitness

# Component kinds whose lack takes whole questions away, with what then stays open.
_CHANNELS = (
    (("profile", "permission_set"), "who may read and edit a field stays unknown"),
    (("report",), "which reports use a field stays unknown, and so does its last read"),
    (("layout", "flexipage"), "which pages show a field stays unknown"),
    (("flow", "apex_class"), "which automation reads and writes a field stays unknown"),
)
_ELSEWHERE = frozenset({"git-history", "event-log", "record-database"})
"""Evidence that is taken from no organisation, and so names none."""
_SHOWN = 6


def fitness(facts: Facts) -> tuple[Fitness, ...]:
    """Every doubt about the evidence of the CRMs, sorted by system in the order of their weight."""
    return tuple(
        Fitness(system.system, what, consequence)
        for system in facts.graph.systems()
        if system.role is Role.CRM
        for what, consequence in _doubts(facts, system, _sources(facts, system))
    )


def _sources(facts: Facts, system: SystemNode) -> Sequence[EvidenceSource]:
    """The sources that speak of a system; one without window or measure speaks of the only CRM."""
    windows = facts.evidence.evidence.windows
    elsewhere = {each.source for each in windows if each.system != system.system}
    here = {each.source for each in windows if each.system == system.system}
    return [each for each in facts.evidence.sources.values() if each.id in here or each.id not in elsewhere]


def _doubts(facts: Facts, system: SystemNode, sources: Sequence[EvidenceSource]) -> Iterator[tuple[str, str]]:
    if "salesforce" in system.source_kinds:
        yield from _identity(sources)
    yield from _sandbox(sources)
    yield from _cut(sources)
    yield from _one_user(facts, system, sources)
    yield from _old(facts, sources)
    if "salesforce" in system.source_kinds and not facts.settings.is_complete(system.system, REPOSITORY):
        yield from _partial(facts, system)


def _identity(every: Sequence[EvidenceSource]) -> Iterator[tuple[str, str]]:
    sources = [each for each in every if each.format not in _ELSEWHERE]
    named = sorted({each.organization for each in sources if each.organization})
    if sources and not named:
        yield (
            "no source names the organisation that it was taken from",
            "that the evidence is of the organisation that the repository describes is taken on trust",
        )
    elif named:
        silent = sum(not each.organization for each in sources)
        if silent:
            yield (
                f"{len(sources) - silent} of {len(sources)} sources name their organisation, {', '.join(named)}",
                "that the others are of the same one is taken on trust",
            )


def _sandbox(sources: Sequence[EvidenceSource]) -> Iterator[tuple[str, str]]:
    copies = _listed(each.id for each in sources if each.sandbox)
    if copies:
        yield f"taken from a sandbox, as declared to be accepted: {copies}", "its use is not the company's"


def _cut(sources: Sequence[EvidenceSource]) -> Iterator[tuple[str, str]]:
    cut = _listed(each.id for each in sources if each.truncated)
    if cut:
        yield f"cut short or not read wholly: {cut}", "nothing follows from what they do not hold"


def _one_user(facts: Facts, system: SystemNode, sources: Sequence[EvidenceSource]) -> Iterator[tuple[str, str]]:
    """Exports through the API that hold only what their user may see, unless the company vouches for the user."""
    seen = _listed(
        each.id
        for each in sources
        if each.format in PARTIAL and not facts.settings.is_complete(system.system, each.format)
    )
    if seen:
        yield (
            f"hold only what the exporting user may see: {seen}",
            "what they do not show is unknown, until `complete:` vouches for that user",
        )


def _old(facts: Facts, sources: Sequence[EvidenceSource]) -> Iterator[tuple[str, str]]:
    old = _listed(
        each.id for each in sources if each.as_of is not None and not facts.settings.reaches_now(each.as_of)
    )
    if old:
        yield (
            f"end more than {facts.settings.fresh_days} days before the audit: {old}",
            "they speak of then, not of now",
        )


def _partial(facts: Facts, system: SystemNode) -> Iterator[tuple[str, str]]:
    for kinds, consequence in _CHANNELS:
        lacking = [
            kind
            for kind in kinds
            if kind in MENTIONING
            and kind not in system.channels
            and not facts.settings.is_complete(system.system, kind)
        ]
        if lacking:
            words = " and no ".join(kind.replace("_", " ") for kind in lacking)
            yield f"the repository holds no {words}", consequence


def _listed(names: Iterator[str]) -> str:
    found = sorted(names)
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more
