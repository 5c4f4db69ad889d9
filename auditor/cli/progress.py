"""Progress on stderr for what takes longer than two seconds; silent where nobody watches a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from auditor.workspace.catalogs import Progress

_PATIENCE = 2.0
"""Seconds before anything is shown."""


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give a callback that draws one bar a step, with the remaining time where the number of things is known."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    with ExitStack() as open_bars:
        yield _Bars(open_bars).show


class _Bars:
    """The bar of the current step; the one before is closed when a new step begins."""

    def __init__(self, open_bars: ExitStack) -> None:
        self._open_bars = open_bars
        self._begun = time.monotonic()
        self._step = ""
        self._bar: Any = None  # click's bar is generic over what it iterates; this one iterates nothing
        self._done = 0

    def show(self, step: str, done: int, total: int) -> None:
        if time.monotonic() - self._begun < _PATIENCE:
            return
        if step != self._step:
            self._open_bars.close()
            self._step, self._done = step, 0
            bar = click.progressbar(length=total or 1, label=step[:60], file=sys.stderr)
            self._bar = self._open_bars.enter_context(bar)
        self._bar.update(done - self._done)
        self._done = done
