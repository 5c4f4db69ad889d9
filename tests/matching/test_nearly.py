"""Fields of one object that hardly differ, and those that only look so."""

from __future__ import annotations

import pytest

from auditor.matching.nearly import NearField, clusters


def _fields(*names: str) -> list[NearField]:
    return [NearField(name, name, "Text", position=position) for position, name in enumerate(names)]


_ROWS: tuple[tuple[str, tuple[str, ...], list[tuple[str, ...]]], ...] = (
    (
        "three ways to write a number",
        ("Invoice_Num__c", "Invoice_Number__c", "Invoice_Number2__c"),
        [("Invoice_Number__c", "Invoice_Num__c", "Invoice_Number2__c")],
    ),
    (
        "a series of what is written in two ways is none",
        ("invoice_num", "invoice_number", "invoice_number2", "invoice_number3"),
        [("invoice_number", "invoice_num", "invoice_number2", "invoice_number3")],
    ),
    ("a second one of the same", ("Root_Cause_2__c", "Root_Cause__c"), [("Root_Cause__c", "Root_Cause_2__c")]),
    ("an old one beside the new", ("Region__c", "Old_Region__c"), [("Region__c", "Old_Region__c")]),
    ("words in another order", ("DateOfOrder__c", "Order_Of_Date__c"), [("Order_Of_Date__c", "DateOfOrder__c")]),
    ("a series is numbered on purpose", ("Q1__c", "Q2__c", "Q3__c"), []),
    ("a series may begin without a number", ("Product__c", "Product2__c", "Product3__c"), []),
    ("an address has two lines", ("Address__c", "Address_2__c"), []),
    ("a person has two phones", ("Phone", "Phone2"), []),
    ("an id is no number", ("Customer_Id__c", "Customer_Number__c"), []),
    ("another word is another field", ("Invoice_Date__c", "Due_Date__c"), []),
    ("nothing is like nothing", (), []),
)


@pytest.mark.parametrize(("names", "expected"), [row[1:] for row in _ROWS], ids=[row[0] for row in _ROWS])
def test_fields_hardly_differ(names: tuple[str, ...], expected: list[tuple[str, ...]]) -> None:
    assert expected == [cluster.fields for cluster in clusters(_fields(*names))]


def test_other_types_are_other_fields() -> None:
    assert clusters([NearField("a", "Amount__c", "Currency"), NearField("b", "Amt__c", "Text")]) == ()


def test_one_label_makes_fields_of_other_types_the_same_where_the_names_agree() -> None:
    fields = [
        NearField("a", "invoice_num", "enumeration", label="Invoice Number"),
        NearField("b", "invoice_number4", "string", label="Invoice Number"),
        NearField("c", "legacy_ref", "string", label="Owner Name"),
        NearField("d", "owner_name", "string", label="Owner Name"),
    ]

    assert [(each.fields, each.because) for each in clusters(fields)] == [(("a", "b"), "the same label")]


def test_the_same_choices_under_names_that_share_a_word_are_the_same() -> None:
    choices = frozenset({"a", "b", "c", "d"})
    fields = [
        NearField("x", "Loss_Reason__c", "Picklist", choices, described=True),
        NearField("y", "Reason_Why__c", "Picklist", choices),
        NearField("z", "Colour__c", "Picklist", choices | {"e"}),
    ]

    (found,) = clusters(fields)
    assert (found.fields, found.because, found.survivor) == (("x", "y"), "the same choices", "x")


_OPPOSITES = (
    ("a start and an end", "Seasonal_Start_Day__c", "Seasonal_End_Day__c"),
    ("from and to", "Valid_From_Month__c", "Valid_To_Month__c"),
    ("a minimum and a maximum", "Min_Team_Size__c", "Max_Team_Size__c"),
    ("two days of the week", "Monday_Opening_Hours__c", "Tuesday_Opening_Hours__c"),
    ("one number and another", "Round_1_Result__c", "Round_2_Result__c"),
    ("compounds of the North", "Sasong_Startdag__c", "Sasong_Slutdag__c"),
    ("a source and a target", "Source_System_Name__c", "Target_System_Name__c"),
)


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in _OPPOSITES], ids=[row[0] for row in _OPPOSITES])
def test_opposites_with_the_same_choices_are_two_fields(one: str, other: str) -> None:
    choices = frozenset({"a", "b", "c", "d"})
    fields = [NearField(one, one, "Picklist", choices), NearField(other, other, "Picklist", choices)]

    assert clusters(fields) == ()


def test_of_many_with_the_same_choices_only_those_that_are_akin_stand_together() -> None:
    choices = frozenset({"a", "b", "c", "d"})
    names = ("Loss_Reason__c", "Season_Start_Day__c", "Reason_Of_Loss__c", "Season_End_Day__c")

    found = clusters([NearField(name, name, "Picklist", choices) for name in names])

    assert [each.fields for each in found] == [("Reason_Of_Loss__c", "Loss_Reason__c")]
