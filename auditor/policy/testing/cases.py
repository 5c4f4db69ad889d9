"""What a fixture is, once read: subjects of one policy in a made-up company, and the outcome expected of each."""

from __future__ import annotations

from auditor.dataclasses import dataclass
from auditor.model.findings import Outcome
from auditor.policy.syntax import Place, Policy
from auditor.policy.testing.worlds import World
from auditor.policy.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Case:
    """One subject. Its name is the sentence that says what is special about it."""

    subject: str
    expected: Outcome
    place: Place
    todo: bool = False
    """The expectation is known not to hold yet."""
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """The cases of one policy, which share a world."""

    policy: Policy
    world: World
    cases: tuple[Case, ...]
    place: Place
