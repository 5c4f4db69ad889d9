"""What reads a field from outside stands beside every claim that nothing reads it."""

from __future__ import annotations

import pytest

from auditor.facts.outside import outside_rows
from auditor.facts.outside_register import NO_REGISTER
from auditor.model.catalogue import Catalog
from auditor.model.components import Component
from auditor.model.observations import Deed, Evidence
from auditor.model.references import Access, Certainty, Reference
from auditor.model.results import OutsideReaderRow
from auditor.model.values import ABSENT, Never, Unknown, Value
from tests.facts.world import FIELD, catalog, day, facts, mention, source, window

ALL = ("outside_reader",)
LOGS = ("report-event", "list-view-event", "api-event")
POSSIBLE = Certainty.POSSIBLE


def _with(*references: Reference, complete: str = "true") -> Catalog:
    attributes = (("complete", complete), ("direction", "reads"), ("files", "3"), ("unsearched", "1"))
    reader = Component("outside_reader", "BI", "bi", attributes=attributes)
    return catalog(components=(reader,), references=references, channels={"outside_reader": 1})


SURE, MAYBE = mention("outside_reader/BI"), mention("outside_reader/BI", certainty=POSSIBLE)
LISTED = mention("outside_reader/BI", access=Access.LISTS)
CASES: tuple[tuple[str, Catalog, tuple[str, ...], Value], ...] = (
    ("none is declared", catalog(), (), Unknown(NO_REGISTER, ("api-event",))),
    ("the company vouches that there is none", catalog(), ALL, False),
    ("one reads it for certain", _with(SURE), (), True),
    (
        "one may",
        _with(MAYBE),
        ALL,
        Unknown("what may be its name stands in BI, and whether it is read there is not certain", ("api-event",)),
    ),
    ("one is silent and others may be", _with(), (), Unknown(f"{NO_REGISTER}; searched were: BI", ("api-event",))),
    ("all are declared, complete and silent", _with(), ALL, False),
    (
        "all are declared and one is not complete",
        _with(complete="false"),
        ALL,
        Unknown("what these outside readers read is not known in full: BI", ("api-event",)),
    ),
    (
        "a mapping lists it for certain and reads it perhaps",
        _with(LISTED, MAYBE),
        ALL,
        Unknown("what may be its name stands in BI, and whether it is read there is not certain", ("api-event",)),
    ),
)


@pytest.mark.parametrize(("of", "complete", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_read_outside(of: Catalog, complete: tuple[str, ...], expected: Value) -> None:
    assert expected == facts(of=of, complete=complete).fact(FIELD, "read_outside")


def _logs(*names: str) -> Evidence:
    windows = tuple(window(name, Deed.READ, "2025-11-21") for name in names)
    return Evidence(sources=tuple(source(name) for name in names), windows=windows)


SILENCE = Never(day("2025-11-21"), day("2026-11-20"))
WATCHED: tuple[tuple[str, Evidence, Catalog, tuple[str, ...], bool], ...] = (
    ("queries were watched, so that outside readers were, too", _logs(*LOGS), catalog(), (), True),
    ("a reader that names it reads through the API, where nobody did", _logs(*LOGS), _with(SURE), (), True),
    ("queries are vouched for and outside readers are not", _logs(*LOGS[:2]), catalog(), ("api",), False),
    ("both are", _logs(*LOGS[:2]), catalog(), ("api", *ALL), True),
    ("both are, and a declared reader names it", _logs(*LOGS[:2]), _with(SURE), ("api", *ALL), False),
)


@pytest.mark.parametrize(
    ("evidence", "of", "complete", "silent"), [c[1:] for c in WATCHED], ids=[c[0] for c in WATCHED]
)
def test_silence_of_logs_and_outside_readers(
    evidence: Evidence, of: Catalog, complete: tuple[str, ...], silent: bool
) -> None:
    told = facts(evidence, of, complete=("email_template", *complete)).fact(FIELD, "last_read")

    assert told == (SILENCE if silent else Unknown("reads by outside readers were not watched", ("api-event",)))


@pytest.mark.parametrize(
    ("of", "unreferenced", "readers"),
    [
        pytest.param(_with(SURE), False, ("BI",), id="read"),
        pytest.param(_with(LISTED), False, ("BI",), id="surely mentioned"),
        pytest.param(_with(), True, ABSENT, id="silent"),
    ],
)
def test_a_mention_outside_is_a_mention(of: Catalog, unreferenced: bool, readers: Value) -> None:
    told = facts(of=of, complete=("repository",))

    assert told.fact(FIELD, "unreferenced") is unreferenced
    assert told.fact(FIELD, "outside_readers") == readers


def test_each_reader_is_a_row() -> None:
    assert outside_rows(facts(of=_with(SURE))) == (
        OutsideReaderRow("crm", "BI", "bi", "reads", True, 3, 1, (FIELD,), 1, 0),
    )
