"""Ctrl-C and SIGTERM end a run at any point: with one line, the usual exit code, and everything that was finished.

Python handles a signal between two of its own steps. While a query runs there is none, so a thread that the
operating system wakes ends the query first. Nothing heavy is imported here: it guards the imports, too.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_SIGNALS = tuple(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)
_AGAIN = 1.0
"""Seconds after which a run that is still going is told again: some reader may have taken the end for an error."""
_TIMES = 5
"""Signals after which the process ends without ceremony."""


class Stopped(BaseException):
    """Indicates that a signal ends the run. No `except Exception` on the way may keep it."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)

    @property
    def exit_code(self) -> int:
        """128 and the signal's number, as shells have it: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.number

    @property
    def message(self) -> str:
        """One line for people."""
        how = "" if self.number == signal.SIGINT else f" by {signal.Signals(self.number).name}"
        return f"stopped{how}; what was written before is kept"


class Guard:
    """Which signal came, and how often; `number` 0: none."""

    def __init__(self) -> None:
        self.number = 0
        self.count = 0
        self.over = threading.Event()

    def handle(self, number: int, _frame: FrameType | None) -> None:
        """End the run; many signals end the process."""
        self.number = number
        self.count += 1
        if self.count >= _TIMES:
            os._exit(128 + number)
        raise Stopped(number)

    def watch(self, pipe: int) -> None:
        """Wait for the first signal, end what runs outside of Python, and repeat it until the run is over."""
        with suppress(OSError):
            if not os.read(pipe, 1):
                return
            while not self.over.is_set():
                _end_queries()
                if self.over.wait(_AGAIN):
                    return
                os.kill(os.getpid(), self.number or signal.SIGTERM)


def _end_queries() -> None:
    running = sys.modules.get("auditor.query.interrupting")
    if running is not None:
        running.interrupt_all()


@contextmanager
def stoppable() -> Iterator[Guard]:
    """Turn signals into `Stopped` within the block.

    Afterwards signals are ignored if one came, since all that is left is to leave; else they are as before. In
    another thread than the main one, which alone may handle signals, nothing changes.
    """
    guard = Guard()
    if threading.current_thread() is not threading.main_thread():
        yield guard
        return
    before = {number: signal.signal(number, guard.handle) for number in _SIGNALS}
    pipe = _wakeup()
    if pipe is not None:
        threading.Thread(target=guard.watch, args=(pipe[0],), daemon=True, name="signals").start()
    try:
        yield guard
    finally:
        guard.over.set()
        if pipe is not None:
            signal.set_wakeup_fd(-1)
            os.close(pipe[1])  # ends the thread, which closes nothing: it may be reading
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if guard.count else handler)


def _wakeup() -> tuple[int, int] | None:
    """A pipe into which the system writes each signal at once; Windows has none, and needs none for Ctrl-C."""
    if os.name != "posix":
        return None
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    return reading, writing
