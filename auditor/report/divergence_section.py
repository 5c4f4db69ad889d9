"""Where the values of CRM and ERP diverge: sums, fields and where to look. No value of a record stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.model.divergence import FieldDivergence, MoneyCell, MoneyView, PairDivergence
from auditor.model.results import AuditResult
from auditor.report import divergence_words as words
from auditor.report.naming import Names
from auditor.report.view import Block, Bullets, Column, LongTable, Paragraph, Section, Table

_TITLE = "Whose figure is right"
_LEAD = (
    "Rows of CRM and ERP were joined by the keys that auditor.yaml confirms, and compared value by value. A gap "
    "is the CRM's figure less the ERP's, in the currency in which each amount is kept."
)
_MONEY = ("Figure", "CRM", "ERP", "Gap", "Gap / ERP", "Rows that differ", "Only in the CRM", "Only in the ERP")
_CELLS = ("Figure", "CRM", "ERP", "Gap")
_FIELDS = ("CRM", "ERP", "Agreement", "Differ", "Empty on one side", "Behind")
_WHOLE = "{n} further pairs of fields agree in every row."
_BY = "The largest gaps by {what}:"
_SENTENCE = "CRM and ERP tell different sums for {n} of {all} figures; the widest gap is {gap} in {figure}."
_LATER = "The whole comparison, with the records that explain most of each gap: `auditor reconcile`."
_LOOK = "Where to look"
_PRINTED = 12


def divergence_section(result: AuditResult, _names: Names) -> Section:
    """Sums first, then what lies behind them; no block where nothing was compared."""
    found = result.divergence
    if found is None:
        return Section("divergence", _TITLE, _LEAD, ())
    views = [pair.money for pair in found.pairs if pair.money is not None]
    blocks = [*_money(views), *_fields(found.pairs)]
    blocks += [Bullets(looks, _LOOK)] if (looks := tuple(_looks(found.pairs))) else []
    blocks += [Paragraph(words.SKIPPED.format(path=each.path, reason=each.reason)) for each in found.skipped]
    return Section("divergence", _TITLE, _LEAD, (*blocks, Paragraph(_LATER)))


def divergence_sentence(result: AuditResult) -> str:
    """The sums in one sentence; empty where all are the same, or none was compared."""
    pairs = () if result.divergence is None else result.divergence.pairs
    views = [pair.money for pair in pairs if pair.money is not None]
    apart = [each for each in views if each.gap]
    if not apart:
        return ""
    widest = max(apart, key=lambda each: abs(each.gap))
    told = {"n": len(apart), "all": len(views), "gap": words.told_signed(widest.gap), "figure": widest.figure}
    return _SENTENCE.format(**told)


def _money(views: list[MoneyView]) -> Iterator[Block]:
    if not views:
        return
    rows = tuple(_whole(each) for each in sorted(views, key=lambda each: -abs(each.gap)))
    yield Table((Column(_MONEY[0], breaks=True), *(Column(title, True) for title in _MONEY[1:])), rows)
    for what in ("period", "area"):
        cells = [(view, cell) for view in views for cell in _cells(view, what) if cell.gap]
        figures = (Column(title, True) for title in _CELLS[1:])
        columns = (Column(_CELLS[0], breaks=True), Column(what.capitalize()), *figures)
        if cells:
            rows = tuple(_cell(view, cell) for view, cell in sorted(cells, key=lambda each: -abs(each[1].gap)))
            yield Paragraph(_BY.format(what=what))
            yield LongTable(f"divergence-{what}", columns, rows, _PRINTED, "report.json")


def _cells(view: MoneyView, what: str) -> tuple[MoneyCell, ...]:
    return view.by_period if what == "period" else view.by_area


def _whole(view: MoneyView) -> tuple[str, ...]:
    return (
        *(view.figure, words.told_money(view.crm), words.told_money(view.erp), words.told_signed(view.gap)),
        *(_share(view), words.told_count(view.different), _some(view.only_crm), _some(view.only_erp)),
    )


def _share(view: MoneyView) -> str:
    """The gap as a share of the ERP's figure."""
    if not view.erp:
        return "–"
    return ("+" if view.gap > 0 else "-" if view.gap else "") + words.told_share(float(abs(view.gap / view.erp)))


def _some(amount: Decimal) -> str:
    return words.told_money(amount) if amount else "–"


def _cell(view: MoneyView, cell: MoneyCell) -> tuple[str, ...]:
    return (
        view.figure,
        words.told_name(cell.name),
        *map(words.told_money, (cell.crm, cell.erp)),
        words.told_signed(cell.gap),
    )


def _fields(pairs: tuple[PairDivergence, ...]) -> Iterator[Block]:
    """What does not agree in every row, the least agreeing first."""
    told = {
        (pair.crm_object, field.crm_field, pair.erp_object, field.erp_field): field
        for pair in pairs
        for field in pair.fields
        if field.agreement is not None
    }
    apart = sorted((each for each in told.items() if each[1].agreed < _filled(each[1])), key=_least_agreed)
    if apart:
        columns = (
            *(Column(title, breaks=True) for title in _FIELDS[:2]),
            *(Column(title, True) for title in _FIELDS[2:5]),
            Column(_FIELDS[5]),
        )
        rows = tuple(_field(*each) for each in apart)
        yield LongTable("divergence-fields", columns, rows, _PRINTED * 4, "report.json")
    if len(told) > len(apart):
        yield Paragraph(_WHOLE.format(n=words.told_count(len(told) - len(apart))))


def _filled(field: FieldDivergence) -> int:
    return field.agreed + field.crm_empty + field.erp_empty + field.different


def _least_agreed(each: tuple[tuple[str, str, str, str], FieldDivergence]) -> tuple[float, tuple[str, ...]]:
    return each[1].agreement or 0.0, each[0]


def _field(names: tuple[str, str, str, str], field: FieldDivergence) -> tuple[str, ...]:
    return (
        f"{names[0]}.{names[1]}",
        f"{names[2]}.{names[3]}",
        words.told_share(field.agreement or 0.0),
        words.told_count(field.different),
        words.told_count(field.crm_empty + field.erp_empty),
        words.behind(field),
    )


def _looks(pairs: tuple[PairDivergence, ...]) -> Iterator[str]:
    """One line a pair that differs: what is missing since when, which side is behind, or why that is unknown."""
    for pair in pairs:
        lines = [each for each in words.joined(pair) if each.startswith(words.MISSING)]
        told = [each.staleness for each in pair.fields if each.different]
        stale = {words.stale(each) for each in told if words.known(each)}
        unknown = sorted({each.because for each in told if not words.known(each)})
        stale |= {words.UNKNOWN.format(because=" and ".join(unknown))} if unknown else set()
        if lines or stale:
            figure = f" ({pair.money.figure})" if pair.money else ""
            yield f"{pair.crm_object} against {pair.erp_object}{figure}: {' '.join([*lines, *sorted(stale)])}"
