"""A run that is killed at any moment leaves nothing half-written, and the next one gives what it would have given.

    python -m pytest tests/functional/test_killed.py -m fuzz

kills a hundred runs; without the mark a few. The moments come from a seed, as shares of how long a run takes.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).parents[2]
TREE = ROOT / "examples/nordvik/salesforce"
OBJECTS = ("Fair_Log__c",)
AUDIT = ("audit", "--as-of", "2026-11-21")
OLD_AUDIT = ("audit", "--as-of", "2026-09-30")
INSPECT = ("inspect", "--references", "--format", "jsonl")
LIST = ("evidence", "list", "--as-of", "2026-11-21")
_BOUNDS = ("--from", "2026-01-01", "--to", "2026-10-31")
ADD = ("evidence", "add", "other.csv", "--kind", "event-log", "--as-of", "2026-11-21", *_BOUNDS)

CONFIG = """version: 1
company: Little
systems:
  - {name: crm, role: crm, sources: [{kind: salesforce, path: repo}]}
evidence:
  - {id: log, kind: event-log, path: log.csv, options: {from: "2026-01-01", to: "2026-11-20", covers: all}}
policies: [pack:scope, pack:sprawl]
output: out
"""

Files = Mapping[str, bytes]
Left = Mapping[Path, bytes]

SERVER = """
import json, os, pkgutil, sys
from importlib import import_module
import auditor
for found in pkgutil.walk_packages(auditor.__path__, 'auditor.'):
    if not found.name.endswith('__main__'):
        import_module(found.name)
for name in ('duckdb', 'jinja2', 'openpyxl', 'networkx', 'sqlalchemy.dialects.sqlite'):
    import_module(name)
