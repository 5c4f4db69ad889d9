"""Records as plain tuples: what `marshal` writes comes back as the same record."""

from __future__ import annotations

import marshal
from datetime import date
from enum import StrEnum

import pytest

from auditor.dataclasses import dataclass
from auditor.formats.plain import Codecs


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0


@dataclass(frozen=True, slots=True)
class Ring:
    width: int = 1


@dataclass(frozen=True, slots=True)
class Since:
    start: date | None
    end: date


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    colour: Colour | None = None
    centre: Point = Point(0)
    day: date | None = None
    corners: tuple[Point, ...] = ()
    spans: tuple[tuple[date, date], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    kinds: frozenset[str] | None = None
    share: float | None = None
    ring: Ring = Ring()


@dataclass(frozen=True, slots=True)
class Strange:
    value: complex


_SHAPES = [
    pytest.param(Shape("bare"), ("bare",), id="defaults are not written"),
    pytest.param(Shape("red", Colour.RED), ("red", "red"), id="an enumeration"),
    pytest.param(Shape("at", centre=Point(2, 3)), ("at", None, (2, 3)), id="a record within"),
    pytest.param(
        Shape("ring", ring=Ring(3)), ("ring", None, (0,), None, (), (), (), None, None, (3,)), id="the last"
    ),
    pytest.param(
        Shape("corners", corners=(Point(1), Point(2, 5))),
        ("corners", None, (0,), None, ((1,), (2, 5))),
        id="several records",
    ),
    pytest.param(
        Shape("whole", Colour.BLUE, Point(1), date(1, 1, 3), (), ((date(1, 1, 1), date(1, 1, 2)),)),
        ("whole", "blue", (1,), 3, (), ((1, 2),)),
        id="days",
    ),
    pytest.param(
        Shape("rest", words=(("a", "b"),), kinds=frozenset({"k"}), share=0.5),
        ("rest", None, (0,), None, (), (), (("a", "b"),), frozenset({"k"}), 0.5),
        id="what is plain already",
    ),
]


@pytest.mark.parametrize(("shape", "expected"), _SHAPES)
def test_a_record_is_written_without_what_it_need_not_say(shape: Shape, expected: tuple[object, ...]) -> None:
    write, read = Codecs((Colour, Point, Ring, Shape)).of(Shape)

    assert expected == write(shape)
    assert shape == read(marshal.loads(marshal.dumps(write(shape))))


@pytest.mark.parametrize("since", [Since(None, date(1, 1, 2)), Since(date(1, 1, 1), date(1, 1, 2))])
def test_nothing_stands_for_itself_where_there_is_no_default(since: Since) -> None:
    write, read = Codecs((Since,)).of(Since)

    assert since == read(write(since))


def test_a_class_that_nobody_gave_is_an_error() -> None:
    write, _ = Codecs((Strange,)).of(Strange)

    with pytest.raises(TypeError, match="complex is no class that this codec knows"):
        write(Strange(1j))
