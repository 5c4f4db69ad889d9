"""The report in a terminal: one screen or two, with the rest in files."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from auditor.report import headings, wording
from auditor.report.terminal import printable
from auditor.report.view import CardView, FirstPage, ReportView, TierView

WIDTH = 100
_WATCHED = 8


def report_text(view: ReportView) -> str:
    """The first page as text, without what could move a cursor."""
    return "\n".join(_lines(view.first)) + "\n"


def _lines(page: FirstPage) -> Iterator[str]:
    yield printable(f"{page.company}: {page.title}. {page.as_of}")
    yield printable("  ".join(page.systems))
    yield ""
    yield from _wrapped(page.headline)
    for chart in page.growth:
        yield from _wrapped(f"{chart.title}: {chart.summary}" if chart.rows else chart.summary)
    for tier in page.tiers:
        yield ""
        yield from _tier(tier)
    yield ""
    yield headings.EVIDENCE
    for line in page.watched[:_WATCHED]:
        yield printable(f"  {line.what}: {line.span} ({line.source})")
    if len(page.watched) > _WATCHED:
        yield f"  {wording.EVIDENCE_MORE.format(n=len(page.watched) - _WATCHED)}"
    for sentence in page.unwatched:
        yield from _wrapped(sentence, "  ")


def _tier(tier: TierView) -> Iterator[str]:
    yield f"{tier.title.upper()}  {tier.lead if tier.cards else tier.empty}"
    for card in tier.cards:
        yield from _card(card)


def _card(card: CardView) -> Iterator[str]:
    head = " · ".join(part for part in (card.title, card.subject, card.severity) if part)
    yield from _wrapped(f"{card.number:>2}. {head}", "", "    ")
    yield from _wrapped(card.what, "    ")
    for line in (card.whom, card.action):
        yield from _wrapped(line, "    → ", "      ")


def _wrapped(text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
    indent = first if rest is None else rest
    yield from wrap(printable(text), WIDTH, initial_indent=first, subsequent_indent=indent)