from auditor.__main__ import main
for line in sys.stdin:
    child = os.fork()
    if not child:
        for number, path in enumerate((os.devnull, 'printed', 'errors')):
            place = os.path.join(sys.argv[1], path)
            os.dup2(os.open(place, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
        sys.argv = ['auditor', *json.loads(line)]
        main()
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Loads everything once and forks for each command: what is killed is then work and not the loading of modules."""


class Forks:
    """Runs commands in processes of their own, which a process that is loaded already forks."""

    def __init__(self, folder: Path, home: Path, place: Path) -> None:
        self._place = place
        self._server = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(place)],
            cwd=folder,
            env=_environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # or a line would wait where `select` does not see it
        )

    def run(self, arguments: Sequence[str], seconds: float | None = None) -> int | None:
        """The exit code; None where the process ran for so long that it was killed."""
        self.start(arguments)
        return self.end(seconds)

    def start(self, arguments: Sequence[str]) -> None:
        """Start a command."""
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(arguments).encode() + b"\n")

    def end(self, seconds: float | None = None) -> int | None:
        """Wait for the command, for so long at most, and kill it then."""
        assert self._server.stdout is not None
        process = int(self._server.stdout.readline())
        ended, _, _ = select.select([self._server.stdout], [], [], seconds)
        if not ended:
            os.kill(process, signal.SIGKILL)
        code = int(self._server.stdout.readline())
        return None if code == -signal.SIGKILL else code

    def printed(self) -> bytes:
        """What the last command printed."""
        return (self._place / "printed").read_bytes()

    def errors(self) -> str:
        """What the last command complained about."""
        return (self._place / "errors").read_text(encoding="utf-8")

    def close(self) -> None:
        """End the server."""
        self._server.communicate()


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home), "PYTHONPATH": str(ROOT)}


@dataclass(frozen=True, slots=True)
class Company:
    """A little company in a folder of its own, a home for what a user keeps, and who runs commands in it."""

    folder: Path
    home: Path
    forks: Forks
    others: Forks
    """For a command that runs at the same time."""

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the command as users do."""
        return subprocess.Popen(
            [sys.executable, "-m", "auditor", *arguments],
            cwd=self.folder,
            env=_environment(self.home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str) -> bytes:
        """What the command prints; it must end well."""
        assert self.forks.run(arguments) == 0, self.forks.errors()
        return self.forks.printed()

    def killed(self, arguments: Sequence[str], seconds: float) -> bool:
        """Kill the command after some seconds, as the machine would; False where it was faster."""
        return self.forks.run(arguments, seconds) is None

    def reports(self) -> Files:
        """The reports that lie in the output folder. A piece of one that never became one is none."""
        out = self.folder / "out"
        found = sorted(out.iterdir()) if out.is_dir() else []
        return {path.name: path.read_bytes() for path in found if path.suffix != ".part"}

    def left(self) -> Left:
        """Everything that runs have left, by its place."""
        tops = [self.folder / "out", self.folder / ".auditor", self.home]
        paths = [path for top in tops for path in top.rglob("*") if path.is_file()]
        return {path: path.read_bytes() for path in paths}

    def put_back(self, left: Left) -> None:
        """Remove what runs have left, and put something else in its place."""
        for folder in (self.folder / "out", self.folder / ".auditor", self.home):
            shutil.rmtree(folder, ignore_errors=True)
        self.home.mkdir()
        for path, data in left.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def databases(self) -> list[Path]:
        """The caches and histories."""
        return sorted(path for top in (self.folder, self.home) for path in top.rglob("*.sqlite"))


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What runs give that nobody disturbs, and how long they take."""

    before: Left
    """Everything that an older audit leaves."""
    old: Files
    reports: Files
    added: Files
    """Reports once the other log is in the history."""
    inspected: bytes
    lists: tuple[bytes, bytes]
    """The list of evidence before and after."""
    seconds: Mapping[tuple[str, ...], float]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """An object, its layouts, and a log: the smaller, the more moments can be tried."""
    top = tmp_path_factory.mktemp("killed")
    folder, home = top / "company", top / "home"
    home.mkdir()
    source, target = (path / "force-app/main/default" for path in (TREE, folder / "repo"))
    (target / "layouts").mkdir(parents=True)
    for name in OBJECTS:
        shutil.copytree(source / "objects" / name, target / "objects" / name)
        for layout in (source / "layouts").glob(f"{name}-*"):
            shutil.copy(layout, target / "layouts")
    shutil.copy(TREE / "sfdx-project.json", folder / "repo")
    (folder / "auditor.yaml").write_text(CONFIG, encoding="utf-8")
    for name, seed in (("log.csv", 7), ("other.csv", 8)):
        (folder / name).write_text("\n".join(_events(folder, Random(seed))) + "\n", encoding="utf-8")
    forks = [Forks(folder, home, _made(top / name)) for name in ("first", "second")]
    try:
        yield Company(folder, home, *forks)
    finally:
        for each in forks:
            each.close()


@pytest.fixture(scope="module")
def undisturbed(company: Company) -> Undisturbed:
    """The same runs without anybody killing them."""
    company.run(*OLD_AUDIT)
    before, old = company.left(), company.reports()
    inspected = company.run(*INSPECT)
    nothing = company.run(*LIST)
    company.put_back({})
    seconds: dict[tuple[str, ...], float] = {}
    for command in (AUDIT, ADD):
        start = time.monotonic()
        company.run(*command)
        seconds[command] = time.monotonic() - start
    reports, listed = company.reports(), company.run(*LIST)
    company.run(*AUDIT)
    return Undisturbed(before, old, reports, company.reports(), inspected, (nothing, listed), seconds)


def audit_of_nothing(company: Company, undisturbed: Undisturbed, share: float) -> bool:
    company.put_back({})
    return company.killed(AUDIT, share * undisturbed.seconds[AUDIT])


def audit_after_an_older_one(company: Company, undisturbed: Undisturbed, share: float) -> bool:
    company.put_back(undisturbed.before)
    return company.killed(AUDIT, share * undisturbed.seconds[AUDIT])


def addition(company: Company, undisturbed: Undisturbed, share: float) -> bool:
    company.put_back(undisturbed.before)
    return company.killed(ADD, share * undisturbed.seconds[ADD])


def audit_and_addition_at_once(company: Company, undisturbed: Undisturbed, share: float) -> bool:
    company.put_back(undisturbed.before)
    company.others.start(ADD)
    killed = company.killed(AUDIT, share * undisturbed.seconds[AUDIT])
    company.others.end(0)
    return killed


DISTURBANCES = (audit_of_nothing, audit_after_an_older_one, addition, audit_and_addition_at_once)


def kill_one(company: Company, undisturbed: Undisturbed, seed: int) -> None:
    """Kill a run, look at what it has left, and let the next one do its work."""
    disturb, share = DISTURBANCES[seed % len(DISTURBANCES)], Random(seed).random()
    while not disturb(company, undisturbed, share):
        share *= 0.8  # the machine is faster than when it was measured
    _nothing_is_half(company, undisturbed, {} if disturb is audit_of_nothing else undisturbed.old)
    for path in company.databases():
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert company.run(*LIST) in undisturbed.lists
    assert undisturbed.inspected == company.run(*INSPECT)
    adds = disturb in (addition, audit_and_addition_at_once)
    if adds:
        company.run(*ADD)
        assert undisturbed.lists[1] == company.run(*LIST)
    company.run(*AUDIT)
    assert (undisturbed.added if adds else undisturbed.reports) == company.reports()


def _nothing_is_half(company: Company, undisturbed: Undisturbed, old: Files) -> None:
    """Each report is the old one or a new one, and none of the old ones is gone."""
    left = company.reports()
    whole = {name: (old.get(name), undisturbed.reports[name], undisturbed.added[name]) for name in left}
    assert [name for name, data in left.items() if data not in whole[name]] == []
    assert sorted(old) == sorted(name for name in old if name in left)


@pytest.mark.parametrize("seed", range(4))
def test_a_run_may_be_killed_at_any_moment(company: Company, undisturbed: Undisturbed, seed: int) -> None:
    kill_one(company, undisturbed, seed)


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(100, 200))
def test_a_hundred_runs_may_be_killed(company: Company, undisturbed: Undisturbed, seed: int) -> None:
    kill_one(company, undisturbed, seed)


def test_two_runs_at_once_on_one_folder_give_the_same_bytes(company: Company, undisturbed: Undisturbed) -> None:
    company.put_back({})
    runs = [company.start(*AUDIT) for _ in range(2)] + [company.start(*INSPECT) for _ in range(2)]
    told = [run.communicate() for run in runs]
    assert [errors for _, errors in told] == [b""] * 4
    assert [undisturbed.inspected] * 2 == [printed for printed, _ in told[2:]]
    assert undisturbed.reports == company.reports()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _events(folder: Path, random: Random) -> Iterator[str]:
    """Two hundred events about fields that there are."""
    paths = sorted(folder.glob("repo/force-app/main/default/objects/*/fields/*.field-meta.xml"))
    yield "object,fields,user,time"
    for number in range(200):
        path = random.choice(paths)
        field = path.name.removesuffix(".field-meta.xml")
        month, day = 1 + number % 10, 1 + random.randrange(28)
        yield f"{path.parents[1].name},{field},u{random.randrange(30)},2026-{month:02}-{day:02}T08:00:00Z"
