"""Fields of one object that are nearly the same, as facts."""

from __future__ import annotations

from dataclasses import replace

from auditor.model.catalogue import Field
from auditor.model.observations import Evidence
from auditor.model.values import ABSENT
from tests.facts.world import catalog, facts, filled, source


def _field(name: str, namespace: str | None = None) -> Field:
    return Field("Account", name, type="Text", namespace=namespace)


def test_the_better_spelled_one_is_suggested_to_stay() -> None:
    world = facts(of=catalog((_field("Invoice_Num__c"), _field("Invoice_Number__c"), _field("Region__c"))))

    number, short, region = (
        f"crm:Account.{name}" for name in ("Invoice_Number__c", "Invoice_Num__c", "Region__c")
    )
    assert [world.fact(key, "redundant") for key in (number, short, region)] == [False, True, False]
    assert [world.fact(key, "survivor") for key in (number, short, region)] == [number, number, ABSENT]
    assert [edge.subject for edge in world.related(short, "near_duplicates").edges] == [number]


def test_what_came_with_a_package_is_left_alone() -> None:
    world = facts(of=catalog((_field("Invoice_Num__c"), _field("pkg__Invoice_Number__c", namespace="pkg"))))

    assert world.fact("crm:Account.Invoice_Num__c", "redundant") is False


def test_the_one_that_is_clearly_filled_more_stays_whatever_it_is_called() -> None:
    number, short = "crm:Account.Invoice_Number__c", "crm:Account.Invoice_Num__c"
    schema = catalog((_field("Invoice_Num__c"), _field("Invoice_Number__c")))

    def staying(filled_short: int) -> object:
        fills = (
            replace(filled("2026-Q1", 10, 4), field=number),
            replace(filled("2026-Q1", 10, filled_short), field=short),
        )
        return facts(Evidence(sources=(source("fill-by-cohort"),), fills=fills), schema).fact(number, "survivor")

    assert [staying(count) for count in (9, 5)] == [short, number]
