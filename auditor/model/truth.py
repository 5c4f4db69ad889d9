"""Kleene's three-valued logic: true, false, unknown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """A truth value. `UNKNOWN` is an answer: the evidence at hand cannot settle the question."""

    TRUE = "T"
    FALSE = "F"
    UNKNOWN = "?"

    # Members are compared by identity alone; the hash that enumerations have by default is slow.
    __hash__ = object.__hash__

    def __invert__(self) -> Truth:
        return _NEGATED[self]

    def __and__(self, other: Truth) -> Truth:
        if self is _FALSE or other is _FALSE:
            return _FALSE
        return _TRUE if self is _TRUE and other is _TRUE else _UNKNOWN

    def __or__(self, other: Truth) -> Truth:
        return ~(~self & ~other)

    def __bool__(self) -> bool:
        """Refuse the silent collapse of three values into two.

        Raises:
            TypeError: always; compare with `is Truth.TRUE` instead.
        """
        raise TypeError("a Truth has three values; compare it with `is Truth.TRUE`")

    @staticmethod
    def of(value: bool | None) -> Truth:
        """Give the truth value of a boolean, None meaning unknown."""
        if value is None:
            return Truth.UNKNOWN
        return Truth.TRUE if value else Truth.FALSE


# Members of an enumeration are slow to look up, and these are asked for everywhere.
_TRUE, _FALSE, _UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
_NEGATED = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}


def all_of(values: Iterable[Truth]) -> Truth:
    """Conjunction; true for no values, stops at the first false."""
    result = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Disjunction; false for no values, stops at the first true."""
    result = Truth.FALSE
    for value in values:
        if value is Truth.TRUE:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result
