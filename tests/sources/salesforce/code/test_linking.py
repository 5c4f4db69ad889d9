from __future__ import annotations

import pytest

from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.code.registry import TEXT_READERS
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import MetadataFile, Parsed
from auditor.sources.salesforce.resolving import mentions_of
from auditor.sources.salesforce.tables import tables_of

_BUILDER = """
public virtual class Builder extends Base {
    public Event__e event { get; set; }
    public List<Case> cases;
    public Row row;
    public Event__e getEvent() { return null; }
    public Map<Id, List<Case>> byId() { return null; }
    public Builder self() { return this; }
    public static Settings__c settings;
    public Contact getSigner() { return null; }
    public Task getTask(Integer n) { return null; }
    public Lead getTask(String s) { return null; }
    public class Row { public Lead lead; }
}
"""
_BASE = "public virtual class Base { protected Contact person; protected Contact load() { return null; } }"


def _read(path: str, text: str) -> Parsed:
    name, _, suffix = path.rpartition(".")
    return TEXT_READERS[suffix](MetadataFile(path, suffix, name), text.encode())


def _linked(path: str, text: str) -> tuple[tuple[str | None, str, str], ...]:
    files = [_read("Builder.cls", _BUILDER), _read("Base.cls", _BASE), _read(path, text)]
    asking = Asking(tables_of(files, (), (), Names()), Names())
    found = mentions_of(asking, files[-1])
    return tuple((item.object, item.path, item.grammar.value) for item in found if item.path)


APEX = {
    "a method of a variable": ("void m(Builder b) { b.getEvent().F__c = 1; }", ("Event__e", "F__c", "path")),
    "a property of a new one": ("String s = new Builder().event.F__c;", ("Event__e", "F__c", "path")),
    "a static member": ("String s = Builder.settings.F__c;", ("Settings__c", "F__c", "path")),
    "a method that gives the same class": (
        "void m(Builder b) { b.self().self().getEvent().Rel__r.F__c = 1; }",
        ("Event__e", "Rel__r.F__c", "path"),
    ),
    "an element of a list": ("void m(Builder b) { b.cases[0].F__c = 1; }", ("Case", "F__c", "path")),
    "an element of a list in a map": (
        "void m(Builder b) { b.byId().get(x).get(0).F__c = 1; }",
        ("Case", "F__c", "path"),
    ),
    "a member of an inner class": ("void m(Builder b) { b.row.lead.F__c = 1; }", ("Lead", "F__c", "path")),
    "an inner class by its full name": (
        "void m(Builder.Row r) { r.lead.F__c = 1; }",
        ("Lead", "F__c", "path"),
    ),
    "a member of the base of the other class": (
        "void m(Builder b) { b.person.F__c = 1; }",
        ("Contact", "F__c", "path"),
    ),
    "names are compared without regard to case": (
        "void m(BUILDER b) { B.GETEVENT().F__c = 1; }",
        ("Event__e", "F__c", "path"),
    ),
    "a standard field": ("void m(Builder b) { b.getEvent().Name = 'x'; }", ("Event__e", "Name", "path")),
    "a standard field over a lookup": (
        "void m(Builder b) { s = b.person.Account.Name.trim(); }",
        ("Contact", "Account.Name", "path"),
    ),
    "a class that was not read": ("void m(Stranger s) { s.record.F__c = 1; }", (None, "F__c", "word")),
    "a member that nobody declares": ("void m(Builder b) { b.other.F__c = 1; }", (None, "F__c", "word")),
    "methods of one name that give different types": (
        "void m(Builder b) { b.getTask('x').F__c = 1; }",
        (None, "F__c", "word"),
    ),
}


@pytest.mark.parametrize(("body", "expected"), APEX.values(), ids=APEX.keys())
def test_another_class_tells_the_object(body: str, expected: tuple[str | None, str, str]) -> None:
    assert _linked("X.cls", f"public class X {{ {body} }}") == (expected,)


INHERITED = {
    "an inherited member": "person.F__c = 1;",
    "an inherited member by this": "this.person.F__c = 1;",
    "an inherited method": "load().F__c = 1;",
}


@pytest.mark.parametrize("statement", INHERITED.values(), ids=INHERITED.keys())
def test_a_base_class_tells_the_object(statement: str) -> None:
    text = f"public class X extends Base {{ void m() {{ {statement} }} }}"
    assert _linked("X.cls", text) == (("Contact", "F__c", "path"),)


def test_what_is_no_field_of_a_record_is_no_mention() -> None:
    text = "public class X { void m(Builder b) { b.row.size = Stranger.LIMIT + b.unknown.name; } }"
    assert _linked("X.cls", text) == ()


PAGES = {
    "a standard field of a property": ("{!signer.Email}", ("Contact", "Email", "path")),
    "a property of the controller": ("{!event.F__c}", ("Event__e", "F__c", "path")),
    "a getter of the controller": ("{!signer.F__c}", ("Contact", "F__c", "path")),
    "a loop over a property": (
        "<apex:repeat value='{!cases}' var='c'>{!c.Rel__r.F__c}</apex:repeat>",
        ("Case", "Rel__r.F__c", "path"),
    ),
    "a loop over the children of a row of a property": (
        "<apex:repeat value='{!cases}' var='c'><apex:repeat value='{!c.Kids__r}' var='k'>{!k.F__c}</apex:repeat>"
        "</apex:repeat>",
        ("Case", "Kids__r.F__c", "children"),
    ),
    "a property that nobody declares": ("{!other.F__c}", (None, "F__c", "word")),
}


@pytest.mark.parametrize(("body", "expected"), PAGES.values(), ids=PAGES.keys())
def test_the_classes_of_a_page_tell_the_object(body: str, expected: tuple[str | None, str, str]) -> None:
    page = f"<apex:page controller='Unread' extensions='Builder'>{body}</apex:page>"
    assert _linked("P.page", page) == (expected,)
