"""The graph: what is defined, what is only mentioned, and who mentions whom."""

from __future__ import annotations

import pytest

from auditor.graph.build import build_graph
from auditor.graph.nodes import KnownBy, NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.graph.summary import summarise
from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.components import Component, IntegrationPoint
from auditor.model.observations import Definition, Evidence, EvidenceSource, SourceKind
from auditor.model.references import Access, Call, Certainty, Reference
from auditor.model.results import SystemSummary

REGION = Field("Account", "Region__c", reference_to=("Region__c",))
ACCOUNT = Object("Account", custom=False, fields=(REGION, Field("Account", "Score__c")))


def _reads(kind: str, name: str, target: str, access: Access = Access.READS) -> Reference:
    return Reference(kind, name, target, access, Certainty.CERTAIN, f"{name}.xml", 3)


CRM = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(ACCOUNT,),
    components=(Component("layout", "Account-Main", "a.xml", 1, object="Account"),),
    references=(
        _reads("field", "Account.Score__c", "Account.Region__c"),
        _reads("layout", "Account-Main", "Account.Region__c", Access.SHOWS),
        _reads("layout", "Account-Main", "Account.Industry", Access.SHOWS),
        _reads("report", "Sales/A", "Account.Region__c"),
        _reads("report", "Sales/A", "Account"),
    ),
    calls=(Call("dashboard", "Board", "report", "Sales/A", Certainty.CERTAIN, "d.xml", 7),),
    integration_points=(IntegrationPoint("remote_site", "Bank", "b.xml"),),
    channels={"layout": 1, "search_layout": 0},
    unresolved=2,
    location="crm/",
)
ERP = Catalog("erp", Role.ERP, "sql", objects=(Object("Items", fields=(Field("Items", "No.", custom=None),)),))
REGION_KEY, SCORE_KEY = "crm:Account.Region__c", "crm:Account.Score__c"


@pytest.fixture(scope="module")
def graph() -> SchemaGraph:
    return build_graph([CRM, ERP])


def test_mentions_are_found_from_both_ends(graph: SchemaGraph) -> None:
    assert graph.referrers(REGION_KEY) == ["crm:Account.Score__c", "crm:layout/Account-Main", "crm:report/Sales/A"]
    assert [link.other for link in graph.references_from("crm:report/Sales/A")] == [REGION_KEY, "crm:Account"]
    assert [link.reference.access for link in graph.references_from("crm:layout/Account-Main")] == [
        Access.SHOWS
    ] * 2


def test_a_formula_is_a_field_that_mentions_fields(graph: SchemaGraph) -> None:
    assert [link.other for link in graph.references_from(SCORE_KEY)] == [REGION_KEY]
    assert graph.kind_of(SCORE_KEY) is NodeKind.FIELD


def test_standard_fields_and_components_that_are_only_mentioned_are_implied(graph: SchemaGraph) -> None:
    industry = graph.field("crm:Account.Industry")
    assert (industry.known_by, industry.implied, industry.value.custom) == (KnownBy.MENTION, True, False)
    assert graph.component("crm:report/Sales/A").exists is False
    assert graph.object("crm:Region__c").implied is True


def test_what_belongs_to_an_object(graph: SchemaGraph) -> None:
    assert graph.fields_of("crm:Account") == ["crm:Account.Industry", REGION_KEY, SCORE_KEY]
    assert graph.components_of("crm:Account") == ["crm:layout/Account-Main"]
    assert graph.object_of(REGION_KEY) == graph.object_of("crm:layout/Account-Main") == "crm:Account"
    assert graph.object_of("crm:report/Sales/A") is None


def test_what_points_where(graph: SchemaGraph) -> None:
    assert graph.looks_up(REGION_KEY) == ["crm:Region__c"]
    assert graph.looked_up_by("crm:Region__c") == [REGION_KEY]


def test_calls(graph: SchemaGraph) -> None:
    assert [link.other for link in graph.calls("crm:dashboard/Board")] == ["crm:report/Sales/A"]
    assert [link.other for link in graph.called_by("crm:report/Sales/A")] == ["crm:dashboard/Board"]


