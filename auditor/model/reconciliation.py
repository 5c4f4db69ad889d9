"""What is compared between a CRM and an ERP, value by value: as it was confirmed in `auditor.yaml`."""

from __future__ import annotations

from enum import StrEnum

from auditor.dataclasses import dataclass


class ValueKind(StrEnum):
    """How two values of a field are brought into one form before they are compared."""

    AUTO = "auto"
    """By the declared types of both fields."""
    TEXT = "text"
    """Without case, and with runs of spaces as one."""
    NUMBER = "number"
    """As numbers, whatever the decimal sign; the tolerance is in units of the CRM's number."""
    DATE = "date"
    """As days, in the time zone that is declared (UTC without one); the tolerance is in days."""
    BOOLEAN = "boolean"
    """`true`, `1`, `yes`, `ja` … against `false`, `0`, `no`, `nej` …"""
    PHONE = "phone"
    """By digits, with or without the country's code."""
    TAX_NUMBER = "tax_number"
    """VAT and organisation numbers: letters and digits only, without country and (Sweden) `01` and century."""
    CODE = "code"
    """By a map from the codes of one side to those of the other, which is inferred from the rows."""


class InAudit(StrEnum):
    """Whether `auditor audit` compares what `auditor reconcile` compares."""

    AUTO = "auto"
    """Where all rows lie in files of 64 MiB at most, together; a database of SQLite is one."""
    ALWAYS = "always"
    NEVER = "never"


class Period(StrEnum):
    """By which spans the money view sums."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class SideRule:
    """One side of a pair: its object, where its rows lie, and which fields identify, date and weigh them.

    Fields may be paths over links (`AccountId.Customer_Number__c`). `path`, `url` and `secret_env` are empty where
    the rows are those of the evidence (record extracts) or of the system's own database.
    """

    object: str
    key: str
    """A field, a path, or a text with fields in braces: `{ordernr}-{radnr}`."""
    path: str = ""
    url: str = ""
    secret_env: str | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Field → values, one of which it must have."""
    within: tuple[tuple[str, str], ...] = ()
    """Field → `Object.Field` of the other side, among whose values it must be."""
    changed: str = ""
    """The field that says when the row was last changed (or loaded)."""
    amount: str = ""
    dated: str = ""
    customer: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Two fields that should hold the same.

    `tolerance` is the largest difference that counts as agreement (None: by the decimals of both fields);
    `scale` is what the ERP's number is multiplied by; `zone` is the time zone in which moments become days.
    """

    crm: str
    erp: str
    kind: ValueKind = ValueKind.AUTO
    tolerance: float | None = None
    scale: float = 1.0
    zone: str = ""


@dataclass(frozen=True, slots=True)
class PairRule:
    """Two objects whose rows are joined and compared. `figure` names it in the money view; empty: not in it."""

    id: str
    crm: SideRule
    erp: SideRule
    fields: tuple[FieldRule, ...] = ()
    figure: str = ""
    period: Period = Period.MONTH
    loose: bool = False
    """Whether keys are joined by letters and digits alone, without leading zeros."""
    key_map: str = ""
    """A file with the columns `crm_key` and `erp_key`: which row is which; empty: their keys are the same."""
    where: str = ""
    """`file:line:column` in the configuration."""
