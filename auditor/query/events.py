"""Exact count, first and last day and distinct actors of each subject, over logs larger than memory.

Two levels. First rows that say the same (equal key texts, equal user) become one row with a count (`condensing`);
only the few distinct texts reach Python, which says what they mean. Then counts are added up per meaning, users as
rows of bits. No list of fields is ever unnested row by row, and user identifiers are exchanged for numbers between
the two levels. What it must give is written in `expressions`.
"""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal, a quoted name or a number only

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeAlias

from auditor.dataclasses import dataclass, field, replace
from auditor.query.adding import Coder, add_up, number_texts
from auditor.query.condensing import EVENTS, FUTURE, GOOD, UNDATED, Aim, Condensed, EventColumns, condense
from auditor.query.engine import Engine, open_engine
from auditor.query.scans import Scan
from auditor.query.times import day, number


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What one kind of event means. `by` empty: the kind of actor that the user is. Once per event and subject.

    `since`: from when on it surely means that, where it is concluded from something that changed then (a report's
    definition); what happened on earlier days is only possible where days are told apart.
    """

    subject: str
    deed: str
    by: str = ""
    possible: bool = False
    via: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One distinct combination of key texts (empty for none), the file it stands in, and its events."""

    values: tuple[str, ...]
    file: str
    events: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """What was seen of a target. `via` is empty in totals; `actors` None where no event names a user."""

    target: Target
    count: int
    first: date
    last: date
    actors: int | None


