from __future__ import annotations

import pytest

from auditor.model.components import Component, Effect, EffectOn, IntegrationPoint, Trigger
from auditor.model.references import Call, Certainty
from auditor.sources.salesforce.code.apex import read_class, read_trigger
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed


def _class(body: str) -> Parsed:
    return read_class(MetadataFile("classes/X.cls", "cls", "X"), f"public class X {{ {body} }}".encode())


def _told(mention: Mention) -> str:
    """`reads Account.F__c`, with what is not the usual case behind it."""
    name = f"{mention.object or '?'}.{mention.path}" if mention.path else f"{mention.object}"
    grammar = "" if mention.grammar is Grammar.PATH else f" {mention.grammar}"
    sure = "" if mention.certainty is Certainty.CERTAIN else " possible"
    return f"{mention.access} {name}{grammar}{sure}"


def _fields(parsed: Parsed) -> tuple[str, ...]:
    return tuple(_told(mention) for mention in parsed.mentions if mention.path)


def _objects(parsed: Parsed) -> tuple[str, ...]:
    return tuple(f"{_told(mention)} {mention.part}" for mention in parsed.mentions if not mention.path)


# Each case is modelled on a passage of public code: EDA, Volunteers for Salesforce, PMM, apex-recipes.
FIELDS = {
    "a local variable is read and written": (
        "void m(Contact c) { c.Do_Not_Contact__c = c.Deceased__c; }",
        ("writes Contact.Do_Not_Contact__c", "reads Contact.Deceased__c"),
    ),
    "names are compared without regard to case": (
        "void m(CONTACT c) { C.do_not_contact__C = true; }",
        ("writes CONTACT.do_not_contact__C",),
    ),
    "a compound assignment reads and writes": (
        "void m(Opportunity o) { o.Total__c += 5; o.Count__c++; }",
        (
            "reads Opportunity.Total__c",
            "writes Opportunity.Total__c",
            "reads Opportunity.Count__c",
            "writes Opportunity.Count__c",
        ),
    ),
    "a comparison only reads": (
        "Boolean m(Contact c) { return c.A__c == c.B__c && c.C__c != null; }",
        ("reads Contact.A__c", "reads Contact.B__c", "reads Contact.C__c"),
    ),
    "a path goes over relationships": (
        "String m(Course_Offering__c o) { return o.Course__r.Account__r.Name; }",
        ("reads Course_Offering__c.Course__r.Account__r.Name",),
    ),
    "the arguments of a constructor are written": (
        "Affiliation__c a = new Affiliation__c(Contact__c = c1, Role__c = 'Student', Account__r = new Account("
        "Ext__c = '7'));",
        (
            "writes Affiliation__c.Contact__c",
            "writes Affiliation__c.Role__c",
            "writes Affiliation__c.Account__c",
            "writes Account.Ext__c",
        ),
    ),
    "elements of lists, sets and maps have the type of what they hold": (
        "Map<Id, List<Address__c>> byId; void m() { byId.get(x)[0].MailingCity__c = 'Oslo';"
        " for (List<Address__c> row : byId.values()) { row.get(0).Inactive__c = true; } }",
        ("writes Address__c.MailingCity__c", "writes Address__c.Inactive__c"),
    ),
    "a loop over a query types its variable": (
        "void m() { for (Term__c t : [SELECT Id, Start_Date__c FROM Term__c WHERE Account__c != null])"
        " { t.End_Date__c = t.Start_Date__c; } }",
        (
            "reads Term__c.Id",
            "reads Term__c.Start_Date__c",
            "reads Term__c.Account__c",
            "writes Term__c.End_Date__c",
            "reads Term__c.Start_Date__c",
        ),
    ),
    "a child query names its parent's object or not": (
        "List<Account> a = [SELECT (SELECT F__c FROM Account.Addresses__r), (SELECT Email FROM Contacts) FROM"
        " Account];",
        ("reads Account.Contacts.Email children", "reads Account.Addresses__r.F__c children"),
    ),
    "what a query binds is read where it stands": (
        "void m(Contact c) { List<Case> l = [SELECT Id FROM Case WHERE F__c = :c.G__c AND H__c IN :byId.keySet()];"
        " }",
        ("reads Case.Id", "reads Case.F__c", "reads Case.H__c", "reads Contact.G__c"),
    ),
    "a field is asked of a query in brackets": (
        "String s = [SELECT F__c FROM Lead LIMIT 1].G__c + [SELECT Id FROM Task][0].H__c;",
        ("reads Lead.F__c", "reads Lead.G__c", "reads Task.Id", "reads Task.H__c"),
    ),
    "a cast decides, with brackets around it or without": (
        "void m(List<SObject> news) { ((Account) news[0]).F__c = 1; Contact c = (Contact) news.get(1);"
        " for (Case k : (List<Case>) news) { k.G__c = c.H__c; } }",
        ("writes Account.F__c", "writes Case.G__c", "reads Contact.H__c"),
    ),
    "get and put of a known object are certain, of an unknown one possible": (
        "void m(Account a, SObject s) { a.put('F__c', a.get('G__c')); s.put('H__c', 1); }",
        ("writes Account.F__c", "reads Account.G__c", "writes ?.H__c word possible"),
    ),
    "put with a field token writes it": (
        "void m(SObject s) { s.put(Account.F__c, Account.G__c); }",
        ("writes Account.F__c", "reads Account.G__c"),
    ),
    "descriptions name fields in four ways": (
        "Object a = Account.A__c.getDescribe(); Object b = Schema.SObjectType.Account.fields.B__c.isAccessible();"
        " Object c = Schema.Account.fields.C__c; Object d = Account.SObjectType.getDescribe().fields.D__c;",
        ("reads Account.A__c", "reads Account.B__c", "reads Account.C__c", "reads Account.D__c"),
    ),
    "a property of a field's description is none of the record": (
        "String s = SObjectType.Account.fields.A__c.Name + Schema.SObjectType.Account.fields.B__c.label + ' ASC';",
        ("reads Account.A__c", "reads Account.B__c"),
    ),
    "a name in the map of fields is possible": (
        "Object a = Schema.SObjectType.Account.fields.getMap().get('F__c');",
        ("reads Account.F__c possible",),
    ),
    "a custom setting is read through its own methods": (
        "String s = Settings__c.getOrgDefaults().F__c + Rule__mdt.getAll().get('x').G__c;",
        ("reads Settings__c.F__c", "reads Rule__mdt.G__c"),
    ),
    "a member and a method of the class itself have types": (
        "private Case record { get; set; } List<Contact> load() { return null; }"
        " void m() { this.record.F__c = load()[0].G__c; }",
        ("writes Case.F__c", "reads Contact.G__c"),
    ),
    "members may be declared behind their use, and in an inner class": (
        "void m(Row r) { r.account.F__c = later.G__c; } class Row { Account account; } static Lead later;",
        ("writes Account.F__c", "reads Lead.G__c"),
    ),
    "behind something of unknown type the name alone counts": (
        "void m() { helper.wrapped.Rel__r.F__c = Other.load(1).G__c; }",
        ("writes ?.Rel__r.F__c word", "reads ?.G__c word"),
    ),
    "an inner class hides an object of the same name": (
        "class Account { String x; } void m(Account a) { a.x = 'y'; }",
        (),
    ),
    "a variable ends with its block": (
        "void m() { for (Case c : cases) { c.F__c = 1; } for (Lead c : leads) c.F__c = 2; }",
        ("writes Case.F__c", "writes Lead.F__c"),
    ),
    "an error stands at its field and reads no value": (
        "void m(Contact c) { c.Email.addError('no'); }",
        ("requires Contact.Email",),
    ),
    "the key of an upsert is read": (
        "void m(List<Account> rows) { upsert rows Ext__c; Database.upsert(rows, Account.Key__c); }",
        ("reads Account.Ext__c", "reads Account.Key__c"),
    ),
    "a literal query is possible, pieces of it are read together": (
        "void m(String n) { Database.query('SELECT Id, F__c, Rel__r.G__c FROM Account ' + 'WHERE H__c = \\'' + n"
        " + '\\' ORDER BY I__c'); }",
        (
            "reads Account.Id possible",
            "reads Account.F__c possible",
            "reads Account.Rel__r.G__c possible",
            "reads Account.H__c possible",
            "reads Account.I__c possible",
        ),
    ),
    "a query of an unknown object gives its custom names alone": (
        "void m(String o) { Database.query('SELECT Id, F__c FROM ' + o); }",
        ("reads ?.F__c word possible",),
    ),
    "names in other strings are possible": (
        "String a = 'Account.F__c'; String b = 'x.Rel__r.G__c, H__c'; String c = 'Name';",
        (
            "reads ?.Account.F__c qualified possible",
            "reads ?.Rel__r.G__c word possible",
            "reads ?.H__c word possible",
        ),
    ),
    "comments say nothing": (
        "// c.F__c\n /* Account.G__c\n 'H__c' */ String s;",
        (),
    ),
    "a search reads the fields that it returns": (
        "Object o = [FIND :text IN ALL FIELDS RETURNING Account(Id, F__c WHERE G__c = 1), Contact];",
        ("reads Account.Id", "reads Account.F__c", "reads Account.G__c"),
    ),
    "a typed branch of a query belongs to its type": (
        "Object o = [SELECT TYPEOF What WHEN Account THEN F__c END FROM Task];",
        ("reads Task.What", "reads Account.F__c"),
    ),
    "namespace tokens are dropped and packages keep theirs": (
        "void m(Contact c) { c.%%%NAMESPACE%%%F__c = c.npsp__G__c; }",
        ("writes Contact.F__c", "reads Contact.npsp__G__c"),
    ),
    "children may be looped over": (
        "void m(Account a) { for (Contact c : a.Contacts) { c.F__c = a.Kids__r.size(); } }",
        ("reads Account.Contacts children", "writes Contact.F__c", "reads Account.Kids__r children"),
    ),
    "a when branch types its variable": (
        "void m(SObject s) { switch on s { when Account a { a.F__c = 1; } when else { } } }",
        ("writes Account.F__c",),
    ),
}


