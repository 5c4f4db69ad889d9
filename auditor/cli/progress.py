"""Progress on stderr for what takes longer than two seconds, with rate and remaining time.

On a terminal one line is drawn anew; elsewhere plain lines come now and then, where `--progress` asks for them.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

import click

from auditor.dataclasses import dataclass
from auditor.report.terminal import printable

if TYPE_CHECKING:
    from auditor.workspace.catalogs import Progress

_PATIENCE = 2.0
"""Seconds before anything is shown."""
_REDRAW = 0.2
_PLAIN_EVERY = 10.0
_META = "auditor.progress"
_ENOUGH = 1.0
"""Seconds of a step after which its rate tells something."""


class Shown(StrEnum):
    """How much of the progress is wanted."""

    AUTO = "auto"
    """On a terminal only."""
    ALWAYS = "always"
    QUIET = "quiet"


def with_progress_options(command: click.Command) -> click.Command:
    """Give a verb and its subcommands `--progress` and `--quiet`, where it has no options of these names."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            with_progress_options(inner)
        return command
    taken = {name for parameter in command.params for name in parameter.opts}
    for name, shown, says in _OPTIONS:
        if name not in taken:
            command.params.append(_option(name, shown, says))
    return command


_OPTIONS = (
    ("--progress", Shown.ALWAYS, "tell the progress on stderr even where it is no terminal"),
    ("--quiet", Shown.QUIET, "tell no progress"),
)


def _option(name: str, shown: Shown, says: str) -> click.Option:
    def note(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value:
            context.meta[_META] = shown

    return click.Option([name], is_flag=True, expose_value=False, callback=note, help=says)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give a callback that tells what is being done: step, how many are done, of how many (0: not known)."""
    context = click.get_current_context(silent=True)
    shown = context.meta.get(_META, Shown.AUTO) if context is not None else Shown.AUTO
    live = sys.stderr.isatty()
    if shown is Shown.QUIET or (shown is Shown.AUTO and not live):
        yield lambda _step, _done, _total: None
        return
    meter = Meter(sys.stderr, live)
    over = threading.Event()
    # A query or a policy reports nothing on its way: the clock goes on all the same.
    ticker = threading.Thread(target=_tick, args=(meter, over), daemon=True, name="progress")
    ticker.start()
    try:
        yield meter.show
    finally:
        over.set()
        ticker.join()
        meter.close()


def _tick(meter: Meter, over: threading.Event) -> None:
    while not over.wait(_REDRAW):
        meter.tick()


@dataclass(slots=True)
class _Step:
    """What is being done, since when, and how far it is."""

    name: str
    begun: float
    done: int = 0
    total: int = 0


class Meter:
    """Draws the step that is under way."""

    def __init__(self, stream: TextIO, live: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._live = live
        self._clock = clock
        self._lock = threading.Lock()
        self._begun = clock()
        self._step = _Step("", self._begun)
        self._told = self._begun + _PATIENCE - (_REDRAW if live else _PLAIN_EVERY)
        self._width = 0

    def show(self, step: str, done: int, total: int) -> None:
        """Tell how far a step is. A step of the same size that goes on under another name keeps its rate."""
        with self._lock:
            known = self._step
            goes_on = step == known.name or (total > 0 and total == known.total and done >= known.done)
            begun = known.begun if goes_on else self._clock()
            self._step = _Step(step, begun, done, total)
        self.tick()

    def tick(self) -> None:
        """Draw, if it is time to."""
        with self._lock:
            now = self._clock()
            if not self._step.name or now - self._told < (_REDRAW if self._live else _PLAIN_EVERY):
                return
            self._told = now
            self._draw(told(self._step.name, self._step.done, self._step.total, now - self._step.begun))

    def close(self) -> None:
        """Leave no half line behind."""
        if self._width:
            self._write("\r" + " " * self._width + "\r")

    def _draw(self, line: str) -> None:
        if not self._live:
            self._write(f"{line}\n")
            return
        from shutil import get_terminal_size

        line = line[: max(20, get_terminal_size().columns - 1)]
        self._write("\r" + line.ljust(self._width))
        self._width = len(line)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._width = 0  # nobody listens any more, which is no reason to end the run


def told(step: str, done: int, total: int, seconds: float) -> str:
    """One line: the step, how far it is, how fast, and how long it will take; only what is known."""
    words = [printable(step)]
    if total > 0:
        words.append(f"{done:,} of {total:,}")
    if done > 0 and seconds >= _ENOUGH:
        words.append(f"{_figure(done / seconds)}/s")
    if 0 < done < total and seconds >= _ENOUGH:
        words.append(f"{duration((total - done) * seconds / done)} left")
    if total <= 0 or done == 0:
        words.append(duration(seconds))
    return "  ".join(words)


def _figure(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def duration(seconds: float) -> str:
    """`4 s`, `1 min 20 s`, `2 h 05 min`."""
    whole = int(seconds + 0.5)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
