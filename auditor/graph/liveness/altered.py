"""A net with a change laid over it: what differs is kept apart, and the net below is never touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar, overload

from auditor.graph.liveness.net import Woven, pack

_T = TypeVar("_T")


class Altered(Sequence[_T]):
    """A sequence with some of its values replaced, and with more at its end."""

    __slots__ = ("_below", "_count", "own")

    def __init__(self, below: Sequence[_T]) -> None:
        self._below = below
        self._count = len(below)
        self.own: dict[int, _T] = {}
        """What differs, by place."""

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> _T: ...
    @overload
    def __getitem__(self, place: slice) -> list[_T]: ...
    def __getitem__(self, place: int | slice) -> _T | list[_T]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(self._count))]
        own = self.own
        return own[place] if place in own else self._below[place]

    def __setitem__(self, place: int, value: _T) -> None:
        self.own[place] = value

    def __iter__(self) -> Iterator[_T]:
        return (self[each] for each in range(self._count))

    def append(self, value: _T) -> None:
        """One more at the end."""
        self.own[self._count] = value
        self._count += 1


class Renamed(Mapping[str, int]):
    """Nodes by name, with some names added, and without those of nodes that are gone."""

    __slots__ = ("_below", "gone", "own")

    def __init__(self, below: Mapping[str, int]) -> None:
        self._below = below
        self.own: dict[str, int] = {}
        self.gone: set[int] = set()

    def __getitem__(self, name: str) -> int:
        node = self.own[name] if name in self.own else self._below[name]
        if node in self.gone:
            raise KeyError(name)
        return node

    def __iter__(self) -> Iterator[str]:
        yield from (name for name, node in self.own.items() if node not in self.gone)
        yield from (name for name, node in self._below.items() if node not in self.gone and name not in self.own)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class AlteredNet:
    """A net like the one below (`Woven`), in which nodes and arrows come and go.

    A node that is gone keeps its number, without name, root and arrows.
    """

    __slots__ = ("arrows", "index", "keepers", "names", "needs", "roots")

    def __init__(self, below: Woven) -> None:
        self.names: Altered[str] = Altered(below.names)
        self.index = Renamed(below.index)
        self.roots: Altered[int] = Altered(below.roots)
        self.needs: Altered[int] = Altered(below.needs)
        self.arrows: Altered[Sequence[int]] = Altered(below.arrows)
        self.keepers: Altered[Sequence[int]] = Altered(below.keepers)

    def __len__(self) -> int:
        return len(self.names)

    def node(self, name: str, needs: int = 1) -> int:
        """The number of a node; a new one where nothing bears the name."""
        known = self.index.get(name)
        if known is not None:
            return known
        number = len(self.names)
        self.names.append(name)
        self.index.own[name] = number
        self.roots.append(0)
        self.needs.append(needs)
        self.arrows.append(())
        self.keepers.append(())
        return number

    def drop(self, name: str) -> None:
        """Let a node go that no arrow touches any more, under all of its names."""
        number = self.index[name]
        self.roots[number] = 0
        self.index.gone.add(number)

    def alias(self, name: str, node: int) -> None:
        """Let another name find a node."""
        if name not in self.index:
            self.index.own[name] = node

    def keep(self, keeper: int, kept: int, strength: int) -> bool:
        """Draw an arrow where there is none such; whether one was drawn."""
        packed = pack(kept, strength)
        if keeper == kept or packed in self.arrows[keeper]:
            return False
        self.arrows[keeper] = [*self.arrows[keeper], packed]
        self.keepers[kept] = [*self.keepers[kept], pack(keeper, strength)]
        return True

    def free(self, keeper: int, kept: int, strength: int) -> None:
        """Take an arrow away."""
        packed, turned = pack(kept, strength), pack(keeper, strength)
        self.arrows[keeper] = [each for each in self.arrows[keeper] if each != packed]
        self.keepers[kept] = [each for each in self.keepers[kept] if each != turned]
