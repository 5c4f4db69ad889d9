from __future__ import annotations

import pytest

from auditor.formats.xml import parse_xml
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.references import Certainty
from auditor.sources.salesforce.code.lwc import read_bundle_script, read_template, read_web_component_meta
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed


def _script(text: str) -> Parsed:
    return read_bundle_script(MetadataFile("lwc/card/card.js", "js", "card"), text.encode())


def _template(text: str) -> Parsed:
    return read_template(MetadataFile("lwc/card/card.html", "html", "card"), text.encode())


def _told(mention: Mention) -> str:
    name = f"{mention.object or '?'}.{mention.path}" if mention.path else f"{mention.object}"
    grammar = "" if mention.grammar is Grammar.PATH else f" {mention.grammar}"
    sure = "" if mention.certainty is Certainty.CERTAIN else " possible"
    return f"{mention.line} {mention.access} {name}{grammar}{sure}"


def _mentions(parsed: Parsed) -> tuple[str, ...]:
    return tuple(_told(mention) for mention in parsed.mentions)


# Modelled on lwc-recipes, ebikes and dreamhouse.
SCRIPTS = {
    "an imported field is read": (
        "import NAME from '@salesforce/schema/Broker__c.Rel__r.Email__c';\nexport default class A { n = NAME; }",
        ("1 reads ?.Broker__c.Rel__r.Email__c qualified",),
    ),
    "an imported object is read": (
        "import ACCOUNT from '@salesforce/schema/Account';",
        ("1 reads Account",),
    ),
    "a field that is only a key of a value is only written": (
        "import F from '@salesforce/schema/Order__c.Qty__c';\nconst fields = {};\n"
        "fields[F.fieldApiName] = 5;\nupdateRecord({ fields });",
        ("3 writes ?.Order__c.Qty__c qualified",),
    ),
    "a field may be read and written": (
        "import F from '@salesforce/schema/Order__c.Qty__c';\nconst q = getFieldValue(r, F);\n"
        "save({ [F.fieldApiName]: q + 1 });",
        ("3 writes ?.Order__c.Qty__c qualified", "1 reads ?.Order__c.Qty__c qualified"),
    ),
    "names given to the wire as fields are certain": (
        "@wire(getRecord, { recordId: '$recordId', fields: ['Contact.Name', 'Contact.F__c'],\n"
        " optionalFields: ['Contact.G__c'] }) contact;",
        (
            "1 reads ?.Contact.Name qualified",
            "1 reads ?.Contact.F__c qualified",
            "2 reads ?.Contact.G__c qualified",
        ),
    ),
    "so are they in a variable that is given as fields": (
        "const FIELDS = ['Contact.Name'];\nconst OTHER = ['Contact.F__c'];\ngetRecord({ fields: FIELDS });",
        ("1 reads ?.Contact.Name qualified", "2 reads ?.Contact.F__c qualified possible"),
    ),
    "an object is named by key": (
        "nav({ attributes: { objectApiName: 'Case', actionName: 'new' } }); objectApiName = 'Order__c';",
        ("1 reads Case", "1 reads Order__c"),
    ),
    "members and keys that are named as custom fields are possible": (
        "this.a = row.F__c;\nrow.Rel__r.G__c = 1;\nconst x = { H__c: 2 };",
        (
            "1 reads ?.F__c word possible",
            "2 writes ?.Rel__r.G__c word possible",
            "3 reads ?.H__c word possible",
        ),
    ),
    "a value behind a field is no field": (
        "const f = '$product.data.fields.Family__c.value'; const g = rec.data.fields.Kind__c.value;",
        ("1 reads ?.Family__c word possible", "1 reads ?.Kind__c word possible"),
    ),
    "names in strings and in GraphQL are possible": (
        "const c = [{ fieldName: 'F__c' }];\nconst q = gql`query { Account {\n node { G__c { value } } } }`;",
        ("1 reads ?.F__c word possible", "3 reads ?.G__c word possible"),
    ),
    "comments and regular expressions say nothing": (
        "// F__c\n/* 'G__c' */ const r = /'H__c/g; const d = 4 / 2; const s = 'I__c';",
        ("2 reads ?.I__c word possible",),
    ),
}


