"""What was watched and what was not, as reports print it."""

from __future__ import annotations

import pytest

from auditor.facts.coverage import INVENTORY, coverage, inventory, unread
from auditor.facts.kinds import MENTIONING
from auditor.model.catalogue import Catalog
from auditor.model.observations import Deed, Evidence
from auditor.model.results import Coverage, UnreadChannel
from tests.facts.world import FIELD, TODAY, catalog, day, facts, source, window

ALL_READ = catalog(channels=dict.fromkeys(MENTIONING, 1))
PRIVATE = frozenset({"crm:report/Private Reports/00O1"})
REST = ("list_view", "api", "email_template", "outside_reader")
REGISTER = (source("report-register", rows=41, note="41 reports"),)


def _register(subjects: frozenset[str]) -> Evidence:
    return Evidence(sources=REGISTER, windows=(window("report-register", Deed.RUN, None, subjects=subjects),))


UNSEEN = UnreadChannel(
    "crm",
    "report",
    "reports that are private, or whose columns nobody read, may have been run unseen",
    ("report-event",),
)
NOBODY = UnreadChannel("crm", "report", "reads by reports were not watched", ("report-register", "report-event"))
CASES: tuple[tuple[str, Evidence, tuple[str, ...], tuple[UnreadChannel, ...]], ...] = (
    ("nobody watched reports", Evidence(), REST, (NOBODY,)),
    ("a register without private reports", _register(frozenset()), REST, (UNSEEN,)),
    ("a register with them", _register(PRIVATE), REST, ()),
    ("a register, and nothing else is there by declaration", _register(frozenset()), (*REST, "report"), ()),
)


@pytest.mark.parametrize(("evidence", "complete", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_ways_of_reading_that_nobody_watched(
    evidence: Evidence, complete: tuple[str, ...], expected: tuple[UnreadChannel, ...]
) -> None:
    assert expected == unread(facts(evidence, ALL_READ, complete=complete))


def test_component_kinds_that_were_not_read() -> None:
    of = catalog(channels={kind: 1 for kind in MENTIONING if kind not in ("flow", "profile")})
    told = unread(facts(of=of, complete=("report", *REST)))
    assert told == (UnreadChannel("crm", "flow", "no flow was read"),), "a profile only grants"


def test_a_source_of_a_system_without_components_says_so() -> None:
    told = unread(facts(of=Catalog("crm", catalog().role, "tabular", catalog().objects), complete=("reads",)))
    assert told == (UnreadChannel("crm", "components", "its source tells of no components"),)


def test_each_window_is_a_row_and_a_source_without_one_stands_too() -> None:
    evidence = Evidence(sources=(*REGISTER, source("record-count", rows=3)), windows=_register(PRIVATE).windows)
    assert coverage(facts(evidence)) == (
        Coverage("record-count", "record-count", "record-count.csv", "", "", None, TODAY, 3, None),
        Coverage(
            "report-register",
            "report-register",
            "report-register.csv",
            "crm",
            "run",
            None,
            day("2026-11-20"),
            41,
            1,
            note="41 reports",
        ),
    )


def test_the_inventory_has_a_line_for_each_custom_field() -> None:
    (row,) = inventory(facts())
    assert (row.subject, len(row.values)) == (FIELD, len(INVENTORY))
