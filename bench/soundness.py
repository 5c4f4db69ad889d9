"""Soundness by experiment: what is called dead, or a candidate, is removed from a copy, and the copy is searched.

    python -m bench.soundness [--fields 100] [--seed 20261122] [--show CLASS] NAME=LOCATION ...

From each tree so many custom fields are drawn by seeded dice, of those that liveness calls dead or review
candidates (all where there are fewer). Usage is made up by the same dice, so that everything occurs: every way of
reading is vouched for, two objects of three were touched today and the third holds no rows, half of all reports,
lists and templates ran. Each field goes by a plan of its own: closed as `auditor plan` closes, edited on a copy.

Then every byte of the copy is searched for the names of what went, by a search that shares nothing with the
readers (`bench.name_search`). Each mention that is left must be listed by the plan (a blocker, or a file that
is no metadata), be weak, or be explained by a rule that is checked on the spot
(`bench.left_mentions.EXPLAINED`); else it is a counter-example. And no mention by something alive or unknown
may be classed `reads`, but for a text on a page that only may mean the field, and that the plan lists as a
blocker.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from auditor.errors import FormatError
from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.liveness.kinds import Part, part_of
from auditor.formats.trees import Tree, open_tree
from auditor.graph.build import build_graph
from auditor.graph.nodes import NodeKind
from auditor.model.catalogue import Catalog, Role, Skipped
from auditor.model.names import parse_subject
from auditor.model.observations import (
    Cohort,
    Deed,
    Evidence,
    EvidenceSource,
    Observation,
    RowCount,
    SourceKind,
    Window,
)
from auditor.model.references import Access, Certainty
from auditor.model.rollback import Cause, Removal, Removed, Standing
from auditor.planning.closure import close
from auditor.planning.ground import Ground
from auditor.planning.salesforce.editing import edit_salesforce
from auditor.planning.salesforce.removing import removing
from auditor.sources.salesforce.source import read_salesforce
from bench.left_mentions import EXPLAINED, Judge, Named
from bench.name_search import Hit, files_of, hits_in

SEED = 20_261_122
TODAY = date(2026, 11, 21)
WATCHED = frozenset({"repository", "report", "list_view", "api", "email_template", "outside_reader"})
_HALF = 0.5


class Held:
    """A tree whose files are held in memory: it is searched a hundred times."""

    def __init__(self, tree: Tree) -> None:
        self.location, self.skipped = tree.location, tree.skipped
        self._files = dict(_readable(tree))
        self._paths = [path for path in tree.paths() if path in self._files]

    location: str
    skipped: tuple[Skipped, ...]

    def paths(self) -> Sequence[str]:
        """All files that can be read, sorted."""
        return self._paths

    def read(self, path: str) -> bytes:
        """The bytes of one file."""
        try:
            return self._files[path]
        except KeyError:
            raise FormatError("is not there") from None


def _readable(tree: Tree) -> Iterator[tuple[str, bytes]]:
    for path in tree.paths():
        try:
            yield path, tree.read(path)
        except FormatError:
            continue


@dataclass(frozen=True, slots=True)
class Trial:
    """One tree with all its names, and what planning asks of it."""

    named: Named
    ground: Ground


@dataclass(slots=True)
class Tally:
    """What came of the fields of one tree."""

    candidates: int = 0
    dead: int = 0
    drawn: int = 0
    kept: int = 0
    """Fields that the closure keeps, since something else needs them."""
    gone: int = 0
    mentions: int = 0
    explained: Counter[str] = field(default_factory=Counter)
    told: list[tuple[str, str]] = field(default_factory=list)
    """Every mention that is left, with the class that explains it."""
    reads: list[str] = field(default_factory=list)


def tried(location: str, count: int, seed: int) -> Tally:
    """The experiment on one tree."""
    trial = _trial(location, seed)
    tally = Tally()
    found = [key for key in trial.ground.facts.subjects(NodeKind.FIELD) if _called(trial.ground, key)]
    tally.candidates = len(found)
    dice = random.Random(seed)  # noqa: S311 - drawn the same every time
    for key in sorted(dice.sample(found, min(count, len(found)))):
        tally.drawn += 1
        tally.dead += trial.ground.standing(key) is Standing.DEAD
        leaving = close(trial.ground, [key]).leaving
        if key not in leaving:
            tally.kept += 1
            continue
        _remove(trial, key, leaving, tally)
    return tally


def _trial(location: str, seed: int) -> Trial:
    tree = Held(open_tree(location))
    catalog = read_salesforce(tree, "crm", Role.CRM)
    evidence = made_up(catalog, seed)
    facts = facts_of(build_graph([catalog], evidence), evidence, Settings(TODAY, complete=WATCHED))
    hits: dict[str, list[Hit]] = defaultdict(list)
    packed: dict[str, bytes] = {}
    for path, data in files_of(tree):
        if "!" in path:
            packed[path] = data
        for hit in hits_in(path, data):
            hits[hit.base].append(hit)
    return Trial(Named(tree, catalog, hits, packed), Ground(facts))


def made_up(catalog: Catalog, seed: int) -> Evidence:
    """Usage by seeded dice: two objects of three are in use, half of what can be run was."""
    dice = random.Random(seed)  # noqa: S311 - made the same every time
    system = catalog.system
    runnable = sorted(
        f"{system}:{item.kind}/{item.name}"
        for item in catalog.components
        if item.kind in ("report", "list_view", "dashboard", "email_template")
    )
    rows = [dice.choice((0, 900, 900)) for _ in catalog.objects]
    return Evidence(
        sources=(
            EvidenceSource("rows", "record-extract", "rows.csv", SourceKind.REGISTER, TODAY),
            EvidenceSource("runs", "report-event", "runs.csv", SourceKind.LOG, TODAY),
        ),
        windows=(Window("runs", system, Deed.RUN, date(2025, 11, 21), TODAY),),
        observations=tuple(
            Observation(key, Deed.RUN, "runs", TODAY, count=9, actors=7)
            for key in runnable
            if dice.random() < _HALF
        ),
        row_counts=tuple(
            RowCount(f"{system}:{item.name}", "rows", Cohort(), number, *((TODAY, TODAY) if number else ()))
            for item, number in zip(catalog.objects, rows, strict=True)
        ),
    )


def _called(ground: Ground, key: str) -> bool:
    """Whether a custom field of the company's own is called dead or a candidate."""
    facts: Facts = ground.facts
    unused = facts.fact(key, "alive") is False or facts.fact(key, "review_candidate") is True
    return unused and not ground.unremovable(key, named=False)


