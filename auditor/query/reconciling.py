"""Joins two objects row by row, in one pass, and measures how far their fields agree.

One aggregated full outer join a pair gives counts, days and examples of every field; a second one comes before it
only where codes have to be translated, and again only where keys stand twice.
"""

# ruff: noqa: S608 - what comes from elsewhere stands in SQL as a quoted literal or a quoted name only

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError
from auditor.model.catalogue import Skipped
from auditor.model.divergence import FieldDivergence, JoinCounts, PairDivergence
from auditor.model.reconciliation import PairRule, ValueKind
from auditor.query.engine import Engine
from auditor.query.reconciling_codes import inferred_codes
from auditor.query.reconciling_money import money_view
from auditor.query.reconciling_sides import Side, SideRows
from auditor.query.reconciling_telling import Telling, field_divergence
from auditor.query.reconciling_values import Comparison, same_sql
from auditor.query.times import day

EXAMPLES = 10
"""Rows that are named of each field whose values differ."""

AGREED, CRM_EMPTY, ERP_EMPTY, DIFFERENT, BOTH_EMPTY = range(1, 6)
CRM_FIRST, ERP_FIRST, SAME_DAY = 8, 16, 24
"""Added to these: which side's row was changed first."""
_MEASURES = 15
_FIXED = 9


@dataclass(frozen=True, slots=True)
class Sides:
    """The statements that give both sides of a pair."""

    crm: str
    erp: str

    def within(self, condition: str) -> Sides:
        """The same rows, as far as they fulfil a condition on their key `k`."""
        return Sides(*(f"SELECT * FROM ({each}) WHERE {condition}" for each in (self.crm, self.erp)))


def reconcile_pair(
    engine: Engine, rule: PairRule, crm: SideRows, erp: SideRows, *, shown: bool
) -> tuple[PairDivergence, tuple[Skipped, ...]]:
    """Compare one pair. Values in examples are masked unless they are `shown`.

    The kinds of the fields are settled: none is `AUTO`, and every tolerance is a number.

    Raises:
        FormatError: a file cannot be read, or the rule names a field that is not there.
    """
    left, right = Side(engine, "crm", crm, rule.crm), Side(engine, "erp", erp, rule.erp)
    rule, absent = _present(rule, left, right)
    sides = _sides(rule, left, right)
    left.load()
    right.load()
    hows = _comparisons(engine, rule, sides)
    telling = Telling(shown, bool(left.last_change()), bool(right.last_change()))
    row = _measured(engine, sides, hows, telling)
    total, keys, crm_keyless, erp_keyless = row[:4]
    repeated = (0, 0)
    if keys != total - crm_keyless - erp_keyless:
        repeated = _mark_repeated(engine, sides)
        row = _measured(engine, sides.within("k IS NULL OR k NOT IN (SELECT k FROM repeated)"), hows, telling)
    money = money_view(engine, rule, sides.crm, sides.erp, shown=shown) if rule.figure else None
    left.close()
    right.close()
    found = PairDivergence(
        id=rule.id,
        crm_object=rule.crm.object,
        erp_object=rule.erp.object,
        crm_key=rule.crm.key,
        erp_key=rule.erp.key,
        counts=JoinCounts(row[4], row[5], row[6], crm_keyless, erp_keyless, *repeated),
        fields=_fields(rule, hows, row, telling),
        missing_since=day(row[7]),
        missing_until=day(row[8]),
        money=money,
    )
    return found, (*absent, *left.skipped, *right.skipped)


def _present(rule: PairRule, left: Side, right: Side) -> tuple[PairRule, list[Skipped]]:
    """The rule with the fields that both sides have, and what is said of the others."""
    kept, absent = [], []
    for each in rule.fields:
        try:
            left.cell(each.crm)
            right.cell(each.erp)
            kept.append(each)
        except FormatError as error:
            absent.append(Skipped(f"{each.crm} = {each.erp}", str(error)))
    return replace(rule, fields=tuple(kept)), absent


