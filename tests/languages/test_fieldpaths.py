from __future__ import annotations

import pytest

from auditor.languages.fieldpaths import (
    Name,
    field_of_relationship,
    has_placeholder,
    is_custom,
    join_path,
    person_account_field,
    relationship_of_field,
    split_name,
    split_path,
    to_18,
    without_placeholders,
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("Name", ("Name",), id="a bare field is one part"),
        pytest.param("Account.Owner.Name", ("Account", "Owner", "Name"), id="every hop is a part"),
        pytest.param(" Account . Name ", ("Account", "Name"), id="blanks around dots mean nothing"),
        pytest.param("", (), id="nothing has no parts"),
    ],
)
def test_paths_are_split_at_dots(path: str, expected: tuple[str, ...]) -> None:
    assert expected == split_path(path)
    assert ".".join(expected) == join_path(expected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Name", Name("", "Name", ""), id="a standard name has neither namespace nor suffix"),
        pytest.param("Batch__c", Name("", "Batch", "__c"), id="a custom name has a suffix"),
        pytest.param("npsp__Batch__c", Name("npsp", "Batch", "__c"), id="a packaged name has a namespace"),
        pytest.param("Batch__r", Name("", "Batch", "__r"), id="a relationship has its own suffix"),
        pytest.param("X__mdt", Name("", "X", "__mdt"), id="a metadata type has its own suffix"),
        pytest.param("X__pc", Name("", "X", "__pc"), id="a person account field has its own suffix"),
        pytest.param(
            "npe03__X__History", Name("npe03", "X", "__History"), id="a history table keeps its namespace"
        ),
        pytest.param("Geo__Latitude__s", Name("Geo", "Latitude", "__s"), id="a part of a location looks packaged"),
        pytest.param("__c", Name("", "", "__c"), id="a suffix alone has no base"),
    ],
)
def test_names_are_taken_apart(name: str, expected: Name) -> None:
    assert expected == split_name(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Region__c", True, id="a custom field is custom"),
        pytest.param("Name", False, id="a standard field is not"),
        pytest.param("Rel__r", True, id="a custom relationship is custom"),
        pytest.param("Change__e", True, id="an event is custom"),
    ],
)
def test_custom_names_are_known_by_their_suffix(name: str, expected: bool) -> None:
    assert expected == is_custom(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("%%%NAMESPACE%%%Hours__c", "Hours__c", id="the token of package metadata goes"),
        pytest.param("___NAMESPACE___Facility__c", "Facility__c", id="the token of file names goes"),
        pytest.param("%%%NAMESPACED_ORG%%%X__c", "X__c", id="the token of namespaced orgs goes"),
        pytest.param("%%%NAMESPACED_ORG_OR_C%%%:cmp", ":cmp", id="the token of components goes"),
        pytest.param("%%%NAMESPACE%%%A__c.%%%NAMESPACE%%%B__c", "A__c.B__c", id="every token goes"),
        pytest.param("Plain__c", "Plain__c", id="a plain name stays"),
    ],
)
def test_placeholders_of_packaging_tools_are_dropped(text: str, expected: str) -> None:
    assert expected == without_placeholders(text)
    assert (text != expected) == has_placeholder(text)


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        pytest.param("Vehicle__r", ("Vehicle__c",), id="a custom relationship reads its field"),
        pytest.param("Vehicle__pr", ("Vehicle__pc",), id="one of a person account too"),
        pytest.param("Owner", ("OwnerId", "Owner"), id="a standard one reads the field with Id"),
        pytest.param("CreatedBy", ("CreatedById", "CreatedBy"), id="so does the creator"),
        pytest.param("AccountId", ("AccountId",), id="a field's own name stays"),
        pytest.param("Contact__c", ("Contact__c",), id="a custom field's own name stays"),
    ],
)
def test_relationships_name_the_fields_they_read(relationship: str, expected: tuple[str, ...]) -> None:
    assert expected == field_of_relationship(relationship)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param("Vehicle__c", "Vehicle__r", id="a custom field opens its relationship"),
        pytest.param("OwnerId", "Owner", id="a standard one loses Id"),
        pytest.param("Account", "Account", id="a relationship's name stays"),
        pytest.param("Id", "Id", id="the key opens nothing"),
    ],
)
def test_fields_name_the_relationships_they_open(field: str, expected: str) -> None:
    assert expected == relationship_of_field(field)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param("Score__pc", "Score__c", id="a custom field of the contact"),
        pytest.param("PersonEmail", "Email", id="a standard field of the contact"),
        pytest.param("Personality", "", id="a word that only begins alike"),
        pytest.param("Score__c", "", id="a field of the account itself"),
    ],
)
def test_person_accounts_show_fields_of_the_contact(field: str, expected: str) -> None:
    assert expected == person_account_field(field)


@pytest.mark.parametrize(
    ("record_id", "expected"),
    [
        # Hand-checked: 001D0 -> D at place 3 -> 8 -> I; 00000 -> A; IRt53 -> I, R capitals -> 3 -> D.
        pytest.param("001D000000IRt53", "001D000000IRt53IAD", id="the vendor's own example"),
        pytest.param("001D000000IRt53IAD", "001D000000IRt53IAD", id="a long id stays"),
    ],
)
def test_record_ids_get_their_long_form(record_id: str, expected: str) -> None:
    assert expected == to_18(record_id)


def test_what_is_no_record_id_is_refused() -> None:
    with pytest.raises(ValueError, match="15 or 18"):
        to_18("short")
