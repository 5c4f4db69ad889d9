"""Which organisation a source was taken from, where its rows say so (`ORGANIZATION_ID` of event log files)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from auditor.dataclasses import replace
from auditor.errors import FormatError
from auditor.formats.tables import Row, open_table
from auditor.model.observations import Evidence, EvidenceSource
from auditor.usage.reading import files_of, organization_of
from auditor.usage.request import UsageRequest

SEPARATOR = ", "
"""Between the organisations of a source whose rows name several."""

_COLUMNS = ("ORGANIZATION_ID", "OrganizationId", "Organization.Id")
_OF_NO_ORG = "git-history"
"""The history of a repository is of no organisation, and its folder holds thousands of files."""
_ROWS = 1_000
"""Rows of each file that are looked at: all rows of a file come from one organisation."""


def identified(request: UsageRequest, evidence: Evidence) -> Evidence:
    """The same evidence, its sources with the organisation that the rows of the request's files name."""
    if request.kind == _OF_NO_ORG:
        return evidence
    if any(source.organization for source in evidence.sources):
        return replace(evidence, sources=tuple(_one_form(source) for source in evidence.sources))
    found = {name for path in files_of(request.paths) for name in _organizations(path)}
    if not found:
        return evidence
    told = SEPARATOR.join(sorted(found))
    return replace(evidence, sources=tuple(replace(each, organization=told) for each in evidence.sources))


def _one_form(source: EvidenceSource) -> EvidenceSource:
    """A source whose reader told its organisation, in the form in which all are compared."""
    if not source.organization:
        return source
    named = source.organization.split(SEPARATOR)
    return replace(source, organization=SEPARATOR.join(sorted({organization_of(each) or each for each in named})))


def _organizations(path: Path) -> Iterator[str]:
    # A JSON document would be read as a whole a second time; event log files are CSV.
    if {".json", ".parquet"} & set(path.suffixes) or not path.is_file():
        return
    try:
        table = open_table(path)
    except FormatError:
        # Its own reader says why.
        return
    if not any(table.has(column) for column in _COLUMNS):
        return
    for row in islice(table.rows(), _ROWS):
        identity = organization_of(row.get(*_COLUMNS)) if isinstance(row, Row) else None
        if identity:
            yield identity
