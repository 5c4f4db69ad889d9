"""An explanation for people."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.findings import Outcome
from auditor.policy.trees import judgement_lines
from auditor.workspace.explained_evidence import origins, sources_of
from auditor.workspace.explaining import TOLD, Case, Explained


def explained_lines(explained: Explained) -> Iterator[str]:
    """The subject, what is known of it, each policy's tree, and the evidence behind what was printed."""
    place = explained.path if explained.line is None else f"{explained.path}:{explained.line}"
    yield f"{explained.subject}  ({place})" if explained.path else explained.subject
    for section in explained.sections:
        yield ""
        yield from section.lines
    used: dict[str, None] = {}
    for case in explained.cases:
        if explained.policy_id is not None or case.outcome in TOLD:
            yield ""
            yield from _told(case, explained, used)
    if explained.policy_id is None:
        yield from _silent(explained)
    yield from _evidence(used, explained)


def _told(case: Case, explained: Explained, used: dict[str, None]) -> Iterator[str]:
    def source(subject: str, name: str) -> str:
        told = sources_of(subject, name, explained.ground)
        used.update(dict.fromkeys(told))
        return ", ".join(dict.fromkeys(part.partition(" (")[0] for part in told))

    info = case.policy.info
    yield f"{info.id}  [{info.severity}]  {case.outcome}: {case.message}"
    yield from judgement_lines(case.policy, case.judged, source)


def _silent(explained: Explained) -> Iterator[str]:
    for outcome, said in ((Outcome.PASS, "passes"), (Outcome.NOT_APPLICABLE, "not spoken of by")):
        names = [case.policy.info.id for case in explained.cases if case.outcome is outcome]
        if names:
            yield ""
            yield f"{said}: {', '.join(names)}"


def _evidence(used: dict[str, None], explained: Explained) -> Iterator[str]:
    if used:
        yield ""
        yield "evidence:"
    for origin in origins(used, explained.subject, explained.inputs.evidence):
        spans = [f"{w.deed}, {w.start or 'from the beginning'} to {w.end}" for w in origin.windows]
        yield f"  {origin.told}{': saw ' if spans else ''}{'; '.join(dict.fromkeys(spans))}"