def _fields(
    rule: PairRule, hows: Sequence[Comparison], row: Sequence[Any], telling: Telling
) -> tuple[FieldDivergence, ...]:
    starts = range(_FIXED, _FIXED + _MEASURES * len(hows), _MEASURES)
    parts = [row[start : start + _MEASURES] for start in starts]
    return tuple(
        field_divergence(each, how, part, telling)
        for each, how, part in zip(rule.fields, hows, parts, strict=True)
    )


def _sides(rule: PairRule, left: Side, right: Side) -> Sides:
    """The statements of both sides; every field is asked for before anything is loaded."""
    sides = []
    for side, other, names in (
        (left, right, [each.crm for each in rule.fields]),
        (right, left, [each.erp for each in rule.fields]),
    ):
        cells = _cells(side, names, loose=rule.loose)
        sides.append((side, cells, side.conditions(other)))
    crm, erp = (side.relation(cells, conditions) for side, cells, conditions in sides)
    return Sides(crm, erp)


def _cells(side: Side, names: Sequence[str], *, loose: bool) -> Mapping[str, str]:
    told = side.rule
    plain = {"amount": told.amount, "customer": told.customer, "area": told.area}
    return {
        "k": side.key(told.key, loose=loose),
        "id": side.identity(),
        "changed": side.day(side.last_change()),
        "dated": side.day(told.dated),
        **{name: side.cell(path) if path else "NULL::VARCHAR" for name, path in plain.items()},
        **{f"f{place}": side.cell(name) for place, name in enumerate(names)},
    }


def _comparisons(engine: Engine, rule: PairRule, sides: Sides) -> tuple[Comparison, ...]:
    """How each field is compared; maps of codes are inferred from the rows that meet."""
    hows = [Comparison(each.kind, each.tolerance or 0.0, each.scale, each.zone) for each in rule.fields]
    coded = [place for place, how in enumerate(hows) if how.kind is ValueKind.CODE]
    maps = inferred_codes(engine, sides.crm, sides.erp, coded) if coded else {}
    return tuple(replace(how, codes=maps.get(place, ())) for place, how in enumerate(hows))


def _measured(engine: Engine, sides: Sides, hows: Sequence[Comparison], telling: Telling) -> Sequence[Any]:
    """Everything that one pass over the joined rows tells, in one row."""
    values = ", ".join(
        f"{_state(place, how)} AS s{place}, c.f{place} AS c{place}, e.f{place} AS e{place}"
        for place, how in enumerate(hows)
    )
    fixed = (
        "count(*), count(DISTINCT k), count_if(in_crm AND ck IS NULL), count_if(in_erp AND ek IS NULL),"
        " count_if(in_crm AND in_erp), count_if(ck IS NOT NULL AND in_erp IS NULL),"
        " count_if(ek IS NOT NULL AND in_crm IS NULL),"
        " min(dated) FILTER (in_crm IS NULL), max(dated) FILTER (in_crm IS NULL)"
    )
    dated = telling.crm_dated and telling.erp_dated
    told = ", ".join([fixed, *(_measures(place, dated=dated) for place in range(len(hows)))])
    joined = (
        "SELECT c.k AS ck, e.k AS ek, coalesce(c.k, e.k) AS k, coalesce(c.id, e.id, c.k, '') AS record,"
        " c.here AS in_crm,"
        f" e.here AS in_erp, c.changed AS cc, e.changed AS ec, e.dated AS dated{', ' if values else ''}{values}"
        f" FROM (SELECT *, true AS here FROM ({sides.crm})) c"
        f" FULL JOIN (SELECT *, true AS here FROM ({sides.erp})) e ON c.k = e.k"
    )
    (row,) = engine.guarded(f"SELECT {told} FROM (SELECT *, {_ORDER} AS o FROM ({joined}))")
    return row


