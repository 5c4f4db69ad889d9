"""What comparing two objects means, written once in Ibis over tables that no engine is bound to.

This is the meaning, for any engine that Ibis compiles to. DuckDB takes a route of its own to the same answers,
which reads each side once and decides most values at a glance (`reconciling_meeting`); tests hold both against
each other.
Left to DuckDB alone are moments in a time zone, since engines differ in how they name one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from auditor.model.reconciliation import ValueKind
from auditor.query.reconciling_values import (
    AGREED,
    BARE_DAY,
    BOTH_EMPTY,
    CENTURY,
    COMMA,
    CRM_EMPTY,
    DIFFERENT,
    ERP_EMPTY,
    FALSE_WORDS,
    LEAST_DIGITS,
    POINTED_DAY,
    SPACES,
    SWEDISH_VAT,
    TRUE_WORDS,
    Comparison,
)
from auditor.query.times import Expression, day_number, load_ibis

_DAY = 86_400


def met(loose: bool = False) -> Expression:
    """How the rows of the tables `crm` and `erp`, each with a key `k`, met; in the order of `JoinCounts`."""
    crm, erp = (_keyed(name, ["k"], loose=loose) for name in ("crm", "erp"))
    keys = _keys(crm, erp)
    once = (keys.crm <= 1) & (keys.erp <= 1)
    counts = keys.agg(
        paired=_sum(once & (keys.crm == 1) & (keys.erp == 1)),
        only_crm=_sum(once & (keys.erp == 0)),
        only_erp=_sum(once & (keys.crm == 0)),
        crm_repeated=keys.crm.sum(where=~once).coalesce(0),
        erp_repeated=keys.erp.sum(where=~once).coalesce(0),
    )
    keyless = [side.agg(**{name: side.k.isnull().sum().coalesce(0)}) for side, name in ((crm, "c"), (erp, "e"))]
    told = counts.cross_join(keyless[0]).cross_join(keyless[1])
    return told.select(
        told.paired, told.only_crm, told.only_erp, told.c, told.e, told.crm_repeated, told.erp_repeated
    )


def compared(hows: Sequence[Comparison], *, loose: bool = False) -> Expression:
    """How many rows that met are in which state, field by field (`f0`, `f1` …): one row of `n{place}_{state}`."""
    names = [f"f{place}" for place in range(len(hows))]
    crm, erp = (_keyed(name, ["k", *names], loose=loose) for name in ("crm", "erp"))
    keys = _keys(crm, erp)
    keys = keys.filter((keys.crm == 1) & (keys.erp == 1)).select("k")
    left = crm.rename({f"c{place}": name for place, name in enumerate(names)})
    right = erp.rename({f"e{place}": name for place, name in enumerate(names)})
    rows = left.join(keys, "k").join(right, "k")
    states = {f"s{place}": state(how, rows[f"c{place}"], rows[f"e{place}"]) for place, how in enumerate(hows)}
    told = rows.select(**states)
    return told.agg(
        **{
            f"n{place}_{each}": _sum(told[f"s{place}"] == each)
            for place in range(len(hows))
            for each in (AGREED, CRM_EMPTY, ERP_EMPTY, DIFFERENT, BOTH_EMPTY)
        }
    )


def state(how: Comparison, crm: Expression, erp: Expression) -> Expression:
    """What becomes of one field of a row that both sides have."""
    ibis = load_ibis()
    left, right = (each.strip().nullif("") for each in (crm, erp))
    return ibis.cases(
        (left.isnull() & right.isnull(), BOTH_EMPTY),
        (left.isnull(), CRM_EMPTY),
        (right.isnull(), ERP_EMPTY),
        (_same(how, left, right), AGREED),
        else_=DIFFERENT,
    )


def _keyed(name: str, columns: Sequence[str], *, loose: bool) -> Expression:
    """A side with its keys in the form in which they are joined."""
    side = load_ibis().table(dict.fromkeys(columns, "string"), name=name)
    key = side.k.strip().lower()
    if loose:
        key = key.re_replace(r"[^\pL\pN]", "").re_replace("^0+", "")
    return side.mutate(k=key.nullif(""))


def _keys(crm: Expression, erp: Expression) -> Expression:
    """Key → on how many rows of each side it stands."""
    sides = []
    for place, side in enumerate((crm, erp)):
        keyed = side.filter(side.k.notnull())
        sides.append(keyed.select(keyed.k, crm=_number(1 - place), erp=_number(place)))
    both = sides[0].union(sides[1])
    return both.group_by("k").agg(crm=both.crm.sum(), erp=both.erp.sum())


def _same(how: Comparison, crm: Expression, erp: Expression) -> Expression:
    as_text = _text(crm) == _text(erp)
    if how.kind is ValueKind.NUMBER:
        left, right = _value(crm), _value(erp) * _float(how.scale)
        slack = load_ibis().greatest(left.abs(), right.abs()) * _float(1e-12)
        return ((left - right).abs() <= slack + _float(how.tolerance)).coalesce(as_text)
    if how.kind is ValueKind.DATE:
        return ((_days(crm) - _days(erp)).abs() <= _float(how.tolerance)).coalesce(as_text)
    if how.kind is ValueKind.CODE and how.codes:
        return as_text | (_text(crm) + "\x1f" + _text(erp)).isin(how.codes)
    same = _SAMES.get(how.kind)
    return same(crm, erp, as_text) if same else as_text


def _text(text: Expression) -> Expression:
    return text.re_replace(SPACES, " ").strip().lower()


def _value(text: Expression) -> Expression:
    """A number, whatever its decimal sign and spaces; null for what is none."""
    ibis = load_ibis()
    bare = text.re_replace(SPACES, "")
    comma = bare.replace(".", "").replace(",", ".")
    told = ibis.cases((bare.re_search(COMMA), comma), else_=bare.replace(",", ""))
    return text.try_cast("float64").coalesce(told.try_cast("float64"))


def _days(text: Expression) -> Expression:
    """Days since 1970; null for what is no day."""
    ibis = load_ibis()
    plain = (text.length() == 10) | text.endswith("Z") | text.endswith("+0000")
    iso = text.left(10).re_search(r"^\d{4}-\d{2}-\d{2}$")
    bare = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2)
    pointed = [text.re_extract(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$", group) for group in (1, 2, 3)]
    turned = pointed[2] + "-" + pointed[1].lpad(2, "0") + "-" + pointed[0].lpad(2, "0")
    return ibis.cases(
        (plain & iso & text.left(10).try_cast("date").notnull(), _since_1970(text.left(10))),
        (text.re_search(BARE_DAY), _since_1970(bare)),
        (text.re_search(POINTED_DAY), _since_1970(turned)),
        else_=day_number(text),
    )


def _since_1970(text: Expression) -> Expression:
    return (text.try_cast("date").cast("timestamp").epoch_seconds() / _DAY).floor().cast("int64")


def _same_truth(crm: Expression, erp: Expression, as_text: Expression) -> Expression:
    ibis = load_ibis()
    left, right = (
        ibis.cases(
            (each.lower().isin(TRUE_WORDS), 1), (each.lower().isin(FALSE_WORDS), 0), else_=ibis.null("int8")
        )
        for each in (crm, erp)
    )
    return (left == right).coalesce(as_text)


def _same_phone(crm: Expression, erp: Expression, as_text: Expression) -> Expression:
    left, right = (each.replace("(0)", "").re_replace(r"\D", "").re_replace("^0+", "") for each in (crm, erp))
    long = (left.length() >= LEAST_DIGITS) & (right.length() >= LEAST_DIGITS)
    ends = left.endswith(right) | right.endswith(left)
    return as_text | ((left == right) & (left != "")) | (long & ends)


def _same_tax(crm: Expression, erp: Expression, as_text: Expression) -> Expression:
    left, right = map(_tax, (crm, erp))
    return as_text | ((left == right) & (left != ""))


def _tax(text: Expression) -> Expression:
    bare = text.upper().re_replace("[^A-Z0-9]", "")
    return load_ibis().cases(
        (bare.re_search(SWEDISH_VAT), bare.substr(2, 10)),
        (bare.re_search(CENTURY), bare.substr(2)),
        else_=bare.re_replace("^[A-Z]{2}", ""),
    )


def _sum(condition: Expression) -> Expression:
    return condition.cast("int64").sum().coalesce(0)


def _number(value: int) -> Expression:
    return load_ibis().literal(value, "int64")


def _float(value: float) -> Expression:
    """A number for any engine: Ibis writes a floating one for Spark only where PySpark is connected."""
    return load_ibis().literal(repr(value)).cast("float64")


_SAMES: Mapping[ValueKind, Callable[[Expression, Expression, Expression], Expression]] = MappingProxyType(
    {ValueKind.PHONE: _same_phone, ValueKind.TAX_NUMBER: _same_tax, ValueKind.BOOLEAN: _same_truth}
)
