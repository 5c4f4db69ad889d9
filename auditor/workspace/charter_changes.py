"""What another charter would say: everything judged twice, the findings compared by their fingerprints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from auditor.auditing import score_of
from auditor.config.charter import read_charter
from auditor.config.values import Config
from auditor.dataclasses import dataclass, replace
from auditor.errors import ConfigurationError
from auditor.judging import Inputs, facts_for, judge
from auditor.model.charter import Charter
from auditor.model.findings import Finding
from auditor.model.scorecards import Scorecard
from auditor.workspace.catalogs import Progress
from auditor.workspace.inputs import gather_inputs


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """One policy on one subject whose outcome or words depend on which charter judges; None: no finding."""

    before: Finding | None
    after: Finding | None

    @property
    def state(self) -> str:
        """`new`, `gone` or `changed`."""
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "changed"

    @property
    def finding(self) -> Finding:
        """The finding that stands, or stood."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class CharterChange:
    """What an old charter says otherwise than that in force; a score is None where there is no charter."""

    changes: tuple[ChangedFinding, ...]
    before: Scorecard | None
    after: Scorecard | None


def charter_change(config: Config, old: Path | None, as_of: date, progress: Progress) -> CharterChange:
    """Judge by an old charter (None: by none) and by that of the configuration; all else is the same.

    Raises:
        ConfigurationError: either charter cannot be read or is wrong.
    """
    inputs = gather_inputs(config, as_of, progress)
    charter = None if old is None else _read(config, old)
    progress("judging", 0, 2)
    earlier = _by(inputs, config, charter)
    before, first = _judged(earlier)
    progress("judging", 1, 2)
    after, second = _judged(inputs)
    return CharterChange(tuple(_changes(before, after)), first, second)


def _read(config: Config, path: Path) -> Charter:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError([f"charter {path} cannot be read: {error.strerror}"]) from None
    return read_charter(data, path.name, [system.name for system in config.systems])


def _by(inputs: Inputs, config: Config, charter: Charter | None) -> Inputs:
    complete = frozenset((*config.complete, *(charter.complete if charter is not None else ())))
    return replace(inputs, settings=replace(inputs.settings, charter=charter, complete=complete))


def _judged(inputs: Inputs) -> tuple[Mapping[str, Finding], Scorecard | None]:
    facts = facts_for(inputs)
    evaluation = judge(inputs, facts).evaluation
    return {each.fingerprint: each for each in evaluation.findings}, score_of(inputs, facts, evaluation)


def _changes(before: Mapping[str, Finding], after: Mapping[str, Finding]) -> Iterator[ChangedFinding]:
    """Those that came, went, or say something else; gravest first, then by policy and subject."""
    found = (ChangedFinding(before.get(key), after.get(key)) for key in {**before, **after})
    changed = (each for each in found if _said(each.before) != _said(each.after))
    yield from sorted(changed, key=lambda each: _place(each.finding))


def _said(finding: Finding | None) -> tuple[str, ...]:
    return () if finding is None else (finding.outcome, finding.confidence, finding.message)


def _place(finding: Finding) -> tuple[int, str, str]:
    return finding.severity.rank, finding.policy, finding.subject
