"""A graph in pages answers every verb as the one that was written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from auditor.graph.build import build_graph
from auditor.graph.named import gone_of, subjects_of
from auditor.graph.nodes import NodeKind
from auditor.graph.paged import graph_sheets, named_in, paged_graph
from auditor.graph.paging import CALL, REFERENCE, read_links, write_links
from auditor.graph.schema import SchemaGraph
from auditor.index.ground import Ground, Label
from auditor.index.grounds import Vault, open_ground, write_ground
from auditor.model.catalogue import Catalog, Field, Governance, Object, PicklistValue, Relationship, Role
from auditor.model.components import Component, Effect, EffectOn, IntegrationPoint, Trigger
from auditor.model.observations import Deed, Definition, Evidence, EvidenceSource, Observation, SourceKind
from auditor.model.references import Access, Call, Certainty, Reference
from auditor.workspace.catalogs import read_place

_READ = (Access.READS, Certainty.POSSIBLE, "r.report", 3, "filter")
_CRM = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    (
        Object(
            "Account",
            fields=(
                Field("Account", "A__c", type="Picklist", picklist=(PicklistValue("a", "A"),)),
                Field("Account", "Owner__c", reference_to=("User",), relationship=Relationship.LOOKUP),
                Field("Activity", "Shared__c", governance=Governance("Active", compliance=("GDPR",))),
            ),
            record_types=("Partner",),
        ),
        Object("dbo.Lines"),
    ),
    (
        Component("report", "Sales/Pipeline", "r.report", 1, object="Account"),
        Component("flow", "F", "f", trigger=Trigger.RECORD, effects=(EffectOn(Effect.CREATES, "Account"),)),
    ),
    (
        Reference("report", "Sales/Pipeline", "Account.A__c", *_READ),
        Reference("report", "Sales/Pipeline", "Account.No.", *_READ),
        Reference("field", "Account.A__c", "Account.Owner__c", Access.WRITES, Certainty.CERTAIN, "a"),
    ),
    (Call("flow", "F", "report", "Sales/Pipeline", Certainty.CERTAIN, "f", 9),),
    (IntegrationPoint("connected_app", "Sync", "s", objects=("Account",)),),
    {"report": 1, "flow": 1},
    namespaces=("own",),
)
_SECOND = Catalog(
    "crm", Role.CRM, "tabular", (Object("Account", fields=(Field("Account", "A__c", label="another"),)),)
)
_EVIDENCE = Evidence(
    (EvidenceSource("register", "field-register", "f.csv", SourceKind.REGISTER, date(2026, 1, 2)),),
    definitions=(
        Definition("crm:Account.Gone__c", "register", removed=date(2026, 1, 1)),
        Definition("crm:Account.Live__c", "register"),
    ),
    observations=(Observation("crm:Account", Deed.CALLED, "register", None, via="crm:connected_app/Else"),),
)


@contextmanager
def _kept(path: Path, graph: SchemaGraph, evidence: Evidence = _EVIDENCE) -> Iterator[Ground]:
    vault = Vault(path, b"secret")
    assert write_ground(vault, Label("k"), graph_sheets(graph, evidence))
    ground = open_ground(vault, "k")
    assert ground is not None
    yield ground
    ground.close()


def _told(graph: SchemaGraph, keys: list[str]) -> Iterator[tuple[object, ...]]:
    """Every verb, of every node."""
    for kind in NodeKind:
        yield kind, graph.keys(kind), list(graph.nodes(kind))
    yield graph.systems(), [graph.system(each.system) for each in graph.systems()], repr(graph)
    yield graph.objects(), graph.objects(Role.CRM), graph.objects(Role.ERP), graph.objects(system="crm")
    yield graph.components(), graph.components("report")
    for key in keys:
        yield key, graph.kind_of(key), key in graph, graph.object_of(key), graph.place_of(key)
        yield key, list(graph.fields_of(key)), list(graph.components_of(key)), list(graph.clients_of(key))
        yield key, list(graph.looks_up(key)), list(graph.looked_up_by(key)), graph.referrers(key)
        yield key, list(graph.references_to(key)), list(graph.references_from(key))
        yield key, list(graph.calls(key)), list(graph.called_by(key))


def _equal(graph: SchemaGraph, path: Path) -> None:
    keys = [key for kind in NodeKind for key in graph.keys(kind)] + [
        "",
        "crm:None",
        "crm:None.A__c",
        "crm:flow/No",
    ]
    with _kept(path, graph) as ground:
        paged = paged_graph(ground)
        for expected, actual in zip(_told(graph, keys), _told(paged, keys), strict=True):
            assert expected == actual


def test_every_verb_answers_as_before(tmp_path: Path) -> None:
    _equal(build_graph((_CRM, _SECOND), _EVIDENCE), tmp_path / "c")


def test_without_anything_there_is_nothing(tmp_path: Path) -> None:
    _equal(build_graph((), None), tmp_path / "c")


@pytest.mark.parametrize("name", ["sf-ebikes", "sf-electron-motors", "sf-volunteers-mdapi"])
def test_every_verb_answers_as_before_on_real_organisations(name: str, corpora: Path, tmp_path: Path) -> None:
    catalogs = read_place(str(corpora / name), "salesforce", None, lambda *_: None, cached=False)

    _equal(build_graph(catalogs, _EVIDENCE), tmp_path / "c")


def test_every_verb_answers_as_before_on_an_erp(corpora: Path, tmp_path: Path) -> None:
    catalogs = read_place(str(corpora / "sap-odata-sales-order"), "odata", None, lambda *_: None, cached=False)

    _equal(build_graph(catalogs), tmp_path / "c")


def test_a_node_is_found_without_reading_the_others(tmp_path: Path) -> None:
    graph = build_graph((_CRM,))
    with _kept(tmp_path / "c", graph) as ground:
        paged = paged_graph(ground)

        assert paged.field("crm:Account.A__c") == graph.field("crm:Account.A__c")
        with pytest.raises(KeyError):
            paged.object("crm:None")


def test_what_evidence_names_is_told(tmp_path: Path) -> None:
    with _kept(tmp_path / "c", build_graph((_CRM,), _EVIDENCE)) as ground:
        named = subjects_of(_EVIDENCE) - gone_of(_EVIDENCE)
        asked = {*named, "crm:Account.Gone__c", "crm:Account.A__c"}

        assert named == {each for each in asked if named_in(ground)(each)}


def test_all_members_of_a_reference_are_kept() -> None:
    assert (set(Reference.__slots__), set(Call.__slots__)) == (set(REFERENCE), set(CALL))
    links = build_graph((_CRM,)).references_to("crm:Account.A__c")

    assert links == read_links("", write_links(links))
