"""One side of a reconciliation: files and cursors become one relation of keys, values, days and amounts."""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal or a quoted name only

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from auditor.dataclasses import dataclass, field, replace
from auditor.errors import FormatError
from auditor.model.catalogue import Skipped
from auditor.model.reconciliation import SideRule
from auditor.query.engine import Engine
from auditor.query.reading import identifier, quoted
from auditor.query.reconciling_values import day_in_zone_sql
from auditor.query.scans import Scan

_BRACES = re.compile(r"\{([^{}]+)\}")
_KEPT = 32 << 20
"""Bytes of a file up to which its rows are kept in memory; a larger one is read again by each question."""


@dataclass(frozen=True, slots=True)
class SideRows:
    """Where the rows of a system's objects are, and how its objects point at each other."""

    scans: Mapping[str, Scan]
    """Object → its rows."""
    links: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Object and field → the object that the field points at, and the key there."""
    ids: tuple[str, ...] = ()
    """Columns that may hold a record's own id, by which people find it; none: rows are told by their key."""
    changed: tuple[str, ...] = ()
    """Columns that the platform keeps for the last change, where the pair does not name one."""


class Side:
    """Collects what is asked of one side, loads it once, and gives the relation. `name` prefixes its tables."""

    def __init__(self, engine: Engine, name: str, rows: SideRows, rule: SideRule) -> None:
        self.rule = rule
        self.skipped: list[Skipped] = []
        self._engine, self._name, self._rows = engine, name, rows
        self._scans: dict[str, Scan] = {}
        self._columns: dict[str, list[str]] = {}
        self._joins: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._readings: list[tuple[Scan, int]] = []

    def cell(self, path: str) -> str:
        """SQL of a field, or of a path over links, as text.

        Raises:
            FormatError: there is no such field, link or object.
        """
        place, owner, rest = "b", self.rule.object, path
        while not self._has(owner, rest):
            head, dot, rest = rest.partition(".")
            target = self._rows.links.get((owner, head)) if dot else None
            if target is None or not self._has(owner, head):
                raise FormatError(f"{owner} has no field {head}" + (" that is a link" if dot else ""))
            place, owner = self._joined(place, self._column(owner, head), target), target[0]
        return f"{place}.{identifier(self._column(owner, rest))}"

    def column_of(self, told: str) -> str:
        """SQL that gives the values of `Object.Field`.

        Raises:
            FormatError: there is no such field.
        """
        owner, _, name = told.partition(".")
        if not self._has(owner, name):
            raise FormatError(f"{owner} has no field {name}")
        return f"SELECT {key_form(identifier(self._column(owner, name)))} FROM {self._table(owner)}"

    def key(self, told: str, *, loose: bool = False) -> str:
        """SQL of a key in the form in which both sides are joined: of a field, a path or a text with fields in it.

        Raises:
            FormatError: it names a field that is not there.
        """
        return key_form(self._spelled(told), loose=loose)

    def identity(self) -> str:
        """SQL of what people find the record by: its own id, or else its key as it is spelled."""
        name = next((each for each in self._rows.ids if self._has(self.rule.object, each)), "")
        return self.cell(name) if name else self._spelled(self.rule.key)

    def _spelled(self, told: str) -> str:
        parts = _BRACES.split(told) if _BRACES.search(told) else ["", told, ""]
        cells = [self.cell(part) if place % 2 else quoted(part) for place, part in enumerate(parts)]
        filled = [f"nullif(trim({cell}), '')" if place % 2 else cell for place, cell in enumerate(cells)]
        return " || ".join(part for part in filled if part != "''")

    def day(self, path: str) -> str:
        """SQL of the day that a field holds; null without a field."""
        return day_in_zone_sql(self.cell(path)) if path else "NULL::BIGINT"

    def last_change(self) -> str:
        """The field that dates the last change, as declared or as the platform keeps it; empty without one."""
        usual = (each for each in self._rows.changed if self._has(self.rule.object, each))
        return self.rule.changed or next(usual, "")

    def conditions(self, other: Side) -> list[str]:
        """SQL of what restricts the rows.

        Raises:
            FormatError: it names a field that is not there.
        """
        wanted = [
            f"{key_form(self.cell(name))} IN ({', '.join(quoted(value.strip().lower()) for value in values)})"
            for name, values in self.rule.where
        ]
        return wanted + [
            f"{key_form(self.cell(name))} IN ({other.column_of(told)})" for name, told in self.rule.within
        ]

    def relation(self, cells: Mapping[str, str], conditions: Sequence[str]) -> str:
        """The statement that gives the wanted cells under their names, links followed."""
        picked = ", ".join(f"{cell} AS {name}" for name, cell in cells.items())
        joins = "".join(
            f" LEFT JOIN (SELECT DISTINCT ON ({identifier(key)}) * FROM {self._table(owner)}"
            f" ORDER BY ALL) {alias} ON {place}.{identifier(head)} = {alias}.{identifier(key)}"
            for (place, head), (alias, owner, key) in self._joins.items()
        )
        only = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {picked} FROM {self._table(self.rule.object)} b{joins}{only}"

    def load(self) -> None:
        """Make the tables that were asked for.

        Raises:
            FormatError: a file cannot be read.
        """
        for owner, columns in self._columns.items():
            scan = self._scan(owner)
            reading = self._engine.reading([scan], {name: (name,) for name in columns}, raw=True)
            kept = scan.form == "rows" or scan.path.stat().st_size <= _KEPT
            self._engine.guarded(
                f"CREATE OR REPLACE TEMP {'TABLE' if kept else 'VIEW'} {self._table(owner)} AS {reading.sql}"
            )
            for left in reading.left_out.values():
                self._skip(scan, left.count)
            self._readings.append((scan, reading.number))

    def close(self) -> None:
        """Tell which rows could not be read, once everything was asked."""
        for scan, number in self._readings:
            self._skip(scan, self._engine.rejected(number))

    def _skip(self, scan: Scan, count: int) -> None:
        if count:
            self.skipped.append(Skipped(scan.path.name, f"{count} rows could not be read and are not compared"))

    def _joined(self, place: str, head: str, target: tuple[str, str]) -> str:
        owner, key = target
        spelled = self._column(owner, key)
        return self._joins.setdefault((place, head), (f"h{len(self._joins)}", owner, spelled))[0]

    def _has(self, owner: str, name: str) -> bool:
        return self._scan(owner).has(name)

    def _scan(self, owner: str) -> Scan:
        if owner not in self._scans:
            if owner not in self._rows.scans:
                raise FormatError(f"nobody says where the rows of {owner} are")
            scan = self._rows.scans[owner]
            self._scans[owner] = replace(scan, columns=self._engine.columns_of(scan))
        return self._scans[owner]

    def _column(self, owner: str, name: str) -> str:
        """A column as its file spells it, noted as wanted."""
        scan = self._scan(owner)
        spelled = scan.columns[scan.position((name,)) or 0]
        wanted = self._columns.setdefault(owner, [])
        if spelled not in wanted:
            wanted.append(spelled)
        return spelled

    def _table(self, owner: str) -> str:
        return identifier(f"{self._name}_{owner}")


def key_form(cell: str, *, loose: bool = False) -> str:
    """A key in the form in which both sides are joined."""
    plain = f"nullif(lower(trim({cell})), '')"
    return f"nullif(ltrim(regexp_replace({plain}, '[^\\pL\\pN]', '', 'g'), '0'), '')" if loose else plain
