"""Moments as a locale writes them (`9/10/2026, 4:21:14 AM PDT`): days in UTC, where their order is clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from itertools import pairwise

from auditor.dataclasses import dataclass
from auditor.usage.reading import day_of

LONGEST = 200
"""Days that a trail may span at most: it is kept for 180, and a little longer at times."""


class Order(StrEnum):
    """In which order a locale writes a day. The values are those of the option `dates`."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"
    YEAR_FIRST = "ymd"


@dataclass(frozen=True, slots=True)
class Days:
    """How the days of one file are read; `order` None: several ways fit, and nothing decides."""

    order: Order | None
    zones: frozenset[str]
    """Zones whose offset is not known; their days are local."""

    def day(self, text: str) -> date | None:
        """The day of one cell in UTC; None for what is no day in this order."""
        iso = day_of(text)
        if iso is not None:
            return iso
        return _read(text, self.order) if self.order else None


def days_of(texts: Iterable[str], declared: str = "") -> Days:
    """Find the order in which all the cells of a file, newest first, make sense.

    A cell whose first number is over 12 decides, else that days run backwards without a jump and span no more
    than such a file does, else a clock of twelve hours with AM or PM in capitals, which only the English of North
    America writes with slashes (CLDR; Australia, India and Britain write am and pm).
    """
    cells = [text for text in texts if day_of(text) is None]
    zones = frozenset(zone for zone in map(_zone, cells) if zone and _offset(zone) is None)
    if declared:
        return Days(Order(declared) if declared in set(Order) else None, zones)
    fitting = [order for order in Order if _fits(cells, order)]
    if len(fitting) > 1 and cells and all(_AMERICAN.search(cell) for cell in cells):
        fitting = [order for order in fitting if order is Order.MONTH_FIRST]
    return Days(fitting[0] if len(fitting) == 1 else None, zones)


# `9/10/2026, 4:21:14 AM PDT`, `10.9.2026, 04:21:14 MESZ`, `2026-09-10 04:21:14 CEST`, `10/09/2026 à 04:21`.
_MOMENT = re.compile(
    r"\s*(\d{1,4})[/.\-]\s?(\d{1,2})[/.\-]\s?(\d{1,4})\.?"
    r"(?:\D+?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([AaPp])\.?\s?[Mm]\.?)?(?:\s+(\S.*?))?)?\s*"
)
_AMERICAN = re.compile(r"^\s*\d{1,2}/\d{1,2}/\d{2,4}\b.*\d\s?[AP]M\b")
# Nobody writes a month first with points.
_DOTTED = re.compile(r"\s*\d{1,2}\.\s?\d{1,2}\.")
_GMT = re.compile(r"(?:GMT|UTC)?([+-\u2212])(\d{1,2}):?(\d{2})?")
# Zones of one meaning only. CST, IST, BST and AST name several zones each and are off by a day at most.
_ZONES = {
    **dict.fromkeys(("GMT", "UTC", "WET", "Z"), 0),
    **dict.fromkeys(("CET", "WEST", "MEZ"), 60),
    **dict.fromkeys(("CEST", "EET", "MESZ", "OEZ", "SAST"), 120),
    **dict.fromkeys(("EEST", "MSK", "OESZ"), 180),
    **dict.fromkeys(("SGT", "HKT", "AWST"), 480),
    **dict.fromkeys(("JST", "KST"), 540),
    **dict.fromkeys(("AEST",), 600),
    **dict.fromkeys(("AEDT",), 660),
    **dict.fromkeys(("NZST",), 720),
    **dict.fromkeys(("NZDT",), 780),
    **dict.fromkeys(("BRT", "ART"), -180),
    **dict.fromkeys(("EDT",), -240),
    **dict.fromkeys(("EST", "CDT"), -300),
    **dict.fromkeys(("MDT",), -360),
    **dict.fromkeys(("MST", "PDT"), -420),
    **dict.fromkeys(("PST", "AKDT"), -480),
    **dict.fromkeys(("AKST",), -540),
    **dict.fromkeys(("HST",), -600),
}


def _fits(cells: Sequence[str], order: Order) -> bool:
    """Whether every cell that is a moment at all is one in this order, and they run as a trail does."""
    moments = [cell for cell in cells if _MOMENT.fullmatch(cell)]
    if order is Order.MONTH_FIRST and any(_DOTTED.match(cell) for cell in moments):
        return False
    days = [_read(cell, order) for cell in moments]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return False
    if max(known) - min(known) > timedelta(days=LONGEST):
        return False
    steps = list(pairwise(known))
    return all(first >= second for first, second in steps) or all(first <= second for first, second in steps)


def _read(text: str, order: Order) -> date | None:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    first, second, third = (int(number) for number in found.groups()[:3])
    year, month, day = {
        Order.MONTH_FIRST: (third, first, second),
        Order.DAY_FIRST: (third, second, first),
        Order.YEAR_FIRST: (first, second, third),
    }[order]
    hour, minute = int(found[4] or 12), int(found[5] or 0)
    if found[7]:
        hour = hour % 12 + (12 if found[7] in "Pp" else 0)
    try:
        moment = datetime(year + 2000 if year < 100 else year, month, day, hour, minute)
    except ValueError:
        return None
    offset = _offset(found[8] or "")
    return _in_utc(moment, offset) if offset is not None and found[4] else moment.date()


def _in_utc(moment: datetime, offset: int) -> date | None:
    try:
        return moment.replace(tzinfo=timezone(timedelta(minutes=offset))).astimezone(UTC).date()
    except (OverflowError, ValueError):
        return None


def _zone(text: str) -> str:
    found = _MOMENT.fullmatch(text)
    return (found[8] or "") if found else ""


def _offset(zone: str) -> int | None:
    """Minutes east of Greenwich; None for a zone of no or several meanings."""
    known = _ZONES.get(zone.strip("()").upper())
    if known is not None:
        return known
    found = _GMT.fullmatch(zone.strip("()"))
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return minutes if found[1] == "+" else -minutes
