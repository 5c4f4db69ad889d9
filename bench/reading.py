"""How much dearer reading Salesforce metadata is than reading and parsing the same files and nothing else.

    python bench/reading.py TREE [--runs N]

TREE is a folder or an archive. Prints the best of N runs of both and their ratio, the budget of which is 5.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from xml.etree import ElementTree

from auditor.formats.trees import Tree, open_tree
from auditor.model.catalogue import Role
from auditor.sources.salesforce.dispatch import has_reader
from auditor.sources.salesforce.paths import metadata_file
from auditor.sources.salesforce.source import read_salesforce

BUDGET = 5.0


def parse_only(tree: Tree) -> int:
    """Read and parse every file that has a reader; code, which is no XML, is only read."""
    paths = [path for path in tree.paths() if has_reader(metadata_file(path))]
    for path in paths:
        data = tree.read(path)
        try:
            ElementTree.fromstring(data)  # noqa: S314 - the bench's own input, for comparison only
        except ElementTree.ParseError:
            continue
    return len(paths)


def best(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Measure, print, and fail beyond the budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    reference = best(arguments.runs, lambda: parse_only(open_tree(arguments.tree)))
    ours = best(arguments.runs, lambda: read_salesforce(open_tree(arguments.tree), "crm", Role.CRM))
    count = parse_only(open_tree(arguments.tree))
    print(f"{count:,} files: parsed in {reference:.2f} s, read in {ours:.2f} s, ratio {ours / reference:.1f}")
    return 0 if ours <= BUDGET * reference else 1


if __name__ == "__main__":
    sys.exit(main())
