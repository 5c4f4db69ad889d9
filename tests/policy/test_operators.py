from __future__ import annotations

from datetime import date

import pytest

from auditor.model.truth import Truth
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown, Value
from auditor.policy.operators import comparer
from auditor.policy.syntax import Comparison, Literal, Operator, Span

AS_OF = date(2026, 11, 21)
T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
NO_IDEA = Unknown("nobody knows")
NINETY = Span(days=90)
EDGE = date(2026, 8, 23)
"""Exactly 90 days before."""


def day(text: str) -> date:
    return date.fromisoformat(text)


EQUALITY = [
    ("a boolean is itself", True, Operator.EQ, True, T),
    ("a boolean is not the other", True, Operator.EQ, False, F),
    ("a text is itself, with its case", "Region", Operator.EQ, "region", F),
    ("a count of an exact interval is itself", CountRange(3, 3), Operator.EQ, 3, T),
    ("a count outside an interval is not it", CountRange(3, 5), Operator.EQ, 6, F),
    ("a count inside an interval may be it", CountRange(3, 5), Operator.EQ, 4, U),
    ("an open interval may be anything above", CountRange(3, None), Operator.EQ, 100, U),
    ("absent equals nothing", ABSENT, Operator.EQ, 0, F),
    ("unknown may equal", NO_IDEA, Operator.EQ, 0, U),
    ("ne is the opposite", "a", Operator.NE, "b", T),
    ("absent differs from everything", ABSENT, Operator.NE, "b", T),
    ("unknown may differ", NO_IDEA, Operator.NE, "b", U),
    ("an interval that excludes differs", CountRange(3, 5), Operator.NE, 9, T),
    ("in finds one of several", "b", Operator.IN, ("a", "b"), T),
    ("in misses", "c", Operator.IN, ("a", "b"), F),
    ("in of an interval may hold", CountRange(1, 2), Operator.IN, (1, 2), U),
    ("in of absent is false", ABSENT, Operator.IN, ("a",), F),
    ("in of unknown is unknown", NO_IDEA, Operator.IN, ("a",), U),
    ("in of several texts asks for one among them", ("x", "b"), Operator.IN, ("a", "b"), T),
    ("not_in of several texts asks that none is among them", ("x", "b"), Operator.NOT_IN, ("a", "b"), F),
    ("not_in of no texts holds", (), Operator.NOT_IN, ("a", "b"), T),
    ("not_in of absent holds", ABSENT, Operator.NOT_IN, ("a",), T),
    ("not_in of unknown is unknown", NO_IDEA, Operator.NOT_IN, ("a",), U),
]

ORDER = [
    ("gt above", 6, Operator.GT, 5, T),
    ("gt at the limit", 5, Operator.GT, 5, F),
    ("gt interval above", CountRange(6, None), Operator.GT, 5, T),
    ("gt interval below", CountRange(0, 5), Operator.GT, 5, F),
    ("gt interval across", CountRange(5, 6), Operator.GT, 5, U),
    ("gt open interval below", CountRange(0, None), Operator.GT, 5, U),
    ("gt absent", ABSENT, Operator.GT, 5, F),
    ("gt unknown", NO_IDEA, Operator.GT, 5, U),
    ("ge at the limit", 5, Operator.GE, 5, T),
    ("ge below", 4, Operator.GE, 5, F),
    ("ge interval from the limit", CountRange(5, 9), Operator.GE, 5, T),
    ("ge interval to the limit", CountRange(4, 5), Operator.GE, 5, U),
    ("ge absent", ABSENT, Operator.GE, 5, F),
    ("lt below", 4, Operator.LT, 5, T),
    ("lt at the limit", 5, Operator.LT, 5, F),
    ("lt interval below", CountRange(0, 4), Operator.LT, 5, T),
    ("lt interval from the limit", CountRange(5, None), Operator.LT, 5, F),
    ("lt interval across", CountRange(4, 5), Operator.LT, 5, U),
    ("lt absent", ABSENT, Operator.LT, 5, F),
    ("lt unknown", NO_IDEA, Operator.LT, 5, U),
    ("le at the limit", 5, Operator.LE, 5, T),
    ("le above", 6, Operator.LE, 5, F),
    ("le interval to the limit", CountRange(0, 5), Operator.LE, 5, T),
    ("le interval above", CountRange(6, None), Operator.LE, 5, F),
    ("le interval across", CountRange(5, 6), Operator.LE, 5, U),
    ("le absent", ABSENT, Operator.LE, 5, F),
    ("le of a share", 0.5, Operator.LE, 0.5, T),
]

