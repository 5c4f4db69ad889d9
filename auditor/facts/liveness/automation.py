"""Automation in the net: it lives when it starts and has an effect that somebody could notice, or is called."""

from __future__ import annotations

from auditor.facts.liveness.calling import uncalled
from auditor.facts.liveness.kinds import NOTICED, ON_RECORDS, STARTED_WITHIN, Part, part_of
from auditor.facts.liveness.usage import Root, in_use, observed, recent
from auditor.facts.liveness.weaver import Weaver, strength_of
from auditor.graph.liveness.net import EFFECT, GATE, STARTS, helper_name
from auditor.graph.nodes import ComponentNode, NodeKind
from auditor.model.components import Effect, EffectOn, Trigger
from auditor.model.liveness import DEAD, OBSERVED, POSSIBLE
from auditor.model.names import object_key
from auditor.model.observations import Deed
from auditor.model.references import Access

_SAVED = frozenset({"update", "upsert", "undelete"})
_CALLING_ACTIONS = frozenset({"apex", "flow", "flowcall"})


def weave_automation(weaver: Weaver, node: ComponentNode) -> None:
    """Starts, effects and the gate of one piece of automation."""
    key = node.key
    starts, effect = weaver.helper(key, STARTS), weaver.helper(key, EFFECT)
    gate = weaver.net.gate(helper_name(GATE, key))
    weaver.keep(starts, gate)
    weaver.keep(effect, gate)
    weaver.keep(gate, weaver.node(key))
    weaver.root(starts, start_root(weaver, node))
    if node.value.trigger is Trigger.EVENT:
        _on_event(weaver, node, starts)
    _effects(weaver, node, effect)
    _writes(weaver, node, effect)
    for link in weaver.facts.graph.calls(key):
        if _acts(weaver, link.other):
            called = weaver.helper(link.other, EFFECT)
            weaver.keep(called, effect, strength_of(link.call.certainty))


def start_root(weaver: Weaver, node: ComponentNode) -> Root:
    """Whether it starts by itself: its object is in use, its time comes, somebody from outside calls."""
    facts, value = weaver.facts, node.value
    active = facts.fact(node.key, "active")
    if active is False:
        return Root(DEAD, "it is switched off")
    seen = [e for e in facts.evidence.observations(node.key, Deed.RUN) if recent(facts, e.last) and not e.possible]
    if seen:
        return observed(facts, seen, "run")
    root = _triggered(weaver, node)
    if value.kind == "flow" and active is not True and root.level == OBSERVED:
        return Root(POSSIBLE, "whether it is active was not read")
    return root


def _triggered(weaver: Weaver, node: ComponentNode) -> Root:
    facts, value = weaver.facts, node.value
    owner = facts.graph.object_of(node.key)
    match value.trigger:
        case Trigger.RECORD:
            return in_use(facts, owner)
        case Trigger.SCHEDULE if value.kind == "flow" and value.attribute("schedule") != "Once":
            root = in_use(facts, owner) if owner is not None else Root(OBSERVED, "")
            return Root(root.level, "it runs by schedule") if root.level else root
        case Trigger.SCHEDULE:
            return Root(POSSIBLE, "it may be scheduled; which jobs are is in no metadata")
        case Trigger.EVENT:
            return Root(DEAD, "nothing alive publishes the event")
        case Trigger.PUBLIC:
            return _public(weaver, node)
        case _:
            return _called(weaver, node)


def _public(weaver: Weaver, node: ComponentNode) -> Root:
    """A public endpoint stands open to whoever may call; it counts as used where the data behind it is."""
    links = weaver.facts.graph.references_from(node.key)
    owners = {weaver.facts.graph.object_of(link.other) or link.other for link in links}
    best = max(
        (
            in_use(weaver.facts, each).level
            for each in owners
            if weaver.facts.graph.kind_of(each) is NodeKind.OBJECT
        ),
        default=POSSIBLE,
    )
    return Root(
        max(best, POSSIBLE),
        "it is a public endpoint to data in use" if best == OBSERVED else "it may be called from outside",
    )


