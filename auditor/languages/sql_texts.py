"""Texts of SQL statements before anybody parses them: their literals dropped, and read word by word.

Whoever cannot parse a statement still knows that it can name no column whose name does not stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

STANDARD_LITERALS: tuple[tuple[str, str], ...] = (
    (r"'[^']*'", "''"),
    (r"([=<>(,+*/%-]\s*)\d[\d.]*", r"\g<1>0"),
    (r"(?i)\b(limit|offset|and|between|top|then|else|when|interval)\s+\d[\d.]*", r"\g<1> 0"),
    (r"\(\s*(?:''|0|\?|\$\d+)(?:\s*,\s*(?:''|0|\?|\$\d+))+\s*\)", "(0)"),
    (r"(?:\(0\)\s*,\s*)+\(0\)", "(0)"),
    (r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/", " "),
)
"""Patterns of literals and what stands for them: values, lists of values, comments of tracing tools.

Numbers are dropped after a sign or a word only, since quoted names may hold some (`"Name 2"`)."""

MYSQL_LITERALS: tuple[tuple[str, str], ...] = ((r"'(?:[^'\\]|\\.)*'", "''"), *STANDARD_LITERALS[1:])
"""The same where a backslash escapes."""

_GROUP = re.compile(r"\\g<(\d)>")
_CURSOR = re.compile(r"declare\s+\S+\s+(?:\w+\s+)*?cursor\s+(?:with(?:out)?\s+hold\s+)?for\s+", re.IGNORECASE)
_PREPARE = re.compile(r"prepare\s+\S+(?:\s*\([^)]*\))?\s+as\s+", re.IGNORECASE)
_REPLACE = re.compile(r"replace\s+(?=into\b)", re.IGNORECASE)
_ELLIPSIS = re.compile(r"\(\s*\.\.\.\s*\)|\.\.\.")
_WORDS = re.compile(r'"((?:[^"]|"")+)"|\[([^\]]+)\]|`([^`]+)`|([^\W\d]\w*)')


def literals_of(dialect: str, *, engine: bool = False) -> tuple[tuple[str, str], ...]:
    r"""Patterns for a dialect; `engine`: groups are written `\1` as engines of data want them."""
    patterns = MYSQL_LITERALS if dialect in ("mysql", "mariadb") else STANDARD_LITERALS
    return (
        tuple((pattern, _GROUP.sub(r"\\\1", stand_in)) for pattern, stand_in in patterns) if engine else patterns
    )


def without_literals(text: str, dialect: str = "") -> str:
    """A text with its literals dropped."""
    for pattern, stand_in in literals_of(dialect):
        text = re.sub(pattern, stand_in, text)
    return text


def bare_statement(text: str) -> str:
    """The statement within cursors and prepared statements, in a spelling that parsers know."""
    stripped = text.strip().rstrip(";").strip()
    for prefix in (_CURSOR, _PREPARE):
        stripped = prefix.sub("", stripped, count=1) if prefix.match(stripped) else stripped
    stripped = _REPLACE.sub("INSERT ", stripped, count=1) if _REPLACE.match(stripped) else stripped
    return _ELLIPSIS.sub(lambda found: "(0)" if found[0].startswith("(") else "0", stripped)


def words_of(text: str) -> frozenset[str]:
    """Every word and every quoted name of a text, in lower case."""
    return frozenset(next(filter(None, found)).replace('""', '"').lower() for found in _WORDS.findall(text))


def spelled(names: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Names by what is left of them when literals are dropped (`amount (2)` becomes `amount (0)`)."""
    found: dict[str, list[str]] = {}
    for lowered, name in names.items():
        found.setdefault(without_literals(lowered), []).append(name)
    return {key: tuple(values) for key, values in found.items()}
