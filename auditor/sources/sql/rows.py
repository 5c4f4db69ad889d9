"""Rows of a table from a read-only connection, streamed, for measures over records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, inspect, literal_column, select, table
from sqlalchemy.exc import SQLAlchemyError

from auditor.errors import SourceError
from auditor.sources.sql.connection import open_engine, reason_of, shown_url

Rows = Callable[[str], Iterator[Mapping[str, object]]]
_BUFFER = 2_000
"""Rows that are held at once."""


def row_source(url: str) -> Rows:
    """A function that gives the rows of an object, by the name that reflection gave it.

    Each call opens a session of its own that refuses writes, streams from a cursor and closes with the last row.

    Raises:
        SourceError: the URL is malformed or no driver is installed; the function raises it where the database
            cannot be reached or the table not be read.
    """
    engine = open_engine(url)

    def rows(name: str) -> Iterator[Mapping[str, object]]:
        try:
            with engine.connect() as connection:
                schema, bare = _located(connection, name)
                query: Select[Any] = select(literal_column("*")).select_from(table(bare, schema=schema))
                streamed = connection.execution_options(stream_results=True, max_row_buffer=_BUFFER)
                with streamed.execute(query) as result:
                    yield from (dict(row) for row in result.mappings())
        except SQLAlchemyError as error:
            raise SourceError(f"{shown_url(url)}: {reason_of(error, url)}") from None
        finally:
            # Who reads the first row only leaves no connection open in the pool.
            engine.dispose()

    return rows


def _located(connection: Connection, name: str) -> tuple[str | None, str]:
    """Schema and table of a printed name: `schema.table` outside the default schema, but a table may hold dots."""
    schema, dot, bare = name.partition(".")
    if dot and not inspect(connection).has_table(name):
        return schema, bare
    return None, name
