"""What all additions of one log say together, day by day, beside what the same log says in the running audit.

On a day that several exports tell of, the one with the larger count of a subject counts: exports that overlap
repeat each other, and each may hold only a part of its first and last day. Ways (`via`) are told by all of them,
without counts. Distinct users of several exports are not compared, so that the largest number is a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    MetaData,
    Row,
    Select,
    String,
    Table,
    case,
    false,
    func,
    not_,
    or_,
    select,
    union_all,
)

from auditor.dataclasses import dataclass
from auditor.history.additions import listed
from auditor.history.schema import ADDITION, DAY, STATE, USERS, WORD
from auditor.history.store import insert_rows, reading
from auditor.model.accumulation import Addition
from auditor.model.observations import Actor, DayCount, Deed, Observation, SourceKind

_THIS_AUDIT = 1 << 40
"""Number of what the running audit tells: newer than every addition."""


@dataclass(frozen=True, slots=True, order=True)
class Stream:
    """One log that accumulates: its kind and system, and its own name where a kind has several logs."""

    kind: str
    system: str
    stream: str = ""


@dataclass(frozen=True, slots=True)
class Accumulated:
    """One stream with its additions and what they saw; `source` of the observations is empty."""

    stream: Stream
    memory: SourceKind
    additions: tuple[Addition, ...]
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the running audit reads of the same log: its days, its totals with users, and the day of the audit."""

    as_of: date
    days: Sequence[DayCount] = ()
    totals: Sequence[Observation] = ()


def streams(path: Path) -> tuple[Stream, ...]:
    """What has accumulated, sorted.

    Raises:
        HistoryError: the history cannot be read.
    """
    with reading(path) as connection:
        return tuple(sorted({_stream(each) for each in listed(connection)})) if connection is not None else ()


def accumulated(path: Path, stream: Stream, beside: Beside) -> Accumulated | None:
    """What was added of a stream up to the day of the audit, and what that reads itself; None for nothing.

    Raises:
        HistoryError: the history cannot be read.
    """
    with reading(path) as connection:
        mine = [each for each in listed(connection) if _stream(each) == stream] if connection is not None else []
        if connection is None or not mine:
            return None
        memory = mine[0].memory
        seen = _states if memory is SourceKind.REGISTER else _counts
        return Accumulated(
            stream, memory, tuple(mine), tuple(sorted(seen(connection, stream, beside), key=_order))
        )


def _order(each: Observation) -> tuple[str, str, str, str, bool]:
    return each.subject, each.deed, each.via or "", each.by, each.possible


def _stream(addition: Addition) -> Stream:
    return Stream(addition.kind, addition.system, addition.stream)


def _counts(connection: Connection, stream: Stream, beside: Beside) -> Iterator[Observation]:
    """Totals from the winning addition of each day, and what came through components."""
    names = _Names({row.text: row.id for row in connection.execute(select(WORD))})
    told = _told(connection, stream, beside, names)
    users = _users(connection, stream, beside)
    for row in connection.execute(_totals(told, _shared(connection, told))):
        subject = names.text(row.subject)
        number, exports = users.get((subject, row.deed, row.by, row.possible), (None, 0))
        yield _observation(row, subject, count=row.times, actors=number, actors_at_least=exports > 1)
    keys = [told.c[name] for name in (*_WHAT, "via")]
    through = select(*keys, *_ends(told)).where(told.c.via != names.number("")).group_by(*keys)
    for row in connection.execute(through):
        yield _observation(row, names.text(row.subject), via=names.text(row.via))