@pytest.mark.parametrize(("body", "expected"), FIELDS.values(), ids=FIELDS.keys())
def test_fields(body: str, expected: tuple[str, ...]) -> None:
    assert _fields(_class(body)) == expected


OBJECTS = {
    "types are noted once a file": (
        "List<Term__c> a; Map<Id, Term__c> b; String c;",
        ("reads Term__c type",),
    ),
    "DML writes the object of what it is given": (
        "void m(List<Case> cs) { update cs; delete cs; Database.insert(new Lead(LastName = 'x'), false); }",
        ("reads Case type", "writes Case update", "writes Case delete", "reads Lead type", "writes Lead insert"),
    ),
    "a query reads its object": (
        "Integer n = [SELECT COUNT() FROM Term__c];",
        ("reads Term__c query",),
    ),
    "a description reads the object": (
        "Object o = Term__c.SObjectType; Object p = Schema.SObjectType.Course__c.getName();",
        ("reads Term__c describe", "reads Course__c describe"),
    ),
}


@pytest.mark.parametrize(("body", "expected"), OBJECTS.values(), ids=OBJECTS.keys())
def test_objects(body: str, expected: tuple[str, ...]) -> None:
    assert _objects(_class(body)) == expected


EFFECTS = {
    "inserts create and merges delete": (
        "void m(List<Case> c, Account a, Account b) { insert c; merge a b; }",
        (EffectOn(Effect.CREATES, "Case"), EffectOn(Effect.DELETES, "Account")),
    ),
    "what is inserted may be unknown": (
        "void m() { insert other.rows(); }",
        (EffectOn(Effect.CREATES),),
    ),
    "an update creates nothing": ("void m(Case c) { update c; }", ()),
    "mail is a message, an error stops the save, an approval routes": (
        "void m(Case c) { Messaging.sendEmail(mails); c.addError('x'); Approval.process(request); }",
        (EffectOn(Effect.BLOCKS_SAVE, "Case"), EffectOn(Effect.MESSAGE), EffectOn(Effect.ROUTES)),
    ),
    "events are published either way": (
        "void m(Change__e e) { EventBus.publish(e); insert e; }",
        (EffectOn(Effect.PUBLISHES), EffectOn(Effect.PUBLISHES, "Change__e")),
    ),
    "share rows grant access": (
        "void m(AccountShare s, Term__Share t) { insert s; insert t; }",
        (EffectOn(Effect.GRANTS_ACCESS, "AccountShare"), EffectOn(Effect.GRANTS_ACCESS, "Term__Share")),
    ),
    "a request is a call-out": ("void m() { new HttpRequest(); }", (EffectOn(Effect.CALLOUT),)),
}


