"""What is to be known of the evidence, a line each; and that nothing follows from what was cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.facts.fitness import fitness
from auditor.facts.growth import growth_of
from auditor.model.catalogue import Catalog
from auditor.model.observations import Definition, Evidence, EvidenceSource
from auditor.model.values import CountRange, DateRange, Unknown
from tests.facts.world import FIELD, OBJECT, catalog, counted, day, facts, filled, profiled, source

EVERYTHING = ("profile", "permission_set", "report", "layout", "flexipage", "flow", "apex_class")
WHOLE = catalog(channels=dict.fromkeys(EVERYTHING, 1))
OURS = "00D4H00000012AbUAI"


def _lines(evidence: Evidence, of: Catalog = WHOLE, *complete: str) -> list[str]:
    return [f"{line.what}: {line.consequence}" for line in fitness(facts(evidence, of, complete=complete))]


def _sources(*sources: EvidenceSource) -> Evidence:
    return Evidence(sources=sources)


@pytest.mark.parametrize(
    ("evidence", "lines"),
    [
        pytest.param(Evidence(), [], id="no evidence"),
        pytest.param(_sources(source("users", organization=OURS)), [], id="all tell whose they are"),
        pytest.param(
            _sources(source("users")),
            [
                "no source names the organisation that it was taken from: that the evidence is of the "
                "organisation that the repository describes is taken on trust"
            ],
            id="none tells whose it is",
        ),
        pytest.param(
            _sources(source("organization", organization=OURS), source("users")),
            [
                f"1 of 2 sources name their organisation, {OURS}: that the others are of the same one is "
                "taken on trust"
            ],
            id="some tell whose they are",
        ),
        pytest.param(
            _sources(source("users", organization=OURS, sandbox=True)),
            ["taken from a sandbox, as declared to be accepted: users: its use is not the company's"],
            id="a sandbox that is accepted",
        ),
        pytest.param(
            _sources(source("users", organization=OURS, truncated=True)),
            ["cut short or not read wholly: users: nothing follows from what they do not hold"],
            id="cut short",
        ),
        pytest.param(
            _sources(source("object-describe", organization=OURS)),
            [
                "hold only what the exporting user may see: object-describe: what they do not show is unknown, "
                "until `complete:` vouches for that user"
            ],
            id="as one user sees it",
        ),
        pytest.param(
            _sources(source("users", organization=OURS, as_of=day("2026-09-01"))),
            ["end more than 31 days before the audit: users: they speak of then, not of now"],
            id="old",
        ),
    ],
)
def test_each_doubt_is_one_line(evidence: Evidence, lines: list[str]) -> None:
    assert _lines(evidence) == lines


def test_a_user_that_is_vouched_for_is_no_doubt() -> None:
    assert _lines(_sources(source("object-describe", organization=OURS)), WHOLE, "object-describe") == []


def test_what_the_repository_lacks_is_said_with_what_stays_open() -> None:
    partial = catalog(channels={"layout": 3, "flow": 1})

    assert _lines(Evidence(), partial) == [
        "the repository holds no profile and no permission set: who may read and edit a field stays unknown",
        "the repository holds no report: which reports use a field stays unknown, and so does its last read",
        "the repository holds no flexipage: which pages show a field stays unknown",
        "the repository holds no apex class: which automation reads and writes a field stays unknown",
    ]
    assert _lines(Evidence(), partial, "repository") == []


CUT = source("record-extract", truncated=True)
CUT_FILL = source("fill-by-cohort", truncated=True)


@pytest.mark.parametrize(
    ("evidence", "subject", "fact"),
    [
        pytest.param(
            Evidence(sources=(CUT,), profiles=(profiled(2_000, 0),)), FIELD, "never_filled", id="never filled"
        ),
        pytest.param(Evidence(sources=(CUT,), profiles=(profiled(2_000, 0),)), FIELD, "fill_rate", id="fill rate"),
        pytest.param(
            Evidence(sources=(CUT_FILL,), fills=(filled("2026-Q3", 9, 0),)), FIELD, "fill_recent", id="recent"
        ),
        pytest.param(
            Evidence(sources=(CUT,), row_counts=(counted(0, newest_touched=None),)), OBJECT, "in_use", id="in use"
        ),
    ],
)
def test_an_export_that_was_cut_decides_nothing(evidence: Evidence, subject: str, fact: str) -> None:
    assert isinstance(facts(evidence).fact(subject, fact), Unknown)


def test_rows_that_an_export_holds_are_there_whatever_it_lost() -> None:
    rows = counted(2_000, newest_created=day("2026-10-01"), newest_touched=day("2026-10-02"))
    cut = facts(Evidence(sources=(CUT,), row_counts=(rows,)))
    whole = facts(Evidence(sources=(replace(CUT, truncated=False),), row_counts=(rows,)))

    names = ("rows", "newest_created", "last_touched")
    assert [cut.fact(OBJECT, name) for name in names] == [
        CountRange(2_000, None),
        DateRange(day("2026-10-01"), None),
        DateRange(day("2026-10-02"), None),
    ]
    assert [whole.fact(OBJECT, name) for name in names] == [
        2_000,
        DateRange.on(day("2026-10-01")),
        DateRange.on(day("2026-10-02")),
    ]


def test_a_register_that_was_cut_counts_no_growth() -> None:
    told = Definition(FIELD, "tooling-custom-field", created=day("2026-02-01"))

    whole = facts(Evidence(sources=(source("tooling-custom-field"),), definitions=(told,)))
    cut = facts(Evidence(sources=(source("tooling-custom-field", truncated=True),), definitions=(told,)))

    assert [row.quarter for row in growth_of(whole, OBJECT)] == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert growth_of(cut, OBJECT) == ()
