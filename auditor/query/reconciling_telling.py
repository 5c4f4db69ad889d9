"""Turns the measures of one field into what is told: which side is stale, and examples without their values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.dataclasses import dataclass
from auditor.model.divergence import Example, FieldDivergence, Stale, Staleness
from auditor.model.reconciliation import FieldRule
from auditor.query.reconciling_meeting import CRM_FIRST, ERP_FIRST, SAME_DAY, Tally
from auditor.query.reconciling_values import AGREED, BOTH_EMPTY, CRM_EMPTY, DIFFERENT, ERP_EMPTY, Comparison
from auditor.query.times import day

_PERSONAL = re.compile(r"@|^(\d{2})?\d{6}[-+]?\d{4}$")
"""An e-mail address; a Nordic personal identity number, which sole traders have as organisation number, too."""
_MOSTLY = 0.9
"""Share of the dated differences from which one side is called the stale one."""
_USUAL = 0.5
"""Share of the rows that agree beyond which the order of the last changes says nothing."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Whether values may be shown, and which sides date their rows."""

    shown: bool
    crm_dated: bool
    erp_dated: bool


def field_divergence(
    rule: FieldRule,
    how: Comparison,
    counted: Sequence[Tally],
    named: Sequence[tuple[str, str, str]],
    telling: Telling,
) -> FieldDivergence:
    """What is told of one field: from its tallies, and from the rows that are named."""
    states = (AGREED, CRM_EMPTY, ERP_EMPTY, DIFFERENT, BOTH_EMPTY)
    agreed, crm_empty, erp_empty, different, both_empty = (_rows(counted, state) for state in states)
    return FieldDivergence(
        crm_field=rule.crm,
        erp_field=rule.erp,
        kind=how.kind,
        tolerance=how.tolerance,
        agreed=agreed,
        crm_empty=crm_empty,
        erp_empty=erp_empty,
        both_empty=both_empty,
        different=different,
        staleness=_staleness(different, counted, telling),
        examples=tuple(_example(each, shown=telling.shown) for each in named),
        codes=len(how.codes),
    )


def mask(value: str) -> str:
    """The shape of a value: letters as `x`, digits as `9`, at most 20 characters, and none of what it says."""
    told = "".join("9" if each.isdigit() else "x" if each.isalpha() else each for each in value[:20])
    return told + ("…" if len(value) > 20 else "")


def told_record(record: str, *, shown: bool) -> str:
    """What a row is found by; masked where it looks like an address or a number of a person."""
    return mask(record) if not shown and _PERSONAL.search(record) else record


def _example(row: tuple[str, str, str], *, shown: bool) -> Example:
    record, crm, erp = row
    return Example(told_record(record, shown=shown), crm if shown else mask(crm), erp if shown else mask(erp))


def _staleness(different: int, counted: Sequence[Tally], telling: Telling) -> Staleness:
    if not different:
        return Staleness(Stale.UNKNOWN, because="nothing differs")
    if telling.crm_dated and telling.erp_dated:
        return _by_order(counted)
    last = max(
        (each.crm_last for each in counted if each.state == DIFFERENT and each.crm_last is not None), default=None
    )
    first = min(
        (each.crm_first for each in counted if each.state == AGREED and each.crm_first is not None), default=None
    )
    if telling.crm_dated and last is not None and first is not None and last < first:
        because = "every row that differs was refreshed before any row that agrees"
        return Staleness(Stale.CRM, different, 0, day(last), because)
    missing = "the ERP" if telling.crm_dated else "the CRM" if telling.erp_dated else "either side"
    return Staleness(Stale.UNKNOWN, because=f"no field of {missing} says when rows were last changed")


def _by_order(counted: Sequence[Tally]) -> Staleness:
    """Both sides date their rows: the one that was changed first is behind, unless that is how it always is."""
    crm, erp, same = (_rows(counted, DIFFERENT, order) for order in (CRM_FIRST, ERP_FIRST, SAME_DAY))
    agreed = {Stale.CRM: _rows(counted, AGREED, CRM_FIRST), Stale.ERP: _rows(counted, AGREED, ERP_FIRST)}
    side = _side(crm, erp, crm + erp + same)
    if agreed.get(side, 0) > _USUAL * sum(agreed.values()):
        return Staleness(Stale.UNKNOWN, crm, erp, None, "rows that agree were changed in the same order")
    days = {
        Stale.CRM: [each.erp_first for each in counted if (each.state, each.order) == (DIFFERENT, CRM_FIRST)],
        Stale.ERP: [each.crm_first for each in counted if (each.state, each.order) == (DIFFERENT, ERP_FIRST)],
    }
    since = min((each for each in days.get(side, ()) if each is not None), default=None)
    return Staleness(side, crm, erp, day(since), "rows were last changed on the other side")


def _rows(counted: Sequence[Tally], state: int, order: int | None = None) -> int:
    return sum(each.rows for each in counted if each.state == state and order in (None, each.order))


def _side(crm: int, erp: int, dated: int) -> Stale:
    if not crm + erp:
        return Stale.UNKNOWN
    if crm >= _MOSTLY * dated:
        return Stale.CRM
    return Stale.ERP if erp >= _MOSTLY * dated else Stale.BOTH