@pytest.mark.parametrize(("text", "expected"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_scripts(text: str, expected: tuple[str, ...]) -> None:
    assert _mentions(_script(text)) == expected


TEMPLATES = {
    "an input of a form shows and writes a field of the form's object": (
        '<template><lightning-record-edit-form object-api-name="Order__c" record-id={id}>\n'
        '<lightning-input-field field-name="Qty__c"></lightning-input-field>\n'
        '<lightning-output-field field-name="Name"></lightning-output-field></lightning-record-edit-form>',
        (
            "1 shows Order__c",
            "2 shows Order__c.Qty__c",
            "2 writes Order__c.Qty__c",
            "3 shows Order__c.Name",
        ),
    ),
    "without a known object the name alone counts": (
        "<lightning-record-edit-form object-api-name={objectApiName}>"
        '<lightning-input-field field-name="F__c"></lightning-input-field>'
        '<lightning-input-field field-name="Title"></lightning-input-field></lightning-record-edit-form>',
        ("1 shows ?.F__c word", "1 writes ?.F__c word"),
    ),
    "a form ends": (
        '<lightning-record-view-form object-api-name="A__c"></lightning-record-view-form>'
        '<lightning-output-field field-name="F__c"></lightning-output-field>',
        ("1 shows A__c", "1 shows ?.F__c word"),
    ),
    "expressions show what they name": (
        "<p class='F__c'>{row.F__c} {row.Rel__r.G__c} {row.Name}</p>\n<img src={contact.Picture__c}>",
        (
            "1 shows ?.F__c word possible",
            "1 shows ?.Rel__r.G__c word possible",
            "2 shows ?.Picture__c word possible",
        ),
    ),
    "other attributes may name fields": (
        '<c-tile data-field="F__c" label="Plain"></c-tile>',
        ("1 reads ?.F__c word possible",),
    ),
    "comments say nothing": ("<!-- {row.F__c} --><p>F__c</p>", ()),
}


@pytest.mark.parametrize(("text", "expected"), TEMPLATES.values(), ids=TEMPLATES.keys())
def test_templates(text: str, expected: tuple[str, ...]) -> None:
    assert _mentions(_template(text)) == expected


def test_calls_of_a_script() -> None:
    text = (
        "import { LightningElement } from 'lwc';\n"
        "import load from '@salesforce/apex/OrderController.load';\n"
        "import other from '@salesforce/apex/ns.Other.run';\n"
        "import { reduce } from 'c/ldsUtils';\n"
        "const later = await import('c/later');"
    )
    assert [(call.callee_kind, call.callee, call.line) for call in _script(text).calls] == [
        ("apex_class", "OrderController", 2),
        ("apex_class", "Other", 3),
        ("lwc", "ldsUtils", 4),
        ("lwc", "later", 5),
    ]


def test_calls_of_a_template() -> None:
    text = "<c-order-item-tile></c-order-item-tile>\n<lightning-flow flow-api-name='Ask'></lightning-flow>"
    assert [(call.callee_kind, call.callee, call.line) for call in _template(text).calls] == [
        ("lwc", "orderItemTile", 1),
        ("flow", "Ask", 2),
    ]


def test_the_script_that_the_bundle_is_named_by_declares_it() -> None:
    text = "import { createRecord, deleteRecord } from 'lightning/uiRecordApi';"
    effects = (EffectOn(Effect.CREATES), EffectOn(Effect.DELETES))
    assert _script(text).components == (
        Component("lwc", "card", "lwc/card/card.js", 1, trigger=Trigger.SCREEN, effects=effects),
    )
    helper = read_bundle_script(MetadataFile("lwc/card/util.js", "js", "util"), b"")
    assert helper.components == ()


@pytest.mark.parametrize(
    "path", ["lwc/card/__tests__/card.test.js", "tools/build.js"], ids=["a test is no component", "nor is a tool"]
)
def test_not_deployed(path: str) -> None:
    assert read_bundle_script(MetadataFile(path, "js", "x"), b"const a = 'F__c';") == Parsed()


def test_a_descriptor_lists_the_objects_of_its_targets() -> None:
    root = parse_xml(
        b"<LightningComponentBundle><isExposed>true</isExposed><targetConfigs>"
        b"<targetConfig targets='lightning__RecordPage'><objects>\n<object>Case</object></objects></targetConfig>"
        b"</targetConfigs></LightningComponentBundle>"
    )
    found = read_web_component_meta(MetadataFile("lwc/card/card.js-meta.xml", "js-meta", "card"), root)
    assert _mentions(found) == ("2 lists Case",)