@dataclass(frozen=True, slots=True, order=True)
class SeenOn:
    """How often a target was seen on one day."""

    target: Target
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of the events of one file (of all, where files do not matter)."""

    file: str
    first: date
    last: date


@dataclass(slots=True)
class Aggregated:
    """Everything that came of a reading.

    `totals` per subject, `through` the same by the component that they came through; `bad_rows` and `left_out` are
    what was not counted and why. `rows` counts events that were, `per_file` every row that was read, `rejected`
    those that could not be (`bad_rows` names the first), `repeated` those that another file told already.
    `days` holds totals and what came through components day by day, where that was asked for.
    """

    rows: int = 0
    per_file: dict[Path, int] = field(default_factory=dict)
    totals: list[Seen] = field(default_factory=list)
    through: list[Seen] = field(default_factory=list)
    days: list[SeenOn] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    bad_rows: list[tuple[Path, int | None, str]] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)
    rejected: dict[Path, int] = field(default_factory=dict)
    repeated: int = 0
    left_out: list[tuple[Path, str, int]] = field(default_factory=list)


Resolver: TypeAlias = Callable[[Sequence[KeyRow]], Sequence[Iterable[Target]]]
"""Says what each distinct key means; in the order of the keys."""

UNDATED_REASON = "time is missing or no ISO time, and so they were not counted"
FUTURE_REASON = "time is after the day of the audit, and so they were not counted"
_REASONS = {UNDATED: UNDATED_REASON, FUTURE: FUTURE_REASON}
MATRIX = 128 << 20
"""Bytes that a matrix of texts and users may take; users of more are counted pair by pair, which takes longer."""


def aggregate_events(  # noqa: PLR0913 - the last but one is for those who test the other route
    scans: Sequence[Scan],
    columns: EventColumns,
    resolve: Resolver,
    coder: Coder,
    as_of: date,
    matrix: int = MATRIX,
    *,
    daily: bool = False,
) -> Aggregated:
    """Aggregate the events of all scans; exact, whatever their size. `daily`: day by day too."""
    found = Aggregated()
    with open_engine(scan.path for scan in scans if scan.form != "rows") as engine:
        condensed = condense(engine, scans, columns, Aim(as_of, daily))
        _account(engine, scans, columns, condensed, found)
        number_texts(engine, columns, coder)
        add_up(engine, columns, matrix, daily=daily)
        meanings = _resolve(engine, columns, resolve, found)
        found.totals = _totals(engine, meanings, _plain)
        found.through = _totals(engine, _through(meanings), _without_actor)
        if daily:
            days = [*_by_day(engine, meanings, _plain), *_by_day(engine, _through(meanings), _without_actor)]
            found.days = _in_order(days)
    return found


def _account(
    engine: Engine, scans: Sequence[Scan], columns: EventColumns, condensed: Condensed, found: Aggregated
) -> None:
    """What was read, what was not, and when the events were."""
    paths = {str(scan.path.resolve()): scan.path for scan in scans}
    found.per_file, found.unread = condensed.per_file, set(condensed.unread)
    found.repeated = condensed.repeated
    found.bad_rows = [(path, each.line, each.reason) for path, each in condensed.unread.items()]
    for path, left in condensed.left_out.items():
        if left.count:
            found.rejected[path] = left.count
        found.bad_rows += [(path, line, reason) for line, reason in left.rows]
    states = engine.run(
        "SELECT file, state, sum(n)::BIGINT, min(first), max(last) FROM told"
        f" WHERE {EVENTS} GROUP BY file, state ORDER BY file, state DESC"
    )
    for file, state, count, first, last in states:
        if state != GOOD:
            found.left_out.append((paths[file], _REASONS[state], count))
            continue
        found.rows += count
        found.spans.append(Span(paths[file].as_posix() if columns.by_file else "", _day(first), _day(last)))


_Meanings: TypeAlias = Sequence[tuple[int, frozenset[Target]]]
"""Number of a key → what it means."""


def _resolve(engine: Engine, columns: EventColumns, resolve: Resolver, found: Aggregated) -> _Meanings:
    """Ask what each key means."""
    width = len(columns.keys)
    names = ", ".join(columns.names)
    rows = engine.run(f"SELECT {names}, file, n, first, last, id FROM keys ORDER BY id")
    paths = {str(path.resolve()): path.as_posix() for path in found.per_file}
    keys = [
        KeyRow(
            tuple(row[:width]),
            paths.get(row[width], ""),
            row[width + 1],
            _day(row[width + 2]),
            _day(row[width + 3]),
        )
        for row in rows
    ]
    return [(row[-1], frozenset(targets)) for row, targets in zip(rows, resolve(keys), strict=True)]


def _through(meanings: _Meanings) -> _Meanings:
    """What came through a component."""
    return [(key, frozenset(each for each in targets if each.via)) for key, targets in meanings]


def _plain(target: Target) -> Target:
    """By what totals are added up."""
    return Target(target.subject, target.deed, "", target.possible)


def _without_actor(target: Target) -> Target:
    """By what is added up of what came through a component."""
    return replace(target, by="", since=None)


def _totals(engine: Engine, meanings: _Meanings, plain: Callable[[Target], Target]) -> list[Seen]:
    """Add up by what `plain` leaves of each target."""
    numbers: dict[Target, int] = {}
    places: dict[Target, int] = {}

    def place(target: Target) -> int:
        if target not in places:
            places[target] = numbers.setdefault(plain(target), len(numbers))
        return places[target]

    engine.run("CREATE OR REPLACE TABLE targets (id INTEGER, target INTEGER, actor VARCHAR)")
    rows = (
        (key, *each) for key, targets in meanings for each in sorted({(place(one), one.by) for one in targets})
    )
    engine.insert("targets", 3, rows)
    targets = list(numbers)
    seen = (
        Seen(replace(targets[number], by=by), count, _day(first), _day(last), actors or None)
        for number, by, count, first, last, actors in _counted(engine)
    )
    return sorted(seen, key=lambda each: each.target)


def _by_day(engine: Engine, meanings: _Meanings, plain: Callable[[Target], Target]) -> Iterator[SeenOn]:
    """The same day by day; the meaning is `expressions.counted_by_day`."""
    numbers: dict[Target, int] = {}

    def rows() -> Iterator[tuple[int, int, int, int | None, str]]:
        for key, targets in meanings:
            for target, since, by in {(plain(each), each.since, each.by) for each in targets}:
                sure = numbers.setdefault(target, len(numbers))
                early = numbers.setdefault(replace(target, possible=True), len(numbers))
                yield key, sure, early, None if since is None else number(since), by

    engine.run(
        "CREATE OR REPLACE TABLE meant (id INTEGER, target INTEGER, early INTEGER, since INTEGER, actor VARCHAR)"
    )
    engine.insert("meant", 5, rows())
    targets = list(numbers)
    told: dict[tuple[int, str], Target] = {}
    for place, by, moment, count in engine.run(_DAYS):
        target = told.get((place, by))
        if target is None:
            target = told[place, by] = replace(targets[place], by=by)
        yield SeenOn(target, _day(moment), count)


def _in_order(days: Iterable[SeenOn]) -> list[SeenOn]:
    """By target and day; the few targets are compared once, not row by row."""
    by_target: dict[Target, list[SeenOn]] = {}
    for each in days:
        by_target.setdefault(each.target, []).append(each)
    when = attrgetter("day")
    return [each for target in sorted(by_target) for each in sorted(by_target[target], key=when)]


# What two meanings of one key come to on a day counts once.
_DAYS = (
    'SELECT target, "by", day, sum(n)::BIGINT FROM (SELECT DISTINCT id, kind, day, n,'
    " CASE WHEN day < since THEN early ELSE target END AS target,"
    " CASE WHEN actor = '' THEN kind ELSE actor END AS \"by\" FROM dayed JOIN meant USING (id)) GROUP BY ALL"
)


def _counted(engine: Engine) -> list[tuple[Any, ...]]:
    """Target, kind of actor, count, first and last day, number of users; the meaning is `expressions.counted`."""
    by = "CASE WHEN actor = '' THEN kind ELSE actor END"
    sums = (
        f'SELECT target, {by} AS "by", sum(n)::BIGINT AS n, min(first) AS first, max(last) AS last,'
        " bit_count(bit_or(actors)) AS actors FROM sums JOIN targets USING (id) GROUP BY ALL"
    )
    if not engine.run("SELECT 1 FROM pairs LIMIT 1"):
        return engine.run(sums)
    users = (
        f'SELECT target, {by} AS "by", count(DISTINCT code) AS users FROM pairs JOIN targets USING (id)'
        " GROUP BY ALL"
    )
    return engine.run(
        f'SELECT target, "by", n, first, last, users FROM ({sums}) LEFT JOIN ({users}) USING (target, "by")'
    )


def _day(moment: int) -> date:
    found = day(moment)
    assert found is not None
    return found
