"""Objects and fields in the net: what keeps them by themselves, and what they keep."""

from __future__ import annotations

from auditor.facts.base import Facts
from auditor.facts.liveness.gaps import gaps_of
from auditor.facts.liveness.usage import Root, in_use, is_removed, object_root, observed, recent, verb_of
from auditor.facts.liveness.weaver import Weaver, strength_of
from auditor.graph.liveness.net import CERTAIN, PERHAPS
from auditor.graph.nodes import FieldNode, NodeKind, ObjectNode
from auditor.model.catalogue import ObjectKind, Relationship
from auditor.model.liveness import DEAD, POSSIBLE, UNREAD
from auditor.model.names import field_key
from auditor.model.observations import Deed, Observation
from auditor.model.references import Access

_KEY_NAMES = ("Name", "RecordTypeId")


def weave_data(weaver: Weaver) -> None:
    """All objects, then all fields."""
    graph = weaver.facts.graph
    for each in graph.objects():
        weave_object(weaver, each)
    for key in graph.keys(NodeKind.FIELD):
        weave_field(weaver, graph.field(key))


def weave_object(weaver: Weaver, node: ObjectNode) -> None:
    """An object by itself; what it keeps is woven with its fields."""
    weaver.root(weaver.node(node.key), object_root(weaver.facts, node.key))


def weave_field(weaver: Weaver, node: FieldNode) -> None:
    """A field keeps its object, which may keep it; a look-up keeps its target; a formula reads its inputs."""
    facts, here = weaver.facts, weaver.node(node.key)
    owner = weaver.node(node.object_key)
    weaver.keep(here, owner)
    if _is_kept(facts, node):
        weaver.keep(owner, here)
    for target in facts.graph.looks_up(node.key):
        weaver.keep(here, weaver.node(target))
    for link in facts.graph.references_from(node.key):
        if link.reference.access is Access.READS:
            weaver.keep(here, weaver.node(link.other), strength_of(link.reference.certainty))
    _reads(weaver, node, here)
    _standing(weaver, node, here)


def _is_kept(facts: Facts, node: FieldNode) -> bool:
    """An object keeps its name, its master-detail keys and its record type, and no other required field."""
    value = node.value
    if value.key or value.relationship is Relationship.MASTER_DETAIL:
        return True
    owner = facts.graph.object(node.object_key).value.name
    return node.key in (field_key(node.system, owner, name) for name in _KEY_NAMES)


def _reads(weaver: Weaver, node: FieldNode, here: int) -> None:
    """Reads on record: through the component that was run, or by themselves."""
    seen = weaver.facts.evidence.observations(node.key, Deed.READ)
    alone = []
    for each in seen:
        if not recent(weaver.facts, each.last) or (each.via is not None and is_removed(weaver.facts, each.via)):
            continue
        if each.via is not None and _is_component(weaver.facts, each.via):
            via = weaver.node(each.via)
            verb = verb_of(weaver.facts.graph.component(each.via).value.kind)
            weaver.root(via, observed(weaver.facts, [each], verb))
            weaver.keep(via, here, PERHAPS if each.possible else CERTAIN)
        else:
            alone.append(each)
    sure = [each for each in alone if not each.possible]
    if sure:
        weaver.root(here, observed(weaver.facts, sure, _by(sure)))
    elif alone:
        weaver.root(
            here,
            Root(POSSIBLE, "a read on record may have been of it", max(each.last for each in alone if each.last)),
        )


def _is_component(facts: Facts, key: str) -> bool:
    return facts.graph.kind_of(key) is NodeKind.COMPONENT


def _by(seen: list[Observation]) -> str:
    """Who read it: the caller that logs name, where they do."""
    newest = max(seen, key=lambda each: (str(each.last), each.via or ""))
    if newest.via is None:
        return "read on record"
    return f"queried by {newest.via.partition('/')[2] or newest.via}"


def _standing(weaver: Weaver, node: FieldNode, here: int) -> None:
    """What keeps a field possible, whoever mentions it: the platform, a package, a key, an unwatched channel."""
    facts, value = weaver.facts, node.value
    if value.external_id or value.unique or value.key:
        what = "an external id" if value.external_id else "a unique key"
        weaver.root(here, Root(POSSIBLE, f"it is {what}, and no log records a match by it"))
    elif _of_event(facts, node):
        weaver.root(
            here, Root(POSSIBLE, "whoever listens to the event gets all of it, and nothing records who does")
        )
    elif _of_platform(facts, node) and in_use(facts, node.object_key).level > DEAD:
        weaver.root(here, Root(POSSIBLE, "it is the platform's or a package's own, which may use it itself"))
    else:
        gaps = gaps_of(facts, node)
        if gaps.reasons:
            weaver.root(here, Root(UNREAD, "; ".join(gaps.reasons)))


def _of_event(facts: Facts, node: FieldNode) -> bool:
    owner = facts.graph.object(node.object_key).value
    return owner.kind is ObjectKind.PLATFORM_EVENT


def _of_platform(facts: Facts, node: FieldNode) -> bool:
    return node.value.custom is False or facts.fact(node.key, "managed") is True
