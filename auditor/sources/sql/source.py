"""Databases as a source: tables, views, columns, comments and keys, read in bulk."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import inspect
from sqlalchemy.engine import Connection
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.exc import SQLAlchemyError

from auditor.errors import SourceError
from auditor.model.catalogue import Catalog, Object, Role, Skipped
from auditor.sources.sql.connection import open_engine, reason_of, shown_url
from auditor.sources.sql.inspection import inspect_tables
from auditor.sources.sql.mysql import read_mysql
from auditor.sources.sql.partitions import without_partitions
from auditor.sources.sql.reflected import ReflectedTable, table_object

_MYSQL = frozenset({"mysql", "mariadb"})
_NAMED_AT_MOST = 20


def read_database(url: str, system: str, role: Role, schemas: Sequence[str | None] = (None,)) -> Catalog:
    """Read tables and views of the given schemas (None: the connection's default one).

    A few queries a schema, not one a table, but on SQLite. Objects outside the default schema are named
    `schema.table`. A schema that exists and shows nothing is said under `skipped`.

    Raises:
        SourceError: the database cannot be reached, its driver is missing, or a schema does not exist.
    """
    engine = open_engine(url)
    skipped: list[Skipped] = []
    try:
        with engine.connect() as connection:
            objects = _objects(connection, schemas, skipped)
    except (SQLAlchemyError, OSError, RuntimeError, ValueError) as error:  # drivers raise their own, too
        raise SourceError(
            f"cannot read the database {shown_url(url)}: {reason_of(error, url)}; "
            "check that it runs, that the account may connect and that the schema exists"
        ) from None
    finally:
        engine.dispose()
    return Catalog(
        system=system,
        role=role,
        kind="sql",
        objects=tuple(sorted(objects, key=lambda table: table.name)),
        channels={"table": len(objects)},
        skipped=tuple(sorted(skipped)),
        location=shown_url(url),
    )


def _objects(connection: Connection, schemas: Sequence[str | None], skipped: list[Skipped]) -> list[Object]:
    inspector = inspect(connection)
    default = inspector.default_schema_name
    named = dict.fromkeys(default if schema is None else schema for schema in schemas)
    objects: dict[str, Object] = {}
    for schema in named:
        tables = _tables(connection, inspector, schema, skipped)
        if not tables:
            skipped.append(Skipped(schema or "", _nothing_in(inspector, schema)))
        for table in tables:
            read = table_object(table, default)
            objects.setdefault(read.name, read)
    return list(objects.values())


def _tables(
    connection: Connection, inspector: Inspector, schema: str | None, skipped: list[Skipped]
) -> tuple[ReflectedTable, ...]:
    dialect = connection.dialect.name
    if dialect in _MYSQL:
        if schema is None:
            raise SourceError("the database URL names no database; add one to it, or list some under schemas")
        return read_mysql(connection, schema, skipped)
    tables = inspect_tables(inspector, schema, skipped)
    if dialect == "postgresql" and schema is not None:
        return without_partitions(connection, schema, tables, skipped)
    return tables


def _nothing_in(inspector: Inspector, schema: str | None) -> str:
    """Why a schema shows nothing.

    Raises:
        SourceError: because there is none of that name.
    """
    known = sorted(inspector.get_schema_names())
    # Oracle takes names in any case; SQL Server also takes `database.owner`.
    if schema is None or schema.lower() in {name.lower() for name in known} or "." in schema:
        return "the schema holds no table or view that this account may see"
    shown = ", ".join(known[:_NAMED_AT_MOST]) + (" …" if len(known) > _NAMED_AT_MOST else "")
    raise SourceError(f"the database has no schema {schema!r} that this account may see; it has {shown}")
