"""What an audit puts down of its answers beside liveness, and how facts find it again."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from json import dumps, loads
from typing import Any

from auditor.facts.base import Facts
from auditor.facts.callers import CALLS, Calls, calls_of
from auditor.facts.channels import IN_FULL, UNTOLD_RUNS, told_in_full, untold_runs
from auditor.facts.charter import ENTITY_FIELDS, ENTITY_OBJECTS, entities_of, entity_objects, spent
from auditor.facts.columns import UNTOLD
from auditor.facts.growth import ROWS, SOURCES, growth_of, growth_sources
from auditor.facts.integrations import TOUCHING, touching
from auditor.facts.liveness.calling import UNCALLED, uncalled
from auditor.facts.liveness.engine import LIVENESS, liveness_of
from auditor.facts.liveness.recorded import packed_liveness, recorded_liveness
from auditor.facts.liveness.roles import CIRCLES, circles
from auditor.facts.liveness.spread import STRANGERS, strangers
from auditor.facts.outside_register import READERS, readers_of
from auditor.graph.liveness.circles import Circles
from auditor.graph.liveness.pieces import Piece, needed, packed, unpacked
from auditor.graph.nodes import NodeKind

_SYSTEMS = "systems"


def packed_answers(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """The pieces of everything that walks over all nodes or all evidence."""
    graph = facts.graph
    yield from packed_liveness(liveness_of(facts))
    told = circles(facts)
    yield CIRCLES, packed(told.numbers if isinstance(told, Circles) else ())
    yield UNCALLED, _written(sorted(uncalled(facts)))
    yield STRANGERS, _written({name: list(fields) for name, fields in strangers(facts).items()})
    for system in graph.systems():
        name = system.system
        yield _named(IN_FULL, name), _written(told_in_full(facts, name))
        yield _named(UNTOLD_RUNS, name), _written(untold_runs(facts, name))
        yield _named(READERS, name), _written([each.key for each in readers_of(facts, name)])
        yield from _growth(facts, system.key)
    for each in graph.objects():
        yield from _growth(facts, each.key)
        names = touching(facts, each.key)
        if names:
            yield _named(TOUCHING, each.key), _written(names)
    for key in graph.keys(NodeKind.INTEGRATION):
        yield _named(CALLS, key), _written(_plain(calls_of(facts, graph.integration(key))))
    for entity in entities_of(facts):
        yield _named(ENTITY_FIELDS, entity), _written(spent(facts, entity))
        yield _named(ENTITY_OBJECTS, entity), _written(entity_objects(facts, entity))


def _growth(facts: Facts, key: str) -> Iterator[tuple[str, bytes]]:
    rows = growth_of(facts, key)
    if rows:
        told = [(each.quarter, each.added, each.removed, each.net, each.total) for each in rows]
        yield _named(ROWS, key), _written(told)
    sources = growth_sources(facts, key)
    if sources:
        yield _named(SOURCES, key), _written(sorted(sources))


def assume_recorded(facts: Facts, piece: Piece) -> None:
    """Let facts answer from the pieces."""
    shelf, graph = facts.shelf, facts.graph
    shelf.assume(LIVENESS, lambda _: recorded_liveness(piece))
    shelf.assume(CIRCLES, lambda _: Circles(_Numbers(cache(lambda: unpacked(needed(piece, CIRCLES))))))
    shelf.assume(UNCALLED, lambda _: frozenset(loads(needed(piece, UNCALLED))))
    shelf.assume(STRANGERS, lambda _: loads(needed(piece, STRANGERS)))
    for name, read in (
        (IN_FULL, _itself),
        (UNTOLD_RUNS, _itself),
        (READERS, lambda keys: tuple(graph.component(key) for key in keys)),
        (CALLS, _calls),
        (ENTITY_FIELDS, _itself),
        (ENTITY_OBJECTS, _itself),
    ):
        shelf.assume(name, _reader(piece, name, read, UNTOLD))
    shelf.assume(ROWS, _reader(piece, ROWS, _growth_rows, ()))
    shelf.assume(SOURCES, _reader(piece, SOURCES, frozenset, frozenset()))
    shelf.assume(TOUCHING, _reader(piece, TOUCHING, _itself, []))


def _growth_rows(rows: Sequence[Any]) -> object:
    from auditor.model.results import GrowthRow  # with all that reports hold; a hook seldom asks

    return tuple(GrowthRow(*row) for row in rows)


def _reader(piece: Piece, name: str, read: Callable[[Any], object], otherwise: object) -> Callable[[str], object]:
    """What stands under a name, by its second part; `otherwise` is what the lack of a piece means."""

    def known(key: str) -> object:
        told = piece(_named(name, key))
        return otherwise if told is None else read(loads(told))

    return known


class _Numbers(Sequence[int]):
    """Numbers out of a piece that is read when the first is asked for."""

    def __init__(self, numbers: Callable[[], array[int]]) -> None:
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers())

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - one or several
        return self._numbers()[place]


def _named(name: str, key: str) -> str:
    return f"{name}/{key}"


def _written(told: object) -> bytes:
    return dumps(told, separators=(",", ":")).encode()


def _itself(told: object) -> object:
    return told


def _plain(calls: Calls) -> list[object]:
    return [
        calls.first and calls.first.isoformat(),
        calls.last and calls.last.isoformat(),
        calls.counts,
        sorted(calls.objects),
        sorted(calls.fields),
        sorted(calls.sources),
        calls.reads,
        calls.writes,
    ]


def _calls(told: list[Any]) -> Calls:
    first, last, counts, objects, fields, sources, reads, writes = told
    return Calls(
        first and date.fromisoformat(first),
        last and date.fromisoformat(last),
        counts,
        set(objects),
        set(fields),
        set(sources),
        reads,
        writes,
    )