def test_objects_by_role_and_components_by_kind(graph: SchemaGraph) -> None:
    assert [each.key for each in graph.objects(Role.ERP)] == ["erp:Items"]
    assert [each.key for each in graph.objects(system="crm")] == ["crm:Account", "crm:Region__c"]
    assert [each.key for each in graph.components("layout")] == ["crm:layout/Account-Main"]


def test_a_kind_that_was_read_and_is_empty_was_read(graph: SchemaGraph) -> None:
    read = [graph.reads_channel("crm", kind) for kind in ("layout", "search_layout", "flow")]
    assert read == [True, True, False]


def test_names_with_dots_are_found_by_the_objects_that_are_known() -> None:
    erp = Catalog(
        "erp",
        Role.ERP,
        "sql",
        objects=(Object("dbo.Items", fields=(Field("dbo.Items", "No."),)),),
        references=(_reads("view", "V", "dbo.Items.No."), _reads("view", "V", "dbo.Items.Price")),
    )
    graph = build_graph([erp])
    assert graph.fields_of('erp:"dbo.Items"') == ['erp:"dbo.Items"."No."', 'erp:"dbo.Items".Price']
    assert graph.referrers('erp:"dbo.Items"."No."') == ["erp:view/V"]


def test_two_sources_of_one_system_add_up_and_the_first_definition_counts() -> None:
    first = Catalog(
        "erp", Role.ERP, "odata", (Object("A", label="one", fields=(Field("A", "x"),)),), channels={"k": 1}
    )
    second = Catalog(
        "erp", Role.ERP, "sql", (Object("A", label="two", fields=(Field("A", "y"),)),), channels={"k": 2}
    )
    graph = build_graph([first, second])
    assert graph.object("erp:A").value.label == "one"
    assert graph.fields_of("erp:A") == ["erp:A.x", "erp:A.y"]
    assert graph.system("erp").source_kinds == ("odata", "sql")
    assert graph.system("erp").channels == {"k": 3}


def test_a_definition_replaces_what_was_implied() -> None:
    late = Catalog("crm", Role.CRM, "salesforce", (Object("Region__c", fields=(Field("Region__c", "Code__c"),)),))
    graph = build_graph([CRM, late])
    assert graph.object("crm:Region__c").known_by is KnownBy.CATALOGUE
    assert graph.fields_of("crm:Region__c") == ["crm:Region__c.Code__c"]


def test_evidence_knows_fields_that_no_repository_has() -> None:
    source = EvidenceSource("fields", "tooling-custom-field", "f.csv", SourceKind.REGISTER)
    told = (
        Definition("crm:Account.Quick__c", "fields"),
        Definition("other:X.Y", "fields"),
        Definition("???", "fields"),
    )
    graph = build_graph([CRM], Evidence(sources=(source,), definitions=told))
    assert graph.field("crm:Account.Quick__c").known_by is KnownBy.EVIDENCE
    assert "other:X.Y" not in graph
    assert graph.keys(NodeKind.SOURCE) == ["evidence:source/fields"]


def test_places(graph: SchemaGraph) -> None:
    assert graph.place_of("crm:layout/Account-Main") == ("a.xml", 1)
    assert graph.place_of("crm:remote_site/Bank") == ("b.xml", None)
    assert graph.place_of(REGION_KEY) == ("", None)


def test_a_name_that_nothing_bears(graph: SchemaGraph) -> None:
    assert graph.kind_of("crm:Nothing") is None
    assert graph.referrers("crm:Nothing") == []
    with pytest.raises(KeyError):
        graph.field("crm:Nothing.Here")


def test_it_shows_what_it_holds(graph: SchemaGraph) -> None:
    shown = "<SchemaGraph: 2 systems, 3 objects, 4 fields, 3 components, 1 integrations, 0 sources>"
    assert repr(graph) == shown


def test_a_system_in_numbers(graph: SchemaGraph) -> None:
    assert summarise(graph, [CRM, ERP])[0] == SystemSummary(
        name="crm",
        role=Role.CRM,
        source_kinds=("salesforce",),
        location="crm/",
        objects=1,
        custom_objects=0,
        fields=2,
        custom_fields=2,
        implied_fields=1,
        components=(("layout", 1),),
        references=(("reads", 3), ("shows", 2)),
        calls=1,
        integration_points=1,
        unresolved=2,
        skipped=0,
    )
