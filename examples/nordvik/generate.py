"""Generates what the Nordvik example does not keep in the repository.

That is the ERP's database, a year of usage logs, record extracts and the free kit. Seeded and without a wall
clock: the same bytes every time.

    python examples/nordvik/generate.py [--out FOLDER]

writes `erp/nordvik_erp.sqlite` and `usage/` into FOLDER, which is this folder unless said otherwise.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from nordvik_world.copies import Copies
from nordvik_world.crm import Crm, build_crm
from nordvik_world.erp import Erp, build_erp
from nordvik_world.erp_database import write_erp
from nordvik_world.eventlogs import write_app_events, write_event_log_files
from nordvik_world.extracts import write_counts, write_extracts, write_fill, write_history
from nordvik_world.kit import write_kit
from nordvik_world.logs import Run, report_runs, write_api_events, write_list_view_events, write_report_events
from nordvik_world.stories import (
    FieldStory,
    ReportStory,
    field_stories,
    object_stories,
    query_stories,
    report_stories,
)
from nordvik_world.tree import Tree, read_tree

HERE = Path(__file__).resolve().parent
SALESFORCE = HERE / "salesforce"


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is exported, before it is."""

    tree: Tree
    stories: dict[str, FieldStory]
    reports: dict[str, ReportStory]
    erp: Erp
    crm: Crm
    runs: list[Run]


def build_world() -> World:
    """Throw all dice once."""
    tree = read_tree(SALESFORCE)
    objects = object_stories()
    stories = field_stories(tree, objects)
    erp = build_erp()
    reports = report_stories()
    crm = build_crm(tree, objects, stories, Copies(erp))
    return World(tree, stories, reports, erp, crm, report_runs(tree, reports))


def write_free_kit(kit: Path, world: World) -> None:
    """The exports that need no licence: registers, and counts of filled fields by cohort."""
    write_fill(kit / "fill", world.crm)
    write_counts(kit / "recordCount.json", world.crm)
    write_kit(kit, world.tree, world.stories, world.reports, world.runs)


def generate(out: Path) -> None:
    """Write everything below a folder, over what was there."""
    world = build_world()
    usage = out / "usage"
    write_erp(world.erp, HERE / "erp/schema.sql", out / "erp/nordvik_erp.sqlite")
    write_free_kit(usage / "kit", world)
    write_extracts(usage / "records", world.crm)
    write_history(usage / "history", world.crm, world.stories)
    queries = query_stories()
    write_report_events(usage / "ReportEvent.csv", world.runs)
    write_list_view_events(usage / "ListViewEvent.csv", world.tree)
    write_api_events(usage / "ApiEvent.csv", queries)
    write_event_log_files(usage / "eventlogfile", world.runs, queries)
    write_app_events(usage / "app-events.jsonl")


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Generate the evidence and the ERP of the Nordvik example.")
    parser.add_argument("--out", type=Path, default=HERE)
    generate(parser.parse_args(arguments).out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
