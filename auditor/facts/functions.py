"""What each field is for, as far as anybody can see: what it does for its readers, or why it is there at all.

Defined in docs/liveness-functions.md. Functions are inherited backwards: what goes into a formula does what the
formula does. Of several the strongest is told: deciding, guiding, informing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from auditor.facts.base import ENUM, FIELD, TEXTS, Fact, Facts, of_field
from auditor.facts.liveness.answers import SETTLED
from auditor.facts.liveness.engine import Liveness, liveness_of
from auditor.facts.liveness.kinds import Part, part_of
from auditor.facts.liveness.parts import is_whole, part_above
from auditor.graph.liveness.net import LIMITS, is_helper
from auditor.graph.nodes import FieldNode, NodeKind
from auditor.model.functions import Function
from auditor.model.liveness import DEAD, OBSERVED, Showing
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import GLOBAL, FactSpec

FAMILY = "liveness"
_FIELD = NodeKind.FIELD
_DECIDES, _GUIDES, _INFORMS = 4, 2, 1
_ALL = _DECIDES | _GUIDES | _INFORMS
_STRONGEST = ((_DECIDES, Function.DECIDES), (_GUIDES, Function.GUIDES), (_INFORMS, Function.INFORMS))
_BY_PART: Mapping[Part, int] = {
    Part.AUTOMATION: _DECIDES,
    Part.VALIDATION: _DECIDES,
    Part.RULE: _DECIDES,
    Part.SCREEN: _GUIDES,
    Part.PAGE: _GUIDES,
    Part.BUTTON: _GUIDES,
}
_BY_KIND: Mapping[str, int] = {"list_view": _GUIDES, "path_assistant": _GUIDES}
"""Kinds that do something else than others of their part."""
_LEFT = (
    ("mirrors_only", Function.MIRRORED),
    ("demanded_only", Function.DEMANDED),
    ("collected_only", Function.COLLECTED),
)
"""What is left of a field that nothing alive reads, most telling first."""


def function(facts: Facts, node: FieldNode) -> Value:
    """What a field is for; unknown where what keeps it could not be seen."""
    living = liveness_of(facts)
    number = living.node(node.key)
    if number is not None and living.marks.levels[number] == OBSERVED:
        done = _strongest(_flags(facts, number, OBSERVED))
        return done or Unknown("what keeps it alive says nothing of what it is for")
    if number is None or living.read.levels[number] == DEAD:
        left = (str(word) for name, word in _LEFT if facts.fact(node.key, name) is True)
        told = next(left, None)
        if told is not None:
            return told
    alive = facts.fact(node.key, "alive")
    return str(Function.DEAD) if alive is False else alive


def _strongest(flags: int) -> str | None:
    return next((str(word) for flag, word in _STRONGEST if flags & flag), None)


def _possible(facts: Facts, node: FieldNode) -> Value:
    """What an open field may be for: by whatever may read or show it."""
    if not isinstance(facts.fact(node.key, "function"), Unknown):
        return ABSENT
    number = liveness_of(facts).node(node.key)
    flags = 0 if number is None else _flags(facts, number, DEAD + 1)
    return tuple(sorted(str(word) for flag, word in _STRONGEST if flags & flag))


def _flags(facts: Facts, node: int, least: int) -> int:
    """What is done with a node of the net by things that live at a level or above."""
    living = liveness_of(facts)
    if is_whole(living):
        return facts.once(("functions", str(least)), lambda: _flagged(facts, living, least))[node]
    names, kind_of = living.net.names, facts.graph.kind_of
    return _flagged(facts, part_above(living, node, lambda each: kind_of(names[each]) is not _FIELD), least)[0]


def _flagged(facts: Facts, living: Liveness, least: int) -> list[int]:
    """The same by node."""
    net, levels = living.net, living.marks.levels
    stance = facts.settings.showing if least == OBSERVED else Showing.KEEPS
    limits = LIMITS[stance]
    # 0 for whatever takes no flags: what is no field, and what does not live so well.
    open_to = [
        _ALL if level >= least and facts.graph.kind_of(name) is NodeKind.FIELD else 0
        for name, level in zip(net.names, levels, strict=True)
    ]
    flags = [
        _INFORMS if takes and living.root_of(node).level == OBSERVED else 0 for node, takes in enumerate(open_to)
    ]
    given = [
        _given(facts, living, node) if level >= least and not open_to[node] else 0
        for node, level in enumerate(levels)
    ]
    queue = deque(node for node, flag in enumerate(zip(given, flags, strict=True)) if any(flag))
    while queue:
        node = queue.popleft()
        hands_on = given[node] or flags[node]
        for packed in net.arrows[node]:
            kept = packed >> 3
            if hands_on & open_to[kept] & ~flags[kept] and limits[packed & 7] >= least:
                flags[kept] |= hands_on
                queue.append(kept)
    return flags


def _given(facts: Facts, living: Liveness, node: int) -> int:
    """What a component or object does with the fields that it keeps; 0 for fields, which hand on their own."""
    name = living.net.names[node]
    if is_helper(name):
        return 0
    match facts.graph.kind_of(name):
        case NodeKind.COMPONENT:
            kind = facts.graph.component(name).value.kind
            return _BY_KIND.get(kind, _BY_PART.get(part_of(kind), _INFORMS))
        case NodeKind.OBJECT:
            return _GUIDES
        case _:
            return 0


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "function",
            FIELD,
            ENUM,
            "What it is for: it decides, guides or informs, is only collected, mirrored or demanded, or is dead.",
            FAMILY,
            GLOBAL,
            values=tuple(str(each) for each in Function),
            unknown_when="only what could not have been seen may keep it",
            settled_by=SETTLED,
        ),
        of_field(function),
    ),
    Fact(
        FactSpec(
            "possible_functions",
            FIELD,
            TEXTS,
            "What it may be for where that is open, by what may read or show it.",
            FAMILY,
            GLOBAL,
            absent_when="what it is for is known",
        ),
        of_field(_possible),
    ),
)
