"""Figures, days, values and names as the reports print them: one rounding, one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from auditor.errors import AuditorError
from auditor.model.findings import Datum, Finding
from auditor.model.names import Subject, SubjectKind, object_key, parse_subject
from auditor.model.values import Absent, CountRange, DateRange, Never, Unknown, Value
from auditor.patterns import regex
from auditor.report import wording


def figure(number: int) -> str:
    """A count with thousands set apart."""
    return f"{number:,}"


def counted(number: int, noun: tuple[str, str]) -> str:
    """A count and its noun, for one and for many."""
    return f"{figure(number)} {noun[number != 1]}"


def percent(share: float) -> str:
    """A share as whole percent; what is neither nothing nor all never rounds to it."""
    whole = round(share * 100)
    if whole == 0 and share > 0:
        return "under 1 %"
    if whole == 100 and share < 1:
        return "over 99 %"
    return f"{whole} %"


def long_day(day: date) -> str:
    """`21 November 2026`."""
    return f"{day.day} {wording.MONTHS[day.month - 1]} {day.year}"


def listed(names: Iterable[str], most: int = 0) -> str:
    """Names in a row; beyond `most` (0: no limit) only how many more there are."""
    every = list(names)
    if most and len(every) > most:
        return f"{', '.join(every[:most])} and {figure(len(every) - most)} more"
    return f"{', '.join(every[:-1])} and {every[-1]}" if len(every) > 1 else "".join(every)


def worded(word: str) -> str:
    """A snake-case word as it is read, abbreviations in capitals."""
    parts = (_ABBREVIATIONS.get(part, part) for part in word.split("_"))
    return " ".join(parts)


def fact_title(name: str) -> str:
    """The heading of a fact's column."""
    words = wording.FACTS.get(name) or worded(name)
    return words[:1].upper() + words[1:]


def value_words(value: Value) -> str:
    """A fact's value in words. Shares are the only facts that are no whole numbers."""
    match value:
        case Unknown():
            return wording.UNKNOWN
        case Absent():
            return wording.NOT_APPLICABLE
        case bool():
            return wording.YES if value else wording.NO
        case int():
            return figure(value)
        case float():
            return percent(value)
        case DateRange() | Never() | CountRange():
            return _bounds_words(value)
        case tuple():
            return ", ".join(str(item) for item in value) or wording.NOT_APPLICABLE
        case _:
            return str(value)


def _bounds_words(value: DateRange | Never | CountRange) -> str:
    if isinstance(value, CountRange):
        if value == CountRange(0, None):
            return wording.UNKNOWN
        return f"≥ {figure(value.least)}" if value.most is None else f"{figure(value.least)}–{figure(value.most)}"
    if isinstance(value, Never):
        return "never" if value.since is None else f"never since {value.since}"
    if value.exact is not None:
        return str(value.exact)
    if value.not_before is None:
        return f"by {value.not_after}" if value.not_after else wording.UNKNOWN
    return _quarter(value) or (
        f"{value.not_before} to {value.not_after}" if value.not_after else f"since {value.not_before}"
    )


