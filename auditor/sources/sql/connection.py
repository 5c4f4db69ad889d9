"""Read-only connections to databases by URL.

Credentials come from the environment or the driver's own files; whatever a URL holds is never printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from auditor.errors import SourceError

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

_EXTRAS = {"postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql", "mssql": "mssql", "oracle": "oracle"}
"""Which extra of the distribution brings a driver for a dialect."""

_DRIVERS = {
    "postgresql": "psycopg",
    "mysql": "pymysql",
    "mariadb": "pymysql",
    "mssql": "pymssql",
    "oracle": "oracledb",
}
"""The driver in each extra. A URL that names none means this one where it is installed."""

_CONNECT_SECONDS = {"psycopg": "connect_timeout", "psycopg2": "connect_timeout", "pymysql": "connect_timeout"}
"""Parameter of a driver that bounds the wait for a host that never answers."""
_PATIENCE = 15

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
        engine = _engine(_opened_read_only(_with_driver(parsed)))
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        dialect = parsed.get_backend_name()
        extra = _EXTRAS.get(dialect)
        hint = f"pip install 'crm-scope-auditor[{extra}]'" if extra else "install its SQLAlchemy dialect"
        if extra:
            hint += f" and write {dialect}+{_DRIVERS[dialect]}://…"
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


def reason_of(error: Exception, url: str) -> str:
    """The driver's own message in one line, with the password taken out, as it is and as the URL writes it."""
    cause = getattr(error, "orig", None) or error
    text = " ".join(str(cause).split())
    password = parse_url(url).password
    for written in (str(password), quote_plus(str(password)), quote(str(password), safe="")) if password else ():
        text = text.replace(written, "***")
    return text


def _with_driver(url: URL) -> URL:
    dialect = url.get_backend_name()
    driver = _DRIVERS.get(dialect)
    if "+" in url.drivername or driver is None or find_spec(driver) is None:
        return url
    return url.set(drivername=f"{dialect}+{driver}")


def _engine(url: URL) -> Engine:
    waiting = _CONNECT_SECONDS.get(url.get_driver_name())
    if waiting is None or waiting in url.query:
        return create_engine(url)
    return create_engine(url, connect_args={waiting: _PATIENCE})


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
        # PostgreSQL takes a setting back with its transaction, and the pool rolls back before the first use.
        connection.commit()

    return on_connect
