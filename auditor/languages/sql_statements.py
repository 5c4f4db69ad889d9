"""What a SQL statement does, as values, and what its words alone can name."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass, field
from auditor.languages.sql_texts import spelled, words_of


@dataclass(frozen=True, slots=True)
class Tables:
    """Tables of a schema by name in lower case (with and without their own schema's), and columns of each."""

    by_name: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Table → column in lower case, literals dropped → columns as spelled."""

    def find(self, name: str, schema: str = "") -> tuple[str, ...]:
        """Tables that a name may mean."""
        qualified = self.by_name.get(f"{schema}.{name}".lower(), ()) if schema else ()
        return qualified or self.by_name.get(name.lower(), ())

    def column(self, table: str, name: str) -> tuple[str, ...]:
        """Columns of a table that a name may mean."""
        return self.columns[table].get(name.lower(), ())


def tables_of(columns: Mapping[str, tuple[str, ...]]) -> Tables:
    """Index tables and their columns."""
    by_name: dict[str, list[str]] = {}
    for table in columns:
        for spelling in dict.fromkeys((table.lower(), table.rpartition(".")[2].lower())):
            by_name.setdefault(spelling, []).append(table)
    indexed = {table: spelled({name.lower(): name for name in names}) for table, names in columns.items()}
    return Tables({name: tuple(found) for name, found in by_name.items()}, indexed)


@dataclass(slots=True)
class Statement:
    """What one statement does. Columns as (table, column) → whether only possibly.

    `parsed`: it was understood, not read word by word. `idle`: it concerns no data (a transaction, a setting).
    """

    read: dict[tuple[str, str], bool] = field(default_factory=dict)
    written: dict[tuple[str, str], bool] = field(default_factory=dict)
    tables: dict[str, bool] = field(default_factory=dict)
    """Tables that it reads or writes."""
    changed: dict[str, bool] = field(default_factory=dict)
    """Tables whose rows it creates, changes or deletes."""
    strangers: set[str] = field(default_factory=set)
    """Tables that the schema does not hold."""
    parsed: bool = True
    idle: bool = False

    def note(self, place: dict[tuple[str, str], bool], table: str, column: str, possible: bool) -> None:
        """Note a column; certain stays certain."""
        key = table, column
        place[key] = place.get(key, True) and possible


def read_words(text: str, tables: Tables) -> Statement:
    """Everything that the words of a statement can name, possibly: tables, and their columns or all by `*`."""
    words = words_of(text)
    found = Statement(parsed=False)
    for word in sorted(words):
        for table in tables.by_name.get(word, ()):
            found.tables[table] = found.changed[table] = True
    for table in found.tables:
        for key, names in tables.columns[table].items():
            for name in names if key in words or "*" in text else ():
                found.note(found.read, table, name, possible=True)
                found.note(found.written, table, name, possible=True)
    return found
