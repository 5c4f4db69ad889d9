"""Custom fields by object, largest first, against the platform's limit and what policies say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.model.catalogue import Role
from auditor.model.findings import Outcome
from auditor.model.results import AuditResult
from auditor.model.values import Value
from auditor.report import headings, phrasing, wording
from auditor.report.fact_tables import values_of
from auditor.report.naming import Names
from auditor.report.view import Bar, Bars


def field_bars(result: AuditResult, names: Names, most: int) -> Bars | None:
    """The objects of the CRMs with most custom fields; None where none has any."""
    crms = tuple(f"{system.name}:" for system in result.systems if system.role is Role.CRM)
    remarks, limits = _remarks(result), dict(_pairs(result, "limit"))
    pairs = _pairs(result, "field_count")
    counts = [(key, n) for key, n in pairs if isinstance(n, int) and n > 0 and key.startswith(crms)]
    counts.sort(key=lambda pair: (-pair[1], pair[0]))
    bars = []
    for subject, count in counts[:most]:
        limit = limits.get(subject)
        known = limit if isinstance(limit, int) else None
        bars.append(Bar(names.short(subject), count, known, remarks.get(subject, "")))
    return Bars(headings.CUSTOM_FIELDS_BY_OBJECT, tuple(bars), _note(counts[most:], bars)) if bars else None


def _note(others: Sequence[tuple[str, int]], bars: Sequence[Bar]) -> str:
    """How much is not drawn, and what the platform allows."""
    told = []
    if others:
        fields = phrasing.counted(sum(count for _, count in others), wording.CUSTOM_FIELDS)
        objects = phrasing.counted(len(others), wording.FURTHER_OBJECTS)
        told.append(wording.BARS_REST.format(objects=objects, fields=fields))
    known = sorted({bar.limit for bar in bars if bar.limit is not None})
    if known:
        limits = phrasing.listed(phrasing.figure(n) for n in known)
        told.append(wording.BARS_LIMIT.format(limits=limits))
    return " ".join(told)


def _pairs(result: AuditResult, name: str) -> list[tuple[str, Value]]:
    values = values_of(result.object_facts, result.objects, name)
    return [(row.subject, value) for row, value in zip(result.objects, values, strict=False)]


def _remarks(result: AuditResult) -> dict[str, str]:
    """What policies say of an object's count of fields, as `above 60`."""
    told: dict[str, str] = {}
    for finding in result.findings:
        counts = any(datum.fact in _FIELD_COUNTS for datum in finding.evidence[:1])
        bound = _BOUND.search(finding.message)
        if finding.outcome is Outcome.VIOLATION and counts and bound:
            told.setdefault(finding.subject, bound[1])
    return told


_FIELD_COUNTS = frozenset({"fields", "field_count", "field_slots"})
_BOUND = re.compile(r"\(([^()]+)\)$")
