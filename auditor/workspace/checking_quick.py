"""The quick way of a check: from what the last audit or check kept, only what the change touches is read.

It gives the answer of the slow way or none: whatever it does not handle exactly is declined with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from auditor.config.values import SystemConfig
from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.facts import matched
from auditor.facts.base import Facts
from auditor.facts.concepts import CLASSIFIER
from auditor.facts.recorded import Record, after_change, recorded_facts
from auditor.formats.excluding import excluded
from auditor.formats.gitcalls import Contents
from auditor.formats.gitrepos import FileChange, Repository
from auditor.formats.gittrees import refused
from auditor.formats.tree_limits import is_pruned
from auditor.gate.affected import affected
from auditor.gate.arriving import leaving, told_by_change
from auditor.gate.changesets import INDEX, ChangeSet
from auditor.gate.comparing import Judged, difference, judged_among
from auditor.gate.composing import between, piece
from auditor.gate.moving import moved_subjects
from auditor.graph.overlay import overlay
from auditor.graph.schema import SchemaGraph
from auditor.graph.touching import touched
from auditor.judging import Inputs
from auditor.model.changes import CatalogDelta
from auditor.model.observations import Definition, Evidence
from auditor.sources.salesforce.changes.files import ChangedFile
from auditor.workspace.caches import RunCache
from auditor.workspace.checking_files import Files
from auditor.workspace.checking_places import source_path
from auditor.workspace.checking_states import Kept
from auditor.workspace.checking_telling import Both
from auditor.workspace.grounding import KeptGround
from auditor.workspace.law import Law


class DeclinedError(Exception):
    """Indicates that the quick way does not handle this exactly, and why.

    `lacking`: something is not kept, so that it is worth keeping after the slow way.
    """

    def __init__(self, reason: str, lacking: bool = False) -> None:
        self.reason = reason
        self.lacking = lacking
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Light:
    """What it takes to look at a change before anything is read."""

    repository: Repository
    contents: Contents
    cache: RunCache


@dataclass(frozen=True, slots=True)
class Quick:
    """What the quick way is made of: the law of both sides, what was kept, and the change."""

    law: Law
    kept: KeptGround
    change: ChangeSet
    files: Files
    inputs: Inputs
    """The law on the day of the check."""
    record: Callable[[], Record | None]
    """What is on record of what was kept, on that day; None where it is of other settings."""
    classifier: Callable[[str], object]
    """What tells concepts, as it was kept; asked when a concept is."""


def quick_sides(quick: Quick, run: Light) -> Both:
    """Judge what the change can reach on both sides, and compare.

    Raises:
        DeclinedError: it must be done the slow way.
        GroundLostError: what was kept is damaged.
    """
    kept = quick.kept
    if not kept.tree or not kept.is_read_alike:
        raise DeclinedError("no tree is kept that was read by this configuration", lacking=True)
    base = run.repository.tree_of(quick.change.base)
    if kept.tree == base:
        return _judged(quick, (), _deltas(quick, run, quick.change.changes))
    firsts = _deltas(quick, run, run.repository.between(kept.tree, base))
    return _judged(quick, firsts, _deltas(quick, run, _since(quick, run)))


def _since(quick: Quick, run: Light) -> Sequence[FileChange]:
    """What the state after the change has otherwise than the tree that was kept."""
    head, tree = quick.change.head, quick.kept.tree
    return run.repository.staged(tree) if head == INDEX else run.repository.between(tree, head)


def _deltas(quick: Quick, run: Light, changes: Sequence[FileChange]) -> tuple[CatalogDelta, ...]:
    deltas = []
    for system in quick.law.config.systems:
        roots = [path for each in system.sources if (path := source_path(each, quick.files.places)) is not None]
        own = [each for each in changes if any(_lies_in(path, root) for path in each.paths for root in roots)]
        if own:
            deltas.append(_delta(quick, run, system, own))
    return tuple(each for each in deltas if not each.is_empty)


def _lies_in(path: str, root: str) -> bool:
    return not root or path == root or path.startswith(f"{root}/")


def _delta(quick: Quick, run: Light, system: SystemConfig, changes: Sequence[FileChange]) -> CatalogDelta:
    from auditor.sources.salesforce.changes.delta import Declined, salesforce_delta

    if len(system.sources) != 1 or system.sources[0].kind != "salesforce":
        raise DeclinedError(f"files of {system.name} changed, which is not one project of Salesforce metadata")
    source = system.sources[0]
    root = source_path(source, quick.files.places) or ""
    fits = excluded(source.exclude)
    files = [each for each in _files(run, changes, root) if not is_pruned(each.path) and not fits(each.path)]

    def read(path: str) -> bytes:
        data = run.contents.named(quick.kept.tree, f"{root}/{path}" if root else path)
        if data is None:
            raise FormatError("its content is not in this clone")
        return data

    found = salesforce_delta(quick.kept.source(system.name), system.name, files, read, run.cache)
    if isinstance(found, Declined):
        raise DeclinedError(found.reason, lacking="is kept" in found.reason)
    searched = any(each.system == system.name for each in quick.law.config.outside_readers)
    if searched and (found.objects_gone or found.objects_made):
        raise DeclinedError(f"outside readers of {system.name} are searched for the names that it has")
    if quick.law.config.integrations and (found.points_gone or found.points_made):
        raise DeclinedError("integrations are declared, and metadata of integrations changed")
    return found


def _files(run: Light, changes: Sequence[FileChange], root: str) -> Iterator[ChangedFile]:
    """The changed files of a source; one that moved is one that went and one that came."""
    prefix = f"{root}/" if root else ""
    for each in changes:
        if each.old and each.old != each.new and each.old.startswith(prefix):
            yield ChangedFile(each.old[len(prefix) :], _bytes(run, each.old, each.old_blob, each.old_mode), None)
        if each.new and each.new.startswith(prefix):
            stayed = each.old == each.new
            then = _bytes(run, each.old, each.old_blob, each.old_mode) if stayed else None
            yield ChangedFile(each.new[len(prefix) :], then, _bytes(run, each.new, each.new_blob, each.new_mode))


def _bytes(run: Light, path: str, blob: str, mode: str) -> bytes:
    reason = refused(path, mode)
    if reason is not None:
        raise DeclinedError(f"{path}: {reason}")
    try:
        return run.contents.read(blob)
    except FormatError as error:
        raise DeclinedError(f"{path}: {error.reason}") from None


def _judged(quick: Quick, firsts: tuple[CatalogDelta, ...], lasts: tuple[CatalogDelta, ...]) -> Both:
    kept, inputs = quick.kept, quick.inputs
    graphs = _laid(kept, firsts), _laid(kept, lasts)
    deltas = _between(firsts, lasts)
    pairs = [
        (
            piece(graphs[0], (each, *_of(firsts, each), *_of(lasts, each))),
            piece(graphs[1], (each, *_of(firsts, each), *_of(lasts, each))),
        )
        for each in deltas
    ]
    made = told_by_change([one for one, _ in pairs], [other for _, other in pairs], inputs.settings.as_of)
    gone = leaving(kept.evidence, kept.named, (key for key, (told,) in made.items() if told.removed))
    if gone:
        graphs = graphs[0], overlay(kept.graph, lasts, lambda key: key not in gone and kept.named(key))
    before, after, changed = _Told(quick, graphs, (firsts, lasts), made).facts()
    who = affected(deltas, (before, after), inputs.policies.policies, inputs.waivers, changed)
    if who is None:
        raise DeclinedError("a kind of files is read now or no longer, which may matter anywhere")
    moved = dict(inputs.moved)
    for one, other in pairs:
        moved.update(moved_subjects(one, other, quick.files.renamed(other.system)))
    sides = judged_among(inputs, (before, after), who, moved)
    return _both(quick, sides, deltas, moved)


def _both(
    quick: Quick, sides: tuple[Judged, Judged], deltas: tuple[CatalogDelta, ...], moved: dict[str, str]
) -> Both:
    config = quick.law.config
    sources = tuple(quick.kept.evidence.sources.values())
    return Both(
        *sides,
        (config, config),
        quick.files,
        deltas,
        difference(*sides, moved),
        frozenset((config.path.name, *quick.law.files)),
        (),
        Kept(Evidence(sources=sources), {}, quick.kept.day),
    )


def _laid(kept: KeptGround, deltas: tuple[CatalogDelta, ...]) -> SchemaGraph:
    return overlay(kept.graph, deltas, kept.named) if deltas else kept.graph


def _of(deltas: Sequence[CatalogDelta], of: CatalogDelta) -> list[CatalogDelta]:
    return [each for each in deltas if each.system == of.system]


def _between(firsts: Sequence[CatalogDelta], lasts: Sequence[CatalogDelta]) -> tuple[CatalogDelta, ...]:
    before, after = {each.system: each for each in firsts}, {each.system: each for each in lasts}
    names = sorted(before.keys() | after.keys())
    pairs = ((before.get(name, CatalogDelta(name)), after.get(name, CatalogDelta(name))) for name in names)
    return tuple(found for one, other in pairs if not (found := between(one, other)).is_empty)


@dataclass(frozen=True, slots=True)
class _Told:
    """The facts of both sides, from what was recorded of the tree that was kept."""

    quick: Quick
    graphs: tuple[SchemaGraph, SchemaGraph]
    deltas: tuple[tuple[CatalogDelta, ...], tuple[CatalogDelta, ...]]
    made: Mapping[str, Sequence[Definition]]
    """What the change itself tells of definitions."""

    def facts(self) -> tuple[Facts, Facts, frozenset[str] | None]:
        """Before, after, and of whom a fact that needs the whole graph may differ between them."""
        kept, inputs = self.quick.kept, self.quick.inputs
        record = self.quick.record()
        if record is None:
            raise DeclinedError("what was found is of other settings", lacking=True)
        base = recorded_facts(kept.graph, kept.evidence, inputs.settings, inputs.limits, record)
        base.shelf.assume(CLASSIFIER, self.quick.classifier)
        matched.before_change(base, record)
        one, first = self._side(base, 0, {})
        other, last = self._side(base, 1, self.made)
        return one, other, None if first is None or last is None else first | last

    def _side(
        self, base: Facts, number: int, made: Mapping[str, Sequence[Definition]]
    ) -> tuple[Facts, frozenset[str] | None]:
        deltas = self.deltas[number]
        if not deltas and not made:
            return base, frozenset()
        keys = touched(deltas) | made.keys()
        evidence = base.evidence.with_definitions(made) if made else None
        change = after_change(base, self.graphs[number], keys, evidence)
        change.facts.shelf.assume(CLASSIFIER, self.quick.classifier)
        if change.slow:
            raise DeclinedError(change.slow, lacking=True)
        matched.after_change(base, change.facts, keys)
        repeated = matched.changed_by_matches(base, change.facts, keys)
        if change.changed is None or repeated is None:
            return change.facts, None
        return change.facts, change.changed | repeated
