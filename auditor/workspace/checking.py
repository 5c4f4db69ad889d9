"""`auditor check`: two states of a repository judged by the same evidence, and what the one made worse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.config.values import Config
from auditor.dataclasses import dataclass, field, replace
from auditor.formats.gitcalls import Contents
from auditor.formats.gitrepos import open_repository
from auditor.gate.changesets import Asked, ChangeSet, change_set, steps
from auditor.model.checks import NEW, WORSE, CheckFinding, CheckResult
from auditor.workspace.caches import open_cache
from auditor.workspace.checking_files import Files, files_of, law_of_sides, narrowed, relevant, speaks_of
from auditor.workspace.checking_glancing import Glance, glanced
from auditor.workspace.checking_kept import kept_by
from auditor.workspace.checking_places import places_of
from auditor.workspace.checking_quick import DeclinedError, Light
from auditor.workspace.checking_sides import Run, both_sides, sides_of, without_merged
from auditor.workspace.checking_states import Reading
from auditor.workspace.checking_telling import (
    Both,
    View,
    evidence_words,
    findings_told,
    locations_of,
    quiet_result,
    unread_now,
)
from auditor.workspace.inputs import require_evidence

if TYPE_CHECKING:
    from auditor.workspace.catalogs import Progress


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user wants checked. `files` are as they were typed, relative to where the user stands."""

    asked: Asked = field(default_factory=Asked)
    files: tuple[str, ...] = ()
    everything: bool = False
    """Whether violations that stood before are reported, too."""
    by_commit: bool = False
    evidence_days: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the configuration stands, how it is read, and whether anything may be kept."""

    path: Path
    load: Callable[[], Config]
    cached: bool = True


def check(
    place: Place, wanted: Wanted, as_of: date, environ: Mapping[str, str], progress: Progress
) -> CheckResult:
    """Compare two states of the repository of a configuration.

    Raises:
        AuditorError: a revision is unknown, the clone too shallow, or files are unmerged.
        ConfigurationError: the law after the change is wrong; every problem at once.
        EvidenceError: the evidence that the last audit left is older than is required, or there is none.
        NothingMatchedError: a file that was named is nowhere.
    """
    folder = place.path.parent
    repository = open_repository(folder, environ)
    change = change_set(repository, wanted.asked, environ)
    if change is None:
        return CheckResult(as_of, "a branch that is taken away", 0, 0)
    if not change.changes and wanted == Wanted(wanted.asked, by_commit=wanted.by_commit):
        return quiet_result(change, as_of, 0, "")
    places = places_of(folder, repository.top)
    with open_cache(folder, place.cached) as cache:
        light = Light(repository, Contents(repository.git), cache)
        glance = Glance(light, change, places, place.path, as_of)
        try:
            return _quickly(glance, wanted, place.cached)
        except DeclinedError as declined:
            why = declined
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="auditor-check-") as scratch:
            reading = Reading(places, cache, kept_by(place.load()), as_of, Path(scratch), progress)
            run = Run(repository, light.contents, reading, place.path, place.load)
            return _reading(run, glance, wanted, why)


def _reading(run: Run, glance: Glance, wanted: Wanted, why: DeclinedError) -> CheckResult:
    """The answer from reading: the state before once, where that will do, otherwise both states whole."""
    if why.lacking:
        from auditor.workspace.checking_cold import cold

        try:
            result = cold(glance, run, lambda view: answered(view, wanted, run.repository.top))
            return replace(result, why_slow=why.reason)
        except DeclinedError as declined:
            why = declined
    return replace(_slowly(run, glance.change, wanted), why_slow=why.reason)


def _quickly(glance: Glance, wanted: Wanted, cached: bool) -> CheckResult:
    """The answer from what was kept.

    Raises:
        DeclinedError: it must be done the slow way.
    """
    if not cached:
        raise DeclinedError("--no-cache: nothing is taken from what was kept")
    if wanted.everything or wanted.by_commit:
        raise DeclinedError("all findings were asked for" if wanted.everything else "commits are told one by one")
    return glanced(glance, lambda view: answered(view, wanted, glance.light.repository.top))


def answered(view: View, wanted: Wanted, top: Path) -> CheckResult:
    """What is told of two sides, however they were judged.

    Raises:
        EvidenceError: the evidence is older than is required, or there is none.
        NothingMatchedError: a file that was named is nowhere.
    """
    names = narrowed(wanted.files, view.files, top)
    if wanted.evidence_days is not None:
        require_evidence(view.kept.evidence, wanted.evidence_days, view.quiet.as_of)
    both = view.both
    if both is None:
        return view.quiet
    found = findings_told(both, wanted.everything)
    if view.commits is not None:
        found = view.commits(found)
    if names:
        found = tuple(each for each in found if _speaks(each, names, view.files))
    return _told(view, both, found)


def _slowly(run: Run, change: ChangeSet, wanted: Wanted) -> CheckResult:
    reading = run.reading
    sides = sides_of(run, change)
    configs = [side.config for side in (sides.before, sides.after)]
    files = files_of(change.changes, configs, reading.places)
    law = law_of_sides([(side.config, side.state) for side in (sides.before, sides.after)], reading.places)
    concerned = relevant(files, configs, law)
    quiet = quiet_result(change, reading.as_of, len(concerned), configs[1].company)
    view = View(replace(quiet, notices=sides.notices), files, reading.kept)
    if concerned or wanted.everything:
        both = both_sides(run, sides, files)
        kept, merged = without_merged(run, change, both)
        both = replace(both, difference=kept)
        commits = (lambda found: _by_commit(run, change, found)) if wanted.by_commit else None
        view = replace(view, both=both, merged=merged, commits=commits)
    return answered(view, wanted, run.repository.top)


def _told(view: View, both: Both, found: tuple[CheckFinding, ...]) -> CheckResult:
    quiet = view.quiet
    policies = both.after.inputs.policies.policies
    return replace(
        quiet,
        findings=found,
        policies=tuple(policy.info for policy in policies),
        locations=locations_of(both.configs[1]),
        mended=len(both.difference.mended),
        unsettled=both.difference.unsettled,
        merged=view.merged,
        evidence=evidence_words(both.kept, quiet.as_of),
        notices=(*quiet.notices, *both.notices, *unread_now(both.deltas, both.files)),
    )


def _speaks(each: CheckFinding, names: frozenset[str], files: Files) -> bool:
    own = files.shown(each.finding.subject.partition(":")[0], each.finding.path)
    return any(speaks_of(names, path) for path in (*each.causes, *own))


def _by_commit(run: Run, change: ChangeSet, found: Sequence[CheckFinding]) -> tuple[CheckFinding, ...]:
    """Findings with the last commit that brought each of them."""
    brought: dict[str, tuple[str, str]] = {}
    for step, subject in steps(run.repository, change):
        sides = sides_of(run, step)
        files = files_of(step.changes, [sides.before.config, sides.after.config], run.reading.places)
        configs = [sides.before.config, sides.after.config]
        law = law_of_sides([(side.config, side.state) for side in (sides.before, sides.after)], run.reading.places)
        if relevant(files, configs, law):
            worse = both_sides(run, sides, files).difference.worse
            brought.update((each.finding.fingerprint, (step.words, subject)) for each in worse)
    return tuple(
        replace(each, commit=by[0], commit_subject=by[1])
        if each.state in (NEW, WORSE) and (by := brought.get(each.finding.fingerprint))
        else each
        for each in found
    )
