"""Measures `auditor inspect --references` on Salesforce trees against three references, in one run.

    python -m bench.inspect [--tree TREE] [--copies N] [--sdr FOLDER] [--runs N]

Without TREE the trees are sf-eda (AUDITOR_CORPORA) and a multiple of it in which every custom name is another.
The references: reading the very files that are read, code included, and parsing the XML of them with
`xml.etree` and nothing else; the command's own first run; Salesforce's npm library `source-deploy-retrieve`
resolving and parsing the same tree once (`--sdr` or AUDITOR_SDR names a folder whose `node_modules` hold it).
Ours is the whole process, Python's start and imports of compiled modules included; `xml.etree` is measured without
them. Times are of the processor, the best of the runs; the peak is of the process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from auditor.formats.trees import open_tree
from auditor.sources.salesforce.dispatch import has_reader
from auditor.sources.salesforce.paths import metadata_file
from bench.ratios import Ratio, verdict

_ROOT = Path(__file__).parents[1]
_CUSTOM = re.compile(r"(?<=[A-Za-z0-9])__(?=(?:c|r|mdt|e)\b)")
_SDR = """
const {ComponentSet} = require('@salesforce/source-deploy-retrieve');
(async () => {
  const set = ComponentSet.fromSource({fsPaths: [process.argv[1]]});
  const seen = new Set();
  for (const item of set.getSourceComponents()) {
    for (const each of [item, ...item.getChildren()]) {
      if (!each.xml || seen.has(each.xml)) continue;
      seen.add(each.xml);
      try { await each.parseXml(); } catch { }
    }
  }
})();
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds, and the peak of memory in MiB."""

    seconds: float
    peak: float


def main() -> int:
    """Measure, print, and fail beyond a limit."""
    arguments = _arguments()
    with TemporaryDirectory() as folder:
        work = Path(folder)
        ratios: list[Ratio] = []
        for name, tree, double in _trees(arguments, work):
            ratios += _measured(name, tree, arguments, work)
            if double is not None:
                ratios.append(_growth(name, tree, double, arguments.runs, work))
        return verdict(ratios)


def reference(tree: str) -> dict[str, float]:
    """Read every file that has a reader, and parse those that are XML: seconds, and how many there were."""
    start = time.process_time()
    listed = open_tree(tree)
    paths = [path for path in listed.paths() if has_reader(metadata_file(path))]
    for path in paths:
        data = listed.read(path)
        if b"<?xml" in data[:100] or path.endswith(".xml"):
            try:
                ElementTree.fromstring(data)  # noqa: S314 - the bench's own input, for comparison only
            except ElementTree.ParseError:
                continue
    return {"seconds": time.process_time() - start, "files": len(paths)}


def _measured(name: str, tree: Path, arguments: argparse.Namespace, work: Path) -> Iterator[Ratio]:
    floors = [json.loads(_output(_python("--reference", str(tree)))) for _ in range(arguments.runs)]
    floor = min(each["seconds"] for each in floors)
    name = f"{name} ({floors[0]['files']:,.0f} files)"
    cold, warm, edited = _runs(tree, arguments.runs, work)
    told = f"{name}: parsed in {floor:.2f} s, cold {cold.seconds:.2f} s, warm {warm.seconds:.2f} s, one edit"
    print(f"{told} {edited.seconds:.2f} s", file=sys.stderr)
    yield Ratio(f"{name}: cold, of reading and xml.etree", cold.seconds / floor, 5.0)
    yield Ratio(f"{name}: second run, of the first", warm.seconds / cold.seconds, 0.4)
    yield Ratio(f"{name}: one file edited, of the first", edited.seconds / cold.seconds, None)
    yield Ratio(f"{name}: peak of memory, cold", cold.peak, 300.0, " MiB")
    yield Ratio(f"{name}: peak of memory, second run", warm.peak, 300.0, " MiB")
    yield from _against_sdr(name, tree, cold, arguments)


def _runs(tree: Path, runs: int, work: Path) -> tuple[Cost, Cost, Cost]:
    """The first run with an empty cache, the second, and one after an edit; the best of each."""
    cold, warm, edited = [], [], []
    _inspect(tree, work / "home")  # not counted: Python compiles the modules, as it does where it installs them
    for _ in range(runs):
        home = work / "home"
        shutil.rmtree(home, ignore_errors=True)
        cold.append(_inspect(tree, home))
        warm.append(_inspect(tree, home))
        with _edited(tree):
            edited.append(_inspect(tree, home))
    return _best(cold), _best(warm), _best(edited)


class _edited:  # noqa: N801 - used as a context manager
    """A tree in which one field has another label, for a while."""

    def __init__(self, tree: Path) -> None:
        self._file = next(path for path in sorted(tree.rglob("*__c.field-meta.xml")))
        self._before = self._file.read_bytes()

    def __enter__(self) -> None:
        self._file.write_bytes(self._before.replace(b"<label>", b"<label>Edited ", 1))

    def __exit__(self, *_: object) -> None:
        self._file.write_bytes(self._before)


def _growth(name: str, tree: Path, double: Path, runs: int, work: Path) -> Ratio:
    home = work / "home"
    costs: Mapping[Path, list[Cost]] = {tree: [], double: []}
    for _ in range(runs):
        for each, found in costs.items():
            shutil.rmtree(home, ignore_errors=True)
            found.append(_inspect(each, home))
    return Ratio(f"{name}: twice the tree", _best(costs[double]).seconds / _best(costs[tree]).seconds, 2.2)


def _against_sdr(name: str, tree: Path, cold: Cost, arguments: argparse.Namespace) -> Iterator[Ratio]:
    folder = arguments.sdr
    if not folder or not shutil.which("node"):
        print(f"{name}: source-deploy-retrieve SKIPPED: needs node, and --sdr or AUDITOR_SDR", file=sys.stderr)
        return
    command = ["node", "--max-old-space-size=8192", "-e", _SDR, str(tree.resolve())]
    costs = [_cost(command, {**os.environ}, Path(folder)) for _ in range(arguments.runs)]
    print(f"{name}: source-deploy-retrieve {_best(costs).seconds:.2f} s", file=sys.stderr)
    ratio = cold.seconds / _best(costs).seconds
    yield Ratio(f"{name}: cold, of source-deploy-retrieve", ratio, 0.5, aim=0.33)


def _inspect(tree: Path, home: Path) -> Cost:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ["XDG_CACHE_HOME"] = str(home)
    command = [sys.executable, "-m", "auditor", "inspect", str(tree), "--kind", "salesforce", "--references"]
    return _cost([*command, "--format", "jsonl"], environ, _ROOT)


def _cost(command: Sequence[str], environ: Mapping[str, str], folder: Path) -> Cost:
    process = subprocess.Popen(command, env=dict(environ), cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:4])} … failed with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, _mebibytes(usage))


def _mebibytes(usage: resource.struct_rusage) -> float:
    """The peak, which macOS counts in bytes and Linux in KiB."""
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _best(costs: Sequence[Cost]) -> Cost:
    return Cost(min(cost.seconds for cost in costs), max(cost.peak for cost in costs))


def _python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bench.inspect", *arguments]


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT).stdout


def _trees(arguments: argparse.Namespace, work: Path) -> Iterator[tuple[str, Path, Path | None]]:
    """Name, tree, and one of twice its size."""
    if arguments.tree:
        tree = _multiplied(arguments.tree, 1, work / "tree")
        yield arguments.tree.rstrip("/").rpartition("/")[2], tree, _multiplied(arguments.tree, 2, work / "double")
        return
    corpus = Path(os.environ.get("AUDITOR_CORPORA", "corpora")) / "sf-eda" / "sf-eda.tar.gz"
    yield "sf-eda", _multiplied(str(corpus), 1, work / "eda"), None
    copies = arguments.copies
    once = _multiplied(str(corpus), copies, work / "once")
    yield f"{copies} × sf-eda", once, _multiplied(str(corpus), 2 * copies, work / "twice")


def _multiplied(location: str, copies: int, target: Path) -> Path:
    """The files of a tree several times, from the second copy on with other custom names throughout."""
    tree = open_tree(location)
    for copy in range(copies):
        for path in tree.paths():
            place = target / (path if not copy else f"copy{copy}/{_CUSTOM.sub(f'_{copy}__', path)}")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_renamed(tree.read(path), copy))
    return target


def _renamed(data: bytes, copy: int) -> bytes:
    """The custom names of a text with a number; what is no UTF-8 stays as it is."""
    if not copy:
        return data
    try:
        return _CUSTOM.sub(f"_{copy}__", data.decode()).encode()
    except UnicodeDecodeError:
        return data


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tree", help="another tree than sf-eda: a folder or an archive")
    parser.add_argument("--copies", type=int, default=3, help="how many times sf-eda makes the large tree")
    parser.add_argument("--sdr", default=os.environ.get("AUDITOR_SDR"), help="folder of source-deploy-retrieve")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--reference", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.reference:
        print(json.dumps(reference(arguments.reference)))
        sys.exit()
    return arguments
