"""The smallest core of the CRMs: what their fields need, how often they were read, and the answer in names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.channels import Watch, read_watch, settling
from auditor.facts.liveness.engine import Liveness, liveness_of
from auditor.facts.observed_use import Uses, observed_uses
from auditor.facts.outside_register import mentioned_outside
from auditor.graph.liveness.core import Core, Needs, Prepared, prepare, smallest_core
from auditor.graph.liveness.needs import needs_of
from auditor.graph.nodes import FieldNode
from auditor.model.catalogue import Role
from auditor.model.cores import SHARES, CoreCurve, CoreField, CorePoint, CoreReport
from auditor.model.observations import Deed


@dataclass(frozen=True, slots=True)
class _World:
    """Everything in numbers of the net of liveness: fields of the CRMs, their needs, how often they are read."""

    facts: Facts
    living: Liveness
    fields: dict[int, FieldNode]
    needs: list[list[int]]
    uses: dict[int, Uses]
    by_readers: bool
    """Whether reads were dated rather than counted, so that readers are what can be weighed."""

    def weight(self, node: int) -> int:
        """How much a field was used."""
        uses = self.uses[node]
        return uses.readers if self.by_readers else uses.count


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is chosen from where only the use of some fields counts: they and what they need, numbered anew."""

    nodes: list[int]
    prepared: Prepared

    def fields(self, world: _World, core: Core) -> frozenset[int]:
        """The fields of a core, in the numbers of the world."""
        nodes = (self.nodes[each] for each in core.members)
        return frozenset(node for node in nodes if node in world.fields)


def core_of(facts: Facts, keep: float) -> CoreReport | None:
    """The smallest closed set of fields of the CRMs that carries a share of all recorded reads; None if none."""
    world = _world(facts)
    choice = _choice(world, world.fields)
    if not choice.prepared.total:
        return None
    core = smallest_core(choice.prepared, keep)
    inside = choice.fields(world, core)
    gaps = _gaps(world, inside)
    return CoreReport(
        as_of=facts.settings.as_of,
        keep=keep,
        uses=choice.prepared.total,
        carried=core.use,
        fields=len(world.fields),
        core=core.cost,
        custom=_custom(world, inside),
        least=core.least,
        curves=tuple(_curves(world, inside, keep)),
        members=tuple(_members(world, inside)),
        by_readers=world.by_readers,
        uncounted=0 if world.by_readers else sum(not each.counted for each in world.uses.values()),
        unseen=len(gaps),
        outside=tuple(sorted(_left_outside(world, inside))),
        unwatched=tuple(dict.fromkeys(channel.words for _, watch in gaps for channel in watch.unwatched)),
        settled_by=settled_by(facts, gaps),
        sources=_sources(world),
    )


def crm_fields(facts: Facts) -> list[FieldNode]:
    """All fields of the CRMs, implied standard ones too, sorted."""
    graph = facts.graph
    return [graph.field(key) for each in graph.objects(role=Role.CRM) for key in graph.fields_of(each.key)]


def settled_by(facts: Facts, gaps: Iterable[tuple[FieldNode, Watch]]) -> tuple[str, ...]:
    """Kinds of evidence that would watch what nobody watched, cheapest first."""
    different = {(node.system, watch.unwatched): watch for node, watch in gaps}
    kinds = (kind for (system, _), watch in different.items() for kind in settling(facts, system, watch))
    return tuple(dict.fromkeys(kinds))


def unwatched_fields(facts: Facts, nodes: Iterable[FieldNode]) -> list[tuple[FieldNode, Watch]]:
    """Fields of which some way of reading was not watched, with what was."""
    watched = ((node, read_watch(facts, node)) for node in nodes)
    return [(node, watch) for node, watch in watched if not watch.complete]


def _world(facts: Facts) -> _World:
    living = liveness_of(facts)
    fields: dict[int, FieldNode] = {}
    uses: dict[int, Uses] = {}
    for node in crm_fields(facts):
        number = living.node(node.key)
        if number is None:
            continue
        told = observed_uses(facts, node)
        known = uses.get(number)
        uses[number] = told if known is None else known + told
        if number not in fields or living.net.names[number] == node.key:
            fields[number] = node
    used = [each for each in uses.values() if each.count]
    by_readers = 2 * sum(not each.counted for each in used) > len(used)
    return _World(facts, living, fields, _needs(facts, living, fields), uses, by_readers)


