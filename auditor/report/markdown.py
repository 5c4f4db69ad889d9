"""The report as Markdown (GitHub's dialect), with everything that came from outside made plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auditor.report import headings, phrasing, wording
from auditor.report.terminal import printable
from auditor.report.view import (
    Bars,
    Bullets,
    CardView,
    Column,
    FirstPage,
    GrowthChart,
    LongTable,
    Paragraph,
    PolicyBlock,
    ReportView,
    Section,
    Table,
    TierView,
)

_WIDTH = 24
"""Characters of the longest bar."""


def report_markdown(view: ReportView) -> str:
    """The first page and all sections."""
    blocks = [*_first(view.first), *(line for section in view.sections for line in _section(section))]
    return "\n\n".join(blocks) + "\n"


def section_markdown(section: Section) -> str:
    """One section by itself."""
    return "\n\n".join(_section(section))


def escaped(text: str) -> str:
    """Text in which nothing is markup: no HTML, link, table, emphasis, code, heading or list.

    CommonMark lets every ASCII punctuation mark be escaped by a backslash; `<`, `>` and `&` become entities, since
    readers differ in what they do with raw HTML. A colon behind a scheme is one, too, so that nothing is linked.
    """
    plain = printable(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))
    for mark, entity in _ENTITIES:
        plain = plain.replace(mark, entity)
    plain = _MARKS.sub(r"\\\g<0>", plain)
    plain = _SCHEME.sub(r"\1&#58;", plain)
    plain = _WWW.sub(r"\1&#46;", plain)
    return _STARTS.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", plain)


def _first(page: FirstPage) -> Iterator[str]:
    yield f"# {escaped(page.company)}: {escaped(page.title)}"
    yield escaped(f"{page.as_of} · " + " · ".join(page.systems))
    yield f"**{escaped(page.headline)}**"
    yield "\n".join(
        f"- **{escaped(stat.value)}** {escaped(stat.label)}"
        + (f" ({escaped(stat.detail)})" if stat.detail else "")
        for stat in page.stats
    )
    for chart in page.growth:
        yield from _growth(chart)
    for tier in page.tiers:
        yield from _tier(tier)
    yield f"## {escaped(wording.EVIDENCE_TITLE)}"
    lines = [escaped(f"{line.what}: {line.span}, by {line.source}") for line in page.watched]
    yield "\n".join(f"- {line}" for line in (*lines, *(escaped(sentence) for sentence in page.unwatched)))


def _growth(chart: GrowthChart) -> Iterator[str]:
    yield f"## {escaped(chart.title)}"
    yield escaped(chart.summary)
    if chart.rows:
        columns = (
            Column(headings.QUARTER),
            Column(headings.ADDED, True),
            Column(headings.REMOVED, True),
            Column(headings.AT_ITS_END, True),
        )
        rows = tuple((r.quarter, str(r.added), str(r.removed), str(r.total)) for r in chart.rows)
        yield _table(columns, rows)
        yield escaped(chart.note)


def _tier(tier: TierView) -> Iterator[str]:
    yield f"## {escaped(tier.title)}"
    yield escaped(tier.lead if tier.cards else tier.empty)
    yield from (_card(card) for card in tier.cards)


def _card(card: CardView) -> str:
    head = " · ".join(escaped(part) for part in (card.subject, card.severity) if part)
    lines = [f"**{card.number}\\. {escaped(card.title)}**" + (f" · {head}" if head else "")]
    lines += [escaped(line) for line in (card.what, card.why, card.whom, card.action) if line]
    if card.evidence:
        told = "; ".join(card.evidence)
        lines.append(
            escaped(
                f"{told}. {wording.SOURCES.format(names=phrasing.listed(card.sources, 3))}"
                if card.sources
                else told
            )
        )
    return "\\\n".join(lines)


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    yield escaped(section.lead)
    for block in section.blocks:
        yield from _WRITERS[type(block)](block)


def _paragraph(block: Paragraph) -> Iterator[str]:
    yield escaped(block.text)


def _bullets(block: Bullets) -> Iterator[str]:
    yield from _titled(block.title)
    yield "\n".join(f"- {escaped(item)}" for item in block.items)


def _whole_table(block: Table) -> Iterator[str]:
    yield from _titled(block.title)
    yield _table(block.columns, block.rows)
    if block.note:
        yield escaped(block.note)


def _long_table(block: LongTable) -> Iterator[str]:
    yield _table(block.columns, block.head)
    if len(block.rows) > block.printed:
        told = wording.PRINTED.format(shown=block.printed, total=f"{len(block.rows):,}", file=block.file)
        yield escaped(told)
    if block.note:
        yield escaped(block.note)


def _bars(block: Bars) -> Iterator[str]:
    yield from _titled(block.title)
    most = max((bar.value for bar in block.bars), default=0) or 1
    rows = tuple(
        (bar.label, "█" * max(1, round(bar.value * _WIDTH / most)), f"{bar.value:,}", bar.remark)
        for bar in block.bars
    )
    yield _table(
        (
            Column(block.heading or headings.OBJECT),
            Column(""),
            Column(headings.FIELDS, True),
            Column(headings.REMARK),
        ),
        rows,
    )
    if block.note:
        yield escaped(block.note)


def _policy(block: PolicyBlock) -> Iterator[str]:
    yield f"### {escaped(block.title)}"
    yield escaped(f"{block.id} · {block.severity} · {block.tally}")
    yield escaped(block.why)
    if block.steps:
        yield "\n".join(f"{number}. {escaped(step)}" for number, step in enumerate(block.steps, 1))
    for table in (block.found, block.open):
        if table is not None:
            yield from _whole_table(table)
    yield f"{escaped(headings.MORE)}: `auditor explain SUBJECT {block.id}`"


def _titled(title: str) -> Iterator[str]:
    if title:
        yield f"**{escaped(title)}**"


def _table(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    head = [_row([column.title for column in columns])]
    head.append("|" + "|".join(" ---: " if column.figures else " --- " for column in columns) + "|")
    return "\n".join([*head, *(_row(row) for row in rows)])


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_MARKS = re.compile(r"[\\`*_\[\]|~$@#]")
_SCHEME = re.compile(r"\b(https?|ftp|mailto|xmpp|javascript|data):", re.IGNORECASE)
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
_STARTS = re.compile(r"^(\s*)([-+=!])|^(\s*\d+)([.)])")
_WRITERS: dict[type, Callable[..., Iterator[str]]] = {
    Paragraph: _paragraph,
    Bullets: _bullets,
    Table: _whole_table,
    LongTable: _long_table,
    Bars: _bars,
    PolicyBlock: _policy,
}
