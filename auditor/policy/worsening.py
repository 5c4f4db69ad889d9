"""Whether a finding got worse by its own measure: 64 fields then, 90 now, where the policy wants few."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.patterns import regex
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    FactTest,
    Negation,
    Operator,
    Polarity,
    Policy,
)


def worsened(policy: Policy, before: str, now: str) -> bool:
    """Whether a measure (`64 fields`) moved in the direction that the policy is against.

    False where either holds no number, or where the policy is against both directions.
    """
    then, today = _number(before), _number(now)
    return then is not None and today is not None and (today - then) * _direction(policy) > 0


def has_measure(policy: Policy) -> bool:
    """Whether a violation of a policy may get worse by its own measure."""
    return _direction(policy) != 0


def _direction(policy: Policy) -> int:
    """1 where a greater measure is worse, -1 where a smaller one is, 0 where the policy does not tell."""
    signs = set(_signs(policy.condition, 1 if policy.polarity is Polarity.FORBID else -1))
    return signs.pop() if len(signs) == 1 else 0


def _signs(condition: Condition, sign: int) -> Iterable[int]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _signs(part, sign)
        case Negation(part):
            yield from _signs(part, -sign)
        case FactTest(tests=tests) | Counted(tests=tests):
            yield from (sign * _SIGNS[test.operator] for test in tests if _is_measure(test))
        case _:
            # What is said of neighbours, or of their kind, is no measure of the subject.
            return


def _is_measure(test: Comparison) -> bool:
    number = isinstance(test.operand, int | float) and not isinstance(test.operand, bool)
    return number and test.operator in _SIGNS


def _number(text: str) -> float | None:
    found = _NUMBER.search(text)
    return float(found[0].replace(",", "")) if found else None


_SIGNS = {Operator.GT: 1, Operator.GE: 1, Operator.LT: -1, Operator.LE: -1}
_NUMBER = regex(r"-?\d[\d,]*(?:\.\d+)?")
