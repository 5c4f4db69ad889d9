"""The example companies with their evidence, built once a process into a folder of their own.

What the generators write is in no clone, so that a test that wants it builds it.
"""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

EXAMPLES = Path(__file__).parents[1] / "examples"
_WRITTEN_BY_HAND = ("salesforce", "erp", "policies", "bi", "auditor.yaml", "charter.yaml", "waivers.yaml")


@cache
def nordvik() -> Path:
    """The folder of Nordvik, ready to be audited."""
    folder = _folder()
    for name in _WRITTEN_BY_HAND:
        source = EXAMPLES / "nordvik" / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("*.sqlite*"))
        else:
            shutil.copy(source, folder / name)
    return _built("nordvik/generate.py", folder)


@cache
def lite() -> Path:
    """The folder of the same company as most really are: a repository and the free exports."""
    folder = _folder()
    shutil.copy(EXAMPLES / "nordvik-lite" / "auditor.yaml", folder / "auditor.yaml")
    return _built("nordvik-lite/build.py", folder)


def _folder() -> Path:
    folder = Path(mkdtemp(prefix="auditor-example-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _built(script: str, folder: Path) -> Path:
    subprocess.run([sys.executable, str(EXAMPLES / script), "--out", str(folder)], check=True, capture_output=True)
    return folder
