"""Every word of the vocabulary. A new fact is one function with its `FactSpec` in a family, listed there."""

from __future__ import annotations

from auditor.dataclasses import replace
from auditor.facts import (
    access,
    authorship,
    breakage,
    charter,
    components,
    concepts,
    dates,
    documentation,
    drift,
    duplicates,
    fields,
    fill,
    functions,
    governance,
    growth,
    headroom,
    identity,
    integrations,
    mentions,
    outside,
    pages,
    reads,
    redundancy,
    references,
    retention,
    rows,
    runs,
    sources,
    structure,
    writes,
)
from auditor.facts.base import Fact, Facts, Relation, Settings
from auditor.facts.evidence_index import EvidenceIndex
from auditor.facts.limits import Limits
from auditor.facts.liveness import answers, roles, since
from auditor.facts.phrases import PHRASES
from auditor.facts.words import Words
from auditor.graph.schema import SchemaGraph
from auditor.model.observations import Evidence
from auditor.model.vocabulary import Vocabulary


def _phrased(fact: Fact) -> Fact:
    phrase = PHRASES.get(fact.spec.name)
    return fact if phrase is None else replace(fact, spec=replace(fact.spec, phrase=phrase))


FACTS: tuple[Fact, ...] = (
    *identity.FACTS,
    *governance.FACTS,
    *charter.FACTS,
    *concepts.FACTS,
    *fields.FACTS,
    *components.FACTS,
    *dates.FACTS,
    *documentation.FACTS,
    *structure.FACTS,
    *pages.FACTS,
    *headroom.FACTS,
    *references.FACTS,
    *outside.FACTS,
    *integrations.FACTS,
    *rows.FACTS,
    *runs.FACTS,
    *reads.FACTS,
    *writes.FACTS,
    *fill.FACTS,
    *access.FACTS,
    *growth.FACTS,
    *drift.FACTS,
    *authorship.FACTS,
    *sources.FACTS,
    *answers.FACTS,
    *since.FACTS,
    *roles.FACTS,
    *retention.FACTS,
    *breakage.FACTS,
    *functions.FACTS,
    *duplicates.FACTS,
    *redundancy.FACTS,
)

RELATIONS: tuple[Relation, ...] = (
    *structure.RELATIONS,
    *mentions.RELATIONS,
    *documentation.RELATIONS,
    *retention.RELATIONS,
    *breakage.RELATIONS,
    *duplicates.RELATIONS,
    *redundancy.RELATIONS,
)

WORDS = Words(tuple(_phrased(each) for each in FACTS), RELATIONS)


def vocabulary() -> Vocabulary:
    """All facts and relations, for compiling policies before any graph is at hand."""
    return WORDS.vocabulary


def facts_of(
    graph: SchemaGraph, evidence: Evidence | EvidenceIndex, settings: Settings, limits: Limits | None = None
) -> Facts:
    """The facts of one graph; `limits` None: no platform limit is on record."""
    return Facts(graph, evidence, settings, limits if limits is not None else Limits(), WORDS)
