"""Which kinds of component could mention a field, and how: a kind that was not read is not silent."""

from __future__ import annotations

from auditor.facts.base import Facts
from auditor.model.references import Access

REPOSITORY = "repository"
"""Under `complete:`, vouches that the repository holds every component of every kind."""
VOUCHED = f"`complete: [{REPOSITORY}]`"
"""How that is written in `auditor.yaml`."""

# Salesforce, facts by metadata type: what each can do to a field. Kinds that no organisation of today can be
# expected to lack or have are listed all the same; `complete:` says which of them do not exist.
_R, _W, _S = Access.READS, Access.WRITES, Access.SHOWS
_Q, _G, _L, _T = Access.REQUIRES, Access.GRANTS, Access.LISTS, Access.TRANSLATES
MENTIONING: dict[str, frozenset[Access]] = {
    "apex_class": frozenset({_R, _W}),
    "apex_trigger": frozenset({_R, _W}),
    "approval_process": frozenset({_R, _S, _W}),
    "assignment_rule": frozenset({_R}),
    "aura": frozenset({_R, _S, _W}),
    "compact_layout": frozenset({_S}),
    "dashboard": frozenset({_R}),
    "duplicate_rule": frozenset({_R}),
    "email_template": frozenset({_R}),
    "field_set": frozenset({_S, _L}),
    "flexipage": frozenset({_R, _S, _Q}),
    "flow": frozenset({_R, _S, _W}),
    "layout": frozenset({_R, _S, _Q}),
    "list_view": frozenset({_R}),
    "lwc": frozenset({_R, _S, _W}),
    "matching_rule": frozenset({_R}),
    "path_assistant": frozenset({_R, _S}),
    "permission_set": frozenset({_G}),
    "profile": frozenset({_G}),
    "quick_action": frozenset({_R, _S, _W}),
    "report": frozenset({_R}),
    "report_type": frozenset({_L}),
    "sharing_rule": frozenset({_R}),
    "translation": frozenset({_T}),
    "validation_rule": frozenset({_R, _Q}),
    "visualforce_page": frozenset({_R, _S, _W}),
    "web_link": frozenset({_R}),
    "workflow_rule": frozenset({_R, _W}),
}


def unread_kinds(facts: Facts, system: str, accesses: tuple[Access, ...]) -> tuple[str, ...]:
    """Component kinds that could mention a field in one of these ways and were neither read nor vouched for."""
    return facts.once((f"unread {system}", " ".join(accesses)), lambda: _unread(facts, system, accesses))


def _unread(facts: Facts, system: str, accesses: tuple[Access, ...]) -> tuple[str, ...]:
    if facts.settings.is_complete(system, REPOSITORY):
        return ()
    channels, wanted = facts.graph.system(system).channels, frozenset(accesses)
    return tuple(
        kind
        for kind, ways in MENTIONING.items()
        if kind not in channels and not wanted.isdisjoint(ways) and not facts.settings.is_complete(system, kind)
    )
