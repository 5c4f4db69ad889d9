"""Calendar quarters, written `2026-Q3`; the writing sorts as the quarters do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta


def quarter_of(day: date) -> str:
    """The quarter that a day lies in."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def quarter_start(quarter: str) -> date:
    """First day of a quarter."""
    year, number = _parts(quarter)
    return date(year, 3 * number - 2, 1)


def quarter_end(quarter: str) -> date:
    """Last day of a quarter."""
    return quarter_start(shifted(quarter, 1)) - timedelta(days=1)


def shifted(quarter: str, by: int) -> str:
    """The quarter so many quarters later (earlier for a negative number)."""
    year, number = _parts(quarter)
    index = year * 4 + number - 1 + by
    return f"{index // 4:04d}-Q{index % 4 + 1}"


def quarters_between(first: str, last: str) -> Iterator[str]:
    """All quarters from one to another, both included; none where the first is later."""
    while first <= last:
        yield first
        first = shifted(first, 1)


def _parts(quarter: str) -> tuple[int, int]:
    year, _, number = quarter.partition("-Q")
    return int(year), int(number)
