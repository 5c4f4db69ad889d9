"""Settling an unknown either way never flips what was decided, and both evaluations agree always."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.truth import Truth
from auditor.model.values import CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import Edge, FactSpec, FactType, Related, RelationSpec
from auditor.policy.binding import Ground
from auditor.policy.explaining import explain
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    FactTest,
    Hop,
    Negation,
    Neighbourhood,
    Operator,
    Quantified,
    Quantifier,
    Span,
)
from tests.policy.fakes import FakeFacts

AS_OF = date(2026, 11, 21)
SUBJECTS = ("crm:A", "crm:B", "crm:C")
NOBODY = Unknown("nobody knows", ("x",))
OBJECT = frozenset({"object"})
FLAG = FactSpec("flag", OBJECT, FactType.BOOLEAN, "", "")
SIZE = FactSpec("size", OBJECT, FactType.INTEGER, "", "")
SEEN = FactSpec("seen", OBJECT, FactType.DATE, "", "")
NEAR = RelationSpec("near", OBJECT, OBJECT, "", "", edge=(FactSpec("weak", OBJECT, FactType.BOOLEAN, "", ""),))

flags = st.sampled_from((Operator.EQ, Operator.NE)).map(lambda op: FactTest(FLAG, (Comparison(op, True, "true"),)))
sizes = st.builds(
    lambda op, limit: FactTest(SIZE, (Comparison(op, limit, str(limit)),)),
    st.sampled_from((Operator.EQ, Operator.NE, Operator.GT, Operator.GE, Operator.LT, Operator.LE)),
    st.integers(0, 3),
)
dates = st.builds(
    lambda op, days: FactTest(SEEN, (Comparison(op, Span(days=days), f"{days}d"),)),
    st.sampled_from((Operator.OLDER_THAN, Operator.NEWER_THAN)),
    st.sampled_from((10, 90, 400)),
)
weak = st.none() | st.just(FactTest(NEAR.edge[0], (Comparison(Operator.EQ, True, "true"),)))
leaves = flags | sizes | dates


def grown(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    overs = st.builds(
        lambda edge, where, depth: Neighbourhood((Hop(NEAR, edge),), where, depth), weak, inner, st.integers(1, 3)
    )
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    counts = st.builds(
        lambda over, op, limit: Counted(over, (Comparison(op, limit, str(limit)),)),
        overs,
        st.sampled_from((Operator.EQ, Operator.GE, Operator.LE)),
        st.integers(0, 3),
    )
    return (
        parts.map(AllOf)
        | parts.map(AnyOf)
        | inner.map(Negation)
        | st.builds(Quantified, st.sampled_from(tuple(Quantifier)), overs)
        | counts
    )


conditions: st.SearchStrategy[Condition] = st.recursive(leaves, grown, max_leaves=6)

DAYS = (date(2026, 11, 20), date(2026, 9, 1), date(2025, 11, 1), date(2020, 1, 1))
SETTLED: dict[str, tuple[Value, ...]] = {
    "flag": (True, False),
    "size": (0, 1, 2, 3, 4),
    "seen": (*(DateRange.on(day) for day in DAYS), Never(None, AS_OF)),
}
"""All that a fact may turn out to be."""


@st.composite
def worlds(draw: st.DrawFn) -> tuple[FakeFacts, FakeFacts]:
    """What is known, and one way in which all that is unknown may turn out."""
    settled: dict[tuple[str, str], Value] = {}
    known: dict[tuple[str, str], Value] = {}
    for subject in SUBJECTS:
        for name, values in SETTLED.items():
            value = draw(st.sampled_from(values))
            settled[subject, name] = value
            known[subject, name] = draw(st.sampled_from((value, NOBODY, *_looser(value))))
    relations: dict[tuple[str, str], Related] = {}
    open_relations: dict[tuple[str, str], Related] = {}
    for subject in SUBJECTS:
        edges = tuple(_edge(draw, other) for other in draw(st.sets(st.sampled_from(SUBJECTS))))
        relations[subject, "near"] = Related(edges)
        open_relations[subject, "near"] = _opened(draw, edges)
    nodes: dict[str, tuple[str, ...]] = {"object": SUBJECTS}
    return FakeFacts(nodes, known, open_relations), FakeFacts(nodes, settled, relations)


def _looser(value: Value) -> tuple[Value, ...]:
    """Intervals that hold the value."""
    if isinstance(value, bool):
        return ()
    if isinstance(value, int):
        return (CountRange(0, None), CountRange(value, None), CountRange(0, value), CountRange(value, value + 1))
    if isinstance(value, DateRange):
        return (DateRange(None, value.not_after), DateRange(value.not_before, None), DateRange(None, None))
    if isinstance(value, Never):
        return (Never(date(2026, 11, 1), AS_OF), Never(date(2026, 1, 1), AS_OF))
    return ()


def _edge(draw: st.DrawFn, subject: str) -> Edge:
    return Edge(subject, (("weak", draw(st.booleans())),))


def _opened(draw: st.DrawFn, edges: tuple[Edge, ...]) -> Related:
    """The relation as a reader may know it: edges in doubt, attributes unknown, some missing, some too many."""
    shown = [edge for edge in edges if draw(st.booleans())]
    missing = NOBODY if len(shown) < len(edges) or draw(st.booleans()) else None
    doubted = [replace(edge, possible=draw(st.booleans())) for edge in shown]
    blurred = [replace(edge, attributes=(("weak", NOBODY),)) if draw(st.booleans()) else edge for edge in doubted]
    invented = [Edge(name, (), possible=True) for name in SUBJECTS if draw(st.booleans())]
    return Related((*blurred, *invented), missing)


@settings(max_examples=400, deadline=None)
@given(conditions, worlds())
def test_settling_the_unknown_never_flips_what_was_decided(
    condition: Condition, both: tuple[FakeFacts, FakeFacts]
) -> None:
    known, settled = (Ground(facts, AS_OF) for facts in both)
    for subject in SUBJECTS:
        before, after = known.check(condition)(subject), settled.check(condition)(subject)

        assert after is not Truth.UNKNOWN
        assert before in (Truth.UNKNOWN, after)


@settings(max_examples=400, deadline=None)
@given(conditions, worlds())
def test_the_explanation_agrees_with_the_closure_and_names_what_is_unknown(
    condition: Condition, both: tuple[FakeFacts, FakeFacts]
) -> None:
    for facts in both:
        ground = Ground(facts, AS_OF)
        for subject in SUBJECTS:
            told = explain(condition, subject, ground)

            assert told.truth is ground.check(condition)(subject)
            if told.truth is Truth.UNKNOWN:
                assert any(leaf.unknowns for leaf in told.deciding())
