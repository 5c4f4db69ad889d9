"""Who mentions what: references from components to fields and objects, and calls between components."""

from __future__ import annotations

from enum import StrEnum

from auditor.dataclasses import dataclass


class Access(StrEnum):
    """What a reference does with its target. The last three are weak: they are never evidence of use."""

    # As of the text that it is, and equals; the hash that enumerations have by default is slow.
    __hash__ = str.__hash__

    READS = "reads"
    WRITES = "writes"
    SHOWS = "shows"
    REQUIRES = "requires"
    GRANTS = "grants"
    LISTS = "lists"
    TRANSLATES = "translates"

    @property
    def weak(self) -> bool:
        """Whether the mention says nothing about use."""
        return self in WEAK


WEAK = frozenset({Access.GRANTS, Access.LISTS, Access.TRANSLATES})


class Certainty(StrEnum):
    """Whether the mention surely means the target, or only may (a dynamic string, a name that fits several)."""

    # As of the text that it is, and equals; the hash that enumerations have by default is slow.
    __hash__ = str.__hash__

    CERTAIN = "certain"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of a field or object by a component.

    `target` is `Object.Field`, or `Object` where the object itself is meant; names as the platform has them.
    `component_kind` and `component` name the component; a formula, roll-up or lookup filter is of kind
    `field` and named `Object.Field`. `part` says in which part of the component (`filter`, `column`, …).
    """

    component_kind: str
    component: str
    target: str
    access: Access
    certainty: Certainty
    path: str
    line: int | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One component that starts or contains another: dashboard → report, flow → subflow, page → controller."""

    caller_kind: str
    caller: str
    callee_kind: str
    callee: str
    certainty: Certainty
    path: str
    line: int | None = None


def reference_order(item: Reference) -> tuple[str, str, str, str, str, str, int, int]:
    """The order in which catalogues list references: by who mentions, then by what is mentioned and where."""
    return (
        item.component_kind,
        item.component,
        item.target,
        item.access,
        item.part,
        item.path,
        item.line or 0,
        _CERTAINTIES[item.certainty],
    )


def call_order(item: Call) -> tuple[str, str, str, str, str, int, int]:
    """The order in which catalogues list calls."""
    return (
        item.caller_kind,
        item.caller,
        item.callee_kind,
        item.callee,
        item.path,
        item.line or 0,
        _CERTAINTIES[item.certainty],
    )


_CERTAINTIES = {certainty: place for place, certainty in enumerate(Certainty)}
