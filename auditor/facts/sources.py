"""How far each usage source can be trusted."""

from __future__ import annotations

from auditor.facts.base import BOOLEAN, DATE, INTEGER, TEXT, Fact, Facts, known
from auditor.model.values import DateRange, Unknown, Value
from auditor.model.vocabulary import FactSpec

FAMILY = "evidence"
_SOURCE = frozenset({"source"})


def _format(facts: Facts, key: str) -> Value:
    return facts.graph.source(key).value.format


def _as_of(facts: Facts, key: str) -> Value:
    day = facts.graph.source(key).value.as_of
    return Unknown("the file does not tell its day") if day is None else DateRange.on(day)


def _age(facts: Facts, key: str) -> Value:
    day = facts.graph.source(key).value.as_of
    return Unknown("the file does not tell its day") if day is None else (facts.settings.as_of - day).days


def _truncated(facts: Facts, key: str) -> Value:
    return facts.graph.source(key).value.truncated


def _organization(facts: Facts, key: str) -> Value:
    told = facts.graph.source(key).value.organization
    return Unknown("the file does not tell its organisation") if told is None else told


def _other_organization(facts: Facts, key: str) -> Value:
    """Whether it comes from another organisation than most of the sources that tell theirs."""
    told = facts.graph.source(key).value.organization
    if told is None:
        return Unknown("the file does not tell its organisation")
    names = [each.organization for each in facts.evidence.sources.values() if each.organization is not None]
    return told != max(sorted(set(names)), key=names.count)


def _rows(facts: Facts, key: str) -> Value:
    return facts.graph.source(key).value.rows


def _note(facts: Facts, key: str) -> Value:
    return known(facts.graph.source(key).value.note or None)


_NO_DAY = "the file does not tell its day"
_NO_ORGANIZATION = "the file does not tell its organisation"

FACTS: tuple[Fact, ...] = (
    Fact(FactSpec("format", _SOURCE, TEXT, "Kind of evidence.", FAMILY), _format),
    Fact(
        FactSpec(
            "as_of", _SOURCE, DATE, "Day of the export, or of its newest event.", FAMILY, unknown_when=_NO_DAY
        ),
        _as_of,
    ),
    Fact(
        FactSpec(
            "age_days", _SOURCE, INTEGER, "Days from then to the audit.", FAMILY, unit="days", unknown_when=_NO_DAY
        ),
        _age,
    ),
    Fact(FactSpec("truncated", _SOURCE, BOOLEAN, "Whether it may have been cut.", FAMILY), _truncated),
    Fact(
        FactSpec(
            "organization", _SOURCE, TEXT, "Organisation it was taken from.", FAMILY, unknown_when=_NO_ORGANIZATION
        ),
        _organization,
    ),
    Fact(
        FactSpec(
            "other_organization",
            _SOURCE,
            BOOLEAN,
            "Whether it was taken from another organisation than most sources.",
            FAMILY,
            unknown_when=_NO_ORGANIZATION,
        ),
        _other_organization,
    ),
    Fact(FactSpec("rows", _SOURCE, INTEGER, "Rows read.", FAMILY, unit="rows"), _rows),
    Fact(FactSpec("note", _SOURCE, TEXT, "What its reader had to say.", FAMILY, absent_when="nothing"), _note),
)
