"""What removing a thing would break: its blast radius, to the last formula.

Whoever reads, writes, shows or requires it must be changed first, or breaks. A formula that reads it can no longer
be computed, and so on to whatever reads that; a report that loses its object takes the dashboards along. A
component that has to be edited is not broken for its callers, and what is merely granted, listed or translated
costs no edit that anybody would notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.dataclasses import dataclass
from auditor.facts.base import COMPONENT, DATA, INTEGER, TEXT, Fact, Facts, Relation
from auditor.facts.mentions import gap
from auditor.graph.nodes import NodeKind
from auditor.model.references import WEAK, Access, Certainty
from auditor.model.values import CountRange, Value
from auditor.model.vocabulary import GLOBAL, Edge, FactSpec, Related, RelationSpec

FAMILY = "references"
SUBJECTS = DATA | COMPONENT


@dataclass(frozen=True, slots=True)
class Breakage:
    """One thing that would have to change: how far away it is, what it does, and whether that is certain.

    `access` holds what it does with what goes (`reads`, `writes`; `calls` for a caller), sorted.
    """

    distance: int
    access: tuple[str, ...]
    certain: bool
    path: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class _Mention:
    who: str
    access: str
    certain: bool
    path: str
    line: int | None


def broken_by(facts: Facts, key: str) -> dict[str, Breakage]:
    """Everything outside a thing that would have to change without it, sorted by printed name.

    What belongs to an object goes with it and is not outside.
    """
    return facts.once(("broken by", key), lambda: _broken_by(facts, key))


def _broken_by(facts: Facts, key: str) -> dict[str, Breakage]:
    gone = _gone(facts, key)
    found: dict[str, Breakage] = {}
    surely, front = set(gone), sorted(gone)
    distance = 0
    while front:
        distance += 1
        reached: dict[str, list[_Mention]] = {}
        for each in front:
            for mention in _mentions(facts, each):
                if mention.who not in gone and mention.who not in found:
                    certain = mention.certain and each in surely
                    told = _Mention(mention.who, mention.access, certain, mention.path, mention.line)
                    reached.setdefault(mention.who, []).append(told)
        found.update((who, _breakage(distance, mentions)) for who, mentions in reached.items())
        surely.update(who for who in reached if found[who].certain)
        front = sorted(who for who in reached if _hands_on(facts, who))
    return {who: found[who] for who in sorted(found)}


def _gone(facts: Facts, key: str) -> frozenset[str]:
    """The thing with what belongs to it."""
    graph = facts.graph
    if graph.kind_of(key) is not NodeKind.OBJECT:
        return frozenset({key})
    return frozenset({key, *graph.fields_of(key), *graph.components_of(key)})


def _mentions(facts: Facts, key: str) -> Iterator[_Mention]:
    """Who names a thing and would be broken with it."""
    graph = facts.graph
    if graph.kind_of(key) is NodeKind.COMPONENT:
        for other, call in graph.called_by(key):
            yield _Mention(other, "calls", call.certainty is Certainty.CERTAIN, call.path, call.line)
        return
    for other, reference in graph.references_to(key):
        if reference.access not in WEAK:
            certain = reference.certainty is Certainty.CERTAIN
            yield _Mention(other, str(reference.access), certain, reference.path, reference.line)
    for other in graph.looked_up_by(key):
        yield _Mention(other, "looks up", True, *graph.place_of(other))


def _hands_on(facts: Facts, key: str) -> bool:
    """Whether what is broken breaks others in turn: a formula its readers, a report its dashboards."""
    if facts.graph.kind_of(key) is NodeKind.COMPONENT:
        return facts.graph.component(key).value.kind == "report"
    return True


def _breakage(distance: int, mentions: Iterable[_Mention]) -> Breakage:
    ordered = sorted(mentions, key=lambda each: (not each.certain, each.path, each.line or 0, each.access))
    access = tuple(sorted({each.access for each in ordered}))
    return Breakage(distance, access, ordered[0].certain, ordered[0].path, ordered[0].line)


_STRONG = tuple(each for each in Access if each not in WEAK)
_LACKING = gap(_STRONG)


def _count(facts: Facts, key: str) -> Value:
    broken = broken_by(facts, key)
    least = sum(each.certain for each in broken.values())
    if _LACKING(facts, key) is not None:
        return CountRange(least, None)
    return least if least == len(broken) else CountRange(least, len(broken))


def _would_break(facts: Facts, key: str) -> Related:
    edges = tuple(
        Edge(
            who,
            (("distance", each.distance), ("does", ", ".join(each.access))),
            not each.certain,
            each.path,
            each.line,
        )
        for who, each in broken_by(facts, key).items()
    )
    return Related(edges, _LACKING(facts, key))


_MAYBE = "some kinds of component that could mention it were not read, or may mean something else"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "blast_radius",
            SUBJECTS,
            INTEGER,
            "How many components and formulas would have to change or break if it were removed, through formulas.",
            FAMILY,
            GLOBAL,
            "things",
            unknown_when=_MAYBE,
        ),
        _count,
    ),
)

RELATIONS: tuple[Relation, ...] = (
    Relation(
        RelationSpec(
            "would_break",
            SUBJECTS,
            SUBJECTS,
            "What would have to change or break if it were removed: readers, writers, pages, rules, formulas.",
            FAMILY,
            (
                FactSpec(
                    "distance",
                    SUBJECTS,
                    INTEGER,
                    "1 where it names the thing itself, more through formulas.",
                    FAMILY,
                ),
                FactSpec("does", SUBJECTS, TEXT, "What it does with what goes: reads, writes, shows …", FAMILY),
            ),
            GLOBAL,
            _MAYBE,
        ),
        _would_break,
    ),
)
