"""Generates what the Nordvik example does not keep in the repository.

That is the ERP's database, a year of usage logs, record extracts and the free kit. Seeded and without a wall
clock: the same bytes every time.

    python examples/nordvik/generate.py [--out FOLDER]

writes `erp/nordvik_erp.sqlite` and `usage/` into FOLDER, which is this folder unless said otherwise.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nordvik_world.copies import Copies
from nordvik_world.crm import build_crm
from nordvik_world.erp import build_erp
from nordvik_world.erp_database import write_erp
from nordvik_world.eventlogs import write_app_events, write_event_log_files
from nordvik_world.extracts import write_counts, write_extracts, write_fill, write_history
from nordvik_world.kit import write_kit
from nordvik_world.logs import report_runs, write_api_events, write_list_view_events, write_report_events
from nordvik_world.stories import field_stories, object_stories, query_stories, report_stories
from nordvik_world.tree import read_tree

HERE = Path(__file__).resolve().parent


def generate(out: Path) -> None:
    """Write everything below a folder, over what was there."""
    tree = read_tree(HERE / "salesforce")
    objects = object_stories()
    stories = field_stories(tree.fields, objects)
    erp = build_erp()
    write_erp(erp, HERE / "erp/schema.sql", out / "erp/nordvik_erp.sqlite")
    usage, kit = out / "usage", out / "usage/kit"

    crm = build_crm(tree, objects, stories, Copies(erp))
    write_extracts(usage / "records", crm)
    write_history(usage / "history", crm, stories)
    write_fill(kit / "fill", crm)
    write_counts(kit / "recordCount.json", crm)

    reports, queries = report_stories(), query_stories()
    runs = report_runs(tree, reports)
    write_report_events(usage / "ReportEvent.csv", runs)
    write_list_view_events(usage / "ListViewEvent.csv", tree)
    write_api_events(usage / "ApiEvent.csv", queries)
    write_event_log_files(usage / "eventlogfile", runs, queries)
    write_app_events(usage / "app-events.jsonl")
    write_kit(kit, tree, stories, reports, runs)


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=HERE)
    generate(parser.parse_args(arguments).out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
