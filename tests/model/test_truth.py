"""Kleene's logic."""

from __future__ import annotations

from itertools import product

import pytest

from auditor.model.truth import Truth, all_of, any_of

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        pytest.param(T, T, T, T, id="true, true"),
        pytest.param(T, F, F, T, id="true, false"),
        pytest.param(T, U, U, T, id="true, unknown"),
        pytest.param(F, F, F, F, id="false, false"),
        pytest.param(F, U, F, U, id="false, unknown"),
        pytest.param(U, U, U, U, id="unknown, unknown"),
    ],
)
def test_and_and_or_follow_kleene(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert (left & right, right & left) == (both, both)
    assert (left | right, right | left) == (either, either)
    assert (all_of([left, right]), any_of([left, right])) == (both, either)


def test_negation_keeps_unknown() -> None:
    assert [~T, ~F, ~U] == [F, T, U]


def test_settling_an_unknown_never_flips_a_decided_result() -> None:
    for values in product((T, F, U), repeat=3):
        for fold in (all_of, any_of):
            decided = fold(values)
            for settled in product(*[(T, F) if value is U else (value,) for value in values]):
                assert decided is U or fold(settled) is decided


def test_a_truth_is_not_silently_a_boolean() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(U)
