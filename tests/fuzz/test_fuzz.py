"""A bounded share of `make fuzz`: the inputs of this tree, damaged from a fixed seed, over every parser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from auditor.sources.salesforce.dispatch import READER_FAILED
from tests.fuzz.mutating import LARGEST, mutated
from tests.fuzz.running import FAULT, stop, tried
from tests.fuzz.seeds import ROOT
from tests.fuzz.targets import TARGETS

_SHARE = {"evidence-csv": 150, "evidence-json": 150, "salesforce-tree": 100, "workbooks": 150, "policies": 150}
_USUAL = 300


@pytest.mark.parametrize("target", TARGETS)
def test_damaged_inputs_cost_a_line_and_never_more(target: str, tmp_path: Path) -> None:
    count = str(_SHARE.get(target, _USUAL))
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", target, "--count", count, "--seed", "3", "--keep", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "AUDITOR_CORPORA": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("family", ["xml", "csv", "json", "yaml", "code", "binary"])
def test_damage_is_the_same_from_the_same_seed(family: str) -> None:
    data, other = b'<a b="1">x</a>\nc,d\n{"e": [1]}\n', b"<f>2</f>\ng: h\n"

    made = [[mutated(Random(f"{seed}"), family, data, other) for seed in range(200)] for _ in range(2)]

    assert made[0] == made[1]
    assert len(set(made[0])) > 100
    assert max(map(len, made[0])) <= LARGEST


def _hangs() -> object:
    while True:
        pass


def _changes() -> object:
    return next(_NUMBERS)


_NUMBERS = iter(range(10))


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        pytest.param(lambda: 1 / 0, "ZeroDivisionError", id="an error that no parser declares"),
        pytest.param(_hangs, "more than 5 seconds", id="a hang"),
        pytest.param(lambda: f"x: {FAULT}: KeyError", FAULT, id="a traceback in a line's clothes"),
        pytest.param(_changes, "two readings differ", id="another answer the second time"),
        pytest.param(lambda: print("odd"), "printed: 'odd", id="words in the midst of our output"),  # noqa: T201 - the point
        pytest.param(lambda: "read", "", id="an answer"),
    ],
)
def test_what_must_not_be_is_seen(read: Callable[[], object], reason: str) -> None:
    before = signal.signal(signal.SIGPROF, stop)
    try:
        found = tried(read, twice=True)
    finally:
        signal.signal(signal.SIGPROF, before)

    assert reason in found
    assert bool(found) is bool(reason)


def test_the_words_of_a_failed_reader_are_those_that_are_looked_for() -> None:
    assert FAULT in READER_FAILED
