"""How values and tests are printed in findings: short, total, the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from auditor.model.truth import Truth
from auditor.model.values import Absent, CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec, FactType
from auditor.patterns import regex
from auditor.policy.syntax import Comparison, Operator, Span


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


def bound_text(test: Comparison, truth: Truth) -> str:
    """`comparison_text` as it stands in a sentence: shares and spans as people write them."""
    words = _OPPOSITE if truth is Truth.FALSE else _HOLDS
    operand = _spelled(test.text)
    if test.operator not in _AGO:
        return f"{words[test.operator]} {operand}"
    negated = "not " if truth is Truth.FALSE else ""
    after, before = _AGO[test.operator]
    return negated + (after if isinstance(test.operand, Span) else before).format(operand)


def number_words(number: float | CountRange, unit: str) -> str:
    """A count with its unit, for none, one and many: `no fields`, `1 field`, `at least 2 fields`."""
    if isinstance(number, CountRange):
        told = f"{number.least}" if number.most is None else f"{number.least} to {number.most}"
        told = f"at least {told}" if number.most is None else told
        return f"{told} {_singular(unit)}" if number.most == 1 else f"{told} {unit}".rstrip()
    if not unit:
        return _rounded(number)
    return f"no {unit}" if number == 0 else f"{_rounded(number)} {_singular(unit) if number == 1 else unit}"


def lengthening_text(value: Never, tests: Iterable[Comparison]) -> str:
    """Until when a log has to be added to without a gap, so that its silence reaches back far enough."""
    spans = [test.operand for test in tests if isinstance(test.operand, Span)]
    since = value.since
    if since is None or not spans or all(since <= span.before(value.until) for span in spans):
        return ""
    days = (value.until + timedelta(days=more) for more in range(1, _AHEAD))
    enough = next((day for day in days if all(since <= span.before(day) for span in spans)), None)
    when = "longer" if enough is None else f"until {enough}"
    return f"; without a gap {when} it is proven (`auditor evidence add` joins exports)"


def noun_text(fact: FactSpec) -> str:
    """A fact as a noun: `help text`, `its last run`."""
    return fact.phrase.noun or name_text(fact.name)


def name_text(name: str) -> str:
    """A fact or relation as it is read: `fill_rate` → `fill rate`."""
    return name.replace("_", " ")


def _number_text(value: float | CountRange, fact: FactSpec) -> str:
    unit = f" {_singular(fact.unit) if value == 1 else fact.unit}" if fact.unit else ""
    if isinstance(value, CountRange):
        return f"at least {value.least}{unit}" if value.most is None else f"{value.least} to {value.most}{unit}"
    return f"{_rounded(value * 100)} %" if fact.type is FactType.SHARE else f"{_rounded(value)}{unit}"


def _singular(unit: str) -> str:
    """`record ids` → `record id`: the first word in the plural loses its ending."""
    return re.sub(r"(?<=\w)s\b", "", unit, count=1)


def _spelled(text: str) -> str:
    """`50%` as `50 %`, `395d` as `395 days`."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return text.removesuffix("%") + " %" if text.endswith("%") else text
    length = int(match[1])
    return f"{length} {_singular(_LENGTHS[match[2]]) if length == 1 else _LENGTHS[match[2]]}"


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


_AHEAD = 3_660
"""Days ahead that are looked at: ten years."""
_SPAN = regex(r"(\d+)([dwmy])")
_LENGTHS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_AGO = {
    Operator.OLDER_THAN: ("more than {} ago", "before {}"),
    Operator.NEWER_THAN: ("within the last {}", "after {}"),
}
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
