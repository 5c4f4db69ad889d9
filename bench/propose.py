"""The architect's table: every proposal of data/architect-table.yaml put to the verb, beside what was expected.

`python -m bench.propose [FILE]` prints the table of docs/accuracy.md and what it missed; it needs AUDITOR_CORPORA
and the example company. The expectations were committed before the verb was first run and never change.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from auditor.config.reading import read_config
from auditor.config.values import Config
from auditor.formats.yamlnodes import Problems
from auditor.gate.proposing import answers_to
from auditor.graph.schema import SchemaGraph
from auditor.model.proposals import Answer, Proposal
from auditor.usage.registry import BY_ID
from auditor.workspace.proposing import placed_in
from auditor.workspace.proposing_files import read_proposals
from auditor.workspace.proposing_ground import read_base

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "bench" / "data" / "architect-table.yaml"
GROUPS = ("existing", "language", "erp", "scope", "harmless", "borderline")
_AS_OF = date(2026, 11, 21)
_OUTSIDE = ("id", "company", "group", "expect", "because", "complete", "new")
_SAID = {
    "owner": "head-of-sales",
    "why": "which customers to visit first is decided by it every month",
    "readers": ["sales managers", "report Weekly planning"],
    "retention": "as long as the record",
    "description": "asked for in the planning round, to decide the next step with the customer",
}
"""What a complete proposal says beside its definition."""


def main() -> None:
    """Print the table, and each proposal whose answer differs from what was expected."""
    corpora = Path(os.environ["AUDITOR_CORPORA"])
    places = [Path(each) for each in sys.argv[1:] if not each.startswith("-")] or [TABLE]
    table = yaml.safe_load(places[0].read_text(encoding="utf-8"))
    given = dict(_answered(table, corpora))
    rows = [(each, given[each["id"]]) for each in table["proposals"]]
    print("| group | proposals | as expected | accept | revise | reject | unknown |")
    print("|---|---|---|---|---|---|---|")
    for group in GROUPS:
        _line(group, [row for row in rows if row[0]["group"] == group])
    _line("all", rows)
    for row, answer in rows:
        if str(answer.verdict) != row["expect"] or "-v" in sys.argv:
            policies = ", ".join(f"{each.policy}={each.verdict}" for each in answer.reasons)
            asked = f"{row['id']} {row['object']} {row['label']!r}"
            print(f"{asked}: {answer.verdict}, expected {row['expect']} [{policies}]")


def _line(name: str, rows: Iterable[tuple[Mapping[str, Any], Answer]]) -> None:
    rows = list(rows)
    right = sum(str(answer.verdict) == row["expect"] for row, answer in rows)
    counts = Counter(str(answer.verdict) for _, answer in rows)
    told = " | ".join(str(counts[each]) for each in ("accept", "revise", "reject", "unknown"))
    print(f"| {name} | {len(rows)} | {right} | {told} |")


def _answered(table: Mapping[str, Any], corpora: Path) -> Iterable[tuple[str, Answer]]:
    """Each proposal is judged by itself: none of them knows of the others."""
    for company, place in table["companies"].items():
        asked = [each for each in table["proposals"] if each["company"] == company]
        with TemporaryDirectory() as folder:
            base = read_base(_config(place, corpora, Path(folder)), _AS_OF, lambda *_: None)
            for each in asked:
                (proposal,) = _proposals(each, Path(folder), base.known.graph)
                yield each["id"], answers_to([proposal], base.known)[0]


def _proposals(row: Mapping[str, Any], folder: Path, graph: SchemaGraph) -> list[Proposal]:
    cells = {key: value for key, value in row.items() if key not in _OUTSIDE}
    if row.get("complete"):
        cells = {**_SAID, **cells}
    path = folder / "proposal.yaml"
    path.write_text(json.dumps(cells, ensure_ascii=False), encoding="utf-8")
    problems = Problems()
    return placed_in(graph, read_proposals(path, {}, problems), problems)


def _config(place: Mapping[str, str], corpora: Path, folder: Path) -> Config:
    if "example" in place:
        return read_config(ROOT / "examples" / place["example"] / "auditor.yaml", BY_ID)
    systems = [{"name": "crm", "role": "crm", "sources": [_crm(place, corpora, folder)]}]
    if "tabular" in place:
        columns = {"object": "table", "field": "field", "label": "caption"}
        source = {"kind": "tabular", "path": str(corpora / place["tabular"]), "columns": columns}
        systems.append({"name": "erp", "role": "erp", "sources": [source]})
    document = {"version": 1, "company": "table", "systems": systems, "policies": ["pack:all"]}
    (folder / "auditor.yaml").write_text(json.dumps(document), encoding="utf-8")
    return read_config(folder / "auditor.yaml", BY_ID)


def _crm(place: Mapping[str, str], corpora: Path, folder: Path) -> dict[str, str]:
    if "salesforce" in place:
        return {"kind": "salesforce", "path": str(corpora / place["salesforce"])}
    portal = corpora / place["hubspot"]
    files = {
        "company": portal / "company_properties" / "all_properties.01.json",
        "deal": portal / "deal_all_properties.00.json",
    }
    with (folder / "portal.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["object", "field", "label", "type", "description", "hubspotDefined"])
        for owner, path in files.items():
            for each in json.loads(path.read_text(encoding="utf-8")):
                told = [each.get(key) for key in ("name", "label", "type", "description", "hubspotDefined")]
                rows.writerow([owner, *("" if cell is None else str(cell) for cell in told)])
    return {"kind": "tabular", "path": str(folder / "portal.csv")}


if __name__ == "__main__":
    main()
