"""The score in words: what it is, where it is lost, and what would gain most for the hour."""

from __future__ import annotations

from auditor.model.results import AuditResult
from auditor.model.scorecards import EntityScore, Interval, Move, Scorecard, ScoreChange
from auditor.report import headings, phrasing
from auditor.report import score_wording as words
from auditor.report.naming import Names
from auditor.report.view import Block, Column, Paragraph, Section, Table


def score_section(result: AuditResult, names: Names) -> Section:
    """The score by business entity and pillar, and the best moves; without a charter, how to get one."""
    section = words.SECTION
    card = result.score
    if card is None:
        return Section("score", *section, (Paragraph(words.WITHOUT_CHARTER),))
    blocks: list[Block] = [Paragraph(score_sentence(card))]
    if result.score_change is not None:
        blocks.append(Paragraph(change_sentence(card, result.score_change)))
    blocks.append(_entities(card))
    if any(_shows(move) for move in card.moves):
        blocks.append(_moves(card, result))
    blocks.append(Paragraph(words.ARITHMETIC))
    return Section("score", *section, tuple(blocks))


def score_sentence(card: Scorecard) -> str:
    """The whole score in one sentence: `Score 62 (58 to 71), grade C; 84 % of the questions are answered`."""
    form = words.RATED if card.grade else words.UNRATED
    return form.format(
        score=interval_words(card.score), grade=card.grade or "", evidence=phrasing.percent(card.evidence)
    )


def change_sentence(card: Scorecard, change: ScoreChange) -> str:
    """What moved the score since an earlier state; a move of less than half the interval is told as none."""
    form = words.WITHIN if abs(change.points) < (card.score.high - card.score.low) / 2 else words.CHANGED
    parts = [each for each in change.parts if round(each.points)]
    told = [words.PART.format(points=_signed(each.points), cause=words.CAUSES[each.cause]) for each in parts]
    return form.format(
        day=phrasing.long_day(change.since),
        before=interval_words(change.before),
        now=interval_words(card.score),
        points=_points(change.points),
        parts=phrasing.listed(told) or words.UNMOVED,
    )


def _signed(points: float) -> str:
    return f"{round(points):+d}" if round(points) else "0"


def _points(points: float) -> str:
    return f"{_signed(points)} {words.POINTS[abs(round(points)) != 1]}"


def interval_words(score: Interval) -> str:
    """The point with its interval, as whole numbers."""
    low, point, high = (round(each) for each in (score.low, score.point, score.high))
    return str(point) if low == high else words.INTERVAL.format(point=point, low=low, high=high)


def _entities(card: Scorecard) -> Table:
    pillars = sorted({pillar.pillar for each in card.entities for pillar in each.pillars})
    columns = (
        Column(words.ENTITY),
        Column(words.SCORE, figures=True),
        Column(words.BUDGET, figures=True),
        *(Column(phrasing.fact_title(pillar), figures=True) for pillar in pillars),
        Column(words.ACCEPTED_DEBT, figures=True),
    )
    return Table(columns, tuple(_entity(each, pillars) for each in card.entities), note=words.COLUMNS)


def _entity(entity: EntityScore, pillars: list[str]) -> tuple[str, ...]:
    scores = {pillar.pillar: interval_words(pillar.score) for pillar in entity.pillars}
    return (
        entity.name or words.THE_REST,
        interval_words(entity.score) + (f" {words.CAPPED}" if entity.capped else ""),
        phrasing.figure(entity.budget),
        *(scores.get(pillar, "") for pillar in pillars),
        phrasing.figure(round(entity.accepted_debt)) if entity.accepted_debt else "",
    )


def _moves(card: Scorecard, result: AuditResult) -> Table:
    titles = {tally.policy.id: tally.policy.title for tally in result.tallies}
    columns = (
        Column(headings.DO),
        Column(words.ENTITY),
        Column(headings.FINDINGS, figures=True),
        Column(words.GAIN, figures=True),
        Column(words.HOURS, figures=True),
    )
    return Table(columns, tuple(_move(move, titles) for move in card.moves if _shows(move)), words.MOVES)


def _shows(move: Move) -> bool:
    """Whether it gains as much as is printed."""
    return round(move.gain, 1) > 0


def _move(move: Move, titles: dict[str, str]) -> tuple[str, ...]:
    return (
        titles.get(move.policy, move.policy),
        move.entity or words.THE_REST,
        phrasing.figure(move.findings),
        f"+{move.gain:.1f}",
        f"{move.hours:g}",
    )
