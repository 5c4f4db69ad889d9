from __future__ import annotations

import pytest

from auditor.model.components import Component, Trigger
from auditor.model.references import Certainty
from auditor.sources.salesforce.code.aura import read_aura_markup
from auditor.sources.salesforce.code.lwc import read_bundle_script
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed


def _markup(text: str, suffix: str = "cmp") -> Parsed:
    return read_aura_markup(MetadataFile("aura/panel/panel.cmp", suffix, "panel"), text.encode())


def _told(mention: Mention) -> str:
    name = f"{mention.object or '?'}.{mention.path}" if mention.path else f"{mention.object}"
    grammar = "" if mention.grammar is Grammar.PATH else f" {mention.grammar}"
    sure = "" if mention.certainty is Certainty.CERTAIN else " possible"
    return f"{mention.access} {name}{grammar}{sure}"


def _mentions(parsed: Parsed) -> tuple[str, ...]:
    return tuple(_told(mention) for mention in parsed.mentions)


_RECORD = '<aura:attribute name="rec" type="Case"/>'

# Modelled on the settings pages of EDA, on lwc-recipes and on the vendor's guide.
CASES = {
    "a typed attribute gives its fields an object": (
        f"{_RECORD}<ui:outputText value='{{!v.rec.F__c}}'/>",
        ("reads Case", "shows Case.F__c"),
    ),
    "the type may be declared later, as an array or a list": (
        "<aura:iteration items='{!v.rows}' var='row'>{!row.Rel__r.F__c}</aura:iteration>"
        "<aura:attribute name='rows' type='List&lt;Case&gt;'/><aura:attribute name='more' type='Lead[]'/>",
        ("shows ?.Rel__r.F__c word possible", "reads Lead"),
    ),
    "a loop over a typed attribute types its variable": (
        "<aura:attribute name='rows' type='Lead[]'/>"
        "<aura:iteration items='{!v.rows}' var='row'>{!row.F__c}{!row.Rel__r.G__c}</aura:iteration>",
        ("reads Lead", "shows Lead.F__c", "shows Lead.Rel__r.G__c"),
    ),
    "an attribute without an object type leaves names possible": (
        "<aura:attribute name='rec' type='Object'/>{!v.rec.F__c}{!v.rec.Name}",
        ("shows ?.F__c word possible",),
    ),
    "record data reads the fields that it asks for": (
        "<force:recordData fields='Id, Model__c, Rel__r.Name' targetFields='{!v.simple}'/>",
        ("reads ?.Model__c word", "reads ?.Rel__r.Name word"),
    ),
    "record data of a typed target has an object": (
        f"{_RECORD}<force:recordData fields='Subject,F__c' targetFields='{{!v.rec}}'/>",
        ("reads Case", "reads Case.Subject", "reads Case.F__c"),
    ),
    "an input writes, an output shows": (
        f"{_RECORD}<force:inputField value='{{!v.rec.F__c}}'/><force:outputField value='{{!v.rec.G__c}}'/>",
        ("reads Case", "shows Case.F__c", "writes Case.F__c", "shows Case.G__c"),
    ),
    "inputs are bound both ways": (
        f"{_RECORD}<lightning:input value='{{!v.rec.F__c}}'/><ui:inputCheckbox value='{{!v.rec.G__c}}'/>",
        ("reads Case", "shows Case.F__c", "writes Case.F__c", "shows Case.G__c", "writes Case.G__c"),
    ),
    "a condition only reads": (
        f"{_RECORD}<aura:if isTrue='{{!v.rec.F__c == 1}}'>x</aura:if><b aura:id='x' disabled='{{!v.rec.G__c}}'/>",
        ("reads Case", "reads Case.F__c", "reads Case.G__c"),
    ),
    "a form knows its object": (
        "<lightning:recordEditForm objectApiName='Order__c'><lightning:inputField fieldName='F__c'/>"
        "<lightning:outputField fieldName='Name'/></lightning:recordEditForm>",
        ("shows Order__c", "shows Order__c.F__c", "writes Order__c.F__c", "shows Order__c.Name"),
    ),
    "a record form lists fields": (
        "<lightning:recordForm objectApiName='Order__c' fields=\"['Name','F__c']\"/>",
        (
            "shows Order__c",
            "shows Order__c.Name",
            "writes Order__c.Name",
            "shows Order__c.F__c",
            "writes Order__c.F__c",
        ),
    ),
    "a one-way expression counts like any other": (
        f"{_RECORD}<c:tile label='{{#v.rec.F__c}}'/>",
        ("reads Case", "shows Case.F__c"),
    ),
    "a string in an expression is possible": (
        "<aura:if isTrue=\"{!v.setting == 'F__c'}\">x</aura:if>",
        ("reads ?.F__c word possible",),
    ),
    "labels and comments say nothing": ("<!-- {!v.rec.F__c} -->{!$Label.c.F__c}", ()),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_mentions(text: str, expected: tuple[str, ...]) -> None:
    assert _mentions(_markup(text)) == expected


def test_a_controller_script_names_fields_possibly() -> None:
    text = b"({ save: function(c) { c.set('v.rec.F__c', 1); var r = c.get('v.rec'); r.G__c = r.Rel__r.H__c; } })"
    found = read_bundle_script(MetadataFile("aura/panel/panelController.js", "js", "panelController"), text)
    assert (found.components, _mentions(found)) == (
        (),
        (
            "reads ?.F__c word possible",
            "writes ?.G__c word possible",
            "reads ?.Rel__r.H__c word possible",
        ),
    )


def test_calls_of_a_controller_script() -> None:
    text = b"""({ go: function(c) {
        $A.get('e.c:saved').fire(); $A.createComponent("c:row", {}, f);
        c.find('flow').startFlow('Ask'); var css = 'abc:x'; } })"""
    found = read_bundle_script(MetadataFile("aura/panel/panelHelper.js", "js", "panelHelper"), text)
    assert [(call.callee_kind, call.callee, call.line) for call in found.calls] == [
        ("aura", "saved", 2),
        ("lwc", "saved", 2),
        ("aura", "row", 2),
        ("lwc", "row", 2),
        ("flow", "Ask", 3),
    ]


def test_calls() -> None:
    text = (
        '<aura:component controller="ns.Service" extends="c:base">\n'
        '<aura:registerEvent name="saved" type="c:savedEvent"/><c:child/></aura:component>'
    )
    assert [(call.callee_kind, call.callee, call.line) for call in _markup(text).calls] == [
        ("apex_class", "Service", 1),
        ("aura", "base", 1),
        ("lwc", "base", 1),
        ("aura", "savedEvent", 2),
        ("lwc", "savedEvent", 2),
        ("aura", "child", 2),
        ("lwc", "child", 2),
    ]


@pytest.mark.parametrize(
    ("suffix", "components"),
    [
        ("cmp", (Component("aura", "panel", "aura/panel/panel.cmp", 1, trigger=Trigger.SCREEN),)),
        ("evt", (Component("aura", "panel", "aura/panel/panel.cmp", 1, trigger=Trigger.CALLED),)),
        ("design", ()),
    ],
    ids=["markup declares a component", "an event is called", "a design declares nothing"],
)
def test_components(suffix: str, components: tuple[Component, ...]) -> None:
    assert _markup("<x/>", suffix).components == components
