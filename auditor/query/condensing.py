"""First level of the aggregation of events: one pass over each file, which leaves only numbers and distinct texts.

Events that say the same of the same user become one row, found by 64-bit hashes of the texts, since numbers group
several times faster than texts. The distinct texts and users come from the same pass. Afterwards it is checked
that no two of them share a hash; if two did, all is done again with another salt, so that the result is exact.
"""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal, a quoted name or a number only

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.query.engine import Engine, LeftOut
from auditor.query.expressions import Key, key_sql
from auditor.query.reading import Wanted, alike, quoted
from auditor.query.scans import Scan
from auditor.query.times import day_sql, number

GOOD, UNDATED, FUTURE = 0, 1, 2
"""States of an event."""

EVENTS, TEXTS, PEOPLE = "what = 0", "what = 1", "what = 2"
"""Which rows of the table `told` are which."""

SALTS = tuple(range(8))


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Where an event's texts, time and user stand.

    `required`: groups of columns, of each of which a file must have one. `by_file`: the file matters too.
    `identity`: columns, of which the first that is filled tells, with its time and texts, one event from another;
    where several files have them, an event that stands in two (an hourly and a daily export) counts once.
    """

    keys: tuple[Key, ...]
    time: tuple[str, ...]
    user: tuple[str, ...]
    required: tuple[tuple[str, ...], ...] = ()
    by_file: bool = False
    identity: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns of texts."""
        return tuple(f"k{place}" for place in range(len(self.keys)))

    @property
    def wanted(self) -> Wanted:
        """Which columns are read."""
        texts = {name: key.columns for name, key in zip(self.names, self.keys, strict=True)}
        return {**texts, "who": self.user, "moment": self.time, "one": self.identity}


_Grouping: TypeAlias = Callable[[EventColumns, str, str], str]


@dataclass(slots=True)
class Condensed:
    """What a pass left beside the table `told`. `repeated`: events that another file had told already."""

    per_file: dict[Path, int] = field(default_factory=dict)
    left_out: dict[Path, LeftOut] = field(default_factory=dict)
    unread: dict[Path, FormatError] = field(default_factory=dict)
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Aim:
    """How a pass reads: no event after `as_of` counts; `daily`: the rows of each day stay apart."""

    as_of: date
    daily: bool = False


def condense(
    engine: Engine, scans: Sequence[Scan], columns: EventColumns, aim: Aim, salts: Sequence[int] = SALTS
) -> Condensed:
    """Fill the table `told`.

    It holds `EVENTS` (file, h, u, state, n, first, last), `TEXTS` (h, k0 …) and `PEOPLE` (u, who). Texts and users
    are as written, spaces around them included; the same may stand there from several files.
    """
    for salt in salts:
        found = _Pass(engine, columns, aim, salt).over(scans)
        if not collided(engine, columns):
            return found
    raise AssertionError(f"two texts shared a hash under each of {len(salts)} salts")


def collided(engine: Engine, columns: EventColumns) -> bool:
    """Whether two texts, or two users, have the same hash."""
    names = ", ".join(columns.names)
    for kind, number_of, texts in ((TEXTS, "h", names), (PEOPLE, "u", "who")):
        distinct = f"SELECT DISTINCT {number_of}, {texts} FROM told WHERE {kind}"
        ((rows, hashes),) = engine.run(f"SELECT count(*), count(DISTINCT {number_of}) FROM ({distinct})")
        if rows != hashes:
            return True
    return False


