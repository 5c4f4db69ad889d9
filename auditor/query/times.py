"""Times as exports write them → days since 1970-01-01 in UTC, as one expression that every engine understands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeAlias

Expression: TypeAlias = Any
"""An Ibis expression; the library has no types of its own for checkers."""


def load_ibis() -> Any:  # noqa: ANN401 - the library has no types of its own
    """The Ibis library; importing it costs half a second, so only who compiles asks for it."""
    import ibis  # type: ignore[import-untyped]

    return ibis


EPOCH = date(1970, 1, 1)
_DAY = 86_400
_ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}(:?\d{2})?)?)?$"
_OFFSET = r"[T ]\d{2}:\d{2}[^+-]*([+-]\d{2}):?(\d{2})?$"


def day_number(text: Expression) -> Expression:
    """Days since 1970 of a text; null for what is no time and for times before 1970.

    ISO with or without time and offset (a naive time counts as UTC), `20240311160000.000` and epoch milliseconds,
    as `auditor.usage.reading.day_of` reads them.
    """
    ibis = load_ibis()

    # What nearly all logs write needs no pattern to be matched.
    plain = ibis.cases((text.endswith("Z"), text.try_cast("timestamp").epoch_seconds()), else_=ibis.null("int64"))
    seconds = ibis.cases(
        (plain.notnull(), plain),
        (text.re_search(_ISO), _iso_seconds(text)),
        (text.re_search(r"^\d{14}(\.\d*)?$"), _compact_seconds(text)),
        (text.re_search(r"^\d{13}(\.\d*)?$"), (text.left(10).try_cast("int64"))),
        else_=ibis.null("int64"),
    )
    return ibis.cases((seconds >= 0, (seconds / _DAY).floor().cast("int64")), else_=ibis.null("int64"))


def day(number: int | None) -> date | None:
    """The day of a number of days since 1970."""
    return None if number is None else EPOCH + timedelta(days=number)


def number(day: date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


def _iso_seconds(text: Expression) -> Expression:
    ibis = load_ibis()

    clock = ibis.cases((text.length() >= 16, text.substr(11, 5)), else_="00:00")
    moment = (text.left(10) + " " + clock + ":00").try_cast("timestamp").epoch_seconds()
    hours = text.re_extract(_OFFSET, 1)
    minutes = text.re_extract(_OFFSET, 2).try_cast("int64").coalesce(0) * 60
    sign = ibis.cases((hours.startswith("-"), -1), else_=1)
    offset = hours.replace("-", "").replace("+", "").try_cast("int64").coalesce(0) * 3600 + minutes
    return moment - sign * offset


def _compact_seconds(text: Expression) -> Expression:
    parts = [text.substr(start, width) for start, width in ((0, 4), (4, 2), (6, 2), (8, 2), (10, 2))]
    year, month, day_of_month, hour, minute = parts
    written = year + "-" + month + "-" + day_of_month + " " + hour + ":" + minute + ":00"
    return written.try_cast("timestamp").epoch_seconds()
