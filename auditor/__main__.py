"""`python -m auditor` and the console script."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from auditor.cli.signals import Stopped, stoppable

if TYPE_CHECKING:
    from auditor.starting import KeptModules

_HOOKED = (["check"], ["propose"])
"""Verbs that people wait for at every commit: what starts and ends them is cut short."""


def main() -> None:
    """Run the command line and leave with its exit code; a signal may come at any time, during imports too."""
    # Reading makes millions of small values that stay: looking through them for cycles so often finds nothing.
    gc.set_threshold(50_000, 20, 50)
    try:
        with stoppable():
            modules = _kept_modules()
            from auditor.cli.main import run

            code = run(sys.argv[1:])
            if modules is not None:
                modules.keep()
    except Stopped as stopped:
        sys.stderr.write(f"auditor: {stopped.message}\n")
        code = stopped.exit_code
    if sys.argv[1:2] in _HOOKED:
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> None:
    """End at once, all being written and closed: taking apart what is loaded takes long, and serves nobody."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _kept_modules() -> KeptModules | None:
    """What was kept for the verbs that hooks call: others take long enough without."""
    if sys.argv[1:2] not in _HOOKED:
        return None
    from auditor.starting import kept_modules

    return kept_modules(sys.argv[1], os.environ)


if __name__ == "__main__":
    main()
