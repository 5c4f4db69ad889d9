"""Whatever was watched and seen, the truth lies within the answer: a world of reads, cut by random windows."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.facts.spans import last_stretch
from auditor.model.observations import Deed, Evidence, Observation, Window
from auditor.model.values import DateRange, Never, Unknown
from tests.facts.world import FIELD, TODAY, facts, source

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
