"""Filter logic without conditions that go: the rest means what it meant, or nothing is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import FormatError
from auditor.planning.salesforce.filters import Logic, parse_logic, without

WITHOUT = [
    pytest.param("1 AND 2 AND 3", {2}, "1 AND 2", id="one of many that must all hold"),
    pytest.param("1 AND 2 AND 3", {1, 3}, "1", id="two of three"),
    pytest.param("1", {1}, "", id="the only one"),
    pytest.param("1 AND 2", {1, 2}, "", id="all of them"),
    pytest.param("1 and (2 or 3)", {1}, "1 OR 2", id="a bracket alone needs no bracket"),
    pytest.param("(1 AND 2) AND (3 OR 4)", {2}, "1 AND (2 OR 3)", id="conjuncts of conjuncts"),
    pytest.param("1 AND NOT 2 AND 3", {1}, "NOT 1 AND 2", id="NOT keeps what it denies"),
    pytest.param("1 && (2 || 3)", {1}, "1 OR 2", id="the signs mean the same"),
    pytest.param("1 OR 2", {1}, None, id="under OR nothing can go"),
    pytest.param("NOT 1", {1}, None, id="under NOT nothing can go"),
    pytest.param("1 AND (2 OR 3)", {2}, None, id="under an OR within"),
    pytest.param("1 AND (2", {1}, None, id="what cannot be read"),
    pytest.param("1 XOR 2", {1}, None, id="an operator that nobody knows"),
    pytest.param("(" * 80 + "1" + ")" * 80, {1}, None, id="nested beyond reason"),
]


@pytest.mark.parametrize(("text", "gone", "expected"), WITHOUT)
def test_conditions_go(text: str, gone: set[int], expected: str | None) -> None:
    assert without(text, frozenset(gone)) == expected


@pytest.mark.parametrize("text", ["", "AND", "1 AND", "1 2", ")", "a"])
def test_what_is_no_logic_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse_logic(text)


_NUMBERS = st.integers(1, 5).map(str)
_TEXTS = st.recursive(
    _NUMBERS,
    lambda inner: st.one_of(
        st.builds("({} AND {})".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("NOT {}".format, inner),
    ),
    max_leaves=8,
)


@given(_TEXTS, st.sets(st.integers(1, 5), min_size=1), st.integers(0, 31))
def test_where_what_goes_holds_the_rest_decides_as_before(text: str, gone: set[int], values: int) -> None:
    """A condition that is left out counts as one that holds: that is all that changes."""
    shorter = without(text, frozenset(gone))
    if shorter is None:
        return
    holds = {number: number in gone or bool(values >> number - 1 & 1) for number in range(1, 6)}
    kept = [number for number in range(1, 6) if number not in gone]
    after = {place: holds[number] for place, number in enumerate(kept, start=1)}
    assert _value(parse_logic(text), holds) == (_value(parse_logic(shorter), after) if shorter else True)


def _value(logic: Logic, holds: dict[int, bool]) -> bool:
    if logic.operator == "":
        return holds[logic.number]
    parts = [_value(part, holds) for part in logic.parts]
    return {"AND": all(parts), "OR": any(parts), "NOT": not parts[0]}[logic.operator]