def _state(place: int, how: Comparison) -> str:
    """What becomes of one field of a row that both sides have, with the order of the row's last changes.

    Equal texts, nearly all, need no second look. Only texts with blanks around them are trimmed, since that costs
    more than comparing.
    """
    crm, erp = f"c.f{place}", f"e.f{place}"
    left, right = f"nullif(trim({crm}), '')", f"nullif(trim({erp}), '')"
    neat = " AND ".join(f"{each} >= '!' AND NOT suffix({each}, ' ')" for each in (crm, erp))
    told = f"CASE WHEN {same_sql(how, crm, erp)} THEN {AGREED} ELSE {DIFFERENT} END"
    return (
        f"CASE WHEN {crm} = {erp} AND {crm} >= '!' THEN {AGREED}::UTINYINT"
        f" WHEN c.here IS NULL OR e.here IS NULL THEN NULL WHEN {neat} THEN {told}"
        f" WHEN {left} IS NULL THEN CASE WHEN {right} IS NULL THEN {BOTH_EMPTY} ELSE {CRM_EMPTY} END"
        f" WHEN {right} IS NULL THEN {ERP_EMPTY}"
        f" WHEN {same_sql(how, left, right)} THEN {AGREED} ELSE {DIFFERENT} END"
    )


_ORDER = (
    f"CASE WHEN cc < ec THEN {CRM_FIRST} WHEN cc > ec THEN {ERP_FIRST} WHEN cc = ec THEN {SAME_DAY}"
    " ELSE 0 END::UTINYINT"
)


def _measures(place: int, *, dated: bool) -> str:
    """Counts, days and examples of one field: as many as `_MEASURES`, some null where a side has no days.

    Everything is a comparison of one byte: conditions of several parts, or FILTER, cost thirty times as much.
    """
    state = f"s{place}"
    counts = (AGREED, CRM_EMPTY, ERP_EMPTY, DIFFERENT, BOTH_EMPTY)
    example = f"{{'k': k, 'record': record, 'crm': c{place}, 'erp': e{place}}}"
    ordered = [
        f"count_if({state} + o = {DIFFERENT + CRM_FIRST})",
        f"count_if({state} + o = {DIFFERENT + ERP_FIRST})",
        f"min(CASE WHEN {state} + o = {DIFFERENT + CRM_FIRST} THEN ec END)",
        f"min(CASE WHEN {state} + o = {DIFFERENT + ERP_FIRST} THEN cc END)",
        f"count_if({state} + o = {DIFFERENT + SAME_DAY})",
        f"count_if({state} + o = {AGREED + CRM_FIRST})",
        f"count_if({state} + o = {AGREED + ERP_FIRST})",
    ]
    return ", ".join(
        [
            *(f"count_if({state} = {number})" for number in counts),
            *(ordered if dated else ["NULL"] * len(ordered)),
            f"max(CASE WHEN {state} = {DIFFERENT} THEN cc END)",
            f"min(CASE WHEN {state} = {AGREED} THEN cc END)",
            f"min(CASE WHEN {state} = {DIFFERENT} THEN {example} END, {EXAMPLES})",
        ]
    )


def _mark_repeated(engine: Engine, sides: Sides) -> tuple[int, int]:
    """Note the keys that stand twice on either side; how many rows of each side bear one of them."""
    twice = " UNION ".join(
        f"SELECT k FROM ({each}) WHERE k IS NOT NULL GROUP BY k HAVING count(*) > 1"
        for each in (sides.crm, sides.erp)
    )
    engine.guarded(f"CREATE OR REPLACE TEMP TABLE repeated AS {twice}")
    crm, erp = (
        engine.guarded(f"SELECT count(*) FROM ({each}) WHERE k IN (SELECT k FROM repeated)")[0][0]
        for each in (sides.crm, sides.erp)
    )
    return crm, erp
