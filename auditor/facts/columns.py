"""Answers by subject, each worked out at its first asking and then told by the dictionary itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

_T = TypeVar("_T")

Kept = Mapping[type, dict[_T, _T]]


UNTOLD = object()
"""What a record gives that does not tell."""


class Shelf:
    """What is dear to make, by name: made once, or taken from a record."""

    __slots__ = ("_kept", "_known")

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], object] = {}
        self._known: dict[str, Callable[[str], object]] = {}

    def once(self, name: tuple[str, str], make: Callable[[], _T]) -> _T:
        """What stands under a name, made at the first call."""
        if name not in self._kept:
            known = self._known.get(name[0])
            told = UNTOLD if known is None else known(name[1])
            self._kept[name] = make() if told is UNTOLD else told
        return cast("_T", self._kept[name])

    def assume(self, name: str, known: Callable[[str], object]) -> None:
        """Let everything under a name be taken from a record, by the second part of its name.

        The record gives exactly what would be made, or `UNTOLD` for what it does not hold.
        """
        self._known[name] = known


class Memo(dict[str, _T]):
    """What a function answers, kept."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[str], _T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, subject: str) -> _T:
        value = self[subject] = self._make(subject)
        return value


class Column(dict[str, _T]):
    """One word's answers for all subjects, each by the function for its kind of node.

    The functions are fetched when the first answer is asked for, since few of the words that are bound are asked.
    `alike` holds the answers of some types by what they equal: what is equal is then one value, so that it is
    kept once, and whoever judges thousands of subjects can judge each value once.
    """

    __slots__ = ("_alike", "_by_kind", "_fetch", "_kind_of", "_otherwise")

    def __init__(
        self,
        kind_of: Callable[[str], str | None],
        fetch: Callable[[], Mapping[str, Callable[[str], _T]]],
        otherwise: _T,
        alike: Kept[_T],
    ) -> None:
        super().__init__()
        self._kind_of = kind_of
        self._fetch = fetch
        self._by_kind: Mapping[str, Callable[[str], _T]] | None = None
        self._otherwise = otherwise
        self._alike = alike

    def __missing__(self, subject: str) -> _T:
        kind = self._kind_of(subject)
        if kind is None:
            raise KeyError(subject)
        answer = self._answering(kind)
        value = self._otherwise if answer is None else answer(subject)
        known = self._alike.get(value.__class__)
        if known is not None:
            value = known.setdefault(value, value)
        self[subject] = value
        return value

    def of(self, subjects: Sequence[str]) -> list[_T]:
        """The answers for many; those that nobody asked for yet are worked out in one go, if all of one kind."""
        missing = [subject for subject in subjects if subject not in self]
        kinds = set(map(self._kind_of, missing))
        answer = self._answering(kinds.pop() or "") if len(kinds) == 1 else None
        if answer is not None:
            self.update(zip(missing, self._answers(answer, missing), strict=True))
        return list(map(self.__getitem__, subjects))

    def _answering(self, kind: str) -> Callable[[str], _T] | None:
        if self._by_kind is None:
            self._by_kind = self._fetch()
        return self._by_kind.get(kind)

    def _answers(self, answer: Callable[[str], _T], subjects: Sequence[str]) -> list[_T]:
        values, alike = [answer(subject) for subject in subjects], self._alike
        if alike.keys().isdisjoint(map(type, values)):
            return values
        return [
            alike[value.__class__].setdefault(value, value) if value.__class__ in alike else value
            for value in values
        ]
