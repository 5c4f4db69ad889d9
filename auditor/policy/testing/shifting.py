"""What one test may be shifted to: the neighbouring number, the other direction, another word, another unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from auditor.dataclasses import replace
from auditor.model.vocabulary import FactSpec, FactType
from auditor.policy.phrases import value_text
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    FactTest,
    Hop,
    Literal,
    Negation,
    Neighbourhood,
    Operator,
    Quantified,
    Span,
)

POINT = 0.01
"""A share is shifted by one percentage point."""
_STRICT = {Operator.GT: Operator.GE, Operator.GE: Operator.GT, Operator.LT: Operator.LE, Operator.LE: Operator.LT}
_OLD = {Operator.OLDER_THAN: Operator.NEWER_THAN, Operator.NEWER_THAN: Operator.OLDER_THAN}
_PRESENT = Comparison(Operator.PRESENT, True, "true")
_ANCHORS = ("(?i)", "^", "$")

Tests = tuple[Comparison, ...]


def shifted(fact: FactSpec | None, test: Comparison) -> Iterator[Tests]:
    """A test with its operand or its direction shifted; `fact` None is a count of neighbours."""
    operator, operand = test.operator, test.operand
    if operator in _OLD:
        yield (replace(test, operator=_OLD[operator]),)
        yield from ((_with(test, other),) for other in _days(operand))
    elif operator in (Operator.IN, Operator.NOT_IN):
        yield from _choices(test)
    elif operator is Operator.MATCHES:
        yield from ((_with(test, text),) for text in _patterns(str(operand)))
    elif isinstance(operand, (int, float)) and not isinstance(operand, bool):
        yield from _numbers(test, fact is None or fact.type is FactType.INTEGER)
    elif isinstance(operand, str):
        yield (_with(test, _another(fact, operand)),)
    if fact is not None and fact.absent_when and operator not in (Operator.PRESENT, Operator.ABSENT):
        yield from _absence(fact, test)


def canonical(condition: Condition) -> Condition:
    """One spelling for conditions that mean the same by construction."""
    match condition:
        case FactTest(fact=fact, tests=tests):
            return replace(condition, tests=_spelled(tests, fact.type is FactType.INTEGER))
        case Counted(over=over, tests=tests):
            return replace(condition, over=_over(over), tests=_spelled(tests, True))
        case Quantified(over=over):
            return replace(condition, over=_over(over))
        case Negation(part=Negation(part=part)):
            return canonical(part)
        case Negation(part=part):
            return replace(condition, part=canonical(part))
        case AllOf(parts=(part,)) | AnyOf(parts=(part,)):
            return canonical(part)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return replace(condition, parts=tuple(canonical(part) for part in parts))
        case _:
            return condition


def _over(over: Neighbourhood) -> Neighbourhood:
    hops = tuple(Hop(hop.relation, _optional(hop.edge), _optional(hop.where)) for hop in over.hops)
    return replace(over, hops=hops, where=_optional(over.where))


def _optional(condition: Condition | None) -> Condition | None:
    return None if condition is None else canonical(condition)


def _spelled(tests: Tests, whole: bool) -> Tests:
    """`ge 5` as `gt 4`, `le 5` as `lt 6` for whole numbers; the text of an operand means nothing."""
    found = []
    for test in tests:
        operator, operand = test.operator, test.operand
        if whole and isinstance(operand, int) and operator in (Operator.GE, Operator.LE):
            strict = _STRICT[operator]
            operator, operand = strict, operand - 1 if strict is Operator.GT else operand + 1
        found.append(Comparison(operator, operand, ""))
    return tuple(found)


def _numbers(test: Comparison, whole: bool) -> Iterator[Tests]:
    operand = test.operand
    assert isinstance(operand, (int, float))
    step = 1 if whole else POINT
    yield (_with(test, operand - step),)
    yield (_with(test, operand + step),)
    if test.operator in _STRICT:
        yield (replace(test, operator=_STRICT[test.operator]),)


def _days(operand: Literal) -> Iterator[Span | date]:
    if isinstance(operand, date):
        yield from (operand - timedelta(days=1), operand + timedelta(days=1))
    if isinstance(operand, Span):
        yield from (replace(operand, days=operand.days - 1), replace(operand, days=operand.days + 1))
        yield Span(days=operand.days * 7 + operand.months * 7)


def _choices(test: Comparison) -> Iterator[Tests]:
    assert isinstance(test.operand, tuple)
    for left_out in test.operand:
        rest = tuple(choice for choice in test.operand if choice != left_out)
        if rest:
            yield (_with(test, rest),)


def _patterns(text: str) -> Iterator[str]:
    for anchor in _ANCHORS:
        if anchor in text:
            yield text.replace(anchor, "", 1)


def _another(fact: FactSpec | None, word: str) -> str:
    others = [value for value in (() if fact is None else fact.values) if value != word]
    return others[0] if others else f"{word}~"


def _absence(fact: FactSpec, test: Comparison) -> Iterator[Tests]:
    """What holds of an absent value is made not to hold, and the other way round for a boolean."""
    if test.operator in (Operator.NE, Operator.NOT_IN):
        yield (test, _PRESENT)
    if test.operator is Operator.EQ and fact.type is FactType.BOOLEAN:
        yield (Comparison(Operator.NE, not test.operand, value_text(not test.operand, fact)),)


def _with(test: Comparison, operand: Literal) -> Comparison:
    return replace(test, operand=operand, text=_operand_text(operand))


def _operand_text(operand: Literal) -> str:
    match operand:
        case Span(days=days, months=months):
            return f"{months}m{days:+}d" if months else f"{days}d"
        case tuple():
            return ", ".join(str(item) for item in operand)
        case float():
            return f"{operand * 100:g}%"
        case _:
            return str(operand)
