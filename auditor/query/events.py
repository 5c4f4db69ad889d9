"""Exact count, first and last day and distinct actors of each subject, over logs larger than memory.

Two levels. First rows that say the same (equal key texts, equal user) become one row with a count; only those few
distinct texts reach Python, which says what they mean. Then counts are added up per meaning. No list of fields is
ever unnested row by row, and user identifiers are exchanged for codes between the two levels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from auditor.errors import FormatError
from auditor.query.engine import Engine, identifier, open_engine, quoted
from auditor.query.expressions import FUTURE, UNDATED, Key, condensed_sql, counted_sql
from auditor.query.scans import Scan
from auditor.query.times import day


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Where an event's texts, time and user stand.

    `required`: groups of columns, of each of which a file must have one. `by_file`: the file matters too.
    """

    keys: tuple[Key, ...]
    time: tuple[str, ...]
    user: tuple[str, ...]
    required: tuple[tuple[str, ...], ...] = ()
    by_file: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What one kind of event means. `by` empty: the kind of actor that the user is. Once per event and subject."""

    subject: str
    deed: str
    by: str = ""
    possible: bool = False
    via: str = ""


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


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of the events of one file (of all, where files do not matter)."""

    file: str
    first: date
    last: date


@dataclass(slots=True)
class Aggregated:
    """Everything that came of a reading.

    `totals` per subject, `through` the same by the component that they came through; `bad_rows` and `left_out`
    are what was not counted and why. `rows` counts events that were; `per_file` every row that was read.
    """

    rows: int = 0
    per_file: dict[Path, int] = field(default_factory=dict)
    totals: list[Seen] = field(default_factory=list)
    through: list[Seen] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    bad_rows: list[tuple[Path, int | None, str]] = field(default_factory=list)
    unread: set[Path] = field(default_factory=set)
    left_out: list[tuple[Path, str, int]] = field(default_factory=list)


Resolver: TypeAlias = Callable[[Sequence[KeyRow]], Sequence[Iterable[Target]]]
"""Says what each distinct key means; in the order of the keys."""
Coder: TypeAlias = Callable[[str], tuple[str, str]]
"""User identifier → pseudonym and kind of actor."""

_REASONS = {
    UNDATED: "time is missing or no ISO time, and so they were not counted",
    FUTURE: "time is after the day of the audit, and so they were not counted",
}


def aggregate_events(
    scans: Sequence[Scan], columns: EventColumns, resolve: Resolver, coder: Coder, as_of: date
) -> Aggregated:
    """Aggregate the events of all scans; exact, whatever their size."""
    found = Aggregated()
    with open_engine(scan.path for scan in scans if scan.form != "rows") as engine:
        width = len(columns.keys)
        _create_events(engine, width)
        for scan in scans:
            _read(engine, scan, columns, as_of, found)
        _left_out(engine, found)
        _code(engine, width, coder)
        _resolve(engine, width, resolve, found)
    return found


def _key_names(width: int) -> str:
    return "".join(f"k{place}, " for place in range(width))


def _create_events(engine: Engine, width: int) -> None:
    keys = "".join(f"k{place} VARCHAR, " for place in range(width))
    counts = "who VARCHAR, state VARCHAR, n BIGINT, first BIGINT, last BIGINT"
    engine.run(f"CREATE TABLE events (file VARCHAR, path VARCHAR, {keys}{counts})")


def _read(engine: Engine, scan: Scan, columns: EventColumns, as_of: date, found: Aggregated) -> None:
    wanted = {f"k{place}": key.columns for place, key in enumerate(columns.keys)}
    wanted |= {"who": columns.user, "at": columns.time}
    try:
        _require(engine, scan, columns)
        bad = _condense(engine, scan, columns, wanted, as_of)
    except FormatError as error:
        found.bad_rows.append((scan.path, error.line, error.reason))
        found.unread.add(scan.path)
        return
    found.bad_rows += [(scan.path, line, reason) for line, reason in bad]


def _require(engine: Engine, scan: Scan, columns: EventColumns) -> None:
    present = engine.columns_of(scan)
    lowered = {name.lower() for name in present}
    missing = [group[0] for group in columns.required if not lowered & {name.lower() for name in group}]
    if missing:
        raise FormatError(f"no column {', '.join(missing)} (it has: {', '.join(present[:12])})")