class _Pass:
    """One pass over all files under one salt."""

    def __init__(self, engine: Engine, columns: EventColumns, aim: Aim, salt: int) -> None:
        self._engine = engine
        self._columns = columns
        self._as_of = aim.as_of
        self._day = ", day" if aim.daily else ""
        self._salt = salt
        self._found = Condensed()

    def over(self, scans: Sequence[Scan]) -> Condensed:
        """Read every file that has the columns."""
        texts = "".join(f"{name} VARCHAR, " for name in self._columns.names)
        self._engine.run(
            "CREATE OR REPLACE TABLE told (what TINYINT, file VARCHAR, h UBIGINT, u UBIGINT, state TINYINT,"
            f" {texts}who VARCHAR, n BIGINT, first INTEGER, last INTEGER)"
        )
        readable = [scan for scan in scans if self._has_columns(scan)]
        for group in alike(readable):
            self._read(group, partial(_groups, day=self._day))
        paths = {str(scan.path.resolve()): scan.path for scan in scans}
        rows = self._engine.run(f"SELECT file, sum(n) FROM told WHERE {EVENTS} GROUP BY file")
        self._found.per_file = {paths[file]: int(count) for file, count in rows}
        self._found.repeated = self._count_once([scan for scan in readable if self._identifies(scan)])
        return self._found

    def _has_columns(self, scan: Scan) -> bool:
        try:
            present = self._engine.columns_of(scan)
        except FormatError as error:
            self._found.unread[scan.path] = error
            return False
        lowered = {name.lower() for name in present}
        required = self._columns.required
        missing = [group[0] for group in required if not lowered & {name.lower() for name in group}]
        if missing:
            reason = f"no column {', '.join(missing)} (it has: {', '.join(present[:12])})"
            self._found.unread[scan.path] = FormatError(reason)
        return not missing

    def _identifies(self, scan: Scan) -> bool:
        lowered = {name.lower() for name in self._engine.columns_of(scan)}
        return scan.path in self._found.per_file and any(
            name.lower() in lowered for name in self._columns.identity
        )

    def _read(self, group: Sequence[Scan], grouping: _Grouping) -> None:
        try:
            reading = self._engine.reading(group, self._columns.wanted, raw=True)
            alone = quoted(str(group[0].path.resolve())) if len(group) == 1 else ""
            self._engine.guarded(grouping(self._columns, self._inner(reading.sql), alone))
            left = reading.left_out | self._engine.left_out(group)
        except FormatError as error:
            if len(group) == 1:
                self._found.unread[group[0].path] = error
                return
            # Nothing of the group was kept; one by one only the file that is to blame is lost.
            for scan in group:
                self._read([scan], grouping)
        else:
            self._found.left_out |= left

    def _inner(self, source: str) -> str:
        """Rows as they are read, with hashes, day and state."""
        pairs = zip(self._columns.names, self._columns.keys, strict=True)
        texts = ", ".join(f"{key_sql(name, key)} AS {name}" for name, key in pairs)
        state = (
            f"CASE WHEN day IS NULL THEN {UNDATED} WHEN day > {number(self._as_of)} THEN {FUTURE} ELSE {GOOD} END"
        )
        trimmed = f"SELECT * REPLACE (trim(moment) AS moment) FROM ({source})"
        rows = f"SELECT file, one, moment, {texts}, who, {day_sql('moment')}::INTEGER AS day FROM ({trimmed})"
        hashes = f"hash({self._salted(*self._columns.names)}) AS h, hash({self._salted('who')}) AS u"
        return f"SELECT *, {hashes}, ({state})::TINYINT AS state FROM ({rows})"

    def _salted(self, *names: str) -> str:
        """What is hashed: after a collision other texts, since the hash of several is made of the hash of each."""
        return ", ".join(names if not self._salt else (f"'{self._salt}/' || {name}" for name in names))

    def _count_once(self, scans: Sequence[Scan]) -> int:
        """Read again, event by event, the files that may hold the same events as another; gives how many did."""
        shared = self._overlapping() if len(scans) > 1 else set()
        again = [scan for scan in scans if str(scan.path.resolve()) in shared]
        if len(again) < 2:
            return 0
        # What is the same in all of them counts once; what one file says twice happened twice.
        self._engine.run(
            "CREATE OR REPLACE TABLE single (file VARCHAR, h UBIGINT, u UBIGINT, state TINYINT, one VARCHAR,"
            " moment VARCHAR, n BIGINT, day INTEGER)"
        )
        for group in alike(again):
            self._read(group, _singly)
        ((before, after),) = self._engine.run(
            f"SELECT (SELECT sum(n) FROM single), (SELECT sum(n) FROM ({_ONCE}))"
        )
        listed = ", ".join(quoted(str(scan.path.resolve())) for scan in again)
        self._engine.run(f"DELETE FROM told WHERE {EVENTS} AND file IN ({listed})")
        self._engine.run(
            "INSERT INTO told BY NAME SELECT 0 AS what, file, h, u, state, sum(n) AS n, min(day) AS first,"
            f" max(day) AS last FROM ({_ONCE}) GROUP BY file, h, u, state{self._day}"
        )
        self._engine.run("DROP TABLE single")
        return int(before - after)

    def _overlapping(self) -> set[str]:
        """Files that say the same texts on days that another file covers too."""
        spans = f"SELECT h, file, min(first) AS first, max(last) AS last FROM told WHERE {EVENTS} GROUP BY h, file"
        before = "(PARTITION BY h ORDER BY first, file ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
        after = "(PARTITION BY h ORDER BY first, file ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)"
        rows = self._engine.run(
            f"SELECT DISTINCT file FROM (SELECT file, first <= max(last) OVER {before} AS meets,"
            f" last >= min(first) OVER {after} AS met FROM ({spans})) WHERE meets OR met"
        )
        return {row[0] for row in rows}


def _groups(columns: EventColumns, inner: str, alone: str, day: str) -> str:
    """Pairs of texts and user, the texts and the users, from one reading; `alone`: its only file, quoted.

    `day`: what holds the pairs of each day apart, or nothing.
    """
    names = ", ".join(columns.names)
    # A text that is the same in every row stays out of the groups: it would cost a sixth of the time.
    file, pairs = (alone, "h, u, state") if alone else ("file", "file, h, u, state")
    return (
        f"INSERT INTO told SELECT GROUPING(h, u), {file}, h, u, state, {names}, who, count(*), min(day), max(day)"
        f" FROM ({inner}) GROUP BY GROUPING SETS (({pairs}{day}), (h, {names}), (u, who))"
    )


def _singly(_: EventColumns, inner: str, __: str) -> str:
    """Each event by itself."""
    return (
        "INSERT INTO single SELECT file, h, u, state, one, moment, count(*), min(day)"
        f" FROM ({inner}) GROUP BY file, h, u, state, one, moment"
    )


_ONCE = (
    "SELECT min(file) AS file, h, u, state, max(n) AS n, min(day) AS day FROM single WHERE trim(one) <> ''"
    " GROUP BY h, u, state, one, moment UNION ALL"
    " SELECT file, h, u, state, n, day FROM single WHERE coalesce(trim(one), '') = ''"
)
