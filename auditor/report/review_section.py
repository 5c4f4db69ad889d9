"""Review candidates, least supported first, and how many there are under each stance towards showing."""

from __future__ import annotations

from auditor.model.liveness import Candidate, StanceCount
from auditor.model.results import AuditResult
from auditor.report import phrasing, review_words
from auditor.report.naming import Names
from auditor.report.view import Block, Column, LongTable, Paragraph, Section, Table

_PRINTED = 40
_NAMED = 3


def review_section(result: AuditResult, names: Names) -> Section:
    """The stances and the candidates; no block where there are no custom fields."""
    told = result.liveness
    blocks: list[Block] = []
    if told.stances:
        blocks.append(_stances(told.stances))
        blocks.append(_candidates(told.candidates, names) if told.candidates else Paragraph(review_words.NONE))
    return Section("candidates", review_words.TITLE, review_words.LEAD, tuple(blocks))


def _stances(stances: tuple[StanceCount, ...]) -> Table:
    columns = (
        Column(review_words.SYSTEM),
        Column(review_words.SHOWING),
        Column(review_words.ALIVE, True),
        Column(review_words.DEAD, True),
        Column(review_words.CANDIDATES, True),
        Column(review_words.OPEN, True),
    )
    rows = tuple(
        (
            each.system,
            _stance(each),
            *(phrasing.figure(n) for n in (each.alive, each.dead, each.candidates, each.open)),
        )
        for each in stances
    )
    return Table(columns, rows, review_words.STANCES, review_words.STANCE_NOTE)


def _stance(each: StanceCount) -> str:
    said = f"{each.showing}: {review_words.STANCE[each.showing]}"
    return review_words.CHOSEN.format(stance=said) if each.chosen else said


def _candidates(rows: tuple[Candidate, ...], names: Names) -> LongTable:
    columns = (
        Column(review_words.FIELD, breaks=True),
        Column(review_words.STATE),
        Column(review_words.SUPPORT, breaks=True),
        Column(review_words.SINCE),
        Column(review_words.FILL, True),
    )
    cells = tuple(
        (
            names.short(each.subject),
            _state(each),
            phrasing.listed(tuple(names.short(support) for support in each.support), _NAMED)
            or review_words.NOTHING,
            _since(each),
            "" if each.fill is None else phrasing.percent(each.fill),
        )
        for each in rows
    )
    return LongTable("candidates", columns, cells, _PRINTED, "report.json", review_words.NOTE)


def _since(each: Candidate) -> str:
    if each.dead_since is not None:
        return each.dead_since.isoformat()
    return review_words.NEVER if each.level == "dead" else ""


def _state(each: Candidate) -> str:
    state = review_words.STATES[each.level]
    return review_words.CIRCLE.format(state=state) if each.circle else state