@pytest.mark.parametrize(("body", "expected"), EFFECTS.values(), ids=EFFECTS.keys())
def test_effects(body: str, expected: tuple[EffectOn, ...]) -> None:
    assert _class(body).components[0].effects == expected


CALLS = {
    "a static method and a constructor are called": (
        "void m() { Service.run(); new Worker(1); }",
        (("apex_class", "Service", Certainty.CERTAIN), ("apex_class", "Worker", Certainty.CERTAIN)),
    ),
    "a method of a variable calls its class": (
        "void m(Service s) { s.run(); }",
        (("apex_class", "Service", Certainty.CERTAIN),),
    ),
    "a declared type alone may be called": (
        "void m(Service s) { other(s); }",
        (("apex_class", "Service", Certainty.POSSIBLE),),
    ),
    "classes of the file and of the platform are no calls": (
        "class Inner { } void m() { new Inner(); System.debug(1); String.valueOf(2); new List<Id>(); }",
        (),
    ),
    "a class by name in a string is possible": (
        "Object o = Type.forName('Handler').newInstance();",
        (("apex_class", "Handler", Certainty.POSSIBLE),),
    ),
    "pages and flows are called": (
        "PageReference p = Page.Wizard; Object f = Flow.Interview.createInterview('Notify', null);",
        (("visualforce_page", "Wizard", Certainty.CERTAIN), ("flow", "Notify", Certainty.CERTAIN)),
    ),
}


