"""`python -m tests.fuzz [--count N] [--seed S] [TARGET …]`: read so many damaged inputs of each target.

Says the seed; the same seed over the same inputs gives the same damage. Each input that fails is kept in a folder,
whose place is said, and `--again FILE` reads one of them once more and shows the whole traceback.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.running import Failure, fuzz
from tests.fuzz.seeds import folders
from tests.fuzz.targets import TARGETS, inputs


def main() -> int:
    """The command; gives 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all without one")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "auditor-fuzz")
    parser.add_argument("--again", type=Path, metavar="FILE")
    given = parser.parse_args()
    if given.again:
        return _again(given.targets[0], given.again)
    print(f"seed {given.seed}, {given.count:,} inputs a target, made of {', '.join(map(str, folders()))}")
    failed = [failure for name in given.targets or TARGETS for failure in _run(name, given)]
    for failure in failed:
        print(f"\n{failure.target} {failure.number} ({failure.path}), kept as {failure.saved}\n{failure.reason}")
    return int(bool(failed))


def _run(name: str, given: argparse.Namespace) -> list[Failure]:
    began = time.monotonic()
    found = fuzz(name, given.seed, given.count, given.keep)
    seeds = sum(map(len, inputs(TARGETS[name]).values()))
    took = time.monotonic() - began
    print(f"{name}: {given.count:,} of {seeds:,} inputs, {len(found)} failed, {took:.0f} s", flush=True)
    return found


def _again(name: str, file: Path) -> int:
    """Read a kept input with nothing around it."""
    target = TARGETS[name]
    path = next(seed.path for group in inputs(target).values() for seed in group)
    with tempfile.TemporaryDirectory(prefix="auditor-fuzz-") as scratch:
        print(target.read(path, file.read_bytes(), Path(scratch)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
