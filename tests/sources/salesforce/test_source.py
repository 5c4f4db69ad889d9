"""A whole tree: both formats mixed, several packages, and whatever else a repository holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from auditor.formats.trees import open_tree
from auditor.model.catalogue import Catalog, ObjectKind, PicklistValue, Role, Skipped, Unresolved
from auditor.model.references import Access, Certainty, Reference
from auditor.sources.salesforce.source import read_salesforce

Read = Callable[[Mapping[str, str]], Catalog]

_XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"'


def _object(body: str) -> str:
    return f"<CustomObject {_XMLNS}>{body}</CustomObject>"


def _field(name: str, body: str = "<type>Text</type>", tag: str = "CustomField") -> str:
    return f"<{tag}><fullName>{name}</fullName>{body}</{tag}>"


def _names(catalog: Catalog) -> dict[str, list[str]]:
    return {item.name: [field.name for field in item.fields] for item in catalog.objects}


_PROPERTIES = """<label>Uppdrag</label><pluralLabel>Uppdragen</pluralLabel><description>d</description>
<enableHistory>true</enableHistory><sharingModel>Private</sharingModel><deploymentStatus>Deployed</deploymentStatus>
<nameField><label>No</label><type>AutoNumber</type><displayFormat>J-{0}</displayFormat></nameField>"""
_RECORD_TYPE = """<fullName>Big</fullName><active>true</active><label>Stor</label>
<businessProcess>P</businessProcess>
<compactLayoutAssignment>C</compactLayoutAssignment><picklistValues><picklist>State__c</picklist></picklistValues>"""
_SEARCH = """<searchLayouts><customTabListAdditionalFields>State__c</customTabListAdditionalFields>
<lookupDialogsAdditionalFields>NAME</lookupDialogsAdditionalFields>
<searchResultsCustomButtons>Push</searchResultsCustomButtons></searchLayouts>"""
_STATE = _field("State__c")
_AREA = _field("Area__c", "<type>Text</type><formula>State__c</formula>")


def _older() -> dict[str, str]:
    fields = _STATE.replace("CustomField", "fields") + _AREA.replace("CustomField", "fields")
    record_type = f"<recordTypes>{_RECORD_TYPE}</recordTypes>"
    assigned = "<compactLayoutAssignment>C</compactLayoutAssignment>"
    return {"src/objects/Job__c.object": _object(_PROPERTIES + assigned + fields + record_type + _SEARCH)}


def _newer() -> dict[str, str]:
    folder = "force-app/main/default/objects/Job__c"
    assigned = "<compactLayoutAssignment>C</compactLayoutAssignment>"
    return {
        f"{folder}/Job__c.object-meta.xml": _object(_PROPERTIES + assigned + _SEARCH),
        f"{folder}/fields/State__c.field-meta.xml": _STATE,
        f"{folder}/fields/Area__c.field-meta.xml": _AREA,
        f"{folder}/recordTypes/Big.recordType-meta.xml": f"<RecordType>{_RECORD_TYPE}</RecordType>",
    }


@pytest.mark.parametrize("files", [pytest.param(_older(), id="older"), pytest.param(_newer(), id="newer")])
def test_both_formats_say_the_same(files: dict[str, str], catalog: Read) -> None:
    found = catalog(files)
    job = found.objects[0]

    assert _names(found) == {"Job__c": ["Area__c", "State__c"]}
    assert (job.label, job.plural_label, job.description) == ("Uppdrag", "Uppdragen", "d")
    assert (job.kind, job.custom, job.name_field_type, job.track_history) == (
        ObjectKind.OBJECT,
        True,
        "AutoNumber",
        True,
    )
    assert job.attributes == (("deployment_status", "Deployed"), ("sharing_model", "Private"))
    assert job.record_types == ("Big",)
    assert [(item.kind, item.name) for item in found.components] == [
        ("record_type", "Job__c.Big"),
        ("search_layout", "Job__c"),
    ]
    assert [
        (item.component_kind, item.component, item.target, item.access, item.part) for item in found.references
    ] == [
        ("field", "Job__c.Area__c", "Job__c.State__c", Access.READS, "formula"),
        ("record_type", "Job__c.Big", "Job__c.State__c", Access.LISTS, "picklist"),
        ("search_layout", "Job__c", "Job__c.Name", Access.SHOWS, "search_layout"),
        ("search_layout", "Job__c", "Job__c.State__c", Access.SHOWS, "search_layout"),
    ]
    assert [(item.caller_kind, item.caller, item.callee_kind, item.callee) for item in found.calls] == [
        ("object", "Job__c", "compact_layout", "Job__c.C"),
        ("record_type", "Job__c.Big", "business_process", "Job__c.P"),
        ("record_type", "Job__c.Big", "compact_layout", "Job__c.C"),
        ("search_layout", "Job__c", "web_link", "Job__c.Push"),
    ]
    assert found.channels == {"field": 2, "record_type": 1, "search_layout": 1}
    assert (found.skipped, found.unresolved) == ((), 0)


_KINDS = [
    pytest.param("Job__c", "", ObjectKind.OBJECT, True, None, id="a custom object"),
    pytest.param("Account", "", ObjectKind.OBJECT, False, None, id="a standard object"),
    pytest.param(
        "Set__c",
        "<customSettingsType>Hierarchy</customSettingsType>",
        ObjectKind.CUSTOM_SETTING,
        True,
        None,
        id="a custom setting",
    ),
    pytest.param("T__mdt", "", ObjectKind.CUSTOM_METADATA, True, None, id="a metadata type"),
    pytest.param("Ping__e", "", ObjectKind.PLATFORM_EVENT, True, None, id="a platform event"),
    pytest.param("Part__x", "", ObjectKind.EXTERNAL, True, None, id="an external object"),
    pytest.param("Log__b", "", ObjectKind.BIG_OBJECT, True, None, id="a big object"),
    pytest.param("acme__Job__c", "", ObjectKind.OBJECT, True, "acme", id="an object of a managed package"),
    pytest.param("own__Job__c", "", ObjectKind.OBJECT, True, None, id="the project's own namespace is none"),
    pytest.param("%%%NAMESPACE%%%Job__c", "", ObjectKind.OBJECT, True, None, id="a token is no namespace"),
]


@pytest.mark.parametrize(("name", "body", "kind", "custom", "namespace"), _KINDS)
def test_an_object_is_of_the_kind_that_its_name_and_file_tell(
    name: str, body: str, kind: ObjectKind, custom: bool, namespace: str | None, catalog: Read
) -> None:
    found = catalog({f"src/objects/{name}.object": _object(body), "sfdx-project.json": '{"namespace": "own"}'})

    assert [(item.name, item.kind, item.custom, item.namespace) for item in found.objects] == [
        (name, kind, custom, namespace)
    ]


def test_an_object_that_only_has_fields_is_an_object(catalog: Read) -> None:
    found = catalog({"objects/Account/fields/A__c.field-meta.xml": _field("A__c")})

    assert [(item.name, item.custom, len(item.fields)) for item in found.objects] == [("Account", False, 1)]


def test_a_field_in_two_packages_is_one_and_the_later_package_wins(catalog: Read) -> None:
    first = "core/objects/Job__c/fields/A__c.field-meta.xml"
    second = "add/objects/Job__c/fields/A__c.field-meta.xml"
    found = catalog(
        {
            "sfdx-project.json": '{"packageDirectories": [{"path": "./core/"}, {"path": "add"}]}',
            first: _field("A__c", "<type>Text</type><length>10</length><description>kept</description>"),
            second: _field("a__C", "<type>Text</type><length>20</length>"),
            "zzz/objects/Job__c.object": _object("<fields><fullName>A__c</fullName><length>5</length></fields>"),
        }
    )

    field = found.objects[0].fields[0]
    assert (len(found.objects[0].fields), field.name, field.length, field.description) == (1, "a__C", 20, "kept")
    assert found.skipped == (
        Skipped(
            "zzz/objects/Job__c.object",
            f"field Job__c.a__C is defined 3 times; merged, the last one wins: {second}",
        ),
    )


def test_a_project_below_the_top_has_packages_and_a_namespace_too(catalog: Read) -> None:
    found = catalog(
        {
            "crm/sfdx-project.json": '{"namespace": "Own", "packageDirectories": [{"path": "app"}]}',
            "crm/app/objects/Job__c/fields/A__c.field-meta.xml": _field("A__c", "<length>1</length>"),
            "crm/zzz/objects/Job__c/fields/A__c.field-meta.xml": _field("A__c", "<length>2</length>"),
            "crm/app/objects/Job__c/fields/B__c.field-meta.xml": _field(
                "B__c", "<type>Lookup</type><referenceTo>own__JOB__c</referenceTo>"
            ),
        }
    )

    assert [(field.name, field.length, field.reference_to) for field in found.objects[0].fields] == [
        ("A__c", 1, ()),
        ("B__c", None, ("Job__c",)),
    ]


def test_fields_of_tasks_and_events_belong_to_activity(catalog: Read) -> None:
    formula = _field("B__c", "<type>Text</type><formula>A__c</formula>")
    found = catalog(
        {
            "objects/Task/fields/B__c.field-meta.xml": formula,
            "objects/Activity/fields/A__c.field-meta.xml": _field("A__c"),
        }
    )

    assert _names(found) == {"Activity": ["A__c", "B__c"]}
    assert found.references == (
        Reference(
            "field",
            "Activity.B__c",
            "Activity.A__c",
            Access.READS,
            Certainty.CERTAIN,
            "objects/Task/fields/B__c.field-meta.xml",
            1,
            "formula",
        ),
    )


def test_person_accounts_are_accounts(catalog: Read) -> None:
    record_type = "<recordTypes><fullName>Person</fullName><label>P</label></recordTypes>"
    found = catalog(
        {
            "objects/Account.object": _object("<label>Konto</label>" + _field("A__c", tag="fields")),
            "objects/PersonAccount.object": _object(record_type + _SEARCH.replace("State__c", "A__c")),
        }
    )

    assert [(item.name, item.label, item.record_types) for item in found.objects] == [
        ("Account", "Konto", ("Person",))
    ]
    assert ("PersonAccount", "Account.A__c") in [(item.component, item.target) for item in found.references]


_VALUE = "<fullName>{0}</fullName><default>false</default><label>{0}!</label>"


def test_a_picklist_gets_the_values_of_its_shared_set(catalog: Read) -> None:
    shared = _VALUE.format("N")
    standard = _VALUE.format("Won")
    found = catalog(
        {
            "objects/Opportunity/fields/Area__c.field-meta.xml": _field(
                "Area__c", "<type>Picklist</type><valueSet><valueSetName>Areas</valueSetName></valueSet>"
            ),
            "objects/Opportunity/fields/StageName.field-meta.xml": _field("StageName", "<type>Picklist</type>"),
            "globalValueSets/Areas.globalValueSet-meta.xml": (
                f"<GlobalValueSet><customValue>{shared}</customValue></GlobalValueSet>"
            ),
            "standardValueSets/OpportunityStage.standardValueSet-meta.xml": (
                f"<StandardValueSet><standardValue>{standard}</standardValue></StandardValueSet>"
            ),
        }
    )

    assert [(field.name, field.custom, field.picklist) for field in found.objects[0].fields] == [
        ("Area__c", True, (PicklistValue("N", "N!"),)),
        ("StageName", False, (PicklistValue("Won", "Won!"),)),
    ]


_MANIFEST = "<Package><types><members>Job__c.Gone__c</members><name>CustomField</name></types></Package>"


def test_manifests_hold_no_objects_and_no_uses(catalog: Read) -> None:
    names = ("package.xml", "destructiveChanges.xml", "destructiveChangesPre.xml", "destructiveChangesPost.xml")
    found = catalog({f"manifest/{name}": _MANIFEST for name in names})

    assert (found.objects, found.references, found.skipped) == ((), (), ())


def test_what_cannot_be_read_costs_one_line_each(catalog: Read) -> None:
    found = catalog(
        {
            "objects/A__c.object": "unreadable",
            "objects/B__c.object": "<CustomObject><fields>",
            "objects/C__c.object": '<!DOCTYPE x [<!ENTITY a "b">]><CustomObject/>',
            "objects/D__c.object": _object("<fields><type>Text</type></fields><strange><a/></strange>"),
            "objects/E__c.object": "",
            "sfdx-project.json": "[",
            "stray.field-meta.xml": _field("X__c"),
        }
    )

    assert [item.name for item in found.objects] == ["D__c"]
    assert found.skipped == (
        Skipped("objects/A__c.object", "cannot be read: broken disk"),
        Skipped("objects/B__c.object", "not well-formed XML: no element found", 1),
        Skipped("objects/C__c.object", "a DTD or entity declaration is refused", 1),
        Skipped("objects/D__c.object", "a field of D__c has no fullName", 1),
        Skipped("objects/D__c.object", "element strange not read, though it may mention fields", 1),
        Skipped("objects/E__c.object", "not well-formed XML: no element found", 1),
        Skipped("sfdx-project.json", "not JSON: Expecting value", 1),
        Skipped("stray.field-meta.xml", "a field that does not lie in the folder of its object"),
    )


def test_kinds_without_a_reader_are_said_once_with_their_number(catalog: Read) -> None:
    found = catalog(
        {
            "README.md": "",
            "package.json": "{}",
            "logo.png": "",
            "x/roles/CEO.role-meta.xml": "<Role/>",
            "x/strange/B.strange-meta.xml": "<S/>",
            "x/strange/A.strange-meta.xml": "<S/>",
            "x/staticresources/map.json": "{}",
            "x/staticresources/map/app.js": "",
            "x/staticresources/map.resource-meta.xml": "<StaticResource/>",
            "scripts/load.js": "",
        }
    )

    assert found.skipped == (
        Skipped(
            "scripts/load.js", "1 file of kind js not read, though they may mention fields; this is the first"
        ),
        Skipped(
            "x/staticresources/map.json",
            "2 files in static resources not read, though they may mention fields; this is the first",
        ),
        Skipped(
            "x/strange/A.strange-meta.xml",
            "2 files of kind strange not read, though they may mention fields; this is the first",
        ),
    )


def test_what_names_nothing_known_is_counted_and_shown(catalog: Read) -> None:
    path = "objects/Job__c/fields/A__c.field-meta.xml"
    found = catalog({path: _field("A__c", "<type>Text</type><formula>X__r.D__c\n&amp; B__r.C__c</formula>")})

    assert (found.references, found.unresolved) == ((), 2)
    assert found.unresolved_mentions == (
        Unresolved(path, 1, "field", "Job__c.A__c", "Job__c: X__r.D__c"),
        Unresolved(path, 2, "field", "Job__c.A__c", "Job__c: B__r.C__c"),
    )


def test_a_business_process_lists_the_field_that_it_narrows(catalog: Read) -> None:
    process = "<businessProcesses><fullName>P</fullName><isActive>true</isActive></businessProcesses>"
    found = catalog({"objects/Opportunity.object": _object(process)})

    assert [(item.component, item.target, item.access) for item in found.references] == [
        ("Opportunity.P", "Opportunity.StageName", Access.LISTS)
    ]


def test_the_platforms_own_compact_layout_is_no_component(catalog: Read) -> None:
    body = "<compactLayoutAssignment>SYSTEM</compactLayoutAssignment>"

    assert catalog({"objects/Job__c.object": _object(body)}).calls == ()


def test_the_order_of_the_files_changes_nothing(catalog: Read) -> None:
    files = {**_newer(), "src/objects/Account.object": _object(_field("A__c", tag="fields"))}

    assert catalog(dict(reversed(files.items()))) == catalog(files)


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []

    class Tree:
        location = "t"
        skipped = ()

        def paths(self) -> list[str]:
            return [f"objects/O{number}__c.object" for number in range(250)]

        def read(self, path: str) -> bytes:
            return b"<CustomObject/>"

    read_salesforce(Tree(), "crm", Role.CRM, lambda done, total: told.append((done, total)))

    assert told == [(100, 250), (200, 250), (250, 250)]


def test_an_empty_tree_is_an_empty_catalogue(tmp_path: Path) -> None:
    found = read_salesforce(open_tree(str(tmp_path)), "crm", Role.CRM)

    assert found == Catalog("crm", Role.CRM, "salesforce", location=tmp_path.resolve().as_posix())
