"""The page on kinds of evidence, and the table that it and every unknown answer are made of."""

from __future__ import annotations

from pathlib import Path

from auditor.facts.catalogue import vocabulary
from auditor.model.testimony.table import (
    BY_KIND,
    TESTIMONIES,
    WAYS,
    answering,
    platforms_of,
    runners,
    telling,
    watchers,
)
from auditor.model.testimony.words import Answer, Platform, Question
from auditor.usage.reference import reference
from auditor.usage.registry import BY_ID


def test_the_page_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "evidence.md"
    assert page.read_text(encoding="utf-8") == reference(), (
        "run: python -m auditor.usage.reference > docs/reference/evidence.md"
    )


def test_every_kind_that_is_read_is_told_and_every_kind_that_is_told_is_read() -> None:
    assert sorted(BY_ID) == sorted(BY_KIND)
    assert len(BY_KIND) == len(TESTIMONIES)


def test_what_is_told_is_whole_and_contradicts_itself_nowhere() -> None:
    for each in TESTIMONIES:
        sentences = (each.says, each.silent_on, each.trap)
        assert [text for text in sentences if not text.endswith(".")] == [], each.kind
        assert each.name, each.kind
        assert each.retention, each.kind
        assert each.source, each.kind
        assert each.proves.isdisjoint(each.possible), each.kind
        assert each.silence <= each.proves, each.kind


def test_who_watches_a_way_of_reading_proves_reads() -> None:
    ways = {way.id for group in WAYS.values() for way in group}
    for each in TESTIMONIES:
        assert set(each.watches) <= ways, each.kind
        assert not each.watches or each.answer(Question.FIELD_READ) is Answer.PROVES, each.kind
        assert not each.runs or each.answer(Question.COMPONENT_RUN) is Answer.PROVES, each.kind


def test_no_log_of_page_views_and_no_count_proves_that_a_field_was_read() -> None:
    silent = {each.kind for each in TESTIMONIES if each.answer(Question.FIELD_READ) is Answer.NEVER}
    assert {
        "record-count",
        "fill-by-cohort",
        "field-history",
        "dataverse-audit",
        "hubspot-property-history",
    } <= silent


def test_every_evidence_that_a_fact_names_is_a_kind_of_the_table() -> None:
    words = vocabulary()
    named = {kind for fact in words.facts for kind in fact.settled_by}
    named |= {kind for relation in words.relations for kind in relation.settled_by}
    assert sorted(named - set(BY_KIND)) == []


def test_the_cheapest_evidence_stands_first() -> None:
    (report, *_) = WAYS[Platform.SALESFORCE]
    assert watchers(report) == ("report-register", "report-event", "event-log-file")
    assert answering(Question.FIELD_READ, {Platform.SQL}) == ("sql-log", "sql-statements")
    assert telling(Question.FIELD_WRITTEN)[:2] == ("field-history", "hubspot-property-history")
    assert runners()["list_view"] == ("list-view-event",)


def test_a_system_is_offered_what_its_platform_has() -> None:
    assert platforms_of(("tabular", "odata")) == frozenset()
    assert platforms_of(("salesforce", "sql")) == {Platform.SALESFORCE, Platform.SQL}
