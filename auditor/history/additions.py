"""Adding to the accumulated evidence, listing it, and forgetting parts of it as if they had never been added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, union

from auditor.dataclasses import dataclass, replace
from auditor.errors import AuditorError
from auditor.history.schema import ADDITION, CONTENTS, DAY, FILE, STATE, USERS, WINDOW, WORD
from auditor.history.store import insert_rows, reading, shrink, writing
from auditor.model.accumulation import Addition, Contribution
from auditor.model.observations import DayCount, Deed, Observation, SourceKind, Window


@dataclass(frozen=True, slots=True)
class Added:
    """What stands in the history after an addition: it itself, or (not `new`) one that held its files before."""

    addition: Addition
    new: bool


def add(path: Path, contribution: Contribution, *, named: bool = True) -> Added:
    """Keep a contribution, in one transaction. `named`: its name was asked for; else a free one like it is found.

    Raises:
        HistoryError: the history cannot be written.
        AuditorError: another addition bears the name, or it comes from another organisation than the earlier.
    """
    with writing(path) as connection:
        earlier = listed(connection)
        held = _holder(connection, earlier, contribution)
        if held is not None:
            return Added(held, new=False)
        names = {each.name for each in earlier}
        addition = contribution.addition if named else _freely_named(contribution.addition, names)
        _check(earlier, addition)
        number = _insert_addition(connection, addition)
        words = _words(connection, contribution)
        insert_rows(connection, FILE, ((number, each) for each in sorted(contribution.files)))
        for window in addition.windows:
            connection.execute(insert(WINDOW).values(_window_row(number, window)))
        insert_rows(connection, DAY, (_day_row(number, each, words) for each in contribution.days))
        insert_rows(connection, USERS, ((*_seen(number, each, words), each.actors) for each in contribution.users))
        insert_rows(connection, STATE, (_state_row(number, each, words) for each in contribution.states))
    return Added(addition, new=True)


def additions(path: Path) -> tuple[Addition, ...]:
    """Every addition, in the order in which they were made.

    Raises:
        HistoryError: the history cannot be read.
    """
    with reading(path) as connection:
        return listed(connection) if connection is not None else ()


def listed(connection: Connection) -> tuple[Addition, ...]:
    """The same within a connection."""
    windows: dict[int, list[Window]] = {}
    rows = connection.execute(select(ADDITION).order_by(ADDITION.c.id)).all()
    names = {row.id: row for row in rows}
    for row in connection.execute(select(WINDOW).order_by(WINDOW.c.id)):
        windows.setdefault(row.addition, []).append(_window(row, names[row.addition]))
    return tuple(_addition(row, windows.get(row.id, [])) for row in rows)


def forget(path: Path, chosen: Callable[[Addition], bool]) -> tuple[Addition, ...]:
    """Remove additions with everything that they kept; gives those that were removed.

    Raises:
        HistoryError: the history cannot be written.
    """
    if not path.exists():
        return ()
    with writing(path) as connection:
        gone = tuple(each for each in listed(connection) if chosen(each))
        names = [each.name for each in gone]
        numbers = select(ADDITION.c.id).where(ADDITION.c.name.in_(names)).scalar_subquery()
        for table in CONTENTS:
            connection.execute(delete(table).where(table.c.addition.in_(numbers)))
        connection.execute(delete(ADDITION).where(ADDITION.c.name.in_(names)))
        used = union(
            *(select(column) for table in (DAY, USERS, STATE) for column in (table.c.subject, table.c.via))
        )
        connection.execute(delete(WORD).where(WORD.c.id.not_in(used)))
    if gone:
        shrink(path)
    return gone


def _freely_named(addition: Addition, names: Collection[str]) -> Addition:
    spelled = (f"{addition.name}-{number}" if number > 1 else addition.name for number in count(1))
    return replace(addition, name=next(name for name in spelled if name not in names))


def _holder(connection: Connection, earlier: Iterable[Addition], contribution: Contribution) -> Addition | None:
    """An earlier addition of the same log that holds all the files and claims the same days."""
    addition = contribution.addition
    for each in earlier:
        same = (each.kind, each.system, each.stream) == (addition.kind, addition.system, addition.stream)
        if each.digest == addition.digest or (same and _holds(connection, each, contribution)):
            return each
    return None


def _holds(connection: Connection, earlier: Addition, contribution: Contribution) -> bool:
    number = select(ADDITION.c.id).where(ADDITION.c.name == earlier.name).scalar_subquery()
    files = set(connection.execute(select(FILE.c.digest).where(FILE.c.addition == number)).scalars())
    covered = {(each.deed, each.start, each.end) for each in earlier.windows}
    return contribution.files <= files and all(
        (each.deed, each.start, each.end) in covered for each in contribution.addition.windows
    )


def _check(earlier: Sequence[Addition], addition: Addition) -> None:
    if any(each.name == addition.name for each in earlier):
        raise AuditorError(f"an addition named {addition.name!r} exists already; choose another with --id")
    told = {each.organization for each in earlier if each.system == addition.system and each.organization}
    if addition.organization and told and addition.organization not in told:
        raise AuditorError(
            f"the files come from organisation {addition.organization}, what was added before from "
            f"{', '.join(sorted(told))}; nothing was added"
        )


def _insert_addition(connection: Connection, addition: Addition) -> int:
    values = {
        "name": addition.name,
        "kind": addition.kind,
        "system": addition.system,
        "stream": addition.stream,
        "memory": str(addition.memory),
        "digest": addition.digest,
        "added": addition.added.toordinal(),
        "last": addition.last.toordinal() if addition.last else None,
        "rows": addition.rows,
        "subjects": addition.subjects,
        "organization": addition.organization,
        "truncated": addition.truncated,
    }
    key = connection.execute(insert(ADDITION).values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _words(connection: Connection, contribution: Contribution) -> dict[str, int]:
    """Numbers of all names in a contribution; new ones are written down."""
    told: tuple[DayCount | Observation, ...] = (
        *contribution.days,
        *contribution.users,
        *contribution.states,
    )
    wanted = {"", *(each.subject for each in told), *(each.via or "" for each in told)}
    known = {row.text: row.id for row in connection.execute(select(WORD))}
    free = max(known.values(), default=0) + 1
    new = {word: free + place for place, word in enumerate(sorted(wanted - known.keys()))}
    insert_rows(connection, WORD, ((number, word) for word, number in new.items()))
    return {**known, **new}


def _seen(number: int, each: DayCount | Observation, words: dict[str, int]) -> tuple[object, ...]:
    return number, words[each.subject], str(each.deed), str(each.by), each.possible, words[each.via or ""]


def _day_row(number: int, each: DayCount, words: dict[str, int]) -> tuple[object, ...]:
    return (*_seen(number, each, words), each.day.toordinal(), each.count)


def _state_row(number: int, each: Observation, words: dict[str, int]) -> tuple[object, ...]:
    first, last = (day.toordinal() if day else None for day in (each.first, each.last))
    return (*_seen(number, each, words), first, last, each.count)


def _window_row(number: int, each: Window) -> dict[str, object]:
    return {
        "addition": number,
        "deed": str(each.deed),
        "start": each.start.toordinal() if each.start else None,
        "end": each.end.toordinal(),
        "subjects": None if each.subjects is None else sorted(each.subjects),
        "kinds": None if each.kinds is None else sorted(each.kinds),
        "gaps": [[first.toordinal(), last.toordinal()] for first, last in each.gaps],
    }


def _window(row: Row[Any], owner: Row[Any]) -> Window:
    return Window(
        owner.name,
        owner.system,
        Deed(row.deed),
        date.fromordinal(row.start) if row.start else None,
        date.fromordinal(row.end),
        None if row.subjects is None else frozenset(row.subjects),
        None if row.kinds is None else frozenset(row.kinds),
        tuple((date.fromordinal(first), date.fromordinal(last)) for first, last in row.gaps),
    )


def _addition(row: Row[Any], windows: Sequence[Window]) -> Addition:
    return Addition(
        row.name,
        row.kind,
        row.system,
        SourceKind(row.memory),
        row.digest,
        date.fromordinal(row.added),
        row.stream,
        date.fromordinal(row.last) if row.last else None,
        row.rows,
        row.subjects,
        row.organization,
        row.truncated,
        tuple(windows),
    )
