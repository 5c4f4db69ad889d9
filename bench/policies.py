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
import gc
import math
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from auditor.auditing import audit
from auditor.facts.base import Settings
from auditor.facts.catalogue import facts_of, vocabulary
from auditor.formats.yamlnodes import Problems
from auditor.graph.build import build_graph
from auditor.judging import Inputs
from auditor.model.observations import Evidence
from auditor.model.vocabulary import FactBase
from auditor.policy.binding import Ground
from auditor.policy.documents import InstalledLibrary, gather
from auditor.policy.evaluating import evaluate, judge_all
from auditor.policy.loading import load_policies
from auditor.policy.syntax import PolicySet
from auditor.policy.targets import Sieve
from bench.by_hand import SHAPES, Found, by_hand
from bench.company import TODAY, company, free_kit

T = TypeVar("T")
PACKS = ("pack:all",)
BUDGET, COMPILING = 3.0, 0.030

_RULE = """
  - id: bench/{name}-{value}
    title: Bench
    severity: low
    pillar: usage
    target: {{kind: {kind}, where: {{role: crm, custom: true, managed: false, kind_of_object: object}}}}
    forbid: {{{forbid}}}
    why: To measure.
    fix: Nothing."""


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


def compare(fields: int) -> bool:
    """Judge by the engine and by hand, and print what both cost; whether the budgets hold."""
    catalog = company(fields, plain=True)
    evidence = free_kit(catalog)
    law, settings = sixty(), Settings(TODAY, complete=frozenset({"repository"}))
    graph = build_graph([catalog], evidence)
    known = facts_of(graph, evidence, settings)
    by_engine(law, known)
    (hand, expected), (engine, found), (verdicts, _), (told, evaluation) = in_turns(
        lambda: by_hand(graph, evidence),
        lambda: by_engine(law, facts_of(graph, evidence, settings)),
        lambda: by_engine(law, known),
        lambda: evaluate(law, facts_of(graph, evidence, settings), TODAY),
    )
    differing = sorted(rule for rule in expected if sorted(expected[rule]) != found[rule])
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


def in_turns(*works: Callable[[], Any], runs: int = 4) -> list[tuple[float, Any]]:
    """CPU seconds of the fastest of several runs of each work, one after the other, and what each gives.

    A machine is faster at one time than at another, so that only turns compare. The collector of garbage rests
    for all alike: there is none, and how often it looks depends on everything else that lies in the memory.
    """
    times, results = [math.inf] * len(works), [None] * len(works)
    for _ in range(runs):
        for place, work in enumerate(works):
            gc.collect()
            gc.disable()
            start = time.process_time()
            results[place] = work()
            times[place] = min(times[place], time.process_time() - start)
            gc.enable()
    return list(zip(times, results, strict=True))


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
