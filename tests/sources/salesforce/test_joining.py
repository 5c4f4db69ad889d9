"""Definitions of one thing in several files, and declarations under the tokens of packaging tools."""

from __future__ import annotations

import pytest

from auditor.model.catalogue import Field, Object, Skipped
from auditor.model.components import Component
from auditor.sources.salesforce.joining import join_components, join_objects, mark_shadows
from auditor.sources.salesforce.merging import TOKEN
from auditor.sources.salesforce.parsed import Parsed


def _twice(count: int) -> list[Parsed]:
    return [
        Parsed(
            components=tuple(
                Component("layout", f"L{number:02}", f"{folder}/L{number:02}") for number in range(count)
            )
        )
        for folder in ("a", "b")
    ]


def test_a_few_repeated_components_are_told_one_by_one() -> None:
    _, skipped = join_components(_twice(2))

    assert skipped == [
        Skipped("a/L00", "layout L00 is defined twice; merged, the last one wins: b/L00"),
        Skipped("a/L01", "layout L01 is defined twice; merged, the last one wins: b/L01"),
    ]


def test_many_repeated_components_of_a_kind_are_told_together() -> None:
    components, skipped = join_components(_twice(21))

    reason = (
        "21 components of kind layout are defined more than once, this one among them; of each all references "
        "count, and otherwise the last file wins"
    )
    assert skipped == [Skipped("a/L00", reason)]
    assert {component.path[0] for component in components} == {"b"}


@pytest.mark.parametrize(
    ("owner", "field", "namespaces"),
    [
        pytest.param("Job__c", "Status__c", (None, None), id="a plain declaration"),
        pytest.param("%%%NAMESPACE%%%Job__c", "Status__c", (TOKEN, TOKEN), id="a shadow of it"),
        pytest.param("___NAMESPACE___Job__c", "Extra__c", (TOKEN, None), id="what a shadow alone declares"),
        pytest.param("Job__c", "%%%NAMESPACE%%%Status__c", (None, TOKEN), id="a shadow of a field"),
        pytest.param("Job__c", "%%%NAMESPACE%%%Other__c", (None, None), id="a field that has no plain one"),
        pytest.param("___NAMESPACE___Room__c", "Size__c", (None, None), id="an object that has no plain one"),
    ],
)
def test_what_only_repeats_a_declaration_under_a_token_belongs_to_the_package(
    owner: str, field: str, namespaces: tuple[str | None, str | None]
) -> None:
    declared = (Object("Job__c"), Object(owner))
    fields = (Field("Job__c", "Status__c"), Field(owner, field))

    objects, _ = join_objects([Parsed(objects=declared, fields=fields)], frozenset())

    found = {
        (item.name, each.name): (item.namespace, each.namespace)
        for item in mark_shadows(objects)
        for each in item.fields
    }
    assert found[owner, field] == namespaces
