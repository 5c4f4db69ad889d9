"""Measures which fields could join two objects: how unique their values are, and how many both sides have."""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted name only

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass
from auditor.model.reconciliation import SideRule
from auditor.query.engine import Engine
from auditor.query.reconciling_sides import Side, SideRows

SEPARATORS = ("-", "/", ".", "_", "")
"""What people put between the parts of a key when they write it as one text."""
_SAMPLED = 200_000
"""Different values of all fields of a side beyond which a sample of them, by their hash, is compared."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field, or a text of several (`{a}-{b}`), with its rows counted."""

    key: str
    rows: int
    filled: int
    distinct: int

    @property
    def unique(self) -> float:
        """Distinct values among the filled ones."""
        return self.distinct / self.filled if self.filled else 0.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two columns that have values in common: as many, of the distinct ones of the shorter (from 0 to 1)."""

    crm: Column
    erp: Column
    common: int

    @property
    def share(self) -> float:
        """Common values, of those of the side with fewer; of a sample it may exceed the truth a little."""
        return min(1.0, self.common / max(1, min(self.crm.distinct, self.erp.distinct)))


def overlaps(
    engine: Engine, crm: tuple[SideRows, str, Sequence[str]], erp: tuple[SideRows, str, Sequence[str]]
) -> tuple[Overlap, ...]:
    """All pairs of columns with a value in common; each side as its rows, its object and its possible keys.

    Raises:
        FormatError: a file cannot be read, or a column is not there.
    """
    columns = [_load(engine, name, *side) for name, side in (("crm", crm), ("erp", erp))]
    largest = max((sum(each.distinct for each in some) for some in columns), default=0)
    parts = largest // _SAMPLED + 1
    sampled = f" AND hash(v) % {parts} = 0" if parts > 1 else ""
    sides = [f"SELECT DISTINCT place, v FROM {name}_cells WHERE v <> ''{sampled}" for name in ("crm", "erp")]
    rows = engine.guarded(
        f"SELECT c.place, e.place, count(*) FROM ({sides[0]}) c JOIN ({sides[1]}) e ON c.v = e.v"
        " GROUP BY ALL ORDER BY ALL"
    )
    return tuple(Overlap(columns[0][left], columns[1][right], count * parts) for left, right, count in rows)


def _load(engine: Engine, name: str, rows: SideRows, owner: str, keys: Sequence[str]) -> list[Column]:
    """Make the table of a side's cells, and count them."""
    loading = Side(engine, name, rows, SideRule(owner, ""))
    cells = [loading.key(key) for key in keys]
    loading.load()
    source = loading.relation({f"k{place}": cell for place, cell in enumerate(cells)}, ())
    places = ", ".join(map(str, range(len(keys))))
    values = ", ".join(f"k{place}" for place in range(len(keys)))
    engine.guarded(
        f"CREATE OR REPLACE TEMP TABLE {name}_cells AS"
        f" SELECT unnest([{places}]) AS place, unnest([{values}]) AS v FROM ({source})"
    )
    counted = engine.run(
        f"SELECT place, count(*), count(v), count(DISTINCT v) FROM {name}_cells GROUP BY place ORDER BY place"
    )
    told = {place: (total, filled, distinct) for place, total, filled, distinct in counted}
    return [Column(key, *told.get(place, (0, 0, 0))) for place, key in enumerate(keys)]
