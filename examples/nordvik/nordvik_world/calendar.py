"""The fixed clock and the seeded dice of the example. Nothing here asks the machine for the time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

AS_OF = date(2026, 11, 21)
"""The day of the audit; every export was made on this morning."""
YEAR_START = date(2025, 11, 21)
"""First day of the twelve months of logs; the last is the day before `AS_OF`."""
MONTH_START = date(2026, 10, 22)
"""First day of the channels that were switched on, or kept, for thirty days only."""


def dice(*names: str) -> random.Random:
    """Dice of their own for each purpose, so that one more throw here changes nothing elsewhere."""
    return random.Random("nordvik/" + "/".join(names))


def days(start: date, end: date) -> Iterator[date]:
    """Every day from `start` up to, but not including, `end`."""
    for offset in range((end - start).days):
        yield start + timedelta(days=offset)


def is_workday(day: date) -> bool:
    """Monday to Friday, and not in the Swedish industrial holiday (weeks 28 to 31) or around Christmas."""
    week = day.isocalendar().week
    quiet = 28 <= week <= 31 or (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 1)
    return day.weekday() < 5 and not quiet


def somewhen(throw: random.Random, start: date, end: date) -> date:
    """A day within [start, end)."""
    return start + timedelta(days=throw.randrange(max(1, (end - start).days)))


def moment(throw: random.Random, day: date) -> datetime:
    """A moment within the working hours of a day, UTC."""
    return datetime.combine(day, time(throw.randrange(6, 17), throw.randrange(60), throw.randrange(60)))


def stamp(when: datetime) -> str:
    """As Salesforce prints a DateTime in CSV answers: `2026-11-20T08:15:00.000+0000`."""
    return when.strftime("%Y-%m-%dT%H:%M:%S.000+0000")
