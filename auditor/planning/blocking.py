"""Mentions that stay behind and that no program may edit: each is somebody's work before the deletion."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from auditor.graph.nodes import Link, NodeKind
from auditor.model.references import WEAK, Access, Certainty
from auditor.model.rollback import Blocker, Standing
from auditor.planning.ground import Ground

CODE = frozenset(
    {"apex_class", "apex_trigger", "aura", "lwc", "static_resource", "visualforce_component", "visualforce_page"}
)
"""Kinds written by hand in a programming language: nobody but a developer changes them."""


def blockers_of(ground: Ground, leaving: Collection[str], *, editable: bool = False) -> tuple[Blocker, ...]:
    """What mentions something that goes, stays itself, and has to be changed by hand; sorted by subject and place.

    `editable`: the sources are edited by a program, which tells of declarative components itself; then only code
    and texts that may mean something are told here.
    """
    found = {
        blocker
        for key in leaving
        for link in ground.mentions(key)
        if link.other not in leaving and link.reference.access not in WEAK
        for blocker in _blocker(ground, key, link, editable)
    }
    return tuple(sorted(found, key=_place))


def _place(each: Blocker) -> tuple[str, str, str, int, str]:
    return each.subject, each.component, each.path, each.line or 0, each.reason


def _blocker(ground: Ground, key: str, link: Link, editable: bool) -> Iterator[Blocker]:
    reference = link.reference
    reason = ""
    if reference.certainty is Certainty.POSSIBLE:
        reason = "a text that may mean it; read it and decide"
    elif reference.component_kind in CODE:
        reason = f"code that {_DOES[reference.access]}; a developer has to change it"
    elif not editable and not _shows_only(link):
        reason = f"{_state(ground, link.other)}{_DOES[reference.access]}; change it first"
    if reason:
        yield Blocker(key, link.other, reference.path, reference.line, reason)


def _shows_only(link: Link) -> bool:
    return link.reference.access is Access.SHOWS


def _state(ground: Ground, key: str) -> str:
    if ground.kind(key) is NodeKind.COMPONENT and ground.switched_off(key):
        return "is switched off and still "
    return "nothing uses it and it still " if ground.standing(key) is Standing.DEAD else ""


_DOES = {
    Access.READS: "reads it",
    Access.WRITES: "writes it",
    Access.SHOWS: "shows it",
    Access.REQUIRES: "demands it",
    Access.GRANTS: "grants it",
    Access.LISTS: "lists it",
    Access.TRANSLATES: "translates it",
}