def _remove(trial: Trial, key: str, leaving: frozenset[str], tally: Tally) -> None:
    catalog, tree = trial.named.catalog, trial.named.tree
    items = tuple(_removed(trial.ground, each) for each in sorted(leaving))
    removal = Removal(catalog.system, catalog.kind, items, catalog.location)
    edited = edit_salesforce(removal, catalog, tree)
    tally.gone += len(leaving)
    judge = Judge(trial.named, removing(removal, catalog, edited.goes), edited)
    for hit, before in judge.left():
        tally.mentions += 1
        why = judge.why(hit, before)
        tally.explained[why] += 1
        tally.told.append((why, f"{key}: {hit.base} in {hit.path}:{hit.line}"))
    blocked = {(item.path, item.line, item.subject) for item in edited.blockers}
    tally.reads += [f"{key}: {told}" for told in _reads(trial.ground, leaving, blocked)]


def _removed(ground: Ground, key: str) -> Removed:
    subject = parse_subject(key)
    name = f"{subject.name}.{subject.field}" if subject.field else subject.name
    kind = ground.component_kind(key) if ground.kind(key) is NodeKind.COMPONENT else str(ground.kind(key))
    path, line = ground.facts.place_of(key)
    return Removed(key, kind, name, Cause.CANDIDATE, "nothing uses it", path=path, line=line)


def _reads(
    ground: Ground, leaving: frozenset[str], blocked: Collection[tuple[str, int | None, str]]
) -> Iterator[str]:
    """Mentions classed as reads, by what stays and is alive or unknown; listed guesses about pages left out."""
    for key in sorted(leaving):
        for link in ground.mentions(key) if ground.kind(key) is not NodeKind.COMPONENT else ():
            reference, gone = link.reference, link.other in leaving
            if gone or reference.access is not Access.READS or ground.standing(link.other) is Standing.DEAD:
                continue
            guess = reference.certainty is Certainty.POSSIBLE and part_of(reference.component_kind) is Part.PAGE
            if not (guess and (reference.path, reference.line, key) in blocked):
                yield f"{key} is read by {link.other} ({reference.certainty}, {reference.path}:{reference.line})"


def main(arguments: Sequence[str]) -> int:
    """Print the table, its classes, and every counter-example; 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="+", metavar="NAME=LOCATION")
    parser.add_argument("--fields", type=int, default=100)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", choices=tuple(EXPLAINED), action="append", default=[], help="mentions to print")
    asked = parser.parse_args(arguments)
    heads = ("tree", "dead or candidates", "drawn", "dead of them", "kept", "things that go", "mentions left")
    print(f"| {' | '.join((*heads, 'not explained', 'reads'))} |")
    print("|---" * (len(heads) + 2) + "|")
    told: list[str] = []
    failed = False
    for each in asked.trees:
        name, _, location = each.partition("=")
        tally = tried(location, asked.fields, asked.seed)
        numbers = (tally.candidates, tally.drawn, tally.dead, tally.kept, tally.gone, tally.mentions)
        shown = " | ".join(f"{number:,}" for number in (*numbers, tally.explained[""], len(tally.reads)))
        print(f"| {name} | {shown} |", flush=True)
        classes = "; ".join(f"{why} {tally.explained[why]:,}" for why in EXPLAINED if tally.explained[why])
        counter = [line for why, line in tally.told if not why] + tally.reads
        failed = failed or bool(counter)
        asked_for = [f"{why}: {line}" for why, line in tally.told if why in asked.show]
        told += [f"{name}: {classes}", *(f"  {line}" for line in (*counter, *asked_for))]
    print("\n".join(told))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
