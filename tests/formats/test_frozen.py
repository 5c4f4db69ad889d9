"""Frozen values survive the way through JSON, and nothing else gets through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import FormatError
from auditor.formats.frozen import pack, unpack


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    colour: Colour = Colour.RED
    shade: Colour | None = None
    shown: bool | None = None
    words: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    places: tuple[Place, ...] = ()
    ends: tuple[tuple[str, tuple[Place, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    things: tuple[Thing, ...] = ()
    label: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


_texts = st.text(st.characters(), max_size=5) | st.sampled_from(["a", "\ud800", "\0", '"'])
_places = st.builds(Place, _texts, st.none() | st.integers())
_colours = st.sampled_from(Colour)
_things = st.builds(
    Thing,
    _texts,
    _colours,
    st.none() | _colours,
    st.none() | st.booleans(),
    st.lists(_texts, max_size=3).map(tuple),
    st.lists(st.tuples(_texts, _texts), max_size=3).map(tuple),
    st.none() | _places,
    st.lists(_places, max_size=12).map(tuple),
    st.lists(st.tuples(_texts, st.lists(_places, max_size=3).map(tuple)), max_size=2).map(tuple),
)


@given(st.builds(Box, st.lists(_things, max_size=30).map(tuple), _texts, st.dictionaries(_texts, st.integers())))
def test_what_is_packed_comes_back_equal_and_of_the_same_types(box: Box) -> None:
    back = unpack(pack(box), Box)

    assert back == box
    assert repr(back) == repr(box)


def test_a_record_leaves_out_what_is_the_default_at_its_end() -> None:
    assert pack(Thing("a", Colour.BLUE)) == b'["a","blue"]'


def test_a_long_list_says_once_what_all_of_it_says() -> None:
    box = Box(tuple(Thing("a", place=Place(str(line % 2), line)) for line in range(100)))

    assert len(pack(box)) < 1_500
    assert unpack(pack(box), Box) == box


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x80\x04\x95", id="a pickle"),
        pytest.param(b"{}", id="an object where a record stands"),
        pytest.param(b'["a","b"]', id="a text where a list stands"),
        pytest.param(b'[[["a","green"]]]', id="a word that the enumeration lacks"),
        pytest.param(b'[[["a","red",null,null,[],[],null,[],[],1]]]', id="more values than fields"),
        pytest.param(b'[{"count":2,"column":[1,[]]}]', id="columns that are missing"),
        pytest.param(b'[{"count":9,"column":[2,1,[[0,["a"]]],[7]]}]', id="an index beyond the distinct values"),
        pytest.param(b"[" * 100_000, id="nested without end"),
    ],
)
def test_what_is_no_packed_box_is_an_error_of_the_format(data: bytes) -> None:
    with pytest.raises(FormatError):
        unpack(data, Box)
