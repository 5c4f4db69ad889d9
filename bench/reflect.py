"""How much cheaper reading the catalogue of a database in bulk is than asking it table by table.

    python -m bench.reflect [--tables N] [--runs N]

Starts a PostgreSQL of its own in a temporary folder (`initdb` and `postgres` from PATH or from
/usr/lib/postgresql), fills it with N tables with keys, indexes and comments, and reads them as audits do. The same
by SQLAlchemy's inspector table by table (columns, keys, indexes, constraints, comments) in the same run must give
the same catalogue at five times the cost at least. Ends with 2 where PostgreSQL or its driver is missing.
"""

from __future__ import annotations

import argparse
import os
import pwd
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine, inspect
from sqlalchemy.engine.reflection import Inspector

from auditor.model.catalogue import Catalog, Object, Role, Skipped
from auditor.sources.sql.inspection import inspect_tables
from auditor.sources.sql.reflected import table_object
from auditor.sources.sql.source import read_database
from bench.ratios import Ratio, least, spent, verdict

LIMIT, AIM = 0.2, 0.1
PATIENCE = 60
"""Seconds within which the server must answer."""
ACCOUNTS = ("postgres", "nobody")
"""Who runs the server where the bench is run by root, whom PostgreSQL refuses."""

_TYPES = """
CREATE TYPE phase AS ENUM ('open', 'held', 'closed');
CREATE DOMAIN amount AS numeric(18, 2) CHECK (VALUE >= 0);
"""
_TABLE = """
CREATE TABLE erp_{number} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    company integer NOT NULL,
    code varchar(20) NOT NULL,
    name varchar(120),
    state phase NOT NULL DEFAULT 'open',
    net amount,
    gross numeric(18, 2) GENERATED ALWAYS AS (net * 1.25) STORED,
    parent_id bigint {parent},
    changed timestamptz NOT NULL DEFAULT now(),
    note text,
    UNIQUE (company, code)
);
CREATE UNIQUE INDEX erp_{number}_name ON erp_{number} (name) WHERE state = 'open';
CREATE INDEX erp_{number}_changed ON erp_{number} (changed, state);
COMMENT ON TABLE erp_{number} IS 'Part {number} of the ledger';
COMMENT ON COLUMN erp_{number}.code IS 'What people call it';
COMMENT ON COLUMN erp_{number}.net IS 'Before tax';
"""
_VIEW = "CREATE VIEW seen_{number} AS SELECT id, code, gross FROM erp_{number};"


class MissingError(Exception):
    """Indicates what the bench needs and does not find."""


class OneByOne:
    """An inspector that answers for all tables by asking for each of them."""

    def __init__(self, inspector: Inspector) -> None:
        self._inspector = inspector
        names = (inspector.get_table_names(), inspector.get_view_names(), inspector.get_materialized_view_names())
        self._names = [name for each in names for name in each]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the inspector has
        if not name.startswith("get_multi_"):
            return getattr(self._inspector, name)
        ask = getattr(self._inspector, name.replace("_multi", ""))
        return lambda schema, **_: {(schema, each): ask(each, schema=schema) for each in self._names}


def by_table(url: str) -> tuple[Object, ...]:
    """The objects of the default schema, reflected table by table."""
    engine = create_engine(url)
    skipped: list[Skipped] = []
    with engine.connect() as connection:
        inspector = inspect(connection)
        default = inspector.default_schema_name
        tables = inspect_tables(OneByOne(inspector), default, skipped)  # type: ignore[arg-type]  # looks like one
    engine.dispose()
    return tuple(sorted((table_object(table, default) for table in tables), key=lambda each: each.name))


def in_bulk(url: str) -> Catalog:
    """The reading under test."""
    return read_database(url, "erp", Role.ERP)