def _needs(facts: Facts, living: Liveness, fields: dict[int, FieldNode]) -> list[list[int]]:
    """What fields surely keep, and the references that an object's records cannot be saved without."""
    data = bytearray(len(living.net))
    for number in fields:
        data[number] = 1
    for each in facts.graph.objects(role=Role.CRM):
        place = living.node(each.key)
        if place is not None:
            data[place] = 1
    needs = needs_of(living.net, data)
    for number, node in fields.items():
        owner = living.node(node.object_key)
        if owner is not None and node.value.required and node.value.reference_to:
            needs[owner].append(number)
    return needs


def _choice(world: _World, fields: Collection[int]) -> _Choice:
    """Work and memory grow with what is used and needed, so that each object may be asked by itself."""
    nodes = [node for node in fields if world.uses[node].count]
    number = {node: place for place, node in enumerate(nodes)}
    for node in nodes:  # grows while it is walked
        for other in world.needs[node]:
            if other not in number:
                number[other] = len(nodes)
                nodes.append(other)
    mine = frozenset(fields)
    uses = [world.weight(node) if node in mine else 0 for node in nodes]
    costs = [int(node in world.fields) for node in nodes]
    needs = [[number[other] for other in world.needs[node]] for node in nodes]
    return _Choice(nodes, prepare(Needs(needs, uses, costs)))


def _curves(world: _World, inside: frozenset[int], keep: float) -> Iterator[CoreCurve]:
    """Of all, then of areas, then of objects, those with most use first."""
    yield _curve(world, ("all", ""), list(world.fields), inside, keep)
    areas: dict[str, list[int]] = {}
    objects: dict[str, list[int]] = {}
    for number, node in world.fields.items():
        objects.setdefault(node.object_key, []).append(number)
        area = _area(world.facts, node)
        if area:
            areas.setdefault(area, []).append(number)
    for kind, groups in (("area", areas), ("object", objects)):
        curves = [_curve(world, (kind, name), numbers, inside, keep) for name, numbers in groups.items()]
        yield from sorted((each for each in curves if each.uses), key=lambda each: (-each.uses, each.name))


def _curve(
    world: _World, of: tuple[str, str], fields: Sequence[int], inside: frozenset[int], keep: float
) -> CoreCurve:
    choice = _choice(world, fields)
    points = []
    for share in sorted({*SHARES, keep}):
        core = smallest_core(choice.prepared, share)
        custom = _custom(world, choice.fields(world, core))
        points.append(CorePoint(share, core.cost, custom, core.least))
    used = sum(world.uses[each].count > 0 for each in fields)
    mine = sum(each in inside for each in fields)
    return CoreCurve(*of, len(fields), used, choice.prepared.total, mine, tuple(points))


def _custom(world: _World, fields: Iterable[int]) -> int:
    return sum(world.fields[each].value.custom is True for each in fields)


def _members(world: _World, inside: frozenset[int]) -> Iterator[CoreField]:
    """The core, and what was read and is not in it, by name."""
    askers: dict[int, list[str]] = {}
    names = world.living.net.names
    objects = {
        number for node in inside if (number := world.living.node(world.fields[node].object_key)) is not None
    }
    for asker in (*inside, *objects):
        for other in world.needs[asker]:
            askers.setdefault(other, []).append(names[asker])
    for number, node in sorted(world.fields.items(), key=lambda item: item[1].key):
        uses = world.uses[number]
        if number in inside or uses.count:
            yield CoreField(
                node.key,
                node.object_key,
                _area(world.facts, node),
                node.value.custom is True,
                number in inside,
                world.weight(number),
                uses.counted or world.by_readers,
                tuple(sorted(set(askers.get(number, ())))) if number in inside else (),
            )


def _area(facts: Facts, node: FieldNode) -> str:
    return facts.settings.area_of(facts.graph.object(node.object_key).value.name) or ""


def _gaps(world: _World, inside: frozenset[int]) -> list[tuple[FieldNode, Watch]]:
    """Fields outside of the core that were not seen read, and that somebody may read unseen."""
    unread = (
        node for number, node in world.fields.items() if number not in inside and not world.uses[number].count
    )
    return unwatched_fields(world.facts, unread)


def _left_outside(world: _World, inside: frozenset[int]) -> Iterator[str]:
    """Fields outside of the core that a declared outside reader names."""
    for number, node in world.fields.items():
        if number not in inside and mentioned_outside(world.facts, node.key):
            yield node.key


def _sources(world: _World) -> tuple[str, ...]:
    """The sources that reads were seen in."""
    evidence = world.facts.evidence
    seen = {each.source for node in world.fields.values() for each in evidence.observations(node.key, Deed.READ)}
    return tuple(evidence.words([each]) for each in sorted(seen))
