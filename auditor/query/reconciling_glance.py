"""What becomes of the cells of a row as far as it shows at a glance, the states of several fields in one number.

Equal cells, nearly all, need no second look, and what programs spell differently but plainly is told by a cheap
test. One hash a side for all fields was tried: it costs more than comparing the cells, which are read anyway.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.model.reconciliation import ValueKind
from auditor.query.reconciling_values import AGREED, BOTH_EMPTY, OPEN, Comparison, Form

TOGETHER = 10
"""Fields whose states stand in one number: more make rows of one kind rarer, fewer make more numbers."""
BITS = 3
"""Of one state."""


def word_sql(hows: Sequence[Comparison], crm: Sequence[str], erp: Sequence[str], paired: str) -> str:
    """The states of a row's cells in one number, `OPEN` where not decided; 0 for a row that is not `paired`.

    Every part of this is run for some row of each batch, so there is little of it.
    """
    states = " | ".join(f"({_state(place, *each)})" for place, each in enumerate(zip(hows, crm, erp, strict=True)))
    return f"CASE WHEN {paired} THEN {states} ELSE 0 END"


def _state(place: int, how: Comparison, crm: str, erp: str) -> str:
    agreed, empty, left = (f"{each << (BITS * place)}" for each in (AGREED, BOTH_EMPTY, OPEN))
    return (
        f"CASE WHEN {_alike(how, crm, erp)} THEN {agreed} WHEN {crm} IS NULL AND {erp} IS NULL THEN {empty}"
        f" WHEN {_likely(how, crm, erp)} THEN {agreed} ELSE {left} END"
    )


def _alike(how: Comparison, crm: str, erp: str) -> str:
    """Equal as they lie, and not blank: one comparison."""
    if how.crm is not how.erp or how.scale != 1.0:
        return "false"
    filled = f" AND {crm} >= '!'" if how.crm is Form.TEXT else ""
    return f"{crm} = {erp}{filled}"


def _likely(how: Comparison, crm: str, erp: str) -> str:
    """A cheap test, true only of values that are the same, and of nearly all that are spelled differently."""
    if how.kind is ValueKind.NUMBER:
        left, right = (f"TRY_CAST({each} AS DOUBLE)" for each in (crm, erp))
        scaled = right if how.scale == 1.0 else f"{right} * {how.scale!r}"
        return f"abs({left} - {scaled}) <= {how.tolerance!r}"
    if {how.crm, how.erp} == {Form.DAY, Form.TEXT}:
        day, text = (crm, erp) if how.crm is Form.DAY else (erp, crm)
        return f"length({text}) = 10 AND TRY_CAST({text} AS DATE) - DATE '1970-01-01' = {day}"
    if {how.crm, how.erp} != {Form.TEXT}:
        return "false"
    if how.kind is ValueKind.DATE:
        return "false" if how.zone else f"{_begins(crm, erp)} OR {_begins(erp, crm)}"
    if how.kind is ValueKind.BOOLEAN:
        true, false = (f"{crm} IN ({words}) AND {erp} IN ({words})" for words in ("'true', '1'", "'false', '0'"))
        return f"({true}) OR ({false})"
    return f"lower({crm}) = lower({erp}) AND {crm} >= '!'"


def _begins(day: str, moment: str) -> str:
    """Whether a moment in UTC begins with a day."""
    in_utc = f"(suffix({moment}, 'Z') OR suffix({moment}, '+0000'))"
    is_day = f"length({day}) = 10 AND TRY_CAST({day} AS DATE) IS NOT NULL"
    return f"({in_utc} AND starts_with({moment}, {day}) AND {is_day})"
