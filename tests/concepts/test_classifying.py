from __future__ import annotations

import pytest

from auditor.concepts.classifying import NOTHING, Classifier, load_classifier
from auditor.concepts.natures import NATURE_OF
from auditor.concepts.profile import FieldProfile, Profile


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return load_classifier()


def _profile(name: str, fields: str = "", role: str = "crm", label: str = "", description: str = "") -> Profile:
    return Profile(name, label, description, tuple(FieldProfile(each) for each in fields.split()), role)


@pytest.mark.parametrize(
    ("profile", "concept"),
    [
        pytest.param(_profile("Order_Line__c"), "order_line", id="an English name"),
        pytest.param(_profile("Orderrad"), "order_line", id="a Swedish compound"),
        pytest.param(_profile("Auftragsposition"), "order_line", id="a German compound with a linking letter"),
        pytest.param(_profile("Lagerbeholdning"), "stock", id="a Danish compound"),
        pytest.param(_profile("Verkoopfactuurregel"), "invoice_line", id="a Dutch compound"),
        pytest.param(_profile("Myyntitilausrivi"), "order_line", id="a Finnish compound"),
        pytest.param(_profile("Lignes de commande"), "order_line", id="French puts the head first"),
        pytest.param(_profile("Pozycja zamówienia"), "order_line", id="Polish puts the head first"),
        pytest.param(_profile("Orden de fabricación"), "production_order", id="a Spanish phrase"),
        pytest.param(_profile("Produkt på salgsmulighet"), "opportunity_line", id="a preposition ends the head"),
        pytest.param(_profile("VBAP", role="erp"), "order_line", id="a table of SAP"),
        pytest.param(_profile("OOHEAD", role="erp"), "order", id="a table of M3"),
        pytest.param(_profile("Sales Invoice Header", role="erp"), "invoice", id="a header is the document"),
        pytest.param(_profile("Order_Settings__c"), "configuration", id="settings about orders"),
        pytest.param(_profile("Invoice_Import_Log__c"), "configuration", id="a log about invoices"),
        pytest.param(_profile("Price_List_Translation__c"), "price", id="a part of a master record"),
        pytest.param(_profile("Customer_Category__c"), "reference_data", id="a list of values about customers"),
        pytest.param(_profile("Purchase Order Line"), "purchase_order_line", id="the other direction"),
        pytest.param(_profile("Item Ledger Entry", role="erp"), "stock_movement", id="a movement, not a balance"),
        pytest.param(_profile("Konto"), "customer_account", id="an account in a CRM"),
        pytest.param(
            _profile("Thing__c", "Order__c Product__c Quantity__c Unit_Price__c Delivered_Quantity__c"),
            "order_line",
            id="fields alone, whatever it is called",
        ),
        pytest.param(
            _profile("Deal_Item__c", "SAP_Order_No__c Material__c Ordered_Qty__c Delivered_Qty__c Net_Price__c"),
            "order_line",
            id="fields outweigh a name that says deal",
        ),
        pytest.param(
            _profile("Order_Feedback__c", "Account__c Contact__c Survey_Date__c NPS_Score__c Comment__c"),
            "activity",
            id="feedback on an order is no order",
        ),
        pytest.param(
            _profile("Info_Box__c", "Customer_No__c Posting_Date__c Document_No__c Remaining_Amount__c"),
            "ledger_entry",
            id="a name that says nothing",
        ),
        pytest.param(
            _profile("Link__c", "Account__c Contact__c Role__c"), "relationship", id="two links and little more"
        ),
    ],
)
def test_an_object_is_what_name_and_fields_say(classifier: Classifier, profile: Profile, concept: str) -> None:
    found = classifier.classify(profile)

    assert (found.concept, found.nature) == (concept, NATURE_OF[concept])


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param(_profile("Xyzzy__c"), id="a name that means nothing"),
        pytest.param(_profile("Q7"), id="a code"),
        pytest.param(_profile(""), id="no name at all"),
        pytest.param(_profile("Xyzzy__c", "Foo__c Bar__c"), id="fields that mean nothing either"),
    ],
)
def test_without_a_signal_nothing_is_said(classifier: Classifier, profile: Profile) -> None:
    assert classifier.classify(profile) == NOTHING


def test_the_answer_tells_its_reasons_in_words(classifier: Classifier) -> None:
    fields = (
        FieldProfile("Paket__c", type="MasterDetail", targets=("Deal_Package__c",)),
        FieldProfile("Vad__c", type="Lookup", targets=("Product2",)),
        FieldProfile("Hur_Manga__c", type="Number"),
        FieldProfile("A_Pris__c", type="Currency"),
    )
    parent = _profile("Deal_Package__c", "Kund__c Datum__c Valuta__c")
    profile = Profile("Deal_Position__c", "Affärspost", "", fields, "crm", parents=(parent,))

    found = classifier.classify(profile)

    assert (found.concept, found.certain, found.reasons) == (
        "order_line",
        True,
        (
            "its fields hold price, product",
            "together they show a product with a quantity, a parent with a customer and a date",
        ),
    )


def test_a_nameless_document_is_known_by_the_lines_below_it(classifier: Classifier) -> None:
    line = _profile("Deal_Position__c", "Product__c Quantity__c Price__c")
    fields = tuple(FieldProfile(each) for each in ("Customer__c", "Date__c", "Currency__c", "Delivery_Week__c"))
    found = classifier.classify(Profile("Deal_Package__c", "", "", fields, "crm", children=(line,)))

    assert (found.concept, found.nature) == ("order", "transaction")


def test_the_shares_of_all_concepts_sum_up_to_one(classifier: Classifier) -> None:
    found = classifier.classify(_profile("Sales Document", "Customer Date Amount", "erp"))

    assert found.confidence >= found.alternatives[0][1] >= found.alternatives[1][1]
    assert found.confidence + sum(share for _, share in found.alternatives) <= 1.0


def test_what_is_known_of_each_concept_uses_words_of_the_lexicon_only(classifier: Classifier) -> None:
    terms = {each.term for found in classifier.reader.lexicon.meanings.values() for each in found}
    used = {
        term
        for concept in classifier.knowledge.concepts
        for pattern in (*concept.names, *concept.fields)
        for term in pattern
        if not term.startswith("~")
    }

    assert used - terms == set()
