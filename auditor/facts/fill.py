"""How far a field is filled: over all rows, over rows by quarter of creation, and with what."""

from __future__ import annotations

from collections.abc import Callable

from auditor.facts.base import BOOLEAN, DATE, ENUM, FIELD, INTEGER, SHARE, TEXTS, Fact, Facts, of_field
from auditor.facts.fields import data_type, defaulted
from auditor.facts.measures import (
    Filled,
    counted_on,
    creator_fills,
    filled_quarters,
    latest_fills,
    latest_profile,
    overall,
    total,
)
from auditor.facts.quarters import quarter_end, quarter_of, quarter_start, shifted
from auditor.graph.nodes import FieldNode
from auditor.model.datatypes import DataType
from auditor.model.testimony.table import answering
from auditor.model.testimony.words import Question
from auditor.model.values import ABSENT, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec

FAMILY = "usage"
_CHECKBOX_TYPE = DataType.BOOLEAN
_COUNTED_BY = answering(Question.FIELD_FILLED)
_MEASURED_BY = answering(Question.VALUES_MEASURED)
_RECENT = 4
"""Quarters that count as recent: a full business year."""
_TREND = 0.05
"""Share of rows by which fill must have moved between two years to be called rising or falling."""


def never_filled(facts: Facts, node: FieldNode) -> Value:
    """Whether no row holds a value other than its default."""
    measured = overall(facts, node.key)
    if measured is None:
        return _unmeasured(facts, node)
    filled, _ = measured
    if not filled.rows:
        return ABSENT
    if not filled.filled:
        return True
    if not defaulted(node.value):
        return False
    profile = latest_profile(facts, node.key)
    if profile is None or profile.default_share is None:
        return Unknown("new rows get a value by themselves", facts.settled_by(node.system, *_MEASURED_BY))
    return profile.default_share >= 1.0


def _unmeasured(facts: Facts, node: FieldNode) -> Unknown:
    cut = [*facts.evidence.fills(node.key), *facts.evidence.profiles(node.key)]
    because = "the export may have been cut" if cut else "nobody counted which rows hold a value"
    return Unknown(because, facts.settled_by(node.system, *_COUNTED_BY))


def _fill_rate(facts: Facts, node: FieldNode) -> Value:
    if data_type(node) is _CHECKBOX_TYPE:
        return ABSENT
    measured = overall(facts, node.key)
    if measured is None:
        return _unmeasured(facts, node)
    share = measured[0].share
    return ABSENT if share is None else share


def _recent(facts: Facts, node: FieldNode, years_back: int = 0) -> Filled | None:
    """Rows created in the latest four quarters, or in the four so many years before them."""
    fills = latest_fills(facts, node.key)
    if not any(each.cohort.quarter for each in fills):
        return None
    day = facts.evidence.sources[fills[0].source].as_of or facts.settings.as_of
    last = shifted(quarter_of(day), -_RECENT * years_back)
    first = shifted(last, 1 - _RECENT)
    return total([each for each in fills if each.cohort.quarter and first <= each.cohort.quarter <= last])


def _fill_recent(facts: Facts, node: FieldNode) -> Value:
    if data_type(node) is _CHECKBOX_TYPE:
        return ABSENT
    recent = _recent(facts, node)
    if recent is None:
        return _no_quarters(facts, node)
    return ABSENT if recent.share is None else recent.share


def _fill_trend(facts: Facts, node: FieldNode) -> Value:
    if data_type(node) is _CHECKBOX_TYPE:
        return ABSENT
    now, before = _recent(facts, node), _recent(facts, node, years_back=1)
    if now is None or before is None:
        return _no_quarters(facts, node)
    if now.share is None or before.share is None or not (now.filled or before.filled):
        return "none"
    moved = now.share - before.share
    if abs(moved) < _TREND:
        return "flat"
    return "rising" if moved > 0 else "falling"


def _no_quarters(facts: Facts, node: FieldNode) -> Unknown:
    return Unknown("nobody counted values by quarter of creation", facts.settled_by(node.system, "fill-by-cohort"))


def _edge_quarter(pick: Callable[[list[str]], str]) -> Callable[[Facts, FieldNode], Value]:
    """The first or last quarter of creation whose rows hold a value."""

    def answer(facts: Facts, node: FieldNode) -> Value:
        if data_type(node) is _CHECKBOX_TYPE or defaulted(node.value):
            return Unknown("new rows get a value by themselves", facts.settled_by(node.system, *_MEASURED_BY))
        quarters = filled_quarters(facts, node.key)
        if quarters:
            return DateRange(quarter_start(pick(quarters)), quarter_end(pick(quarters)))
        measured = overall(facts, node.key)
        if measured is None:
            return _no_quarters(facts, node)
        if measured[0].filled:
            return _no_quarters(facts, node)
        return Never(None, counted_on(facts, measured[1]))

    return answer


