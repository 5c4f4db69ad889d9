"""Progress on stderr for what takes longer than two seconds; silent where nobody watches a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from auditor.workspace.catalogs import Progress

_PATIENCE = 2.0
"""Seconds before anything is shown."""
_INTERVAL = 0.1


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Give a callback that draws one line, and remove the line at the end."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    line = _Line()
    try:
        yield line.show
    finally:
        line.clear()


class _Line:
    """One line on stderr, redrawn in place."""

    def __init__(self) -> None:
        self.begun = self.drawn_at = time.monotonic()
        self.width = 0

    def show(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.begun < _PATIENCE or now - self.drawn_at < _INTERVAL:
            return
        self.drawn_at = now
        count = f" {done:,} of {total:,}" if total else ""
        left = f", about {(now - self.begun) / done * (total - done):.0f} s left" if total and done else ""
        text = f"{step}{count}{left}"[:100]
        sys.stderr.write("\r" + text.ljust(self.width))
        sys.stderr.flush()
        self.width = len(text)

    def clear(self) -> None:
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
