"""A policy after compilation: a typed, frozen tree. Everything in it is checked against the vocabulary."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from auditor.dataclasses import dataclass, field
from auditor.model.findings import PolicyInfo
from auditor.model.truth import Truth
from auditor.model.values import Scalar
from auditor.model.vocabulary import FactSpec, Reach, RelationSpec


class Operator(StrEnum):
    """The tests that a condition may put to a fact."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"
    IN = "in"
    NOT_IN = "not_in"
    MATCHES = "matches"
    GLOB = "glob"
    CONTAINS = "contains"
    PRESENT = "present"
    ABSENT = "absent"
    OLDER_THAN = "older_than"
    NEWER_THAN = "newer_than"


class Quantifier(StrEnum):
    """How a condition speaks of the neighbours in a relation."""

    HAS = "has"
    LACKS = "lacks"
    EVERY = "every"
    """False where there is no neighbour at all."""


class Polarity(StrEnum):
    """Which answer of the condition is the violation: true under `forbid`, false under `require`."""

    FORBID = "forbid"
    REQUIRE = "require"


class OnUnknown(StrEnum):
    """What an undecided subject becomes."""

    REPORT = "report"
    PASS = "pass"  # noqa: S105 - an outcome, not a password
    VIOLATION = "violation"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a policy, or a part of its condition, stands: file, line and column from 1."""

    file: str
    line: int
    column: int


NOWHERE = Place("", 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as written: `90d`, `6w`, `12m`, `1y`. Months and years are calendar ones."""

    days: int = 0
    months: int = 0

    def before(self, day: date) -> date:
        """The day that lies so long before another; the last of the month where the month is shorter."""
        month = day.year * 12 + day.month - 1 - self.months
        if month < 12:
            return date.min
        first = date(month // 12, month % 12 + 1, 1)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        start = first + timedelta(days=min(day.day, (following - first).days) - 1)
        return start - timedelta(days=min(self.days, start.toordinal() - 1))


Literal = Scalar | Span | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One operator with its operand; `text` is the operand as written, parameters filled in."""

    operator: Operator
    operand: Literal
    text: str


@dataclass(frozen=True, slots=True)
class FactTest:
    """All tests hold for a fact. `kinds` is set where only some kinds of neighbours bear the fact."""

    fact: FactSpec
    tests: tuple[Comparison, ...]
    kinds: frozenset[str] = frozenset()
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class KindIs:
    """A neighbour in a relation that leads to several kinds of node is one of these kinds."""

    kinds: frozenset[str]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: Condition
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along a relation, over edges that satisfy `edge`, to nodes that satisfy `where`."""

    relation: RelationSpec
    edge: Condition | None = None
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Where a quantifier looks: along the hops in turn; `depth` repeats a single hop up to so many times.

    The `where` of the last hop is kept apart, since `every` asks it and the others filter by it.
    """

    hops: tuple[Hop, ...]
    where: Condition | None
    depth: int = 1

    @property
    def name(self) -> str:
        """The relation or the path, as written."""
        return "/".join(hop.relation.name for hop in self.hops)


@dataclass(frozen=True, slots=True)
class Quantified:
    """`has`, `lacks` or `every` over a neighbourhood."""

    quantifier: Quantifier
    over: Neighbourhood
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many distinct neighbours there are, put to tests."""

    over: Neighbourhood
    tests: tuple[Comparison, ...]
    place: Place = field(default=NOWHERE, compare=False, repr=False)


Condition = FactTest | KindIs | AllOf | AnyOf | Negation | Quantified | Counted


SELF = Reach(0)
"""The subject alone."""


@dataclass(frozen=True, slots=True)
class ListedFact:
    """An allow-list joined onto nodes: the boolean fact is true for subjects that a pattern names."""

    spec: FactSpec
    subjects: frozenset[str]
    globs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule, ready to be evaluated."""

    info: PolicyInfo
    kind: str
    target: Condition | None
    condition: Condition
    polarity: Polarity
    show: tuple[FactSpec, ...] = ()
    on_unknown: OnUnknown = OnUnknown.REPORT
    since: str = ""
    aliases: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """Names of the facts that it asks for, sorted."""
    relations: tuple[str, ...] = ()
    reach: Reach = SELF
    """How far from the subject it looks, at most."""
    place: Place = NOWHERE

    @property
    def wrong(self) -> Truth:
        """The truth of the condition that is a violation."""
        return Truth.TRUE if self.polarity is Polarity.FORBID else Truth.FALSE


@dataclass(frozen=True, slots=True)
class PolicySet:
    """The policies in force, sorted by id."""

    policies: tuple[Policy, ...]
    lists: tuple[ListedFact, ...] = ()
    params: tuple[tuple[str, str], ...] = ()
    disabled: tuple[str, ...] = ()
    """Ids that are switched off, sorted."""
    digest: str = ""
    """Changes when any policy, parameter or list changes; for comparing two audits."""
