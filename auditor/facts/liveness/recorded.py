"""Liveness as an audit left it: the net, its marks and the reasons behind its roots, out of pieces."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from json import dumps, loads

from auditor.facts.liveness.engine import Liveness
from auditor.facts.liveness.usage import Root
from auditor.graph.liveness.packed import PackedNet, marks_of, packed_marks, packed_net
from auditor.graph.liveness.pieces import PAGE, Piece, needed, packed, unpacked

_LIVING, _READ = "net/living", "net/read"
_REASONS, _ROOTED, _SILENT = "net/reasons", "net/rooted", "net/silent"


class Reasons(Mapping[int, Root]):
    """Reasons by node, with those of some nodes replaced; None takes one away."""

    __slots__ = ("_below", "own")

    def __init__(self, below: Mapping[int, Root]) -> None:
        self._below = below
        self.own: dict[int, Root | None] = {}

    def __getitem__(self, node: int) -> Root:
        root = self.own[node] if node in self.own else self._below[node]
        if root is None:
            raise KeyError(node)
        return root

    def __iter__(self) -> Iterator[int]:
        yield from (node for node in self._below if node not in self.own)
        yield from (node for node, root in self.own.items() if root is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Packed(Mapping[int, Root]):
    """Reasons by node, out of pieces."""

    __slots__ = ("_reason", "_reasoned")

    def __init__(self, reasoned: Callable[[], array[int]], reason: Callable[[int], Root]) -> None:
        self._reasoned = reasoned
        self._reason = reason

    def __getitem__(self, node: int) -> Root:
        numbers = self._reasoned()
        if node >= len(numbers) or not numbers[node]:
            raise KeyError(node)
        return self._reason(numbers[node] - 1)

    def __iter__(self) -> Iterator[int]:
        return (node for node, number in enumerate(self._reasoned()) if number)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def packed_liveness(living: Liveness) -> Iterator[tuple[str, bytes]]:
    """The pieces of a liveness."""
    yield from packed_net(living.net)
    yield from packed_marks(_LIVING, living.marks)
    yield from packed_marks(_READ, living.read)
    numbers: dict[Root, int] = {}
    for name, told in ((_ROOTED, living.roots), (_SILENT, living.silent)):
        reasoned = (
            0 if (root := told.get(node)) is None else _number(numbers, root) for node in range(len(living.net))
        )
        yield name, packed(reasoned)
    reasons = [_written(root) for root in numbers]
    for start in range(0, len(reasons), PAGE):
        yield f"{_REASONS}/{start // PAGE}", dumps(reasons[start : start + PAGE], separators=(",", ":")).encode()


def _number(numbers: dict[Root, int], root: Root) -> int:
    return numbers.setdefault(root, len(numbers) + 1)


def recorded_liveness(piece: Piece) -> Liveness:
    """The liveness of which these are the pieces."""

    @cache
    def page(number: int) -> list[Root]:
        return [_root(told) for told in loads(needed(piece, f"{_REASONS}/{number}"))]

    def reason(number: int) -> Root:
        return page(number // PAGE)[number % PAGE]

    def reasons(name: str) -> Mapping[int, Root]:
        return _Packed(cache(lambda: unpacked(needed(piece, name))), reason)

    return Liveness(
        PackedNet(piece),
        marks_of(_LIVING, piece),
        marks_of(_READ, piece),
        reasons(_ROOTED),
        reasons(_SILENT),
    )


_Written = tuple[int, str, str | None, int | None, list[str]]


def _written(root: Root) -> _Written:
    return root.level, root.words, root.last.isoformat() if root.last else None, root.actors, sorted(root.sources)


def _root(told: _Written) -> Root:
    level, words, last, actors, sources = told
    return Root(level, words, date.fromisoformat(last) if last else None, actors, frozenset(sources))
