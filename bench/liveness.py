"""What liveness costs: marks, retained sets and the core beside building the plain adjacency of the same graph.

    python -m bench.liveness [--fields 50000] [--references 500000] [--runs 5]

A company is drawn by seeded dice: objects of 100 fields, an eighth of the fields formulas or roll-ups; reports,
pages and automation on one object each, in every second object all of it out of use. The reference is building
the plain adjacency from tuples: a list for each end of each reference, found by the printed name of that end. The
budget is ten times that for everything together, and 2.4 times the time for twice the size (the reference itself
takes 2.2: more memory is slower memory). Seconds are of the processor, the best of several runs in turn. Without
any use at all, everything is a candidate: what retained sets cost then is told beside it, and so is what one
direction alone would make of the ratios. Last, a company with evidence has its net woven from facts.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.facts.base import Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.liveness.engine import liveness_of
from auditor.graph.build import build_graph
from auditor.graph.liveness.core import Needs, prepare, smallest_core
from auditor.graph.liveness.marks import Marks, solve
from auditor.graph.liveness.needs import needs_of
from auditor.graph.liveness.net import CERTAIN, DISPLAY, PERHAPS, Net
from auditor.graph.liveness.retention import retained_of
from auditor.model.liveness import DEAD, OBSERVED, POSSIBLE, is_candidate
from bench.company import TODAY, free_kit
from bench.company import company as seeded
from bench.ratios import Ratio, spent, verdict

BUDGET, GROWTH = 10.0, 2.4
PER_OBJECT, MENTIONS = 100, 20
_READ, _SHOW, _WRITE, _MAYBE = range(4)

Mention = tuple[str, str, int]
"""Who, whom, and how."""


@dataclass(frozen=True, slots=True)
class Company:
    """Mentions as they are read, and what evidence says of those who mention and of fields."""

    mentions: list[Mention]
    roots: dict[str, int]
    uses: dict[str, int]
    owners: dict[str, str]
    """Field → object."""


def drawn(fields: int, references: int) -> Company:
    """A company of so many fields and references; the same every time."""
    dice = random.Random(20_261_121)  # noqa: S311 - drawn the same every time
    names = [f"crm:Object{each // PER_OBJECT}.Field{each}" for each in range(fields)]
    owners = {name: name.partition(".")[0] for name in names}
    formulas = references // 10
    mentions = list(_formulas(names, formulas, dice))
    components = [f"crm:component/C{each}" for each in range((references - formulas) // MENTIONS)]
    begins = {each: dice.randrange(fields) for each in components}
    mentions.extend(_mentions(names, begins, dice))
    used = [each for each, at in begins.items() if at // PER_OBJECT % 2 and dice.random() < 2 / 3]
    roots = {each: OBSERVED if dice.random() < 0.8 else POSSIBLE for each in used}
    uses = {name: int(dice.paretovariate(1.0)) for name in names if dice.random() < 0.4}
    return Company(mentions, roots, uses, owners)


def _formulas(names: Sequence[str], count: int, dice: random.Random) -> Iterator[Mention]:
    """Formulas read fields of their own object, and some of them each other in a ring."""
    for _ in range(count):
        at = dice.randrange(len(names) // 8) * 8
        yield names[at], names[at // PER_OBJECT * PER_OBJECT + dice.randrange(PER_OBJECT)], _READ


def _mentions(names: Sequence[str], begins: Mapping[str, int], dice: random.Random) -> Iterator[Mention]:
    """Each component mentions fields of one object, some much more than others; a seventh are automation."""
    for component, first in begins.items():
        base = first // PER_OBJECT * PER_OBJECT
        ways = _WAYS[first % len(_WAYS)]
        for _ in range(MENTIONS):
            yield component, names[base + int(PER_OBJECT * dice.random() ** 2)], dice.choice(ways)


_WAYS = ((_READ, _WRITE), (_SHOW,), (_SHOW,), (_READ,), (_READ,), (_READ,), (_READ, _MAYBE))


def adjacency(mentions: Sequence[Mention]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The reference: who mentions whom, and who is mentioned by whom."""
    outgoing: dict[str, list[str]] = {}
    incoming: dict[str, list[str]] = {}
    for who, whom, _ in mentions:
        outgoing.setdefault(who, []).append(whom)
        incoming.setdefault(whom, []).append(who)
    return outgoing, incoming


def one_way(mentions: Sequence[Mention]) -> dict[str, list[str]]:
    """The least that may be called an adjacency: who is mentioned by whom, and not the other way round."""
    incoming: dict[str, list[str]] = {}
    for who, whom, _ in mentions:
        incoming.setdefault(whom, []).append(who)
    return incoming


_STRENGTHS = {_READ: CERTAIN, _SHOW: DISPLAY, _MAYBE: PERHAPS}


def net_of(company: Company) -> Net:
    """Objects, fields and components as a net of who keeps whom."""
    net = Net()
    for field, owner in company.owners.items():
        net.keep(net.node(field), net.node(owner))
    for who, whom, how in company.mentions:
        keeper, kept = net.node(who), net.node(whom)
        if how == _WRITE:
            keeper, kept = kept, keeper
        net.keep(keeper, kept, _STRENGTHS.get(how, CERTAIN))
    for name, level in company.roots.items():
        net.root(net.node(name), level)
    return net


