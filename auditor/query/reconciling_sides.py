"""One side of a reconciliation: files and cursors become one relation of keys, values, days and amounts.

Columns of Parquet keep their types, and become texts only where they are asked for as such.
"""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal or a quoted name only

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.model.catalogue import Skipped
from auditor.model.reconciliation import SideRule, ValueKind
from auditor.query.engine import Engine
from auditor.query.reading import quoted
from auditor.query.reconciling_tables import Column, Tables
from auditor.query.reconciling_values import Form, day_in_zone_sql
from auditor.query.scans import Scan

_BRACES = re.compile(r"\{([^{}]+)\}")
_NUMBERS = re.compile(r"U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DOUBLE|FLOAT|DECIMAL\(.*\)")
_MOMENTS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")


@dataclass(frozen=True, slots=True)
class SideRows:
    """Where the rows of a system's objects are, and how its objects point at each other."""

    scans: Mapping[str, tuple[Scan, ...]]
    """Object → its rows, in one part or several."""
    links: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Object and field → the object that the field points at, and the key there."""
    ids: tuple[str, ...] = ()
    """Columns that may hold a record's own id, by which people find it; none: rows are told by their key."""
    changed: tuple[str, ...] = ()
    """Columns that the platform keeps for the last change, where the pair does not name one."""
    key_map: Scan | None = None
    """Of a CRM: which of its keys is which of the ERP (`reconciling_keymap`); None: they are the same."""

    def columns(self, owner: str) -> tuple[str, ...]:
        """Columns of all parts of an object, as first spelled; the engine alone knows those of Parquet."""
        found: dict[str, str] = {}
        for scan in self.scans.get(owner, ()):
            for column in scan.columns:
                found.setdefault(column.lower(), column)
        return tuple(found.values())


class Side:
    """Collects what is asked of one side, loads it once, and gives the relation. `name` prefixes its tables."""

    def __init__(self, engine: Engine, name: str, rows: SideRows, rule: SideRule) -> None:
        self.rule = rule
        self._rows = rows
        self._tables = Tables(engine, name, rows.scans, rows.ids, rows.changed)
        self._joins: dict[str, tuple[str, str, Column]] = {}

    @property
    def skipped(self) -> list[Skipped]:
        """What was left out so far."""
        return self._tables.skipped

    def cell(self, path: str) -> str:
        """SQL of a field, or of a path over links, as text.

        Raises:
            FormatError: there is no such field, link or object.
        """
        place, column = self._found(path)
        return column.text(place)

    def value(self, path: str, kind: ValueKind, zone: str) -> tuple[str, Form]:
        """SQL of a field as it is compared: as its file keeps it where that says what its kind asks, else as text.

        Raises:
            FormatError: there is no such field, link or object.
        """
        place, column = self._found(path)
        bare = column.cell(place)
        if kind is ValueKind.NUMBER and _NUMBERS.fullmatch(column.type):
            return bare, Form.NUMBER
        if kind is ValueKind.DATE and (column.type == "DATE" or (column.type in _MOMENTS and not zone)):
            return f"CAST({bare} AS DATE) - DATE '1970-01-01'", Form.DAY
        return column.text(place), Form.TEXT

    def column_of(self, told: str) -> str:
        """SQL that gives the values of `Object.Field`.

        Raises:
            FormatError: there is no such field.
        """
        owner, _, name = told.partition(".")
        if not self._tables.has(owner, name):
            raise FormatError(f"{owner} has no field {name}")
        cell = self._tables.column(owner, name).text()
        return f"SELECT {key_form(cell)} FROM {self._tables.table(owner)}"

    def key(self, told: str, *, loose: bool = False) -> str:
        """SQL of a key in the form in which both sides are joined: of a field, a path or a text with fields in it.

        Raises:
            FormatError: it names a field that is not there.
        """
        plain = not _BRACES.search(told)
        return key_form(self.cell(told) if plain else self._spelled(told), loose=loose)

    def identity(self) -> str:
        """SQL of what people find the record by: its own id, or else its key as it is spelled, blanks included."""
        own = self.own_id() or ("" if _BRACES.search(self.rule.key) else self.rule.key)
        return self.cell(own) if own else self._spelled(self.rule.key)

    def own_id(self) -> str:
        """The field that holds the record's own id; empty without one."""
        return next((each for each in self._rows.ids if self._tables.has(self.rule.object, each)), "")

    def _spelled(self, told: str) -> str:
        parts = _BRACES.split(told) if _BRACES.search(told) else ["", told, ""]
        cells = [self.cell(part) if place % 2 else quoted(part) for place, part in enumerate(parts)]
        filled = [f"nullif(trim({cell}), '')" if place % 2 else cell for place, cell in enumerate(cells)]
        return " || ".join(part for part in filled if part != "''")

    def day(self, path: str) -> str:
        """SQL of the day that a field holds; null without a field."""
        if not path:
            return "NULL::INTEGER"
        cell, form = self.value(path, ValueKind.DATE, "")
        return f"CAST({cell if form is Form.DAY else day_in_zone_sql(cell)} AS INTEGER)"

    def last_change(self) -> str:
        """The field that dates the last change, as declared or as the platform keeps it; empty without one."""
        usual = (each for each in self._rows.changed if self._tables.has(self.rule.object, each))
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
            f" LEFT JOIN (SELECT DISTINCT ON ({key.text()}) * FROM {self._tables.table(owner)}"
            f" ORDER BY ALL) {alias} ON {head} = {key.text(alias)}"
            for head, (alias, owner, key) in self._joins.items()
        )
        only = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {picked} FROM {self._tables.table(self.rule.object)} b{joins}{only}"

    def load(self) -> None:
        """Make the tables that were asked for.

        Raises:
            FormatError: a file cannot be read.
        """
        self._tables.load()

    def close(self) -> None:
        """Tell which rows could not be read, once everything was asked."""
        self._tables.close()

    def _found(self, path: str) -> tuple[str, Column]:
        """The alias of the table where a path over links ends, and the column there."""
        place, owner, rest = "b", self.rule.object, path
        while not self._tables.has(owner, rest):
            head, dot, rest = rest.partition(".")
            target = self._rows.links.get((owner, head)) if dot else None
            if target is None or not self._tables.has(owner, head):
                raise FormatError(f"{owner} has no field {head}" + (" that is a link" if dot else ""))
            place, owner = self._joined(place, self._tables.column(owner, head), target), target[0]
        return place, self._tables.column(owner, rest)

    def _joined(self, place: str, head: Column, target: tuple[str, str]) -> str:
        owner, name = target
        key = self._tables.column(owner, name)
        return self._joins.setdefault(head.text(place), (f"h{len(self._joins)}", owner, key))[0]


def key_form(cell: str, *, loose: bool = False) -> str:
    """A key in the form in which both sides are joined."""
    plain = f"nullif(lower(trim({cell})), '')"
    return f"nullif(ltrim(regexp_replace({plain}, '[^\\pL\\pN]', '', 'g'), '0'), '')" if loose else plain