TEXTUAL = [
    ("matches finds anywhere", "Old_Score__c", Operator.MATCHES, "Score", T),
    ("matches keeps to its anchor", "Old_Score__c", Operator.MATCHES, "^Score", F),
    ("matches one of several", ("a", "GDPR"), Operator.MATCHES, "^GDPR$", T),
    ("matches none of several", ("a", "b"), Operator.MATCHES, "^GDPR$", F),
    ("matches absent", ABSENT, Operator.MATCHES, "x", F),
    ("matches unknown", NO_IDEA, Operator.MATCHES, "x", U),
    ("glob takes the whole text", "Old_Score__c", Operator.GLOB, "*__c", T),
    ("glob does not find inside", "Old_Score__c", Operator.GLOB, "Score*", F),
    ("glob absent", ABSENT, Operator.GLOB, "*", F),
    ("glob unknown", NO_IDEA, Operator.GLOB, "*", U),
    ("contains folds case in a text", "Do NOT use", Operator.CONTAINS, "not", T),
    ("contains misses in a text", "in use", Operator.CONTAINS, "not", F),
    ("contains takes a whole one of several", ("PII", "GDPR"), Operator.CONTAINS, "GDPR", T),
    ("contains takes no part of one of several", ("PII", "GDPR"), Operator.CONTAINS, "GD", F),
    ("contains in no texts", (), Operator.CONTAINS, "GD", F),
    ("contains absent", ABSENT, Operator.CONTAINS, "x", F),
    ("contains unknown", NO_IDEA, Operator.CONTAINS, "x", U),
]

EXISTENCE = [
    ("a text is present", "x", Operator.PRESENT, True, T),
    ("an empty text is not", "", Operator.PRESENT, True, F),
    ("no texts are not", (), Operator.PRESENT, True, F),
    ("false is present", False, Operator.PRESENT, True, T),
    ("zero is present", 0, Operator.PRESENT, True, T),
    ("absent is not present", ABSENT, Operator.PRESENT, True, F),
    ("unknown may be present", NO_IDEA, Operator.PRESENT, True, U),
    ("a bounded date is present", DateRange(None, AS_OF), Operator.PRESENT, True, T),
    ("never, from the beginning, is not present", Never(None, AS_OF), Operator.PRESENT, True, F),
    ("never within a window may be present before it", Never(EDGE, AS_OF), Operator.PRESENT, True, U),
    ("present: false is absent", ABSENT, Operator.PRESENT, False, T),
    ("absent is absent", ABSENT, Operator.ABSENT, True, T),
    ("a text is not absent", "x", Operator.ABSENT, True, F),
    ("absent: false is present", "x", Operator.ABSENT, False, T),
    ("unknown may be absent", NO_IDEA, Operator.ABSENT, True, U),
]

