"""Measures what it costs an audit to keep a ground, and a check to look into it.

    python -m bench.ground [--tree TREE] [--runs N]

Without TREE a repository of 12,000 files is made. Keeping is held against reading the tree cold, looking against
starting Python with click and PyYAML, all in processor seconds of the same run. Exits with 1 where a limit breaks.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

if not __package__:  # as a script: beside it lies no package of the name
    sys.path.insert(0, str(Path(__file__).parents[1]))

from auditor.facts.base import Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.matched import record_matches
from auditor.facts.recorded import record
from auditor.formats.collecting import collector_at_rest
from auditor.formats.trees import open_tree
from auditor.graph.build import build_graph
from auditor.graph.nodes import NodeKind
from auditor.graph.paged import graph_sheets, paged_graph
from auditor.index.ground import Label
from auditor.index.grounds import Sheet, Vault, open_ground, write_ground
from auditor.index.kept import row_sheet, row_sheets
from auditor.model.catalogue import Role
from auditor.model.observations import Evidence
from auditor.sources.salesforce.changes.indexing import read_with_rows
from auditor.sources.salesforce.source import read_salesforce
from bench.ratios import Ratio, least, spent, verdict
from bench.repository import make_repository

_LOOKS = 100


def main(arguments: list[str] | None = None) -> int:
    """Run the measurement and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tree", type=Path, help="a tree of Salesforce metadata")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="auditor-ground-") as scratch:
        tree = options.tree
        if tree is None:
            tree = Path(scratch, "company")
            make_repository(tree)
        return _measure(tree, Path(scratch), options.runs)


def _measure(tree: Path, scratch: Path, runs: int) -> int:
    place = open_tree(str(tree))
    reading = least([spent(lambda: read_salesforce(place, "crm", Role.CRM)) for _ in range(min(runs, 2))])
    catalog, rows = read_with_rows(place, "crm", Role.CRM)
    graph = build_graph((catalog,))
    made: list[tuple[str, str, bytes]] = []
    with collector_at_rest():
        rowing = spent(lambda: made.extend(rows))
    facts = facts_of(graph, Evidence(), Settings(date(2026, 11, 22)))
    pieces = {**record(facts), **dict(record_matches(facts))}
    vault = Vault(scratch / "cache.sqlite", b"secret")
    sheets: list[Sheet] = [*graph_sheets(graph, Evidence()), row_sheet("recorded", pieces), *row_sheets("r", made)]
    keeping = least([spent(lambda: write_ground(vault, Label("k"), sheets)) for _ in range(runs)])
    starting = least([spent(_start, _children) for _ in range(runs * 3)])
    keys = graph.keys(NodeKind.FIELD)
    looks = [spent(_look(vault, key)).cpu for key in keys[:: max(1, len(keys) // _LOOKS)]]
    usual, most = quantiles(looks, n=20)[9], quantiles(looks, n=20)[18]
    size = vault.path.stat().st_size / 2**20
    print(f"{graph!r}: {size:.0f} MiB kept")
    print(f"reading {reading.cpu:.2f} s, rows {rowing.cpu:.2f} s, keeping {keeping.cpu:.2f} s")
    print(f"a field with its object and mentions: {usual * 1000:.1f} ms, in one of twenty {most * 1000:.1f} ms")
    return verdict(
        [
            Ratio("keeping, of reading the tree cold", (keeping.cpu + rowing.cpu) / reading.cpu, 0.2),
            Ratio("opening and looking at a field, of starting Python", usual / starting.cpu, 0.15),
            Ratio("the same, dearest of twenty", most / starting.cpu, 0.5),
        ]
    )


def _look(vault: Vault, key: str) -> Callable[[], None]:
    """Open the ground, and read a field, its object with all fields, and everything that mentions it."""

    def look() -> None:
        ground = open_ground(vault, "k")
        assert ground is not None
        graph = paged_graph(ground)
        owner = graph.object(graph.field(key).object_key).key
        graph.fields_of(owner)
        graph.components_of(owner)
        for link in (*graph.references_to(key), *graph.references_from(key)):
            if graph.kind_of(link.other) is NodeKind.COMPONENT:
                graph.component(link.other)
                graph.calls(link.other)
        ground.close()

    return look


def _start() -> None:
    subprocess.run([sys.executable, "-c", "import click, yaml"], check=True)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
