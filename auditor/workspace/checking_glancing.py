"""The first look of a check: whether a change concerns anything, and whether what was kept can answer for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError
from auditor.gate.changesets import ChangeSet
from auditor.model.checks import CheckResult
from auditor.model.observations import Evidence
from auditor.workspace.checking_files import Files, files_of, relevant
from auditor.workspace.checking_places import Places
from auditor.workspace.checking_quick import DeclinedError, Light, Quick, quick_sides
from auditor.workspace.checking_states import Kept
from auditor.workspace.checking_telling import View, quiet_result
from auditor.workspace.law import Law, kept_classifier, kept_law

if TYPE_CHECKING:
    from auditor.index.grounds import Vault
    from auditor.workspace.grounding import KeptGround


@dataclass(frozen=True, slots=True)
class Glance:
    """A change and the configuration that it is judged by, before anything of it is read."""

    light: Light
    change: ChangeSet
    places: Places
    path: Path
    as_of: date
    law: Law | None = None
    """What is judged by, where it was just read; None: as it was kept."""
    vault: Vault | None = None
    """Where the state before was just kept; None: where it always is."""

    def read(self, name: str) -> bytes | None:
        """A file of the state after the change, by its name in the configuration."""
        path = self.places.of(name)
        try:
            return None if path is None else self.light.contents.named(self.change.head, path)
        except FormatError:
            return None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a change concerns, and what is told if that is nothing."""

    files: Files
    quiet: CheckResult
    concerned: bool


def looked(glance: Glance, law: Law) -> Looked:
    """Whether a change concerns anything that is read.

    Raises:
        DeclinedError: it concerns what is judged by.
    """
    files = files_of(glance.change.changes, [law.config], glance.places)
    names = (law.config.path.name, *law.files)
    _check_law(glance, files, names)
    concerned = relevant(files, [law.config], names)
    quiet = quiet_result(glance.change, glance.as_of, len(concerned), law.config.company)
    return Looked(files, quiet, bool(concerned))


def glanced(glance: Glance, answered: Callable[[View], CheckResult]) -> CheckResult:
    """The answer to a change from what was kept.

    Raises:
        DeclinedError: it must be done the slow way.
    """
    from auditor.index.ground import GroundLostError
    from auditor.workspace.ground_days import record_on_day
    from auditor.workspace.grounding import open_kept

    law = glance.law or kept_law(glance.path, glance.read, glance.light.cache)
    if law is None:
        raise DeclinedError("policies and waivers were not kept yet, or changed", lacking=True)
    seen = looked(glance, law)
    try:
        with open_kept(law.config, glance.light.repository.tree_of(glance.change.base), glance.vault) as kept:
            view = View(seen.quiet, seen.files, Kept() if kept is None else _heard(kept))
            if not seen.concerned:
                return answered(view)
            if kept is None:
                raise DeclinedError("no audit or check has left anything here", lacking=True)
            words = partial(kept_classifier, law, glance.read, glance.light.cache)
            known = cache(lambda _name: words())
            inputs = law.inputs_on(glance.as_of)
            record = partial(record_on_day, kept, inputs, glance.light.cache)
            quick = Quick(law, kept, glance.change, seen.files, inputs, record, known)
            both = quick_sides(quick, glance.light)
            if glance.change.others and both.difference.worse:
                raise DeclinedError("what is merged is compared with each of its parents")
            return answered(replace(view, both=both))
    except GroundLostError as lost:
        raise DeclinedError(str(lost), lacking=True) from None


def _heard(kept: KeptGround) -> Kept:
    return Kept(Evidence(sources=tuple(kept.evidence.sources.values())), {}, kept.day)


def _check_law(glance: Glance, files: Files, names: Sequence[str]) -> None:
    decisions = f"{glance.places.of('decisions')}/"
    if any(glance.places.of(name) in files.paths for name in names):
        raise DeclinedError("the change touches what is judged by")
    if any(path.startswith(decisions) for path in files.paths):
        raise DeclinedError("the change touches decisions")
