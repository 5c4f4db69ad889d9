"""The vocabulary as a whole: complete, well described, and its page current."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.facts import homes
from auditor.facts.catalogue import all_facts, all_relations, vocabulary
from auditor.facts.homing import fact_homes, relation_homes
from auditor.facts.reference import reference
from auditor.model.observations import Evidence
from auditor.model.values import Absent, CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec, FactType, RelationSpec
from tests.facts.world import catalog, component, facts, mention, source

KINDS = ("system", "object", "field", "component", "integration", "source")


def test_the_page_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "facts.md"
    assert page.read_text(encoding="utf-8") == reference(), (
        "run: python -m auditor.facts.reference > docs/reference/facts.md"
    )


def test_the_table_of_families_is_current() -> None:
    told = homes.FACT_HOMES, homes.RELATION_HOMES
    assert told == (fact_homes(), relation_homes()), "run: make docs"


def test_no_word_stands_twice_for_one_kind() -> None:
    words = [(kind, each.spec.name) for each in all_facts() for kind in each.spec.kinds]
    words += [(kind, f"relation {way.spec.name}") for way in all_relations() for kind in way.spec.kinds]
    assert [word for word in sorted(set(words)) if words.count(word) > 1] == []


def test_each_word_is_one_sentence_of_known_kinds() -> None:
    specs: list[FactSpec | RelationSpec] = [*vocabulary().facts, *vocabulary().relations]
    assert [each.name for each in specs if not each.sentence.endswith((".", "…"))] == []
    assert [each.name for each in specs if not each.kinds <= set(KINDS)] == []


_KNOWN: dict[FactType, tuple[type, ...]] = {
    FactType.BOOLEAN: (bool,),
    FactType.TEXT: (str,),
    FactType.ENUM: (str,),
    FactType.TEXTS: (tuple,),
    FactType.INTEGER: (int, CountRange),
    FactType.SHARE: (float, int),
    FactType.DATE: (DateRange, Never),
}


def _fits(spec: FactSpec, value: Value) -> bool:
    if isinstance(value, Unknown):
        return bool(value.because)
    if isinstance(value, Absent):
        return bool(spec.absent_when) or spec.type is FactType.TEXT
    if spec.type is FactType.ENUM and value not in spec.values:
        return False
    return isinstance(value, _KNOWN[spec.type])


WORLD = facts(
    Evidence(sources=(source("record-extract"),)),
    catalog(components=(component("report/Sales/A"),), references=(mention("report/Sales/A", "Account.Name"),)),
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_answers_for_every_subject_of_its_kinds_in_its_type(kind: str) -> None:
    wrong = [
        (spec.name, subject, value)
        for spec in vocabulary().facts
        if kind in spec.kinds
        for subject in WORLD.subjects(kind)
        if not _fits(spec, value := WORLD.fact(subject, spec.name))
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_relation_answers_for_every_subject_of_its_kinds(kind: str) -> None:
    wrong = [
        (spec.name, subject)
        for spec in vocabulary().relations
        if kind in spec.kinds
        for subject in WORLD.subjects(kind)
        for related in [WORLD.related(subject, spec.name)]
        if list(related.edges) != sorted(related.edges, key=lambda edge: edge.subject)
    ]
    assert wrong == []
