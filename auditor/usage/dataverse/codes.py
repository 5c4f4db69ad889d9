"""What the codes of Dataverse's audit table mean.

Source: Power Apps developer guide, Retrieve the history of audited data changes (`operation`: four values); table
reference, audit (`action`: choices).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from auditor.dataclasses import dataclass


class Happened(StrEnum):
    """What an audited event was to the data."""

    CREATED = "rows were created"
    CHANGED = "rows were changed"
    DELETED = "rows were deleted"
    SEEN = "a row was retrieved"
    AUDIT_CHANGED = "auditing itself was switched on or off"
    NOTHING = "nothing about data (a log-in, a share, a definition)"


@dataclass(frozen=True, slots=True)
class AuditCode:
    """One code, its word in the vendor's documentation, and what it was to the data."""

    code: int
    word: str
    happened: Happened


OPERATIONS: tuple[AuditCode, ...] = (
    AuditCode(1, "Create", Happened.CREATED),
    AuditCode(2, "Update", Happened.CHANGED),
    AuditCode(3, "Delete", Happened.DELETED),
    AuditCode(4, "Access", Happened.NOTHING),
)


def _codes(happened: Happened, *pairs: tuple[int, str]) -> tuple[AuditCode, ...]:
    return tuple(AuditCode(code, word, happened) for code, word in pairs)


ACTIONS: tuple[AuditCode, ...] = (
    *_codes(Happened.CREATED, (1, "Create")),
    *_codes(Happened.CHANGED, (2, "Update"), (4, "Activate"), (5, "Deactivate"), (11, "Cascade"), (12, "Merge")),
    *_codes(Happened.CHANGED, (13, "Assign"), (16, "Close"), (17, "Cancel"), (18, "Complete"), (20, "Resolve")),
    *_codes(Happened.CHANGED, (21, "Reopen"), (22, "Fulfill"), (23, "Paid"), (24, "Qualify"), (25, "Disqualify")),
    *_codes(Happened.CHANGED, (26, "Submit"), (27, "Reject"), (28, "Approve"), (29, "Invoice"), (30, "Hold")),
    *_codes(Happened.CHANGED, (48, "Set State"), (50, "Win"), (51, "Lose")),
    *_codes(Happened.DELETED, (3, "Delete")),
    *_codes(Happened.SEEN, (15, "Retrieve")),
    *_codes(Happened.NOTHING, (14, "Share"), (64, "User Access via Web"), (65, "User Access via Web Services")),
    *_codes(Happened.NOTHING, (100, "Delete Entity"), (101, "Delete Attribute"), (111, "Audit Log Deletion")),
    *_codes(Happened.NOTHING, (112, "User Access Audit Started"), (113, "User Access Audit Stopped")),
    *_codes(
        Happened.AUDIT_CHANGED, (102, "Audit Change at Entity Level"), (103, "Audit Change at Attribute Level")
    ),
    *_codes(Happened.AUDIT_CHANGED, (104, "Audit Change at Organization Level"), (105, "Entity Audit Started")),
    *_codes(Happened.AUDIT_CHANGED, (106, "Attribute Audit Started"), (107, "Audit Enabled")),
    *_codes(Happened.AUDIT_CHANGED, (108, "Entity Audit Stopped"), (109, "Attribute Audit Stopped")),
    *_codes(Happened.AUDIT_CHANGED, (110, "Audit Disabled")),
)
"""Codes that say something here; of another one its operation decides."""


def _known(codes: tuple[AuditCode, ...]) -> Mapping[str, Happened]:
    numbers = {str(each.code): each.happened for each in codes}
    return MappingProxyType({**numbers, **{each.word.lower(): each.happened for each in codes}})


_OPERATIONS, _ACTIONS = _known(OPERATIONS), _known(ACTIONS)


def happened(action: str, operation: str) -> Happened | None:
    """What an event was, by code or word of its action, else of its operation; None for what neither tells."""
    told = _ACTIONS.get(action.strip().lower())
    if told in (Happened.AUDIT_CHANGED, Happened.SEEN):
        return told
    return _OPERATIONS.get(operation.strip().lower(), told)
