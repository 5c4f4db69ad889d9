"""Names of subjects as people read them: the system is left out where there is only one it could be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Role
from auditor.model.names import SubjectKind
from auditor.model.results import SystemSummary
from auditor.report.phrasing import subject_of, worded


@dataclass(frozen=True, slots=True)
class Names:
    """How subjects are written; `only` is the one CRM whose name need not be said, or empty."""

    only: str = ""

    def short(self, subject: str) -> str:
        """`Account.Region__c`, `report Sales/Pipeline`; other systems keep their name in front."""
        parsed = subject_of(subject)
        if parsed is None:
            return subject
        if parsed.kind is SubjectKind.SYSTEM:
            return parsed.system
        prefix = "" if parsed.system == self.only else f"{parsed.system}:"
        if parsed.kind is SubjectKind.COMPONENT:
            return f"{prefix}{worded(parsed.component_kind)} {parsed.name}"
        return prefix + (f"{parsed.name}.{parsed.field}" if parsed.field else parsed.name)

    def last(self, subject: str) -> str:
        """The last part alone, where the object stands beside it."""
        parsed = subject_of(subject)
        return parsed.field if parsed is not None and parsed.field else self.short(subject)

    def within(self, text: str) -> str:
        """A sentence in which subjects of the one CRM go without its name."""
        return re.sub(rf"(?<![\w/]){re.escape(self.only)}:(?=[\w\"])", "", text) if self.only else text


def names_for(systems: Iterable[SystemSummary]) -> Names:
    """Names for these systems."""
    crms = [system.name for system in systems if system.role is Role.CRM]
    return Names(crms[0] if len(crms) == 1 else "")
