# ruff: noqa: E501 - sources as they stand in files
"""What is handed over: every step with its manifest, hashes and script, deletions in order, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import pytest

from auditor.model.catalogue import Catalog, Role
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty, Reference
from auditor.model.rollback import Cause, Removed
from auditor.planning.salesforce.deployments import deployments
from auditor.planning.salesforce.packaging import salesforce_artefacts
from auditor.planning.salesforce.removing import removal_of
from tests.planning.salesforce.sources import HEAD, Project, definition, project

LAYOUT = "force-app/layouts/Account-Main.layout-meta.xml"
LIST_VIEW = "force-app/objects/Account/listViews/All.listView-meta.xml"
FIELD = "force-app/objects/Account/fields/A__c.field-meta.xml"
FILES = {
    "sfdx-project.json": '{"packageDirectories": [{"path": "force-app"}], "sourceApiVersion": "61.0"}',
    LAYOUT: f"{HEAD}<Layout>\n    <multilineLayoutFields>A__c</multilineLayoutFields>\n</Layout>\n",
    LIST_VIEW: f"{HEAD}<ListView>\n    <fullName>All</fullName>\n    <columns>NAME</columns>\n"
    "    <columns>A__c</columns>\n</ListView>\n",
    "force-app/profiles/P.profile-meta.xml": f"{HEAD}<Profile>\n    <fieldPermissions>\n"
    "        <field>Account.A__c</field>\n    </fieldPermissions>\n</Profile>\n",
}


def _handed(made: Project, *fields: str) -> dict[str, bytes]:
    removal = removal_of(made.catalog, fields)
    edited = made.without(*fields)
    return {item.path: item.content for item in salesforce_artefacts(removal, made.catalog, made.tree, edited)}


def test_every_step_is_a_package_of_its_own() -> None:
    assert sorted(_handed(project(FILES, ["Account.A__c"]), "Account.A__c")) == [
        "1-announce/before.sha256",
        "1-announce/check.sh",
        "1-announce/package.xml",
        f"1-announce/sources/{FIELD}",
        "2-hide/before.sha256",
        "2-hide/check.sh",
        "2-hide/package.xml",
        f"2-hide/sources/{LAYOUT}",
        "2-hide/sources/force-app/profiles/P.profile-meta.xml",
        "4-unreference/before.sha256",
        "4-unreference/check.sh",
        "4-unreference/package.xml",
        f"4-unreference/sources/{LIST_VIEW}",
        "5-delete/1/check.sh",
        "5-delete/1/metadata/destructiveChangesPost.xml",
        "5-delete/1/metadata/package.xml",
        "undo/package.xml",
        "undo/sources.sha256",
        f"undo/sources/{LAYOUT}",
        f"undo/sources/{FIELD}",
        f"undo/sources/{LIST_VIEW}",
        "undo/sources/force-app/profiles/P.profile-meta.xml",
    ]


def test_profiles_are_edited_and_not_deployed() -> None:
    handed = _handed(project(FILES, ["Account.A__c"]), "Account.A__c")
    assert handed["2-hide/package.xml"].decode() == (
        f'{HEAD}<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n    <types>\n'
        "        <members>Account-Main</members>\n        <name>Layout</name>\n    </types>\n"
        "    <version>61.0</version>\n</Package>\n"
    )
    assert handed["2-hide/before.sha256"].decode() == f"{sha256(FILES[LAYOUT].encode()).hexdigest()}  {LAYOUT}\n"


def test_a_field_is_deleted_after_the_deployment() -> None:
    handed = _handed(project(FILES, ["Account.A__c"]), "Account.A__c")
    assert handed["5-delete/1/metadata/destructiveChangesPost.xml"].decode() == (
        f'{HEAD}<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n    <types>\n'
        "        <members>Account.A__c</members>\n        <name>CustomField</name>\n    </types>\n"
        "    <version>61.0</version>\n</Package>\n"
    )
    assert handed["5-delete/1/metadata/package.xml"].decode() == (
        f'{HEAD}<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n    <version>61.0</version>\n</Package>\n'
    )


ANNOUNCED = {
    "behind its name": (
        "    <fullName>A__c</fullName>\n    <label>L</label>\n",
        "    <fullName>A__c</fullName>\n    <businessStatus>DeprecateCandidate</businessStatus>\n"
        "    <label>L</label>\n",
    ),
    "behind its owner": (
        "    <fullName>A__c</fullName>\n    <businessOwnerGroup>G</businessOwnerGroup>\n",
        "    <fullName>A__c</fullName>\n    <businessOwnerGroup>G</businessOwnerGroup>\n"
        "    <businessStatus>DeprecateCandidate</businessStatus>\n",
    ),
    "in place of another status": (
        "    <fullName>A__c</fullName>\n    <businessStatus>Active</businessStatus>\n",
        "    <fullName>A__c</fullName>\n    <businessStatus>DeprecateCandidate</businessStatus>\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), ANNOUNCED.values(), ids=ANNOUNCED.keys())
def test_a_definition_says_that_it_is_a_candidate(before: str, after: str) -> None:
    wrapped = f"{HEAD}<CustomField>\n{{}}    <type>Text</type>\n</CustomField>\n"
    handed = _handed(project({FIELD: wrapped.format(before)}, []), "Account.A__c")
    assert handed[f"1-announce/sources/{FIELD}"].decode() == wrapped.format(after)


def test_the_older_format_is_a_package_in_itself() -> None:
    files = {
        "src/objects/Account.object": f"{HEAD}<CustomObject>\n    <fields>\n        <fullName>A__c</fullName>\n"
        "        <type>Text</type>\n    </fields>\n    <listViews>\n        <fullName>All</fullName>\n"
        "        <columns>NAME</columns>\n        <columns>A__c</columns>\n    </listViews>\n</CustomObject>\n"
    }
    handed = _handed(project(files, []), "Account.A__c")
    after = files["src/objects/Account.object"].replace("        <columns>A__c</columns>\n", "")
    assert handed["4-unreference/metadata/objects/Account.object"].decode() == after
    assert b"<members>Account.All</members>" in handed["4-unreference/metadata/package.xml"]
    assert handed["undo/sources/src/objects/Account.object"].decode() == files["src/objects/Account.object"]


def test_a_field_update_is_first_no_longer_started_and_deleted_last() -> None:
    path = "force-app/workflows/Account.workflow-meta.xml"
    update = (
        "    <fieldUpdates>\n        <fullName>Set</fullName>\n        <field>A__c</field>\n    </fieldUpdates>\n"
    )
    action = "        <actions>\n            <name>Set</name>\n            <type>FieldUpdate</type>\n        </actions>\n"
    rule = "    <rules>\n        <fullName>R</fullName>\n{}        <active>true</active>\n    </rules>\n"
    text = f"{HEAD}<Workflow>\n{{}}{rule}</Workflow>\n"
    made = project({path: text.format(update, action), FIELD: definition("A__c")}, [])
    handed = _handed(made, "Account.A__c")
    assert handed[f"2-hide/sources/{path}"].decode() == text.format(update, "")
    assert b"<members>Account.R</members>" in handed["2-hide/package.xml"]
    assert b"<members>Account.Set</members>" in handed["5-delete/1/metadata/destructiveChangesPost.xml"]
    assert b"<members>Account.A__c</members>" in handed["5-delete/2/metadata/destructiveChangesPost.xml"]
    assert made.without("Account.A__c").changes[-1].after == text.format("", "").encode()


def test_scripts_only_ever_validate() -> None:
    handed = _handed(project(FILES, ["Account.A__c"]), "Account.A__c")
    scripts = [content.decode() for path, content in handed.items() if path.endswith("check.sh")]
    commands = [line for script in scripts for line in script.splitlines() if line.strip().startswith("sf ")]
    assert commands
    assert [line for line in commands if "deploy" in line and "--dry-run" not in line] == []
    assert {line.split()[1:4][-1] for line in commands} == {"start"}


@dataclass(frozen=True, slots=True)
class Order:
    """Things that go, who mentions whom, and the deployments in which they are deleted."""

    items: tuple[str, ...]
    mentions: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, ...], ...]


ORDERS = {
    "what nothing mentions goes at once": Order(
        ("field/A.X__c", "field/A.Y__c"), (), (("field/A.X__c", "field/A.Y__c"),)
    ),
    "a formula on a child goes before what it reads": Order(
        ("field/A.X__c", "field/B.F__c"),
        (("field/B.F__c", "A.X__c"),),
        (("field/B.F__c",), ("field/A.X__c",)),
    ),
    "a roll-up goes before what it sums up, which goes before its own inputs": Order(
        ("field/A.X__c", "field/B.F__c", "field/C.R__c"),
        (("field/C.R__c", "B.F__c"), ("field/B.F__c", "A.X__c")),
        (("field/C.R__c",), ("field/B.F__c",), ("field/A.X__c",)),
    ),
    "a rule goes before the field that it tests": Order(
        ("field/A.X__c", "validation_rule/A.V"),
        (("validation_rule/A.V", "A.X__c"),),
        (("validation_rule/A.V",), ("field/A.X__c",)),
    ),
    "a circle goes together": Order(
        ("field/A.X__c", "field/A.Y__c"),
        (("field/A.X__c", "A.Y__c"), ("field/A.Y__c", "A.X__c")),
        (("field/A.X__c", "field/A.Y__c"),),
    ),
    "fields of an object go with it": Order(("field/A__c.X__c", "object/A__c"), (), (("object/A__c",),)),
}


def test_a_layout_goes_with_its_object_and_not_before() -> None:
    """Nobody may delete the last layout of an object that is still there."""
    layout = Component("layout", "A__c-Main", "p", object="A__c")
    catalog = Catalog("crm", Role.CRM, "salesforce", components=(layout,))
    steps = deployments(map(_removed, ("layout/A__c-Main", "object/A__c")), catalog)
    assert [[item.name for item in step.items] for step in steps] == [["A__c"]]


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_nothing_is_deleted_before_what_mentions_it(order: Order) -> None:
    references = tuple(
        Reference(kind, name, target, Access.READS, Certainty.CERTAIN, "p", 1)
        for kind, name, target in ((*by.split("/", 1), target) for by, target in order.mentions)
    )
    steps = deployments(map(_removed, order.items), Catalog("crm", Role.CRM, "salesforce", references=references))
    assert tuple(tuple(f"{item.kind}/{item.name}" for item in step.items) for step in steps) == order.expected


def test_flows_are_deleted_by_hand_and_before_what_they_use() -> None:
    call = Call("flow", "F", "apex_class", "C", Certainty.CERTAIN, "p", 1)
    items = map(_removed, ("flow/F", "apex_class/C"))
    steps = deployments(items, Catalog("crm", Role.CRM, "salesforce", calls=(call,)))
    told = [([item.name for item in step.flows], [item.name for item in step.items]) for step in steps]
    assert told == [(["F"], []), ([], ["C"])]


def test_a_flow_that_goes_is_switched_off_first() -> None:
    path = "force-app/flows/F.flow-meta.xml"
    text = f"{HEAD}<Flow>\n    <status>Active</status>\n</Flow>\n"
    made = project({path: text, FIELD: definition("A__c")}, [])
    flow = Removed("crm:flow/F", "flow", "F", Cause.DEPENDS, "about nothing else", path)
    removal = removal_of(made.catalog, ["Account.A__c"])
    whole = type(removal)(removal.system, removal.platform, (*removal.items, flow))
    handed = {
        item.path: item.content.decode()
        for item in salesforce_artefacts(whole, made.catalog, made.tree, made.without("Account.A__c"))
    }
    assert handed[f"4-unreference/sources/{path}"] == text.replace("Active", "Obsolete")
    assert "DeveloperName = 'F'" in handed["5-delete/1/flows.txt"]
    assert "<name>Flow</name>" not in handed["5-delete/1/metadata/destructiveChangesPost.xml"]


def _removed(name: str) -> Removed:
    kind, _, local = name.partition("/")
    return Removed(f"crm:{local}", kind, local, Cause.CANDIDATE, "asked for")
