"""Evidence from databases: logs and registers of SQL statements."""

from __future__ import annotations

import shlex

from auditor.usage.kinds import EvidenceKind, PlanTarget, Recipe
from auditor.usage.sqllogs.log import read_sql_log
from auditor.usage.sqllogs.statements import read_sql_statements

_STATEMENTS = "SELECT query, calls, rows, userid FROM pg_stat_statements"
_INFO = "SELECT dealloc, stats_reset FROM pg_stat_statements_info"


def _register_commands(target: PlanTarget) -> tuple[str, ...]:
    folder = f"{target.folder}/sql"
    return (
        f"mkdir -p {shlex.quote(folder)}",
        _copied(_STATEMENTS, f"{folder}/pg_stat_statements.csv"),
        _copied(_INFO, f"{folder}/pg_stat_statements_info.csv"),
    )


def _copied(query: str, path: str) -> str:
    return f'psql "$DATABASE_URL" --csv --command {shlex.quote(query)} --output {shlex.quote(path)}'


def _log_commands(target: PlanTarget) -> tuple[str, ...]:
    folder = shlex.quote(f"{target.folder}/sql/log")
    settings = (
        f"ALTER SYSTEM SET {name} = {value}"
        for name, value in (
            ("log_destination", "'csvlog'"),
            ("logging_collector", "on"),
            ("log_statement", "'all'"),
        )
    )
    switching = (f'psql "$DATABASE_URL" --command {shlex.quote(each)}' for each in settings)
    return (*switching, f"mkdir -p {folder}", f"cp /var/lib/postgresql/data/log/*.csv {folder}")


SQL_LOGS: tuple[EvidenceKind, ...] = (
    EvidenceKind(
        "sql-log",
        Recipe(
            _log_commands,
            lambda _: 0,
            "the database's administrator switches logging of all statements on for the window (PostgreSQL: "
            "log_statement = all and a restart; MySQL: general_log = on)",
        ),
        ("sql/log/*.csv", "sql/log/*.csv.gz", "sql/log/*.log"),
        (
            frozenset({"query", "time", "user"}),
            frozenset({"query", "timestamp", "user"}),
            frozenset({"statement", "time", "user"}),
            frozenset({"log_time", "message", "command_tag"}),
            frozenset({"event_time", "command_type", "argument"}),
            frozenset({"start_time", "user_host", "sql_text"}),
        ),
        read_sql_log,
    ),
    EvidenceKind(
        "sql-statements",
        Recipe(_register_commands, lambda _: 2, "the same queries in any client of the database, saved as CSV"),
        ("sql/pg_stat_statements.csv", "*pg_stat_statements.csv"),
        (
            frozenset({"query", "calls"}),
            frozenset({"digest_text", "count_star"}),
            frozenset({"query_sql_text", "count_executions"}),
            frozenset({"dealloc", "stats_reset"}),
        ),
        read_sql_statements,
    ),
)
