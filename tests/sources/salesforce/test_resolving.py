"""From a mention as written to the objects and fields that it means."""

from __future__ import annotations

import pytest

from auditor.model.catalogue import Field, Object, Relationship
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.grammars import resolve_mention
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import Grammar, Mention, Parsed, ReportTypeJoin
from auditor.sources.salesforce.resolving import calls_of, resolve_component
from auditor.sources.salesforce.tables import tables_of


def _lookup(owner: str, name: str, *targets: str, children: str | None = None) -> Field:
    return Field(owner, name, reference_to=targets, relationship=Relationship.LOOKUP, relationship_name=children)


def _object(name: str, *fields: Field | str) -> Object:
    made = (field if isinstance(field, Field) else Field(name, field) for field in fields)
    return Object(name, custom="__" in name, fields=tuple(made))


_OBJECTS = (
    _object("Account", "Region__c", "Rate__c"),
    _object("Activity", "Outcome__c"),
    _object("Contact", "%%%NAMESPACE%%%Level__c", "Level__c", "hed__Own__c"),
    _object(
        "Job__c",
        _lookup("Job__c", "Account__c", "Account", children="Jobs"),
        _lookup("Job__c", "Parent__c", "Job__c"),
        "Status__c",
        "Place__c",
    ),
    _object(
        "Hour__c",
        _lookup("Hour__c", "Job__c", "Job__c", children="Hours"),
        _lookup("Hour__c", "Person__c", "Contact", children="Hours"),
        "Status__c",
        "Worked__c",
    ),
    _object("___NAMESPACE___Job__c", "Extra__c"),
    _object("Setting__c", "Limit__c"),
    _object("Kind__mdt", "Code__c", _lookup("Kind__mdt", "Of__c", "EntityDefinition")),
    _object("Ping__e", "Body__c"),
    _object(
        "cpd__Pull__c",
        Field(
            "cpd__Pull__c",
            "cpd__Job__c",
            reference_to=("Job__c",),
            relationship=Relationship.LOOKUP,
            relationship_name="Pulls",
            namespace="cpd",
        ),
    ),
)
_MORE = (
    _object("Activity", _lookup("Activity", "Move__c", "Job__c")),
    _object("MedicationRequest", "Dose__c"),
    _object("pkg__Result__c", Field("pkg__Result__c", "pkg__Grade__c", namespace="pkg")),
)
_NAMES = Names(frozenset({"hed"}))
_PARTS = [
    Parsed(report_types=(ReportTypeJoin("Jobs_and_Hours", "Job__c", ("Hours__r",)),)),
    Parsed(components=(Component("flow", "Intake", "f.flow"),)),
]
_ASKING = Asking(tables_of(_PARTS, (*_OBJECTS, *_MORE), (), _NAMES), _NAMES)
_SCHEMA = _ASKING.schema

_SURE = Certainty.CERTAIN
_MAYBE = Certainty.POSSIBLE


def _resolved(
    path: str, owner: str | None, grammar: Grammar, kind: str = "layout", certainty: Certainty = _SURE
) -> tuple[list[tuple[str, Access, Certainty]], bool]:
    mention = Mention(kind, "C", owner, path, Access.SHOWS, 1, "", grammar, certainty)
    found = resolve_mention(_SCHEMA, mention)
    return [(hit.target, hit.access, hit.certainty) for hit in found.hits], found.complete


def _shown(*targets: str) -> list[tuple[str, Access, Certainty]]:
    """Hops that are read, then an end that is shown."""
    return [
        *((target, Access.READS, _SURE) for target in targets[:-1]),
        *((target, Access.SHOWS, _SURE) for target in targets[-1:]),
    ]


