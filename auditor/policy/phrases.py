"""How values and tests are printed in findings: short, total, the same everywhere."""

from __future__ import annotations

from datetime import date

from auditor.model.truth import Truth
from auditor.model.values import Absent, CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec, FactType
from auditor.policy.syntax import Comparison, Operator


def value_text(value: Value, fact: FactSpec) -> str:
    """A value in words; shares as percent, open bounds said as such."""
    match value:
        case Unknown():
            return "unknown"
        case Absent():
            return "none" if fact.type in (FactType.TEXT, FactType.TEXTS) else "does not apply"
        case bool():
            return "yes" if value else "no"
        case int() | float() | CountRange():
            return _number_text(value, fact)
        case Never() | DateRange():
            return _when_text(value)
        case tuple():
            return ", ".join(str(item) for item in value) or "none"
        case _:
            return str(value) or "empty"


def is_exact(value: Value, as_of: date) -> bool:
    """Whether a value is known to the point, not by bounds or by a log that ended before the audit."""
    match value:
        case Unknown() | CountRange():
            return False
        case DateRange():
            return value.exact is not None
        case Never(until=until):
            return (as_of - until).days <= 1
        case _:
            return True


def comparison_text(test: Comparison, truth: Truth) -> str:
    """What is true of the value: the test where it holds, its opposite where it does not."""
    words = _OPPOSITE if truth is Truth.FALSE else _HOLDS
    word = words[test.operator]
    if test.operator in (Operator.PRESENT, Operator.ABSENT):
        return word if test.operand is True else (_HOLDS if truth is Truth.FALSE else _OPPOSITE)[test.operator]
    return f"{word} {test.text}"


def name_text(name: str) -> str:
    """A fact or relation as it is read: `fill_rate` → `fill rate`."""
    return name.replace("_", " ")


def _number_text(value: float | CountRange, fact: FactSpec) -> str:
    unit = f" {fact.unit}" if fact.unit else ""
    if isinstance(value, CountRange):
        return f"at least {value.least}{unit}" if value.most is None else f"{value.least} to {value.most}{unit}"
    return f"{_rounded(value * 100)} %" if fact.type is FactType.SHARE else f"{_rounded(value)}{unit}"


def _when_text(value: Never | DateRange) -> str:
    if isinstance(value, Never):
        watched = f"until {value.until}" if value.since is None else f"watched {value.since} to {value.until}"
        return f"never ({watched})"
    if value.exact is not None:
        return str(value.exact)
    if value.not_before is None:
        return f"on or before {value.not_after}" if value.not_after is not None else "some day"
    return (
        f"on or after {value.not_before}"
        if value.not_after is None
        else f"{value.not_before} to {value.not_after}"
    )


def _rounded(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:.2g}" if abs(value) < 1 else f"{value:,.1f}"


_HOLDS = {
    Operator.EQ: "is",
    Operator.NE: "is not",
    Operator.GT: "above",
    Operator.GE: "at least",
    Operator.LT: "below",
    Operator.LE: "at most",
    Operator.IN: "is one of",
    Operator.NOT_IN: "is none of",
    Operator.MATCHES: "matches",
    Operator.GLOB: "is like",
    Operator.CONTAINS: "contains",
    Operator.PRESENT: "is there",
    Operator.ABSENT: "is not there",
    Operator.OLDER_THAN: "older than",
    Operator.NEWER_THAN: "newer than",
}
_OPPOSITE = {
    Operator.EQ: "is not",
    Operator.NE: "is",
    Operator.GT: "at most",
    Operator.GE: "below",
    Operator.LT: "at least",
    Operator.LE: "above",
    Operator.IN: "is none of",
    Operator.NOT_IN: "is one of",
    Operator.MATCHES: "does not match",
    Operator.GLOB: "is not like",
    Operator.CONTAINS: "does not contain",
    Operator.PRESENT: "is not there",
    Operator.ABSENT: "is there",
    Operator.OLDER_THAN: "not older than",
    Operator.NEWER_THAN: "not newer than",
}
