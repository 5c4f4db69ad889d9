"""A record of one day, brought to another, answers as an audit of that day with the same graph and evidence."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from auditor.dataclasses import replace
from auditor.facts.base import Facts
from auditor.facts.catalogue import facts_of
from auditor.facts.liveness.engine import liveness_of
from auditor.facts.matched import record_matches
from auditor.facts.recorded import is_of_settings, record, recorded_facts, serves
from auditor.facts.recorded_days import OF_EVERY_DAY, DayRecord, record_again
from auditor.facts.said_elsewhere import record_counterparts
from auditor.model.values import Value
from tests.facts.test_recorded import OTHERS, WHOLE, answers, small, world


def _later(of: Facts, days: int) -> Facts:
    """A full audit of the same graph and evidence, so many days later."""
    settings = replace(of.settings, as_of=of.settings.as_of + timedelta(days=days))
    return facts_of(of.graph, of.evidence, settings, of.limits)


def _told(of: Facts, pieces: dict[str, bytes], days: int) -> dict[tuple[str, str], Value]:
    later = _later(of, days)
    found = DayRecord(pieces, record_again(later, pieces))
    assert serves(later.settings, found)
    again = recorded_facts(of.graph, of.evidence, later.settings, of.limits, found)
    return answers(again, (*WHOLE, *OTHERS))


@pytest.mark.parametrize("days", [1, 31, 32, 365, *Random(22).sample(range(2, 500), 8)])
def test_a_later_day_is_answered_as_a_full_audit_of_that_day(days: int) -> None:
    first = world(small())

    expected = answers(_later(first, days), (*WHOLE, *OTHERS))

    assert _told(first, record(first), days) == expected


def test_what_proves_less_a_day_later_is_found_anew() -> None:
    first = world(small())
    later = _later(first, 400)

    assert liveness_of(first).roots != liveness_of(later).roots
    assert len(record_again(later, record(first))) > 2


def test_a_record_serves_on_its_own_day_and_is_of_its_settings_on_any() -> None:
    first = world(small())
    later = _later(first, 1).settings
    pieces = record(first)

    assert (serves(first.settings, pieces), serves(later, pieces)) == (True, False)
    assert is_of_settings(later, pieces)
    assert not is_of_settings(replace(later, used_days=7), pieces)


def test_what_is_there_no_more_on_a_day_is_not_found_below() -> None:
    below = {"matches/a": b"1", "gone": b"2", "there": b"3"}
    record_ = DayRecord(below, {"gone": None, "there": b"4"})

    assert [record_.get(name) for name in ("matches/a", "gone", "there", "never")] == [b"1", None, b"4", None]


def test_what_other_rooms_leave_is_of_every_day() -> None:
    first = world(small())
    names = [name for name, _ in (*record_matches(first), *record_counterparts(first))]

    assert all(name.startswith(OF_EVERY_DAY) for name in names)
    assert not any(name.startswith(OF_EVERY_DAY) for name in record(first))