_FOUND = [
    pytest.param("Status__c", "Job__c", Grammar.PATH, ["Job__c.Status__c"], id="a bare field"),
    pytest.param("STATUS__C", "job__c", Grammar.PATH, ["Job__c.Status__c"], id="case does not matter"),
    pytest.param("", "Job__c", Grammar.PATH, ["Job__c"], id="an empty path is the object"),
    pytest.param(
        "Account__r.Region__c",
        "Job__c",
        Grammar.PATH,
        ["Job__c.Account__c", "Account.Region__c"],
        id="a path reads every hop",
    ),
    pytest.param(
        "Job__r.Parent__r.Account__r.Industry",
        "Hour__c",
        Grammar.PATH,
        ["Hour__c.Job__c", "Job__c.Parent__c", "Job__c.Account__c", "Account.Industry"],
        id="a deep path ends in a standard field",
    ),
    pytest.param(
        "Account.Owner:User.Department",
        "Contact",
        Grammar.PATH,
        ["Contact.AccountId", "Account.OwnerId", "User.Department"],
        id="standard hops, one of them narrowed",
    ),
    pytest.param("Job__c.Status__c", "Job__c", Grammar.PATH, ["Job__c.Status__c"], id="its own name in front"),
    pytest.param("Job__r", "Hour__c", Grammar.PATH, ["Hour__c.Job__c"], id="a relationship alone is its lookup"),
    pytest.param("Owner", "Job__c", Grammar.PATH, ["Job__c.OwnerId"], id="a standard lookup by its short name"),
    pytest.param("Extra__c", "Job__c", Grammar.PATH, ["___NAMESPACE___Job__c.Extra__c"], id="a field of a shadow"),
    pytest.param(
        "Status__c",
        "___NAMESPACE___Job__c",
        Grammar.PATH,
        ["Job__c.Status__c"],
        id="through a shadow to the real one",
    ),
    pytest.param(
        "%%%NAMESPACE%%%Status__c", "%%%NAMESPACE%%%Job__c", Grammar.PATH, ["Job__c.Status__c"], id="tokens"
    ),
    pytest.param("hed__Status__c", "hed__Job__c", Grammar.PATH, ["Job__c.Status__c"], id="its own namespace"),
    pytest.param("Own__c", "Contact", Grammar.PATH, ["Contact.hed__Own__c"], id="declared with its own namespace"),
    pytest.param("Place__Latitude__s", "Job__c", Grammar.PATH, ["Job__c.Place__c"], id="a part of a location"),
    pytest.param(
        "Outcome__c", "Task", Grammar.PATH, ["Activity.Outcome__c"], id="a task's field is an activity's"
    ),
    pytest.param("Outcome__c", "Event", Grammar.PATH, ["Activity.Outcome__c"], id="and so is an event's"),
    pytest.param(
        "Level__pc", "Account", Grammar.PATH, ["Contact.Level__c"], id="a person account's is a contact's"
    ),
    pytest.param("Account.Industry", None, Grammar.QUALIFIED, ["Account.Industry"], id="a standard field"),
    pytest.param(
        "Job__c.Account__c.Rate__c",
        None,
        Grammar.QUALIFIED,
        ["Job__c.Account__c", "Account.Rate__c"],
        id="a hop by the name of its field",
    ),
    pytest.param("Job__c", None, Grammar.QUALIFIED, ["Job__c"], id="an object alone"),
    pytest.param("Job__Share", None, Grammar.QUALIFIED, ["Job__c"], id="a share table is its object"),
    pytest.param("AccountHistory", None, Grammar.QUALIFIED, ["Account"], id="a standard history table too"),
    pytest.param(
        "Person__r.Level__c",
        "Hour__c",
        Grammar.QUALIFIED,
        ["Hour__c.Person__c", "Contact.Level__c"],
        id="no object in front, so from the own one",
    ),
    pytest.param(
        "Job__c.AccountId__c", None, Grammar.QUALIFIED, ["Job__c.Account__c"], id="the id behind a lookup"
    ),
    pytest.param(
        "Move__r.Status__c", "Task", Grammar.PATH, ["Activity.Move__c", "Job__c.Status__c"], id="a task's lookup"
    ),
    pytest.param("CreatedDate", "MedicationRequest", Grammar.PATH, ["MedicationRequest.CreatedDate"], id="of any"),
    pytest.param(
        "Grade__c",
        "Result__c",
        Grammar.PATH,
        ["pkg__Result__c.pkg__Grade__c"],
        id="a package's without its prefix",
    ),
    pytest.param(
        "Grade__c", "pkg__Result__c", Grammar.PATH, ["pkg__Result__c.pkg__Grade__c"], id="its field without it"
    ),
    pytest.param(
        "Level__c", "OpportunityContactRole", Grammar.PATH, ["Contact.Level__c"], id="a contact's, by its role"
    ),
    pytest.param("$User.Department", "Job__c", Grammar.QUALIFIED, ["User.Department"], id="a global record"),
    pytest.param("$Source.Status__c", "Job__c", Grammar.QUALIFIED, ["Job__c.Status__c"], id="the own record"),
    pytest.param("$Setup.Setting__c.Limit__c", None, Grammar.PATH, ["Setting__c.Limit__c"], id="a custom setting"),
    pytest.param(
        "$CustomMetadata.Kind__mdt.A.Code__c", None, Grammar.PATH, ["Kind__mdt.Code__c"], id="a metadata record"
    ),
    pytest.param("$Label.Hello", "Job__c", Grammar.PATH, [], id="a label is no field"),
    pytest.param("RelatedFileList", "Job__c", Grammar.RELATED_LIST, [], id="files of the platform are no fields"),
    pytest.param(
        "Of__r.QualifiedApiName",
        "Kind__mdt",
        Grammar.PATH,
        ["Kind__mdt.Of__c", "EntityDefinition.QualifiedApiName"],
        id="a standard object that a declared lookup leads to",
    ),
    pytest.param(
        "ContactPointEmail.IsPrimary",
        None,
        Grammar.QUALIFIED,
        ["ContactPointEmail.IsPrimary"],
        id="a standard object that our table lacks",
    ),
    pytest.param(
        "OpenActivities", "Job__c", Grammar.CHILDREN, ["Activity.WhatId"], id="the activities of a record"
    ),
    pytest.param("Body__c", "Ping__e", Grammar.PATH, ["Ping__e.Body__c"], id="a field of an event"),
    pytest.param("Hours__r", "Job__c", Grammar.CHILDREN, ["Hour__c.Job__c"], id="a child relationship"),
    pytest.param(
        "Hours__r.Worked__c",
        "Job__c",
        Grammar.CHILDREN,
        ["Hour__c.Job__c", "Hour__c.Worked__c"],
        id="a field of the children",
    ),
    pytest.param(
        "Jobs__r.Hours__r",
        "Account",
        Grammar.CHILDREN,
        ["Job__c.Account__c", "Hour__c.Job__c"],
        id="two levels down",
    ),
    pytest.param(
        "Contacts.Level__c",
        "Account",
        Grammar.CHILDREN,
        ["Contact.AccountId", "Contact.Level__c"],
        id="a standard child relationship",
    ),
    pytest.param("Hour__c.Job__c", "Job__c", Grammar.RELATED_LIST, ["Hour__c.Job__c"], id="a related list"),
    pytest.param(
        "cpd__Pulls__r", "Job__c", Grammar.RELATED_LIST, ["cpd__Pull__c.cpd__Job__c"], id="a managed related list"
    ),
    pytest.param(
        "RelatedContactList", "Account", Grammar.RELATED_LIST, ["Contact.AccountId"], id="a standard related list"
    ),
    pytest.param("NAME", "Job__c", Grammar.LIST, ["Job__c.Name"], id="an alias in a list"),
    pytest.param("Status__c", "Job__c", Grammar.LIST, ["Job__c.Status__c"], id="a custom field in a list"),
    pytest.param("ACCOUNT.PHONE1", "Account", Grammar.LIST, ["Account.Phone"], id="a prefixed alias in a list"),
    pytest.param(
        "Job__c.Hours__r$Worked__c",
        "Jobs_and_Hours__c",
        Grammar.REPORT,
        ["Hour__c.Job__c", "Hour__c.Worked__c"],
        id="a column of a custom report type",
    ),
    pytest.param(
        "Job__c.Hours__r$Person__c.Level__c",
        "Jobs_and_Hours__c",
        Grammar.REPORT,
        ["Hour__c.Job__c", "Hour__c.Person__c", "Contact.Level__c"],
        id="a column behind a lookup",
    ),
    pytest.param(
        "CUST_NAME",
        "CustomEntity$Job__c",
        Grammar.REPORT,
        ["Job__c.Name"],
        id="an alias of a standard report type",
    ),
    pytest.param(
        "Job__c.Status__c", "CustomEntity$Job__c", Grammar.REPORT, ["Job__c.Status__c"], id="a custom column"
    ),
    pytest.param("RowCount", "CustomEntity$Job__c", Grammar.REPORT, [], id="a computed column shows no field"),
]


