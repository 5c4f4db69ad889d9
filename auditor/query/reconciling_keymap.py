"""A map from the keys of a CRM to those of an ERP, as a tool for entity resolution or a person wrote it down."""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal or a quoted name only

from __future__ import annotations

from auditor.errors import FormatError
from auditor.model.catalogue import Skipped
from auditor.query.engine import Engine
from auditor.query.reading import identifier
from auditor.query.reconciling_sides import key_form
from auditor.query.scans import Scan

COLUMNS = ("crm_key", "erp_key")


def load_key_map(engine: Engine, scan: Scan, *, loose: bool) -> list[Skipped]:
    """Make the table `key_map`, and say how many of its lines leave open which rows belong together.

    Raises:
        FormatError: the file cannot be read, or lacks a column.
    """
    if not {name.lower() for name in engine.columns_of(scan)} >= set(COLUMNS):
        raise FormatError(f"{scan.path.name} needs the columns {' and '.join(COLUMNS)}")
    reading = engine.reading([scan], {name: (name,) for name in COLUMNS})
    crm, erp = (key_form(identifier(name), loose=loose) for name in COLUMNS)
    engine.guarded(
        "CREATE OR REPLACE TEMP TABLE key_lines AS"
        f" SELECT DISTINCT {crm} AS c, {erp} AS e FROM ({reading.sql})"
        f" WHERE {crm} IS NOT NULL AND {erp} IS NOT NULL"
    )
    engine.run(
        "CREATE OR REPLACE TEMP TABLE key_map AS SELECT * FROM key_lines"
        " QUALIFY count(*) OVER (PARTITION BY c) = 1 AND count(*) OVER (PARTITION BY e) = 1"
    )
    ((left,),) = engine.run("SELECT (SELECT count(*) FROM key_lines) - (SELECT count(*) FROM key_map)")
    reason = f"{left} lines give a key more than one partner and are not used"
    return [Skipped(scan.path.name, reason)] if left else []


def mapped(crm: str) -> str:
    """The rows of a CRM with the keys of their partners in the ERP; others keep one that nothing there has."""
    key = "CASE WHEN s.k IS NOT NULL THEN coalesce(m.e, chr(1) || s.k) END AS k"
    return f"SELECT s.* REPLACE ({key}) FROM ({crm}) s LEFT JOIN key_map m ON s.k = m.c"
