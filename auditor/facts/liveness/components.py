"""Components in the net: what is run, what acts, what stops, what shows."""

from __future__ import annotations

from auditor.facts.liveness.automation import weave_automation
from auditor.facts.liveness.kinds import Part, part_of, reads, shows
from auditor.facts.liveness.showing import NOTHING, strength_of_showing
from auditor.facts.liveness.usage import Root, in_use, looked_at, run_root
from auditor.facts.liveness.weaver import Weaver, strength_of
from auditor.graph.liveness.net import EFFECT, GATE, PERHAPS, STARTS, helper_name
from auditor.graph.nodes import ComponentNode, NodeKind
from auditor.model.liveness import DEAD, POSSIBLE
from auditor.model.references import Access

_HELD_BY_CALLER = frozenset({Part.SCREEN, Part.BUTTON})


def weave_components(weaver: Weaver) -> None:
    """All components but those whose words are never a use."""
    nodes = [each for each in weaver.facts.graph.components() if takes_part(each)]
    for each in nodes:
        weave_component(weaver, each)
    for each in nodes:
        weave_calls(weaver, each)


def weave_component(weaver: Weaver, node: ComponentNode) -> None:
    """One component that takes part: what it reads and shows, and why it lives."""
    _mentions(weaver, node, weaver.node(node.key))
    match part_of(node.value.kind):
        case Part.AUTOMATION:
            weave_automation(weaver, node)
        case Part.VALIDATION:
            _validation(weaver, node)
        case part:
            weaver.root(weaver.node(node.key), _root(weaver, node, part))


def takes_part(node: ComponentNode) -> bool:
    """Whether what a component says can be a use at all: permissions, translations and tests are none."""
    return part_of(node.value.kind) is not Part.WEAK and node.value.attribute("test") != "true"


def _mentions(weaver: Weaver, node: ComponentNode, here: int) -> None:
    """What it reads and what it shows; what it writes, demands, grants or lists it does not keep."""
    part, graph = part_of(node.value.kind), weaver.facts.graph
    for link in graph.references_from(node.key):
        if reads(part, link.reference):
            weaver.keep(here, weaver.node(link.other), strength_of(link.reference.certainty))
        elif shows(part, link.reference) and graph.kind_of(link.other) is NodeKind.FIELD:
            strength = strength_of_showing(weaver.facts, graph.field(link.other))
            if strength != NOTHING:
                weaver.keep(here, weaver.node(link.other), strength)


def _root(weaver: Weaver, node: ComponentNode, part: Part) -> Root:
    """What is known of its use, by the part that its kind plays."""
    facts, owner = weaver.facts, weaver.facts.graph.object_of(node.key)
    if _switched_off(weaver, node):
        return Root(DEAD, "it is switched off")
    match part:
        case Part.OPENED:
            return run_root(facts, node)
        case Part.OUTSIDE:
            return Root(POSSIBLE, "declared to read from outside; nothing here records when")
        case Part.RULE:
            return in_use(facts, owner)
        case Part.PAGE:
            return looked_at(facts, owner)
        case Part.TYPE:
            return Root(DEAD, "a report type is used by its reports alone")
        case Part.SCREEN | Part.BUTTON:
            return _screen(weaver, node, owner)
        case _:
            return Root(POSSIBLE, "nothing records when it is used")


def _screen(weaver: Weaver, node: ComponentNode, owner: str | None) -> Root:
    """Held by the pages that contain it; where none does, it may be opened by its address or stand on a site."""
    root = run_root(weaver.facts, node)
    if root.level > POSSIBLE:
        return root
    if called_by(weaver, node):
        return Root(DEAD, "it is used through what contains it")
    if owner is not None and in_use(weaver.facts, owner).level == DEAD:
        return in_use(weaver.facts, owner)
    return Root(POSSIBLE, "nothing that was read contains it; it may be opened by its address")


def called_by(weaver: Weaver, node: ComponentNode) -> bool:
    """Whether anything that can be in use, other than itself, starts or contains it."""
    graph = weaver.facts.graph
    return any(
        link.other != node.key
        and graph.kind_of(link.other) is NodeKind.COMPONENT
        and takes_part(graph.component(link.other))
        for link in graph.called_by(node.key)
    )


def _switched_off(weaver: Weaver, node: ComponentNode) -> bool:
    return weaver.facts.fact(node.key, "active") is False


def _validation(weaver: Weaver, node: ComponentNode) -> None:
    """Active, its object in use, and it names a field that lives without it: then it reads what it tests."""
    facts, key = weaver.facts, node.key
    here = weaver.node(key)
    gate, starts, effect = (
        weaver.net.gate(helper_name(GATE, key)),
        weaver.helper(key, STARTS),
        weaver.helper(key, EFFECT),
    )
    for each in (starts, effect):
        weaver.keep(each, gate)
    weaver.keep(gate, here)
    if not _switched_off(weaver, node):
        weaver.root(starts, in_use(facts, facts.graph.object_of(key)))
    for link in facts.graph.references_from(key):
        if link.reference.access in (Access.READS, Access.REQUIRES):
            weaver.keep(weaver.node(link.other), effect, strength_of(link.reference.certainty))


def weave_calls(weaver: Weaver, node: ComponentNode) -> None:
    """What lives starts and contains what it calls; a button that is on a page may be pressed."""
    graph, here = weaver.facts.graph, weaver.node(node.key)
    part = part_of(node.value.kind)
    if part is Part.WEAK:
        return
    for link in graph.calls(node.key):
        if graph.kind_of(link.other) is not NodeKind.COMPONENT or not takes_part(graph.component(link.other)):
            continue
        pressed = part_of(graph.component(link.other).value.kind) is Part.BUTTON
        weaver.keep(here, weaver.node(link.other), PERHAPS if pressed else strength_of(link.call.certainty))