@pytest.mark.parametrize(("path", "owner", "grammar", "targets"), _FOUND)
def test_a_mention_becomes_a_reference_for_each_hop(
    path: str, owner: str | None, grammar: Grammar, targets: list[str]
) -> None:
    assert _resolved(path, owner, grammar) == (_shown(*targets), True)


_SEVERAL = [
    pytest.param(
        "Status__c",
        None,
        [("Hour__c.Status__c", Access.SHOWS, _MAYBE), ("Job__c.Status__c", Access.SHOWS, _MAYBE)],
        id="a word that two objects have",
    ),
    pytest.param("Worked__c", None, [("Hour__c.Worked__c", Access.SHOWS, _SURE)], id="a word that one object has"),
    pytest.param(
        "Status__c", "Job__c", [("Job__c.Status__c", Access.SHOWS, _SURE)], id="the suspected object first"
    ),
    pytest.param(
        "row.Person__r.Level__c",
        None,
        [("Hour__c.Person__c", Access.READS, _SURE), ("Contact.Level__c", Access.SHOWS, _SURE)],
        id="a path from a variable",
    ),
    pytest.param("Account.Region__c", None, [("Account.Region__c", Access.SHOWS, _SURE)], id="an object in front"),
    pytest.param(
        "Job__c",
        None,
        [("Hour__c.Job__c", Access.SHOWS, _MAYBE), ("Job__c", Access.SHOWS, _MAYBE)],
        id="a field or an object",
    ),
]