class _Names:
    """Numbers of names: those of the history, and others for what only the running audit tells."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self._numbers = numbers
        self._texts = {number: text for text, number in numbers.items()}

    def number(self, text: str) -> int:
        """The number of a name; a negative one where the history does not hold it."""
        if text not in self._numbers:
            self._numbers[text] = -len(self._numbers) - 1
            self._texts[self._numbers[text]] = text
        return self._numbers[text]

    def text(self, number: int) -> str:
        """The name behind a number."""
        return self._texts[number]


_NOW = Table(
    "this_audit",
    MetaData(),
    Column("addition", Integer, nullable=False),
    Column("subject", Integer, nullable=False),
    Column("deed", String, nullable=False),
    Column("by", String, nullable=False),
    Column("possible", Boolean, nullable=False),
    Column("via", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("times", Integer, nullable=False),
    prefixes=["TEMPORARY"],
)
_WHAT = ("subject", "deed", "by", "possible")


def _told(connection: Connection, stream: Stream, beside: Beside, names: _Names) -> CTE:
    """Every day of every addition up to the day of the audit, and those that the audit reads itself."""
    mine = DAY.c.addition.in_(_numbers(stream))
    kept = select(*DAY.c, (DAY.c.via == names.number("")).label("total"))
    kept = kept.where(mine, DAY.c.day <= beside.as_of.toordinal())
    if not beside.days:
        return kept.cte("told")
    _NOW.create(connection)
    insert_rows(connection, _NOW, (_now(each, names) for each in beside.days))
    now = select(*_NOW.c, (_NOW.c.via == names.number("")).label("total"))
    return union_all(kept, now).cte("told")


def _now(each: DayCount, names: _Names) -> tuple[object, ...]:
    subject, via = names.number(each.subject), names.number(each.via or "")
    what = (_THIS_AUDIT, subject, str(each.deed), str(each.by), each.possible, via)
    return (*what, each.day.toordinal(), each.count)


def _shared(connection: Connection, told: CTE) -> ColumnElement[bool]:
    """Days that lie within more than one export: only there does anything have to be weighed."""
    query = select(func.min(told.c.day), func.max(told.c.day)).group_by(told.c.addition)
    spans = sorted((int(first), int(last)) for first, last in connection.execute(query))
    shared: list[ColumnElement[bool]] = []
    end = 0
    for first, last in spans:
        if first <= end:
            shared.append(told.c.day.between(first, min(last, end)))
        end = max(end, last)
    return or_(false(), *shared)


def _totals(told: CTE, shared: ColumnElement[bool]) -> Select[Any]:
    """Of each subject, deed and day the export that counts most; among equals the surer, then the newer.

    Without a join, which SQLite would do row by row: each row carries what its export counts of its day.
    """
    day = [told.c.subject, told.c.deed, told.c.day]
    surely = case((told.c.possible, 0), else_=told.c.times)
    known = case((told.c.by == str(Actor.UNKNOWN), 0), else_=told.c.times)
    sums = [
        func.sum(each).over(partition_by=[*day, told.c.addition]).label(name)
        for name, each in (("all", told.c.times), ("surely", surely), ("known", known))
    ]
    weighed = select(told, *sums).where(told.c.total, shared).subquery("weighed")
    order = [*(weighed.c[name].desc() for name in ("all", "surely", "known", "addition"))]
    rank = func.rank().over(partition_by=[weighed.c[each.name] for each in day], order_by=order).label("rank")
    ranked = select(weighed, rank).subquery("ranked")
    names = (*_WHAT, "day", "times")
    winning = select(*(ranked.c[name] for name in names)).where(ranked.c.rank == 1)
    alone = select(*(told.c[name] for name in names)).where(told.c.total, not_(shared))
    both = union_all(winning, alone).subquery("both")
    keys = [both.c[name] for name in _WHAT]
    return select(*keys, func.sum(both.c.times).label("times"), *_ends(both)).group_by(*keys)


def _ends(told: FromClause) -> tuple[Any, Any]:
    return func.min(told.c.day).label("first"), func.max(told.c.day).label("last")


def _users(
    connection: Connection, stream: Stream, beside: Beside
) -> dict[tuple[str, str, str, bool], tuple[int, int]]:
    """The most users that one export tells of, and how many exports do."""
    number, exports = func.max(USERS.c.number), func.count()
    keys = (WORD.c.text, USERS.c.deed, USERS.c.by, USERS.c.possible)
    query = (
        select(*keys, number.label("most"), exports.label("exports"))
        .join(WORD, WORD.c.id == USERS.c.subject)
        .where(USERS.c.addition.in_(_numbers(stream, beside.as_of)))
        .group_by(*keys)
    )
    found = {tuple(row)[:4]: (int(row.most), int(row.exports)) for row in connection.execute(query)}
    for each in beside.totals:
        if each.actors is not None and each.via is None:
            key = (each.subject, str(each.deed), str(each.by), each.possible)
            most, told = found.get(key, (0, 0))
            found[key] = max(most, each.actors), told + 1
    return found


def _states(connection: Connection, stream: Stream, beside: Beside) -> Iterator[Observation]:
    """Last and first use that any export knows, which dates uses between two, and the counter of the newest."""
    subject, via = WORD.alias("subjects"), WORD.alias("ways")
    query = (
        select(ADDITION.c.last.label("export"), STATE, subject.c.text.label("name"), via.c.text.label("way"))
        .join(ADDITION, ADDITION.c.id == STATE.c.addition)
        .join(subject, subject.c.id == STATE.c.subject)
        .join(via, via.c.id == STATE.c.via)
        .where(STATE.c.addition.in_(_numbers(stream, beside.as_of)))
        .order_by(ADDITION.c.last, ADDITION.c.id)
    )
    found: dict[tuple[str, str, str, str, bool], list[Row[Any]]] = {}
    for row in connection.execute(query):
        found.setdefault((row.name, row.deed, row.way, row.by, row.possible), []).append(row)
    for (name, deed, way, by, possible), rows in sorted(found.items()):
        uses = [day for row in rows for day in (row.first, row.last) if day is not None]
        first, last = (date.fromordinal(min(uses)), date.fromordinal(max(uses))) if uses else (None, None)
        # Of a counter the newest state is all that counts; a use that an older export knew is no zero.
        count = None if uses and rows[-1].times == 0 else rows[-1].times
        yield Observation(name, Deed(deed), "", last, first, count, None, Actor(by), possible, way or None)


def _numbers(stream: Stream, until: date | None = None) -> Any:  # noqa: ANN401 - a condition of SQLAlchemy
    """Numbers of the additions of a stream, of those alone that end by a day where one is given."""
    wanted = select(ADDITION.c.id).where(
        ADDITION.c.kind == stream.kind, ADDITION.c.system == stream.system, ADDITION.c.stream == stream.stream
    )
    return (wanted if until is None else wanted.where(ADDITION.c.last <= until.toordinal())).scalar_subquery()


def _observation(row: Row[Any], subject: str, via: str | None = None, **counted: Any) -> Observation:  # noqa: ANN401 - passed on
    return Observation(
        subject,
        Deed(row.deed),
        "",
        date.fromordinal(row.last),
        date.fromordinal(row.first),
        by=Actor(row.by),
        possible=row.possible,
        via=via,
        **counted,
    )
