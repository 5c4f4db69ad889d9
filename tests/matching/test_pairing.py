"""Which compared pairs are held to be duplicates: concepts, strayed fields, and what the CRM counts up itself."""

from __future__ import annotations

from dataclasses import replace

from auditor.matching.matcher import matcher_of
from auditor.matching.pairing import pair_up
from auditor.matching.profiles import FieldProfile, ObjectProfile


def _object(name: str, *fields: tuple[str, str], concept: str = "") -> ObjectProfile:
    profiles = (FieldProfile(field, type=kind, position=at) for at, (field, kind) in enumerate(fields))
    return ObjectProfile(name, fields=tuple(profiles), concept=concept, certainty=0.95 if concept else 0.0)


_LINE = (
    ("Product_Number", "text"),
    ("Quantity", "number"),
    ("Unit_Price", "currency"),
    ("Line_Amount", "currency"),
)
_ROW = _object("Sales_Line__c", *((f"{name}__c", kind) for name, kind in _LINE), concept="order_line")
_LINES = (
    _object("SalesOrderLine", ("OrderNumber", "text"), *_LINE, concept="order_line"),
    _object("SalesInvoiceLine", ("InvoiceNumber", "text"), *_LINE, concept="invoice_line"),
)
_DEAL = _object(
    "Opportunity",
    ("Stage", "picklist"),
    ("Probability", "percent"),
    ("Next_Step", "text"),
    ("Competitor", "text"),
    ("Order_Number", "text"),
    ("Order_Date", "date"),
    ("Lost_Reason", "picklist"),
    ("Main_Contact", "text"),
)
_ORDERS = (
    _object("Order", ("OrderNumber", "text"), ("OrderDate", "date"), ("Warehouse", "text"), ("Seller", "text")),
    _object("OrderLine", ("OrderNumber", "text"), ("OrderDate", "date"), ("Shelf", "text"), ("Pallet", "text")),
    *(
        _object(name, (f"{name}Code", "text"), ("Text", "text"))
        for name in ("Vendor", "Ledger", "Machine", "Employee", "Tax")
    ),
)
_REST = tuple(_object(name, (f"{name}_Note", "text")) for name in ("Visit", "Survey", "Campaign"))


def _repeated(crm: ObjectProfile, erp: tuple[ObjectProfile, ...]) -> set[tuple[str, str]]:
    found = pair_up((crm,), matcher_of((crm, *_REST), erp))
    return {(match.crm_object, match.erp_object) for match in found.objects}


def _paired(crm: ObjectProfile, erp: tuple[ObjectProfile, ...]) -> set[tuple[str, str]]:
    found = pair_up((crm,), matcher_of((crm, *_REST), erp))
    return {(match.crm_field, f"{match.erp_object}.{match.erp_field}") for match in found.fields}


def test_an_order_line_repeats_no_invoice_line_though_all_their_fields_are_the_same() -> None:
    assert _repeated(_ROW, _LINES) == {("Sales_Line__c", "SalesOrderLine")}


def test_where_concepts_are_unknown_nothing_clashes() -> None:
    unknown = replace(_ROW, concept="")

    assert _repeated(unknown, _LINES) == {
        ("Sales_Line__c", "SalesOrderLine"),
        ("Sales_Line__c", "SalesInvoiceLine"),
    }


def test_a_field_strays_to_the_object_whose_name_it_says_best() -> None:
    assert _paired(_DEAL, _ORDERS) == {("Order_Number", "Order.OrderNumber"), ("Order_Date", "Order.OrderDate")}


def test_what_the_crm_counts_up_itself_repeats_nothing() -> None:
    fields = (replace(_ROW.fields[0], counted=True), *_ROW.fields[1:])
    counting = replace(_ROW, fields=fields)

    assert {crm for crm, _ in _paired(counting, _LINES)} == {"Quantity__c", "Unit_Price__c", "Line_Amount__c"}
