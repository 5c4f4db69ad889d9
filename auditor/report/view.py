"""What a report shows, in words and rounded: the same values for every format.

A report is a first page and sections; a section is a lead and blocks. Writers only lay out and escape.
"""

from __future__ import annotations

from typing import TypeAlias

from auditor.dataclasses import dataclass
from auditor.model.results import GrowthRow, Tier


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; figures are set to the right, paths and names may break anywhere."""

    title: str
    figures: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is printed whole."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LongTable:
    """A table that is searched rather than read: a first part is printed, `file` holds all of it."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    printed: int
    file: str
    note: str = ""

    @property
    def head(self) -> tuple[tuple[str, ...], ...]:
        """The rows that are printed."""
        return self.rows[: self.printed]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a count, the limit it runs against (None: not known), and what is wrong with it, if anything."""

    label: str
    value: int
    limit: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts that are compared by length."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""
    heading: str = ""
    """What the labels are; empty: objects."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements."""

    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class PolicyBlock:
    """Everything that one policy found: what it means, what was found, and what keeps the rest open."""

    id: str
    title: str
    severity: str
    tally: str
    why: str
    steps: tuple[str, ...]
    found: Table | None = None
    open: Table | None = None
    origin: str = ""


Block: TypeAlias = Table | LongTable | Bars | Paragraph | Bullets | PolicyBlock


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report; `id` is its address within the document."""

    id: str
    title: str
    lead: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Stat:
    """One figure of the first page: the figure, what is counted, and a remark."""

    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GrowthChart:
    """Growth of one system by quarter, oldest first; `rows` empty where nothing dates the fields."""

    title: str
    rows: tuple[GrowthRow, ...]
    summary: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """One of at most ten things for the reader to do."""

    number: int
    subject: str
    title: str
    severity: str
    what: str
    why: str
    action: str
    whom: str = ""
    evidence: tuple[str, ...] = ()
    """Facts that it rests on."""
    sources: tuple[str, ...] = ()
    """Where those facts came from."""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class TierView:
    """One tier of the first page and its cards; `empty` says what it means that there is none."""

    tier: Tier
    title: str
    lead: str
    cards: tuple[CardView, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Watched:
    """One line of the evidence: what was watched, from when to when, and by which source."""

    what: str
    span: str
    source: str


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What a management group sees first."""

    company: str
    title: str
    as_of: str
    systems: tuple[str, ...]
    headline: str
    stats: tuple[Stat, ...]
    growth: tuple[GrowthChart, ...]
    largest: Bars | None
    """The largest objects, where there is no growth to show."""
    watched: tuple[Watched, ...]
    unwatched: tuple[str, ...]
    tiers: tuple[TierView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report."""

    first: FirstPage
    sections: tuple[Section, ...]
