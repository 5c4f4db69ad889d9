"""A repository on which the two ways of a check are held against each other, change by change."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.cli.configuring import load_config
from auditor.formats.gitcalls import Contents
from auditor.formats.gitrepos import open_repository
from auditor.gate.changesets import Asked, ChangeSet, change_set
from auditor.model.checks import CheckResult
from auditor.model.findings import Finding
from auditor.workspace.caches import open_cache
from auditor.workspace.checking import Wanted, answered
from auditor.workspace.checking_files import files_of, law_of_sides, relevant
from auditor.workspace.checking_glancing import Glance, glanced
from auditor.workspace.checking_kept import kept_by
from auditor.workspace.checking_places import places_of
from auditor.workspace.checking_quick import DeclinedError, Light
from auditor.workspace.checking_sides import First, Run, against, first_side, sides_of
from auditor.workspace.checking_states import Reading
from auditor.workspace.checking_telling import Both, View, quiet_result

Told = tuple[CheckResult, tuple[Finding, ...]]
"""What a check says, and what it only counts: the findings that are gone."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One change, judged twice. `declined`: why the quick way did not answer."""

    declined: str = ""
    unequal: tuple[str, ...] = ()
    worse: int = 0
    cpu: float = 0.0
    """Seconds of the processor that the quick way took, those of git included."""


@dataclass(slots=True)
class Twice:
    """A repository that was audited, and whose staged changes are checked both ways."""

    top: Path
    folder: Path
    as_of: date
    firsts: dict[str, First] = field(default_factory=dict)
    """The side before a change, by its tree: judged once."""

    def stage(self, root: str, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
        """Write and stage in what one set of files below a folder differs from another."""
        for name in sorted(before.keys() | after.keys()):
            path = self.top / root / name
            if name not in after:
                path.unlink()
            elif before.get(name) != after[name]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(after[name])
        self.git("add", "-A", "--", root or ".")

    def git(self, *arguments: str) -> str:
        """Call git as a person of no name."""
        person = ("-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "gc.auto=0")
        done = subprocess.run(["git", *person, *arguments], cwd=self.top, check=True, capture_output=True)
        return done.stdout.decode(errors="replace")

    def reset(self) -> None:
        """Forget what is staged."""
        self.git("reset", "-q", "--hard")

    def compare(self) -> Compared:
        """Check what is staged, the quick way and the slow way."""
        path = self.folder / "auditor.yaml"
        repository = open_repository(self.folder, os.environ)
        change = change_set(repository, Asked(), os.environ)
        if change is None or not change.changes:
            return Compared("nothing is staged")
        places = places_of(self.folder, repository.top)
        with open_cache(self.folder, True) as cache:
            light = Light(repository, Contents(repository.git), cache)
            start = _cpu()
            try:
                quick = _quick(Glance(light, change, places, path, self.as_of))
            except DeclinedError as declined:
                return Compared(declined.reason)
            finally:
                spent = _cpu() - start
            with TemporaryDirectory(prefix="auditor-equal-") as scratch:
                config = load_config(str(path))
                kept = kept_by(config)
                reading = Reading(places, cache, kept, self.as_of, Path(scratch), lambda *_: None)
                run = Run(repository, light.contents, reading, path, lambda: config)
                slow = self._slow(run, change)
        return Compared("", tuple(differences(slow, quick)), len(quick[0].findings), spent)

    def _slow(self, run: Run, change: ChangeSet) -> Told:
        sides = sides_of(run, change)
        configs = [sides.before.config, sides.after.config]
        files = files_of(change.changes, configs, run.reading.places)
        law = law_of_sides([(side.config, side.state) for side in (sides.before, sides.after)], run.reading.places)
        concerned = relevant(files, configs, law)
        quiet = quiet_result(change, self.as_of, len(concerned), configs[1].company)
        view = View(replace(quiet, notices=sides.notices), files, run.reading.kept)
        if not concerned:
            return answered(view, Wanted(), run.repository.top), ()
        tree = run.repository.tree_of(change.base)
        if tree not in self.firsts:
            self.firsts.clear()
            self.firsts[tree] = first_side(run, sides)
        both = against(run, self.firsts[tree], sides, files)
        return _told(replace(view, both=both), run.repository.top)


@contextmanager
def clean_git(home: Path) -> Iterator[None]:
    """Run in this process without what a hook or a person has set for git, and with a cache of its own."""
    kept = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull, XDG_CACHE_HOME=str(home))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def audited(top: Path, folder: Path, as_of: date) -> Twice:
    """Commit what lies in a folder, audit it, and let a first check keep what is judged by."""
    from auditor.cli.main import run

    made = Twice(top, folder, as_of)
    made.git("init", "-q", "-b", "main")
    made.git("config", "core.autocrlf", "false")
    (top / ".git" / "info" / "exclude").write_text(".auditor/\nout/\n", encoding="utf-8")
    made.git("add", "-A", "-f")
    made.git("commit", "-q", "-m", "as it is")
    config, day = str(folder / "auditor.yaml"), as_of.isoformat()
    with TemporaryDirectory(prefix="auditor-equal-") as scratch:
        report = Path(scratch, "report.json")
        if run(["audit", "--config", config, "--as-of", day, "--quiet", "--output", f"json={report}"]):
            raise RuntimeError("the audit failed")
        root = load_config(config).systems[0].sources[0].location
        made.stage("", {}, {str((folder / root / "first.xyz").relative_to(top)): b"?"})
        run(["check", "--config", config, "--as-of", day, "--output", f"json={report}"])
    made.reset()
    return made


def differences(expected: object, actual: object, place: str = "") -> Iterator[str]:
    """In what two values differ, as deep as it can be told."""
    if expected == actual:
        return
    if is_dataclass(expected) and type(expected) is type(actual):
        for each in fields(expected):
            yield from differences(
                getattr(expected, each.name), getattr(actual, each.name), f"{place}.{each.name}"
            )
    elif isinstance(expected, tuple) and isinstance(actual, tuple):
        yield from _of_tuples(expected, actual, place)
    else:
        yield f"{place}: slow {expected!r}, quick {actual!r}"


def _of_tuples(expected: Sequence[object], actual: Sequence[object], place: str) -> Iterator[str]:
    """Members by name where they have one, so that one too many does not shift all others."""
    then, now = ({_name(each, n): each for n, each in enumerate(of)} for of in (expected, actual))
    for name in then.keys() | now.keys():
        if name not in now:
            yield f"{place}[{name}]: only slow: {then[name]!r}"
        elif name not in then:
            yield f"{place}[{name}]: only quick: {now[name]!r}"
        else:
            yield from differences(then[name], now[name], f"{place}[{name}]")
    if then.keys() == now.keys() and list(then) != list(now):
        yield f"{place}: in another order"


def _name(each: object, number: int) -> object:
    finding = getattr(each, "finding", each)
    return (finding.policy, finding.subject) if isinstance(finding, Finding) else number


def _quick(glance: Glance) -> Told:
    views: list[Told] = []

    def note(view: View) -> CheckResult:
        views.append(_told(view, glance.light.repository.top))
        return views[-1][0]

    glanced(glance, note)
    return views[-1]


def _told(view: View, top: Path) -> Told:
    gone = view.both.difference.mended if isinstance(view.both, Both) else ()
    return answered(view, Wanted(), top), tuple(sorted(gone, key=lambda each: (each.policy, each.subject)))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime
