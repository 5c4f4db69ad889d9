from __future__ import annotations

import pytest

from auditor.model.components import Component, Trigger
from auditor.model.references import Certainty
from auditor.sources.salesforce.code.visualforce import read_visualforce_component, read_visualforce_page
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed


def _page(text: str) -> Parsed:
    return read_visualforce_page(MetadataFile("pages/P.page", "page", "P"), text.encode())


def _told(mention: Mention) -> str:
    name = f"{mention.object or '?'}.{mention.path}" if mention.path else f"{mention.object}"
    grammar = "" if mention.grammar is Grammar.PATH else f" {mention.grammar}"
    sure = "" if mention.certainty is Certainty.CERTAIN else " possible"
    return f"{mention.access} {name}{grammar}{sure}"


def _mentions(parsed: Parsed) -> tuple[str, ...]:
    return tuple(_told(mention) for mention in parsed.mentions)


_OPEN = '<apex:page standardController="Job__c" recordSetVar="jobs">'

# Modelled on the pages of Volunteers for Salesforce and lwc-recipes, and on the vendor's guide.
CASES = {
    "an input shows and writes a field of the standard controller": (
        f"{_OPEN}<apex:inputField value='{{!Job__c.F__c}}'/>",
        ("reads Job__c", "shows Job__c.F__c", "writes Job__c.F__c"),
    ),
    "an output and plain text show it": (
        f"{_OPEN}<apex:outputField value='{{!job__c.F__c}}'/>{{!Job__c.Rel__r.Name}}",
        ("reads Job__c", "shows Job__c.F__c", "shows Job__c.Rel__r.Name"),
    ),
    "a condition reads": (
        f"{_OPEN}<apex:outputPanel rendered='{{!NOT(ISBLANK(Job__c.F__c))}}'/>",
        ("reads Job__c", "reads Job__c.F__c"),
    ),
    "a loop over the records of the controller types its variable": (
        f"{_OPEN}<apex:repeat value='{{!jobs}}' var='j'>{{!j.F__c}}</apex:repeat>",
        ("reads Job__c", "shows Job__c.F__c"),
    ),
    "a loop over children goes by their relationship": (
        f"{_OPEN}<apex:pageBlockTable value='{{!Job__c.Shifts__r}}' var='s'><apex:column value='{{!s.F__c}}'/>",
        ("reads Job__c", "shows Job__c.Shifts__r children", "shows Job__c.Shifts__r.F__c children"),
    ),
    "a property of a controller is of unknown type": (
        "<apex:page controller='C'><apex:inputText value='{!hours.Contact__r.F__c}'/>{!hours.Name}",
        ("shows ?.Contact__r.F__c word", "writes ?.Contact__r.F__c word", "shows ?.Name word"),
    ),
    "a parameter of a component may have an object type": (
        "<apex:component><apex:attribute name='c' type='Contact'/>{!c.F__c}",
        ("reads Contact", "shows Contact.F__c"),
    ),
    "a description names a field": (
        "<apex:page><apex:outputLabel value='{!$ObjectType.Job__c.Fields.F__c.Label}'/>",
        ("shows ?.$ObjectType.Job__c.Fields.F__c.Label qualified",),
    ),
    "the user and the organisation are read as objects": (
        "<apex:page>{!$User.Department}{!$Label.x}",
        ("shows ?.$User.Department qualified",),
    ),
    "a related list shows children": (
        f"{_OPEN}<apex:relatedList list='Shifts__r'/>",
        ("reads Job__c", "shows Job__c.Shifts__r children", "reads ?.Shifts__c word possible"),
    ),
    "an action belongs to an object": (
        '<apex:page action="{!URLFOR($Action.Job__c.New)}">',
        ("reads Job__c",),
    ),
    "a script may name fields": (
        "<apex:page><script>var f = '{!x.F__c}'; if (a < b) sforce.query(\"SELECT G__c FROM Job__c\");</script>",
        (
            "shows ?.F__c word",
            "reads ?.G__c word possible",
            "reads ?.Job__c word possible",
        ),
    ),
    "a field by name in an index is possible": (
        "<apex:page>{!row['F__c']}<apex:repeat value='{!$ObjectType.A__c.FieldSets.X}' var='f'>{!row[f]}",
        ("reads ?.F__c word possible", "shows ?.$ObjectType.A__c.FieldSets.X qualified"),
    ),
    "comments and styles say nothing": ("<!-- {!Job__c.F__c} --><apex:page><p>F__c</p>", ()),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_mentions(text: str, expected: tuple[str, ...]) -> None:
    assert _mentions(_page(text)) == expected


def test_calls() -> None:
    text = (
        '<apex:page controller="Main" extensions="First, ns.Second">\n'
        '<c:tile/><apex:include pageName="Other"/><flow:interview name="Ask"/>\n'
        "<a href='{!$Page.Next}'/><script>go('{!$RemoteAction.Remote.load}')</script></apex:page>"
    )
    assert [(call.callee_kind, call.callee, call.line) for call in _page(text).calls] == [
        ("apex_class", "Main", 1),
        ("apex_class", "First", 1),
        ("apex_class", "Second", 1),
        ("visualforce_component", "tile", 2),
        ("visualforce_page", "Other", 2),
        ("flow", "Ask", 2),
        ("visualforce_page", "Next", 3),
        ("apex_class", "Remote", 3),
    ]


def test_a_page_belongs_to_the_object_of_its_controller() -> None:
    assert _page("<apex:page standardController='Case'><apex:detail/></apex:page>").components == (
        Component(
            "visualforce_page",
            "P",
            "pages/P.page",
            1,
            object="Case",
            trigger=Trigger.SCREEN,
            attributes=(("detail", "true"),),
        ),
    )


def test_a_component_is_called() -> None:
    found = read_visualforce_component(
        MetadataFile("components/T.component", "component", "T"), b"<apex:component/>"
    )
    assert found.components == (
        Component("visualforce_component", "T", "components/T.component", 1, trigger=Trigger.CALLED),
    )
