"""Joins two objects row by row and measures how far their fields agree.

One join of both sides; a second one comes before it only where codes have to be translated, and what does
not agree at a glance is kept and looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.dataclasses import replace
from auditor.errors import FormatError
from auditor.model.catalogue import Skipped
from auditor.model.divergence import FieldDivergence, PairDivergence
from auditor.model.reconciliation import FieldRule, PairRule, ValueKind
from auditor.query.engine import Engine
from auditor.query.reconciling_codes import inferred_codes
from auditor.query.reconciling_keymap import load_key_map, mapped
from auditor.query.reconciling_meeting import Met, Sides, examples, look_again, meet, tallies, whole
from auditor.query.reconciling_money import money_view
from auditor.query.reconciling_sides import Side, SideRows
from auditor.query.reconciling_telling import Telling, field_divergence, told_record
from auditor.query.reconciling_values import DIFFERENT, Comparison

MEMORY = "5GB"
"""Beyond it DuckDB writes to a temporary folder; two tables of five million rows and twenty fields fit."""


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
    hows = tuple(_how(each, left, right) for each in rule.fields)
    sides = _sides(rule, left, right)
    left.load()
    right.load()
    if crm.key_map is not None:
        absent += load_key_map(engine, crm.key_map, loose=rule.loose)
        sides = Sides(mapped(sides.crm), sides.erp)
    hows = _with_codes(engine, hows, sides)
    rows = meet(engine, sides, hows)
    met = whole(engine, rows.repeated)
    absent += _told_often(rule, rows, shown=shown)
    look_again(engine, hows)
    telling = Telling(shown, bool(left.last_change()), bool(right.last_change()))
    found = PairDivergence(
        id=rule.id,
        crm_object=rule.crm.object,
        erp_object=rule.erp.object,
        crm_key=rule.crm.key,
        erp_key=rule.erp.key,
        counts=met.counts,
        fields=_fields(engine, rule, hows, telling),
        missing_since=met.missing_since,
        missing_until=met.missing_until,
        money=money_view(engine, rule, sides.crm, sides.erp, shown=shown) if rule.figure else None,
    )
    left.close()
    right.close()
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


def _told_often(rule: PairRule, met: Met, *, shown: bool) -> list[Skipped]:
    """One line for the keys that were left out before both sides were joined."""
    if not met.often:
        return []
    key, crm, erp = met.often[0]
    more = len(met.often) - 1
    others = f", and {more} more such key{'s' if more > 1 else ''}" if more else ""
    reason = (
        f"the key {told_record(key, shown=shown)} stands on {crm} rows of the CRM and {erp} of the ERP{others}:"
        " counted as repeated, and left out before rows were joined"
    )
    return [Skipped(rule.crm.key, reason)]


def _how(rule: FieldRule, left: Side, right: Side) -> Comparison:
    """How a field is compared, in the forms in which both sides keep it."""
    (_, crm), (_, erp) = (
        side.value(name, rule.kind, rule.zone) for side, name in ((left, rule.crm), (right, rule.erp))
    )
    return Comparison(rule.kind, rule.tolerance or 0.0, rule.scale, rule.zone, (), crm, erp)


def _sides(rule: PairRule, left: Side, right: Side) -> Sides:
    """The statements of both sides; every field is asked for before anything is loaded."""
    crm = _cells(left, [(each.crm, each) for each in rule.fields], loose=rule.loose)
    erp = _cells(right, [(each.erp, each) for each in rule.fields], loose=rule.loose)
    conditions = left.conditions(right), right.conditions(left)
    return Sides(left.relation(crm, conditions[0]), right.relation(erp, conditions[1]))


def _cells(side: Side, fields: Sequence[tuple[str, FieldRule]], *, loose: bool) -> Mapping[str, str]:
    told = side.rule
    plain = {"amount": told.amount, "customer": told.customer, "area": told.area}
    return {
        "k": side.key(told.key, loose=loose),
        "id": side.identity(),
        "changed": side.day(side.last_change()),
        "dated": side.day(told.dated),
        **{name: side.cell(path) if path else "NULL::VARCHAR" for name, path in plain.items()},
        **{f"f{place}": side.value(name, rule.kind, rule.zone)[0] for place, (name, rule) in enumerate(fields)},
    }


def _with_codes(engine: Engine, hows: Sequence[Comparison], sides: Sides) -> tuple[Comparison, ...]:
    """The comparisons with maps of codes, which are inferred from the rows that meet."""
    coded = [place for place, how in enumerate(hows) if how.kind is ValueKind.CODE]
    maps = inferred_codes(engine, sides.crm, sides.erp, coded) if coded else {}
    return tuple(replace(how, codes=maps.get(place, ())) for place, how in enumerate(hows))


def _fields(
    engine: Engine, rule: PairRule, hows: Sequence[Comparison], telling: Telling
) -> tuple[FieldDivergence, ...]:
    counted = tallies(engine, len(hows))
    named = {
        place: examples(engine, place)
        for place, told in counted.items()
        if any(each.state == DIFFERENT for each in told)
    }
    return tuple(
        field_divergence(each, how, counted[place], named.get(place, ()), telling)
        for place, (each, how) in enumerate(zip(rule.fields, hows, strict=True))
    )
