"""How frozen matching is kept: bytes by key, so that any store can hold them and only what is asked is read."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

FORMAT = f"2 {sys.byteorder}"
"""Of everything below; rows of another format are not there."""
_T = TypeVar("_T")

Posting = tuple["array[int]", "array[float]"]
"""Numbers of what says a word, ascending, and the word's share of each."""


class Rows(Protocol):
    """A store of bytes by key."""

    def get(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those keys that are there."""
        ...


class Part:
    """The rows of a store whose keys begin with a prefix."""

    def __init__(self, rows: Rows, prefix: str) -> None:
        self._rows, self._prefix = rows, prefix

    def get(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those keys that are there."""
        found = self._rows.get([self._prefix + key for key in keys])
        size = len(self._prefix)
        return {key[size:]: value for key, value in found.items()}


class Table(Mapping[str, _T], Generic[_T]):
    """One family of rows as a mapping that reads what is asked, each key once. It knows no length and no order."""

    def __init__(self, rows: Rows, family: str, decode: Callable[[bytes], _T]) -> None:
        self._rows, self._family, self._decode = Part(rows, family), family, decode
        self._known: dict[str, _T | None] = {}

    def fetch(self, keys: Iterable[str]) -> None:
        """Read several at once, since one question is cheaper than many."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._known]
        if wanted:
            found = self._rows.get(wanted)
            for key in wanted:
                self._known[key] = self._decode(found[key]) if key in found else None

    def find(self, key: str) -> _T | None:
        """The value of a key; None where there is none."""
        if key not in self._known:
            self.fetch((key,))
        return self._known[key]

    def __getitem__(self, key: str) -> _T:
        found = self.find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.find(key) is not None

    def __iter__(self) -> Iterator[str]:
        raise TypeError(f"what {self._family} holds is read by key alone")

    def __len__(self) -> int:
        raise TypeError(f"what {self._family} holds is read by key alone")


def packed(value: object) -> bytes:
    """Plain values (lists, texts, numbers) as bytes; numbers come back to the last digit."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(data: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """What `packed` made bytes of."""
    return json.loads(data)


def packed_posting(entries: Iterable[tuple[int, float]]) -> bytes:
    """Numbers, ascending, with the share of each."""
    listed = list(entries)
    numbers = array("I", [number for number, _ in listed])
    return numbers.tobytes() + array("d", [share for _, share in listed]).tobytes()


def unpacked_posting(data: bytes) -> Posting:
    """What `packed_posting` made bytes of."""
    numbers: array[int] = array("I")
    shares: array[float] = array("d")
    cut = len(data) * numbers.itemsize // (numbers.itemsize + shares.itemsize)
    numbers.frombytes(data[:cut])
    shares.frombytes(data[cut:])
    return numbers, shares
