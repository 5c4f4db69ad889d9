"""From what differs between two sides to what is told of it: causes, counts, and a line on the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from auditor.config.values import Config
from auditor.dataclasses import dataclass
from auditor.gate.causes import Cause, Touched, cause_of, touched_by
from auditor.gate.changesets import ChangeSet
from auditor.gate.comparing import Compared, Difference, Judged
from auditor.graph.schema import SchemaGraph
from auditor.model.catalogue import Skipped
from auditor.model.changes import CatalogDelta
from auditor.model.checks import STANDING, CheckFinding, CheckResult
from auditor.model.findings import Outcome
from auditor.workspace.checking_files import Files
from auditor.workspace.checking_states import Kept


@dataclass(frozen=True, slots=True)
class Both:
    """Two sides, judged, with what differs between them."""

    before: Judged
    after: Judged
    configs: tuple[Config, Config]
    files: Files
    deltas: tuple[CatalogDelta, ...]
    difference: Difference
    law: frozenset[str]
    """Names of all files that say how is judged, before or after."""
    notices: tuple[str, ...]
    kept: Kept


@dataclass(frozen=True, slots=True)
class View:
    """A change as far as it was looked at; `both` None: nothing that is read changed."""

    quiet: CheckResult
    files: Files
    kept: Kept
    both: Both | None = None
    merged: int = 0
    commits: Callable[[tuple[CheckFinding, ...]], tuple[CheckFinding, ...]] | None = None
    """Tells findings by the commit that brought them."""


def quiet_result(change: ChangeSet, as_of: date, concerned: int, company: str) -> CheckResult:
    """What is told where nothing was judged."""
    return CheckResult(as_of, change.words, len(change.changes), concerned, company=company)


def locations_of(config: Config) -> tuple[tuple[str, str], ...]:
    """System → where its files stand, as catalogues have it."""
    return tuple(
        sorted((system.name, " + ".join(each.location for each in system.sources)) for system in config.systems)
    )


def findings_told(both: Both, everything: bool) -> tuple[CheckFinding, ...]:
    """What got worse, gravest first, each with its cause; with all that stood before where that is wanted."""
    touched = _in_files(touched_by(both.deltas), both.files)
    graphs = (both.after.facts.graph, both.before.facts.graph)
    law = _Law(both)
    chosen = both.difference.standing if everything else both.difference.worse
    found = [_told(each, law, touched, graphs) for each in chosen]
    if everything:
        accepted = (each for each in both.after.findings if each.outcome is Outcome.VIOLATION)
        known = {each.finding.fingerprint for each in found}
        found += [CheckFinding(each, STANDING) for each in accepted if each.fingerprint not in known]
    return tuple(sorted(found, key=_order))


def _order(each: CheckFinding) -> tuple[int, str, str]:
    return each.finding.severity.rank, each.finding.policy, each.finding.subject


def _told(compared: Compared, law: _Law, touched: Touched, graphs: tuple[SchemaGraph, ...]) -> CheckFinding:
    finding = compared.finding
    if compared.state == STANDING:
        return CheckFinding(finding, STANDING)
    lawful = law.behind(compared)
    cause = Cause(False, lawful) if lawful else cause_of(finding.subject, touched, graphs)
    files = cause.files or law.rest
    return CheckFinding(finding, compared.state, cause.changed, files)


def _in_files(touched: Touched, files: Files) -> dict[str, frozenset[str]]:
    """What is touched by files that changed: what only reads otherwise through them is a consequence itself."""
    found: dict[str, frozenset[str]] = {}
    for key, paths in touched.items():
        system = key.partition(":")[0]
        own = frozenset(shown for path in paths if (shown := files.changed(system, path)))
        if own:
            found[key] = own
    return found


class _Law:
    """Which changed files of the law are behind a finding."""

    def __init__(self, both: Both) -> None:
        self.both = both
        changed = {both.files.places.shown(path) for path in both.files.paths}
        configs = both.configs
        self._waivers = _sorted(changed, (name for config in configs for name in config.waivers))
        self._baseline = _sorted(changed, (config.baseline for config in configs))
        self._configs = _sorted(changed, (config.path.name for config in configs))
        before = {each.info.id: each for each in both.before.inputs.policies.policies}
        after = {each.info.id: each for each in both.after.inputs.policies.policies}
        self._policies = {name: each.info.origin for name, each in after.items() if before.get(name) != each}
        self._changed = changed
        self.rest = _sorted(changed, both.law)

    def behind(self, compared: Compared) -> tuple[str, ...]:
        """The files, if the law changed for it; else none."""
        before = compared.before
        if before is not None and before.outcome is Outcome.WAIVED and self._waivers:
            return self._waivers
        if before is not None and before.baseline in _ACCEPTED and self._baseline:
            return self._baseline
        origin = self._policies.get(compared.finding.policy)
        if origin is None or not self.rest:
            return ()
        return (origin,) if origin in self._changed else self._configs or self.rest


_ACCEPTED = frozenset({"unchanged", "carried"})


def _sorted(changed: set[str], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(changed.intersection(names)))


def evidence_words(kept: Kept, as_of: date) -> str:
    """One line on the evidence that both sides were judged by."""
    days = sorted(source.as_of for source in kept.evidence.sources if source.as_of is not None)
    if kept.day is None:
        return "no audit has left usage evidence here, so what needs it is unknown on both sides"
    if not days:
        return f"the audit of {kept.day} had no usage evidence, so what needs it is unknown on both sides"
    newest, oldest = (max(0, (as_of - day).days) for day in (days[-1], days[0]))
    span = f"{newest} to {oldest}" if newest != oldest else f"{newest}"
    return f"usage evidence of the audit of {kept.day}, {span} day{'s'[: oldest != 1]} old"


def unread_now(deltas: Iterable[CatalogDelta], files: Files) -> tuple[str, ...]:
    """What the change made unreadable, one line each."""
    lines = ((delta.system, line) for delta in deltas for line in delta.skipped_made)
    told = [_unread(files.changed(system, line.path), line) for system, line in lines if not _counts(line)]
    return tuple(sorted({line for line in told if line}))


def _counts(line: Skipped) -> bool:
    """Whether a line tells of a whole kind of files, of which it names the first."""
    return _KIND.match(line.reason) is not None


_KIND = re.compile(r"[\d,]+ files? ")


def _unread(shown: str, line: Skipped) -> str:
    place = f"{shown}:{line.line}" if line.line else shown
    return f"{place} is not read: {line.reason}" if shown else ""
