"""Ctrl-C and SIGTERM end a run cleanly, wherever it stands: one line, the right code, nothing half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")

# Each script is a command line whose work takes for ever at one place; it says when it is there.
_START = """
import os, sys, time
from pathlib import Path
from auditor.cli import main
import click

def ready():
    Path(sys.argv[1]).write_text("ready")

@click.command()
def command():
    work()

main._VERBS["work"] = ("__main__", "")
"""
_END = """
sys.argv[1:] = [sys.argv[1], "work"]
sys.exit(main.run(sys.argv[2:]))
"""
PLACES = {
    "in Python": """
def work():
    ready()
    while True:
        time.sleep(0.01)
""",
    "in a query of the engine": """
def work():
    from auditor.query.engine import open_engine
    with open_engine([]) as engine:
        ready()
        engine.run("SELECT sum(a.range * b.range % 7) FROM range(3000000) a, range(3000000) b")
""",
    "where a reader takes the end for a broken file": """
def work():
    ready()
    for _ in range(2):
        try:
            while True:
                time.sleep(0.01)
        except BaseException:
            pass
""",
    "in a program of git": """
def work():
    import subprocess
    process = subprocess.Popen(["sleep", "600"])
    Path(sys.argv[1] + ".pid").write_text(str(process.pid))
    ready()
    try:
        process.wait()
    finally:
        process.kill()
        process.wait()
""",
    "where a library tells the end in its own words": """
def work():
    ready()
    try:
        while True:
            time.sleep(0.01)
    except BaseException:
        raise RuntimeError("Query interrupted")
""",
    "while a report is written": """
def work():
    import auditor.cli.storing as storing
    from auditor.cli.storing import store
    class Slow(bytes):
        pass
    def slow(self, data):
        with self.open("wb") as stream:
            stream.write(b"half")
            stream.flush()
            ready()
            while True:
                time.sleep(0.01)
    Path.write_bytes = slow
    store(Path(sys.argv[1]).with_name("report.json"), b"whole")
""",
}
SIGNALS = [
    pytest.param(signal.SIGINT, 130, "auditor: stopped; what was written before is kept\n", id="Ctrl-C"),
    pytest.param(
        signal.SIGTERM, 143, "auditor: stopped by SIGTERM; what was written before is kept\n", id="SIGTERM"
    ),
]


def _wait(path: Path, process: subprocess.Popen[str]) -> None:
    for _ in range(1200):
        if path.exists() or process.poll() is not None:
            return
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(("number", "code", "line"), SIGNALS)
@pytest.mark.parametrize("place", PLACES)
def test_a_signal_ends_a_run(place: str, number: int, code: int, line: str, tmp_path: Path) -> None:
    script, flag = tmp_path / "work.py", tmp_path / "ready"
    script.write_text(_START + PLACES[place] + _END)
    process = subprocess.Popen(
        [sys.executable, str(script), str(flag)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    _wait(flag, process)
    time.sleep(0.5)  # what follows the flag has begun
    process.send_signal(number)
    out, said = process.communicate(timeout=60)

    assert (process.returncode, said, out) == (code, line, "")
    assert {path.name for path in tmp_path.iterdir()} <= {"work.py", "ready", "ready.pid"}, "nothing half written"
    child = tmp_path / "ready.pid"
    assert not child.exists() or not _alive(int(child.read_text())), "no program is left behind"


@pytest.mark.parametrize(("number", "code", "line"), SIGNALS)
def test_a_signal_ends_the_program_at_any_moment(number: int, code: int, line: str, tmp_path: Path) -> None:
    """From the first moment that handlers stand, imports included, to the end of a short run."""
    flag = tmp_path / "ready"
    started = (
        "import sys, runpy, pathlib\n"
        "from auditor.cli import signals\n"
        "inner = signals._wakeup\n"
        f"signals._wakeup = lambda: (pathlib.Path({str(flag)!r}).touch(), inner())[1]\n"
        "sys.argv = ['auditor', 'policy', 'list']\n"
        "runpy.run_module('auditor', run_name='__main__')\n"
    )
    for delay in (0.0, 0.05, 0.15):
        flag.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-c", started],
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
        )
        _wait(flag, process)
        time.sleep(delay)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)

        assert (process.returncode, said) in ((code, line), (0, "")), "stopped, or it was through"


def test_an_audit_keeps_the_report_that_was_there(tmp_path: Path) -> None:
    (tmp_path / "objects" / "Account").mkdir(parents=True)
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\nsystems:\n  - {name: crm, role: crm, sources: [{kind: salesforce, path: .}]}\n"
    )
    (tmp_path / "out").mkdir()
    for name in ("report.json", "report.html"):
        (tmp_path / "out" / name).write_text("before")
    process = subprocess.Popen(
        [sys.executable, "-m", "auditor", "audit"], cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    time.sleep(0.7)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert process.returncode in (143, 0, -signal.SIGTERM), "or the signal came before Python stood"
    assert [path.name for path in (tmp_path / "out").iterdir() if path.suffix == ".part"] == []
    for name in ("report.json", "report.html"):
        text = (tmp_path / "out" / name).read_text()
        assert text == "before" or text.rstrip().endswith(("}", "</html>"))
