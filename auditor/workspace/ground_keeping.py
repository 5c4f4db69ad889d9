"""Keeping what was read, so that a check or a proposal need not read the tree (grounding.py).

- an audit: `begin_ground(config)` before anything is read, whose `rows` the reading fills, and
  `keep_audited(begun, inputs, facts)` at its end
- a cold check: `keep_read(vault, config, tree, (inputs, facts), rows)`
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping

from auditor.config.values import Config
from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.evidence_paged import evidence_sheets
from auditor.facts.matched import record_matches
from auditor.facts.recorded import record
from auditor.facts.said_elsewhere import record_counterparts
from auditor.graph.paged import graph_sheets
from auditor.index.ground import GroundLostError, Label
from auditor.index.grounds import Sheet, Vault, kept_labels, write_ground
from auditor.index.kept import catalog_sheet, row_sheet, row_sheets
from auditor.judging import Inputs
from auditor.model.catalogue import Catalog, Role
from auditor.workspace.catalogs import TreeRows
from auditor.workspace.grounding import (
    EVIDENCE,
    RECORDED,
    SOURCE,
    SYSTEMS,
    TREE,
    key_of,
    open_kept,
    source_rows,
    systems_digest,
    vault_of,
)


@dataclass(frozen=True, slots=True)
class Begun:
    """What is told before an audit reads: the tree that it is about to read, empty where that is none.

    `rows` are filled by the reading; None where they are not needed, or stand in a ground of the same tree.
    """

    config: Config
    tree: str = ""
    rows: TreeRows | None = None


def begin_ground(config: Config, environ: Mapping[str, str] = os.environ) -> Begun:
    """Note which tree is about to be read."""
    tree = _tree(config, environ)
    return Begun(config, tree, {} if tree and not _has_rows(config, tree) else None)


def _tree(config: Config, environ: Mapping[str, str]) -> str:
    from auditor.workspace.ground_trees import committed_tree

    return committed_tree(config, environ) if config.cached else ""


def _has_rows(config: Config, tree: str) -> bool:
    with open_kept(config, tree) as kept:
        if kept is None or kept.tree != tree or not kept.is_read_alike:
            return False
        return any(name.startswith(f"{SOURCE}/") for name in kept.ground.names)


def keep_audited(begun: Begun, inputs: Inputs, facts: Facts) -> bool:
    """Keep what an audit read and found. False: it could not be kept, which is no error."""
    config = begun.config
    unmoved = begun.tree and _tree(config, os.environ) == begun.tree
    label = Label(
        key_of(config),
        {TREE: begun.tree} if unmoved else {},
        inputs.settings.as_of,
        {EVIDENCE: secrets.token_hex(8), SYSTEMS: systems_digest(config)},
    )
    rows = _rows_again(begun) if begun.rows is None else _rows(begun.rows)
    return _keep(vault_of(config), label, _sheets(label, inputs, facts, rows))


def keep_read(vault: Vault, config: Config, tree: str, found: tuple[Inputs, Facts], rows: TreeRows) -> bool:
    """Keep a tree that a first, cold check read whole, with the evidence that the last audit left or with none.

    False: it could not be kept in this vault, which is no error.
    """
    key, own = key_of(config), vault_of(config)
    last = next((each for each in kept_labels(own) if each.key == key), Label(key)) if own else Label(key)
    marks = {EVIDENCE: last.marks.get(EVIDENCE, ""), SYSTEMS: systems_digest(config)}
    label = Label(key, {TREE: tree}, last.as_of, marks)
    return _keep(vault, label, _sheets(label, *found, _rows(rows)))


def _keep(vault: Vault | None, label: Label, sheets: Iterable[Sheet]) -> bool:
    return vault is not None and write_ground(vault, label, sheets, _of_other_evidence(label))


def _rows(rows: TreeRows) -> Iterator[Sheet]:
    for (system, number), listed in sorted(rows.items()):
        yield from row_sheets(source_rows(system, number), listed)


def _rows_again(begun: Begun) -> Iterator[Sheet]:
    """Those of the ground of the same tree, whose place the new one takes; a check does without what is lost."""
    with open_kept(begun.config, begun.tree) as kept:
        if kept is None or kept.tree != begun.tree:
            return
        names = [name for name in kept.ground.names if name.startswith(f"{SOURCE}/")]
        try:
            sheets = [Sheet(name, dict(kept.ground.table(name))) for name in names]
        except GroundLostError:
            return
        yield from sheets


def _sheets(label: Label, inputs: Inputs, facts: Facts, rows: Iterable[Sheet]) -> Iterator[Sheet]:
    yield from evidence_sheets(inputs.evidence)
    yield from (catalog_sheet(each) for each in inputs.catalogs if _may_lie_outside(each))
    if label.trees:
        yield from graph_sheets(facts.graph, inputs.evidence)
        told = (record(facts), dict(record_matches(facts)), dict(record_counterparts(facts)))
        yield row_sheet(RECORDED, {name: piece for pieces in told for name, piece in pieces.items()})
        yield from rows


def _may_lie_outside(catalog: Catalog) -> bool:
    """Databases, services and listings: a check reads metadata of its own repository only."""
    return catalog.role is Role.ERP or "salesforce" not in catalog.kind.split("+")


def _of_other_evidence(label: Label) -> Callable[[Label], bool]:
    return lambda other: other.key == label.key and other.marks.get(EVIDENCE) != label.marks[EVIDENCE]
