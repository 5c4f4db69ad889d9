"""When a field was last read: an upper bound, and never, only where every way of reading was watched."""

from __future__ import annotations

import pytest

from auditor.model.catalogue import Catalog
from auditor.model.observations import Deed, Evidence
from auditor.model.values import CountRange, DateRange, Never, Unknown, Value
from tests.facts.world import FIELD, TODAY, call, catalog, component, day, facts, mention, seen, source, window

READ, RUN = Deed.READ, Deed.RUN
LOGS = ("report-event", "list-view-event", "api-event")
ALL_LOGS = tuple(source(name) for name in LOGS)
A_YEAR = tuple(window(name, READ, "2025-11-21") for name in LOGS)
NO_TEMPLATES = {"email_template": 3}
PRIVATE = "crm:report/Private Reports/00O1"


def _register(*reports: str, until: str = "2026-11-20") -> Evidence:
    watched = frozenset(f"crm:report/{name}" for name in reports) | {PRIVATE}
    return Evidence(
        sources=(source("report-register"),),
        windows=(window("report-register", RUN, None, until, subjects=watched, kinds=frozenset({"report"})),),
    )


def _logs(*observations: object, windows: tuple[object, ...] = A_YEAR) -> Evidence:
    return Evidence(sources=ALL_LOGS, windows=windows, observations=observations)  # type: ignore[arg-type]  # values of a table


EVERYTHING_ELSE = ("list_view", "api", "email_template", "outside_reader")
UNWATCHED = Unknown(
    "reads by reports, list views, queries through the API, e-mail templates and outside readers were not watched",
    ("report-register", "report-event", "list-view-event", "api-event", "email-template-register"),
)
ONLY_REPORTS_WATCHED = Unknown(
    "reads by list views, queries through the API, e-mail templates and outside readers were not watched",
    ("list-view-event", "api-event", "email-template-register"),
)
CASES: tuple[tuple[str, Evidence, tuple[str, ...], Value], ...] = (
    ("nothing watched", Evidence(), (), UNWATCHED),
    ("a register of reports alone proves no silence", _register(), (), ONLY_REPORTS_WATCHED),
    (
        "what was seen bounds from below, whatever was not watched",
        Evidence(
            sources=(source("report-register"),), observations=(seen("report-register", READ, "2026-03-01"),)
        ),
        (),
        DateRange(day("2026-03-01"), TODAY),
    ),
    (
        "logs of every channel and no event",
        _logs(),
        ("email_template",),
        Never(day("2025-11-21"), day("2026-11-20")),
    ),
    (
        "logs of every channel and an event",
        _logs(seen("api-event", READ, "2026-03-01"), seen("report-event", READ, "2026-02-01")),
        ("email_template",),
        DateRange.on(day("2026-03-01")),
    ),
    (
        "the shortest log decides how far back silence reaches",
        _logs(windows=(*A_YEAR[:2], window("api-event", READ, "2026-10-22"))),
        ("email_template",),
        Never(day("2026-10-22"), day("2026-11-20")),
    ),
    (
        "an event before the common window may have been followed by an unseen one",
        _logs(
            seen("report-event", READ, "2026-03-01"),
            windows=(*A_YEAR[:2], window("api-event", READ, "2026-10-22")),
        ),
        ("email_template",),
        DateRange(day("2026-03-01"), day("2026-10-21")),
    ),
    (
        "a possible read is no lower bound",
        _logs(seen("report-event", READ, "2026-03-01", possible=True)),
        ("email_template",),
        DateRange(None, day("2026-03-01")),
    ),
    (
        "a certain read and a later possible one",
        _logs(seen("report-event", READ, "2026-03-01"), seen("api-event", READ, "2026-05-01", possible=True)),
        ("email_template",),
        DateRange(day("2026-03-01"), day("2026-05-01")),
    ),
    (
        "a log that ended long ago leaves the time since then open",
        _logs(
            seen("report-event", READ, "2026-03-01"),
            windows=tuple(window(name, READ, "2025-11-21", "2026-06-30") for name in LOGS),
        ),
        ("email_template",),
        DateRange(day("2026-03-01"), TODAY),
    ),
    (
        "a gap in a log cuts the window",
        _logs(
            windows=(
                *A_YEAR[:2],
                window("api-event", READ, "2025-11-21", gaps=((day("2026-05-01"), day("2026-05-31")),)),
            )
        ),
        ("email_template",),
        Never(day("2026-06-01"), day("2026-11-20")),
    ),
    (
        "a window that could not have seen the field proves nothing",
        _logs(windows=(*A_YEAR[:2], window("api-event", READ, "2025-11-21", subjects=frozenset({"crm:Contact"})))),
        ("email_template",),
        Unknown("reads by queries through the API and outside readers were not watched", ("api-event",)),
    ),
    (
        "a window that names the object could have seen its fields",
        _logs(windows=(*A_YEAR[:2], window("api-event", READ, "2025-11-21", subjects=frozenset({"crm:Account"})))),
        ("email_template",),
        Never(day("2025-11-21"), day("2026-11-20")),
    ),
    (
        "a log that may have been cut proves nothing",
        Evidence(sources=(*ALL_LOGS[:2], source("api-event", truncated=True)), windows=A_YEAR),
        ("email_template",),
        Unknown("reads by queries through the API and outside readers were not watched", ("api-event",)),
    ),
    ("everything vouched for", Evidence(), ("report", *EVERYTHING_ELSE), Never(None, TODAY)),
    (
        "a register from the beginning, the rest vouched for",
        _register(),
        EVERYTHING_ELSE,
        Never(None, day("2026-11-20")),
    ),
    (
        "vouched for in one system by name",
        _register(),
        tuple(f"crm:{name}" for name in EVERYTHING_ELSE),
        Never(None, day("2026-11-20")),
    ),
    (
        "vouched for in another system",
        _register(),
        tuple(f"erp:{name}" for name in EVERYTHING_ELSE),
        ONLY_REPORTS_WATCHED,
    ),
)


