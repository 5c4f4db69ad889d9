"""What a file looks like from outside: enough to guess what kind of evidence it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from auditor.errors import FormatError
from auditor.formats.tables import open_table
from auditor.usage.kinds import EvidenceKind


def columns_of(path: Path) -> frozenset[str]:
    """Column names of a table in lower case; empty for anything else.

    Members of a JSON document stand with dots, and all members of one as `member.*`.
    """
    try:
        names = {column.lower() for column in open_table(path).columns}
    except FormatError:
        return frozenset()
    return frozenset(names | {f"{name.partition('.')[0]}.*" for name in names if "." in name})


def kind_of_columns(columns: frozenset[str], kinds: Iterable[EvidenceKind]) -> str | None:
    """The kind whose signature is wholly among the columns; the longest signature wins, then the first kind."""
    fitting = [
        (-len(signature), place, kind.id)
        for place, kind in enumerate(kinds)
        for signature in kind.signatures
        if signature <= columns
    ]
    return min(fitting)[2] if fitting else None
