"""What an audit left, so that a check or a proposal need not read the tree.

One ground a configuration and tree: graph, evidence, catalogues from outside, and what other rooms put down.
Grounds of one evidence stand beside each other; an audit with newer evidence takes their place. Where what was
read is no tree that is committed, only evidence and catalogues are kept.

`with open_kept(config, tree) as kept:` finds it, where `kept` is None when there is nothing; see ground_keeping.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property

from auditor.config.values import Config, SourceConfig
from auditor.dataclasses import replace
from auditor.digests import blake2b
from auditor.facts.evidence_index import EvidenceIndex
from auditor.facts.evidence_paged import paged_evidence
from auditor.graph.paged import named_in, paged_graph
from auditor.graph.schema import SchemaGraph
from auditor.index.ground import Ground
from auditor.index.grounds import Vault, open_ground
from auditor.index.kept import TableRows, kept_catalog
from auditor.index.places import open_vault
from auditor.model.catalogue import Catalog

TREE = "tree"
"""In a label's trees: the id of the whole tree of the repository; missing where no tree was read."""
RECORDED, SOURCE = "recorded", "source"
EVIDENCE, SYSTEMS = "evidence", "systems"
"""Marks of a label: which audit's evidence, and how the systems are read."""


@contextmanager
def open_kept(config: Config, tree: str = "", vault: Vault | None = None) -> Iterator[KeptGround | None]:
    """What the last audit left, of this tree where there is one, otherwise of the tree that was used last.

    `vault` None: where the grounds of the configuration lie.
    """
    vault = vault or vault_of(config)
    ground = None if vault is None else open_ground(vault, key_of(config), {TREE: tree} if tree else None)
    if ground is None:
        yield None
        return
    try:
        yield KeptGround(config, ground)
    finally:
        ground.close()


class KeptGround:
    """A ground that is open. Reading it may raise `GroundLostError` at any time: go on without it then."""

    def __init__(self, config: Config, ground: Ground) -> None:
        self.config = config
        self.ground = ground

    @property
    def tree(self) -> str:
        """The id of the tree that the graph is of; empty where no graph is kept."""
        return self.ground.label.trees.get(TREE, "")

    @property
    def day(self) -> date | None:
        """The day by which the audit judged."""
        return self.ground.label.as_of

    @property
    def is_read_alike(self) -> bool:
        """Whether the configuration still reads systems as the audit did, so that its graph may serve."""
        return self.ground.label.marks.get(SYSTEMS) == systems_digest(self.config)

    @cached_property
    def graph(self) -> SchemaGraph:
        """The graph of the tree with the evidence; empty where no tree was read."""
        return paged_graph(self.ground)

    @cached_property
    def evidence(self) -> EvidenceIndex:
        """The evidence; `evidence.evidence` puts all of it together."""
        return paged_evidence(self.ground)

    @property
    def named(self) -> Callable[[str], bool]:
        """Whether evidence names a subject that is surely there: what `overlay` asks."""
        return named_in(self.ground)

    @property
    def record(self) -> Mapping[str, bytes]:
        """What the audit found, piece by piece: for `recorded_facts`, and `before_change` of duplicates."""
        return self.ground.table(RECORDED)

    def source(self, system: str, number: int = 0) -> TableRows:
        """Rows of the tree of one source of a system, for telling what a change to it means."""
        return TableRows(self.ground, source_rows(system, number))

    def catalog(self, system: str) -> Catalog | None:
        """The catalogue of a system that may lie outside of the repository."""
        return kept_catalog(self.ground, system)


def source_rows(system: str, number: int = 0) -> str:
    """The name under which `row_sheets` keeps the rows of a source."""
    return f"{SOURCE}/{system}/{number}"


def systems_digest(config: Config) -> str:
    """How the systems and what stands around them are read: with another one, graphs are not comparable."""
    systems = [replace(each, sources=tuple(map(_placeless, each.sources))) for each in config.systems]
    readers = [replace(each, where="") for each in config.outside_readers]
    told = (systems, readers, [replace(each, line=None) for each in config.integrations])
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _placeless(source: SourceConfig) -> SourceConfig:
    return replace(source, where="")


def vault_of(config: Config) -> Vault | None:
    """Where the grounds of a configuration lie; None where nothing is to be cached, or can be."""
    return open_vault(config.folder, os.environ) if config.cached else None


def key_of(config: Config) -> str:
    """The key of the grounds of a configuration: several may stand in one folder."""
    return config.path.name
