"""Fields of related objects that hold the same, and which of them is suggested to stay."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.graph.build import build_graph
from auditor.model.catalogue import Calculation, Catalog, Field, Object, ObjectKind, PicklistValue, Role
from auditor.model.observations import Evidence
from auditor.model.values import ABSENT
from tests.facts.world import TODAY

_CHOICES = tuple(PicklistValue(each, each) for each in ("piece", "kilo", "metre", "litre"))
_ABOVE = "one row of its object stands for many of the other"


def _text(entity: str, name: str, type_: str = "Text", **more: object) -> Field:
    return Field(entity, name, more.pop("label", None), type_, **more)  # type: ignore[arg-type]  # of a test's table


def _facts(machine: Sequence[Field], visit: Sequence[Field], *others: Object) -> Facts:
    link = Field("Visit__c", "Machine__c", type="Lookup", reference_to=("Machine__c",), position=9)
    objects = (Object("Machine__c", fields=tuple(machine)), Object("Visit__c", fields=(*visit, link)), *others)
    catalog = Catalog("crm", Role.CRM, "salesforce", objects=objects)
    return facts_of(build_graph((catalog,), Evidence()), Evidence(), Settings(TODAY))


_WARRANTY = _text("Machine__c", "Warranty_Terms__c")
_TWINS = (
    ("the same name", _text("Visit__c", "Warranty_Terms__c")),
    ("the same name", _text("Visit__c", "Warranty_Terms_Old__c", "LongTextArea")),
)


@pytest.mark.parametrize(("because", "twin"), _TWINS, ids=["as it is", "as an old one of longer text"])
def test_a_copy_below_is_told_and_the_one_above_stays(because: str, twin: Field) -> None:
    world = _facts((_WARRANTY,), (twin,))
    above, below = "crm:Machine__c.Warranty_Terms__c", f"crm:Visit__c.{twin.name}"

    assert [world.fact(key, "repeats_related") for key in (above, below)] == [False, True]
    assert [world.fact(key, "related_survivor") for key in (above, below)] == [above, above]
    assert world.fact(below, "related_survivor_because") == _ABOVE
    assert [(edge.subject, *edge.attributes) for edge in world.related(below, "copies").edges] == [
        (above, ("because", because))
    ]


def test_one_label_and_one_list_of_choices_are_copies_too() -> None:
    machine = (
        _text("Machine__c", "Service_Level__c", label="Agreed service level"),
        _text("Machine__c", "Filling_Unit__c", "Picklist", picklist=_CHOICES),
    )
    visit = (
        _text("Visit__c", "SLA__c", label="Agreed service level"),
        _text("Visit__c", "Unit_Of_Filling__c", "Picklist", picklist=_CHOICES),
    )
    world = _facts(machine, visit)

    assert [
        str(edge.attributes[0][1])
        for each in visit
        for edge in world.related(f"crm:Visit__c.{each.name}", "copies").edges
    ] == [
        "the same label",
        "the same choices",
    ]


_NONE = (
    ("what every object has", _text("Machine__c", "Status__c"), _text("Visit__c", "Status__c")),
    ("words that say nothing", _text("Machine__c", "Start_Note__c"), _text("Visit__c", "Start_Note__c")),
    ("another kind", _WARRANTY, _text("Visit__c", "Warranty_Terms__c", "Number")),
    ("a figure", _text("Machine__c", "Oil_Level__c", "Number"), _text("Visit__c", "Oil_Level__c", "Number")),
    ("a formula", _WARRANTY, _text("Visit__c", "Warranty_Terms__c", calculation=Calculation.FORMULA)),
    ("an external id", _WARRANTY, _text("Visit__c", "Warranty_Terms__c", external_id=True)),
    ("a package's", _WARRANTY, _text("Visit__c", "Warranty_Terms__c", namespace="pkg")),
    ("the platform's own", _WARRANTY, _text("Visit__c", "Warranty_Terms__c", custom=False)),
    ("opposites with the same choices",
     _text("Machine__c", "Filling_Start_Unit__c", "Picklist", picklist=_CHOICES),
     _text("Visit__c", "Filling_End_Unit__c", "Picklist", picklist=_CHOICES)),
)  # fmt: skip


@pytest.mark.parametrize(("machine", "visit"), [row[1:] for row in _NONE], ids=[row[0] for row in _NONE])
def test_what_only_looks_like_a_copy_is_none(machine: Field, visit: Field) -> None:
    world = _facts((machine,), (visit,))

    for key in (f"crm:Machine__c.{machine.name}", f"crm:Visit__c.{visit.name}"):
        assert (world.fact(key, "repeats_related"), world.fact(key, "related_survivor")) == (False, ABSENT)
        assert not world.related(key, "copies").edges


def test_what_is_not_related_or_holds_no_data_is_no_copy() -> None:
    others = (
        Object("Tool__c", fields=(_text("Tool__c", "Warranty_Terms__c"),)),
        Object(
            "Machine__mdt",
            kind=ObjectKind.CUSTOM_METADATA,
            fields=(
                _text("Machine__mdt", "Warranty_Terms__c"),
                Field("Machine__mdt", "Machine__c", type="Lookup", reference_to=("Machine__c",)),
            ),
        ),
    )
    world = _facts((_WARRANTY,), (), *others)

    assert not world.related("crm:Machine__c.Warranty_Terms__c", "copies").edges


def test_what_many_related_objects_have_alike_is_a_convention() -> None:
    others = tuple(
        Object(
            name,
            fields=(
                _text(name, "Warranty_Terms__c"),
                Field(name, "Machine__c", type="Lookup", reference_to=("Machine__c",)),
            ),
        )
        for name in ("Part__c", "Call__c", "Bill__c", "Plan__c")
    )
    world = _facts((_WARRANTY,), (), *others)

    for holder in ("Machine__c", "Part__c", "Plan__c"):
        assert world.fact(f"crm:{holder}.Warranty_Terms__c", "repeats_related") is False
        assert not world.related(f"crm:{holder}.Warranty_Terms__c", "copies").edges
