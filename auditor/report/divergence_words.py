"""The wording of `auditor reconcile`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from auditor.model.divergence import (
    FieldDivergence,
    KeyProposal,
    MoneyCell,
    MoneyView,
    PairDivergence,
    Stale,
    Staleness,
)

REST = "…"
"""The name of all customers that are not told one by one."""

TITLE = "# Where CRM and ERP diverge"
UNKNOWN = "Which side is behind is unknown: {because}."
MISSING = "What is missing in the CRM"
NOTHING = (
    "No pair was compared. Confirm pairs under `reconcile:` in auditor.yaml; "
    "`auditor reconcile --propose` finds keys and prints a draft."
)
MASKED = "Values of examples are masked; --show-values shows them. Nothing of this was kept."
SKIPPED = "skipped: {path}: {reason}"
_MANY = 24
"""Periods that are printed for people; all of them stand in JSON."""
_BEST = 3
_HEADINGS = ("CRM", "ERP", "Agree", "CRM empty", "ERP empty", "Differ", "Agreement", "Behind")
_SIDES = {Stale.CRM: "the CRM", Stale.ERP: "the ERP", Stale.BOTH: "now one side, now the other"}
_DRAFT = (
    "# Draft: look at every line, delete what is wrong, add `amount`, `dated`, `customer` for the money view,",
    "# and put it into auditor.yaml.",
    "reconcile:",
    "  pairs:",
)


def pair_title(pair: PairDivergence) -> str:
    """Which objects, by which keys."""
    return f"{pair.id}: {pair.crm_object} ({pair.crm_key}) against {pair.erp_object} ({pair.erp_key})"


def heading(pair: PairDivergence) -> Iterator[str]:
    """The head of a pair in Markdown."""
    yield f"## {cell(pair.id)}"
    yield ""
    yield f"{cell(pair_title(pair))}. {' '.join(cell(each) for each in joined(pair))}"


def joined(pair: PairDivergence) -> Iterator[str]:
    """How rows met, as sentences."""
    counts = pair.counts
    only = f"{told_count(counts.only_crm)} only in the CRM, {told_count(counts.only_erp)} only in the ERP"
    yield f"{told_count(counts.paired)} rows met; {only}."
    if counts.crm_keyless or counts.erp_keyless:
        told = f"{told_count(counts.crm_keyless)} in the CRM, {told_count(counts.erp_keyless)} in the ERP"
        yield f"Without a key: {told}."
    if counts.crm_repeated or counts.erp_repeated:
        told = f"{told_count(counts.crm_repeated)} in the CRM, {told_count(counts.erp_repeated)} in the ERP"
        yield f"Rows whose key stands more than once are not compared: {told}."
    if pair.missing_since and counts.only_erp:
        yield f"{MISSING} is dated {pair.missing_since} to {pair.missing_until}."


def field_line(field: FieldDivergence) -> str:
    """One field in one line."""
    share = "  –  " if field.agreement is None else f"{told_share(field.agreement):>6}"
    told = (
        ("differ", field.different),
        ("empty in the CRM", field.crm_empty),
        ("empty in the ERP", field.erp_empty),
    )
    counts = ", ".join(f"{told_count(count)} {what}" for what, count in told if count) or "no difference"
    codes = f", by a map of {field.codes} codes" if field.codes else ""
    return f"{share}  {field.crm_field} = {field.erp_field} ({field.kind}{codes}): {counts}"


def stale(told: Staleness) -> str:
    """Which side is behind, and since when."""
    side = _SIDES.get(told.side)
    if side is None:
        return UNKNOWN.format(because=told.because)
    since = f" since {told.since}" if told.since else ""
    return f"Behind is {side}{since}: {told.because}."


def examples(field: FieldDivergence) -> str:
    """The rows that are named."""
    return "; ".join(f"{each.record}: {each.crm} against {each.erp}" for each in field.examples)


def field_table(pair: PairDivergence) -> Iterator[str]:
    """The fields of a pair as a table in Markdown."""
    if pair.fields:
        rows = [
            (
                each.crm_field,
                each.erp_field,
                *map(told_count, (each.agreed, each.crm_empty, each.erp_empty, each.different)),
                "–" if each.agreement is None else told_share(each.agreement),
                behind(each),
            )
            for each in pair.fields
        ]
        yield from _table(_HEADINGS, rows)


def named_rows(pair: PairDivergence) -> Iterator[str]:
    """The rows that differ, by field, in Markdown."""
    named = [each for each in pair.fields if each.examples]
    yield from (f"- {cell(each.crm_field)}: {cell(examples(each))}" for each in named)
    if named:
        yield ""


def money_lines(money: MoneyView) -> Iterator[str]:
    """The money view for a terminal."""
    yield (
        f"{money.figure}: the CRM says {told_money(money.crm)}, the ERP {told_money(money.erp)}; "
        f"gap {told_signed(money.gap)} ({told_count(money.different)} rows differ)"
    )
    if money.only_crm or money.only_erp:
        yield f"    only in the CRM {told_money(money.only_crm)}, only in the ERP {told_money(money.only_erp)}"
    if money.crm_keyless or money.erp_keyless:
        told = f"{told_money(money.crm_keyless)} in the CRM, {told_money(money.erp_keyless)} in the ERP"
        yield f"    rows without a key, not counted: {told}"
    for what, cells in _dimensions(money):
        gaps = (each for each in cells if each.gap and each.name != REST)
        shown = sorted(gaps, key=lambda each: (-abs(each.gap), each.name))[:_BEST]
        if shown:
            yield f"    by {what}: " + "; ".join(
                f"{told_name(each.name)} {told_signed(each.gap)}" for each in shown
            )
    if money.records and money.explained is not None:
        told = "; ".join(f"{each.record} {told_signed(each.gap)}" for each in money.records[:_BEST])
        share = told_share(money.explained)
        yield f"    {len(money.records)} rows make up {share} of all differences; the largest: {told}"


def money_tables(money: MoneyView | None) -> Iterator[str]:
    """The money view in Markdown."""
    if money is None:
        return
    first, *rest = money_lines(money)
    yield f"**{cell(first)}**"
    yield ""
    yield from (f"- {cell(line.strip())}" for line in rest)
    yield ""
    for what, cells in _dimensions(money):
        yield from _table(
            (what.capitalize(), "CRM", "ERP", "Gap"),
            [
                (told_name(each.name), told_money(each.crm), told_money(each.erp), told_signed(each.gap))
                for each in cells[-_MANY:]
            ],
        )
        yield ""
    if money.records:
        rows = [(each.record, _side(each.crm), _side(each.erp), told_signed(each.gap)) for each in money.records]
        yield from _table(("Record", "CRM", "ERP", "Gap"), rows)
        yield ""


def draft(proposals: Sequence[KeyProposal]) -> Iterator[str]:
    """Proposals as a section of auditor.yaml, with what was measured as comments."""
    yield from _DRAFT
    for each in proposals:
        yield (
            f"    # {told_count(each.common)} keys in common, {told_share(each.overlap)} of the shorter side; "
            f"distinct: {told_share(each.crm_unique)} in the CRM (filled {told_share(each.crm_filled)}), "
            f"{told_share(each.erp_unique)} in the ERP; {each.because}"
        )
        yield f"    - crm: {{object: {_yaml(each.crm_object)}, key: {_yaml(each.crm_key)}}}"
        yield f"      erp: {{object: {_yaml(each.erp_object)}, key: {_yaml(each.erp_key)}}}"
        if each.fields:
            yield "      fields:"
        for crm, erp in each.fields:
            yield f"        - {{crm: {_yaml(crm)}, erp: {_yaml(erp)}}}"


def cell(text: str) -> str:
    """A text that cannot leave its cell or its line in Markdown."""
    return "".join("\\" + each if each in "|\\`*_<[" else each for each in text.replace("\n", " "))


def _dimensions(money: MoneyView) -> tuple[tuple[str, tuple[MoneyCell, ...]], ...]:
    told = (("period", money.by_period), ("customer", money.by_customer), ("area", money.by_area))
    return tuple((what, cells) for what, cells in told if cells)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield "| " + " | ".join(map(cell, row)) + " |"


def known(told: Staleness) -> bool:
    """Whether anything says which side is behind."""
    return told.side in _SIDES


def behind(field: FieldDivergence) -> str:
    """Which side is behind in a field, in a cell; empty where nothing differs."""
    told = field.staleness
    if not field.different:
        return ""
    side = _SIDES.get(told.side, "unknown")
    return f"{side} since {told.since}" if told.since else side


def _yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def told_name(name: str) -> str:
    """The name of a period, customer or area."""
    return name or "(not said)"


def told_count(count: int) -> str:
    """A number of rows."""
    return f"{count:,}".replace(",", "\u202f")


def told_money(amount: Decimal) -> str:
    """An amount to the cent."""
    return f"{amount:,.2f}".replace(",", "\u202f")


def _side(amount: Decimal | None) -> str:
    return "–" if amount is None else told_money(amount)


def told_signed(amount: Decimal) -> str:
    """A gap to the cent, with its sign."""
    return f"{amount:+,.2f}".replace(",", "\u202f")


def told_share(share: float) -> str:
    """Never 100% where something is missing, and never 0% where something is there."""
    if 0.999 < share < 1:
        return "99.9%"
    return f"{share:.1%}".replace("100.0%", "100%")
