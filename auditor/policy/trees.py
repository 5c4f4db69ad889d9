"""A judgement as a tree for people: T, F or ? at each node, what was found there, and what would settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.model.findings import Outcome
from auditor.model.testimony.table import BY_KIND
from auditor.model.truth import Truth
from auditor.model.values import Unknown
from auditor.policy.evaluating import Judgement
from auditor.policy.explaining import Explanation, Shape
from auditor.policy.phrases import name_text
from auditor.policy.syntax import Policy

MOST_NAMES = 5
"""So many neighbours are named in a line; the others are counted."""

Source = Callable[[str, str], str]
"""Where a fact (second) of a subject (first) came from; empty where it is the schema itself."""


def judgement_lines(policy: Policy, judged: Judgement, source: Source) -> Iterator[str]:
    """The target and the condition of a policy as they came out for one subject, and what is open."""
    if judged.target is not None:
        yield f"  target: {_APPLIES[judged.target.truth]}"
        yield from tree_lines(judged.target, source, "    ")
    if judged.outcome is Outcome.NOT_APPLICABLE:
        return
    yield f"  {policy.polarity}: {_holds(policy, judged.condition.truth)}"
    yield from tree_lines(judged.condition, source, "    ")
    parts = (part for part in (judged.target, judged.condition) if part is not None)
    yield from _settling(tuple(unknown for part in parts for unknown in open_questions(part)))


def tree_lines(told: Explanation, source: Source, indent: str = "") -> Iterator[str]:
    """One node and what is below it."""
    yield f"{indent}{told.truth.value} {_line(told, source)}"
    inside = indent + "  "
    for part in told.parts:
        if told.shape is Shape.NEIGHBOURS:
            yield f"{inside}of {part.subject}:"
            yield from tree_lines(part, source, inside + "  ")
        else:
            yield from tree_lines(part, source, inside)


def open_questions(told: Explanation) -> tuple[Unknown, ...]:
    """Why it is open, each reason once; nothing where it is decided."""
    if told.truth is not Truth.UNKNOWN:
        return ()
    return tuple(dict.fromkeys(unknown for leaf in told.deciding() for unknown in leaf.unknowns))


def _line(told: Explanation, source: Source) -> str:
    if told.shape is Shape.NEIGHBOURS:
        return f"{told.text}{_neighbours(told)}{_because(told)}"
    if told.fact is None:
        return told.text
    origin = source(told.subject, told.fact.name)
    where = f"  [{origin}]" if origin else ""
    return f"{told.text}: {told.value}{_because(told)}{where}"


def _neighbours(told: Explanation) -> str:
    names = [witness.subject for witness in told.witnesses]
    if told.measured:
        return f": there are {told.measured}"
    if not names:
        return f": {name_text(told.relation)} nothing" if told.truth is not Truth.UNKNOWN else ""
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f": {', '.join(names[:MOST_NAMES])}{more}"


def _because(told: Explanation) -> str:
    reasons = tuple(dict.fromkeys(unknown.because for unknown in told.unknowns))
    return f" ({'; '.join(reasons)})" if told.truth is Truth.UNKNOWN and reasons else ""


def _settling(unknowns: tuple[Unknown, ...]) -> Iterator[str]:
    reasons = dict.fromkeys(unknowns)
    if reasons:
        yield "  open:"
    for unknown in reasons:
        settled = f"settled by {' or '.join(unknown.settled_by)}" if unknown.settled_by else "settled by no export"
        yield f"    {unknown.because}: {settled}"
    for kind in dict.fromkeys(kind for unknown in reasons for kind in unknown.settled_by):
        told = BY_KIND.get(kind)
        if told is not None:
            yield f"    {kind} says: {told.says}"
            yield f"    {kind} cannot say: {told.silent_on}"


def _holds(policy: Policy, truth: Truth) -> str:
    if truth is Truth.UNKNOWN:
        return "unknown"
    return "violated" if truth is policy.wrong else "kept"


_APPLIES = {
    Truth.TRUE: "the policy speaks of it",
    Truth.FALSE: "the policy does not speak of it",
    Truth.UNKNOWN: "whether the policy speaks of it is unknown",
}
