"""One field against several: of the ERP that two repeat, of the CRM that holds what several of the ERP do."""

from __future__ import annotations

from auditor.matching.profiles import FieldProfile, ObjectProfile
from auditor.matching.systems import SystemProfile, match_systems
from auditor.model.matches import Match


def _object(name: str, *fields: str) -> ObjectProfile:
    return ObjectProfile(name, fields=tuple(FieldProfile(each, position=at) for at, each in enumerate(fields)))


_CONTACT = ("Full_Name__c", "Email__c", "Phone__c", "Mobile__c")
_ACCOUNT = ("Name__c", "Customer_Number__c", "Delivery_Address__c", "VAT_Number__c", "Credit_Limit__c")
_PERSON = _object("kontakt", "fornamn", "efternamn", "epost", "telefon", "mobil")
_CUSTOMER = _object(
    "kund", "kundnr", "namn", "leveransgata", "leveransort", "leveranspostnr", "vatnr", "kreditgrans"
)


def _matched(contact: tuple[str, ...], account: tuple[str, ...], *erp: ObjectProfile) -> tuple[Match, ...]:
    crm = (_object("Contact", *contact), _object("Account", *account), _object("Visit__c", "Purpose__c"))
    stock = _object("lager", "lagernr")
    return match_systems((SystemProfile("crm", crm),), (SystemProfile("erp", (*erp, stock)),)).fields


def _of(found: tuple[Match, ...], field: str) -> set[str]:
    return {match.erp_field for match in found if match.crm_field == field}


def test_a_name_and_an_address_hold_their_parts_together() -> None:
    found = _matched(_CONTACT, _ACCOUNT, _PERSON, _CUSTOMER)

    assert _of(found, "Full_Name__c") == {"fornamn", "efternamn"}
    assert _of(found, "Delivery_Address__c") == {"leveransgata", "leveransort", "leveranspostnr"}
    assert {match.because for match in found if match.crm_field == "Full_Name__c"} == {
        ("it is a part of what the CRM field holds as a whole",)
    }


def test_parts_that_the_crm_has_one_by_one_are_no_whole() -> None:
    found = _matched(("First_Name__c", "Last_Name__c", *_CONTACT), _ACCOUNT, _PERSON, _CUSTOMER)

    assert _of(found, "First_Name__c") == {"fornamn"}
    assert _of(found, "Last_Name__c") == {"efternamn"}
    assert "fornamn" not in _of(found, "Full_Name__c")


def test_the_address_of_another_role_holds_other_parts() -> None:
    account = tuple("Billing_Address__c" if each == "Delivery_Address__c" else each for each in _ACCOUNT)

    assert not _of(_matched(_CONTACT, account, _PERSON, _CUSTOMER), "Billing_Address__c") & {
        "leveransort",
        "leveranspostnr",
    }


def test_a_second_field_that_repeats_the_same_one_is_told_beside_the_first() -> None:
    found = _matched((*_CONTACT, "ERP_Email__c"), _ACCOUNT, _PERSON, _CUSTOMER)

    assert _of(found, "Email__c") == _of(found, "ERP_Email__c") == {"epost"}
    assert [match.because for match in found if match.crm_field == "ERP_Email__c"] == [
        ("another field of the CRM object repeats the same one",)
    ]


def test_a_field_with_more_to_say_is_not_beside_it() -> None:
    found = _matched((*_CONTACT, "Newsletter_Email_Consent__c"), _ACCOUNT, _PERSON, _CUSTOMER)

    assert _of(found, "Newsletter_Email_Consent__c") == set()
