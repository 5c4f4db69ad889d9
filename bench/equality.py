"""Holds the two ways of `auditor check` against each other on random changes of a real tree.

    python -m bench.equality --tree FOLDER [--edits N] [--seed N] [--repository]

FOLDER is a tree of Salesforce metadata, or with --repository a folder with an auditor.yaml and all that it names.
It is copied, audited, and changed N times by a seed (tests/sources/salesforce/edits.py); every third change is
checked on a base that is some commits younger than what was audited. Everything that a check says is compared:
findings with messages, evidence and causes, what is mended, counts and notices. Prints how many changes went the
quick way, which were declined and why, what a check cost by kind of edit, and every difference in full. Exits with
1 where the ways differ.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

if not __package__:  # as a script: beside it lies no package of the name
    sys.path.insert(0, str(Path(__file__).parents[1]))

from auditor.errors import FormatError
from auditor.formats.trees import open_tree
from bench.equal import Compared, Twice, audited, clean_git
from tests.sources.salesforce.edits import edited_and_told

_DAY = date(2026, 11, 22)
_CONFIG = """version: 1
company: Equal
systems:
  - {name: crm, role: crm, edition: enterprise, sources: [{kind: salesforce, path: source}]}
policies: [pack:all, deep.yaml]
params: {unused_after: 90d}
"""
_DEEP = """version: 1
policies:
  - id: own/two-hops
    title: Object with a field that a report shows and nobody writes
    severity: medium
    pillar: usage
    target: {kind: object, where: {role: crm}}
    forbid: {count: {rel: fields, where: {custom: true, has: {rel: read_by}}, gt: 1}}
    why: It is counted.
    fix: Do not.
  - id: own/three-hops
    title: Component on an object whose fields many mention
    severity: low
    pillar: usage
    target: {kind: component}
    forbid: {has: {rel: object, where: {count: {rel: fields, where: {count: {rel: referenced_by, gt: 3}}, gt: 2}}}}
    why: It is counted.
    fix: Do not.
  - id: own/two-neighbours
    title: Field that a component mentions which mentions many
    severity: low
    pillar: usage
    target: {kind: field, where: {custom: true}}
    forbid: {has: {rel: referenced_by, where: {count: {rel: mentions, where: {in_repo: false}, gt: 4}}}}
    why: It is counted.
    fix: Do not.
"""
"""Policies that look two and three links far."""


@dataclass(slots=True)
class Tally:
    """What came of the changes so far."""

    declined: Counter[str] = field(default_factory=Counter)
    costs: dict[str, list[float]] = field(default_factory=dict)
    quick: int = 0
    worse: int = 0
    unequal: list[str] = field(default_factory=list)

    def add(self, name: str, kinds: tuple[str, ...], found: Compared) -> None:
        """Count one change."""
        if found.declined:
            self.declined[found.declined] += 1
            return
        self.quick += 1
        self.worse += found.worse
        self.costs.setdefault(kinds[0] if len(kinds) == 1 else "several", []).append(found.cpu)
        if found.unequal:
            self.unequal.append(f"{name}: {', '.join(kinds)}")
            print(f"UNEQUAL {self.unequal[-1]}", *found.unequal, sep="\n    ", flush=True)

    def tell(self) -> None:
        """Print all of it."""
        print(f"{self.quick} went the quick way, {self.worse} findings were told, {len(self.unequal)} unequal")
        for reason, count in self.declined.most_common():
            print(f"{count:>5} declined: {reason}")
        for kind, costs in sorted(self.costs.items()):
            middle, most = median(costs) * 1e3, max(costs) * 1e3
            print(f"{kind:<16}{len(costs):>4} times{middle:>9.0f} ms cpu{most:>9.0f} at most")


def main() -> int:
    """Change a copy of a tree and compare."""
    arguments = _arguments()
    with TemporaryDirectory(prefix="auditor-equality-") as work, clean_git(Path(work, "home")):
        top = Path(work, "repo")
        if arguments.repository:
            shutil.copytree(
                arguments.tree, top, symlinks=True, ignore=shutil.ignore_patterns(".auditor", ".git", "out")
            )
        else:
            write_tree(top, read_tree(arguments.tree))
        twice = audited(top, top, _DAY)
        tally = Tally()
        root = "source" if not arguments.repository else arguments.source
        for number in range(arguments.seed, arguments.seed + arguments.edits):
            change(twice, root, number, tally)
        tally.tell()
        return 1 if tally.unequal else 0


def change(twice: Twice, root: str, number: int, tally: Tally) -> None:
    """One change by a seed, checked both ways; every ninth is committed, and three on top of it are checked."""
    random = Random(number)  # noqa: S311 - changes need no cryptographic randomness
    before = read_tree(twice.top / root)
    after, kinds = edited_and_told(before, random)
    while after == before:
        after, kinds = edited_and_told(before, random)
    twice.stage(root, before, after)
    tally.add(f"seed {number}", kinds, twice.compare())
    if number % 9 == 5:
        twice.git("commit", "-q", "--allow-empty", "-m", "go on")
    elif number % 9 == 8:
        twice.reset()
        twice.git("reset", "-q", "--hard", "HEAD~1")
    else:
        twice.reset()


def read_tree(folder: Path) -> Mapping[str, bytes]:
    """The files of a tree, those that cannot be read left out."""
    tree = open_tree(str(folder))
    found = {}
    for path in tree.paths():
        try:
            found[path] = tree.read(path)
        except FormatError:
            continue
    return found


def write_tree(top: Path, files: Mapping[str, bytes]) -> None:
    """A repository that has nothing but a tree, all policies, and some that look far."""
    for name, data in files.items():
        path = top / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (top / "auditor.yaml").write_text(_CONFIG, encoding="utf-8")
    (top / "deep.yaml").write_text(_DEEP, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--tree", type=Path, required=True, help="a tree of Salesforce metadata, or an archive of one"
    )
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--repository", action="store_true", help="the tree has an auditor.yaml of its own")
    parser.add_argument("--source", default="salesforce", help="where the metadata lies in such a repository")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
