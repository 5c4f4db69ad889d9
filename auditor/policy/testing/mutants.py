"""Mutants of a policy: each differs in one leaf, one join or one bound, and some fixture should notice.

A mutant that reads like the policy itself, or like another mutant, is made once; `gt 4` and `ge 5` of a whole
number are the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.dataclasses import dataclass, replace
from auditor.policy.explaining import condition_text
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Condition,
    Counted,
    FactTest,
    Hop,
    KindIs,
    Negation,
    Neighbourhood,
    OnUnknown,
    Place,
    Policy,
    Quantified,
    Quantifier,
)
from auditor.policy.testing.shifting import canonical, shifted

DROPPED = ", left out"
Variant = tuple[str, Place, Condition]
"""What was changed, where that stands, and the condition with the change."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A policy with one change."""

    number: int
    """The same change has the same number, whatever the parameters are."""
    what: str
    place: Place
    policy: Policy

    @property
    def dropped(self) -> bool:
        """Whether a part was left out altogether."""
        return self.what.endswith(DROPPED)


def mutants(policy: Policy) -> Iterator[Mutant]:
    """All mutants of a policy, each once, in the order in which it is written."""
    seen = {_form(policy)}
    for number, (what, place, mutant) in enumerate(_all(policy)):
        form = _form(mutant)
        if form not in seen:
            seen.add(form)
            yield Mutant(number, what, place, mutant)


def _form(policy: Policy) -> tuple[Condition | None, Condition, OnUnknown]:
    target = None if policy.target is None else canonical(policy.target)
    return target, canonical(policy.condition), policy.on_unknown


def _all(policy: Policy) -> Iterator[tuple[str, Place, Policy]]:
    if policy.target is not None:
        for what, place, target in variants(policy.target):
            yield f"target: {what}", place, replace(policy, target=target)
    for what, place, condition in variants(policy.condition):
        yield f"{policy.polarity}: {what}", place, replace(policy, condition=condition)
    other = OnUnknown.PASS if policy.on_unknown is OnUnknown.REPORT else OnUnknown.REPORT
    yield f"on_unknown: {other}", policy.place, replace(policy, on_unknown=other)


def variants(condition: Condition) -> Iterator[Variant]:
    """A condition with one change in it, for every change."""
    match condition:
        case FactTest():
            return _fact(condition)
        case KindIs():
            return iter((_negated(condition),))
        case AllOf() | AnyOf():
            return _group(condition)
        case Negation(part=part):
            return (
                (f"not {what}", place, Negation(other, condition.place)) for what, place, other in variants(part)
            )
        case Quantified():
            return _quantified(condition)
        case Counted():
            return _counted(condition)


def _fact(condition: FactTest) -> Iterator[Variant]:
    yield _negated(condition)
    tests, place = condition.tests, condition.place
    for index, test in enumerate(tests):
        before, after = tests[:index], tests[index + 1 :]
        for shift in shifted(condition.fact, test):
            yield _becomes(condition, replace(condition, tests=(*before, *shift, *after)), place)
        if len(tests) > 1:
            rest = replace(condition, tests=(*before, *after))
            yield f"{condition_text(condition)}: {test.operator} {test.text}{DROPPED}", place, rest


def _negated(condition: FactTest | KindIs | Quantified | Counted) -> Variant:
    return f"{condition_text(condition)}, negated", condition.place, Negation(condition)


def _becomes(condition: Condition, changed: Condition, place: Place) -> Variant:
    return f"{condition_text(condition)} becomes {condition_text(changed)}", place, changed


def _group(condition: AllOf | AnyOf) -> Iterator[Variant]:
    parts, place = condition.parts, condition.place
    if len(parts) > 1:
        to_any = isinstance(condition, AllOf)
        swapped = AnyOf(parts, place) if to_any else AllOf(parts, place)
        yield "all of becomes any of" if to_any else "any of becomes all of", place, swapped
    for index, part in enumerate(parts):
        if len(parts) > 1:
            rest = (*parts[:index], *parts[index + 1 :])
            yield f"{_brief(part)}{DROPPED}", part.place, replace(condition, parts=rest)
        for what, where, other in variants(part):
            yield what, where, replace(condition, parts=(*parts[:index], other, *parts[index + 1 :]))


def _brief(condition: Condition) -> str:
    if isinstance(condition, AllOf | AnyOf):
        return f"{condition_text(condition)} {' and '.join(map(_brief, condition.parts))}"
    return f"not {_brief(condition.part)}" if isinstance(condition, Negation) else condition_text(condition)


def _quantified(condition: Quantified) -> Iterator[Variant]:
    if condition.quantifier is Quantifier.EVERY:
        yield _negated(condition)
        has = replace(condition, quantifier=Quantifier.HAS)
        yield _becomes(condition, has, condition.place)
    else:
        opposite = Quantifier.LACKS if condition.quantifier is Quantifier.HAS else Quantifier.HAS
        yield _becomes(condition, replace(condition, quantifier=opposite), condition.place)
    bare = condition.quantifier is not Quantifier.EVERY
    for what, place, over in _neighbourhoods(condition.over, condition.place, bare):
        yield f"{condition_text(condition)}: {what}", place, replace(condition, over=over)


def _counted(condition: Counted) -> Iterator[Variant]:
    yield _negated(condition)
    for index, test in enumerate(condition.tests):
        for other in shifted(None, test):
            changed = replace(condition, tests=(*condition.tests[:index], *other, *condition.tests[index + 1 :]))
            yield _becomes(condition, changed, condition.place)
    for what, place, over in _neighbourhoods(condition.over, condition.place, bare=True):
        yield f"{condition_text(condition)}: {what}", place, replace(condition, over=over)


def _neighbourhoods(over: Neighbourhood, place: Place, bare: bool) -> Iterator[tuple[str, Place, Neighbourhood]]:
    if over.where is not None:
        if bare:
            yield f"where {_brief(over.where)}{DROPPED}", over.where.place, replace(over, where=None)
        for what, at, where in variants(over.where):
            yield what, at, replace(over, where=where)
    for index, hop in enumerate(over.hops):
        for what, at, other in _hops(hop, place):
            yield what, at, replace(over, hops=(*over.hops[:index], other, *over.hops[index + 1 :]))
    for depth in (over.depth - 1, over.depth + 1):
        if over.depth > 1 and depth >= 1:
            yield f"depth {over.depth} becomes {depth}", place, replace(over, depth=depth)


def _hops(hop: Hop, place: Place) -> Iterator[tuple[str, Place, Hop]]:
    for name, part in (("edge", hop.edge), ("where", hop.where)):
        if part is not None:
            yield f"{name} {_brief(part)}{DROPPED}", part.place, _with(hop, name, None)
            for what, at, other in variants(part):
                yield f"{name} {what}", at, _with(hop, name, other)


def _with(hop: Hop, name: str, part: Condition | None) -> Hop:
    return replace(hop, edge=part) if name == "edge" else replace(hop, where=part)