@pytest.mark.parametrize(("path", "owner", "expected"), _SEVERAL)
def test_a_word_means_every_field_that_bears_it(
    path: str, owner: str | None, expected: list[tuple[str, Access, Certainty]]
) -> None:
    assert _resolved(path, owner, Grammar.WORD) == (expected, True)


def test_a_possible_word_is_never_made_certain() -> None:
    expected = [("Hour__c.Worked__c", Access.SHOWS, _MAYBE)]

    assert _resolved("Worked__c", None, Grammar.WORD, certainty=_MAYBE) == (expected, True)


def test_a_lookup_with_several_targets_makes_its_end_possible() -> None:
    expected = [
        ("Job__c.OwnerId", Access.READS, _SURE),
        ("User.Name", Access.SHOWS, _MAYBE),
        ("Group.Name", Access.SHOWS, _MAYBE),
    ]

    assert _resolved("Owner.Name", "Job__c", Grammar.PATH) == (expected, True)


def test_asking_for_the_describe_of_a_field_reads_no_value() -> None:
    expected = [("Job__c.Status__c", Access.LISTS, _SURE)]

    assert _resolved("$ObjectType.Job__c.Fields.Status__c.Label", None, Grammar.PATH) == (expected, True)


_UNKNOWN = [
    pytest.param("Gone__c", None, Grammar.WORD, [], id="a word that no object has"),
    pytest.param("Gone__r.Name", "Job__c", Grammar.PATH, [], id="a hop that nobody declares"),
    pytest.param(
        "Account__r.Gone__r.Name", "Job__c", Grammar.PATH, ["Job__c.Account__c"], id="its known hop still counts"
    ),
    pytest.param("SOME_ALIAS", "Job__c", Grammar.LIST, [], id="an alias that is not known"),
]


@pytest.mark.parametrize(("path", "owner", "grammar", "hops"), _UNKNOWN)
def test_what_names_nothing_known_is_unresolved(
    path: str, owner: str | None, grammar: Grammar, hops: list[str]
) -> None:
    assert _resolved(path, owner, grammar) == ([(hop, Access.READS, _SURE) for hop in hops], False)


@pytest.mark.parametrize(
    ("path", "owner", "target"),
    [
        pytest.param(
            "NewStandardField", "Account", "Account.NewStandardField", id="a standard field we do not know"
        ),
        pytest.param("Clicked__c", "Job__c", "Job__c.Clicked__c", id="a custom field made in the org"),
        pytest.param("npsp__Level__c", "Contact", "Contact.npsp__Level__c", id="a managed field"),
        pytest.param("npe__Gift__c.Sum__c", None, "npe__Gift__c.Sum__c", id="of an unknown object"),
    ],
)
def test_only_what_the_platform_checked_may_name_a_field_that_the_tree_lacks(
    path: str, owner: str | None, target: str
) -> None:
    grammar = Grammar.PATH if owner else Grammar.QUALIFIED

    assert _resolved(path, owner, grammar, "layout") == ([(target, Access.SHOWS, _SURE)], True)
    assert _resolved(path, owner, grammar, "apex_class") == ([], False)


def test_a_component_belongs_to_the_object_as_it_is_declared() -> None:
    component = Component("layout", "L", "l.layout", object="hed__JOB__c")

    assert resolve_component(_ASKING, component) == Component("layout", "L", "l.layout", object="Job__c")


@pytest.mark.parametrize(
    ("callee", "expected"),
    [
        pytest.param("hed__Intake", "Intake", id="by the project's own namespace"),
        pytest.param("Intake", "Intake", id="by its plain name"),
        pytest.param("hed__Gone", "hed__Gone", id="what nobody declares keeps its name"),
        pytest.param("pkg__Intake", "pkg__Intake", id="another package's is another one"),
    ],
)
def test_a_call_names_its_callee_as_it_is_declared(callee: str, expected: str) -> None:
    call = Call("flow", "Start", "flow", callee, _SURE, "s.flow", 3)

    found = tuple(calls_of(_ASKING, Parsed(calls=(call,))))

    assert found == (Call("flow", "Start", "flow", expected, _SURE, "s.flow", 3),)
