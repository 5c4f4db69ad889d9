"""Rows of facts as tables: columns that say nothing, or the same of all, are left out, and said so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.dataclasses import dataclass
from auditor.model.results import InventoryRow
from auditor.model.values import Absent, CountRange, Unknown, Value
from auditor.report import phrasing, wording
from auditor.report.view import Column


@dataclass(frozen=True, slots=True)
class FactTable:
    """Columns that say something, rows in words, and a remark on the columns that say nothing."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def fact_table(names: Sequence[str], rows: Sequence[InventoryRow], wanted: Sequence[str]) -> FactTable:
    """The wanted facts of the rows. A fact that applies to none of them is no column either."""
    present = [name for name in wanted if name in names]
    at = {name: names.index(name) for name in present}
    told = [name for name in present if any(_tells(row.values[at[name]]) for row in rows)]
    same = [name for name in told if len(rows) > 1 and len({row.values[at[name]] for row in rows}) == 1]
    told = [name for name in told if name not in same]
    dark = [
        name for name in present if name not in (*told, *same) and any(_dark(row.values[at[name]]) for row in rows)
    ]
    columns = tuple(
        Column(phrasing.fact_title(name), all(_is_figure(row.values[at[name]]) for row in rows)) for name in told
    )
    cells = tuple(tuple(_words(name, row.values[at[name]]) for name in told) for row in rows)
    missing = phrasing.listed(phrasing.fact_title(name).lower() for name in dark)
    alike = phrasing.listed(
        f"{phrasing.fact_title(name).lower()} ({_words(name, rows[0].values[at[name]])})" for name in same
    )
    notes = (
        wording.SAME_FOR_ALL.format(names=alike) if alike else "",
        wording.UNKNOWN_FOR_ALL.format(names=missing) if missing else "",
    )
    return FactTable(columns, cells, " ".join(note for note in notes if note))


def values_of(names: Sequence[str], rows: Iterable[InventoryRow], name: str) -> tuple[Value, ...]:
    """One fact of all rows; nothing where the fact is not listed."""
    if name not in names:
        return ()
    place = names.index(name)
    return tuple(row.values[place] for row in rows)


def _words(name: str, value: Value) -> str:
    words = phrasing.value_words(value)
    return phrasing.worded(words) if name in phrasing.ENUMERATED else words


def _tells(value: Value) -> bool:
    return not isinstance(value, Absent) and not _dark(value)


def _dark(value: Value) -> bool:
    """Whether nothing is known: an open count from nothing upward is no more than unknown."""
    return isinstance(value, Unknown) or value == CountRange(0, None)


def _is_figure(value: Value) -> bool:
    return isinstance(value, int | float | CountRange | Unknown | Absent) and not isinstance(value, bool)
