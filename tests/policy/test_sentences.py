"""What a finding says of a value: as a person would say it, with the unit once and bounds that tell something."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.facts.catalogue import vocabulary
from auditor.model.truth import Truth
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Value
from auditor.policy.sentences import count_words, fact_words, neighbour_words
from auditor.policy.syntax import Comparison, Literal, Operator, Span

FACTS = {spec.name: spec for spec in vocabulary().facts}
LOG = Never(None, date(2026, 11, 21))


def test_of(operator: Operator, operand: Literal, text: str) -> Comparison:
    """A test as a policy has it."""
    return Comparison(operator, operand, text)


test_of.__test__ = False  # type: ignore[attr-defined] # no test itself

ABOVE = test_of(Operator.GT, 60, "60")
SOME = test_of(Operator.GT, 0, "0")
ANY_SHARE = test_of(Operator.GT, 0.0, "0%")
HALF = test_of(Operator.LT, 0.5, "50%")
OLD = test_of(Operator.OLDER_THAN, Span(days=395), "395d")
NEW = test_of(Operator.NEWER_THAN, Span(days=90), "90d")


@pytest.mark.parametrize(
    ("fact", "value", "tests", "expected"),
    [
        pytest.param("shown_count", 74, (ABOVE,), "74 fields on the page (above 60)", id="the unit once"),
        pytest.param("hard_coded_ids", 2, (SOME,), "2 record ids", id="more than none says nothing"),
        pytest.param("hard_coded_ids", 1, (SOME,), "1 record id", id="one of them"),
        pytest.param("rows", 0, (test_of(Operator.LT, 50, "50"),), "no rows (below 50)", id="none of them"),
        pytest.param("readable_by", 0, (test_of(Operator.EQ, 0, "0"),), "no active users may read it", id="equal"),
        pytest.param("field_count", CountRange(74, 75), (ABOVE,), "74 to 75 fields (above 60)", id="bounds"),
        pytest.param("fill_rate", 0.128, (HALF,), "filled in 12.8 % of rows (below 50 %)", id="a share"),
        pytest.param(
            "fill_recent",
            0.182,
            (ANY_SHARE, HALF),
            "filled in 18.2 % of recent rows (below 50 %)",
            id="two bounds",
        ),
        pytest.param(
            "last_run",
            DateRange.on(date(2024, 2, 5)),
            (OLD,),
            "last run 2024-02-05, more than 395 days ago",
            id="a day long ago",
        ),
        pytest.param(
            "last_write",
            DateRange(date(2026, 10, 1), date(2026, 11, 21)),
            (NEW,),
            "last written 2026-10-01 to 2026-11-21, within the last 90 days",
            id="a day within bounds",
        ),
        pytest.param("last_run", LOG, (OLD,), "never run (until 2026-11-21)", id="never"),
        pytest.param("help", ABSENT, (), "no help text", id="a text that is not there"),
        pytest.param("description_quality", "repeats_label", (), "description: repeats label", id="a word"),
        pytest.param(
            "endpoint",
            "http://a.example",
            (test_of(Operator.MATCHES, "^http", "^http"),),
            "endpoint http://a.example",
            id="no pattern",
        ),
        pytest.param("writer_kinds", ("integration", "people"), (), "written by integration, people", id="texts"),
        pytest.param(
            "forecast_quarters_to_limit",
            3,
            (test_of(Operator.LE, 4, "4"),),
            "limit reached in 3 quarters (at most 4)",
            id="a forecast",
        ),
    ],
)
def test_of_a_fact(fact: str, value: Value, tests: tuple[Comparison, ...], expected: str) -> None:
    assert expected == fact_words(FACTS[fact], value, tests, Truth.TRUE)


@pytest.mark.parametrize(
    ("relation", "count", "expected"),
    [
        pytest.param("fields", 149, "149 fields (above 60)", id="a noun"),
        pytest.param("read_by", 70, "read by 70 (above 60)", id="a verb"),
        pytest.param("fields", CountRange(61, None), "at least 61 fields (above 60)", id="at least"),
    ],
)
def test_of_a_count(relation: str, count: int | CountRange, expected: str) -> None:
    assert expected == count_words(relation, count, (ABOVE,), Truth.TRUE)


@pytest.mark.parametrize(
    ("relation", "names", "expected"),
    [
        pytest.param("read_by", [], "read by nothing", id="a verb and nothing"),
        pytest.param("confusable_with", ["crm:A.x"], "confusable with crm:A.x", id="a verb and one"),
        pytest.param("fields", [], "no fields", id="a noun and nothing"),
        pytest.param("fields", ["crm:A.x", "crm:A.y"], "fields: crm:A.x and crm:A.y", id="a noun and some"),
        pytest.param("read_by", list("abcde"), "read by a, b, c and 2 more", id="many"),
        pytest.param("within", ["crm:"], "within crm", id="a system goes by its name"),
    ],
)
def test_of_neighbours(relation: str, names: list[str], expected: str) -> None:
    assert expected == neighbour_words(relation, names)


def test_every_phrase_is_of_a_fact_that_there_is() -> None:
    from auditor.facts.phrases import PHRASES

    assert [name for name in PHRASES if name not in FACTS] == []
