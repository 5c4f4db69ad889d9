"""What the charter says of objects and fields, and what is said without one."""

from __future__ import annotations

import pytest

from auditor.facts.charter import NO_CHARTER
from auditor.model.catalogue import Field, Object
from auditor.model.charter import Charter, Entity, Mirror, Ownership
from auditor.model.values import ABSENT, Unknown, Value
from tests.facts.world import FIELD, OBJECT, catalog, facts

CHARTER = Charter(
    "charter.yaml",
    purposes={"crm": "Activities"},
    owners=(Ownership("order", "erp"),),
    entities=(Entity("Customer", ("Account", "Account_Ext__c"), budget=2, purpose="Whom we sell to"),),
    mirrors=(Mirror("crm:Account.Region__c", "erp"),),
)
OBJECTS = (
    Object("Account", fields=(Field("Account", "Region__c", custom=True), Field("Account", "Name", custom=False))),
    Object(
        "Account_Ext__c",
        custom=True,
        fields=tuple(Field("Account_Ext__c", f"F{n}__c", custom=True) for n in range(2)),
    ),
    Object("Lead", fields=(Field("Lead", "Hint__c", custom=True),)),
)
TOLD = [
    ("the entity of an object", OBJECT, "charter_entity", "Customer"),
    ("the entity of a field", FIELD, "charter_entity", "Customer"),
    ("an object outside of the charter", "crm:Lead", "charter_entity", ABSENT),
    ("the budget of an entity", OBJECT, "budget", 2),
    ("no budget for what is outside", "crm:Lead", "budget", ABSENT),
    ("fields are counted over all objects of the entity", "crm:Account_Ext__c", "entity_fields", 3),
    ("a budget that is exceeded", OBJECT, "over_budget", 1),
    ("what an object is for", OBJECT, "declared_purpose", "Whom we sell to"),
    ("what a system is for", "crm:", "declared_purpose", "Activities"),
    ("where a field comes from", FIELD, "declared_source", "erp"),
    ("a field that may repeat nothing", "crm:Lead.Hint__c", "declared_source", ABSENT),
]


@pytest.mark.parametrize(("subject", "name", "expected"), [pytest.param(*row[1:], id=row[0]) for row in TOLD])
def test_what_the_charter_tells(subject: str, name: str, expected: Value) -> None:
    told = facts(of=catalog(objects=OBJECTS), charter=CHARTER)

    assert told.fact(subject, name) == expected


@pytest.mark.parametrize(("subject", "name"), [pytest.param(*row[1:3], id=row[0]) for row in TOLD])
def test_without_a_charter_everything_of_it_is_unknown(subject: str, name: str) -> None:
    assert facts(of=catalog(objects=OBJECTS)).fact(subject, name) == NO_CHARTER


def test_the_owner_follows_from_the_concept_whatever_the_charter_calls_it() -> None:
    charter = Charter("charter.yaml", owners=(Ownership("customer", "erp"),))
    told = facts(of=catalog(objects=OBJECTS), charter=charter)

    assert [told.fact(OBJECT, name) for name in ("concept", "charter_owner")] == ["customer_account", "erp"]


def test_the_owner_waits_for_a_concept_that_nothing_tells() -> None:
    told = facts(of=catalog(objects=(Object("Xyzzy__c"),)), charter=CHARTER)

    owner = told.fact("crm:Xyzzy__c", "charter_owner")
    assert isinstance(owner, Unknown)
    assert owner == told.fact("crm:Xyzzy__c", "concept")
