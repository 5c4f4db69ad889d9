"""Roll-back plans tried on real trees: how many proofs hold, and whether anything still names what went.

    python -m bench.plans [--fields 30] [--seed 20261122] NAME=LOCATION ...

From each tree so many custom fields are drawn by seeded dice (all where there are fewer). Each is removed by a
plan of its own, with the fields that are computed from it; the plan is carried out on a copy, proven, and taken
back. Then the copy is searched, by bytes and without any reader, for names that nothing else in the tree bears:
every file that still holds one has to be listed, as a blocker or as a file that is no metadata. Printed are
counts, and what failed.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.errors import FormatError
from auditor.formats.trees import Tree, open_tree
from auditor.model.catalogue import Catalog, Field, Role
from auditor.model.references import Access
from auditor.planning.copies import Copy
from auditor.planning.proving import prove
from auditor.planning.salesforce.editing import edit_salesforce
from auditor.planning.salesforce.removing import removal_of
from auditor.planning.salesforce.values import Edited
from auditor.sources.salesforce.source import read_salesforce

SEED = 20_261_122
_COMPUTED = frozenset({"filter", "formula", "key", "rollup"})


class Memory:
    """A cache of what was parsed, for one run: copies differ from their tree in a few files only."""

    def __init__(self) -> None:
        self._kept: dict[bytes, bytes] = {}

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """The values that are there, by key."""
        return {key: self._kept[key] for key in keys if key in self._kept}

    def put(self, key: bytes, value: bytes) -> None:
        """Keep what one file says; whole catalogues would fill the memory."""
        if not key.startswith(b"catalog\0"):
            self._kept[key] = value


@dataclass(slots=True)
class Tally:
    """What came of the plans for one tree."""

    drawn: int = 0
    passed: int = 0
    removed: int = 0
    files: int = 0
    edits: int = 0
    blockers: int = 0
    free: int = 0
    """Plans without any blocker."""
    unlisted: int = 0
    failures: list[str] = field(default_factory=list)


def tried(location: str, count: int, seed: int) -> Tally:
    """Plans for so many fields of one tree."""
    cache = Memory()

    def read(tree: Tree) -> Catalog:
        return read_salesforce(tree, "crm", Role.CRM, cache=cache)

    tree = open_tree(location)
    catalog = read(tree)
    names = sorted(f"{item.name}.{each.name}" for item in catalog.objects for each in item.fields if _own(each))
    dice = random.Random(seed)  # noqa: S311 - drawn the same every time
    drawn = sorted(dice.sample(names, min(count, len(names))))
    tally = Tally(len(drawn))
    for name in drawn:
        removal = removal_of(catalog, _computed(catalog, name))
        edited = edit_salesforce(removal, catalog, tree)
        proof = prove(removal, catalog, tree, edited, read)
        _count(tally, edited, len(removal.items))
        tally.passed += proof.passed
        tally.failures += [f"{name}: {failure}" for failure in proof.failures[:3]]
        for told in _unlisted(catalog, tree, edited, {item.name: item.subject for item in removal.items}):
            tally.unlisted += 1
            tally.failures.append(told)
    return tally


def _own(each: Field) -> bool:
    return bool(each.custom) and each.origin is not None


def _computed(catalog: Catalog, name: str) -> set[str]:
    """The field and every field that is computed from it, and so on: it cannot be without."""
    found = {name}
    while True:
        more = {
            item.component
            for item in catalog.references
            if item.component_kind == "field"
            and item.target in found
            and item.access is Access.READS
            and item.part in _COMPUTED
        }
        if more <= found:
            return found
        found |= more


def _count(tally: Tally, edited: Edited, removed: int) -> None:
    tally.removed += removed
    tally.files += len(edited.changes)
    tally.edits += len(edited.edits)
    tally.blockers += len(edited.blockers)
    tally.free += not edited.blockers


def _unlisted(catalog: Catalog, tree: Tree, edited: Edited, removed: Mapping[str, str]) -> Iterator[str]:
    """Files of the copy that hold a name of a removed field, which nothing else bears, and are not listed."""
    borne = Counter(item.name.lower() for item in catalog.objects)
    borne.update(each.name.lower() for item in catalog.objects for each in item.fields)
    wanted = {name.partition(".")[2]: subject for name, subject in removed.items()}
    wanted = {name: subject for name, subject in wanted.items() if borne[name.lower()] == 1 and "%" not in name}
    listed = {(item.path, item.subject) for item in edited.blockers}
    listed |= {(item.path, item.subject) for item in edited.loose}
    copy = Copy(tree, {change.path: change.after for change in edited.changes})
    for name, subject in wanted.items():
        pattern = re.compile(rf"(?<![\w]){re.escape(name)}(?!\w)".encode(), re.IGNORECASE)
        for path in copy.paths():
            if (path, subject) not in listed and _holds(copy, path, pattern):
                yield f"{subject} is still named in {path}"


def _holds(tree: Tree, path: str, pattern: re.Pattern[bytes]) -> bool:
    try:
        data = tree.read(path)
    except FormatError:
        return False
    return b"\0" not in data[:1024] and pattern.search(data) is not None


def main(arguments: Sequence[str]) -> int:
    """Print a table, and every failure; 1 where a proof failed or a name is not listed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="+", metavar="NAME=LOCATION")
    parser.add_argument("--fields", type=int, default=30)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(arguments)
    print(
        "| tree | plans | things that go | proof holds | without blockers | files | edits | blockers | unlisted |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    failures: list[str] = []
    for tree in asked.trees:
        name, _, location = tree.partition("=")
        tally = tried(location, asked.fields, asked.seed)
        numbers = (tally.drawn, tally.removed, tally.passed, tally.free, tally.files, tally.edits, tally.blockers)
        print(f"| {name} | {' | '.join(f'{number:,}' for number in (*numbers, tally.unlisted))} |", flush=True)
        failures += [f"{name}: {failure}" for failure in tally.failures]
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
