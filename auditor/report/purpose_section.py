"""What the fields of each CRM do, in sentences, bars and a table by area and object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.functions import Function, FunctionShares
from auditor.model.results import AuditResult
from auditor.report import phrasing, purpose_words
from auditor.report.naming import Names
from auditor.report.view import Bar, Bars, Block, Column, LongTable, Paragraph, Section, Table

_PRINTED = 30
_BESIDE_COLLECTED = list(Function).index(Function.COLLECTED) + 1
_READ = (str(Function.DECIDES), str(Function.GUIDES), str(Function.INFORMS))
_LEFT = (str(Function.COLLECTED), str(Function.MIRRORED), str(Function.DEMANDED))


def purpose_section(result: AuditResult, names: Names) -> Section:
    """Shares of what fields do; no block where there are no custom fields."""
    blocks = [block for each in result.purposes if each.kind == "system" for block in _whole(each)]
    areas = [each for each in result.purposes if each.kind == "area"]
    if areas:
        told = _told([(each.name, *_cells(each)) for each in areas], purpose_words.AREA)
        blocks.append(Table(*told, purpose_words.AREAS))
    objects = sorted(
        (each for each in result.purposes if each.kind == "object"), key=lambda each: (-each.fields, each.name)
    )
    if objects:
        columns, rows = _told([(names.short(each.name), *_cells(each)) for each in objects], purpose_words.OBJECT)
        blocks.append(LongTable("purposes", columns, rows, _PRINTED, "report.json", purpose_words.NOTE))
    return Section("purposes", purpose_words.TITLE, purpose_words.LEAD, tuple(blocks))


def _whole(shares: FunctionShares) -> Iterator[Block]:
    yield Paragraph(" ".join(_sentences(shares)))
    counts = {**dict(shares.counts), purpose_words.SEEN: shares.shown}
    counts[str(Function.COLLECTED)] -= shares.shown
    bars = [(title, counts[word]) for word, title in purpose_words.FUNCTIONS.items()]
    drawn = tuple(Bar(title, n) for title, n in (*bars, (purpose_words.OPEN_BAR, shares.open)) if n)
    yield Bars(purpose_words.BARS.format(name=shares.name), drawn, heading=purpose_words.WHAT)


def _sentences(shares: FunctionShares) -> Iterator[str]:
    read, left, dead = (_sum(shares, words) for words in (_READ, _LEFT, (str(Function.DEAD),)))
    yield purpose_words.SUMMARY.format(
        fields=phrasing.figure(shares.fields),
        name=shares.name,
        read=phrasing.figure(read),
        share=_percent(read, shares),
        left=phrasing.figure(left),
        left_share=_percent(left, shares),
        dead=phrasing.figure(dead),
        dead_share=_percent(dead, shares),
    )
    if shares.shown:
        yield purpose_words.SHOWN.format(shown=phrasing.figure(shares.shown))
    if shares.open:
        may = [purpose_words.MAY[word].format(n=phrasing.figure(n)) for word, n in shares.may if n]
        unnamed = shares.open - sum(n for _, n in shares.may)
        if unnamed:
            may.append(purpose_words.UNNAMED.format(n=phrasing.figure(unnamed)))
        count, share = phrasing.figure(shares.open), _percent(shares.open, shares)
        yield purpose_words.OPEN.format(open=count, share=share, may=phrasing.listed(may))


def _told(rows: Sequence[tuple[str, ...]], first: str) -> tuple[tuple[Column, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows without what none of the rows has any of."""
    columns = _columns(first)
    kept = [n for n in range(len(columns)) if any(row[n] != "0" for row in rows)]
    return tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in rows)


def _columns(first: str) -> tuple[Column, ...]:
    figures = (*purpose_words.HEADINGS, purpose_words.UNKNOWN, purpose_words.READ)
    return (Column(first, breaks=True), *(Column(title, True) for title in (purpose_words.FIELDS, *figures)))


def _cells(shares: FunctionShares) -> tuple[str, ...]:
    counts = [phrasing.figure(n) for _, n in shares.counts]
    counts.insert(_BESIDE_COLLECTED, phrasing.figure(shares.shown))
    read = _percent(_sum(shares, _READ), shares)
    return (phrasing.figure(shares.fields), *counts, phrasing.figure(shares.open), read)


def _sum(shares: FunctionShares, words: Sequence[str]) -> int:
    return sum(n for word, n in shares.counts if word in words)


def _percent(number: int, shares: FunctionShares) -> str:
    return phrasing.percent(number / shares.fields)
