from __future__ import annotations

from auditor.facts.carriage import carriages
from auditor.model.carriage import Carriage, Carried, NatureCount
from auditor.model.catalogue import Field, Object, ObjectKind
from auditor.model.observations import Cohort, Deed, Evidence, RowCount
from tests.facts.world import catalog, facts, seen, source


def _object(name: str, *fields: str, kind: ObjectKind = ObjectKind.OBJECT) -> Object:
    return Object(name, fields=tuple(Field(name, each) for each in fields), kind=kind)


OBJECTS = (
    _object("Visit_Report__c", "Visit_Date__c", "Invoiced_Amount__c"),
    _object("Order_Line__c", "Product__c", "Quantity__c"),
    _object("Xyzzy__c", "Foo__c"),
    _object("Order__x", "Order_Date__c", kind=ObjectKind.EXTERNAL),
)
COUNTED = Evidence(
    sources=(source("record-extract"), source("event-log")),
    row_counts=tuple(
        RowCount(f"crm:{name}", "record-extract", Cohort(None), rows)
        for name, rows in (("Visit_Report__c", 30), ("Order_Line__c", 60))
    ),
    observations=(seen("event-log", Deed.TOUCHED, "2026-11-01", "crm:Order_Line__c", count=9),),
)


def _lines(**counts: tuple[int, int, int, int]) -> tuple[NatureCount, ...]:
    natures = ("activity", "master", "transaction", "reference", "configuration", "unknown")
    return tuple(NatureCount(each, *counts.get(each, (0, 0, 0, 0))) for each in natures)


def test_a_system_is_counted_by_nature_with_bounds_for_what_is_unknown() -> None:
    (whole,) = carriages(facts(COUNTED, of=catalog(objects=OBJECTS)))

    assert whole == Carriage(
        "system",
        "crm",
        "crm",
        _lines(activity=(1, 1, 30, 0), transaction=(1, 3, 60, 9), unknown=(1, 1, 0, 0)),
        (
            Carried("objects", 1 / 3, 2 / 3),
            Carried("fields", 3 / 5, 4 / 5),
            Carried("rows", 2 / 3, 2 / 3),
            Carried("writes", 1.0, 1.0),
        ),
        uncounted=1,
    )


def test_the_index_is_the_mean_of_the_shares() -> None:
    (whole,) = carriages(facts(COUNTED, of=catalog(objects=OBJECTS)))

    assert whole.index is not None
    assert [round(bound, 3) for bound in whole.index] == [0.65, 0.783]


def test_areas_follow_the_system() -> None:
    told = facts(COUNTED, of=catalog(objects=OBJECTS), areas={"Sales": ("Visit_*",), "Desk": ("Order_*",)})

    assert [(each.kind, each.name, each.index) for each in carriages(told)][1:] == [
        ("area", "Desk", (1.0, 1.0)),
        ("area", "Sales", (1 / 6, 1 / 6)),
    ]


def test_a_crm_without_anything_in_use_carries_nothing() -> None:
    assert carriages(facts(of=catalog())) == ()
