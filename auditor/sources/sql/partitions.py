"""Which tables of PostgreSQL are only parts of another one.

Source: https://www.postgresql.org/docs/current/catalog-pg-class.html (`relispartition`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.engine import Connection

from auditor.model.catalogue import Skipped
from auditor.sources.sql.reflected import ReflectedTable

_PARTITIONS = """
select child.relname, parent.relname
from pg_catalog.pg_inherits link
join pg_catalog.pg_class child on child.oid = link.inhrelid
join pg_catalog.pg_class parent on parent.oid = link.inhparent
join pg_catalog.pg_namespace space on space.oid = child.relnamespace
where child.relispartition and space.nspname = :schema
"""


def without_partitions(
    connection: Connection, schema: str, tables: Sequence[ReflectedTable], skipped: list[Skipped]
) -> tuple[ReflectedTable, ...]:
    """Leave out partitions: they are rows of their parent, not tables of their own. Each parent is said once."""
    rows = connection.execute(text(_PARTITIONS), {"schema": schema})
    parents: dict[str, str] = {row[0]: row[1] for row in rows}
    for parent, count in Counter(parents.values()).items():
        reason = f"its partitions ({count}) are not listed as tables: their rows are its rows"
        skipped.append(Skipped(f"{schema}.{parent}", reason))
    return tuple(table for table in tables if table.name not in parents)