@pytest.mark.parametrize(("body", "expected"), CALLS.values(), ids=CALLS.keys())
def test_calls(body: str, expected: tuple[tuple[str, str, Certainty], ...]) -> None:
    found = tuple((call.callee_kind, call.callee, call.certainty) for call in _class(body).calls)
    assert found == expected


COMPONENTS = {
    "a test class": ("@isTest private class X { }", None, (("test", "true"),)),
    "an old test class": (
        "private class X { static testMethod void a() { } static void help() { } }",
        None,
        (("test", "true"),),
    ),
    "a class with a test method beside others is no test": (
        "public class X { static testMethod void a() { } public void work() { } }",
        None,
        (),
    ),
    "a REST resource": (
        "@RestResource(urlMapping='/x/*') global class X { @HttpGet global static void get() { } }",
        Trigger.PUBLIC,
        (("entry_points", "rest"),),
    ),
    "a web service": (
        "global class X { webservice static String run() { return null; } }",
        Trigger.PUBLIC,
        (("entry_points", "web_service"),),
    ),
    "a batch that is scheduled": (
        "public class X implements Database.Batchable<SObject>, Schedulable { }",
        Trigger.SCHEDULE,
        (("entry_points", "batchable,schedulable"),),
    ),
    "methods for components, flows and pages": (
        "public class X { @AuraEnabled(cacheable=true) public static void a() { }"
        " @InvocableMethod(label='b') public static void b(List<Id> i) { }"
        " @RemoteAction public static void c() { } }",
        Trigger.CALLED,
        (("entry_points", "aura_enabled,invocable,remote_action"),),
    ),
    "a handler of incoming mail": (
        "global class X implements Messaging.InboundEmailHandler { }",
        Trigger.PUBLIC,
        (("entry_points", "email_handler"),),
    ),
    "record ids that are written into strings": (
        "public class X { Id a = '00530000009M943'; Id b = '0013000000GZbYtAAL'; String c = 'no id'; }",
        None,
        (("hard_coded_ids", "2"),),
    ),
}


