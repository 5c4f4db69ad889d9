"""What `auditor reconcile` prints. Columns of the CSV and keys of the JSON are a contract (docs/reconcile.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from auditor.formats.sheets import Sheet, csv_bytes
from auditor.model.divergence import (
    Divergence,
    Example,
    FieldDivergence,
    KeyProposal,
    MoneyCell,
    MoneyView,
    PairDivergence,
    Stale,
)
from auditor.report import divergence_words as words
from auditor.report.terminal import printable

_COLUMNS = (
    "pair",
    "crm_object",
    "crm_field",
    "erp_object",
    "erp_field",
    "type",
    "agreed",
    "crm_empty",
    "erp_empty",
    "different",
    "both_empty",
    "agreement",
    "stale",
    "since",
)


def divergence_text(found: Divergence) -> str:
    """For people: each pair, its fields, the money, and what to do next."""
    lines = [line for pair in found.pairs for line in _pair_lines(pair)]
    if found.proposals:
        lines += list(words.draft(found.proposals))
    elif not found.pairs:
        lines.append(words.NOTHING)
    lines += [words.SKIPPED.format(path=each.path, reason=each.reason) for each in found.skipped]
    if found.pairs and not found.values_shown:
        lines.append(words.MASKED)
    return "".join(printable(line) + "\n" for line in lines)


def divergence_markdown(found: Divergence) -> str:
    """The same as text, with tables."""
    lines = [words.TITLE, ""]
    for pair in found.pairs:
        lines += [
            *words.heading(pair),
            "",
            *words.field_table(pair),
            "",
            *words.named_rows(pair),
            *words.money_tables(pair.money),
        ]
    if found.proposals:
        lines += ["```yaml", *words.draft(found.proposals), "```"]
    elif not found.pairs:
        lines.append(words.NOTHING)
    skipped = (words.SKIPPED.format(path=each.path, reason=each.reason) for each in found.skipped)
    lines += [f"- {words.cell(each)}" for each in skipped]
    return "\n".join(printable(line) for line in lines).rstrip("\n") + "\n"


def divergence_csv(found: Divergence) -> str:
    """One line a field."""
    rows = tuple(_row(pair, field) for pair in found.pairs for field in pair.fields)
    return csv_bytes(Sheet("divergence", _COLUMNS, rows)).decode("utf-8-sig").replace("\r\n", "\n")


def divergence_json(found: Divergence) -> str:
    """Everything as one JSON document; amounts are texts, so that no cent is lost."""
    return json.dumps(divergence_values(found), ensure_ascii=False, indent=1) + "\n"


def divergence_values(found: Divergence) -> dict[str, object]:
    """The document as plain values."""
    return {
        "pairs": [_document(pair) for pair in found.pairs],
        "proposals": [_proposal(each) for each in found.proposals],
        "skipped": [{"path": each.path, "reason": each.reason} for each in found.skipped],
        "values_shown": found.values_shown,
    }


RENDERERS: Mapping[str, Callable[[Divergence], str]] = MappingProxyType(
    {
        "text": divergence_text,
        "markdown": divergence_markdown,
        "csv": divergence_csv,
        "json": divergence_json,
    }
)


def _pair_lines(pair: PairDivergence) -> Iterator[str]:
    yield words.pair_title(pair)
    for sentence in words.joined(pair):
        yield f"  {sentence}"
    for field in pair.fields:
        yield f"  {words.field_line(field)}"
        if field.different:
            yield f"      {words.stale(field.staleness)}"
            yield f"      {words.examples(field)}"
    if pair.money is not None:
        yield from (f"  {line}" for line in words.money_lines(pair.money))
    yield ""


def _row(pair: PairDivergence, field: FieldDivergence) -> tuple[str, ...]:
    share = "" if field.agreement is None else f"{field.agreement:.4f}"
    counts = (field.agreed, field.crm_empty, field.erp_empty, field.different, field.both_empty)
    told = field.staleness
    return (
        *(pair.id, pair.crm_object, field.crm_field, pair.erp_object, field.erp_field, str(field.kind)),
        *map(str, counts),
        share,
        str(told.side) if field.different else "",
        told.since.isoformat() if told.since else "",
    )


def _document(pair: PairDivergence) -> dict[str, object]:
    counts = pair.counts
    return {
        "id": pair.id,
        "crm_object": pair.crm_object,
        "erp_object": pair.erp_object,
        "crm_key": pair.crm_key,
        "erp_key": pair.erp_key,
        "paired": counts.paired,
        "only_crm": counts.only_crm,
        "only_erp": counts.only_erp,
        "crm_without_key": counts.crm_keyless,
        "erp_without_key": counts.erp_keyless,
        "crm_repeated": counts.crm_repeated,
        "erp_repeated": counts.erp_repeated,
        "missing_since": str(pair.missing_since) if pair.missing_since else None,
        "missing_until": str(pair.missing_until) if pair.missing_until else None,
        "fields": [_field(each) for each in pair.fields],
        "money": _money(pair.money) if pair.money else None,
    }


def _field(field: FieldDivergence) -> dict[str, object]:
    told = field.staleness
    stale = {
        "side": str(told.side if field.different else Stale.UNKNOWN),
        "crm": told.crm,
        "erp": told.erp,
        "since": str(told.since) if told.since else None,
        "because": told.because,
    }
    return {
        "crm_field": field.crm_field,
        "erp_field": field.erp_field,
        "type": str(field.kind),
        "tolerance": field.tolerance,
        "agreed": field.agreed,
        "crm_empty": field.crm_empty,
        "erp_empty": field.erp_empty,
        "both_empty": field.both_empty,
        "different": field.different,
        "agreement": None if field.agreement is None else round(field.agreement, 4),
        "codes": field.codes,
        "stale": stale,
        "examples": [_example(each) for each in field.examples],
    }


def _example(each: Example) -> dict[str, str]:
    return {"record": each.record, "crm": each.crm, "erp": each.erp}


def _money(money: MoneyView) -> dict[str, object]:
    return {
        "figure": money.figure,
        "crm_field": money.crm_field,
        "erp_field": money.erp_field,
        "crm_sum": str(money.crm),
        "erp_sum": str(money.erp),
        "gap": str(money.gap),
        "different": money.different,
        "only_crm": str(money.only_crm),
        "only_erp": str(money.only_erp),
        "crm_without_key": str(money.crm_keyless),
        "erp_without_key": str(money.erp_keyless),
        "by_period": list(map(_cell, money.by_period)),
        "by_customer": list(map(_cell, money.by_customer)),
        "by_area": list(map(_cell, money.by_area)),
        "records": [
            {
                "record": each.record,
                "crm": None if each.crm is None else str(each.crm),
                "erp": None if each.erp is None else str(each.erp),
                "gap": str(each.gap),
            }
            for each in money.records
        ],
        "explained": None if money.explained is None else round(money.explained, 4),
    }


def _cell(cell: MoneyCell) -> dict[str, str]:
    return {"name": cell.name, "crm": str(cell.crm), "erp": str(cell.erp), "gap": str(cell.gap)}


def _proposal(each: KeyProposal) -> dict[str, object]:
    return {
        "crm_object": each.crm_object,
        "erp_object": each.erp_object,
        "crm_key": each.crm_key,
        "erp_key": each.erp_key,
        "crm_unique": round(each.crm_unique, 4),
        "erp_unique": round(each.erp_unique, 4),
        "overlap": round(each.overlap, 4),
        "crm_filled": round(each.crm_filled, 4),
        "common": each.common,
        "because": each.because,
        "fields": [{"crm": crm, "erp": erp} for crm, erp in each.fields],
    }
