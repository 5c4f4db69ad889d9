"""Every kind of usage evidence, and how a file is recognised as one of them.

A new kind is one entry in the table of its family, with its reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from auditor.errors import AuditorError
from auditor.model.observations import Evidence
from auditor.usage.dataverse.entries import DATAVERSE
from auditor.usage.githistory import GIT
from auditor.usage.hubspot.entries import HUBSPOT
from auditor.usage.kinds import EvidenceKind
from auditor.usage.kit.entries import KIT
from auditor.usage.logs.entries import LOGS
from auditor.usage.org.entries import ORG
from auditor.usage.org.identity import identified
from auditor.usage.records.entries import RECORDS
from auditor.usage.request import UsageRequest
from auditor.usage.shapes import columns_of, kind_of_columns
from auditor.usage.sqllogs.entries import SQL_LOGS

KINDS: tuple[EvidenceKind, ...] = (*KIT, *GIT, *ORG, *LOGS, *HUBSPOT, *DATAVERSE, *SQL_LOGS, *RECORDS)

BY_ID: Mapping[str, EvidenceKind] = MappingProxyType({kind.id: kind for kind in KINDS})


def evidence_kind(name: str) -> EvidenceKind:
    """The kind of that id.

    Raises:
        AuditorError: there is none; names all.
    """
    kind = BY_ID.get(name)
    if kind is None:
        raise AuditorError(f"{name!r} is no kind of evidence. The kinds are: {', '.join(sorted(BY_ID))}")
    return kind


def read(request: UsageRequest) -> Evidence:
    """Read one source by the reader of its kind, and note which organisation its rows say they come from.

    Raises:
        AuditorError: the request names a kind that does not exist.
    """
    return identified(request, evidence_kind(request.kind).read(request))


def recognise(path: Path) -> str | None:
    """Guess the kind of a file by its columns or members, never by its name; None where nothing fits.

    A folder is one of git history if it is the root of a repository, else nothing.
    """
    if path.is_dir():
        return GIT[0].id if (path / ".git").exists() else None
    return kind_of_columns(columns_of(path), KINDS)
