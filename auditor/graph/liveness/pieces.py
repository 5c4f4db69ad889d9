"""Numbers, lists and names as pieces of bytes, of which only those are read that somebody asks for.

Numbers are little-endian and of four bytes. Lists are cut into pages of so many each, names in order of name, so
that asking about one reads one page.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Generic, TypeVar, overload

Piece = Callable[[str], bytes | None]
"""One piece by name; None where it is not there."""
_T = TypeVar("_T")
PAGE = 256
"""Lists or names on a page."""
_BETWEEN = "\0"
"""Between names; none holds it, since neither XML nor a path can."""


class MissingPieceError(LookupError):
    """A piece of a record is not there, or not whole."""


def needed(piece: Piece, name: str) -> bytes:
    """A piece that has to be there.

    Raises:
        MissingPieceError: it is not.
    """
    found = piece(name)
    if found is None:
        raise MissingPieceError(name)
    return found


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers below 2³², in order."""
    made = array("I", numbers)
    if sys.byteorder == "big":
        made.byteswap()
    return made.tobytes()


def unpacked(piece: bytes) -> array[int]:
    """What `packed` made.

    Raises:
        MissingPieceError: the piece was cut.
    """
    made = array("I")
    if len(piece) % made.itemsize:
        raise MissingPieceError
    made.frombytes(piece)
    if sys.byteorder == "big":
        made.byteswap()
    return made


class Made(Sequence[_T], Generic[_T]):
    """A sequence of which each value is made when it is asked for."""

    __slots__ = ("_count", "_make")

    def __init__(self, count: int, make: Callable[[int], _T]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> _T: ...
    @overload
    def __getitem__(self, place: slice) -> list[_T]: ...
    def __getitem__(self, place: int | slice) -> _T | list[_T]:
        if isinstance(place, slice):
            return [self._make(each) for each in range(*place.indices(self._count))]
        if not 0 <= place < self._count:
            raise IndexError(place)
        return self._make(place)


def packed_lists(name: str, lists: Sequence[Sequence[int]]) -> Iterator[tuple[str, bytes]]:
    """Lists of numbers in pages: where each ends on its page, then all of them."""
    for start in range(0, len(lists), PAGE):
        page = lists[start : start + PAGE]
        ends, end = [], 0
        for each in page:
            end += len(each)
            ends.append(end)
        yield f"{name}/{start // PAGE}", packed([len(page), *ends, *(number for each in page for number in each)])


def lists_of(name: str, count: int, piece: Piece) -> Sequence[Sequence[int]]:
    """What `packed_lists` made of so many lists."""

    @cache
    def page(number: int) -> array[int]:
        return unpacked(needed(piece, f"{name}/{number}"))

    def make(place: int) -> Sequence[int]:
        number, at = divmod(place, PAGE)
        numbers = page(number)
        first = numbers[0] + 1
        start = numbers[at] if at else 0
        return numbers[first + start : first + numbers[at + 1]]

    return Made(count, make)


def packed_names(name: str, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Names, each of which stands once, in pages in their own order; and their numbers."""
    order = sorted(range(len(names)), key=names.__getitem__)
    ranks = [0] * len(order)
    for rank, number in enumerate(order):
        ranks[number] = rank
    yield f"{name}/numbers", packed(order)
    yield f"{name}/ranks", packed(ranks)
    listed = [names[number] for number in order]
    yield f"{name}/firsts", _joined(listed[::PAGE])
    for start in range(0, len(listed), PAGE):
        yield f"{name}/{start // PAGE}", _joined(listed[start : start + PAGE])


def _joined(names: Iterable[str]) -> bytes:
    return _BETWEEN.join(names).encode("utf-8", "surrogatepass")


class Names(Mapping[str, int]):
    """What `packed_names` made: numbers by name, and names by number (`named`)."""

    __slots__ = ("_firsts", "_numbers", "_page", "named")

    def __init__(self, name: str, piece: Piece) -> None:
        @cache
        def ranks() -> array[int]:
            return unpacked(needed(piece, f"{name}/ranks"))

        @cache
        def page(number: int) -> list[str]:
            return _parted(needed(piece, f"{name}/{number}"))

        self._page = page
        self._numbers = unpacked(needed(piece, f"{name}/numbers"))
        self._firsts = _parted(needed(piece, f"{name}/firsts"))
        self.named: Sequence[str] = Made(
            len(self._numbers), lambda number: page(ranks()[number] // PAGE)[ranks()[number] % PAGE]
        )

    def __getitem__(self, name: str) -> int:
        number = bisect_right(self._firsts, name) - 1
        if number >= 0 and self._numbers:
            page = self._page(number)
            at = bisect_right(page, name) - 1
            if page[at] == name:
                return self._numbers[number * PAGE + at]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.named)

    def __len__(self) -> int:
        return len(self._numbers)


def _parted(piece: bytes) -> list[str]:
    return piece.decode("utf-8", "surrogatepass").split(_BETWEEN)
