"""Maps between the codes of two systems (`45` ↔ `45 dagar netto`), inferred from the rows that meet."""

# ruff: noqa: S608 - nothing from elsewhere stands in SQL but as a quoted literal

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.query.engine import Engine
from auditor.query.reconciling_values import text_sql

MOST_CODES = 200
"""Different values on a side beyond which a field is no list of codes."""
LEAST_ROWS = 2
"""Rows in which a code must stand for its meaning to be inferred."""
LEAST_SHARE = 0.8
"""Share of the rows with a code that must tell the same on the other side."""

Row = tuple[str, str, int]


def inferred_codes(engine: Engine, crm: str, erp: str, places: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Place of a field → the pairs of codes that mean the same, each as one text (`reconciling_values.code_sql`).

    Raises:
        FormatError: a file cannot be read.
    """
    lists = [
        "unnest([" + ", ".join(f"{text_sql(f'{side}.f{place}')}" for place in places) + f"]) AS {name}"
        for side, name in (("c", "crm"), ("e", "erp"))
    ]
    listed = ", ".join(map(str, places))
    values = ", ".join(f"any_value(f{place}) AS f{place}" for place in places)
    # A key that stands twice is none: its rows tell nothing of codes, and would multiply.
    left, right = (f"SELECT k, {values} FROM ({side}) GROUP BY k HAVING count(*) = 1" for side in (crm, erp))
    rows = engine.guarded(
        "SELECT place, crm, erp, n FROM (SELECT place, crm, erp, count(*) AS n FROM"
        f" (SELECT unnest([{listed}]) AS place, {', '.join(lists)} FROM ({left}) c JOIN ({right}) e ON c.k = e.k)"
        " WHERE crm <> '' AND erp <> '' GROUP BY ALL)"
        f" QUALIFY count(*) OVER (PARTITION BY place) <= {MOST_CODES * 20} ORDER BY ALL"
    )
    return {
        place: tuple(
            f"{left}\x1f{right}" for left, right in code_map([row[1:] for row in rows if row[0] == place])
        )
        for place in places
    }


def code_map(rows: Iterable[Row]) -> tuple[tuple[str, str], ...]:
    """Pairs of codes of CRM and ERP that mean the same, given how often they stand together.

    Each code of the ERP tells nearly always the same in the CRM. There is no map where too many values stand on
    either side, or where the CRM tells the same for all codes: that would agree with anything.
    """
    of_erp: dict[str, list[tuple[int, str]]] = {}
    for crm, erp, count in rows:
        of_erp.setdefault(erp, []).append((count, crm))
    if len(of_erp) > MOST_CODES:
        return ()
    found = {erp: told for erp, counts in of_erp.items() if (told := _usual(counts)) is not None}
    if len(of_erp) > 1 and len(set(found.values())) < 2:
        return ()
    return tuple(sorted((crm, erp) for erp, crm in found.items()))


def _usual(counts: Sequence[tuple[int, str]]) -> str | None:
    total = sum(count for count, _ in counts)
    count, value = min((-count, value) for count, value in counts)
    return value if total >= LEAST_ROWS and -count >= LEAST_SHARE * total else None
