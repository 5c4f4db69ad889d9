"""What judging costs: 60 policies beside the same checks written by hand, and all packs over a large company.

    python -m bench.policies [--fields 20000]
    python -m bench.policies --packs none|kit

The first judges a company of 20,000 fields, 300 objects and 100,000 references, in CPU seconds: facts and verdicts
of 60 policies beside a plain two-valued function that makes the same checks in the same run (budget 3 times; it
must find the same), what telling the findings costs on top, and the compiling of all packs beyond loading their
YAML (budget 30 ms). The second audits it by all packs, without any evidence or with the free kit, and prints the
peak of memory.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from auditor.auditing import Inputs, audit
from auditor.facts.base import Settings
from auditor.facts.catalogue import facts_of, vocabulary
from auditor.formats.yamlnodes import Problems
from auditor.graph.build import build_graph
from auditor.model.catalogue import Catalog, Field
from auditor.model.observations import Evidence, Fill
from auditor.model.references import WEAK, Access, Reference
from auditor.model.vocabulary import FactBase
from auditor.policy.binding import Ground
from auditor.policy.documents import InstalledLibrary, gather
from auditor.policy.evaluating import evaluate, judge_all
from auditor.policy.loading import load_policies
from auditor.policy.syntax import PolicySet
from auditor.policy.targets import Sieve
from bench.company import TODAY, company, free_kit

T = TypeVar("T")
PACKS = ("pack:all",)
BUDGET, COMPILING = 3.0, 0.030

# One shape a line: a name, the kind of node, what is forbidden, and five values for it.
SHAPES: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    (
        "unhelped",
        "field",
        "all: [{required: true}, {help: {absent: true}}, {length: {ge: %d}}]",
        (0, 40, 80, 255, 256),
    ),
    ("tail", "field", "active_picklist_values: {gt: %d}", (10, 20, 30, 40, 50)),
    ("quiet", "field", "strong_reference_count: {lt: %d}", (1, 2, 3, 4, 5)),
    ("loud", "field", "reference_count: {ge: %d}", (5, 6, 7, 8, 9)),
    ("unread", "field", "all: [{lacks: {rel: read_by}}, {created: {older_than: %dd}}]", (90, 180, 395, 800, 1200)),
    ("demanded", "field", "all: [{has: {rel: required_by}}, {fill_rate: {lt: %d%%}}]", (1, 5, 20, 50, 90)),
    ("unwritten", "field", "all: [{lacks: {rel: written_by}}, {fill_rate: {lt: %d%%}}]", (1, 5, 20, 50, 90)),
    ("young", "field", "created: {newer_than: %dd}", (30, 60, 90, 180, 395)),
    ("never", "field", "all: [{never_filled: true}, {created: {older_than: %dd}}]", (30, 60, 90, 180, 395)),
    ("computed", "field", "all: [{calculated: true}, {reference_count: {le: %d}}]", (0, 1, 2, 3, 4)),
    ("lonely", "field", "has: {rel: object, where: {rows: {lt: %d}}}", (10, 20, 50, 100, 1000)),
    ("budget", "object", "count: {rel: fields, where: {required: true}, gt: %d}", (3, 5, 7, 9, 11)),
)
_RULE = """
  - id: bench/{name}-{value}
    title: Bench
    severity: low
    pillar: usage
    target: {{kind: {kind}, where: {{role: crm, custom: true, managed: false, kind_of_object: object}}}}
    forbid: {{{forbid}}}
    why: To measure.
    fix: Nothing."""

Found = dict[str, list[str]]


def sixty() -> PolicySet:
    """The policies of the comparison."""
    rules = (
        _RULE.format(name=name, value=value, kind=kind, forbid=forbid % value)
        for name, kind, forbid, values in SHAPES
        for value in values
    )
    with TemporaryDirectory() as folder:
        (Path(folder) / "bench.yaml").write_text("version: 1\npolicies:" + "".join(rules), encoding="utf-8")
        return load_policies(["bench.yaml"], InstalledLibrary(Path(folder)), vocabulary())


def by_engine(law: PolicySet, facts: FactBase) -> Found:
    """The violations by the engine, facts computed on the way."""
    sieve = Sieve(Ground(facts, TODAY, law.lists))
    return {policy.info.id: judge_all(policy, sieve).wrong for policy in law.policies}


@dataclass(frozen=True, slots=True)
class Plain:
    """What the function by hand works on: one dictionary for everything that the graph and the evidence hold."""

    fields: dict[str, Field]
    mentions: dict[str, list[Reference]]
    fills: dict[str, list[Fill]]
    created: dict[str, date]
    rows: dict[str, int]


def plain(catalog: Catalog, evidence: Evidence) -> Plain:
    """Index a company for the function by hand."""
    fields = {f"crm:{each.object}.{each.name}": each for one in catalog.objects for each in one.fields}
    told = Plain(
        dict(sorted(fields.items())),
        {},
        {},
        {each.subject: each.created for each in evidence.definitions if each.created},
        {each.object: each.rows for each in evidence.row_counts},
    )
    for reference in catalog.references:
        told.mentions.setdefault(f"crm:{reference.target}", []).append(reference)
    for fill in evidence.fills:
        told.fills.setdefault(fill.field, []).append(fill)
    return told


def by_hand(company: Plain) -> Found:  # noqa: C901, PLR0912 - check after check, as one would write it
    """The same checks in plain Python over true and false."""
    found: Found = {f"bench/{name}-{value}": [] for name, _, _, values in SHAPES for value in values}
    numbers = {name: [(n, found[f"bench/{name}-{n}"].append) for n in values] for name, _, _, values in SHAPES}
    demanding = dict.fromkeys(company.rows, 0)
    for key, field in company.fields.items():
        owner, mentions = f"crm:{field.object}", company.mentions.get(key, ())
        referrers = len({(each.component_kind, each.component) for each in mentions})
        strong = len({(each.component_kind, each.component) for each in mentions if each.access not in WEAK})
        accesses = {each.access for each in mentions}
        rows = sum(each.rows for each in company.fills[key])
        filled = sum(each.filled for each in company.fills[key])
        checkbox = field.type == "Checkbox"
        share = filled / rows * 100 if rows and not checkbox else 101
        choices = sum(value.active for value in field.picklist) if field.type == "Picklist" else 0
        age = (TODAY - company.created[key]).days
        demanding[owner] += field.required
        for n, add in numbers["unhelped"]:
            if field.required and field.help is None and field.length is not None and field.length >= n:
                add(key)
        for n, add in numbers["tail"]:
            if choices > n:
                add(key)
        for n, add in numbers["quiet"]:
            if strong < n:
                add(key)
        for n, add in numbers["loud"]:
            if referrers >= n:
                add(key)
        for n, add in numbers["unread"]:
            if Access.READS not in accesses and age > n:
                add(key)
        for n, add in numbers["demanded"]:
            if Access.REQUIRES in accesses and share < n:
                add(key)
        for n, add in numbers["unwritten"]:
            if Access.WRITES not in accesses and share < n:
                add(key)
        for n, add in numbers["young"]:
            if age < n:
                add(key)
        for n, add in numbers["never"]:
            if rows and not filled and age > n:
                add(key)
        for n, add in numbers["computed"]:
            if field.calculation is not None and referrers <= n:
                add(key)
        for n, add in numbers["lonely"]:
            if company.rows[owner] < n:
                add(key)
    for owner, count in demanding.items():
        for n, add in numbers["budget"]:
            if count > n:
                add(owner)
    return found


def compare(fields: int) -> bool:
    """Judge by the engine and by hand, and print what both cost; whether the budgets hold."""
    catalog = company(fields, plain=True)
    evidence = free_kit(catalog)
    law, settings = sixty(), Settings(TODAY, complete=frozenset({"repository"}))
    graph, indexed = build_graph([catalog], evidence), plain(catalog, evidence)
    hand, expected = best(lambda: by_hand(indexed))
    engine, found = best(lambda: by_engine(law, facts_of(graph, evidence, settings)))
    told, evaluation = best(lambda: evaluate(law, facts_of(graph, evidence, settings), TODAY))
    differing = sorted(rule for rule in expected if sorted(expected[rule]) != found[rule])
    facts = facts_of(graph, evidence, settings)
    by_engine(law, facts)
    verdicts, _ = best(lambda: by_engine(law, facts))
    print(
        f"{len(law.policies)} policies over {fields:,} fields: by hand {hand:.2f} s; verdicts {verdicts:.2f} s "
        f"(ratio {verdicts / hand:.1f}), with facts {engine:.2f} s (ratio {engine / hand:.1f}), "
        f"with {len(evaluation.findings):,} findings told {told:.2f} s (ratio {told / hand:.1f}); "
        f"policies that differ: {', '.join(differing) or 'none'}"
    )
    compiling = compile_beyond_yaml()
    print(f"compiling all packs beyond their YAML: {compiling * 1000:.0f} ms")
    return not differing and engine <= BUDGET * hand and compiling <= COMPILING


def compile_beyond_yaml() -> float:
    """CPU seconds that compiling all packs takes on top of reading their documents."""
    library = InstalledLibrary(Path())
    vocabulary()
    read, _ = best(lambda: gather(PACKS, library, Problems()))
    whole, _ = best(lambda: load_policies(PACKS, library, vocabulary()))
    return whole - read


def best(work: Callable[[], T], runs: int = 3) -> tuple[float, T]:
    """CPU seconds of the fastest of several runs, and what the work gives."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def whole_audit(fields: int, kit: bool) -> None:
    """Audit by all packs, where not every kind of component was read."""
    catalog = company(fields, plain=False)
    evidence = free_kit(catalog) if kit else Evidence()
    law = load_policies(PACKS, InstalledLibrary(Path()), vocabulary())
    whole, result = best(lambda: audit(Inputs((catalog,), evidence, law, Settings(TODAY))), runs=1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = f"{len(law.policies)} policies of the packs, {'free kit' if kit else 'no evidence'}"
    print(f"{said}: audited in {whole:.1f} s, {len(result.findings):,} findings, peak {peak:,.0f} MiB")


def main() -> int:
    """Measure, print, and fail beyond the budgets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fields", type=int, default=20_000)
    parser.add_argument("--packs", choices=("none", "kit"))
    arguments = parser.parse_args()
    if arguments.packs is None:
        return 0 if compare(arguments.fields) else 1
    whole_audit(arguments.fields, arguments.packs == "kit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
