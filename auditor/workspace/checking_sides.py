"""The two sides of a change: read, judged and compared, the slow way that leaves nothing out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from auditor.config.values import Config
from auditor.dataclasses import dataclass, replace
from auditor.errors import ConfigurationError
from auditor.formats.gitcalls import Contents
from auditor.formats.gitrepos import Repository
from auditor.formats.gitstates import state_of
from auditor.gate.arriving import with_arrivals
from auditor.gate.changesets import INDEX, ChangeSet, merged_in
from auditor.gate.comparing import Difference, Judged, difference, judged
from auditor.gate.deltas import delta_of
from auditor.gate.moving import moved_subjects
from auditor.judging import Inputs
from auditor.model.catalogue import Catalog
from auditor.model.checks import NEW, WORSE
from auditor.workspace.checking_files import Files, files_of
from auditor.workspace.checking_places import law_files
from auditor.workspace.checking_states import Reading, Side, configured, inputs_at, side_of
from auditor.workspace.checking_telling import Both


@dataclass(frozen=True, slots=True)
class Run:
    """What all comparisons of one check share. `path` and `load`: the configuration of the folder."""

    repository: Repository
    contents: Contents
    reading: Reading
    path: Path
    load: Callable[[], Config]


@dataclass(frozen=True, slots=True)
class Sides:
    """A state before and one after, each with its configuration."""

    before: Side
    after: Side
    notices: tuple[str, ...] = ()


def sides_of(run: Run, change: ChangeSet) -> Sides:
    """Both sides. A state without a configuration is judged by that of the other, or by the folder's.

    Raises:
        ConfigurationError: the configuration after the change is wrong; one before it is only told of.
    """
    base = state_of(run.repository, change.base, change.base[:10], run.contents)
    name = "index" if change.head == INDEX else change.head[:10]
    after, then = base.after(change.changes, name), None
    notices: tuple[str, ...] = ()
    own = configured(after, run.path, run.reading)
    try:
        then = configured(base, run.path, run.reading)
    except ConfigurationError as error:
        notices = (_unjudgeable(error),)
    last = side_of(after, own or then or run.load(), run.reading)
    # A state before there was a configuration is judged by the one that came.
    first = replace(last, state=base) if then is None else side_of(base, then, run.reading)
    return Sides(first, last, notices)


@dataclass(frozen=True, slots=True)
class First:
    """The side before a change, judged; one serves all changes of the same base."""

    judged: Judged
    side: Side
    notices: tuple[str, ...] = ()


def both_sides(run: Run, sides: Sides, files: Files) -> Both:
    """Judge both sides and compare them.

    Raises:
        ConfigurationError: the law after the change is wrong; every problem at once.
        SourceError: a source cannot be read.
    """
    after = inputs_at(sides.after, replace(run.reading, rows=None))
    return _compared(run, first_side(run, sides), (sides.after, after), files)


def first_side(run: Run, sides: Sides) -> First:
    """Judge the side before, by the law of the side after where its own is wrong.

    Raises:
        SourceError: a source cannot be read.
    """
    notices: tuple[str, ...] = ()
    side = sides.before
    try:
        inputs = inputs_at(side, run.reading)
    except ConfigurationError as error:
        notices = (_unjudgeable(error),)
        side = replace(side, config=sides.after.config, law=sides.after.law)
        inputs = inputs_at(side, run.reading)
    return First(judged(inputs), side, notices)


def against(run: Run, first: First, sides: Sides, files: Files) -> Both:
    """As `both_sides`, beside a side before that was judged already."""
    return _compared(run, first, (sides.after, inputs_at(sides.after, replace(run.reading, rows=None))), files)


def _compared(run: Run, first: First, last: tuple[Side, Inputs], files: Files) -> Both:
    before, (side, inputs) = first.judged, last
    catalogs = (before.inputs.catalogs, inputs.catalogs)
    evidence = with_arrivals(inputs.evidence, *catalogs, run.reading.as_of)
    after = judged(replace(inputs, evidence=evidence))
    pairs = _paired(*catalogs)
    moved = dict(after.inputs.moved)
    for one, other in pairs:
        moved.update(moved_subjects(one, other, files.renamed(other.system)))
    return Both(
        before,
        after,
        (first.side.config, side.config),
        files,
        tuple(delta_of(one, other) for one, other in pairs),
        difference(before, after, moved),
        frozenset(name for each in (first.side, side) for name in (each.config.path.name, *_law(each, run))),
        first.notices,
        run.reading.kept,
    )


def _law(side: Side, run: Run) -> tuple[str, ...]:
    return tuple(law_files(side.config, side.state, run.reading.places))


def _paired(before: Sequence[Catalog], after: Sequence[Catalog]) -> list[tuple[Catalog, Catalog]]:
    """Catalogues by system; a system that one side lacks is empty there."""
    then, now = {each.system: each for each in before}, {each.system: each for each in after}
    pairs = []
    for name in sorted(then.keys() | now.keys()):
        some = now.get(name) or then[name]
        nothing = Catalog(name, some.role, some.kind)
        pairs.append((then.get(name, nothing), now.get(name, nothing)))
    return pairs


def without_merged(run: Run, change: ChangeSet, both: Both) -> tuple[Difference, int]:
    """In a merge, what is worse than in each of its parents, and how much came with the others."""
    told = both.difference
    worse = {each.finding.fingerprint for each in told.worse}
    for parent in change.others:
        if not worse:
            break
        other = merged_in(run.repository, change, parent)
        sides = sides_of(run, other)
        files = files_of(other.changes, both.configs, run.reading.places)
        beside = both_sides(run, sides, files).difference
        worse &= {each.finding.fingerprint for each in beside.worse}
    kept = tuple(
        each for each in told.standing if each.state not in (NEW, WORSE) or each.finding.fingerprint in worse
    )
    return replace(told, standing=kept), len(told.standing) - len(kept)


def _unjudgeable(error: ConfigurationError) -> str:
    return f"the state before cannot be judged by its own law ({error.problems[0]}): judged by the one after it"
