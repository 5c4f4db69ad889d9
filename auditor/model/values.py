"""What a fact can be: a plain value, an interval, absent, or unknown with what would settle it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import lru_cache

from auditor.dataclasses import dataclass


class Absent(Enum):
    """The one value `ABSENT`: the fact cannot apply to the subject (`last_write` of a formula). It is known."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Unknown:
    """The evidence at hand cannot say. Names why, and the cheapest evidence that would settle it."""

    because: str
    settled_by: tuple[str, ...] = ()
    """Ids of evidence kinds, as in `auditor evidence plan` (`report-runs`, `tooling-custom-field` …)."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date known only within bounds (inclusive); None is an open end. Equal ends are an exact date.

    The commit that first added a field bounds its creation from above: `DateRange(None, commit_day)`
    proves `older_than` and never `newer_than`.
    """

    not_before: date | None
    not_after: date | None

    @staticmethod
    @lru_cache(maxsize=8192)
    def on(day: date) -> DateRange:
        """An exactly known date."""
        return DateRange(day, day)

    @property
    def exact(self) -> date | None:
        """The date, where both bounds agree."""
        return self.not_before if self.not_before == self.not_after else None


@dataclass(frozen=True, slots=True)
class Never:
    """A date fact for which nothing happened in what was watched: not once from `since` to `until`.

    `older_than` is true when the watched span covers the limit, unknown when it is shorter.
    `since` None means watched from the subject's beginning (a register, a full history).
    """

    since: date | None
    until: date


@dataclass(frozen=True, slots=True)
class CountRange:
    """A count known only within bounds (inclusive); `most` None is an open end."""

    least: int
    most: int | None


Scalar = str | int | float | bool | date
Known = Scalar | tuple[Scalar, ...] | DateRange | Never | CountRange | Absent
Value = Known | Unknown
