"""Takes out what no report may say: use by so few that it speaks of a person, and places of this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import PurePosixPath

from auditor.dataclasses import replace
from auditor.model.findings import Datum, Finding
from auditor.model.results import AuditResult, Card, Coverage, InventoryRow, SystemSummary
from auditor.model.rollback import Removed, RollbackPlan, Wave
from auditor.model.values import CountRange, Value
from auditor.patterns import regex
from auditor.report import wording

GROUP = 5
"""Use is told of groups of so many people and more."""
_COUNTS_OF_PEOPLE = frozenset({"readable_by", "readers"})
_OWN_WORDS = frozenset({"description", "label", "help"})
"""Facts that quote what somebody wrote; a number in them counts nobody."""


def discreet(result: AuditResult) -> AuditResult:
    """The result as it may leave here: small groups as `fewer than 5`, paths without their common folder."""
    root = _common_folder(result)
    return replace(
        result,
        systems=tuple(_system(system, root) for system in result.systems),
        findings=tuple(_finding(finding, root) for finding in result.findings),
        coverage=tuple(_coverage(row, root) for row in result.coverage),
        cards=tuple(_card(card) for card in result.cards),
        inventory=tuple(_row(row, result.inventory_facts) for row in result.inventory),
        facts=_facts(result.facts),
        plan=None if result.plan is None else discreet_plan(result.plan),
    )


def veiled(text: str) -> str:
    """A text in which every count of one to four people is `fewer than 5`; zero is a finding and stays."""
    if not any(word in text for word in _PEOPLE_WORDS):
        return text
    return _FEW.sub(lambda match: f"{wording.FEWER} {match['whom']}", text)


_PEOPLE_WORDS = ("user", "actor", "people", "person", "of them")
_PEOPLE = r"(?P<whom>(?:active |different |other )*(?:users?|actors?|people|persons?|of them)\b)"
_FEW = regex(rf"(?:\b(?:at least|at most|about) )?(?<![\d.,])(?:\d to )?[1-4] {_PEOPLE}")


def discreet_plan(plan: RollbackPlan) -> RollbackPlan:
    """A roll-back plan in which small groups are `fewer than 5`."""
    removals = tuple(
        replace(removal, items=tuple(_removed(item) for item in removal.items)) for removal in plan.removals
    )
    refused = tuple(
        replace(each, because=veiled(each.because), chain=tuple(veiled(link) for link in each.chain))
        for each in plan.refused
    )
    return replace(plan, removals=removals, refused=refused, waves=tuple(_wave(wave) for wave in plan.waves))


def _removed(item: Removed) -> Removed:
    return replace(item, because=veiled(item.because), support=tuple(veiled(each) for each in item.support))


def _wave(wave: Wave) -> Wave:
    return replace(wave, steps=tuple(replace(step, risk_because=veiled(step.risk_because)) for step in wave.steps))


def _finding(finding: Finding, root: str) -> Finding:
    return replace(
        finding,
        message=veiled(finding.message),
        measured=veiled(finding.measured),
        unknowns=tuple(veiled(reason) for reason in finding.unknowns),
        evidence=tuple(_datum(datum, root) for datum in finding.evidence),
    )


def _datum(datum: Datum, root: str) -> Datum:
    value = datum.value if datum.fact in _OWN_WORDS else veiled(datum.value)
    return replace(datum, value=value, source=_nearer(datum.source, root))


def _facts(facts: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    return {
        subject: {name: value if name in _OWN_WORDS else veiled(value) for name, value in told.items()}
        for subject, told in facts.items()
    }


def _card(card: Card) -> Card:
    return replace(card, sentence=veiled(card.sentence))


def _coverage(row: Coverage, root: str) -> Coverage:
    return replace(row, note=_nearer(veiled(row.note), root), path=_nearer(row.path, root))


def _system(system: SystemSummary, root: str) -> SystemSummary:
    return replace(system, location=_nearer(system.location, root))


def _row(row: InventoryRow, names: tuple[str, ...]) -> InventoryRow:
    values = (
        _few(value) if name in _COUNTS_OF_PEOPLE else value for name, value in zip(names, row.values, strict=True)
    )
    return replace(row, values=tuple(values))


def _few(value: Value) -> Value:
    if isinstance(value, int) and 0 < value < GROUP:
        return wording.FEWER
    if isinstance(value, CountRange) and value.least < GROUP:
        least = 0 if value.least == 0 else 1
        return (
            value
            if (value.least, value.most) == (0, 0)
            else CountRange(least, max(GROUP, value.most or 0) if value.most is not None else None)
        )
    return value


def _common_folder(result: AuditResult) -> str:
    """The folder under which all files lie that were read; empty where the paths are relative already."""
    places = [place for system in result.systems for place in system.location.split(", ")]
    places += [row.path for row in result.coverage]
    absolute = sorted({place for place in places if place.startswith("/")})
    if not absolute:
        return ""
    common = os.path.commonpath(absolute) if len(absolute) > 1 else str(PurePosixPath(absolute[0]).parent)
    return "" if common == "/" else common


def _nearer(text: str, root: str) -> str:
    return text.replace(f"{root}/", "") if root else text
