"""How two texts are compared, by the kind of their field, in DuckDB's SQL.

Functions of one text take and give SQL of texts that are trimmed and not empty. What programs write is tried
first, and patterns only where that fails. Expressions are kept short: each is prepared for every field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from auditor.dataclasses import dataclass
from auditor.model.reconciliation import ValueKind
from auditor.query.reading import quoted
from auditor.query.times import day_sql

TRUE_WORDS = ("true", "1", "yes", "y", "t", "on", "ja", "j", "sand", "sant", "x", "wahr")
FALSE_WORDS = ("false", "0", "no", "n", "f", "off", "nej", "nei", "nein", "falsk", "usant", "falsch")
SPACES = r"[\s\x{00A0}\x{202F}]+"
COMMA = r"^[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+$"
"""A number with a decimal comma: points, if any, part thousands."""
SWEDISH_VAT = r"^SE\d{10}01$"
CENTURY = r"^16\d{10}$"
"""A Swedish organisation number as authorities write it, with the century of legal persons."""
LEAST_DIGITS = 7
"""Digits that two phone numbers must have in common at their end, where one of them lacks the country's code."""
CLOCK = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}"
OFFSET = r"(Z|[+-]\d{2}(:?\d{2})?)$"
BARE_DAY = r"^(19|20)\d{6}$"
"""A day without separators, as SAP and M3 write it."""
POINTED_DAY = r"^\d{1,2}\.\d{1,2}\.\d{4}$"


def text_sql(text: str) -> str:
    """Without case, runs of spaces as one."""
    return f"lower(trim(regexp_replace({text}, {quoted(SPACES)}, ' ', 'g')))"


def number_text_sql(text: str) -> str:
    """A number as programs write it: no spaces, a decimal point."""
    bare = f"regexp_replace({text}, {quoted(SPACES)}, '', 'g')"
    comma = f"replace(replace({bare}, '.', ''), ',', '.')"
    return f"CASE WHEN regexp_matches({bare}, {quoted(COMMA)}) THEN {comma} ELSE replace({bare}, ',', '') END"


def number_sql(text: str) -> str:
    """A number, whatever its decimal sign and spaces; null for what is none."""
    plain = f"TRY_CAST({text} AS DOUBLE)"
    return f"CASE WHEN {plain} IS NOT NULL THEN {plain} ELSE TRY_CAST({number_text_sql(text)} AS DOUBLE) END"


def day_in_zone_sql(text: str, zone: str = "") -> str:
    """Days since 1970 in a zone; null for what is no day. A moment without offset is told in UTC."""
    plain = day_sql(text)
    if zone:
        told = f"CASE WHEN regexp_matches({text}, '{OFFSET}') THEN {text} ELSE {text} || 'Z' END"
        spelled = rf"regexp_replace({told}, '([+-]\d{{2}})(\d{{2}})$', '\1:\2')"
        local = f"timezone({quoted(zone)}, TRY_CAST({spelled} AS TIMESTAMPTZ))"
        day = f"CAST({local} AS DATE) - DATE '1970-01-01'"
        plain = f"CASE WHEN regexp_matches({text}, '{CLOCK}') THEN {day} ELSE {plain} END"
    bare = f"CASE WHEN regexp_matches({text}, '{BARE_DAY}') THEN TRY_STRPTIME({text}, '%Y%m%d')"
    odd = f"{bare} WHEN regexp_matches({text}, '{POINTED_DAY}') THEN TRY_STRPTIME({text}, '%d.%m.%Y') END"
    short = f"TRY_CAST(left({text}, 10) AS DATE)"
    in_utc = "" if zone else f" OR suffix({text}, 'Z') OR suffix({text}, '+0000')"
    return (
        f"CASE WHEN (length({text}) = 10{in_utc}) AND {short} IS NOT NULL THEN {short} - DATE '1970-01-01'"
        f" ELSE coalesce({plain}, CAST({odd} AS DATE) - DATE '1970-01-01') END"
    )


def boolean_sql(text: str) -> str:
    """True or false; null for what is neither."""
    true, false = (", ".join(map(quoted, words)) for words in (TRUE_WORDS, FALSE_WORDS))
    low = f"lower({text})"
    return f"CASE WHEN {low} IN ({true}) THEN true WHEN {low} IN ({false}) THEN false END"


def digits_sql(text: str) -> str:
    """The digits of a phone number without zeros before them."""
    return rf"ltrim(regexp_replace(replace({text}, '(0)', ''), '\D', '', 'g'), '0')"


