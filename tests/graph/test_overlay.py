"""A change laid over a graph gives the graph that is built of what stands after the change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.graph.build import build_graph
from auditor.graph.named import gone_of, subjects_of
from auditor.graph.nodes import KnownBy
from auditor.graph.overlay import overlay
from auditor.graph.schema import SchemaGraph
from auditor.graph.touching import is_wide, touched
from auditor.model.catalogue import Catalog, Field, Object, Origin, Role, Skipped
from auditor.model.changes import CatalogDelta
from auditor.model.components import Component, IntegrationPoint
from auditor.model.observations import Deed, Definition, Evidence, EvidenceSource, Observation, SourceKind
from auditor.model.references import Access, Call, Certainty, Reference, call_order, reference_order

_T = TypeVar("_T")
OBJECTS = ("Account", "Order__c", "pkg__Term__c")
FIELDS = ("Name", "A__c", "B__c", "pkg__C__c")
EVIDENCE = Evidence(
    sources=(EvidenceSource("register", "field-register", "f.csv", SourceKind.REGISTER),),
    definitions=(Definition("crm:Account.A__c", "register"), Definition("crm:flow/One", "register")),
    observations=(
        Observation("crm:Order__c", Deed.CALLED, "register", None, via="crm:connected_app/Sync"),
        Observation("crm:Order__c.Gone__c", Deed.READ, "register", None),
    ),
)


def difference(before: Catalog, after: Catalog) -> CatalogDelta:
    """Every part by plain set difference: what `overlay` is given in these tests."""

    def parts(name: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        old, new = getattr(before, name), getattr(after, name)
        return tuple(each for each in old if each not in new), tuple(each for each in new if each not in old)

    objects, components, points = parts("objects"), parts("components"), parts("integration_points")
    references, calls, skipped = parts("references"), parts("calls"), parts("skipped")
    kinds = sorted({*before.channels, *after.channels})
    changed = [kind for kind in kinds if before.channels.get(kind) != after.channels.get(kind)]
    return CatalogDelta(
        before.system,
        *objects,
        *components,
        *references,
        *calls,
        *points,
        {kind: after.channels.get(kind) for kind in changed},
        after.unresolved - before.unresolved,
        *skipped,
    )


def tables(graph: SchemaGraph) -> dict[str, dict[str, object]]:
    """Everything that a graph holds, without empty lists."""
    held = graph.tables
    names = (
        "systems", "objects", "fields", "components", "integrations", "sources", "fields_of", "components_of",
        "object_of", "incoming", "outgoing", "calls", "callers", "looks_up", "looked_up_by", "clients",
    )  # fmt: skip
    return {name: {key: value for key, value in dict(getattr(held, name)).items() if value} for name in names}


def laid(before: Catalog, after: Catalog, evidence: Evidence = EVIDENCE) -> SchemaGraph:
    named = subjects_of(evidence) - gone_of(evidence)
    return overlay(build_graph([before], evidence), [difference(before, after)], named.__contains__)


@st.composite
def fields(draw: st.DrawFn, owner: str) -> Field:
    return Field(
        owner,
        draw(st.sampled_from(FIELDS)),
        label=draw(st.sampled_from(("a", "b"))),
        reference_to=draw(st.sampled_from(((), ("Account",), ("Elsewhere__c", "Order__c")))),
    )


@st.composite
def objects(draw: st.DrawFn) -> Object:
    name = draw(st.sampled_from(OBJECTS))
    own = draw(st.lists(fields(name), max_size=3, unique_by=lambda each: each.name))
    types = draw(st.sampled_from(((), ("Big",), ("Big", "Small"))))
    origin = draw(st.sampled_from((None, Origin("o.xml", 1))))
    return Object(name, fields=tuple(own), record_types=types, origin=origin)


TARGETS = st.one_of(
    st.sampled_from(OBJECTS),
    st.builds("{}.{}".format, st.sampled_from((*OBJECTS, "Std")), st.sampled_from(FIELDS)),
)
AUTHORS = st.one_of(
    st.tuples(st.sampled_from(("flow", "report")), st.sampled_from(("One", "Two"))),
    st.tuples(st.just("field"), st.builds("{}.{}".format, st.sampled_from(OBJECTS), st.sampled_from(FIELDS))),
)
COMPONENTS = st.builds(
    lambda kind, name, line, owner: Component(kind, name, f"{name}.xml", line, object=owner),
    st.sampled_from(("flow", "report", "connected_app")),
    st.sampled_from(("One", "Two")),
    st.integers(1, 2),
    st.sampled_from((None, "Account", "Far__c")),
)
REFERENCES = st.builds(
    lambda author, target, access, line: Reference(
        author[0], author[1], target, access, Certainty.CERTAIN, f"{author[1]}.xml", line
    ),
    AUTHORS,
    TARGETS,
    st.sampled_from((Access.READS, Access.SHOWS)),
    st.integers(1, 2),
)
CALLS = st.builds(
    lambda one, two: Call(one[0], one[1], two[0], two[1], Certainty.CERTAIN, "c.xml", 1), AUTHORS, AUTHORS
)
POINTS = st.builds(
    lambda kind, name: IntegrationPoint(kind, name, "p.xml"),
    st.sampled_from(("connected_app", "remote_site")),
    st.sampled_from(("Sync", "Bank")),
)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    kept = draw(st.lists(objects(), max_size=3, unique_by=lambda each: each.name))
    components = draw(st.lists(COMPONENTS, max_size=3, unique_by=lambda each: (each.kind, each.name)))
    points = draw(st.lists(POINTS, max_size=2, unique_by=lambda each: (each.kind, each.name)))
    return Catalog(
        "crm",
        Role.CRM,
        "salesforce",
        tuple(sorted(kept, key=lambda each: each.name)),
        tuple(sorted(components, key=lambda each: (each.kind, each.name))),
        tuple(sorted(draw(st.sets(REFERENCES, max_size=6)), key=reference_order)),
        tuple(sorted(draw(st.sets(CALLS, max_size=3)), key=call_order)),
        tuple(sorted(points, key=lambda each: (each.kind, each.name))),
        draw(st.sampled_from(({}, {"flow": 1}, {"flow": 2, "report": 0}))),
        draw(
            st.sampled_from(
                ((), (Skipped("x.xml", "broken"),), (Skipped("x.xml", "worse"), Skipped("y.xml", "b")))
            )
        ),
        draw(st.integers(0, 2)),
    )


@settings(max_examples=400, deadline=None)
@given(catalogs(), catalogs())
def test_laid_over_is_built_anew(before: Catalog, after: Catalog) -> None:
    assert tables(build_graph([after], EVIDENCE)) == tables(laid(before, after))


@settings(max_examples=100, deadline=None)
@given(catalogs(), catalogs())
def test_the_graph_before_stays_as_it_is(before: Catalog, after: Catalog) -> None:
    graph = build_graph([before], EVIDENCE)
    told = tables(graph)
    overlay(graph, [difference(before, after)], lambda _: False)
    assert told == tables(graph)


@settings(max_examples=200, deadline=None)
@given(catalogs(), catalogs())
def test_whatever_differs_is_touched(before: Catalog, after: Catalog) -> None:
    delta = difference(before, after)
    old, new = tables(build_graph([before], EVIDENCE)), tables(build_graph([after], EVIDENCE))
    nodes = ("objects", "fields", "components")
    differing = {
        key for name in nodes for key in {*old[name], *new[name]} if old[name].get(key) != new[name].get(key)
    }
    lines_only = {key for key in differing if key not in touched([delta])}
    assert all(_moved(old, new, key) for key in lines_only)


def _moved(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], key: str) -> bool:
    """Whether a node is defined before and after, or by no more than a mention."""
    known = [each[name].get(key) for each in (old, new) for name in ("objects", "fields", "components")]
    counted = Counter(node.known_by for node in known if node is not None)
    return counted[KnownBy.CATALOGUE] != 1


@pytest.mark.parametrize(
    ("delta", "expected"),
    [
        pytest.param(CatalogDelta("crm", channels={"flow": 3}), False, id="one more of a kind that was read"),
        pytest.param(CatalogDelta("crm", channels={"flow": None}), True, id="the last of a kind is gone"),
        pytest.param(CatalogDelta("crm", channels={"report": 1}), True, id="the first of a kind"),
        pytest.param(
            CatalogDelta("crm", skipped_made=(Skipped("objects/A/fields/B__c.field-meta.xml", "torn"),)),
            True,
            id="a field that cannot be read",
        ),
        pytest.param(
            CatalogDelta("crm", skipped_made=(Skipped("A.object", "torn"),)), True, id="an object that cannot"
        ),
        pytest.param(
            CatalogDelta("crm", skipped_made=(Skipped("notes.xyz", "no reader"),)),
            False,
            id="a file that defines nothing",
        ),
        pytest.param(
            CatalogDelta("crm", skipped_made=(Skipped("A.object", "object A is defined twice; merged"),)),
            False,
            id="an object that is defined twice",
        ),
        pytest.param(
            CatalogDelta(
                "crm", skipped_gone=(Skipped("A.object", "torn"),), skipped_made=(Skipped("A.object", "a field"),)
            ),
            False,
            id="an object that cannot be read for another reason",
        ),
    ],
)
def test_a_wide_change_may_matter_to_everything(delta: CatalogDelta, expected: bool) -> None:
    assert expected is is_wide(delta, {"flow"})


def test_a_file_with_one_line_less_is_still_not_read_whole() -> None:
    lines = (Skipped("A.object", "a field has no name", 3), Skipped("A.object", "a field has no name", 9))
    before, after = (Catalog("crm", Role.CRM, "salesforce", skipped=each) for each in (lines, lines[:1]))

    assert tables(build_graph([after], EVIDENCE)) == tables(laid(before, after))