@contextmanager
def server() -> Iterator[tuple[str, int]]:
    """A PostgreSQL that answers on a socket in a temporary folder: its URL and process id.

    Raises:
        MissingError: there is none on this machine, or it did not start.
    """
    initdb, postgres = _binary("initdb"), _binary("postgres")
    if find_spec("psycopg") is None:
        raise MissingError("no driver: pip install 'crm-scope-auditor[postgresql]'")
    account = _account()
    with TemporaryDirectory(prefix="bench-reflect-") as name:
        folder = Path(name)
        if account is not None:
            os.chown(folder, *account)
        as_account = {} if account is None else {"user": account[0], "group": account[1], "extra_groups": []}
        common: dict[str, Any] = {"cwd": folder, "env": {**os.environ, "HOME": name, "LC_ALL": "C"}, **as_account}
        _made([initdb, "-D", "data", "-U", "bench", "-A", "trust", "-N", "-E", "UTF8"], common)
        options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_locks_per_transaction=1024"]
        process = subprocess.Popen(
            [postgres, "-D", "data", "-k", name, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **common,
        )
        try:
            url = f"postgresql+psycopg://bench@/postgres?host={name}"
            _answers(url, process)
            yield url, process.pid
        finally:
            process.terminate()
            process.wait()


def fill(url: str, tables: int) -> None:
    """Create the tables, each pointing at the one before, and a view for every tenth."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(_TYPES)
        for number in range(tables):
            parent = f"REFERENCES erp_{number - 1} (id)" if number else ""
            view = "" if number % 10 else _VIEW.format(number=number)
            connection.exec_driver_sql(_TABLE.format(number=number, parent=parent) + view)
    engine.dispose()


def processors(postmaster: int) -> Callable[[], float]:
    """Seconds of all processors that this process and the server have used; the server's are known on Linux."""

    def seconds() -> float:
        places = [place for place in Path("/proc").glob("[0-9]*/stat") if place.parent.name != str(os.getpid())]
        ticks = sum(_ticks(place, postmaster) for place in places)
        return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")

    return seconds


def _ticks(place: Path, postmaster: int) -> int:
    """Of a process of the server: its own, and for the first of them those of its children that have ended."""
    try:
        # The name of the program may hold anything, so counting begins behind it; see proc_pid_stat(5).
        told = re.sub(r"^.*\) ", "", place.read_text()).split()
    except OSError:
        return 0
    if int(place.parent.name) == postmaster:
        return sum(map(int, told[11:15]))
    return sum(map(int, told[11:13])) if int(told[1]) == postmaster else 0


def _binary(name: str) -> str:
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: path.parts[-3])
    found = shutil.which(name) or (str(versions[-1]) if versions else None)
    if found is None:
        raise MissingError(f"no {name} on PATH or in /usr/lib/postgresql: install the PostgreSQL server")
    return found


def _account() -> tuple[int, int] | None:
    """User and group that the server runs as; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise MissingError(f"root may not run PostgreSQL, and there is no user {' or '.join(ACCOUNTS)}")


def _made(command: list[str], common: dict[str, Any]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **common)
    except OSError as error:
        raise MissingError(f"{command[0]} cannot be run: {error}") from None
    if done.returncode:
        raise MissingError(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")


def _answers(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    from sqlalchemy.exc import OperationalError

    engine = create_engine(url)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            engine.connect().close()
        except OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise MissingError(f"PostgreSQL did not start: {error.orig}") from None
            time.sleep(0.2)
        else:
            engine.dispose()
            return


def compare(url: str, postmaster: int, runs: int) -> int:
    """Read both ways by turns, and hold one to the other."""
    clock = processors(postmaster)
    pairs = [(spent(lambda: by_table(url), clock), spent(lambda: in_bulk(url), clock)) for _ in range(runs)]
    single, bulk = least([each for each, _ in pairs]), least([each for _, each in pairs])
    found = in_bulk(url)
    same = found.objects == by_table(url)
    columns = sum(len(each.fields) for each in found.objects)
    print(
        f"{len(found.objects):,} tables and views, {columns:,} columns: a query a table {single.wall:.2f} s"
        f" ({single.cpu:.2f} s of processors), in bulk {bulk.wall:.2f} s ({bulk.cpu:.2f} s);"
        f" {'the same catalogue' if same else 'NOT the same catalogue'}"
    )
    ratios = [
        Ratio("in bulk to a query a table, by the clock", bulk.wall / single.wall, LIMIT, aim=AIM),
        Ratio("in bulk to a query a table, processors and server", bulk.cpu / single.cpu, LIMIT, aim=AIM),
    ]
    return verdict(ratios) or (0 if same else 1)


def main() -> int:
    """Measure, print, and fail beyond the limit or where both ways differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=2)
    asked = parser.parse_args()
    try:
        with server() as (url, postmaster):
            fill(url, asked.tables)
            return compare(url, postmaster, asked.runs)
    except MissingError as error:
        print(f"bench.reflect: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
