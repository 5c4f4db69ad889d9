"""How dear it is to read Salesforce trees: see inspecting.py, where the measuring is.

    python -m bench.inspect [--tree TREE] [--copies N] [--sdr FOLDER] [--runs N]

A bench that runs as a script has this folder first on its path, so that `import inspect` of the standard library
finds this file. It then steps aside.
"""

from __future__ import annotations

import sys
from pathlib import Path


def _standard_library() -> None:
    """Load the module that was meant, in this one's place."""
    import importlib.util
    import sysconfig

    place = Path(sysconfig.get_path("stdlib")) / "inspect.py"
    spec = importlib.util.spec_from_file_location("inspect", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["inspect"] = module
    spec.loader.exec_module(module)


if __name__ == "inspect":
    _standard_library()
elif __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from bench.inspecting import main

    sys.exit(main())
