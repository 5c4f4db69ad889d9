"""Facts and relations look no farther than they declare: a graph tells what it was asked for each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest

from auditor.config.reading import read_config
from auditor.facts.base import Facts
from auditor.facts.recorded import record, recorded_facts
from auditor.graph.nodes import NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.graph.tables import Tables
from auditor.judging import facts_for
from auditor.model.vocabulary import FactSpec, RelationSpec
from auditor.usage.registry import BY_ID
from auditor.workspace.inputs import gather_inputs
from tests.examples import nordvik

EVERYTHING = "*"
TABLES = (
    "objects", "fields", "components", "integrations", "sources", "fields_of", "components_of", "object_of",
    "incoming", "outgoing", "calls", "callers", "looks_up", "looked_up_by", "clients",
)  # fmt: skip
FARTHER = frozenset(
    {
        "concept",
        "concept_confidence",
        "concept_reasons",
        "nature",
        "field_concept",
        "charter_owner",
        "owned_elsewhere",
    }
)
"""Concepts also look at the fields of the objects next to theirs: one or two hops more than they declare."""
OF_SYSTEMS = frozenset({"system"})
"""Facts of a system as a whole sum up its objects, each of which is one hop away from it."""
COVERAGE = ("outside_reader/", "connected_app/")
"""Components that say of a system as a whole what is known of it: where one changes, everything is asked."""


class Telling(Mapping[str, Any]):
    """A table that notes which keys it was asked for."""

    def __init__(self, table: Mapping[str, Any], asked: set[str]) -> None:
        self._table, self._asked = table, asked

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - whatever the table holds
        self._asked.add(key)
        return self._table[key]

    def __contains__(self, key: object) -> bool:
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        self._asked.add(EVERYTHING)
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def within(graph: SchemaGraph, key: str, hops: int) -> set[str]:
    """Everything within so many hops of a subject."""
    seen = front = {key}
    for _ in range(hops):
        front = {other for each in front for other in _next(graph, each)} - seen
        seen = seen | front
    return seen


def _next(graph: SchemaGraph, key: str) -> set[str]:
    owner = graph.object_of(key)
    named = (graph.fields_of, graph.components_of, graph.looks_up, graph.looked_up_by)
    linked = (graph.references_to, graph.references_from, graph.calls, graph.called_by)
    found = {other for verb in named for other in verb(key)} | ({owner} if owner is not None else set())
    return found | {link.other for verb in linked for link in cast(Any, verb)(key)}


@pytest.fixture(scope="module")
def audited() -> Facts:
    config = read_config(nordvik() / "auditor.yaml", BY_ID)
    return facts_for(gather_inputs(config, date(2026, 11, 21), lambda *_: None))


@pytest.mark.slow
def test_what_is_declared_local_is_answered_from_there(audited: Facts) -> None:
    graph, random, asked = audited.graph, Random(1), set[str]()
    tables = SimpleNamespace(systems=graph.tables.systems)
    for name in TABLES:
        setattr(tables, name, Telling(getattr(graph.tables, name), asked))
    pieces, lies = record(audited), []
    specs: list[FactSpec | RelationSpec] = [*audited.vocabulary.facts, *audited.vocabulary.relations]
    for spec in specs:
        hops = spec.reach.hops
        if hops is None or spec.name in FARTHER:
            continue
        for key in (key for kind in sorted(spec.kinds - OF_SYSTEMS) for key in _some(audited, kind, random)):
            told = SchemaGraph(cast(Tables, tables), graph.kind_of)
            facts = recorded_facts(told, audited.evidence, audited.settings, audited.limits, pieces)
            asked.clear()
            _ = facts.fact(key, spec.name) if isinstance(spec, FactSpec) else facts.related(key, spec.name)
            far = {each for each in asked - within(graph, key, hops) if not _is_free(graph, each)}
            lies += [(spec.name, hops, key, sorted(far)[:3])] if far else []

    assert lies == []


def _some(facts: Facts, kind: str, random: Random) -> list[str]:
    keys = list(facts.subjects(kind))
    return random.sample(keys, min(2, len(keys)))


def _is_free(graph: SchemaGraph, key: str) -> bool:
    if key == EVERYTHING:
        return False
    return graph.kind_of(key) in (NodeKind.SYSTEM, None) or key.partition(":")[2].startswith(COVERAGE)
