"""How far the values of a CRM and an ERP diverge: measures and, where asked for, a few examples. Never stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Skipped
from auditor.model.reconciliation import ValueKind


class Stale(StrEnum):
    """Which side of a field was left behind, where its values differ."""

    CRM = "crm"
    ERP = "erp"
    BOTH = "both"
    """Some rows on this side, some on the other."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Staleness:
    """Of the rows that differ: how many were changed last on which side.

    A row is stale on the side that was changed first, unless most rows that agree were changed in the same order
    (a sync that touches every row each night says nothing). Where only the CRM dates its rows, it is held to be
    stale if all rows that differ were refreshed before every row that agrees.
    """

    side: Stale
    crm: int = 0
    erp: int = 0
    since: date | None = None
    """The first day since which a value of the stale side is known to be behind."""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """One row whose values differ. Values and (where it is one) the key are masked unless they were asked for."""

    record: str
    """Id of the CRM's record, or the key."""
    crm: str
    erp: str


@dataclass(frozen=True, slots=True)
class FieldDivergence:
    """How far one field of a CRM and one of an ERP agree, over the rows that both sides have."""

    crm_field: str
    erp_field: str
    kind: ValueKind
    tolerance: float
    agreed: int
    crm_empty: int
    erp_empty: int
    both_empty: int
    different: int
    staleness: Staleness
    examples: tuple[Example, ...] = ()
    codes: int = 0
    """Pairs of codes in the inferred map; 0 for other kinds."""

    @property
    def agreement(self) -> float | None:
        """Share of the rows, filled on one side at least, that agree; None without such a row."""
        told = self.agreed + self.crm_empty + self.erp_empty + self.different
        return self.agreed / told if told else None


@dataclass(frozen=True, slots=True)
class JoinCounts:
    """How the rows of both sides met. Rows without a key, and rows whose key stands twice on a side, meet none."""

    paired: int
    only_crm: int
    only_erp: int
    crm_keyless: int = 0
    erp_keyless: int = 0
    crm_repeated: int = 0
    erp_repeated: int = 0

    @property
    def crm_rows(self) -> int:
        """Rows of the CRM with a key."""
        return self.paired + self.only_crm + self.crm_repeated

    @property
    def erp_rows(self) -> int:
        """Rows of the ERP with a key."""
        return self.paired + self.only_erp + self.erp_repeated


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """What each side says of one period, customer or area; `name` is empty where it is not said."""

    name: str
    crm: Decimal
    erp: Decimal

    @property
    def gap(self) -> Decimal:
        """CRM minus ERP."""
        return self.crm - self.erp


@dataclass(frozen=True, slots=True)
class MoneyRecord:
    """A row that explains part of a gap; None on the side that does not have it."""

    record: str
    crm: Decimal | None
    erp: Decimal | None

    @property
    def gap(self) -> Decimal:
        """CRM minus ERP; a side that has no such row counts nothing."""
        return (self.crm or Decimal(0)) - (self.erp or Decimal(0))


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The sums of one figure as each side tells them: all rows with a key, with a partner or without."""

    figure: str
    crm_field: str
    erp_field: str
    crm: Decimal
    erp: Decimal
    different: int
    """Rows of both sides whose amounts differ, tolerance apart."""
    only_crm: Decimal
    only_erp: Decimal
    """Sums of the rows that one side alone has."""
    crm_keyless: Decimal = Decimal(0)
    erp_keyless: Decimal = Decimal(0)
    """Sums of the rows without a key, which are in no other figure."""
    by_period: tuple[MoneyCell, ...] = ()
    by_customer: tuple[MoneyCell, ...] = ()
    """Largest gaps first; the rest together under `…`."""
    by_area: tuple[MoneyCell, ...] = ()
    records: tuple[MoneyRecord, ...] = ()
    """Those that explain most of it, largest first."""
    explained: float | None = None
    """Share of all absolute gaps that these records make up; None where there is no gap."""

    @property
    def gap(self) -> Decimal:
        """CRM minus ERP."""
        return self.crm - self.erp


@dataclass(frozen=True, slots=True)
class PairDivergence:
    """One pair of objects, joined and compared."""

    id: str
    crm_object: str
    erp_object: str
    crm_key: str
    erp_key: str
    counts: JoinCounts
    fields: tuple[FieldDivergence, ...] = ()
    missing_since: date | None = None
    """The first day from which rows of the ERP, by their date, are missing in the CRM."""
    missing_until: date | None = None
    money: MoneyView | None = None


@dataclass(frozen=True, slots=True)
class KeyProposal:
    """Fields by which rows of two objects may be joined, with what was measured. Shares are from 0 to 1."""

    crm_object: str
    erp_object: str
    crm_key: str
    erp_key: str
    crm_unique: float
    """Distinct values among the filled ones of the CRM's field."""
    erp_unique: float
    overlap: float
    """Distinct values that both sides have, of those of the side with fewer."""
    crm_filled: float
    common: int
    """Distinct values that both sides have."""
    because: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    """Pairs of fields that seem to hold the same, to be compared."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """What `auditor reconcile` found, in the order of the configuration."""

    pairs: tuple[PairDivergence, ...] = ()
    proposals: tuple[KeyProposal, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    values_shown: bool = False