@pytest.mark.parametrize(("evidence", "complete", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_last_read(evidence: Evidence, complete: tuple[str, ...], expected: Value) -> None:
    assert expected == facts(evidence, complete=complete).fact(FIELD, "last_read")


def _using(*reports: str, calls: tuple[object, ...] = ()) -> Catalog:
    return catalog(
        references=tuple(mention(f"report/{name}") for name in reports),
        components=tuple(component(f"report/{name}") for name in reports),
        calls=calls,
        channels={"report": 1, "dashboard": 1},
    )


NOT_BY_REPORTS = Unknown("reads by reports were not watched", ("report-register", "report-event"))
REGISTERS: tuple[tuple[str, Evidence, Catalog, Value], ...] = (
    (
        "it names every report that uses the field",
        _register("Sales/A"),
        _using("Sales/A"),
        Never(None, day("2026-11-20")),
    ),
    (
        "it does not name one that uses the field",
        _register("Sales/A"),
        _using("Sales/A", "Sales/B"),
        NOT_BY_REPORTS,
    ),
    (
        "a report that uses the field is on a dashboard, which may not record its runs",
        _register(),
        _using("Sales/A", calls=(call("dashboard/D", "report/Sales/A"),)),
        NOT_BY_REPORTS,
    ),
    (
        "private reports are not in it",
        Evidence(
            sources=(source("report-register"),),
            windows=(window("report-register", RUN, None, subjects=frozenset({"crm:report/Sales/A"})),),
        ),
        _using("Sales/A"),
        NOT_BY_REPORTS,
    ),
    (
        "a report was run whose columns nobody read",
        Evidence(
            sources=(source("report-register"),),
            windows=_register("Sales/A").windows,
            observations=(seen("report-register", RUN, "2026-01-01", "crm:report/Sales/Unread"),),
        ),
        _using("Sales/A"),
        NOT_BY_REPORTS,
    ),
)


@pytest.mark.parametrize(("evidence", "of", "expected"), [c[1:] for c in REGISTERS], ids=[c[0] for c in REGISTERS])
def test_a_register_of_reports_is_silent_about_a_field_only_when(
    evidence: Evidence, of: Catalog, expected: Value
) -> None:
    assert expected == facts(evidence, of, complete=EVERYTHING_ELSE).fact(FIELD, "last_read")


def test_templates_that_were_read_and_do_not_mention_the_field_need_no_watching() -> None:
    told = facts(_logs(), catalog(channels=NO_TEMPLATES))
    assert Never(day("2025-11-21"), day("2026-11-20")) == told.fact(FIELD, "last_read")


def test_a_template_that_mentions_the_field_needs_watching() -> None:
    of = catalog(channels=NO_TEMPLATES, references=(mention("email_template/Sales/Hello"),))
    expected = Unknown("reads by e-mail templates were not watched", ("email-template-register",))
    assert expected == facts(_logs(), of).fact(FIELD, "last_read")


def test_sources_of_one_channel_count_once_and_channels_add_up() -> None:
    evidence = Evidence(
        sources=(*ALL_LOGS, source("event-log-file")),
        windows=A_YEAR,
        observations=(
            seen("report-event", READ, "2026-03-01", count=7),
            seen("event-log-file", READ, "2026-03-01", count=3),
            seen("api-event", READ, "2026-03-01", count=5),
        ),
    )
    assert facts(evidence, complete=("email_template",)).fact(FIELD, "read_count") == 12
    assert facts(evidence).fact(FIELD, "read_count") == CountRange(12, None)


def test_readers_of_several_sources_may_be_the_same_people() -> None:
    evidence = _logs(
        seen("report-event", READ, "2026-03-01", actors=4), seen("api-event", READ, "2026-03-01", actors=9)
    )
    assert facts(evidence, complete=("email_template",)).fact(FIELD, "readers") == CountRange(9, None)


def test_no_reads_in_what_was_watched_is_a_known_zero() -> None:
    assert facts(_logs(), complete=("email_template",)).fact(FIELD, "read_count") == 0


def test_where_reads_came_from_is_told() -> None:
    evidence = Evidence(sources=ALL_LOGS, observations=(seen("api-event", READ, "2026-03-01"),))
    assert facts(evidence).source_of(FIELD, "last_read") == "api-event (api-event.csv, 2026-11-21)"


def test_since_when_it_was_watched() -> None:
    assert facts(_logs(), complete=("email_template",)).fact(FIELD, "watched_since") == DateRange.on(
        day("2025-11-21")
    )


def test_where_silence_came_from_is_told() -> None:
    told = facts(_register(), complete=EVERYTHING_ELSE)
    assert told.source_of(FIELD, "last_read") == "report-register (report-register.csv, 2026-11-21)"
