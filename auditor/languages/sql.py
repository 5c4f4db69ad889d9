"""What a SQL statement reads and writes: tables and columns, through aliases, common tables and subqueries.

Only this module and `sql_trees` speak sqlglot (MIT). A column that is not qualified belongs to the tables of its
own query that have it, by the schema that is given. What cannot be parsed is read word by word: possibly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.languages.sql_statements import Statement, Tables, read_words
from auditor.languages.sql_texts import bare_statement

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

LONGEST = 50_000
"""Characters of the longest statement that is parsed; a longer one is read word by word."""

_DIALECTS = {"postgresql": "postgres", "mariadb": "mysql", "mssql": "tsql", "sqlserver": "tsql"}


def read_statement(text: str, tables: Tables, dialect: str = "") -> Statement:
    """What a statement reads and writes. Never fails; what cannot be parsed is read word by word."""
    bare = bare_statement(text)
    tree = _parsed(bare, _DIALECTS.get(dialect, dialect)) if len(bare) <= LONGEST else None
    if tree is None:
        return read_words(bare, tables)
    from auditor.languages.sql_trees import Reading

    try:
        return Reading(tables).of(tree)
    except RecursionError:
        return read_words(bare, tables)


def can_parse() -> bool:
    """Whether the library that parses SQL is installed; else statements are only read word by word."""
    try:
        import sqlglot  # noqa: F401 - asked for, not used
    except ImportError:
        return False
    return True


def _parsed(text: str, dialect: str) -> Expr | None:
    """The tree of one statement; None where it is none, several, or more than the library understands."""
    if not can_parse():
        return None
    import logging

    import sqlglot
    from sqlglot.errors import SqlglotError

    # It warns of each statement that it does not know; they are counted by whoever asks.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    try:
        trees = [tree for tree in sqlglot.parse(text, read=dialect or None) if tree is not None]
    except (SqlglotError, RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        # A library of that size fails in more ways than it declares on texts that are no SQL.
        return None
    return trees[0] if len(trees) == 1 else None
