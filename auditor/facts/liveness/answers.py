"""Facts of liveness: whether a thing is alive, what keeps it, and what could still keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from auditor.dataclasses import replace
from auditor.facts.base import BOOLEAN, COMPONENT, DATA, TEXTS, Fact, Facts
from auditor.facts.liveness.engine import Keeper, Liveness, keepers_of, liveness_of
from auditor.facts.liveness.gaps import gaps_of
from auditor.facts.liveness.usage import Root
from auditor.facts.runs import RUNNABLE
from auditor.graph.liveness.net import helped
from auditor.graph.nodes import NodeKind
from auditor.model.liveness import DEAD, OBSERVED, is_candidate
from auditor.model.testimony.table import answering
from auditor.model.testimony.words import Question
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import GLOBAL, FactSpec, FactType

Answer = Callable[[Facts, str], Value]
Source = Callable[[Facts, str], str]
FAMILY = "liveness"
SUBJECTS = DATA | COMPONENT
SETTLED = answering(Question.FIELD_READ)
UNKNOWN_WHEN = "only what could not have been seen may keep it: an unwatched way of reading, a page, a mention"
NO_PART = "its kind takes no part: what permissions, translations and tests say is no use"
_FEW = 5
"""Fewer actors than these are never counted aloud."""
_NAMED = 3
"""Supports that a sentence names before it counts the rest."""


def alive(facts: Facts, key: str) -> Value:
    """True where something that was seen in use depends on it, false where nothing could, else unknown."""
    level = liveness_of(facts).level(key)
    if level is None:
        return ABSENT
    return level == OBSERVED if level in (OBSERVED, DEAD) else unsettled(facts, key)


def unsettled(facts: Facts, key: str) -> Unknown:
    """Why it is neither alive nor dead, and what would settle it."""
    named, clauses = _supports(facts, key)
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    told = [f"{', '.join(named[:_NAMED])}{more} may keep it"] if named else []
    told += clauses[:_NAMED]
    if len(clauses) > _NAMED:
        told.append(f"and {len(clauses) - _NAMED} more")
    return Unknown("; ".join(told) or "what may keep it is not known", settling(facts, key))


def settling(facts: Facts, key: str) -> tuple[str, ...]:
    """Evidence kinds that would watch what may keep a thing, cheapest first."""
    living = liveness_of(facts)
    node = living.node(key)
    if node is None:
        return ()
    kinds: list[str] = []
    for keeper in [node, *(each.node for each in keepers_of(facts, node))]:
        kinds += _settling(facts, living.net.names[keeper])
    system = key.partition(":")[0]
    return tuple(dict.fromkeys(kind for kind in kinds if kind in facts.settled_by(system, kind)))


def _settling(facts: Facts, name: str) -> list[str]:
    match facts.graph.kind_of(name):
        case NodeKind.FIELD:
            return list(gaps_of(facts, facts.graph.field(name)).settled_by)
        case NodeKind.OBJECT:
            return ["fill-by-cohort", "record-extract"]
        case NodeKind.COMPONENT:
            return list(RUNNABLE.get(facts.graph.component(name).value.kind, ()))
        case _:
            return []


def supports(facts: Facts, key: str) -> list[str]:
    """What could still keep a thing that is not alive, strongest first: names, then ways that nobody watched."""
    named, clauses = _supports(facts, key)
    return [*named, *clauses]


def _supports(facts: Facts, key: str) -> tuple[list[str], list[str]]:
    """Names of what may keep a thing, and clauses on why it may live by itself."""
    living = liveness_of(facts)
    node = living.node(key)
    if node is None:
        return [], []
    named = dict.fromkeys(_keeping(facts, living, node))
    root = living.roots.get(node)
    return list(named), root_words(root) if root is not None else []


def _keeping(facts: Facts, living: Liveness, node: int) -> Iterator[str]:
    """Names of what may keep a node; where that is what starts it or what it does, what is behind those."""
    waiting, seen = [node], {node}
    while waiting:
        for each in keepers_of(facts, waiting.pop(0)):
            if helped(living.net.names[each.node]) != living.net.names[node]:
                yield helped(living.net.names[each.node])
            elif each.node not in seen:
                seen.add(each.node)
                waiting.append(each.node)


def root_words(root: Root) -> list[str]:
    """Why a thing lives by itself, in clauses; a day and a number of actors where they are known."""
    clauses = root.words.split("; ")
    if root.last is None:
        return clauses
    return [f"{clauses[0]} {root.last}{actors_words(root.actors)}", *clauses[1:]]


def actors_words(actors: int | None) -> str:
    """How many did something, where they are a group."""
    return f" by {actors} users" if actors is not None and actors >= _FEW else ""


def _kept_by(facts: Facts, key: str) -> Value:
    living = liveness_of(facts)
    node = living.node(key)
    if node is None or living.marks.levels[node] != OBSERVED:
        return ABSENT
    found = _names(living, [each for each in keepers_of(facts, node) if each.level == OBSERVED])
    root = living.roots.get(node)
    if root is not None and root.level == OBSERVED:
        found += root_words(root)
    return tuple(sorted({each for each in found if each != key}))


def _names(living: Liveness, keepers: Iterable[Keeper]) -> list[str]:
    return [helped(living.net.names[each.node]) for each in keepers]


def _support(facts: Facts, key: str) -> Value:
    level = liveness_of(facts).level(key)
    if level is None or level in (OBSERVED, DEAD):
        return ABSENT
    return tuple(sorted(supports(facts, key)))


def _candidate(facts: Facts, key: str) -> Value:
    level = liveness_of(facts).level(key)
    return ABSENT if level is None else is_candidate(level)


def _source(facts: Facts, key: str) -> str:
    """The usage sources behind what keeps it alive."""
    living = liveness_of(facts)
    node = living.node(key)
    if node is None or living.marks.levels[node] != OBSERVED:
        return ""
    while living.marks.parents[node] >= 0:
        node = living.marks.parents[node]
    return facts.evidence.words(living.root_of(node).sources)


def both(
    name: str, kind: FactType, sentence: str, answer: Answer, source: Source | None = None
) -> tuple[Fact, ...]:
    """One word for data, which always takes part, and for components, some kinds of which never do."""
    spec = FactSpec(name, DATA, kind, sentence, FAMILY, GLOBAL, unknown_when=UNKNOWN_WHEN, settled_by=SETTLED)
    return Fact(spec, answer, source), Fact(replace(spec, kinds=COMPONENT, absent_when=NO_PART), answer, source)


FACTS: tuple[Fact, ...] = (
    *both(
        "alive",
        BOOLEAN,
        "Whether anything that was seen in use depends on it, through whatever reads it.",
        alive,
        _source,
    ),
    *both(
        "review_candidate",
        BOOLEAN,
        "Whether it is dead, or only pages and ways of reading that nobody watched could keep it.",
        _candidate,
    ),
    Fact(
        FactSpec(
            "kept_by",
            SUBJECTS,
            TEXTS,
            "What keeps it alive directly: what reads it and lives itself, or a read on record.",
            FAMILY,
            GLOBAL,
            absent_when="it is not alive",
        ),
        _kept_by,
        _source,
    ),
    Fact(
        FactSpec(
            "support",
            SUBJECTS,
            TEXTS,
            "What could still keep it, unseen: pages, mentions that could not be watched, ways of reading.",
            FAMILY,
            GLOBAL,
            absent_when="it is alive or dead",
        ),
        _support,
    ),
)
