"""What an audit leaves so that a check, or a proposal, need not read the tree, and how they find it.

One ground a configuration and tree: graph, evidence, catalogues from outside, and what other rooms put down.
Grounds of one evidence stand beside each other; an audit with newer evidence takes their place. Where what was
read is no tree that is committed, only evidence and catalogues are kept.

- an audit: `begin_ground(config)` before anything is read, `keep_audited(begun, inputs, facts, more)` at its end
- a cold check: `keep_read(config, tree, inputs, facts, more)`
- a check or proposal: `with open_kept(config, tree) as kept:`, where `kept` is None when there is nothing
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from hashlib import blake2b

from auditor.config.values import Config
from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.evidence_index import EvidenceIndex
from auditor.facts.evidence_paged import evidence_sheets, paged_evidence
from auditor.facts.matched import record_matches
from auditor.facts.recorded import record
from auditor.graph.paged import graph_sheets, named_in, paged_graph
from auditor.graph.schema import SchemaGraph
from auditor.index.ground import Ground, Label
from auditor.index.grounds import Sheet, Vault, kept_labels, open_ground, write_ground
from auditor.index.kept import TableRows, catalog_sheet, kept_catalog, row_sheet
from auditor.index.places import open_vault
from auditor.judging import Inputs
from auditor.model.catalogue import Catalog, Role

TREE = "tree"
"""In a label's trees: the id of the whole tree of the repository; missing where no tree was read."""
_RECORDED, _SOURCE = "recorded", "source"
_EVIDENCE, _SYSTEMS = "evidence", "systems"
"""Marks of a label: which audit's evidence, and how the systems are read."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What is told before an audit reads: the tree that it is about to read, empty where that is none."""

    config: Config
    tree: str = ""


def begin_ground(config: Config, environ: Mapping[str, str] = os.environ) -> Begun:
    """Note which tree is about to be read."""
    if not config.cached:
        return Begun(config)
    from auditor.workspace.ground_trees import committed_tree

    return Begun(config, committed_tree(config, environ))


def keep_audited(begun: Begun, inputs: Inputs, facts: Facts, more: Iterable[Sheet] = ()) -> bool:
    """Keep what an audit read; `more` is what other rooms found. False: it could not be kept, no error."""
    unmoved = begun.tree and begin_ground(begun.config).tree == begun.tree
    label = Label(
        _key(begun.config),
        {TREE: begun.tree} if unmoved else {},
        inputs.settings.as_of,
        {_EVIDENCE: secrets.token_hex(8), _SYSTEMS: systems_digest(begun.config)},
    )
    return _keep(begun.config, label, inputs, facts, more)


def keep_read(config: Config, tree: str, inputs: Inputs, facts: Facts, more: Iterable[Sheet] = ()) -> bool:
    """Keep a tree that a first, cold check read whole, with the evidence that the last audit left or with none."""
    vault = _vault(config)
    if vault is None:
        return False
    key = _key(config)
    last = next((each for each in kept_labels(vault) if each.key == key), Label(key))
    marks = {_EVIDENCE: last.marks.get(_EVIDENCE, ""), _SYSTEMS: systems_digest(config)}
    return _keep(config, Label(key, {TREE: tree}, last.as_of, marks), inputs, facts, more)


def _keep(config: Config, label: Label, inputs: Inputs, facts: Facts, more: Iterable[Sheet]) -> bool:
    vault = _vault(config)
    if vault is None:
        return False
    return write_ground(vault, label, _sheets(label, inputs, facts, more), _of_other_evidence(label))


@contextmanager
def open_kept(config: Config, tree: str = "") -> Iterator[KeptGround | None]:
    """What the last audit left, of this tree where there is one, otherwise of the tree that was used last."""
    vault = _vault(config)
    ground = None if vault is None else open_ground(vault, _key(config), {TREE: tree} if tree else None)
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
        return self.ground.label.marks.get(_SYSTEMS) == systems_digest(self.config)

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
        return self.ground.table(_RECORDED)

    def source(self, system: str, number: int = 0) -> TableRows:
        """Rows of the tree of one source of a system, for telling what a change to it means."""
        return TableRows(self.ground, source_rows(system, number))

    def catalog(self, system: str) -> Catalog | None:
        """The catalogue of a system that may lie outside of the repository."""
        return kept_catalog(self.ground, system)


def source_rows(system: str, number: int = 0) -> str:
    """The name under which `row_sheets` keeps the rows of a source."""
    return f"{_SOURCE}/{system}/{number}"


def systems_digest(config: Config) -> str:
    """How the systems and what stands around them are read: with another one, graphs are not comparable."""
    told = (config.systems, config.outside_readers, config.integrations)
    return blake2b(repr(told).encode(), digest_size=12).hexdigest()


def _sheets(label: Label, inputs: Inputs, facts: Facts, more: Iterable[Sheet]) -> Iterator[Sheet]:
    yield from evidence_sheets(inputs.evidence)
    yield from (catalog_sheet(each) for each in inputs.catalogs if _may_lie_outside(each))
    if label.trees:
        yield from graph_sheets(facts.graph, inputs.evidence)
        yield row_sheet(_RECORDED, {**record(facts), **dict(record_matches(facts))})
        yield from more


def _may_lie_outside(catalog: Catalog) -> bool:
    """Databases, services and listings: a check reads metadata of its own repository only."""
    return catalog.role is Role.ERP or "salesforce" not in catalog.kind.split("+")


def _of_other_evidence(label: Label) -> Callable[[Label], bool]:
    return lambda other: other.key == label.key and other.marks.get(_EVIDENCE) != label.marks[_EVIDENCE]


def _vault(config: Config) -> Vault | None:
    return open_vault(config.folder, os.environ) if config.cached else None


def _key(config: Config) -> str:
    return config.path.name
