from __future__ import annotations

from pathlib import Path

import pytest

from auditor.facts.base import Facts
from auditor.model.catalogue import Field, Object, ObjectKind, PicklistValue, Relationship
from auditor.model.references import Access
from auditor.model.values import ABSENT, Unknown, Value
from tests.facts.world import catalog, facts, mention


def _fields(name: str, *fields: str) -> tuple[Field, ...]:
    return tuple(Field(name, each) for each in fields)


_STEPS = ("Received", "Confirmed", "In production", "Delivered", "Invoiced")
OBJECTS = (
    Object(
        "Order_Line__c",
        fields=_fields("Order_Line__c", "Order__c", "Product__c", "Quantity__c", "Unit_Price__c", "Note__c"),
    ),
    Object(
        "Product2", fields=_fields("Product2", "Stock_Balance__c", "List_Price__c", "Standard_Cost__c", "Color__c")
    ),
    Object(
        "Opportunity",
        fields=(
            Field("Opportunity", "Order_Status__c", picklist=tuple(PicklistValue(each, each) for each in _STEPS)),
            Field(
                "Opportunity", "Stage__c", picklist=(PicklistValue("Open", "Open"), PicklistValue("Won", "Won"))
            ),
            Field("Opportunity", "Kind__c", value_set="Kinds"),
            Field("Opportunity", "SAP_Order_Id__c"),
            Field("Opportunity", "Xyzzy__c"),
            Field("Opportunity", "Invoiced_Amount__c"),
        ),
    ),
    Object("Xyzzy__c", fields=_fields("Xyzzy__c", "Foo__c")),
    Object("Order_Map__mdt", kind=ObjectKind.CUSTOM_METADATA, fields=_fields("Order_Map__mdt", "Order__c")),
    Object(
        "Package__c", fields=_fields("Package__c", "Customer__c", "Date__c", "Currency__c", "Delivery_Date__c")
    ),
    Object(
        "Deal_Position__c",
        fields=(
            Field(
                "Deal_Position__c",
                "Of__c",
                reference_to=("Package__c",),
                relationship=Relationship.MASTER_DETAIL,
            ),
            Field("Deal_Position__c", "What__c", reference_to=("Product2",), relationship=Relationship.LOOKUP),
            Field("Deal_Position__c", "Hur_Manga__c", type="Number"),
            Field("Deal_Position__c", "Price__c", type="Currency"),
        ),
    ),
)


@pytest.fixture(scope="module")
def told() -> Facts:
    writing = mention("flow/Ship", "Opportunity.Order_Status__c", Access.WRITES)
    return facts(of=catalog(objects=OBJECTS, references=(writing, mention("flow/Tell", "Opportunity.Stage__c"))))


@pytest.mark.parametrize(
    ("subject", "name", "expected"),
    [
        pytest.param("crm:Order_Line__c", "concept", "order_line", id="an object by its name"),
        pytest.param("crm:Order_Line__c", "nature", "transaction", id="its nature"),
        pytest.param("crm:Deal_Position__c", "concept", "order_line", id="a line below a nameless document"),
        pytest.param("crm:Package__c", "nature", "transaction", id="the document above it"),
        pytest.param("crm:Order_Map__mdt", "concept", "configuration", id="metadata about orders"),
        pytest.param("crm:Order_Line__c.Unit_Price__c", "concept", "order_line", id="a figure of a transaction"),
        pytest.param("crm:Order_Line__c.Unit_Price__c", "field_concept", "price", id="what that figure is"),
        pytest.param("crm:Order_Line__c.Note__c", "concept", ABSENT, id="a note makes no concept"),
        pytest.param("crm:Product2.Stock_Balance__c", "concept", "stock", id="a balance of stock on a product"),
        pytest.param("crm:Product2.List_Price__c", "concept", "price", id="a price on a product"),
        pytest.param("crm:Product2.Standard_Cost__c", "concept", "product_structure", id="a cost on a product"),
        pytest.param("crm:Opportunity.Invoiced_Amount__c", "concept", "invoice", id="what was invoiced on a deal"),
        pytest.param("crm:Opportunity.SAP_Order_Id__c", "field_concept", "order", id="the number of an order"),
        pytest.param("crm:Product2.Stock_Balance__c", "nature", "master", id="the nature of a field's concept"),
        pytest.param("crm:Order_Line__c.Note__c", "concept_confidence", ABSENT, id="no concept, no confidence"),
        pytest.param("crm:Opportunity.Order_Status__c", "order_steps", 5, id="an order's course in a list"),
        pytest.param("crm:Opportunity.Stage__c", "order_steps", 0, id="the stages of a deal"),
        pytest.param("crm:Opportunity.Invoiced_Amount__c", "order_steps", ABSENT, id="no list"),
        pytest.param("crm:flow/Ship", "order_steps_written", 1, id="automation that moves the order on"),
        pytest.param("crm:flow/Tell", "order_steps_written", 0, id="automation that reads"),
        pytest.param("crm:Xyzzy__c", "concept_confidence", 0.0, id="nothing says what it is"),
    ],
)
def test_what_a_thing_is(told: Facts, subject: str, name: str, expected: Value) -> None:
    assert told.fact(subject, name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Supplier_Batch__c", ABSENT, id="a supplier's batch"),
        pytest.param("Lot_No__c", ABSENT, id="the number of a lot"),
        pytest.param("Charge__c", ABSENT, id="a batch, in German"),
        pytest.param("CHARG", ABSENT, id="a batch by its short name in an ERP"),
        pytest.param("Batch_Quantity__c", "stock", id="how much of a batch there is"),
        pytest.param("Batch_Stock__c", "stock", id="the balance of a batch"),
    ],
)
@pytest.mark.parametrize("owner", ["Complaint__c", "Stock_Level__c"])
def test_a_batch_tells_goods_apart_and_counts_none(owner: str, name: str, expected: Value) -> None:
    told = facts(of=catalog(objects=(Object(owner, fields=(Field(owner, name, type="Number"),)),)))

    assert told.fact(f"crm:{owner}.{name}", "concept") == expected


@pytest.mark.parametrize(
    ("subject", "name", "because"),
    [
        pytest.param("crm:Xyzzy__c", "concept", "nothing in its name", id="an object without a signal"),
        pytest.param("crm:Xyzzy__c", "nature", "nothing in its name", id="nor its nature"),
        pytest.param("crm:Opportunity.Xyzzy__c", "concept", "nothing in its name or label", id="a field"),
        pytest.param(
            "crm:Opportunity.Xyzzy__c", "field_concept", "nothing in its name or label", id="what it holds"
        ),
        pytest.param(
            "crm:Opportunity.Kind__c", "order_steps", "its values stand in a shared list", id="a list unread"
        ),
    ],
)
def test_what_nothing_tells_is_unknown(told: Facts, subject: str, name: str, because: str) -> None:
    value = told.fact(subject, name)

    assert isinstance(value, Unknown)
    assert value.because.startswith(because)


def test_reasons_are_told_in_words(told: Facts) -> None:
    assert told.fact("crm:Order_Line__c", "concept_reasons") == (
        "its name says order line",
        "its fields hold order, price, product, quantity",
        "together they show a product with a quantity, an order that it belongs to",
    )


def test_a_company_teaches_its_own_words(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("version: 1\nterms:\n  order: {en: xyzzy}\n")

    told = facts(of=catalog(objects=OBJECTS), lexicon=(own,))

    assert told.fact("crm:Xyzzy__c", "concept") == "order"
