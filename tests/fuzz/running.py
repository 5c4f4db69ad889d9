"""Rounds of damaged inputs in a child process of bounded memory, watched by its parent.

`python -m tests.fuzz.running TARGET SEED FIRST LAST FOLDER` is the child. It says each number before it reads the
input, so that the parent knows which one killed it.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from random import Random

SECONDS = 5
"""Processor time that one input may take. It is no wall-clock time, since others work on the machine too."""
SILENCE = 120
"""Seconds without a sign of life after which the parent ends the child: it hangs where no signal reaches."""
MEMORY = 2**30
"""Bytes of address space that the child may hold, everything included."""
FAULT = "a fault of this program"
"""What dispatch writes where a reader raised what it must not: a traceback in a line's clothes."""
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that was not read as it should be."""

    target: str
    seed: int
    number: int
    path: str
    reason: str
    saved: str


def fuzz(target: str, seed: int, count: int, folder: Path) -> list[Failure]:
    """Read so many damaged inputs; failing ones are saved to the folder, the others are not kept."""
    found: list[Failure] = []
    first = 0
    while first < count:
        last, failures = _round(target, seed, (first, count), folder)
        found += failures
        first = last + 1
    return found


def _round(target: str, seed: int, span: tuple[int, int], folder: Path) -> tuple[int, list[Failure]]:
    """One child, until it is done or dies: the number it came to, and what failed."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.fuzz.running", target, str(seed)]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "MALLOC_ARENA_MAX": "2"}
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(
            [*command, str(span[0]), str(span[1]), str(folder)],
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=_ROOT,
            env=environment,
        )
        at, found, done = span[0], [], False
        for line in _lines(child):
            if line.startswith("{"):
                found.append(Failure(**json.loads(line)))
            elif line == "done":
                done = True
            else:
                at = int(line)
        if done:
            return span[1], found
        said.seek(0)
        end = "\n".join(said.read().splitlines()[-12:])
    reason = f"the process ended ({child.returncode}): {end}" if child.returncode != -signal.SIGKILL else "it hung"
    path, data = input_of(target, seed, at)
    return at, [*found, Failure(target, seed, at, path, reason, _saved(folder, target, at, data))]


def _lines(child: subprocess.Popen[str]) -> Iterator[str]:
    """What the child says; it is ended where it falls silent."""
    assert child.stdout is not None
    while True:
        ready, _, _ = select.select([child.stdout], [], [], SILENCE)
        if not ready:
            child.kill()
        line = child.stdout.readline() if ready else ""
        if not line:
            child.wait()
            child.stdout.close()
            return
        yield line.strip()


def input_of(target: str, seed: int, number: int) -> tuple[str, bytes]:
    """The path and bytes of one input, made anew from its number."""
    from tests.fuzz.targets import TARGETS, damaged

    made = damaged(TARGETS[target], Random(f"{seed}/{target}/{number}"))
    return made.path, made.data


def _saved(folder: Path, target: str, number: int, data: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{target}-{number}"
    place.write_bytes(data)
    return str(place)


class _TooLong(BaseException):
    """The time of one input is over; no reader catches it."""


def stop(*_: object) -> None:
    """End what is read now: its time is over."""
    raise _TooLong


def _child(target: str, seed: int, first: int, last: int, folder: Path) -> None:
    from tests.fuzz.targets import TARGETS, inputs

    inputs(TARGETS[target])
    read = TARGETS[target].read
    signal.signal(signal.SIGPROF, stop)
    told = os.fdopen(os.dup(1), "w", buffering=1)  # what a reader prints must not mix with what the child says
    with tempfile.TemporaryDirectory(prefix="auditor-fuzz-") as scratch:
        path, data = next(iter(inputs(TARGETS[target]).values()))[0].path, b""
        read(path, data, Path(scratch))  # what is imported and cached on the way is not the input's cost
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        for number in range(first, last):
            told.write(f"{number}\n")
            path, data = input_of(target, seed, number)
            twice = number % TARGETS[target].again == 0
            reason = tried(partial(read, path, data, Path(scratch)), twice)
            if reason:
                failure = Failure(target, seed, number, path, reason, _saved(folder, target, number, data))
                told.write(json.dumps(asdict(failure)) + "\n")
    told.write("done\n")


def tried(read: Callable[[], object], twice: bool) -> str:
    """Read one input, or read it twice; why it failed, or nothing."""
    printed = StringIO()
    try:
        with redirect_stdout(printed):
            first = _timed(read)
            second = read() if twice else first
    except _TooLong:
        return f"more than {SECONDS} seconds\n{traceback.format_exc(limit=-6)}"
    except BaseException:  # noqa: BLE001 - whatever comes is what is looked for
        return traceback.format_exc(limit=-8)
    if printed.getvalue():
        return f"printed: {printed.getvalue()[:200]!r}"
    if first != second:
        return f"two readings differ:\n{str(first)[:500]}\n{str(second)[:500]}"
    told = repr(first)
    place = told.find(FAULT)
    return told[max(0, place - 200) : place + 300] if place >= 0 else ""


def _timed(read: Callable[[], object]) -> object:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return read()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
