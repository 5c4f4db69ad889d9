"""What another charter changes, for people and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from auditor.model.findings import Finding
from auditor.model.scorecards import Scorecard
from auditor.report.machine import finding_values, json_text, score_values
from auditor.report.score_section import interval_words
from auditor.report.terminal import printable

Change = tuple[str, Finding | None, Finding | None]
"""`new`, `gone` or `changed`; the finding that was, and the one that is."""
_STATES = ("new", "gone", "changed")


def charter_text(changes: Iterable[Change], before: Scorecard | None, after: Scorecard | None) -> Iterator[str]:
    """A line a finding, then how many of each there are, then both scores."""
    counts: Counter[str] = Counter()
    for state, was, now in changes:
        counts[state] += 1
        finding = now or was
        assert finding is not None
        turned = (
            f"{was.outcome} → {now.outcome}" if was and now and was.outcome != now.outcome else finding.outcome
        )
        said = f"{state:<8} {turned}  [{finding.severity}]  {finding.policy}  {finding.subject}"
        yield printable(f"{said}: {finding.message}")
    told = ", ".join(f"{counts[state]} {state}" for state in _STATES if counts[state])
    yield told or "no finding changes"
    yield f"score: {_score(before)} → {_score(after)}"


def charter_json(changes: Iterable[Change], before: Scorecard | None, after: Scorecard | None) -> str:
    """The same as one document; findings in the shape of the report."""
    rows = [
        {"state": state, "before": was and finding_values(was), "after": now and finding_values(now)}
        for state, was, now in changes
    ]
    scores = {"before": before and score_values(before), "after": after and score_values(after)}
    return json_text({"schema_version": 1, "changes": rows, "score": scores})


def _score(card: Scorecard | None) -> str:
    return "none, without a charter" if card is None else interval_words(card.score)
