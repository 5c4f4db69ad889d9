"""`auditor check`: two states of a repository judged by the same evidence, and what the one made worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.config.values import Config
from auditor.dataclasses import dataclass, field, replace
from auditor.formats.gitcalls import Contents
from auditor.formats.gitrepos import open_repository
from auditor.gate.changesets import Asked, ChangeSet, change_set, steps
from auditor.gate.comparing import Difference
from auditor.model.checks import NEW, WORSE, CheckFinding, CheckResult
from auditor.workspace.caches import open_cache
from auditor.workspace.catalogs import Progress
from auditor.workspace.checking_files import Files, files_of, narrowed, relevant, speaks_of
from auditor.workspace.checking_kept import kept_by
from auditor.workspace.checking_places import places_of
from auditor.workspace.checking_sides import Run, both_sides, sides_of, without_merged
from auditor.workspace.checking_states import Reading
from auditor.workspace.checking_telling import Both, evidence_words, findings_told, unread_now
from auditor.workspace.inputs import require_evidence


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user wants checked. `files` are as they were typed, relative to where the user stands."""

    asked: Asked = field(default_factory=Asked)
    files: tuple[str, ...] = ()
    everything: bool = False
    """Whether violations that stood before are reported, too."""
    by_commit: bool = False
    evidence_days: int | None = None


def check(
    config: Config, wanted: Wanted, as_of: date, environ: Mapping[str, str], progress: Progress
) -> CheckResult:
    """Compare two states of the repository of a configuration.

    Raises:
        AuditorError: a revision is unknown, the clone too shallow, or files are unmerged.
        ConfigurationError: the law after the change is wrong; every problem at once.
        EvidenceError: the evidence that the last audit left is older than is required, or there is none.
        NothingMatchedError: a file that was named is nowhere.
    """
    repository = open_repository(config.folder, environ)
    change = change_set(repository, wanted.asked, environ)
    if change is None:
        return CheckResult(as_of, "a branch that is taken away", 0, 0, company=config.company)
    with ExitStack() as stack:
        cache = stack.enter_context(open_cache(config.folder, config.cached))
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="auditor-check-")))
        places = places_of(config.folder, repository.top)
        reading = Reading(places, cache, kept_by(config), as_of, scratch, progress)
        run = Run(repository, Contents(repository.git), reading, config)
        return _checked(run, change, wanted)


def _checked(run: Run, change: ChangeSet, wanted: Wanted) -> CheckResult:
    reading = run.reading
    sides = sides_of(run, change)
    read = [(side.config, side.state) for side in (sides.before, sides.after)]
    files = files_of(change.changes, [config for config, _ in read], reading.places)
    names = narrowed(wanted.files, files, run.repository.top, [state for _, state in read])
    concerned = relevant(files, read)
    quiet = CheckResult(
        reading.as_of,
        change.words,
        len(change.changes),
        len(concerned),
        company=sides.after.config.company,
        notices=sides.notices,
    )
    if wanted.evidence_days is not None:
        require_evidence(reading.kept.evidence, wanted.evidence_days, reading.as_of)
    if not concerned and not wanted.everything:
        return quiet
    both = both_sides(run, sides, files)
    kept, merged = without_merged(run, change, both)
    both = replace(both, difference=kept)
    found = findings_told(both, wanted.everything)
    if wanted.by_commit:
        found = _by_commit(run, change, found)
    if names:
        found = tuple(each for each in found if _speaks(each, names, files))
    return _told(quiet, both, found, merged)


def _told(quiet: CheckResult, both: Both, found: tuple[CheckFinding, ...], merged: int) -> CheckResult:
    told: Difference = both.difference
    after = both.after.inputs
    systems = sorted({(each.system, each.location) for each in after.catalogs})
    return replace(
        quiet,
        findings=found,
        policies=tuple(policy.info for policy in after.policies.policies),
        locations=tuple(systems),
        mended=len(told.mended),
        unsettled=told.unsettled,
        merged=merged,
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
        if relevant(files, [(side.config, side.state) for side in (sides.before, sides.after)]):
            worse = both_sides(run, sides, files).difference.worse
            brought.update((each.finding.fingerprint, (step.words, subject)) for each in worse)
    return tuple(
        replace(each, commit=by[0], commit_subject=by[1])
        if each.state in (NEW, WORSE) and (by := brought.get(each.finding.fingerprint))
        else each
        for each in found
    )
