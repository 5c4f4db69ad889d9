"""What a reader of usage evidence is asked: which files, of which kind, about which system."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias

from auditor.dataclasses import dataclass, field
from auditor.model.catalogue import Catalog
from auditor.model.observations import Evidence

RowSource: TypeAlias = Callable[[str], Iterable[Mapping[str, object]]]
"""The rows of an object by its name, each by column, from a connection opened for reading. It raises an
`AuditorError` for an object that cannot be read, before or between rows."""


@dataclass(frozen=True, slots=True)
class UsageRequest:
    """One source of evidence to be read.

    `id` names the source in everything that is read from it. `as_of` is the audit's day. `options` come from
    `auditor.yaml`; every reader understands `exported` (the day of the export, ISO). `before` is what other
    sources said already, for readers that join with them (a report describe dates its columns by the register).
    `row_source` gives the rows of a database to the kind that reads one.
    """

    id: str
    system: str
    kind: str
    paths: tuple[Path, ...]
    as_of: date
    catalog: Catalog
    options: Mapping[str, str] = field(default_factory=dict)
    before: Evidence | None = None
    row_source: RowSource | None = None
    pipeline: frozenset[str] = frozenset()
    """Ids or names of the users that deploy, as declared; a reader hashes them before it compares."""
    daily: bool = False
    """Whether a log is to count day by day too."""
    whole_days: bool = False
    """Whether a log is to claim only days that it covers wholly, as what accumulates must."""


Reader: TypeAlias = Callable[[UsageRequest], Evidence]
"""Reads one source. Bad rows and bad files become skipped lines; it raises for nothing in them."""
