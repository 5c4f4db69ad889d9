"""What is asked of the records of one object, and what their measures are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from auditor.dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Measured:
    """One field to be measured. `columns`: headers that it may stand under.

    `flag`: a checkbox, which is never empty; it counts as filled where it is true, or, where true is its default,
    wherever it says anything. `default`: None where there is none or it is no plain value. `placeholders` None: a
    type in which none can be told. `tellable`: its most frequent value may be told.
    """

    columns: tuple[str, ...]
    flag: bool = False
    default: str | None = None
    placeholders: tuple[str, ...] | None = None
    tellable: bool = False


@dataclass(frozen=True, slots=True)
class RecordColumns:
    """Where rows tell what they are: headers, best first; empty where they tell nothing."""

    created: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    creator: tuple[str, ...] = ()
    record_type: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What rows are judged by: the kind of actor behind a creator's id, and the day of the audit.

    `at_once`: cells that one statement measures; of larger tables some fields at a time, to bound memory.
    """

    kind_of: Callable[[str], str]
    as_of: date
    at_once: int = 20_000_000


@dataclass(frozen=True, slots=True, order=True)
class CohortRows:
    """Rows of one cohort, and for a field how many of them are filled. Quarter like `2026-Q3`; empty for none."""

    quarter: str
    record_type: str
    creator: str
    rows: int
    filled: int = 0
    newest_created: date | None = None
    newest_touched: date | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What one field holds. Shares are of the filled rows, None where they cannot be measured."""

    rows: int
    filled: int
    distinct: int
    dominant: str | None
    dominant_share: float | None
    default_share: float | None
    placeholder_share: float | None
    newest_with_value: date | None
    newest_touched_with_value: date | None
    cohorts: tuple[CohortRows, ...] = ()


@dataclass(slots=True)
class Profiled:
    """Everything measured of one object; `profiles` in the order of the fields that were asked for.

    `rejected` counts the rows of each file that could not be read, of which `bad_rows` names the first.
    """

    rows: int = 0
    deleted: int = 0
    future: int = 0
    cohorts: tuple[CohortRows, ...] = ()
    profiles: list[Profile] = field(default_factory=list)
    per_file: dict[Path, int] = field(default_factory=dict)
    bad_rows: list[tuple[Path, int | None, str]] = field(default_factory=list)
    rejected: dict[Path, int] = field(default_factory=dict)
