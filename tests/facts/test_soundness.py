"""Whatever was watched and exported, the truth lies within the answer: random worlds, seen in part."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.facts.quarters import quarter_of
from auditor.facts.spans import last_stretch
from auditor.model.observations import Deed, Evidence, Observation, Window
from auditor.model.values import DateRange, Never, Unknown
from tests.facts.world import FIELD, TODAY, counted, facts, filled, profiled, source

DAYS = 400
CHANNELS = ("report-event", "list-view-event", "api-event")
offsets = st.integers(0, DAYS)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@st.composite
def logs(draw: st.DrawFn) -> tuple[Evidence, list[date]]:
    """Windows of up to three channels, true reads in each, and what the windows saw of them."""
    windows, seen, truth = [], [], []
    for name in CHANNELS:
        reads = draw(st.lists(offsets, max_size=3))
        truth += [_ago(each) for each in reads]
        if draw(st.booleans()):
            ends = sorted((draw(offsets), draw(st.integers(0, 60))), reverse=True)
            windows.append(Window(name, "crm", Deed.READ, _ago(ends[0]), _ago(ends[1])))
            inside = [_ago(each) for each in reads if ends[1] <= each <= ends[0]]
            if inside:
                seen.append(Observation(FIELD, Deed.READ, name, max(inside)))
    evidence = Evidence(tuple(source(name) for name in CHANNELS), tuple(windows), tuple(seen))
    return evidence, truth


@given(logs())
@settings(max_examples=400, deadline=None)
def test_the_last_read_lies_within_the_answer(world: tuple[Evidence, list[date]]) -> None:
    evidence, truth = world
    answer = facts(evidence, complete=("email_template",)).fact(FIELD, "last_read")
    last = max(truth, default=None)
    match answer:
        case Never(since, until):
            assert since is not None
            assert [day for day in truth if since <= day <= until] == []
        case DateRange(not_before, not_after):
            assert last is not None
            assert not_before is None or not_before <= last
            recent = [each.end for each in evidence.windows]
            assert not_after is not None
            assert last <= not_after or last > min(recent), "only what no log reached any more may be missed"
        case _:
            assert isinstance(answer, Unknown)


@given(
    st.lists(st.tuples(offsets, offsets), min_size=1, max_size=5),
    st.lists(st.tuples(offsets, offsets), max_size=2),
)
@settings(max_examples=300, deadline=None)
def test_the_last_stretch_is_what_day_by_day_counting_gives(
    spans: list[tuple[int, int]], holes: list[tuple[int, int]]
) -> None:
    gaps = tuple((_ago(max(hole)), _ago(min(hole))) for hole in holes)
    windows = [Window("s", "crm", Deed.READ, _ago(max(each)), _ago(min(each)), gaps=gaps) for each in spans]
    missing = {_ago(n) for hole in holes for n in range(min(hole), max(hole) + 1)}
    covered = {_ago(n) for each in spans for n in range(min(each), max(each) + 1)} - missing
    stretch = last_stretch(windows)
    if not covered:
        assert stretch is None
        return
    last = first = max(covered)
    while first - timedelta(days=1) in covered:
        first -= timedelta(days=1)
    assert stretch is not None
    assert (stretch.since, stretch.until) == (first, last)


@st.composite
def rows(draw: st.DrawFn) -> tuple[Evidence, date | None]:
    """Rows with creations and changes, some exports over them, and the last write that stands or was logged."""
    table = draw(
        st.lists(
            st.tuples(offsets, st.booleans(), st.lists(st.tuples(offsets, st.booleans()), max_size=2)), max_size=4
        )
    )
    log = draw(st.none() | st.integers(0, DAYS))
    told = draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
    writes: list[date] = []
    logged: list[date] = []
    states: list[tuple[date, date, bool]] = []
    for created, valued, changes in table:
        value, standing, touched = valued, created, created
        for ago, sets in sorted(((min(each[0], created), each[1]) for each in changes), reverse=True):
            value, standing, touched = sets, ago, ago
            if log is not None and ago <= log:
                logged.append(_ago(ago))
        states.append((_ago(created), _ago(touched), value))
        if value:
            writes.append(_ago(standing))
    return _exports(told, states, (log, logged)), max((*writes, *logged), default=None)


def _exports(
    told: tuple[bool, bool, bool], states: list[tuple[date, date, bool]], log: tuple[int | None, list[date]]
) -> Evidence:
    """What a field history, a fill count, an extract and a row count say of these rows, each or not."""
    valued = [state for state in states if state[2]]
    fills, profiles, counts = [], [], []
    if told[0]:
        for quarter in sorted({quarter_of(state[0]) for state in states}):
            of = [state for state in states if quarter_of(state[0]) == quarter]
            fills.append(filled(quarter, len(of), sum(state[2] for state in of)))
    if told[1]:
        created, touched = ([state[place] for state in valued] for place in (0, 1))
        newest = {"newest_with_value": max(created), "newest_touched_with_value": max(touched)} if valued else {}
        profiles.append(profiled(len(states), len(valued), **newest))
    if states and told[2]:
        counts.append(counted(len(states), newest_touched=max(state[1] for state in states)))
    since, seen = log
    return Evidence(
        sources=tuple(source(name) for name in ("field-history", "fill-by-cohort", "record-extract")),
        windows=() if since is None else (Window("field-history", "crm", Deed.WRITTEN, _ago(since), TODAY),),
        observations=(Observation(FIELD, Deed.WRITTEN, "field-history", max(seen)),) if seen else (),
        fills=tuple(fills),
        profiles=tuple(profiles),
        row_counts=tuple(counts),
    )


@given(rows())
@settings(max_examples=600, deadline=None)
def test_the_last_write_lies_within_the_answer(world: tuple[Evidence, date | None]) -> None:
    evidence, last = world
    answer = facts(evidence).fact(FIELD, "last_write")
    match answer:
        case Never():
            assert last is None
        case DateRange(not_before, not_after):
            assert last is not None or not_before is None
            if last is not None:
                assert not_before is None or not_before <= last
                assert not_after is not None
                assert last <= not_after
        case _:
            assert isinstance(answer, Unknown)
