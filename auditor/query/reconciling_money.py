"""The money view: the sums of each side by period, customer and area, and which rows explain the gap."""

# ruff: noqa: S608 - nothing from elsewhere stands in SQL but as a quoted literal

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from auditor.model.divergence import MoneyCell, MoneyRecord, MoneyView
from auditor.model.reconciliation import PairRule, Period
from auditor.query.engine import Engine
from auditor.query.reconciling_telling import told_record
from auditor.query.reconciling_values import number_text_sql, text_sql

RECORDS = 10
"""Rows that are named as explaining most of a gap."""
CUSTOMERS = 20
"""Customers with the largest gaps; the others are told together."""
REST = "…"
_CENT = Decimal("0.01")
_PERIODS = {
    Period.MONTH: "strftime({day}, '%Y-%m')",
    Period.QUARTER: "year({day}) || '-Q' || quarter({day})",
    Period.YEAR: "strftime({day}, '%Y')",
}
_Sums = dict[str, Decimal]


def money_view(engine: Engine, rule: PairRule, crm: str, erp: str, *, shown: bool) -> MoneyView:
    """Sums of all rows with a key of both sides, whether they meet or not, in the currency in which they are kept.

    Rows without a key do not claim to be in the other system; their sum is told apart. A dimension is told where
    both sides name it.

    Raises:
        FormatError: a file cannot be read.
    """
    left, right = (_amounts(each, rule.period) for each in (crm, erp))
    sums = tuple(_sums(engine, each) for each in (left, right))
    crm_total, erp_total = (each["whole"].get("", Decimal(0)) for each in sums)
    different, only_crm, only_erp, gaps = _explained(engine, left, right)
    records = _records(engine, left, right, shown=shown)
    told = sum((abs(each.gap) for each in records), Decimal(0))
    return MoneyView(
        figure=rule.figure,
        crm_field=rule.crm.amount,
        erp_field=rule.erp.amount,
        crm=_cents(crm_total),
        erp=_cents(erp_total),
        different=different,
        only_crm=_cents(only_crm),
        only_erp=_cents(only_erp),
        crm_keyless=_cents(sums[0]["keyless"].get("", Decimal(0))),
        erp_keyless=_cents(sums[1]["keyless"].get("", Decimal(0))),
        by_period=_cells(sums, "period") if rule.crm.dated and rule.erp.dated else (),
        by_customer=_largest(_cells(sums, "customer")) if rule.crm.customer and rule.erp.customer else (),
        by_area=_cells(sums, "area") if rule.crm.area and rule.erp.area else (),
        records=records,
        explained=float(told / gaps) if gaps else None,
    )


def _amounts(side: str, period: Period) -> str:
    """Rows of a side as key, record, amount and the three ways in which they are summed."""
    amount = f"TRY_CAST({number_text_sql('trim(amount)')} AS DECIMAL(28, 6))"
    span = _PERIODS[period].format(day="(DATE '1970-01-01' + dated::INTEGER)")
    return (
        f"SELECT k, coalesce(id, k) AS record, {amount} AS amount, coalesce({span}, '') AS period,"
        f" coalesce({text_sql('customer')}, '') AS customer, coalesce(trim(area), '') AS area FROM ({side})"
    )


def _sums(engine: Engine, amounts: str) -> Mapping[str, _Sums]:
    """Dimension → name → sum; the dimension `whole` has the one name that is empty."""
    rows = engine.guarded(
        "SELECT CASE WHEN NOT keyed THEN 'keyless' WHEN grouping(period) = 0 THEN 'period'"
        " WHEN grouping(customer) = 0 THEN 'customer' WHEN grouping(area) = 0 THEN 'area' ELSE 'whole' END,"
        " CASE WHEN keyed THEN coalesce(period, customer, area, '') ELSE '' END, sum(amount)"
        f" FROM (SELECT *, k IS NOT NULL AS keyed FROM ({amounts}))"
        " GROUP BY GROUPING SETS ((keyed), (keyed, period), (keyed, customer), (keyed, area))"
        " HAVING keyed OR grouping(period) + grouping(customer) + grouping(area) = 3"
    )
    found: dict[str, _Sums] = {name: {} for name in ("whole", "keyless", "period", "customer", "area")}
    for dimension, name, amount in rows:
        if amount is not None:
            found[dimension][name] = amount
    return found


def _cells(sums: Sequence[Mapping[str, _Sums]], dimension: str) -> tuple[MoneyCell, ...]:
    crm, erp = (each[dimension] for each in sums)
    nothing = Decimal(0)
    return tuple(
        MoneyCell(name, _cents(crm.get(name, nothing)), _cents(erp.get(name, nothing)))
        for name in sorted({*crm, *erp})
    )


def _largest(cells: Sequence[MoneyCell]) -> tuple[MoneyCell, ...]:
    ordered = sorted((each for each in cells), key=lambda each: (-abs(each.gap), each.name))
    first, rest = ordered[:CUSTOMERS], ordered[CUSTOMERS:]
    if not rest:
        return tuple(first)
    crm, erp = (sum(parts, Decimal(0)) for parts in ((each.crm for each in rest), (each.erp for each in rest)))
    return (*first, MoneyCell(REST, crm, erp))


def _met(left: str, right: str) -> str:
    """Amounts by key, side by side; rows of one key count together."""
    sides = [
        "SELECT k, min(record) AS record, sum(amount) AS amount FROM"
        f" ({each}) WHERE amount IS NOT NULL AND k IS NOT NULL GROUP BY k"
        for each in (left, right)
    ]
    return (
        "SELECT coalesce(c.record, e.record, '') AS record, c.amount AS crm, e.amount AS erp,"
        " abs(coalesce(c.amount, 0) - coalesce(e.amount, 0)) AS gap"
        f" FROM ({sides[0]}) c FULL JOIN ({sides[1]}) e ON c.k = e.k"
    )


def _explained(engine: Engine, left: str, right: str) -> tuple[int, Decimal, Decimal, Decimal]:
    """Rows whose amounts differ, the sums that one side alone has, and the sum of all absolute gaps."""
    ((different, only_crm, only_erp, gaps),) = engine.guarded(
        "SELECT count_if(round(crm, 2) <> round(erp, 2)), sum(crm) FILTER (erp IS NULL),"
        f" sum(erp) FILTER (crm IS NULL), sum(gap) FROM ({_met(left, right)})"
    )
    return different, only_crm or Decimal(0), only_erp or Decimal(0), gaps or Decimal(0)


def _records(engine: Engine, left: str, right: str, *, shown: bool) -> tuple[MoneyRecord, ...]:
    rows = engine.guarded(
        f"SELECT record, crm, erp FROM ({_met(left, right)}) WHERE round(gap, 2) > 0"
        f" ORDER BY gap DESC, record, crm, erp LIMIT {RECORDS}"
    )
    return tuple(MoneyRecord(told_record(name, shown=shown), _told(crm), _told(erp)) for name, crm, erp in rows)


def _told(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else _cents(amount)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
