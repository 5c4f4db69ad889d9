"""How far each CRM carries transactions: what it holds by nature, as a whole and by business area."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.carriage import MEASURES, UNTOLD, Carriage
from auditor.model.results import AuditResult
from auditor.report import phrasing
from auditor.report.naming import Names
from auditor.report.view import Block, Column, Paragraph, Section, Table

_TITLE = "What the CRM carries"
_LEAD = (
    "A CRM is good at carrying activities and bad at carrying transactions. What its objects are for the business "
    "is told from names, fields and links; shares are of activities, master data and transactions."
)
_SUMMARY = "{index} of what {name} holds of the business are transactions: {measures}."
_MEASURE = "{share} of {measure}"
_WORDS = {"objects": "objects in use", "fields": "custom fields", "rows": "rows", "writes": "writes on record"}
_UNCOUNTED = "Rows of {n} were not counted."
_OBJECTS = "{n} objects"
_NATURES = {
    "activity": "Activities",
    "master": "Master data",
    "transaction": "Transactions",
    "reference": "Lists of values",
    "configuration": "Settings, links and other",
    UNTOLD: "Not recognised",
}
_NATURE, _AREA, _INDEX = "Nature", "Business area", "Transactions, all in all"
_HEADINGS = ("Objects in use", "Custom fields", "Rows", "Writes on record")
_AREAS = "Share of transactions by business area"
_NONE = "–"


def carriage_section(result: AuditResult, _names: Names) -> Section:
    """Natures of each CRM, and the share of transactions by area; no block where nothing is in use."""
    blocks = [block for each in result.carriages if each.kind == "system" for block in _whole(each)]
    areas = [each for each in result.carriages if each.kind == "area"]
    if areas:
        columns = (Column(_AREA, breaks=True), Column(_INDEX, True), *(Column(title, True) for title in _HEADINGS))
        blocks.append(Table(columns, tuple(_area(each) for each in areas), _AREAS))
    return Section("carriage", _TITLE, _LEAD, tuple(blocks))


def _whole(carriage: Carriage) -> Iterator[Block]:
    yield Paragraph(" ".join(_sentences(carriage)))
    rows = tuple(
        (_NATURES[line.nature], *(phrasing.figure(getattr(line, measure)) for measure in MEASURES))
        for line in carriage.counts
        if any(getattr(line, measure) for measure in MEASURES)
    )
    yield Table((Column(_NATURE), *(Column(title, True) for title in _HEADINGS)), rows)


def _sentences(carriage: Carriage) -> Iterator[str]:
    if carriage.index is not None:
        told = [
            _MEASURE.format(share=_range(each.least, each.most), measure=_WORDS[each.measure])
            for each in carriage.shares
        ]
        yield _SUMMARY.format(index=_range(*carriage.index), name=carriage.name, measures=phrasing.listed(told))
    if carriage.uncounted:
        yield _UNCOUNTED.format(n=_OBJECTS.format(n=phrasing.figure(carriage.uncounted)))


def _area(carriage: Carriage) -> tuple[str, ...]:
    shares = {each.measure: _range(each.least, each.most) for each in carriage.shares}
    index = _NONE if carriage.index is None else _range(*carriage.index)
    return (carriage.name, index, *(shares.get(measure, _NONE) for measure in MEASURES))


def _range(low: float, high: float) -> str:
    """One share, or its bounds where what is unknown could move it."""
    least, most = phrasing.percent(low), phrasing.percent(high)
    return least if least == most else f"{least} to {most}"