def _filled_by(facts: Facts, node: FieldNode) -> Value:
    fills = creator_fills(facts, node.key)
    if not fills:
        return Unknown("nobody counted values by kind of creator", facts.settled_by(node.system, "fill-by-cohort"))
    return tuple(sorted({str(each.cohort.creator) for each in fills if each.filled})) or ABSENT


def _measure(attribute: str) -> Callable[[Facts, FieldNode], Value]:
    def answer(facts: Facts, node: FieldNode) -> Value:
        profile = latest_profile(facts, node.key)
        if profile is None:
            return Unknown("no extract of its records was read", facts.settled_by(node.system, *_MEASURED_BY))
        if not profile.filled:
            return ABSENT
        value: float | int | None = getattr(profile, attribute)
        return Unknown("the extract could not measure it") if value is None else value

    return answer


def _source(facts: Facts, key: str) -> str:
    measured = overall(facts, key)
    return facts.evidence.words([measured[1]]) if measured else ""


def _creator_source(facts: Facts, key: str) -> str:
    return facts.evidence.words(each.source for each in creator_fills(facts, key)[:1])


def _profile_source(facts: Facts, key: str) -> str:
    profile = latest_profile(facts, key)
    return facts.evidence.words([profile.source]) if profile else ""


_CHECKBOX = "it is a checkbox, which is never empty, or there are no rows"
_EMPTY = "no row holds a value"


def _shares() -> tuple[Fact, ...]:
    words = (
        ("dominant_share", SHARE, "Share of its filled rows that hold the most frequent value."),
        ("default_share", SHARE, "Share of its filled rows that hold the default."),
        ("placeholder_share", SHARE, "Share of its filled rows that hold a placeholder (`.`, `x`, `n/a`)."),
        ("distinct", INTEGER, "Different values in its rows."),
    )
    return tuple(
        Fact(
            FactSpec(
                name,
                FIELD,
                kind,
                sentence,
                FAMILY,
                unknown_when="no extract of its records was read",
                settled_by=_MEASURED_BY,
                absent_when=_EMPTY,
            ),
            of_field(_measure(name)),
            _profile_source,
        )
        for name, kind, sentence in words
    )


def _quarterly(name: str, sentence: str, answer: Callable[[Facts, FieldNode], Value]) -> Fact:
    spec = FactSpec(
        name,
        FIELD,
        DATE,
        sentence,
        FAMILY,
        unknown_when="nobody counted values by quarter, or new rows get a default",
        settled_by=("fill-by-cohort",),
    )
    return Fact(spec, of_field(answer), _source)


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "fill_rate",
            FIELD,
            SHARE,
            "Share of rows that hold a value.",
            FAMILY,
            unknown_when="nobody counted",
            settled_by=_COUNTED_BY,
            absent_when=_CHECKBOX,
        ),
        of_field(_fill_rate),
        _source,
    ),
    Fact(
        FactSpec(
            "fill_recent",
            FIELD,
            SHARE,
            "Share of the rows created in the latest four quarters that hold a value.",
            FAMILY,
            unknown_when="nobody counted by quarter",
            settled_by=("fill-by-cohort",),
            absent_when=_CHECKBOX,
        ),
        of_field(_fill_recent),
        _source,
    ),
    Fact(
        FactSpec(
            "fill_trend",
            FIELD,
            ENUM,
            "Fill of the latest four quarters against the four before; 5 points make a move.",
            FAMILY,
            values=("rising", "falling", "flat", "none"),
            unknown_when="nobody counted by quarter",
            settled_by=("fill-by-cohort",),
            absent_when=_CHECKBOX,
        ),
        of_field(_fill_trend),
        _source,
    ),
    Fact(
        FactSpec(
            "never_filled",
            FIELD,
            BOOLEAN,
            "Whether no row holds a value other than the default.",
            FAMILY,
            unknown_when="nobody counted, or new rows get a default that was not told apart",
            settled_by=_COUNTED_BY,
            absent_when="there are no rows",
        ),
        of_field(never_filled),
        _source,
    ),
    _quarterly("first_filled", "Quarter of creation of the oldest rows that hold a value.", _edge_quarter(min)),
    _quarterly(
        "last_filled_quarter", "Quarter of creation of the newest rows that hold a value.", _edge_quarter(max)
    ),
    Fact(
        FactSpec(
            "filled_by",
            FIELD,
            TEXTS,
            "Kinds of creators of the rows that hold a value; who created a row need not have filled the field.",
            FAMILY,
            unknown_when="nobody counted by kind of creator",
            settled_by=("fill-by-cohort",),
            absent_when=_EMPTY,
        ),
        of_field(_filled_by),
        _creator_source,
    ),
    *_shares(),
)
