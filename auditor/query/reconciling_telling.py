"""Turns the measures of one field into what is told: which side is stale, and examples without their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from auditor.dataclasses import dataclass
from auditor.model.divergence import Example, FieldDivergence, Stale, Staleness
from auditor.model.reconciliation import FieldRule
from auditor.query.reconciling_values import Comparison
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
    rule: FieldRule, how: Comparison, measures: Sequence[Any], telling: Telling
) -> FieldDivergence:
    """What is told of one field. `measures` as `reconciling` asks them."""
    agreed, crm_empty, erp_empty, different, both_empty = measures[:5]
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
        staleness=_staleness(different, measures[5:14], telling),
        examples=tuple(_example(each, shown=telling.shown) for each in measures[14] or ()),
        codes=len(how.codes),
    )


def mask(value: str) -> str:
    """The shape of a value: letters as `x`, digits as `9`, at most 20 characters, and none of what it says."""
    told = "".join("9" if each.isdigit() else "x" if each.isalpha() else each for each in value[:20])
    return told + ("…" if len(value) > 20 else "")


def told_record(record: str, *, shown: bool) -> str:
    """What a row is found by; masked where it looks like an address or a number of a person."""
    return mask(record) if not shown and _PERSONAL.search(record) else record


def _example(row: Mapping[str, str], *, shown: bool) -> Example:
    crm, erp = row["crm"], row["erp"]
    return Example(
        told_record(row["record"], shown=shown), crm if shown else mask(crm), erp if shown else mask(erp)
    )


def _staleness(different: int, measures: Sequence[Any], telling: Telling) -> Staleness:
    crm, erp, crm_since, erp_since, same, agreed_crm, agreed_erp, last_different, first_agreed = measures
    if not different:
        return Staleness(Stale.UNKNOWN, because="nothing differs")
    if telling.crm_dated and telling.erp_dated:
        side = _side(crm, erp, crm + erp + same)
        usual = {Stale.CRM: agreed_crm, Stale.ERP: agreed_erp}.get(side, 0)
        if usual > _USUAL * (agreed_crm + agreed_erp):
            return Staleness(Stale.UNKNOWN, crm, erp, None, "rows that agree were changed in the same order")
        since = {Stale.CRM: crm_since, Stale.ERP: erp_since}.get(side)
        return Staleness(side, crm, erp, day(since), "rows were last changed on the other side")
    if telling.crm_dated and _before(last_different, first_agreed):
        because = "every row that differs was refreshed before any row that agrees"
        return Staleness(Stale.CRM, different, 0, day(last_different), because)
    missing = "the ERP" if telling.crm_dated else "the CRM" if telling.erp_dated else "either side"
    return Staleness(Stale.UNKNOWN, because=f"no field of {missing} says when rows were last changed")


def _before(last_different: int | None, first_agreed: int | None) -> bool:
    return last_different is not None and first_agreed is not None and last_different < first_agreed


def _side(crm: int, erp: int, dated: int) -> Stale:
    if not crm + erp:
        return Stale.UNKNOWN
    if crm >= _MOSTLY * dated:
        return Stale.CRM
    return Stale.ERP if erp >= _MOSTLY * dated else Stale.BOTH
