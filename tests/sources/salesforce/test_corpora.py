"""Real inputs: exactly the objects and fields of counts made elsewhere, and mentions counted another way."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from auditor.formats.trees import Tree, open_tree
from auditor.model.catalogue import Catalog, Role
from auditor.model.references import Certainty
from auditor.sources.salesforce.dispatch import has_reader, read_file
from auditor.sources.salesforce.paths import metadata_file
from auditor.sources.salesforce.source import read_salesforce

_PLACES = {
    "sf-ebikes": "sf-ebikes",
    "sf-eda": "sf-eda/sf-eda.tar.gz",
    "sf-electron-motors": "sf-electron-motors",
    "sf-volunteers-mdapi": "sf-volunteers-mdapi",
}
_CORPORA = pytest.mark.parametrize("corpus", sorted(_PLACES))


@cache
def _tree(corpora: Path, corpus: str) -> Tree:
    return open_tree(str(corpora / _PLACES[corpus]))


@cache
def _catalog(corpora: Path, corpus: str) -> Catalog:
    return read_salesforce(_tree(corpora, corpus), "crm", Role.CRM)


@_CORPORA
def test_objects_and_custom_fields_are_exactly_those_counted_elsewhere(corpus: str, corpora: Path) -> None:
    counts = json.loads((corpora / "counts.json").read_text("utf-8"))[corpus]
    found = _catalog(corpora, corpus).objects

    custom = {item.name: sum(1 for field in item.fields if field.custom) for item in found}
    assert {name: count for name, count in custom.items() if count} == counts["custom_fields_per_object"]
    assert len(found) == counts["objects_any_form"]
    assert sum(1 for item in found for field in item.fields if not field.custom) == counts["standard_field_files"]


@_CORPORA
def test_field_types_are_exactly_those_counted_elsewhere(corpus: str, corpora: Path) -> None:
    counts = json.loads((corpora / "counts.json").read_text("utf-8"))[corpus]
    files = [metadata_file(path) for path in _tree(corpora, corpus).paths()]
    fields = [
        field
        for file in files
        if file.suffix in ("object", "field")
        for field in read_file(file, _tree(corpora, corpus).read(file.path)).fields
    ]

    distinct = {(field.object, field.name): field.type for field in fields}
    found = Counter(kind for kind in distinct.values() if kind)
    # A type that is stated twice for one field is counted once for each file there, and once here.
    assert set(found) == set(counts["custom_field_types"])
    assert all(found[kind] <= count for kind, count in counts["custom_field_types"].items())


@_CORPORA
def test_only_fields_of_managed_packages_are_named_without_being_declared(corpus: str, corpora: Path) -> None:
    catalog = _catalog(corpora, corpus)
    declared = {f"{field.object}.{field.name}" for item in catalog.objects for field in item.fields}
    custom = {item.target for item in catalog.references if item.target.endswith("__c") and "." in item.target}

    # None of these trees was cut out of a larger one: whatever bears no package's namespace is in it.
    assert {target for target in custom - declared if target.count("__") < 2} == set()


@_CORPORA
def test_reading_twice_gives_the_same(corpus: str, corpora: Path) -> None:
    assert read_salesforce(_tree(corpora, corpus), "crm", Role.CRM) == _catalog(corpora, corpus)


# Element path below a field, record type or search layout → component kind and part of the mentions it becomes.
_FIELD_ELEMENTS = {
    "summarizedField": ("field", "rollup"),
    "summaryForeignKey": ("field", "key"),
    "referenceTargetField": ("field", "key"),
    "summaryFilterItems/field": ("field", "filter"),
    "summaryFilterItems/valueField": ("field", "filter"),
    "lookupFilter/filterItems/field": ("field", "lookup_filter"),
    "lookupFilter/filterItems/valueField": ("field", "lookup_filter"),
    "valueSet/controllingField": ("field", "controlling_field"),
    "picklist/controllingField": ("field", "controlling_field"),
    "metadataRelationshipControllingField": ("field", "controlling_field"),
}
_SEARCH = (
    "customTabListAdditionalFields",
    "lookupDialogsAdditionalFields",
    "lookupFilterFields",
    "lookupPhoneDialogsAdditionalFields",
    "searchFilterFields",
    "searchResultsAdditionalFields",
)
_OBJECT_ELEMENTS = {
    **{f"fields/{path}": place for path, place in _FIELD_ELEMENTS.items()},
    **{f"searchLayouts/{tag}": ("search_layout", "search_layout") for tag in _SEARCH},
    "recordTypes/picklistValues/picklist": ("record_type", "picklist"),
}
_ELEMENTS = {
    "object": _OBJECT_ELEMENTS,
    "field": _FIELD_ELEMENTS,
    "recordType": {"picklistValues/picklist": ("record_type", "picklist")},
}
_NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}"


@_CORPORA
def test_mentions_of_objects_and_fields_equal_a_count_by_element(corpus: str, corpora: Path) -> None:
    tree = _tree(corpora, corpus)
    expected: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for file in map(metadata_file, tree.paths()):
        for path, place in _ELEMENTS.get(file.suffix, {}).items():
            root = ElementTree.fromstring(tree.read(file.path))
            steps = "/".join(_NAMESPACE + step for step in path.split("/"))
            expected[place] += sum(1 for node in root.iterfind(steps) if (node.text or "").strip())
        if file.suffix in _ELEMENTS:
            parsed = read_file(file, tree.read(file.path))
            found.update((item.component_kind, item.part) for item in parsed.mentions)

    places = {place for elements in _ELEMENTS.values() for place in elements.values()}
    assert {place: found[place] for place in places} == {place: expected[place] for place in places}


@_CORPORA
def test_every_file_is_read_or_is_of_a_kind_that_is_known_not_to_matter_or_is_said(
    corpus: str, corpora: Path
) -> None:
    tree = _tree(corpora, corpus)
    read = {path for path in tree.paths() if has_reader(metadata_file(path))}
    broken = [
        line for line in _catalog(corpora, corpus).skipped if line.path in read and "defined" not in line.reason
    ]

    assert broken == []


# Formulas read by hand: each hop and each end, everything certain.
_FORMULAS = [
    pytest.param(
        "sf-volunteers-mdapi",
        "Volunteer_Shift__c.Job_Location_City__c",
        {"Volunteer_Shift__c.Volunteer_Job__c", "Volunteer_Job__c.Location_City__c"},
        id="a field of the parent",
    ),
    pytest.param(
        "sf-volunteers-mdapi",
        "Volunteer_Shift__c.Number_of_Volunteers_Still_Needed__c",
        {"Volunteer_Shift__c.Desired_Number_of_Volunteers__c", "Volunteer_Shift__c.Total_Volunteers__c"},
        id="functions in lower and upper case",
    ),
    pytest.param(
        "sf-volunteers-mdapi",
        "Volunteer_Hours__c.Full_Name__c",
        {"Volunteer_Hours__c.Contact__c", "Contact.LastName", "Contact.FirstName"},
        id="standard fields of a contact",
    ),
    pytest.param(
        "sf-volunteers-mdapi",
        "Volunteer_Hours__c.Total_Hours_Worked__c",
        {
            "Volunteer_Hours__c.Status__c",
            "Volunteer_Hours__c.Hours_Worked__c",
            "Volunteer_Hours__c.Number_of_Volunteers__c",
        },
        id="a picklist test and null",
    ),
    pytest.param(
        "sf-volunteers-mdapi",
        "Volunteer_Hours__c.Volunteer_Campaign_Name__c",
        {"Volunteer_Hours__c.Volunteer_Job__c", "Volunteer_Job__c.Campaign__c", "Campaign.Name"},
        id="two hops to a standard field",
    ),
    pytest.param(
        "sf-volunteers-mdapi",
        "Volunteer_Hours__c.Volunteer_Campaign__c",
        {"Volunteer_Hours__c.Volunteer_Job__c", "Volunteer_Job__c.Campaign__c"},
        id="a path that ends at a lookup",
    ),
    pytest.param(
        "sf-eda",
        "Attendance_Event__c.Course_Name__c",
        {
            "Attendance_Event__c.Course_Connection__c",
            "Course_Enrollment__c.Course_Offering__c",
            "Course_Offering__c.Course__c",
            "Course__c.Name",
        },
        id="three hops",
    ),
    pytest.param(
        "sf-eda", "Attribute__c.Expired__c", {"Attribute__c.End_Date__c"}, id="a date compared with today"
    ),
    pytest.param(
        "sf-eda",
        "Behavior_Response__c.Contact__c",
        {
            "Behavior_Response__c.Behavior_Involvement__c",
            "Behavior_Involvement__c.Contact__c",
            "Contact.FirstName",
            "Contact.LastName",
        },
        id="a link built of several paths",
    ),
    pytest.param(
        "sf-eda",
        "Relationship__c.Relationship_Explanation__c",
        {
            "Relationship__c.RelatedContact__c",
            "Relationship__c.Contact__c",
            "Relationship__c.Type__c",
            "Contact.Salutation",
            "Contact.FirstName",
            "Contact.LastName",
        },
        id="a label between fields is no field",
    ),
    pytest.param(
        "sf-eda",
        "Affiliation__c.Affiliation_Type__c",
        {"Affiliation__c.Account__c", "Account.RecordTypeId", "RecordType.Name"},
        id="the name of a record type",
    ),
    pytest.param(
        "sf-eda",
        "Test_Score__c.Test_Type__c",
        {"Test_Score__c.Test__c", "Test__c.Test_Type__c"},
        id="a field of the same name on the parent",
    ),
    pytest.param(
        "sf-eda",
        "Address__c.Formula_MailingAddress__c",
        {
            "Address__c.MailingStreet__c",
            "Address__c.MailingStreet2__c",
            "Address__c.MailingCity__c",
            "Address__c.MailingState__c",
            "Address__c.MailingPostalCode__c",
            "Address__c.MailingCountry__c",
        },
        id="custom fields with the names of standard ones",
    ),
    pytest.param(
        "sf-eda",
        "___NAMESPACE___Facility__c.Display_Name__c",
        {"Facility__c.Parent_Facility__c", "Facility__c.Account__c", "Facility__c.Name", "Account.Name"},
        id="tokens of a packaging tool in the names",
    ),
    pytest.param(
        "sf-electron-motors",
        "Vehicle__c.Contact_Name__c",
        {"Vehicle__c.Owner__c", "Contact.FirstName", "Contact.LastName"},
        id="a custom lookup named as a standard one",
    ),
]


@pytest.mark.parametrize(("corpus", "field", "expected"), _FORMULAS)
def test_formulas_read_what_a_person_reads_in_them(
    corpus: str, field: str, expected: set[str], corpora: Path
) -> None:
    found = [
        item
        for item in _catalog(corpora, corpus).references
        if (item.component_kind, item.component) == ("field", field)
    ]

    assert {item.target for item in found} == expected
    assert {item.certainty for item in found} == {Certainty.CERTAIN}
