"""Read-only connections to databases by URL.

Credentials come from the environment or the driver's own files; whatever a URL holds is never printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from auditor.errors import SourceError

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

_EXTRAS = {"postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql", "mssql": "mssql", "oracle": "oracle"}
"""Which extra of the distribution brings a driver for a dialect."""

_READ_ONLY: Mapping[str, str] = {
    # https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-DEFAULT-TRANSACTION-READ-ONLY
    "postgresql": "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    # https://dev.mysql.com/doc/refman/8.4/en/set-transaction.html
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    # https://www.sqlite.org/pragma.html#pragma_query_only
    "sqlite": "PRAGMA query_only = ON",
}
"""What makes a session refuse writes. SQL Server and Oracle have no such statement for a whole session: there
reflection issues nothing but SELECT, and the account given should have read rights only."""


def open_engine(url: str) -> Engine:
    """Open a database so that nothing can be written where the engine can promise that.

    Raises:
        SourceError: the URL is malformed, or no driver for its dialect is installed.
    """
    parsed = parse_url(url)
    try:
        engine = create_engine(_opened_read_only(parsed))
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        dialect = parsed.get_backend_name()
        extra = _EXTRAS.get(dialect)
        hint = f"pip install 'crm-scope-auditor[{extra}]'" if extra else "install its SQLAlchemy dialect"
        raise SourceError(f"no driver for {dialect!r} is installed ({error}); {hint}") from None
    statement = _READ_ONLY.get(engine.dialect.name)
    if statement:
        event.listen(engine, "connect", _executes(statement))
    return engine


def parse_url(url: str) -> URL:
    """Read a database URL.

    Raises:
        SourceError: not a URL; the text itself is not repeated, since it may hold a password.
    """
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise SourceError(
            "the database URL cannot be read; write dialect://user@host/database, for example "
            "postgresql+psycopg://reader@erp.example.com/erp or sqlite:///erp.sqlite"
        ) from None


def shown_url(url: str) -> str:
    """The URL as it may be shown: without user name, password and query."""
    parsed = parse_url(url)
    shown = URL.create(parsed.drivername, host=parsed.host, port=parsed.port, database=parsed.database)
    return shown.render_as_string()


def reason_of(error: SQLAlchemyError, url: str) -> str:
    """The driver's own message in one line, with the password taken out."""
    cause = getattr(error, "orig", None) or error
    text = " ".join(str(cause).split())
    password = parse_url(url).password
    return text.replace(str(password), "***") if password else text


def _opened_read_only(url: URL) -> URL:
    """SQLite files are opened by URI with mode=ro, so that a mistyped path is an error and not a new file."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return url
    if url.database.startswith("file:"):
        return url
    return url.set(database=f"file:{url.database}", query={**url.query, "mode": "ro", "uri": "true"})


def _executes(statement: str) -> Any:  # noqa: ANN401 - SQLAlchemy types listeners so
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's own connection
        cursor = connection.cursor()
        cursor.execute(statement)
        cursor.close()

    return on_connect
