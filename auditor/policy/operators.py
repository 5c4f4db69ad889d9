"""One test put to one value, in three values of truth.

Absent is known: it equals nothing, lies in no order and matches nothing, so `ne` and `not_in` hold for it.
Intervals decide where both ends agree. What is unknown stays unknown, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fnmatch import translate
from operator import ge, gt, le, lt
from re import compile as compile_regex

from auditor.model.truth import Truth, all_of, any_of
from auditor.model.values import ABSENT, Absent, CountRange, DateRange, Never, Unknown, Value
from auditor.policy.regexes import MAX_INPUT, compile_pattern
from auditor.policy.syntax import Comparison, Operator, Span

Comparer = Callable[[Value], Truth]

EVIDENCE_LAG = timedelta(days=31)
"""A log or register answers for the day of the audit while it ended no longer ago than this: exports are made,
then read and reviewed. What ended earlier leaves `Never` undecided."""

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def comparer(tests: tuple[Comparison, ...], as_of: date) -> Comparer:
    """All the tests together, as one function of a value."""
    parts = tuple(_TESTERS[test.operator](test, as_of) for test in tests)
    if len(parts) == 1:
        return parts[0]
    return lambda value: all_of(part(value) for part in parts)


def is_present(value: Value) -> Truth:
    """Whether there is something: not absent, not an empty text, not a date that never came."""
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, Never):
        return FALSE if value.since is None else UNKNOWN
    return FALSE if value is ABSENT or value == "" or value == () else TRUE


def _equal(value: Value, operand: object) -> Truth:
    if value.__class__ is Unknown:
        return UNKNOWN
    if isinstance(value, CountRange):
        return all_of((_at_least(value, operand), ~_above(value, operand)))
    return TRUE if value == operand else FALSE


def _above(value: Value, operand: object) -> Truth:
    assert isinstance(operand, (int, float))
    if isinstance(value, (int, float)):
        return TRUE if value > operand else FALSE
    if isinstance(value, CountRange):
        if value.least > operand:
            return TRUE
        return FALSE if value.most is not None and value.most <= operand else UNKNOWN
    return _unordered(value)


def _at_least(value: Value, operand: object) -> Truth:
    assert isinstance(operand, (int, float))
    if isinstance(value, (int, float)):
        return TRUE if value >= operand else FALSE
    if isinstance(value, CountRange):
        if value.least >= operand:
            return TRUE
        return FALSE if value.most is not None and value.most < operand else UNKNOWN
    return _unordered(value)


def _unordered(value: Value) -> Truth:
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, Absent):
        return FALSE
    raise TypeError(f"{value!r} cannot be compared with a number: the fact is not of the type that it declares")


def _below(above: Callable[[Value, object], Truth], value: Value, operand: object) -> Truth:
    """Strictly below is not at least, at most is not above; absent is neither."""
    return FALSE if value is ABSENT else ~above(value, operand)


def _one_of(value: Value, operands: tuple[object, ...]) -> Truth:
    if isinstance(value, tuple):
        return TRUE if any(item in operands for item in value) else FALSE
    return any_of(_equal(value, operand) for operand in operands)


def _texts(value: Value, holds: Callable[[str], bool]) -> Truth:
    """Whether a text holds, or one of several."""
    if isinstance(value, str):
        return TRUE if holds(value) else FALSE
    if isinstance(value, tuple):
        return TRUE if any(holds(str(item)) for item in value) else FALSE
    return UNKNOWN if isinstance(value, Unknown) else FALSE


def _contains(value: Value, operand: str) -> Truth:
    if isinstance(value, tuple):
        return TRUE if operand in value else FALSE
    folded = operand.casefold()
    return _texts(value, lambda text: folded in text.casefold())


def _older(value: Value, limit: date, operand: Span | date, as_of: date) -> Truth:
    if isinstance(value, Never):
        return _never_since(value, operand, as_of)
    if isinstance(value, DateRange):
        if value.not_after is not None and value.not_after < limit:
            return TRUE
        return FALSE if value.not_before is not None and value.not_before >= limit else UNKNOWN
    return _exact_date(value, lambda day: day < limit)


def _newer(value: Value, limit: date, operand: Span | date, as_of: date) -> Truth:
    if isinstance(value, Never):
        return ~_never_since(value, operand, as_of)
    if isinstance(value, DateRange):
        if value.not_before is not None and value.not_before > limit:
            return TRUE
        return FALSE if value.not_after is not None and value.not_after <= limit else UNKNOWN
    return _exact_date(value, lambda day: day > limit)


def _exact_date(value: Value, holds: Callable[[date], bool]) -> Truth:
    if isinstance(value, date):
        return TRUE if holds(value) else FALSE
    return UNKNOWN if isinstance(value, Unknown) else FALSE


def _never_since(value: Never, operand: Span | date, as_of: date) -> Truth:
    """True where what was watched covers the span up to its end and that end is recent; else unknown."""
    until = min(value.until, as_of)
    if as_of - until > EVIDENCE_LAG:
        return UNKNOWN
    limit = operand.before(until) if isinstance(operand, Span) else operand
    return TRUE if value.since is None or value.since <= limit else UNKNOWN


def _text_of(test: Comparison) -> str:
    assert isinstance(test.operand, str)
    return test.operand


def _several(test: Comparison) -> tuple[object, ...]:
    assert isinstance(test.operand, tuple)
    return test.operand


def _equality(test: Comparison, _as_of: date) -> Comparer:
    operand = test.operand
    if not isinstance(operand, bool):
        return lambda value: _equal(value, operand)
    # Most tests of all ask a boolean: identity decides it, and only what is neither needs a closer look.
    opposite = not operand

    def decide(value: Value) -> Truth:
        if value is operand:
            return TRUE
        return FALSE if value is opposite else _equal(value, operand)

    return decide


def _inequality(test: Comparison, _as_of: date) -> Comparer:
    operand = test.operand
    return lambda value: ~_equal(value, operand)


def _order(
    above: Callable[[Value, object], Truth], negated: bool, holds: Callable[[float, float], bool]
) -> Callable[[Comparison, date], Comparer]:
    """`holds` is the same test for plain numbers, which most values are."""

    def make(test: Comparison, _as_of: date) -> Comparer:
        operand = test.operand
        assert isinstance(operand, (int, float))

        def decide(value: Value) -> Truth:
            if value.__class__ is int or value.__class__ is float:
                assert isinstance(value, (int, float))
                return TRUE if holds(value, operand) else FALSE
            return _below(above, value, operand) if negated else above(value, operand)

        return decide

    return make


def _membership(test: Comparison, _as_of: date) -> Comparer:
    operands = _several(test)
    words = frozenset(operand for operand in operands if isinstance(operand, str))

    def decide(value: Value) -> Truth:
        if value.__class__ is str:
            return TRUE if value in words else FALSE
        return _one_of(value, operands)

    return decide


def _exclusion(test: Comparison, _as_of: date) -> Comparer:
    operands = _several(test)
    return lambda value: ~_one_of(value, operands)


def _pattern(test: Comparison, _as_of: date) -> Comparer:
    search = compile_pattern(_text_of(test)).search
    return lambda value: _texts(value, lambda text: search(text[:MAX_INPUT]) is not None)


def _glob(test: Comparison, _as_of: date) -> Comparer:
    whole = compile_regex(translate(_text_of(test))).match
    return lambda value: _texts(value, lambda text: whole(text) is not None)


def _containment(test: Comparison, _as_of: date) -> Comparer:
    operand = _text_of(test)
    return lambda value: _contains(value, operand)


def _presence(wanted: bool) -> Callable[[Comparison, date], Comparer]:
    def make(test: Comparison, _as_of: date) -> Comparer:
        if test.operand is wanted:
            return is_present
        return lambda value: ~is_present(value)

    return make


def _dated(
    compare: Callable[[Value, date, Span | date, date], Truth],
) -> Callable[[Comparison, date], Comparer]:
    def make(test: Comparison, as_of: date) -> Comparer:
        operand = test.operand
        assert isinstance(operand, (Span, date))
        limit = operand.before(as_of) if isinstance(operand, Span) else operand
        return lambda value: compare(value, limit, operand, as_of)

    return make


_TESTERS: dict[Operator, Callable[[Comparison, date], Comparer]] = {
    Operator.EQ: _equality,
    Operator.NE: _inequality,
    Operator.GT: _order(_above, negated=False, holds=gt),
    Operator.GE: _order(_at_least, negated=False, holds=ge),
    Operator.LT: _order(_at_least, negated=True, holds=lt),
    Operator.LE: _order(_above, negated=True, holds=le),
    Operator.IN: _membership,
    Operator.NOT_IN: _exclusion,
    Operator.MATCHES: _pattern,
    Operator.GLOB: _glob,
    Operator.CONTAINS: _containment,
    Operator.PRESENT: _presence(True),
    Operator.ABSENT: _presence(False),
    Operator.OLDER_THAN: _dated(_older),
    Operator.NEWER_THAN: _dated(_newer),
}
