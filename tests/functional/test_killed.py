"""A run that is killed at any moment leaves nothing half-written, and the next one gives what it would have given.

    python -m pytest tests/functional/test_killed.py -m slow

kills a hundred runs; without the mark a few. The moments come from a seed, as shares of how long a run takes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).parents[2]
TREE = ROOT / "examples/nordvik/salesforce"
OBJECTS = ("Complaint__c", "Customer_Survey__c", "Fair_Log__c")
AUDIT = ("audit", "--as-of", "2026-11-21")
OLD_AUDIT = ("audit", "--as-of", "2026-09-30")
INSPECT = ("inspect", "--references", "--format", "jsonl")

CONFIG = """version: 1
company: Little
systems:
  - {name: crm, role: crm, sources: [{kind: salesforce, path: repo}]}
evidence:
  - {id: log, kind: event-log, path: log.csv, options: {from: "2026-01-01", to: "2026-11-20", covers: all}}
policies: [pack:scope, pack:sprawl, pack:documentation]
output: out
"""

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Company:
    """A little company in a folder of its own, and a home for what a user keeps."""

    folder: Path
    home: Path

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the command in the company's folder."""
        ours = {"HOME": str(self.home), "XDG_CACHE_HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-m", "auditor", *arguments],
            cwd=self.folder,
            env={**os.environ, **ours},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str) -> bytes:
        """What the command prints; it must end well."""
        printed, errors = self.start(*arguments).communicate()
        assert errors.decode() == ""
        return printed

    def killed(self, arguments: Sequence[str], seconds: float) -> bool:
        """Kill the command after some seconds, as the machine would; False where it was faster."""
        process = self.start(*arguments)
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return True
        return False

    def reports(self) -> Files:
        """The reports that lie in the output folder. A piece of one that never became one is none."""
        out = self.folder / "out"
        found = sorted(out.iterdir()) if out.is_dir() else []
        return {path.name: path.read_bytes() for path in found if path.suffix != ".part"}

    def forget(self) -> None:
        """Remove everything that runs have left."""
        for name in ("out", ".auditor"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.rmtree(self.home)
        self.home.mkdir()

    def databases(self) -> list[Path]:
        """The caches and histories."""
        return sorted(path for top in (self.folder, self.home) for path in top.rglob("*.sqlite"))


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What runs give that nobody disturbs, and how long one takes."""

    old: Files
    reports: Files
    inspected: bytes
    seconds: float


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Three objects, their layouts, and a log."""
    top = tmp_path_factory.mktemp("killed")
    made = Company(top / "company", top / "home")
    made.home.mkdir()
    source, target = (path / "force-app/main/default" for path in (TREE, made.folder / "repo"))
    (target / "layouts").mkdir(parents=True)
    for name in OBJECTS:
        shutil.copytree(source / "objects" / name, target / "objects" / name)
        for layout in (source / "layouts").glob(f"{name}-*"):
            shutil.copy(layout, target / "layouts")
    shutil.copy(TREE / "sfdx-project.json", made.folder / "repo")
    (made.folder / "auditor.yaml").write_text(CONFIG, encoding="utf-8")
    (made.folder / "log.csv").write_text("\n".join(_events(made)) + "\n", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def undisturbed(company: Company) -> Undisturbed:
    """The same runs without anybody killing them."""
    company.run(*OLD_AUDIT)
    old = company.reports()
    inspected = company.run(*INSPECT)
    company.forget()
    start = time.monotonic()
    company.run(*AUDIT)
    seconds = time.monotonic() - start
    return Undisturbed(old, company.reports(), inspected, seconds)


def kill_at(company: Company, undisturbed: Undisturbed, random: Random) -> None:
    """Kill one audit, of a folder in which nothing was done or an older audit, and look at what it has left."""
    before = random.random() < 0.5
    share = random.random()
    while True:
        company.forget()
        if before:
            company.run(*OLD_AUDIT)
        if company.killed(AUDIT, share * undisturbed.seconds):
            break
        share *= 0.8  # the machine is faster than when it was measured
    _nothing_is_half(company, undisturbed, undisturbed.old if before else {})
    _is_readable(company, undisturbed)
    company.run(*AUDIT)
    assert undisturbed.reports == company.reports()


def _nothing_is_half(company: Company, undisturbed: Undisturbed, old: Files) -> None:
    left = company.reports()
    whole = {name: (old.get(name), undisturbed.reports[name]) for name in left}
    assert [name for name, data in left.items() if data not in whole[name]] == []
    assert sorted(old) == sorted(name for name in old if name in left)


def _is_readable(company: Company, undisturbed: Undisturbed) -> None:
    for path in company.databases():
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    assert undisturbed.inspected == company.run(*INSPECT)


@pytest.mark.parametrize("seed", range(4))
def test_an_audit_may_be_killed_at_any_moment(company: Company, undisturbed: Undisturbed, seed: int) -> None:
    kill_at(company, undisturbed, Random(seed))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
def test_a_hundred_audits_may_be_killed(company: Company, undisturbed: Undisturbed, seed: int) -> None:
    kill_at(company, undisturbed, Random(seed))


def test_two_runs_at_once_on_one_folder_give_the_same_bytes(company: Company, undisturbed: Undisturbed) -> None:
    company.forget()
    runs = [company.start(*AUDIT) for _ in range(2)] + [company.start(*INSPECT) for _ in range(2)]
    told = [run.communicate() for run in runs]
    assert [errors for _, errors in told] == [b""] * 4
    assert [undisturbed.inspected] * 2 == [printed for printed, _ in told[2:]]
    assert undisturbed.reports == company.reports()


def _events(company: Company) -> Iterator[str]:
    """Two hundred events about fields that there are."""
    random = Random(7)
    paths = sorted(company.folder.glob("repo/force-app/main/default/objects/*/fields/*.field-meta.xml"))
    yield "object,fields,user,time"
    for number in range(200):
        path = random.choice(paths)
        field = path.name.removesuffix(".field-meta.xml")
        month, day = 1 + number % 10, 1 + random.randrange(28)
        yield f"{path.parents[1].name},{field},u{random.randrange(30)},2026-{month:02}-{day:02}T08:00:00Z"
