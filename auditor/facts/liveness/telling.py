"""Why a thing is alive, dead or unknown, in words: its chain, and each mention that does not count."""

from __future__ import annotations

from auditor.dataclasses import dataclass, replace
from auditor.facts.base import Facts
from auditor.facts.liveness.answers import actors_words
from auditor.facts.liveness.components import takes_part
from auditor.facts.liveness.engine import Liveness, keepers_of, liveness_of
from auditor.facts.liveness.gaps import unreadable
from auditor.facts.liveness.kinds import Part, part_of, reads, shows
from auditor.facts.liveness.showing import value_to_see
from auditor.facts.liveness.usage import Root
from auditor.graph.liveness.chains import chain
from auditor.graph.liveness.net import EFFECT, STARTS, helped, helper_name, role_of
from auditor.graph.nodes import Link, NodeKind
from auditor.model.liveness import DEAD, OBSERVED
from auditor.model.references import WEAK, Access
from auditor.model.truth import Truth


@dataclass(frozen=True, slots=True)
class Step:
    """One hop of a chain: by what the thing before it depends on it, and its name."""

    by: str
    subject: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention, and why it keeps nothing alive; `path` empty where it stands in no file."""

    subject: str
    access: str
    part: str
    because: str
    path: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Way:
    """A chain from what lives by itself: why that does, and the hops from there."""

    root: Root
    steps: tuple[Step, ...]


def way_to(facts: Facts, key: str) -> Way | None:
    """The shortest chain that keeps a thing; a component that was run is told before a bare record of a read."""
    living = liveness_of(facts)
    node = living.node(key)
    if node is None or not living.marks.levels[node]:
        return None
    nodes = chain(living.net, living.marks, node)
    if living.marks.levels[node] == OBSERVED and facts.graph.kind_of(living.net.names[nodes[0]]) is not None:
        before = _through_component(facts, living, nodes[0])
        nodes = nodes if set(before[:-1]) & set(nodes) else [*before[:-1], *nodes]
    return Way(_first(living, nodes[0]), _steps(facts, living, nodes))


def _first(living: Liveness, node: int) -> Root:
    """Why the first of a chain lives; of automation, why it starts and what comes of it."""
    root, name = living.root_of(node), living.net.names[node]
    starts = living.node(helper_name(STARTS, helped(name))) if role_of(name) == EFFECT else None
    started = None if starts is None else living.roots.get(starts)
    return root if started is None else replace(started, words=f"{root.words}; {started.words}")


def why_dead(facts: Facts, key: str) -> str:
    """Why a component is dead, in a clause; empty for what is none."""
    if facts.graph.kind_of(key) is not NodeKind.COMPONENT:
        return ""
    return _dead_reader(facts, liveness_of(facts), key, key, part_of(facts.graph.component(key).value.kind))


def _through_component(facts: Facts, living: Liveness, node: int) -> list[int]:
    """The shortest chain through another thing that was seen in use."""
    found: list[tuple[bool, int, list[str], list[int]]] = []
    for keeper in keepers_of(facts, node):
        way = chain(living.net, living.marks, keeper.node)
        if keeper.level == OBSERVED and node not in way and _is_component(facts, living.net.names[way[0]]):
            names = [living.net.names[each] for each in way]
            found.append((not _opened(facts, names[0]), len(way), names, [*way, node]))
    return min(found)[-1] if found else []


def _opened(facts: Facts, name: str) -> bool:
    """Whether people or machines run, open or send it: the plainest use there is."""
    return part_of(facts.graph.component(name).value.kind) is Part.OPENED


def _is_component(facts: Facts, name: str) -> bool:
    return facts.graph.kind_of(name) is NodeKind.COMPONENT


def _steps(facts: Facts, living: Liveness, nodes: list[int]) -> tuple[Step, ...]:
    """The hops of a chain; helpers of automation become the words between."""
    names = [living.net.names[node] for node in nodes]
    steps: list[Step] = []
    before = ""
    for name in names:
        bare = helped(name)
        if steps and steps[-1].subject == bare:
            continue
        steps.append(Step(_by(facts, before, bare, name) if before else "", bare))
        before = bare
    return tuple(steps)


def _by(facts: Facts, keeper: str, kept: str, name: str) -> str:
    """By what a keeper depends on what it keeps."""
    if role_of(name) == EFFECT:
        return _effect_words(facts, keeper, kept)
    for link in facts.graph.references_from(keeper):
        if _same(facts, link.other, kept) and link.reference.access not in WEAK:
            shown = link.reference.access is Access.SHOWS
            return str(link.reference.access) if shown else link.reference.part or str(link.reference.access)
    kind = facts.graph.kind_of(keeper)
    if kind is NodeKind.FIELD:
        return "belongs to" if facts.graph.object_of(keeper) == kept else "points at"
    return "has the key" if kind is NodeKind.OBJECT else "starts or contains"


def _effect_words(facts: Facts, keeper: str, kept: str) -> str:
    """What automation does to the thing that somebody would miss: a rule tests it, what it starts acts for it."""
    match facts.graph.kind_of(keeper):
        case NodeKind.COMPONENT:
            return "is started by"
        case NodeKind.FIELD:
            rule = part_of(facts.graph.component(kept).value.kind) is Part.VALIDATION
            return "is tested by" if rule else "is written by"
        case _:
            return "has its records changed by"


def _same(facts: Facts, name: str, other: str) -> bool:
    living = liveness_of(facts)
    return name == other or living.node(name) == living.node(other)


def silent_mentions(facts: Facts, key: str) -> tuple[Mention, ...]:
    """Every mention of a thing that keeps it neither alive nor possible, with the reason; sorted."""
    living = liveness_of(facts)
    node = living.node(key)
    keeping = {living.net.names[each.node] for each in keepers_of(facts, node)} if node is not None else set()
    found = [
        Mention(link.other, str(link.reference.access), link.reference.part, because, *_place(link))
        for link in facts.graph.references_to(key)
        if (because := _why_not(facts, living, link, key, keeping))
    ]
    return tuple(sorted(set(found), key=lambda each: (each.subject, each.access, each.part, each.line or 0)))


def _place(link: Link) -> tuple[str, int | None]:
    return link.reference.path, link.reference.line


def _why_not(facts: Facts, living: Liveness, link: Link, key: str, keeping: set[str]) -> str:
    """Why one mention does not count; empty where it does."""
    access = link.reference.access
    said = _NEVER.get(access)
    if said is not None:
        return said
    if facts.graph.kind_of(link.other) is NodeKind.COMPONENT:
        node = facts.graph.component(link.other)
        part = part_of(node.value.kind)
        if not takes_part(node):
            return "a test keeps nothing alive" if node.value.attribute("test") == "true" else "its kind is no use"
        if reads(part, link.reference) or shows(part, link.reference):
            return "" if link.other in keeping else _dead_reader(facts, living, link.other, key, part)
        return "it only names it"
    return "" if link.other in keeping else "nothing alive reads that field"


def _dead_reader(facts: Facts, living: Liveness, other: str, key: str, part: Part) -> str:
    """Why what reads or shows it keeps nothing."""
    number = living.node(other)
    if number is not None and living.marks.levels[number] != DEAD:
        return _nothing_to_see(facts, key)
    if part is Part.VALIDATION:
        return _helper_words(living, other, STARTS) or "it names no field that lives without it"
    if part is Part.AUTOMATION:
        return _helper_words(living, other, STARTS) or "nothing that it does is noticed: what it writes is dead"
    root = living.silent.get(number) if number is not None else None
    return root.words if root is not None else "nothing in use contains it"


def _helper_words(living: Liveness, other: str, role: str) -> str:
    number = living.node(helper_name(role, other))
    if number is None or living.marks.levels[number] != DEAD:
        return ""
    root = living.silent.get(number)
    return "" if root is None else root.words


def _nothing_to_see(facts: Facts, key: str) -> str:
    if facts.graph.kind_of(key) is not NodeKind.FIELD:
        return "a page shows no objects"
    node = facts.graph.field(key)
    if unreadable(facts, node):
        return "no active user may read the field"
    if value_to_see(facts, node) is Truth.FALSE:
        return f"no record that was touched since {facts.settings.in_use_since} holds a value"
    return "showing it counts for nothing here (`showing: ignored`)"


def root_sentence(facts: Facts, root: Root) -> str:
    """Why the first of a chain lives: what was seen of it, when, by how many."""
    if root.last is None:
        return root.words
    days = (facts.settings.as_of - root.last).days
    when = "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} ago"
    return f"{root.words} {when}{actors_words(root.actors)}"


_NEVER = {
    Access.GRANTS: "granting access is no use",
    Access.LISTS: "being listed is no use",
    Access.TRANSLATES: "a translation is no use",
    Access.REQUIRES: "demanding a value is no use of it",
    Access.WRITES: "writing into it is no use of it",
}
