"""The decorator behaves as the standard one does, in everything that this program uses of it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest

from auditor import dataclasses as ours


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Standard:
    """What it is compared with."""

    name: str
    count: int = 0
    tags: tuple[str, ...] = ()
    seen: dict[str, int] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    kinds: ClassVar[int] = 2


@ours.dataclass(frozen=True, slots=True, order=True)
class Ours:
    """The same, by our decorator."""

    name: str
    count: int = 0
    tags: tuple[str, ...] = ()
    seen: dict[str, int] = ours.field(default_factory=dict, compare=False, repr=False)
    kinds: ClassVar[int] = 2


@ours.dataclass(slots=True)
class Growing:
    """One that changes."""

    rows: list[int] = ours.field(default_factory=list)
    total: int = ours.field(default=0, init=False)
    most: int = ours.field(init=False)

    def __post_init__(self) -> None:
        self.total = sum(self.rows)
        self.most = max(self.rows, default=0)


@ours.dataclass(frozen=True, slots=True)
class Base:
    """A part."""

    first: int = 1


@ours.dataclass(frozen=True, slots=True)
class Derived(Base):
    """With a part of its own, and a text of its own."""

    second: int = 2

    def __repr__(self) -> str:
        return f"<{self.first}/{self.second}>"


@ours.dataclass(frozen=True, slots=True)
class Nothing:
    """Holds nothing."""


# Either class: their instances are compared with one another only by name.
type_ = Any

QUESTIONS: dict[str, Callable[[type_], object]] = {
    "a default stands where nothing is given": lambda made: made("a").count,
    "a factory makes one for each": lambda made: made("a").seen is made("a").seen,
    "what is given by name stands": lambda made: made(name="a", tags=("x",)).tags,
    "equal values are equal": lambda made: made("a", 1) == made("a", 1),
    "different values differ": lambda made: made("a", 1) == made("a", 2),
    "what is not compared makes no difference": lambda made: made("a", seen={"x": 1}) == made("a"),
    "another class is never equal": lambda made: made("a") == ("a", 0, ()),
    "equal values have one hash": lambda made: hash(made("a", 1)) == hash(made("a", 1)),
    "values sort by their fields in turn": lambda made: [
        each.count for each in sorted([made("b", 1), made("a", 3), made("a", 2)])
    ],
    "at most": lambda made: made("a") <= made("a"),
    "more": lambda made: made("b") > made("a"),
    "at least": lambda made: made("a") >= made("b"),
    "the text names every field that is told": lambda made: repr(made("a", 1)).partition("(")[2],
    "replace makes another": lambda made: dataclasses.replace(made("a", 1), name="b").name,
    "fields in order": lambda made: [each.name for each in dataclasses.fields(made)],
    "patterns match by place": lambda made: made.__match_args__,
    "no dictionary of its own": lambda made: hasattr(made("a"), "__dict__"),
    "as a dictionary": lambda made: dataclasses.asdict(made("a", 1)),
    "a constant of the class is none of its fields": lambda made: made.kinds,
    "pickled and back": lambda made: pickle.loads(pickle.dumps(made("a", 1, ("x",)))).tags,
    "copied": lambda made: copy.copy(made("a", 1)).count,
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_it_answers_as_the_standard_decorator_does(question: Callable[[type_], object]) -> None:
    assert question(Ours) == question(Standard)


def _set(value: object, name: str = "name") -> None:
    setattr(value, name, "b")


def _delete(value: object, name: str = "name") -> None:
    delattr(value, name)


REFUSED: dict[str, tuple[Callable[[type_], object], type[Exception]]] = {
    "a field is set": (lambda made: _set(made("a")), dataclasses.FrozenInstanceError),
    "a field is deleted": (lambda made: _delete(made("a")), dataclasses.FrozenInstanceError),
    "a field without a default is not given": (lambda made: made(), TypeError),
    "a name is unknown": (lambda made: made("a", other=1), TypeError),
    "order with another class": (lambda made: made("a") < 1, TypeError),
}


@pytest.mark.parametrize(("act", "error"), REFUSED.values(), ids=REFUSED)
def test_it_refuses_what_the_standard_decorator_refuses(
    act: Callable[[type_], object], error: type[Exception]
) -> None:
    for made in (Standard, Ours):
        with pytest.raises(error):
            act(made)


def _beyond() -> Iterator[tuple[str, object, object]]:
    yield "what is computed after the rest", Growing([1, 2]).total, 3
    yield "what only the class itself sets", Growing([1, 2]).most, 2
    yield "one that changes has no hash", Growing.__hash__, None
    yield "one that changes is compared by value", Growing([1]) == Growing([1]), True
    yield "fields of the base come first", Derived(5), Derived(first=5, second=2)
    yield "a text of its own stands", repr(Derived(5)), "<5/2>"
    yield "a base is never equal to what derives from it", Base() == Derived(), False
    yield "nothing equals nothing", (Nothing(), hash(Nothing())), (Nothing(), hash(()))
    yield "the text of nothing", repr(Nothing()), "Nothing()"


BEYOND = tuple(_beyond())


@pytest.mark.parametrize(("_", "found", "expected"), BEYOND, ids=[case[0] for case in BEYOND])
def test_what_it_does_beyond_one_plain_class(_: str, found: object, expected: object) -> None:
    assert found == expected


def test_a_class_without_slots_is_refused_where_it_is_defined() -> None:
    with pytest.raises(TypeError, match="slots=True"):
        ours.dataclass(slots=False)
