"""When a report, dashboard, list view, template or flow was last run, opened or sent."""

from __future__ import annotations

from datetime import date, timedelta

from auditor.facts.base import COMPONENT, DATE, INTEGER, Fact, Facts, of_component
from auditor.facts.channels import on_dashboard
from auditor.facts.evidence_index import sees_kind
from auditor.facts.spans import Span, last_stretch
from auditor.graph.nodes import ComponentNode
from auditor.model.observations import Deed
from auditor.model.testimony.table import runners
from auditor.model.values import ABSENT, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "usage"

RUNNABLE = runners()
"""Component kinds that are run by people or machines, and the evidence kinds that see it."""


def last_run(facts: Facts, node: ComponentNode) -> Value:
    """When a component was last run; never only where a source that was watching saw nothing."""
    if node.value.kind not in RUNNABLE:
        return ABSENT
    seen = facts.evidence.observations(node.key, Deed.RUN)
    last = max((each.last for each in seen if each.last is not None and not each.possible), default=None)
    span = _span(facts, node)
    if span is None:
        return _unwatched(facts, node) if last is None else DateRange(last, max(last, facts.settings.as_of))
    if last is None:
        return Never(span.since, span.until)
    return DateRange(last, _not_after(facts, span, last))


def _not_after(facts: Facts, span: Span, last: date) -> date:
    if not facts.settings.reaches_now(span.until):
        return max(last, facts.settings.as_of)
    return last if span.since is None else max(last, span.since - timedelta(days=1))


def _span(facts: Facts, node: ComponentNode) -> Span | None:
    """What was watched. A register names what it knows: what it does not name, it did not watch."""
    windows = [each for each in facts.evidence.windows(node.system, Deed.RUN) if sees_kind(each, node.value.kind)]
    named = {each.source for each in facts.evidence.observations(node.key, Deed.RUN)}
    watching = []
    for window in windows:
        told = facts.evidence.format(window.source)
        if window.start is None and window.source not in named:
            continue
        if told == "report-register" and on_dashboard(facts, node.key):
            # Not documented whether a dashboard's refresh counts as a run of its reports.
            continue
        if window.subjects is None or node.key in window.subjects:
            watching.append(window)
    return last_stretch(watching)


def _unwatched(facts: Facts, node: ComponentNode) -> Unknown:
    if node.value.kind == "report" and on_dashboard(facts, node.key):
        because = "it is on a dashboard, whose refresh may not count as a run, and no log of runs was read"
    else:
        because = "nothing that was read watches its runs, or the register does not name it"
    return Unknown(because, facts.settled_by(node.system, *RUNNABLE[node.value.kind]))


def _run_count(facts: Facts, node: ComponentNode) -> Value:
    if node.value.kind not in RUNNABLE:
        return ABSENT
    counts = [each.count for each in facts.evidence.observations(node.key, Deed.RUN) if each.count is not None]
    if counts:
        return max(counts)
    return _unwatched(facts, node) if _span(facts, node) is None else 0


def _source(facts: Facts, key: str) -> str:
    return facts.evidence.words(each.source for each in facts.evidence.observations(key, Deed.RUN))


_NOT_RUN = "nobody runs its kind"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "last_run",
            COMPONENT,
            DATE,
            "When it was last run, opened or sent, on record.",
            FAMILY,
            reach=local(1, "", "callers:which"),
            unknown_when="nothing that was read watches its runs",
            settled_by=("report-register", "list-view-event", "email-template-register"),
            absent_when=_NOT_RUN,
        ),
        of_component(last_run),
        _source,
    ),
    Fact(
        FactSpec(
            "run_count",
            COMPONENT,
            INTEGER,
            "Recorded runs, by the source that saw most.",
            FAMILY,
            reach=local(1, "", "callers:which"),
            unit="runs",
            unknown_when="nothing that was read counts its runs",
            settled_by=("report-event", "list-view-event", "email-template-register"),
            absent_when=_NOT_RUN,
        ),
        of_component(_run_count),
        _source,
    ),
)
