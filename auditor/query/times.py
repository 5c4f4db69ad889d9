"""Times as exports write them → days since 1970-01-01 in UTC: in Ibis for every engine, in SQL for DuckDB.

Both say the same, which tests check; DuckDB's own needs neither the half second of importing Ibis nor, for what
nearly all exports write, a pattern to be matched.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, TypeAlias

Expression: TypeAlias = Any
"""An Ibis expression; the library has no types of its own for checkers."""


def load_ibis() -> Any:  # noqa: ANN401 - the library has no types of its own
    """The Ibis library; importing it costs half a second, so only who compiles for another engine asks for it."""
    import ibis  # type: ignore[import-untyped]  # Ibis ships no types

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


def plain_day_sql(text: str) -> str:
    """Days of what nearly all exports write, in DuckDB's SQL; null for the rest. `text` is a column."""
    return (
        f"CASE WHEN suffix({text}, 'Z') THEN {_days(text)}"
        f" WHEN {text} LIKE '____-__-__T__:__:__.___+0000' THEN {_days(f'left({text}, 23)')} END"
    )


def day_sql(text: str) -> str:
    """The same as `day_number` in DuckDB's SQL; `text` is a column."""
    clock = f"CASE WHEN length({text}) >= 16 THEN substring({text}, 12, 5) ELSE '00:00' END"
    iso = f"epoch(TRY_CAST(left({text}, 10) || ' ' || {clock} || ':00' AS TIMESTAMP)) - ({_offset_sql(text)})"
    month, day_of_month, hour, minute = (f"substring({text}, {start}, 2)" for start in (5, 7, 9, 11))
    compact = f"concat(left({text}, 4), '-', {month}, '-', {day_of_month}, ' ', {hour}, ':', {minute}, ':00')"
    seconds = (
        f"CASE WHEN regexp_matches({text}, '{_ISO}') THEN {iso}"
        rf" WHEN regexp_matches({text}, '^\d{{14}}(\.\d*)?$') THEN epoch(TRY_CAST({compact} AS TIMESTAMP))"
        rf" WHEN regexp_matches({text}, '^\d{{13}}(\.\d*)?$') THEN TRY_CAST(left({text}, 10) AS BIGINT) END"
    )
    found = f"coalesce({plain_day_sql(text)}, CAST(floor(({seconds}) / {_DAY}) AS BIGINT))"
    return f"nullif(greatest({found}, -1), -1)"


def day(number: int | None) -> date | None:
    """The day of a number of days since 1970."""
    return None if number is None else EPOCH + timedelta(days=number)


def number(day: date) -> int:
    """Days since 1970."""
    return (day - EPOCH).days


def _days(text: str) -> str:
    return f"CAST(TRY_CAST({text} AS TIMESTAMP) AS DATE) - DATE '1970-01-01'"


def _offset_sql(text: str) -> str:
    """Seconds east of UTC."""
    hours, minutes = (f"regexp_extract({text}, '{_OFFSET}', {group})" for group in (1, 2))
    bare = f"coalesce(TRY_CAST(ltrim({hours}, '+-') AS BIGINT), 0) * 3600"
    rest = f"coalesce(TRY_CAST({minutes} AS BIGINT), 0) * 60"
    return f"CASE WHEN starts_with({hours}, '-') THEN -1 ELSE 1 END * ({bare} + {rest})"


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
