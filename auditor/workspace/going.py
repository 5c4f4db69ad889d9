"""The section of `auditor explain` on removal: what would have to change, and what would go with a thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.facts.base import Facts
from auditor.model.values import CountRange, Value
from auditor.model.vocabulary import Edge, Related
from auditor.report.machine import plain_value
from auditor.report.phrasing import counted, shortened, value_words

_MOST = 12
"""Things of one list that are named before the rest is counted."""
_LONG = 200
_THINGS = ("thing", "things")


def going_told(facts: Facts, subject: str) -> tuple[tuple[str, ...], Mapping[str, object]] | None:
    """What removing a subject would mean, as lines and as values; None for what is no part of a system."""
    if facts.graph.kind_of(subject) is None:
        return None
    radius, held = facts.fact(subject, "blast_radius"), facts.fact(subject, "retained")
    broken, going = facts.related(subject, "would_break"), facts.related(subject, "retains")
    lines = (*_broken_lines(radius, broken), *_going_lines(held, going.edges))
    values = {
        "blast_radius": plain_value(radius),
        "would_break": [_broken(edge) for edge in broken.edges],
        "more_may_break": None if broken.missing is None else broken.missing.because,
        "retained": plain_value(held),
        "retains": [{"subject": edge.subject, **_attributes(edge)} for edge in going.edges],
    }
    return lines, values


def _broken_lines(radius: Value, broken: Related) -> Iterator[str]:
    yield f"if it were removed: {_amount(radius, broken)} would have to change or would break"
    yield from _cut([f"  {_broken_line(edge)}" for edge in broken.edges])
    if broken.missing is not None:
        yield f"  there may be more: {shortened(broken.missing.because, _LONG)}"


def _amount(radius: Value, broken: Related) -> str:
    match radius:
        case CountRange(least=0):
            return "nothing for certain"
        case CountRange(least=least, most=None):
            return f"at least {counted(least, _THINGS)}"
        case CountRange():
            return f"{value_words(radius)} things"
        case int() if radius:
            return counted(radius, _THINGS)
        case _:
            return "nothing"


def _broken_line(edge: Edge) -> str:
    does = dict(edge.attributes)
    said = [str(does["does"])]
    if does["distance"] != 1:
        said.append("through formulas")
    if edge.possible:
        said.append("possibly")
    place = f"  ({edge.path}{'' if edge.line is None else f':{edge.line}'})" if edge.path else ""
    return f"{edge.subject}: {', '.join(said)}{place}"


def _going_lines(held: Value, edges: Sequence[Edge]) -> Iterator[str]:
    if not isinstance(held, int):
        return
    amount = counted(held, _THINGS) if held else "nothing"
    yield f"  would go with it, since nothing else holds it: {amount}"
    yield from _cut([f"    {edge.subject}" for edge in edges])


def _cut(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"    and {len(lines) - _MOST} more (--format json has all)"


def _broken(edge: Edge) -> Mapping[str, object]:
    certain = {"certain": not edge.possible, "path": edge.path, "line": edge.line}
    return {"subject": edge.subject, **_attributes(edge), **certain}


def _attributes(edge: Edge) -> Mapping[str, object]:
    return {name: plain_value(value) for name, value in edge.attributes}
