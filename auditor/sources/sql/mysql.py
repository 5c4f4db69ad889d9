"""MySQL and MariaDB by their information schema: four queries, however many tables.

SQLAlchemy reflects these two with a `SHOW CREATE TABLE` a table, which also fails as a whole on one table that the
account may not see. The information schema shows what the account may see and nothing else.
Source: https://dev.mysql.com/doc/refman/8.4/en/information-schema.html,
https://mariadb.com/kb/en/information-schema-tables/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from auditor.model.catalogue import Calculation, Field, PicklistValue, Skipped
from auditor.sources.sql.reflected import ForeignKey, ReflectedTable

_TABLES = (
    "select table_name, table_type, table_comment from information_schema.tables "
    "where table_schema = :schema and table_type <> 'SEQUENCE' order by table_name"
)
_COLUMNS = (
    "select table_name, column_name, column_type, is_nullable, character_maximum_length, numeric_precision, "
    "numeric_scale, column_default, extra, column_comment, data_type from information_schema.columns "
    "where table_schema = :schema order by table_name, ordinal_position"
)
_INDEXES = (
    "select table_name, index_name, column_name, sub_part from information_schema.statistics "
    "where table_schema = :schema and non_unique = 0 order by table_name, index_name, seq_in_index"
)
_FOREIGN_KEYS = (
    "select table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name "
    "from information_schema.key_column_usage "
    "where table_schema = :schema and referenced_table_name is not null "
    "order by table_name, constraint_name, ordinal_position"
)
_SIZED = frozenset({"char", "varchar", "binary", "varbinary"})
_EXACT = frozenset({"decimal", "numeric"})
_MEMBER = re.compile(r"'((?:[^'\\]|''|\\.)*)'")


def read_mysql(connection: Connection, schema: str, skipped: list[Skipped]) -> tuple[ReflectedTable, ...]:
    """Read every table and view of one schema that the account may see.

    A view without columns is one whose tables are gone or closed to its definer; it is said under `skipped`.
    """
    columns: dict[str, list[Field]] = defaultdict(list)
    for row in _rows(connection, _COLUMNS, schema):
        columns[row[0]].append(_column(row))
    indexes = _indexes(connection, schema)
    foreign = _foreign_keys(connection, schema)
    tables = []
    for name, kind, comment in _rows(connection, _TABLES, schema):
        is_view = "VIEW" in kind
        if not columns.get(name):
            skipped.append(Skipped(f"{schema}.{name}", "the database shows no columns of it: it cannot be read"))
            continue
        tables.append(
            ReflectedTable(
                schema=schema,
                name=name,
                is_view=is_view,
                comment=None if is_view else comment or None,  # of a view it is the word VIEW, or why it is broken
                columns=tuple(columns[name]),
                primary=indexes[name].get("PRIMARY", ()),
                unique=frozenset(names[0] for names in indexes[name].values() if len(names) == 1),
                foreign_keys=tuple(foreign[name].values()),
            )
        )
    return tuple(tables)


def _rows(connection: Connection, query: str, schema: str) -> Iterator[tuple[Any, ...]]:
    return (tuple(row) for row in connection.execute(text(query), {"schema": schema}))


def _indexes(connection: Connection, schema: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Columns of each unique index. An index over a prefix or an expression makes no column unique."""
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for table, index, column, prefix in _rows(connection, _INDEXES, schema):
        # Two names stand for a part that is no whole column, so that the index is not taken for one of one column.
        part = (column,) if column is not None and prefix is None else ("", "")
        found[table][index] = found[table].get(index, ()) + part
    return found


def _foreign_keys(connection: Connection, schema: str) -> dict[str, dict[str, ForeignKey]]:
    found: dict[str, dict[str, ForeignKey]] = defaultdict(dict)
    for table, name, column, to_schema, to_table in _rows(connection, _FOREIGN_KEYS, schema):
        known = found[table].get(name)
        columns = (*known.columns, column) if known is not None else (column,)
        found[table][name] = ForeignKey(name, columns, to_schema, to_table)
    return found


def _column(row: Sequence[Any]) -> Field:
    _, name, kind, nullable, length, precision, scale, default, extra, comment, bare = row
    values = _members(kind) if bare in ("enum", "set") else ()
    said = str(extra or "").upper()
    automatic = Calculation.AUTO_NUMBER if "AUTO_INCREMENT" in said else None
    return Field(
        object="",
        name=name,
        type=kind,
        custom=None,
        required=nullable == "NO",
        # `DEFAULT_GENERATED` of MySQL 8 is a default that is an expression, not a generated column.
        calculation=Calculation.GENERATED if _is_generated(said) else automatic,
        length=length if bare in _SIZED else None,
        precision=precision if bare in _EXACT else None,
        scale=scale if bare in _EXACT else None,
        description=comment or None,
        default=None if default in (None, "NULL") else str(default),
        picklist=values,
        restricted=True if values else None,
    )


def _is_generated(extra: str) -> bool:
    return any(word in extra for word in ("VIRTUAL GENERATED", "STORED GENERATED", "PERSISTENT"))


def _members(kind: str) -> tuple[PicklistValue, ...]:
    found = (match.replace("''", "'") for match in _MEMBER.findall(kind))
    return tuple(PicklistValue(value, value) for value in found)
