"""Loads the rows of a side: all parts of an object become one table or view, of the columns that are asked for."""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal or a quoted name only

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError
from auditor.model.catalogue import Skipped
from auditor.query.engine import Engine
from auditor.query.reading import identifier, quoted, reader_sql
from auditor.query.scans import Scan

KEPT = 32 << 20
"""Bytes of a file up to which its rows are kept in memory; a larger one is read again by each question."""
_PART = " part"
"""The column that tells from which part a row is; names of headers do not begin with a blank."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its files spell it. `type` is that of a Parquet file, empty for a text."""

    name: str
    type: str = ""

    def cell(self, place: str = "") -> str:
        """SQL of the column as it is kept; `place` is the alias of its table."""
        return f"{place}.{identifier(self.name)}" if place else identifier(self.name)

    def text(self, place: str = "") -> str:
        """SQL of the column as text; a whole number that was kept as a floating one has no decimals."""
        cell = self.cell(place)
        if self.type in ("DOUBLE", "FLOAT"):
            whole = f"{cell} = trunc({cell}) AND abs({cell}) < 1e15"
            return f"CASE WHEN {whole} THEN CAST({cell} AS BIGINT)::VARCHAR ELSE {cell}::VARCHAR END"
        return f"CAST({cell} AS VARCHAR)" if self.type not in ("", "VARCHAR") else cell


class Tables:
    """The objects of one side. `name` prefixes their tables; `ids` and `changed` tell parts that overlap apart."""

    def __init__(
        self,
        engine: Engine,
        name: str,
        scans: Mapping[str, tuple[Scan, ...]],
        ids: Sequence[str],
        changed: Sequence[str],
    ) -> None:
        self.skipped: list[Skipped] = []
        self._engine, self._name, self._scans = engine, name, scans
        self._ids, self._changed = ids, changed
        self._columns: dict[str, dict[str, Column]] = {}
        self._wanted: dict[str, dict[str, None]] = {}
        self._readings: list[tuple[Scan, int]] = []

    def has(self, owner: str, name: str) -> bool:
        """Whether an object has a column, whatever its case.

        Raises:
            FormatError: nobody says where its rows are, or a file cannot be read.
        """
        return name.lower() in self._known(owner)

    def column(self, owner: str, name: str) -> Column:
        """A column that `has` found, noted as wanted."""
        found = self._known(owner)[name.lower()]
        self._wanted.setdefault(owner, {})[found.name] = None
        return found

    def table(self, owner: str) -> str:
        """The name of the object's table, which `load` makes."""
        return identifier(f"{self._name}_{owner}")

    def load(self) -> None:
        """Make the tables that were asked for.

        Raises:
            FormatError: a file cannot be read.
        """
        for owner, wanted in list(self._wanted.items()):
            parts = self._scans[owner]
            named = [each for each in (*self._ids, *self._changed) if len(parts) > 1 and self.has(owner, each)]
            columns = list(dict.fromkeys([*wanted, *(self.column(owner, each).name for each in named)]))
            told = [self._part(owner, place, scan, columns) for place, scan in enumerate(parts)]
            whole = told[0] if len(told) == 1 else self._together(owner, columns, told)
            self._make("VIEW", self.table(owner), whole)

    def close(self) -> None:
        """Tell which rows could not be read, once everything was asked."""
        for scan, number in self._readings:
            self._skip(scan, self._engine.rejected(number))

    def _part(self, owner: str, place: int, scan: Scan, columns: Sequence[str]) -> str:
        """The statement of one part; what is small, or comes from a cursor, is kept in memory."""
        scan = replace(scan, columns=self._engine.columns_of(scan))
        if scan.form == "parquet" and self._typed(owner):
            sql = f"SELECT {', '.join(map(identifier, columns))} FROM {reader_sql(scan, [scan.path], '')}"
        else:
            reading = self._engine.reading([scan], {name: (name,) for name in columns}, raw=True)
            sql = f"SELECT {', '.join(map(identifier, columns))} FROM ({reading.sql})"
            for left in reading.left_out.values():
                self._skip(scan, left.count)
            self._readings.append((scan, reading.number))
        if scan.form != "rows" and scan.path.stat().st_size > KEPT:
            return sql
        name = identifier(f"{self._name}_{owner}_{place}")
        self._make("TABLE", name, sql)
        return f"SELECT * FROM {name}"

    def _together(self, owner: str, columns: Sequence[str], parts: Sequence[str]) -> str:
        """All parts as one; of a record that stands in several of them, the row that was changed last counts."""
        whole = " UNION ALL ".join(
            f"SELECT *, {place} AS {identifier(_PART)} FROM ({sql})" for place, sql in enumerate(parts)
        )
        own = next((self._known(owner)[each.lower()].name for each in self._ids if self.has(owner, each)), "")
        if not own:
            return whole
        key = identifier(own)
        ((twice,),) = self._engine.guarded(f"SELECT count({key}) - count(DISTINCT {key}) FROM ({whole})")
        if not twice:
            return whole
        reason = (
            f"{twice} rows stand in several parts of {owner}; of each record the row that was changed last counts"
        )
        self.skipped.append(Skipped(self._scans[owner][-1].path.name, reason))
        dated = next(
            (self._known(owner)[each.lower()].name for each in self._changed if self.has(owner, each)), ""
        )
        last = f"{identifier(dated)} DESC NULLS LAST, " if dated else ""
        order = f"PARTITION BY {key} ORDER BY {last}{identifier(_PART)} DESC"
        return f"SELECT * FROM ({whole}) QUALIFY {key} IS NULL OR row_number() OVER ({order}) = 1"

    def _make(self, what: str, name: str, sql: str) -> None:
        self._engine.guarded(f"CREATE OR REPLACE TEMP {what} {name} AS {sql}")

    def _skip(self, scan: Scan, count: int) -> None:
        if count:
            self.skipped.append(Skipped(scan.path.name, f"{count} rows could not be read and are not compared"))

    def _known(self, owner: str) -> Mapping[str, Column]:
        """Columns of an object by their name in lower case."""
        if owner not in self._columns:
            if not self._scans.get(owner):
                raise FormatError(f"nobody says where the rows of {owner} are")
            typed = self._typed(owner)
            found: dict[str, Column] = {}
            for scan in self._scans[owner]:
                for name, kind in self._described(scan):
                    found.setdefault(name.lower(), Column(name, kind if typed else ""))
            self._columns[owner] = found
        return self._columns[owner]

    def _typed(self, owner: str) -> bool:
        """Whether columns keep the types of their file: one of Parquet."""
        return [scan.form for scan in self._scans[owner]] == ["parquet"]

    def _described(self, scan: Scan) -> list[tuple[str, str]]:
        if scan.form != "parquet":
            return [(name, "") for name in scan.columns]
        rows = self._engine.guarded(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(scan.path.resolve()))})")
        return [(str(row[0]), str(row[1])) for row in rows]