def _quarter(value: DateRange) -> str:
    """`2026-Q3`, where the bounds are exactly a quarter."""
    first, last = value.not_before, value.not_after
    if first is None or last is None or first.day != 1 or first.month % 3 != 1:
        return ""
    following = date(first.year + first.month // 10, (first.month + 3 - 1) % 12 + 1, 1)
    return f"{first.year}-Q{(first.month + 2) // 3}" if last == following - timedelta(days=1) else ""


def subject_of(text: str) -> Subject | None:
    """A printed name taken apart; None for what is none."""
    try:
        return parse_subject(text)
    except AuditorError:
        return None


def object_of(text: str) -> str:
    """The printed name of the object that a field belongs to; other subjects stand for themselves."""
    subject = subject_of(text)
    if subject is None or subject.kind is not SubjectKind.FIELD:
        return text
    return object_key(subject.system, subject.name)


def without_title(finding: Finding, title: str) -> str:
    """What a finding says beside its policy's title."""
    said = tidied(finding.message.removeprefix(title).removeprefix(":").strip())
    return sentence(said)


def sentence(text: str) -> str:
    """A text with a capital first."""
    return text[:1].upper() + text[1:]


def tidied(text: str) -> str:
    """A text with `395d` as days, the bounds of a quarter as that quarter, and no regular expression."""
    text = _PATTERN.sub("", text)
    return _DAYS.sub(r"\1 days", _RANGE.sub(_as_quarter, text))


def _as_quarter(match: re.Match[str]) -> str:
    first, last = (_day(match[part]) for part in (1, 2))
    return (first and last and _quarter(DateRange(first, last))) or match[0]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def datum_words(datum: Datum, sourced: bool = True) -> str:
    """One fact, with its source where asked: `fill rate: 0 % [fill-by-cohort …]`."""
    about = f"{datum.subject} " if datum.subject else ""
    source = f" [{datum.source}]" if datum.source and sourced else ""
    fact, value = worded(datum.fact), tidied(datum.value)
    unit = f" {fact}"
    told = value.removesuffix(unit) if value.removesuffix(unit).replace(",", "").isdigit() else value
    return f"{about}{fact}: {told.replace('_', ' ') if datum.fact in ENUMERATED else told}{source}"


def telling(finding: Finding, most: int) -> tuple[Datum, ...]:
    """The first known facts that a finding rests on."""
    return tuple(datum for datum in finding.evidence if datum.value not in _SAYS_NOTHING)[:most]


def weightiest(finding: Finding, most: int, said: str = "") -> tuple[Datum, ...]:
    """The known facts that tell most beside what was `said`: figures and days before a bare yes or no.

    What is true of a neighbour by the policy's own words (`erp:kund role: erp`) comes last.
    """
    told = [datum for datum in telling(finding, len(finding.evidence)) if not _is_said(datum, said)]
    return tuple(sorted(told, key=lambda datum: (bool(datum.subject), datum.value in _BARE))[:most])


def evidence_words(finding: Finding, most: int, said: str = "") -> tuple[str, ...]:
    """The weightiest facts, without their sources; long texts are cut."""
    return tuple(shortened(datum_words(datum, sourced=False), 160) for datum in weightiest(finding, most, said))


def source_words(source: str) -> str:
    """A source as people call it: `event-log-file (usage, …)` → `event log files (usage, …)`."""
    kind, space, rest = source.partition(" ")
    return wording.EVIDENCE_KINDS.get(kind, kind) + space + rest


def sources_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Every source that the known facts of findings came from, each once."""
    data = (datum for finding in findings for datum in telling(finding, len(finding.evidence)))
    return tuple(dict.fromkeys(part for datum in data for part in datum.source.split("; ") if part))


def _is_said(datum: Datum, said: str) -> bool:
    value, words = tidied(datum.value).lower(), said.lower()
    value = value.replace("_", " ") if datum.fact in ENUMERATED else value
    distinct = len(value) > 3 or (len(value) > 1 and any(letter.isdigit() for letter in value))
    return worded(datum.fact) in words or (distinct and value in words)


def shortened(text: str, most: int) -> str:
    """A text cut at a word, with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def steps_of(fix: str) -> tuple[str, ...]:
    """The numbered steps of a policy's advice, one by one."""
    return tuple(step.strip() for step in _STEP.split(fix) if step.strip())


ENUMERATED = frozenset(
    {"concept", "nature", "kind_of_object", "function", "description_quality", "fill_trend", "data_type"}
)
"""Facts whose values are words of the vocabulary, printed with blanks."""
_BARE = frozenset({wording.YES, wording.NO})
_SAYS_NOTHING = frozenset({wording.UNKNOWN, "does not apply"})
_PATTERN = regex(r" \(matches .*\)$")
_DAYS = regex(r"\b(\d{1,5})d\b")
_RANGE = regex(r"\b(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)\b")
_STEP = regex(r"(?:^|\s)\d{1,2}\.\s+")
_ABBREVIATIONS = {"api": "API", "lwc": "LWC", "csp": "CSP", "id": "id", "url": "URL", "ids": "ids"}
