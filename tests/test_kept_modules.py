"""What a hook keeps of its modules is found again, and never believed against their sources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.starting import KeptModules

_PROGRAM = """
import os, sys
from pathlib import Path
from auditor.starting import KeptModules
kept = KeptModules(Path(sys.argv[1]))
sys.meta_path.insert(0, kept)
import auditor.model.findings
from auditor.facts.base import Facts
kept.keep()
print(type(sys.modules["auditor.model.findings"].__loader__).__name__, auditor.model.findings.__file__)
"""


def test_a_second_run_takes_the_code_of_the_first(tmp_path: Path) -> None:
    file = tmp_path / "own" / "check.modules"
    first, second = _run(file), _run(file)
    assert first[0] == "SourceFileLoader"
    assert second[0] == "_Loader"
    assert first[1] == second[1]


@pytest.mark.parametrize("at", [0, 9, 40, 5_000, -1], ids=["length", "checksum", "list", "code", "end"])
def test_a_damaged_file_is_not_believed_and_made_anew(tmp_path: Path, at: int) -> None:
    file = tmp_path / "check.modules"
    _run(file)
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(bytes(data))
    assert _run(file)[1].endswith("findings.py")


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 7, b"\0" * 64, b"x" * 64], ids=["empty", "short", "zeros", "letters"]
)
def test_another_file_is_not_believed(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "check.modules"
    file.write_bytes(data)
    assert KeptModules(file).find_spec("auditor.model.findings") is None


def test_where_nothing_can_be_kept_nothing_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert _run(blocked / "check.modules")[0] == "SourceFileLoader"


def _run(file: Path) -> list[str]:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(file)], capture_output=True, check=True, text=True, env=environ
    )
    assert done.stderr == ""
    return done.stdout.split()