def _condense(
    engine: Engine, scan: Scan, columns: EventColumns, wanted: dict[str, tuple[str, ...]], as_of: date
) -> list[tuple[int | None, str]]:
    bad: list[tuple[int | None, str]] = []
    if scan.form == "rows":
        names = ", ".join(f"{identifier(name)} VARCHAR" for name in wanted)
        engine.run("DROP VIEW IF EXISTS scan")
        engine.run(f"CREATE OR REPLACE TEMP TABLE loaded ({names})")
        bad = engine.load(scan, wanted, "loaded")
        engine.run("CREATE TEMP VIEW scan AS SELECT * FROM loaded")
    else:
        engine.view(scan, wanted)
    place = scan.path.as_posix()
    condense = condensed_sql(columns.keys, as_of)
    file = place if columns.by_file else ""
    keys = _key_names(len(columns.keys))
    engine.guarded(
        f"INSERT INTO events SELECT {quoted(file)}, {quoted(place)}, {keys} who, state, n, first, last"  # noqa: S608
        f" FROM ({condense})"
    )
    return bad or engine.left_out(scan)


def _left_out(engine: Engine, found: Aggregated) -> None:
    rows = engine.run("SELECT path, state, sum(n) FROM events WHERE state <> 'good' GROUP BY ALL ORDER BY ALL")
    found.left_out = [(Path(path), _REASONS[state], int(count)) for path, state, count in rows]
    files = engine.run("SELECT path, sum(n) FROM events GROUP BY path ORDER BY path")
    found.per_file = {Path(path): int(count) for path, count in files}
    found.rows = int(engine.run("SELECT coalesce(sum(n), 0) FROM events WHERE state = 'good'")[0][0])
    spans = engine.run(
        "SELECT file, min(first), max(last) FROM events WHERE state = 'good' GROUP BY file ORDER BY file"
    )
    found.spans = [Span(file, _day(first), _day(last)) for file, first, last in spans]


def _code(engine: Engine, width: int, coder: Coder) -> None:
    """Exchange users and texts for numbers, and forget the identifiers."""
    users = [row[0] for row in engine.run("SELECT DISTINCT who FROM events ORDER BY who")]
    engine.run("CREATE TABLE users (who VARCHAR, code BIGINT, kind VARCHAR)")
    engine.insert("users", 3, _coded(users, coder))
    keys = _key_names(width)
    engine.run(
        f"CREATE TABLE keys AS SELECT row_number() OVER (ORDER BY {keys} file) AS id, *"  # noqa: S608
        f" FROM (SELECT {keys} file, sum(n) AS n, min(first) AS first, max(last) AS last"
        f" FROM events WHERE state = 'good' GROUP BY {keys} file)"
    )
    engine.run(
        "CREATE TABLE coded AS SELECT keys.id, users.code, users.kind, events.n, events.first, events.last"  # noqa: S608
        f" FROM events JOIN keys USING ({keys} file) JOIN users USING (who) WHERE state = 'good'"
    )
    engine.run("DROP TABLE events")
    engine.run("DROP TABLE users")


def _coded(users: Iterable[str], coder: Coder) -> Iterator[tuple[str, int | None, str]]:
    """Each identifier with the number of its pseudonym; two identifiers of one user have one number."""
    numbers: dict[str, int] = {}
    for who in users:
        if who:
            pseudonym, kind = coder(who)
            yield who, numbers.setdefault(pseudonym, len(numbers)), kind
        else:
            yield who, None, "unknown"


def _resolve(engine: Engine, width: int, resolve: Resolver, found: Aggregated) -> None:
    """Ask what each key means, and add up by that: in all, and by the component that events came through."""
    rows = engine.run(f"SELECT {_key_names(width)} file, n, first, last, id FROM keys ORDER BY id")  # noqa: S608
    keys = [
        KeyRow(tuple(row[:width]), row[width], int(row[width + 1]), _day(row[width + 2]), _day(row[width + 3]))
        for row in rows
    ]
    meanings = [(row[-1], frozenset(targets)) for row, targets in zip(rows, resolve(keys), strict=True)]
    alone = [(key, frozenset(replace(each, via="") for each in targets)) for key, targets in meanings]
    through = [(key, frozenset(each for each in targets if each.via)) for key, targets in meanings]
    found.totals = _added_up(engine, "targets", alone)
    found.through = _added_up(engine, "targets_through", through)


def _added_up(engine: Engine, table: str, meanings: Iterable[tuple[int, frozenset[Target]]]) -> list[Seen]:
    numbers: dict[Target, int] = {}
    engine.run(f"CREATE TABLE {table} (id BIGINT, target BIGINT, actor VARCHAR)")
    engine.insert(
        table,
        3,
        (
            (key, numbers.setdefault(replace(each, by=""), len(numbers)), each.by)
            for key, targets in meanings
            for each in sorted(targets)
        ),
    )
    targets = list(numbers)
    rows = engine.run(f'SELECT target, "by", n, first, last, actors FROM ({counted_sql(table)})')  # noqa: S608
    seen = (
        Seen(replace(targets[place], by=by), int(count), _day(first), _day(last), int(actors) or None)
        for place, by, count, first, last, actors in rows
    )
    return sorted(seen, key=lambda each: each.target)


def _day(moment: int) -> date:
    found = day(moment)
    assert found is not None
    return found
