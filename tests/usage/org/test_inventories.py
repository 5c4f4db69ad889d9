"""Describes, lists of fields, objects and rules, and the register of fields: what the live organisation has."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.model.observations import Actor, Deed, Definition, Evidence, Inventoried, Window
from auditor.usage.kit.fields import read_custom_fields
from auditor.usage.org.datatypes import Typed, labelled
from auditor.usage.org.describes import read_global_describe, read_object_describes, sandbox_of
from auditor.usage.org.listings import read_entity_definitions, read_field_definitions, read_validation_rules
from auditor.usage.request import UsageRequest
from tests.usage.kitchen import AS_OF
from tests.usage.kitchen import request as kit_request

EXPORTED = {"exported": "2026-11-20"}
DAY = date(2026, 11, 20)


def request(kind: str, *paths: Path, **options: str) -> UsageRequest:
    return kit_request(kind, *paths, before=None, **options)


def _described(**more: object) -> dict[str, object]:
    return {"custom": True, "nillable": True, "unique": False, "length": 0, "precision": 0, "scale": 0, **more}


ACCOUNT = {
    "name": "Account",
    "label": "Account",
    "urls": {"uiDetailTemplate": "https://acme--uat.sandbox.my.salesforce.com/{ID}"},
    "fields": [
        {"name": "Name", "label": "Name", "type": "string", "custom": False},
        _described(name="Region__c", label="Region", type="picklist", length=255),
        _described(name="Clicked__c", label="Clicked", type="string", length=80, nillable=False, unique=True),
        _described(name="Long__c", label="Long", type="textarea", length=32768),
        _described(
            name="Sum__c", label="Sum", type="currency", precision=18, scale=2, calculatedFormula="A__c + 1"
        ),
        _described(name="Tick__c", label="Tick", type="boolean", nillable=False),
        _described(name="Place__Latitude__s", label="Place (Latitude)", type="double"),
        _described(name="pkg__Foreign__c", label="Foreign", type="string"),
        _described(name="Hobby__pc", label="Hobby", type="string"),
        _described(name="Old_del__c", label="Old", type="string", length=10),
    ],
}


def _file(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def _listed(evidence: Evidence) -> list[str]:
    return [each.subject for each in evidence.inventory]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(ACCOUNT, id="as the API answers"),
        pytest.param({"status": 0, "result": ACCOUNT, "warnings": []}, id="as the command line wraps it"),
        pytest.param([ACCOUNT], id="several in a list"),
    ],
)
def test_a_describe_lists_the_custom_fields_that_its_user_sees(document: object, tmp_path: Path) -> None:
    evidence = read_object_describes(request("object-describe", _file(tmp_path, "a.json", document), **EXPORTED))

    assert evidence.inventory == (
        Inventoried(
            "crm:Account.Clicked__c", "kit", "Clicked", "Text", 80, required=True, unique=True, custom=True
        ),
        Inventoried(
            "crm:Account.Long__c", "kit", "Long", "LongTextArea", 32768, required=False, unique=False, custom=True
        ),
        Inventoried(
            *("crm:Account.Old_del__c", "kit", "Old", "Text", 10),
            required=False,
            unique=False,
            custom=True,
            deleted=True,
        ),
        Inventoried(
            "crm:Account.Region__c", "kit", "Region", "Picklist", required=False, unique=False, custom=True
        ),
        Inventoried(
            *("crm:Account.Sum__c", "kit", "Sum", "Currency", None, 18, 2, False, False, "A__c + 1"), custom=True
        ),
        Inventoried("crm:Account.Tick__c", "kit", "Tick", "Checkbox", unique=False, custom=True),
        Inventoried("crm:Contact.Hobby__c", "kit", custom=True),
    )
    assert evidence.windows == (
        Window("kit", "crm", Deed.LISTED, None, DAY, frozenset({"crm:Account"}), frozenset({"field"})),
    )
    assert [(s.sandbox, s.as_of) for s in evidence.sources] == [(True, DAY)]


def test_what_is_no_describe_costs_a_line(tmp_path: Path) -> None:
    paths = [
        _file(tmp_path, "a.json", "{"),
        _file(tmp_path, "b.json", {"name": "X"}),
        _file(tmp_path, "c.json", ACCOUNT),
    ]

    evidence = read_object_describes(request("object-describe", *paths, **EXPORTED))

    assert [line.path.rpartition("/")[2] for line in evidence.skipped] == ["a.json", "b.json"]
    assert len(evidence.inventory) == 7


@pytest.mark.parametrize(
    ("host", "sandbox"),
    [
        ("acme.my.salesforce.com", False),
        ("acme--uat.sandbox.my.salesforce.com", True),
        ("acme--uat.cs12.my.salesforce.com", True),
        ("cs12.salesforce.com", True),
        ("ability-123.scratch.my.salesforce.com", True),
        ("acme.lightning.force.com", None),
    ],
)
def test_a_host_tells_a_sandbox(host: str, sandbox: bool | None) -> None:
    assert sandbox_of(host) is sandbox


@pytest.mark.parametrize(
    "document",
    [
        {"encoding": "UTF-8", "sobjects": [{"name": "Account"}, {"name": "Job__c"}, {"name": "pkg__X__c"}]},
        {"status": 0, "result": ["Account", "Job__c", "pkg__X__c"]},
    ],
    ids=["as the API answers", "as the command line lists"],
)
def test_the_list_of_objects(document: object, tmp_path: Path) -> None:
    evidence = read_global_describe(request("global-describe", _file(tmp_path, "g.json", document), **EXPORTED))

    assert _listed(evidence) == ["crm:Job__c"]
    assert evidence.windows == (Window("kit", "crm", Deed.LISTED, None, DAY, None, frozenset({"object"})),)


FIELD_DEFINITIONS = (
    "EntityDefinition.QualifiedApiName,QualifiedApiName,Label,DataType,Length\n"
    "Account,Name,Name,Text(255),255\n"
    "Account,Clicked__c,Clicked,Text(80) (External ID) (Unique Case Insensitive),240\n"
    "Task,Reach__c,Reach,Picklist (Multi-Select),\n"
)


def test_a_list_of_fields(tmp_path: Path) -> None:
    path = _file(tmp_path, "FieldDefinition.csv", FIELD_DEFINITIONS)

    evidence = read_field_definitions(request("field-definition", path, **EXPORTED))

    assert evidence.inventory == (
        Inventoried("crm:Account.Clicked__c", "kit", "Clicked", "Text", 80, unique=True, custom=True),
        Inventoried("crm:Activity.Reach__c", "kit", "Reach", "MultiselectPicklist", unique=False, custom=True),
    )
    assert [window.subjects for window in evidence.windows] == [frozenset({"crm:Account", "crm:Activity"})]


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("Text(80)", Typed("Text", 80, False)),
        ("Long Text Area(32768)", Typed("LongTextArea", 32768, False)),
        ("Number(16, 2)", Typed("Number", None, False)),
        ("Formula (Text)", Typed("Formula", None, False)),
        ("Lookup(Account)", Typed("Lookup", None, False)),
        ("Text (Encrypted)(50)", Typed("Text", 50, False)),
        ("Roll-Up Summary (SUM Opportunity)", Typed("Summary", None, False)),
        ("Textfeld(80)", Typed()),
    ],
)
def test_types_as_setup_labels_them(label: str, typed: Typed) -> None:
    assert labelled(label) == typed


def test_registers_of_objects(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "CustomObject.csv", "Id,DeveloperName,NamespacePrefix,ManageableState\n01I1,Job,,\n01I2,X,pkg,\n"
    )

    evidence = read_entity_definitions(request("entity-definition", path, **EXPORTED))

    assert _listed(evidence) == ["crm:Job__c"]
    assert [(window.subjects, window.kinds) for window in evidence.windows] == [(None, frozenset({"object"}))]


def test_a_register_of_rules(tmp_path: Path) -> None:
    header = (
        "Id,ValidationName,EntityDefinition.QualifiedApiName,NamespacePrefix,Active,CreatedDate,LastModifiedDate"
    )
    path = _file(tmp_path, "V.csv", f"{header}\n03d1,Must,Account,,true,2026-01-02,2026-02-03\n")

    evidence = read_validation_rules(request("tooling-validation-rule", path, **EXPORTED))

    assert evidence.definitions == (
        Definition(
            "crm:validation_rule/Account.Must",
            "kit",
            created=date(2026, 1, 2),
            modified=date(2026, 2, 3),
            active=True,
            managed=False,
        ),
    )
    assert [(w.deed, w.subjects, w.kinds) for w in evidence.windows] == [
        (Deed.LISTED, None, frozenset({"validation_rule"}))
    ]


FIELDS = (
    "Id,TableEnumOrId,EntityDefinition.QualifiedApiName,DeveloperName,NamespacePrefix,ManageableState,"
    "CreatedDate,CreatedById,LastModifiedDate,LastModifiedById\n"
)


def _row(name: str, prefix: str = "", creator: str = "005000000000AAA") -> str:
    state = "installed" if prefix else "unmanaged"
    return f",Account,Account,{name},{prefix},{state},2026-01-02,{creator},2026-02-03,005000000000CCC\n"


def test_a_register_of_fields_lists_them_with_the_kinds_of_their_authors(tmp_path: Path) -> None:
    _file(tmp_path, "User.csv", "Id,IsActive,UserType\n005000000000AAA,true,Standard\n")
    path = _file(tmp_path, "CustomField.csv", FIELDS + _row("Clicked") + _row("X", "pkg") + _row("Old_del"))
    asked = replace(request("tooling-custom-field", path, **EXPORTED), pipeline=frozenset({"005000000000CCC"}))

    evidence = read_custom_fields(asked)

    assert [(e.subject, e.created_by, e.modified_by, e.managed) for e in evidence.definitions] == [
        ("crm:Account.Clicked__c", Actor.PEOPLE, Actor.PIPELINE, False),
        ("crm:Account.pkg__X__c", Actor.PEOPLE, Actor.PIPELINE, True),
    ]
    assert [(e.subject, e.deleted) for e in evidence.inventory] == [
        ("crm:Account.Clicked__c", False),
        ("crm:Account.Old_del__c", True),
    ]
    assert evidence.windows[1:] == (
        Window("kit", "crm", Deed.LISTED, None, DAY, frozenset({"crm:Account"}), frozenset({"field"})),
    )


@pytest.mark.parametrize(
    ("text", "options", "subjects"),
    [
        pytest.param(_row("A"), {}, [frozenset({"crm:Account"})], id="the objects of which a field is listed"),
        pytest.param(_row("A"), {"covers": "all"}, [None], id="all, where the query had no condition"),
        pytest.param(
            _row("A") + ",01I000000000ZZZ,,B,,,,,,\n",
            {},
            [frozenset({"crm:Account"})],
            id="rows of unknown objects are other objects'",
        ),
        pytest.param(_row("A") + "broken\n", {}, [], id="a lost row may be of any object"),
        pytest.param("".join(_row(f"A{n}") for n in range(2_000)), {}, [], id="a page of the API"),
    ],
)
def test_how_far_a_register_of_fields_reaches(
    text: str, options: dict[str, str], subjects: list[frozenset[str] | None], tmp_path: Path
) -> None:
    path = _file(tmp_path, "CustomField.csv", FIELDS + text)

    evidence = read_custom_fields(request("tooling-custom-field", path, **EXPORTED, **options))

    assert [window.subjects for window in evidence.windows if window.deed is Deed.LISTED] == subjects


def test_days_that_a_file_does_not_tell_are_said(tmp_path: Path) -> None:
    evidence = read_object_describes(request("object-describe", _file(tmp_path, "a.json", ACCOUNT)))

    assert evidence.sources[0].as_of == AS_OF
    assert evidence.sources[0].note.endswith("its day is not known and taken to be the audit's (declare exported)")