@pytest.mark.parametrize(("text", "trigger", "attributes"), COMPONENTS.values(), ids=COMPONENTS.keys())
def test_entry_points(text: str, trigger: Trigger | None, attributes: tuple[tuple[str, str], ...]) -> None:
    found = read_class(MetadataFile("X.cls", "cls", "X"), text.encode()).components
    assert found == (Component("apex_class", "X", "X.cls", 1, trigger=trigger, attributes=attributes),)


def test_a_trigger_belongs_to_its_object_and_types_its_records() -> None:
    text = (
        "trigger T on Course__c (before insert, after update) {\n"
        "  for (Course__c c : Trigger.new) { c.A__c = Trigger.oldMap.get(c.Id).B__c; }\n"
        "  Trigger.new[0].C__c = 1; Handler.run(Trigger.new);\n"
        "}"
    )
    found = read_trigger(MetadataFile("T.trigger", "trigger", "T"), text.encode())
    assert found.components == (
        Component(
            "apex_trigger",
            "T",
            "T.trigger",
            1,
            object="Course__c",
            trigger=Trigger.RECORD,
            attributes=(("events", "before insert,after update"),),
        ),
    )
    assert [(item.line, _told(item)) for item in found.mentions if item.path] == [
        (2, "writes Course__c.A__c"),
        (2, "reads Course__c.Id"),
        (2, "reads Course__c.B__c"),
        (3, "writes Course__c.C__c"),
    ]
    assert found.calls == (Call("apex_trigger", "T", "apex_class", "Handler", Certainty.CERTAIN, "T.trigger", 3),)


def test_a_trigger_on_an_event_is_started_by_events() -> None:
    text = b"trigger T on Change__e (after insert) { }"
    found = read_trigger(MetadataFile("T.trigger", "trigger", "T"), text)
    assert found.components[0].trigger is Trigger.EVENT


def test_an_integration_point_names_the_objects_of_its_class() -> None:
    text = (
        b"@RestResource(urlMapping='/o/*') global class X { @HttpPost global static void go() {"
        b" List<Case> c = [SELECT Id FROM Case]; insert new Order__c(F__c = 1); String s = 'Other__c.G__c'; } }"
    )
    found = read_class(MetadataFile("X.cls", "cls", "X"), text).integration_points
    assert found == (IntegrationPoint("apex_rest", "X", "X.cls", 1, "in", "/o/*", ("Case", "Order__c")),)


def test_an_address_in_a_test_is_no_integration_point() -> None:
    text = b"@IsTest class X { void a(HttpRequest r) { r.setEndpoint('http://www.example.com'); } }"

    assert read_class(MetadataFile("X.cls", "cls", "X"), text).integration_points == ()


def test_integration_points_keep_neither_query_nor_credentials() -> None:
    text = (
        b"@RestResource(urlMapping='/orders/*') global class X {\n"
        b"  webservice static void a() { }\n"
        b"  void m(HttpRequest r, String u) {\n"
        b"    r.setEndpoint('https://me:secret@erp.example/api?key=1');\n"
        b"    r.setEndpoint('callout:ERP/orders?x=1');\n"
        b"    r.setEndpoint(u);\n"
        b"    WebServiceCallout.invoke(this, a, b, c);\n"
        b"} }"
    )
    found = read_class(MetadataFile("X.cls", "cls", "X"), text)
    assert found.integration_points == (
        IntegrationPoint("apex_callout", "X", "X.cls", 4, "out", "https://erp.example/api"),
        IntegrationPoint("apex_callout", "X", "X.cls", 5, "out", "callout:ERP/orders"),
        IntegrationPoint("apex_callout", "X", "X.cls", 6, "out", None),
        IntegrationPoint("apex_callout", "X", "X.cls", 7, "out", None),
        IntegrationPoint("apex_rest", "X", "X.cls", 1, "in", "/orders/*"),
        IntegrationPoint("apex_web_service", "X", "X.cls", 2, "in", None),
    )
