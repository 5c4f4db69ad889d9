"""A net and its marks out of pieces: what an audit leaves, and a check reads where it looks."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from json import dumps, loads

from auditor.graph.liveness.marks import Marks
from auditor.graph.liveness.net import Woven
from auditor.graph.liveness.pieces import (
    Made,
    Names,
    Piece,
    lists_of,
    needed,
    packed,
    packed_lists,
    packed_names,
    unpacked,
)


class PackedNet:
    """A net (`Woven`) out of pieces."""

    __slots__ = ("arrows", "index", "keepers", "names", "needs", "roots")

    def __init__(self, piece: Piece) -> None:
        names = Names("net/names", piece)
        self.names: Sequence[str] = names.named
        self.index: Mapping[str, int] = _Index(names, piece)
        self.roots: Sequence[int] = needed(piece, "net/roots")
        self.needs: Sequence[int] = needed(piece, "net/needs")
        self.arrows: Sequence[Sequence[int]] = lists_of("net/arrows", len(names), piece)
        self.keepers: Sequence[Sequence[int]] = lists_of("net/keepers", len(names), piece)

    def __len__(self) -> int:
        return len(self.names)


class _Index(Mapping[str, int]):
    """Nodes by the names that they bear, and by the others under which they are found."""

    __slots__ = ("_names", "_others")

    def __init__(self, names: Names, piece: Piece) -> None:
        @cache
        def others() -> dict[str, int]:
            told = loads(needed(piece, "net/others"))
            return {str(name): int(node) for name, node in told.items()}

        self._names = names
        self._others = others

    def __getitem__(self, name: str) -> int:
        found = self._names.get(name)
        return self._others()[name] if found is None else found

    def __iter__(self) -> Iterator[str]:
        yield from self._names
        yield from self._others()

    def __len__(self) -> int:
        return len(self._names) + len(self._others())


def packed_net(net: Woven) -> Iterator[tuple[str, bytes]]:
    """The pieces of a net."""
    names = net.names
    yield "net/roots", bytes(net.roots)
    yield "net/needs", bytes(net.needs)
    others = {name: node for name, node in net.index.items() if names[node] != name}
    yield "net/others", dumps(others, separators=(",", ":")).encode()
    yield from packed_names("net/names", names)
    yield from packed_lists("net/arrows", net.arrows)
    yield from packed_lists("net/keepers", net.keepers)


def packed_marks(name: str, marks: Marks) -> Iterator[tuple[str, bytes]]:
    """The pieces of marks; parents are kept one higher, so that `ROOT` is 0."""
    yield f"{name}/levels", bytes(marks.levels)
    yield f"{name}/parents", packed(parent + 1 for parent in marks.parents)


def marks_of(name: str, piece: Piece) -> Marks:
    """Marks out of pieces."""

    @cache
    def parents() -> array[int]:
        return unpacked(needed(piece, f"{name}/parents"))

    levels = needed(piece, f"{name}/levels")
    return Marks(levels, Made(len(levels), lambda node: parents()[node] - 1))
