"""Every word of the vocabulary. A new fact is one function with its `FactSpec` in a family, listed there.

A family is imported when one of its words is first asked for: a hook asks for few. Which family has a word is told
by a table that is written from the families (homes.py) and proved by a test.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from auditor.facts.base import Fact, Facts, Relation, Settings
from auditor.facts.evidence_index import EvidenceIndex
from auditor.facts.homes import FACT_HOMES, RELATION_HOMES
from auditor.facts.limits import Limits
from auditor.facts.words import Families, LazyWords
from auditor.graph.schema import SchemaGraph
from auditor.model.observations import Evidence
from auditor.model.vocabulary import FactSpec, RelationSpec, Vocabulary

FAMILIES = (
    "identity",
    "governance",
    "charter",
    "concepts",
    "fields",
    "components",
    "dates",
    "documentation",
    "structure",
    "pages",
    "headroom",
    "references",
    "mentions",
    "outside",
    "integrations",
    "rows",
    "runs",
    "reads",
    "writes",
    "fill",
    "access",
    "growth",
    "drift",
    "authorship",
    "sources",
    "liveness.answers",
    "liveness.since",
    "liveness.roles",
    "retention",
    "breakage",
    "functions",
    "duplicates",
    "redundancy",
    "copies",
    "requests",
    "personal",
)
"""Modules of this package with `FACTS`, `RELATIONS` or both."""


def facts_in(family: str) -> tuple[Fact, ...]:
    """The facts of a family; imports it."""
    return getattr(import_module(f"auditor.facts.{family}"), "FACTS", ())


def relations_in(family: str) -> tuple[Relation, ...]:
    """The relations of a family; imports it."""
    return getattr(import_module(f"auditor.facts.{family}"), "RELATIONS", ())


def all_facts() -> tuple[Fact, ...]:
    """The facts of all families."""
    return tuple(fact for family in FAMILIES for fact in facts_in(family))


def all_relations() -> tuple[Relation, ...]:
    """The relations of all families."""
    return tuple(each for family in FAMILIES for each in relations_in(family))


@cache
def vocabulary() -> Vocabulary:
    """All facts and relations, for compiling policies before any graph is at hand."""
    from auditor.facts.phrases import phrased

    facts = (phrased(fact.spec) for fact in all_facts())
    relations = (each.spec for each in all_relations())
    return Vocabulary(tuple(sorted(facts, key=_by_name)), tuple(sorted(relations, key=_by_name)))


WORDS = LazyWords(
    Families(facts_in, FACT_HOMES, FAMILIES), Families(relations_in, RELATION_HOMES, FAMILIES), vocabulary
)


def facts_of(
    graph: SchemaGraph, evidence: Evidence | EvidenceIndex, settings: Settings, limits: Limits | None = None
) -> Facts:
    """The facts of one graph; `limits` None: no platform limit is on record."""
    return Facts(graph, evidence, settings, limits if limits is not None else Limits(), WORDS)


def _by_name(spec: FactSpec | RelationSpec) -> tuple[str, list[str]]:
    return spec.name, sorted(spec.kinds)