def tax_sql(text: str) -> str:
    """The letters and digits that identify a company, without its country."""
    bare = f"regexp_replace(upper({text}), '[^A-Z0-9]', '', 'g')"
    return (
        f"CASE WHEN regexp_matches({bare}, '{SWEDISH_VAT}') THEN substring({bare}, 3, 10)"
        f" WHEN regexp_matches({bare}, '{CENTURY}') THEN substring({bare}, 3)"
        rf" ELSE regexp_replace({bare}, '^[A-Z]{{2}}', '') END"
    )


class Form(StrEnum):
    """How the values of one side of a field lie in the relation."""

    TEXT = "text"
    """As they are spelled, blanks around them included."""
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the values of a field are held against each other.

    `codes` are the pairs that an inferred map allows; `crm` and `erp`: in which form the values of each side lie.
    """

    kind: ValueKind
    tolerance: float = 0.0
    scale: float = 1.0
    zone: str = ""
    codes: tuple[str, ...] = ()
    crm: Form = Form.TEXT
    erp: Form = Form.TEXT


AGREED, CRM_EMPTY, ERP_EMPTY, DIFFERENT, BOTH_EMPTY = range(1, 6)
"""What becomes of one field of a row that both sides have."""
OPEN = 7
"""Not decided at a glance."""


def told_sql(form: Form, cell: str) -> str:
    """A cell of either side as a text without blanks around it; null where nothing is left."""
    if form is Form.DAY:
        return f"CAST(DATE '1970-01-01' + CAST({cell} AS INTEGER) AS VARCHAR)"
    return f"nullif(trim(CAST({cell} AS VARCHAR)), '')"


def state_sql(how: Comparison, crm: str, erp: str) -> str:
    """The state of two texts of a row that both sides have, however they are spelled."""
    return (
        f"CASE WHEN {crm} IS NULL THEN CASE WHEN {erp} IS NULL THEN {BOTH_EMPTY} ELSE {CRM_EMPTY} END"
        f" WHEN {erp} IS NULL THEN {ERP_EMPTY} WHEN {same_sql(how, crm, erp)} THEN {AGREED} ELSE {DIFFERENT} END"
    )


def same_sql(how: Comparison, crm: str, erp: str) -> str:
    """Whether two texts are the same. Texts that their kind cannot read are compared as they are spelled."""
    as_text = f"{text_sql(crm)} = {text_sql(erp)}"
    if how.kind is ValueKind.NUMBER:
        left, right = number_sql(crm), f"{number_sql(erp)} * {how.scale!r}"
        return _or_text(_near(left, right, how.tolerance), as_text)
    if how.kind is ValueKind.DATE:
        left, right = (day_in_zone_sql(each, how.zone) for each in (crm, erp))
        return _or_text(f"abs({left} - {right}) <= {how.tolerance!r}", as_text)
    if how.kind is ValueKind.BOOLEAN:
        return _or_text(f"{boolean_sql(crm)} = {boolean_sql(erp)}", as_text)
    if how.kind is ValueKind.CODE and how.codes:
        listed = ", ".join(map(quoted, how.codes))
        return f"({as_text} OR {code_sql(crm, erp)} IN ({listed}))"
    same = _SAMES.get(how.kind)
    return same(crm, erp, as_text) if same else as_text


def code_sql(crm: str, erp: str) -> str:
    """A pair of codes as one text."""
    return f"{text_sql(crm)} || chr(31) || {text_sql(erp)}"


def _near(left: str, right: str, tolerance: float) -> str:
    """Within a tolerance, and within what a floating number cannot tell apart."""
    return f"abs({left} - {right}) <= {tolerance!r} + 1e-12 * greatest(abs({left}), abs({right}))"


def _same_phone(crm: str, erp: str, as_text: str) -> str:
    left, right = digits_sql(crm), digits_sql(erp)
    long = f"least(length({left}), length({right})) >= {LEAST_DIGITS}"
    ends = f"suffix({left}, {right}) OR suffix({right}, {left})"
    return f"({as_text} OR ({left} = {right} AND {left} <> '') OR ({long} AND ({ends})))"


def _same_tax(crm: str, erp: str, as_text: str) -> str:
    return f"({as_text} OR ({tax_sql(crm)} = {tax_sql(erp)} AND {tax_sql(crm)} <> ''))"


def _or_text(same: str, as_text: str) -> str:
    """An answer, or that of the texts where there is none."""
    return f"coalesce({same}, {as_text})"


_SAMES: Mapping[ValueKind, Callable[[str, str, str], str]] = MappingProxyType(
    {ValueKind.PHONE: _same_phone, ValueKind.TAX_NUMBER: _same_tax}
)
