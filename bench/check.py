"""Measures `auditor check` and `auditor propose`, whole processes, on a repository of 12,000 files.

    python -m bench.check [--runs N] [--folder FOLDER] [--without PART,...]

The references are measured in the same run, turn by turn: starting Python with click and PyYAML and nothing else,
`git status` in the same repository, and for the cold cache `auditor inspect`. Times are of the processor, of all
processes that were started, and by the clock, each the least of the runs; the peak is the largest. Exits with 1
where a limit is broken. FOLDER keeps the repository, so that a second run need not make it.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

if not __package__:  # as a script: beside it lies no package of the name
    sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.ratios import Ratio, verdict
from bench.repository import field_file, git, make_repository

_TEN = 10
_PARTS = ("cold", "warm", "propose")
_REFERENCE = [sys.executable, "-c", "import click, yaml"]
_AUDITOR = [sys.executable, "-m", "auditor"]
_CHECK = [*_AUDITOR, "check", "--fail-on", "never"]
_PROPOSE = [*_AUDITOR, "propose", "--object", "Account", "--label", "ERP-kundnummer", "--type", "text"]
_ENDED = (0, 1)
"""Exit codes of a run that came to its end: with findings and without."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of the processors, and the largest memory of one process in MiB."""

    wall: float
    cpu: float
    peak: float


@dataclass(slots=True)
class Company:
    """The repositories that are measured: one field is staged in the first, ten in the second."""

    one: Path
    ten: Path
    home: Path
    costs: dict[str, list[Cost]] = field(default_factory=dict)

    def measure(self, name: str, command: Sequence[str], folder: Path) -> None:
        """Run a command once more and note what it cost."""
        self.costs.setdefault(name, []).append(_cost(command, _environ(self.home), folder))

    def least(self, name: str) -> Cost:
        """The least that a command cost; of memory the most."""
        found = self.costs[name]
        return Cost(min(c.wall for c in found), min(c.cpu for c in found), max(c.peak for c in found))

    def ratio(self, name: str, reference: str) -> float:
        """How dear one is beside another, by the clock or by the processors, whichever is the worse."""
        own, other = self.least(name), self.least(reference)
        return max(own.cpu / other.cpu, own.wall / other.wall)


def main() -> int:
    """Measure everything that was not left out, and hold it against its limits."""
    arguments = _arguments()
    wanted = set(_PARTS) - set(arguments.without.split(","))
    with TemporaryDirectory(prefix="auditor-bench-") as work:
        company = _company(Path(arguments.folder or work), Path(work))
        ratios: list[Ratio] = []
        for part in _PARTS:
            if part in wanted:
                ratios += _MEASURES[part](company, arguments.runs)
        for name in company.costs:
            told = company.least(name)
            print(f"{name:<34}{told.cpu * 1e3:>10.1f} ms cpu{told.wall * 1e3:>10.1f} ms{told.peak:>8.0f} MiB")
        return verdict(ratios)


def _cold(company: Company, _runs: int) -> Iterator[Ratio]:
    for _ in range(2):
        _forget(company)
        company.measure("inspect, cold", [*_AUDITOR, "inspect"], company.one)
        _forget(company)
        company.measure("check, cold", _CHECK, company.one)
    yield Ratio("check, cold, of inspect", company.ratio("check, cold", "inspect, cold"), 1.3)


def _warm(company: Company, runs: int) -> Iterator[Ratio]:
    _cost(_CHECK, _environ(company.home), company.one)
    _cost(_CHECK, _environ(company.home), company.ten)
    for _ in range(runs):
        company.measure("python with click and PyYAML", _REFERENCE, company.one)
        company.measure("git status", ["git", "status"], company.one)
        company.measure("check, one field", _CHECK, company.one)
        company.measure("check, ten fields", _CHECK, company.ten)
    one, reference = "check, one field", "python with click and PyYAML"
    yield Ratio("check, one field, of starting Python", company.ratio(one, reference), 2.0, aim=1.4)
    yield Ratio("check, one field, of git status", company.ratio(one, "git status"), 3.0)
    yield Ratio("check, ten fields, of one", company.ratio("check, ten fields", one), 1.5)
    peak = max(company.least(name).peak for name in ("check, one field", "check, ten fields"))
    yield Ratio("check, peak memory", peak, 120, unit=" MiB")


def _proposing(company: Company, runs: int) -> Iterator[Ratio]:
    _cost(_PROPOSE, _environ(company.home), company.one)
    for _ in range(runs):
        company.measure("python with click and PyYAML", _REFERENCE, company.one)
        company.measure("propose", _PROPOSE, company.one)
    ratio = company.ratio("propose", "python with click and PyYAML")
    yield Ratio("propose, 40,000 ERP fields, of starting Python", ratio, 4.0)


_MEASURES: Mapping[str, Callable[[Company, int], Iterator[Ratio]]] = {
    "cold": _cold,
    "warm": _warm,
    "propose": _proposing,
}


def _company(folder: Path, work: Path) -> Company:
    """Make the repositories, unless they are there already."""
    one, ten = folder / "one", folder / "ten"
    if not one.exists():
        one.mkdir(parents=True)
        objects = make_repository(one)
        shutil.copytree(one, ten)
        _add(one, "Account", 1)
        for made in objects[:_TEN]:
            _add(ten, made.name, 1)
    return Company(one, ten, (Path(folder) if folder != work else work) / "home")


def _add(repository: Path, owner: str, number: int) -> None:
    """Stage a new field of an object."""
    name, text = field_file(owner, f"Review_Note_{number}__c", "Text", f"Review note {number}")
    (repository / name).write_text(text, encoding="utf-8")
    git(repository, "add", name)


def _forget(company: Company) -> None:
    """Take away everything that a run keeps, but for the user's key."""
    shutil.rmtree(company.one / ".auditor", ignore_errors=True)
    for file in company.home.glob("crm-scope-auditor/*.sqlite*"):
        file.unlink()


def _environ(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "XDG_CACHE_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1])}


def _cost(command: Sequence[str], environ: Mapping[str, str], folder: Path) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, env=dict(environ), cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in _ENDED:
        raise SystemExit(f"{' '.join(command[:4])} … failed with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(wall, cpu, usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15, help="turns of the warm measurements")
    parser.add_argument("--folder", default="", help="where the repository is kept")
    parser.add_argument("--without", default="", metavar="PART,...", help=f"leave out {', '.join(_PARTS)}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
