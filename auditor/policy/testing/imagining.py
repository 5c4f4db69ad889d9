"""Imagines subjects that two conditions judge differently, or that satisfy one, and knows when there is none.

What is not settled yet is unknown, and Kleene's logic never takes back what it decided: so a branch is left as
soon as the answer is settled, whatever the rest would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from auditor.dataclasses import dataclass, field
from auditor.model.findings import Outcome
from auditor.model.truth import Truth
from auditor.model.values import Value
from auditor.model.vocabulary import Related, Vocabulary
from auditor.policy.binding import Ground
from auditor.policy.evaluating import weigh
from auditor.policy.syntax import Condition, OnUnknown, Policy
from auditor.policy.testing.domains import Domain
from auditor.policy.testing.literals import write_value
from auditor.policy.testing.surroundings import Uses, uses_of
from auditor.policy.testing.worlds import World

SUBJECT = "subject"
MOST_TRIES = 60_000
"""So many subjects are imagined before the question is given up, which proves nothing."""

Wanted = Callable[[], tuple[bool, bool]]
"""Whether the imagined subject is what is sought, and whether what is left open could still change that."""
Judge = Callable[[], tuple[Outcome, bool]]
"""The outcome for the imagined subject, and whether nothing that is left open can change it."""


@dataclass(frozen=True, slots=True)
class Imagined:
    """What a search came to: a subject in the words of a fixture, or that there is none (`proven_none`)."""

    found: bool
    proven_none: bool
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference(Imagined):
    """A subject that a policy and its mutant judge differently."""

    before: Outcome | None = None
    after: Outcome | None = None


def difference(policy: Policy, mutant: Policy, as_of: date) -> Difference:
    """Find a subject to which two forms of a policy give different outcomes."""
    stage = _Stage(policy.kind, _conditions(policy, mutant), as_of, 2)
    judges = [_judge(each, stage.ground) for each in (policy, mutant)]

    def wanted() -> tuple[bool, bool]:
        (one, settled), (other, also_settled) = (judge() for judge in judges)
        return one is not other, not (settled and also_settled)

    found = stage.near(judges[0], wanted) or stage.search(wanted)
    before, after = (judge()[0] for judge in judges)
    return Difference(found.found, found.proven_none, found.said, before, after)


def satisfying(conditions: Iterable[tuple[Condition, Truth]], kind: str, as_of: date) -> Imagined:
    """Find a subject of a kind for which every condition has the wanted truth."""
    asked = tuple(conditions)
    stage = _Stage(kind, [condition for condition, _ in asked], as_of)
    checks = [(stage.ground.check(condition), truth) for condition, truth in asked]

    def wanted() -> tuple[bool, bool]:
        truths = [(check(SUBJECT), truth) for check, truth in checks]
        lost = any(actual is ~truth for actual, truth in truths)
        return all(actual is truth for actual, truth in truths), not lost

    return stage.search(wanted)


def _conditions(*policies: Policy) -> list[Condition]:
    return [part for policy in policies for part in (policy.target, policy.condition) if part is not None]


def _judge(policy: Policy, ground: Ground) -> Judge:
    applies = None if policy.target is None else ground.check(policy.target)
    holds = ground.check(policy.condition)

    def judge() -> tuple[Outcome, bool]:
        in_target = Truth.TRUE if applies is None else applies(SUBJECT)
        truth = holds(SUBJECT)
        settled = weigh(in_target, truth, policy.wrong, OnUnknown.REPORT) is not Outcome.UNKNOWN
        # One that passes for sure may still turn out not to be spoken of at all.
        settled = settled and in_target is not Truth.UNKNOWN
        return weigh(in_target, truth, policy.wrong, policy.on_unknown), settled

    return judge


Option = tuple[Value | Related, str]


@dataclass(slots=True)
class _Variable:
    """A fact or relation of the subject with what it may be, each with how a fixture writes it."""

    name: str
    options: list[Option]


@dataclass(slots=True)
class _Stage:
    """A world with one subject whose facts are settled one after the other."""

    kind: str
    conditions: list[Condition]
    as_of: date
    forms: int = 1
    """How many versions of the same condition there are among the conditions."""
    world: World = field(init=False)
    ground: Ground = field(init=False)
    variables: list[_Variable] = field(init=False)
    whole: bool = field(init=False, default=True)
    tries: int = field(init=False, default=0)
    chosen: dict[str, Option | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.world = World(Vocabulary((), ()))
        self.world.add(self.kind, SUBJECT)
        uses = uses_of(self.conditions, self.forms)
        self.variables = [self._fact(domain) for domain in uses.facts.values()]
        self.variables += [self._relation(name, uses) for name in uses.relations]
        self.whole = uses.whole and all(domain.whole for domain in uses.facts.values())
        self.ground = Ground(self.world, self.as_of)

    def _fact(self, domain: Domain) -> _Variable:
        fact = domain.fact
        options: list[Option] = [
            (value, f"{fact.name}: {write_value(value, fact)}") for value in domain.values(self.as_of)
        ]
        return _Variable(fact.name, options)

    def _relation(self, name: str, uses: Uses) -> _Variable:
        options: list[Option] = []
        for related, said in uses.relations[name].options(self.world, self.as_of):
            options.append((related, f"{name}: {said}"))
        return _Variable(name, options)

    def search(self, wanted: Wanted) -> Imagined:
        """Settle one variable after the other until the subject is what is sought, or none can be."""
        self.tries = 0
        for variable in self.variables:
            self._put(variable, None)
        found = self._search(0, wanted)
        gave_up = self.tries > MOST_TRIES
        return Imagined(found, not found and self.whole and not gave_up, self._said())

    def near(self, judge: Judge, wanted: Wanted) -> Imagined | None:
        """What is sought, one variable away from a violation or a pass: there it is found soonest, if it is."""
        for outcome in (Outcome.VIOLATION, Outcome.PASS):
            if self.search(_settled(judge, outcome)).found and self._vary(wanted):
                return Imagined(True, False, self._said())
        return None

    def _vary(self, wanted: Wanted) -> bool:
        for variable in self.variables:
            before = self.chosen[variable.name]
            for option in (None, *variable.options):
                self._put(variable, option)
                if wanted()[0]:
                    return True
            self._put(variable, before)
        return False

    def _search(self, index: int, wanted: Wanted) -> bool:
        self.tries += 1
        is_it, is_open = wanted()
        if is_it:
            return True
        if not is_open or index == len(self.variables) or self.tries > MOST_TRIES:
            return False
        variable = self.variables[index]
        for option in (*variable.options, None):
            self._put(variable, option)
            if self._search(index + 1, wanted):
                return True
        return False

    def _said(self) -> tuple[str, ...]:
        chosen = (self.chosen[variable.name] for variable in self.variables)
        return tuple(option[1] for option in chosen if option is not None)

    def _put(self, variable: _Variable, option: Option | None) -> None:
        """Settle a variable, or leave it open again."""
        self.chosen[variable.name] = option
        key = SUBJECT, variable.name
        if option is None:
            self.world.facts.pop(key, None)
            self.world.relations.pop(key, None)
        elif isinstance(option[0], Related):
            self.world.relations[key] = option[0]
        else:
            self.world.facts[key] = option[0]


def _settled(judge: Judge, outcome: Outcome) -> Wanted:
    def wanted() -> tuple[bool, bool]:
        actual, settled = judge()
        return actual is outcome, not settled

    return wanted
