"""`python -m auditor` and the console script."""

from __future__ import annotations

import gc
import sys

from auditor.cli.signals import Stopped, stoppable


def main() -> None:
    """Run the command line and leave with its exit code; a signal may come at any time, during imports too."""
    # Reading makes millions of small values that stay: looking through them for cycles so often finds nothing.
    gc.set_threshold(50_000, 20, 50)
    try:
        with stoppable():
            from auditor.cli.main import run

            code = run(sys.argv[1:])
    except Stopped as stopped:
        sys.stderr.write(f"auditor: {stopped.message}\n")
        code = stopped.exit_code
    sys.exit(code)


if __name__ == "__main__":
    main()
