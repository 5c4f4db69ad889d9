"""CRM against ERP: two small schemas, every answer whole."""

from __future__ import annotations

from auditor.matching.matcher import matcher_of
from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.wording import load_wording


def _object(name: str, label: str, *fields: tuple[str, str, str]) -> ObjectProfile:
    return ObjectProfile(
        name,
        label,
        fields=tuple(
            FieldProfile(field, field_label, type=kind, position=position)
            for position, (field, field_label, kind) in enumerate(fields)
        ),
    )


_CRM = (
    _object(
        "Order_Row__c",
        "Order Row",
        ("Qty__c", "Quantity", "Number"),
        ("Unit_Price__c", "Unit Price", "Currency"),
        ("Ship_City__c", "Shipping City", "Text"),
        ("Bill_City__c", "Billing City", "Text"),
        ("Mood__c", "Mood", "Text"),
    ),
    _object("Visit__c", "Visit", ("Purpose__c", "Purpose", "Text"), ("Next_Step__c", "Next Step", "Text")),
)
_ERP = (
    _object(
        "SalesOrderLine",
        "Sales order lines",
        ("OrderedQuantity", "", "string"),
        ("SalesPrice", "", "string"),
        ("DeliveryAddressCity", "", "string"),
        ("InvoiceAddressCity", "", "string"),
        ("LedgerVoucher", "", "string"),
    ),
    _object("PurchaseOrderLine", "Purchase order lines", ("OrderedQuantity", "", "string")),
    _object("TaxAuthority", "Tax authorities", ("AuthorityName", "", "string")),
)


def test_partners_are_found_by_meaning_and_by_the_role_of_their_block() -> None:
    matches = matcher_of(_CRM, _ERP).fields("Order_Row__c", "SalesOrderLine")
    partners = {match.crm_field: match.erp_field for match in matches if match.partner and match.score > 0.2}

    assert partners == {
        "Qty__c": "OrderedQuantity",
        "Unit_Price__c": "SalesPrice",
        "Ship_City__c": "DeliveryAddressCity",
        "Bill_City__c": "InvoiceAddressCity",
    }


def test_objects_are_ranked_best_first() -> None:
    ranked = matcher_of(_CRM, _ERP).objects("Order_Row__c")

    assert [match.erp_object for match in ranked][:2] == ["SalesOrderLine", "PurchaseOrderLine"]
    assert ranked[0].score > 2 * ranked[1].score


def test_what_is_not_in_the_schemas_has_no_match() -> None:
    matcher = matcher_of(_CRM, _ERP)

    assert matcher.objects("Nothing") == []
    assert matcher.fields("Order_Row__c", "Nothing") == []


def test_empty_schemas_have_no_match() -> None:
    assert matcher_of((), ()).objects("Order_Row__c") == []


def test_matching_twice_says_the_same() -> None:
    assert matcher_of(_CRM, _ERP).fields("Visit__c", "TaxAuthority") == matcher_of(_CRM, _ERP).fields(
        "Visit__c", "TaxAuthority"
    )


def test_a_number_written_short_is_read_as_the_whole_word() -> None:
    wording = load_wording()

    assert wording.terms(("kolli", "nr")) == wording.terms(("kollinummer",)) == ("tracking", "number")