def retained(net: Net, marks: Marks, company: Company) -> int:
    """What each candidate alone holds on to, and what goes with each object of which all may go."""
    sets = retained_of(net, marks.levels)
    members: dict[int, list[int]] = {}
    for field, owner in company.owners.items():
        members.setdefault(net.index[owner], []).append(net.index[field])
    candidates = ([owner, *fields] for owner, fields in members.items() if owner in sets)
    return sum(len(sets.together(nodes)) for nodes in candidates) + sum(
        sets.count(node) for node in sets.stretches
    )


def core(net: Net, company: Company) -> int:
    """The cost of carrying 99% of all use."""
    data = bytearray(len(net))
    costs, uses = [0] * len(net), [0] * len(net)
    for field, owner in company.owners.items():
        node = net.index[field]
        data[node] = data[net.index[owner]] = 1
        costs[node] = 1
        uses[node] = company.uses.get(field, 0)
    return smallest_core(prepare(Needs(needs_of(net, data), uses, costs)), 0.99).cost


Seconds = dict[str, float]


def measured(company: Company, runs: int) -> Seconds:
    """What each part costs."""
    net = net_of(company)
    marks = solve(net)
    nothing = Marks([DEAD] * len(net), [])
    inside = sum(is_candidate(level) for level in marks.levels)
    print(f"{len(net):,} nodes, {inside:,} of them dead or candidates")
    works: dict[str, Callable[[], object]] = {
        "adjacency": lambda: adjacency(company.mentions),
        ONE_WAY: lambda: one_way(company.mentions),
        "net and marks": lambda: solve(net_of(company)),
        "retained sets": lambda: retained(net, marks, company),
        "core": lambda: core(net, company),
        UNUSED: lambda: retained(net, nothing, company),
    }
    return least(works, runs)


def least(works: Mapping[str, Callable[[], object]], runs: int) -> Seconds:
    """The least processor seconds of each work, in turn, with the collector of garbage at rest for all of them."""
    told: dict[str, list[float]] = {name: [] for name in works}
    gc.disable()
    for _ in range(runs):
        for name, work in works.items():
            told[name].append(spent(work).cpu)
            gc.collect()
    gc.enable()
    return {name: min(seconds) for name, seconds in told.items()}


UNUSED = "retained sets without any use"
ONE_WAY = "one direction"


def woven(fields: int, references: int, runs: int) -> Seconds:
    """Liveness woven from facts of a company with the free kit: each field is asked for its evidence."""
    catalog = seeded(fields, plain=True, mentions=references)
    evidence, graph = free_kit(catalog), build_graph([catalog])
    mentions = [
        (f"crm:{each.component_kind}/{each.component}", f"crm:{each.target}", _READ) for each in catalog.references
    ]
    return least(
        {
            "adjacency": lambda: adjacency(mentions),
            ONE_WAY: lambda: one_way(mentions),
            WOVEN: lambda: liveness_of(facts_of(graph, evidence, Settings(TODAY))),
        },
        runs,
    )


WOVEN = "liveness woven from facts"


def ours(seconds: Seconds) -> float:
    """Everything beside the reference."""
    return sum(each for name, each in seconds.items() if name not in ("adjacency", ONE_WAY, UNUSED))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="What liveness, retained sets and the core cost.")
    parser.add_argument("--fields", type=int, default=50_000)
    parser.add_argument("--references", type=int, default=500_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    sizes = {}
    for times in (1, 2, 4):
        company = drawn(options.fields * times, options.references * times)
        sizes[times] = measured(company, options.runs)
        parts = ", ".join(f"{name} {each:.2f} s" for name, each in sizes[times].items())
        print(f"{options.fields * times:,} fields, {len(company.mentions):,} references: {parts}", flush=True)
    return verdict([*_ratios(sizes), *_woven_ratios(woven(options.fields, options.references, options.runs))])


def _woven_ratios(seconds: Seconds) -> list[Ratio]:
    """Of marks alone, since retained sets and the core are the same however the net was made."""
    return [
        Ratio(f"{WOVEN} / adjacency", seconds[WOVEN] / seconds["adjacency"], BUDGET),
        Ratio(f"{WOVEN} / {ONE_WAY}", seconds[WOVEN] / seconds[ONE_WAY], None),
    ]


def _ratios(sizes: Mapping[int, Seconds]) -> list[Ratio]:
    reference = sizes[1]["adjacency"]
    found = [Ratio(f"{name} / adjacency", each / reference, None) for name, each in sizes[1].items()][1:]
    for times, each in sizes.items():
        found.append(Ratio(f"all of it / adjacency, {times} times", ours(each) / each["adjacency"], BUDGET))
        found.append(Ratio(f"all of it / {ONE_WAY}, {times} times", ours(each) / each[ONE_WAY], None))
    for less, more in _PAIRS:
        found.append(Ratio(f"{more} times / {less}", ours(sizes[more]) / ours(sizes[less]), GROWTH))
    return found


_PAIRS = ((1, 2), (2, 4))

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
