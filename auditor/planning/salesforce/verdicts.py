"""What a rule says of one mention: which elements go or change, that the component goes, or why nobody may."""

from __future__ import annotations

from collections.abc import Callable

from auditor.dataclasses import dataclass
from auditor.formats.xml_editing import Element
from auditor.planning.salesforce.documents import Document
from auditor.planning.salesforce.filters import without


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """One element that goes (`text` None) or gets another text; `what` says so for people."""

    element: Element
    what: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The whole component goes: without the field it is nothing."""

    because: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nobody may edit this; `reason` says why and what a person has to decide."""

    reason: str


Verdict = tuple[Cut, ...] | Gone | Refusal


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """One mention where it stands: the element whose text names `name`, at `place` within its component."""

    document: Document
    leaf: Element
    place: str
    name: str


Special = Callable[[Spot], Verdict | None]
"""A rule of its own for a kind; None: the tables decide."""


def up(element: Element, levels: int) -> Element:
    """The element so many levels above."""
    for _ in range(levels):
        if element.parent is None:
            return element
        element = element.parent
    return element


def with_sibling(leaf: Element, tag: str, what: str) -> Verdict:
    """An element and what only qualifies it: a sort column and its direction."""
    around = leaf.parent
    others = around.all(tag) if around is not None else []
    return (Cut(leaf, what), *(Cut(item, what) for item in others))


def condition(spot: Spot, item: Element, logic_tag: str = "booleanFilter") -> Verdict:
    """A condition of a filter, where leaving it out means nothing but that it is left out.

    The logic between the conditions is numbered anew when all marks are set (tidying.py).
    """
    around = item.parent
    if around is None:
        return Refusal("a condition without a filter around it")
    logic = around.value(logic_tag)
    number = around.all(item.tag).index(item) + 1
    if logic and without(logic, frozenset({number})) is None:
        return Refusal(
            f"condition {number} of the filter logic {logic!r} stands under OR or NOT: somebody has to decide "
            "what it shall count as"
        )
    return (Cut(item, f"filter on {spot.name} (more rows are shown without it)"),)