def _called(weaver: Weaver, node: ComponentNode) -> Root:
    """Through its callers; where nothing that was read calls it, by name or by hand."""
    if node.value.kind.startswith(STARTED_WITHIN) and node.value.kind != "workflow_rule":
        return Root(DEAD, "it is started by its rules alone")
    if _is_uncalled(weaver, node):
        return Root(
            POSSIBLE, "nothing that was read starts it; it may be started by name, by hand or from outside"
        )
    return Root(DEAD, "it is started by what calls it")


def _is_uncalled(weaver: Weaver, node: ComponentNode) -> bool:
    """Whether it waits to be called, and nothing that was read does."""
    if node.value.trigger not in (None, Trigger.CALLED, Trigger.SCREEN):
        return False
    return node.key in uncalled(weaver.facts)


def _on_event(weaver: Weaver, node: ComponentNode, starts: int) -> None:
    """Events come from whoever publishes them, inside or outside."""
    owner = weaver.facts.graph.object_of(node.key)
    if owner is None:
        weaver.root(starts, Root(POSSIBLE, "which event starts it was not read"))
        return
    event = weaver.node(owner)
    weaver.root(event, Root(POSSIBLE, "events may be published and heard from outside"))
    weaver.keep(event, starts)


def _effects(weaver: Weaver, node: ComponentNode, effect: int) -> None:
    """What it does beside writing fields; creating records of a dead object is nothing."""
    if node.value.trigger is Trigger.PUBLIC:
        weaver.root(effect, Root(OBSERVED, "it answers whoever calls"))
    elif _is_uncalled(weaver, node):
        weaver.root(effect, Root(POSSIBLE, "whoever starts it may use what it gives back"))
    for each in node.value.effects:
        if each.effect in NOTICED:
            weaver.root(effect, Root(OBSERVED, _NOTICED[each.effect]))
        elif each.effect in ON_RECORDS:
            _on_records(weaver, node, each, effect)
    unknown = set((node.value.attribute("action_types") or "").lower().split(", ")) - _CALLING_ACTIONS - {""}
    if unknown:
        weaver.root(effect, Root(POSSIBLE, f"what its actions do is not known: {', '.join(sorted(unknown))}"))


def _on_records(weaver: Weaver, node: ComponentNode, each: EffectOn, effect: int) -> None:
    if each.object is None:
        weaver.root(effect, Root(POSSIBLE, "it creates or deletes records; of which object was not read"))
        return
    target = weaver.node(object_key(node.system, each.object))
    if each.effect is Effect.PUBLISHES:
        weaver.root(target, Root(POSSIBLE, "events may be published and heard from outside"))
    weaver.keep(target, effect)


def _writes(weaver: Weaver, node: ComponentNode, effect: int) -> None:
    """A field that it writes and that lives; records that it saves without our seeing which fields."""
    graph = weaver.facts.graph
    written: set[str | None] = set()
    saved: list[str] = []
    for link in graph.references_from(node.key):
        if link.reference.access is not Access.WRITES:
            continue
        if graph.kind_of(link.other) is NodeKind.FIELD:
            written.add(graph.object_of(link.other))
            weaver.keep(weaver.node(link.other), effect, strength_of(link.reference.certainty))
        elif link.reference.part in _SAVED:
            saved.append(link.other)
    if any(each not in written for each in saved):
        weaver.root(effect, Root(POSSIBLE, "it saves records, and which fields it changed was not read"))


def _acts(weaver: Weaver, key: str) -> bool:
    graph = weaver.facts.graph
    if graph.kind_of(key) is not NodeKind.COMPONENT:
        return False
    value = graph.component(key).value
    return part_of(value.kind) is Part.AUTOMATION and value.attribute("test") != "true"


_NOTICED = {
    Effect.MESSAGE: "it sends messages",
    Effect.SCREEN: "it shows screens",
    Effect.CALLOUT: "it calls another system",
    Effect.BLOCKS_SAVE: "it stops people from saving",
    Effect.GRANTS_ACCESS: "it grants access",
    Effect.ROUTES: "it routes records",
}