DATES = [
    ("a day before the limit is older", DateRange.on(day("2026-08-22")), Operator.OLDER_THAN, NINETY, T),
    ("exactly the limit is not older", DateRange.on(EDGE), Operator.OLDER_THAN, NINETY, F),
    ("a later day is not older", DateRange.on(day("2026-08-24")), Operator.OLDER_THAN, NINETY, F),
    ("a bound from above proves older", DateRange(None, day("2026-01-01")), Operator.OLDER_THAN, NINETY, T),
    ("a bound from above after the limit proves nothing", DateRange(None, AS_OF), Operator.OLDER_THAN, NINETY, U),
    ("a bound from below after the limit refutes older", DateRange(EDGE, None), Operator.OLDER_THAN, NINETY, F),
    ("a bound from below proves nothing", DateRange(day("2020-01-01"), None), Operator.OLDER_THAN, NINETY, U),
    ("bounds across the limit prove nothing", DateRange(day("2020-01-01"), AS_OF), Operator.OLDER_THAN, NINETY, U),
    ("a plain date works too", day("2020-01-01"), Operator.OLDER_THAN, NINETY, T),
    ("absent is not older", ABSENT, Operator.OLDER_THAN, NINETY, F),
    ("unknown may be older", NO_IDEA, Operator.OLDER_THAN, NINETY, U),
    ("never in a window that covers the limit", Never(EDGE, AS_OF), Operator.OLDER_THAN, NINETY, T),
    ("never in a window one day too short", Never(day("2026-08-24"), AS_OF), Operator.OLDER_THAN, NINETY, U),
    ("never from the beginning", Never(None, AS_OF), Operator.OLDER_THAN, NINETY, T),
    ("never in a 30 day log", Never(day("2026-10-22"), AS_OF), Operator.OLDER_THAN, NINETY, U),
    ("never in a log that ended last week and is long", Never(day("2026-01-01"), day("2026-11-14")),
     Operator.OLDER_THAN, NINETY, T),
    ("never in a log that ended last week and is just too short", Never(day("2026-08-17"), day("2026-11-14")),
     Operator.OLDER_THAN, NINETY, U),
    ("never in a log that ended long ago", Never(day("2020-01-01"), day("2026-10-20")),
     Operator.OLDER_THAN, NINETY, U),
    ("never in a register that is old", Never(None, day("2026-01-01")), Operator.OLDER_THAN, NINETY, U),
    ("a log beyond the audit's day is cut at it", Never(EDGE, day("2027-01-01")), Operator.OLDER_THAN, NINETY, T),
    ("a fixed day", DateRange.on(day("2025-12-31")), Operator.OLDER_THAN, day("2026-01-01"), T),
    ("never since a fixed day", Never(day("2025-12-31"), AS_OF), Operator.OLDER_THAN, day("2026-01-01"), T),
    ("newer: a later day", DateRange.on(day("2026-08-24")), Operator.NEWER_THAN, NINETY, T),
    ("newer: exactly the limit is not", DateRange.on(EDGE), Operator.NEWER_THAN, NINETY, F),
    ("newer: a bound from above never proves", DateRange(None, AS_OF), Operator.NEWER_THAN, NINETY, U),
    ("newer: a bound from above refutes", DateRange(None, EDGE), Operator.NEWER_THAN, NINETY, F),
    ("newer: a bound from below proves", DateRange(day("2026-08-24"), None), Operator.NEWER_THAN, NINETY, T),
    ("newer: never in a window that covers it", Never(EDGE, AS_OF), Operator.NEWER_THAN, NINETY, F),
    ("newer: never in a short window", Never(day("2026-10-22"), AS_OF), Operator.NEWER_THAN, NINETY, U),
    ("newer: absent", ABSENT, Operator.NEWER_THAN, NINETY, F),
    ("newer: unknown", NO_IDEA, Operator.NEWER_THAN, NINETY, U),
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "operator", "operand", "expected"),
    [pytest.param(*row[1:], id=row[0]) for row in (*EQUALITY, *ORDER, *TEXTUAL, *EXISTENCE, *DATES)],
)
def test_operator(value: Value, operator: Operator, operand: Literal, expected: Truth) -> None:
    actual = comparer((Comparison(operator, operand, ""),), AS_OF)(value)

    assert expected is actual


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param(Span(days=90), day("2026-08-23"), id="days are counted"),
        pytest.param(Span(months=12), day("2025-11-21"), id="twelve months are a year"),
        pytest.param(Span(months=9), day("2026-02-21"), id="months are of the calendar"),
        pytest.param(Span(months=24), day("2024-11-21"), id="two years"),
        pytest.param(Span(months=99999), date.min, id="before all time is the first day"),
        pytest.param(Span(days=99999 * 7), day("0110-05-17"), id="a very long span of weeks"),
    ],
)
def test_span_before_a_day(span: Span, expected: date) -> None:
    assert expected == span.before(AS_OF)


def test_a_month_before_the_last_of_march_is_the_last_of_february() -> None:
    assert day("2026-02-28") == Span(months=1).before(day("2026-03-31"))


def test_several_tests_hold_together() -> None:
    both = comparer((Comparison(Operator.GE, 5, "5"), Comparison(Operator.LE, 9, "9")), AS_OF)

    actual = [both(value) for value in (CountRange(4, 6), 10, 7, NO_IDEA)]

    assert actual == [U, F, T, U]
