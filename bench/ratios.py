"""What the benches hold: measured ratios beside their limits, as a table and as a verdict."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure and the most that it may be; `aim` is where it should get to, None: nothing is asked of it."""

    name: str
    measured: float
    limit: float | None
    unit: str = "×"
    aim: float | None = None

    @property
    def held(self) -> bool:
        """Whether the figure keeps to its limit."""
        return self.limit is None or self.measured <= self.limit

    def row(self) -> str:
        """The figure as a line of the table."""
        limit = "" if self.limit is None else f"{self.limit:,.4g}{self.unit}"
        aim = "" if self.aim is None else f"{self.aim:,.4g}{self.unit}"
        figure = f"{self.measured:,.2f}{self.unit}" if self.unit == "×" else f"{self.measured:,.0f}{self.unit}"
        return f"{self.name:<58}{figure:>12}{limit:>12}{aim:>8}  {'' if self.held else 'BROKEN'}".rstrip()


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, which other work of the machine lengthens, and of the processors."""

    wall: float
    cpu: float


def spent(work: Callable[[], object], cpu: Callable[[], float] = time.process_time) -> Spent:
    """What a piece of work costs; `cpu` tells the seconds of all processors that serve it so far."""
    wall, processors = time.perf_counter(), cpu()
    work()
    return Spent(time.perf_counter() - wall, cpu() - processors)


def least(runs: Sequence[Spent]) -> Spent:
    """The fastest of several runs, by either clock."""
    return Spent(min(run.wall for run in runs), min(run.cpu for run in runs))


def verdict(ratios: Sequence[Ratio]) -> int:
    """Print the table, and give the exit code: 1 where a limit is broken."""
    print(f"{'':<58}{'measured':>12}{'at most':>12}{'aim':>8}")
    for ratio in ratios:
        print(ratio.row())
    return 0 if all(ratio.held for ratio in ratios) else 1
