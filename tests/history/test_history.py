"""What was added is kept exactly, told exactly, and forgotten exactly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.history.accumulated import Beside, Stream, accumulated, streams
from auditor.history.additions import Added, add, additions, forget
from auditor.history.schema import VERSION
from auditor.history.store import HistoryError, writing
from auditor.model.accumulation import Addition, Contribution
from auditor.model.observations import Actor, DayCount, Deed, Observation, SourceKind, Window

AS_OF = date(2026, 12, 31)
STREAM = Stream("api-event", "crm")
FIELD = "crm:Account.Region__c"


def on(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def seen(
    day: str, count: int, *, by: Actor = Actor.PEOPLE, possible: bool = False, via: str | None = None
) -> DayCount:
    return DayCount(FIELD, Deed.READ, "x", on(day), count, by, possible, via)


def users(number: int, by: Actor = Actor.PEOPLE) -> Observation:
    return Observation(FIELD, Deed.READ, "x", None, count=9, actors=number, by=by)


def contribution(
    name: str, *days: DayCount, people: Iterable[Observation] = (), last: str = "12-01"
) -> Contribution:
    window = Window(name, "crm", Deed.READ, on("01-02"), on("01-30"), gaps=((on("01-05"), on("01-06")),))
    addition = Addition(
        name,
        "api-event",
        "crm",
        SourceKind.LOG,
        f"digest of {name}",
        AS_OF,
        last=on(last),
        rows=5,
        windows=(window,),
    )
    return Contribution(addition, frozenset({f"file of {name}"}), days, tuple(people))


def told(path: Path, beside: Beside | None = None) -> list[tuple[str, str, int | None, bool, str | None, object]]:
    """first, last, count, possible, via, actors (with + where at least so many)"""
    found = accumulated(path, STREAM, beside or Beside(AS_OF))
    return [
        (
            f"{each.first:%m-%d}",
            f"{each.last:%m-%d}",
            each.count,
            each.possible,
            each.via,
            f"{each.actors}+" if each.actors_at_least else each.actors,
        )
        for each in (found.observations if found else ())
    ]


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def test_without_a_file_nothing_has_accumulated_and_none_is_made(history: Path) -> None:
    assert (
        additions(history),
        streams(history),
        accumulated(history, STREAM, Beside(AS_OF)),
        history.exists(),
    ) == ((), (), None, False)


def test_days_join_and_of_a_shared_day_the_larger_count_stays(history: Path) -> None:
    add(history, contribution("a", seen("01-01", 3), seen("01-02", 5), people=[users(2)]))
    assert told(history) == [("01-01", "01-02", 8, False, None, 2)]
    add(history, contribution("b", seen("01-02", 4), seen("01-03", 7), people=[users(3)]))
    assert told(history) == [("01-01", "01-03", 15, False, None, "3+")]


def test_on_a_shared_day_one_export_speaks_for_all_kinds_of_actors(history: Path) -> None:
    """The same events, once with an export of users beside them and once without, are not two sets of events."""
    add(history, contribution("a", seen("01-01", 5, by=Actor.UNKNOWN)))
    add(history, contribution("b", seen("01-01", 2), seen("01-01", 3, by=Actor.INTEGRATION)))
    assert told(history) == [("01-01", "01-01", 3, False, None, None), ("01-01", "01-01", 2, False, None, None)]


def test_among_equal_counts_the_surer_one_stays(history: Path) -> None:
    add(history, contribution("a", seen("01-01", 5)))
    add(history, contribution("b", seen("01-01", 5, possible=True)))
    assert told(history) == [("01-01", "01-01", 5, False, None, None)]


def test_ways_are_told_by_all_exports_without_counts(history: Path) -> None:
    add(history, contribution("a", seen("01-01", 5), seen("01-01", 5, via="crm:report/A")))
    add(history, contribution("b", seen("01-01", 4), seen("01-01", 4, via="crm:report/B")))
    assert told(history) == [
        ("01-01", "01-01", 5, False, None, None),
        ("01-01", "01-01", None, False, "crm:report/A", None),
        ("01-01", "01-01", None, False, "crm:report/B", None),
    ]


def test_what_the_audit_reads_itself_counts_once_with_what_was_added(history: Path) -> None:
    add(history, contribution("a", seen("01-01", 3), seen("01-02", 5), people=[users(2)]))
    beside = Beside(AS_OF, [seen("01-02", 6), seen("01-03", 1)], [users(4)])
    assert told(history, beside) == [("01-01", "01-03", 10, False, None, "4+")]
    assert told(history) == [("01-01", "01-02", 8, False, None, 2)]


def test_days_after_the_day_of_the_audit_are_not_told(history: Path) -> None:
    add(history, contribution("a", seen("01-01", 3), seen("01-02", 5), people=[users(2)]))
    assert told(history, Beside(on("01-01"))) == [("01-01", "01-01", 3, False, None, None)]


def test_the_same_addition_twice_changes_nothing(history: Path) -> None:
    first = contribution("a", seen("01-01", 3))
    assert add(history, first).new
    before = additions(history)
    again = replace(first, addition=replace(first.addition, name="other"))
    assert Added(before[0], new=False) == add(history, again)
    assert before == additions(history)


def test_files_that_an_addition_holds_already_change_nothing(history: Path) -> None:
    both = contribution("a", seen("01-01", 3))
    add(history, replace(both, files=frozenset({"1", "2"})))
    part = contribution("b", seen("01-01", 3))
    windows = both.addition.windows
    held = add(history, replace(part, files=frozenset({"2"}), addition=replace(part.addition, windows=windows)))
    assert (held.addition.name, held.new) == ("a", False)


def test_a_name_that_nobody_asked_for_gives_way(history: Path) -> None:
    add(history, contribution("a"))
    second = contribution("a", seen("01-02", 3))
    second = replace(second, addition=replace(second.addition, digest="2"), files=frozenset({"2"}))
    assert add(history, second, named=False).addition.name == "a-2"
    assert [each.name for each in additions(history)] == ["a", "a-2"]


REFUSED = [
    ("a name that is taken", "a", None, "choose another with --id"),
    ("another organisation", "b", "00D000000000002AAA", "what was added before from 00D000000000001AAA"),
]


@pytest.mark.parametrize(
    ("name", "organization", "reason"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_what_contradicts_is_refused_and_nothing_is_kept(
    name: str, organization: str | None, reason: str, history: Path
) -> None:
    first = contribution("a", seen("01-01", 3))
    add(history, replace(first, addition=replace(first.addition, organization="00D000000000001AAA")))
    second = contribution(name, seen("01-02", 3))
    changed = replace(second.addition, organization=organization, digest="another")
    with pytest.raises(AuditorError, match=reason):
        add(history, replace(second, addition=changed, files=frozenset({"another"})))
    assert [each.name for each in additions(history)] == ["a"]


def test_an_addition_is_listed_as_it_was_given(history: Path) -> None:
    given = contribution("a", seen("01-01", 3), seen("01-02", 3))
    windows = (
        *given.addition.windows,
        Window("a", "crm", Deed.RUN, None, AS_OF, frozenset({FIELD}), frozenset({"report"})),
    )
    listing = replace(given.addition, organization="00D", truncated=True, windows=windows, subjects=7)
    add(history, replace(given, addition=listing))
    assert (listing,) == additions(history)


def test_forgetting_is_as_if_never_added_and_leaves_no_byte(history: Path) -> None:
    add(history, contribution("a", seen("01-01", 3), seen("01-01", 3, via="crm:connected_app/Kept")))
    before, size = told(history), history.stat().st_size
    many = [
        DayCount(f"crm:Zebra__c.F{place}__c", Deed.READ, "x", on("01-01") + timedelta(days=place % 30), 1)
        for place in range(9_000)
    ]
    add(history, contribution("b", seen("01-01", 9), *many, people=[users(7)]))
    assert before != told(history)
    assert [each.name for each in forget(history, lambda each: each.name == "b")] == ["b"]
    assert (before, ["a"]) == (told(history), [each.name for each in additions(history)])
    assert (size, False) == (history.stat().st_size, b"Zebra__c" in history.read_bytes())


def state(last: str | None, count: int | None, subject: str = "crm:email_template/Mails/A") -> Observation:
    return Observation(subject, Deed.RUN, "x", on(last) if last else None, count=count)


def test_states_of_a_register_date_each_use_that_an_export_caught(history: Path) -> None:
    stream = Stream("email-template-register", "crm")
    for name, export, states in [
        ("may", "05-31", [state("05-20", 4), state(None, 0, "crm:email_template/Mails/B")]),
        ("june", "06-30", [state("06-11", 9), state(None, 0, "crm:email_template/Mails/B")]),
    ]:
        addition = Addition(name, stream.kind, "crm", SourceKind.REGISTER, name, AS_OF, last=on(export))
        add(history, Contribution(addition, frozenset({name}), states=tuple(states)))
    found = accumulated(history, stream, Beside(AS_OF))
    early = accumulated(history, stream, Beside(on("06-01")))
    assert found is not None
    assert early is not None
    assert [(on("05-20"), on("06-11"), 9), (None, None, 0)] == [
        (each.first, each.last, each.count) for each in found.observations
    ]
    assert [(on("05-20"), on("05-20"), 4), (None, None, 0)] == [
        (each.first, each.last, each.count) for each in early.observations
    ]


BROKEN = [
    ("a newer version", f"PRAGMA user_version = {VERSION + 1}", "newer auditor"),
    ("another database", "PRAGMA application_id = 7", "another database"),
]


@pytest.mark.parametrize(("statement", "reason"), [each[1:] for each in BROKEN], ids=[each[0] for each in BROKEN])
def test_a_history_that_is_none_of_ours_is_refused(statement: str, reason: str, history: Path) -> None:
    add(history, contribution("a"))
    connection = sqlite3.connect(history)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with pytest.raises(HistoryError, match=reason):
        additions(history)


def test_a_damaged_file_costs_one_line(history: Path) -> None:
    history.write_bytes(b"no database at all " * 100)
    with pytest.raises(HistoryError, match="is no history"):
        additions(history)


def test_an_empty_file_is_an_empty_history(history: Path) -> None:
    history.touch()
    assert additions(history) == ()
    add(history, contribution("a"))
    assert [each.name for each in additions(history)] == ["a"]


def test_a_transaction_that_fails_leaves_nothing(history: Path) -> None:
    add(history, contribution("a"))
    broken = contribution("b", seen("01-01", 1), seen("01-01", 2))
    with pytest.raises(HistoryError):
        add(history, broken)
    assert [each.name for each in additions(history)] == ["a"]


def test_readers_see_the_last_state_while_another_writes(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.history.store.WAIT", 0.05)
    add(history, contribution("a"))
    with writing(history):
        assert [each.name for each in additions(history)] == ["a"]
        with pytest.raises(HistoryError, match="being written by another"):
            add(history, contribution("b"))


def test_a_full_disk_costs_one_line_and_changes_nothing(history: Path) -> None:
    add(history, contribution("a", seen("01-01", 1)))
    with pytest.raises(HistoryError, match="disk is full"), writing(history) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        for place in range(100):
            connection.exec_driver_sql("INSERT INTO word (text) VALUES (?)", (f"{place}" * 500,))
    assert [each.name for each in additions(history)] == ["a"]
