"""The vocabulary as a page of documentation: `python -m auditor.facts.reference > docs/reference/facts.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from auditor.facts.catalogue import vocabulary
from auditor.model.vocabulary import FactSpec, Reach, RelationSpec, Vocabulary

_FAMILIES = (
    ("identity", "What a thing is, and what people declared about it."),
    ("documentation", "Whether people can tell what it is for."),
    ("structure", "How things hang together, how much there is of them, and how near the limits are."),
    ("references", "Who mentions what. A mention is no use."),
    ("usage", "What people and machines observably do, and how far that was watched."),
    ("growth", "How the number of custom fields changes."),
    ("requests", "What was said of it when it was asked for, and what says the same already (`auditor propose`)."),
    ("drift", "What only the repository or only the live organisation has, and who changed it past the pipeline."),
    ("evidence", "How far each usage source can be trusted."),
    ("liveness", "Whether anything in use depends on it. Unknown for everything in this version."),
    ("scope", "What it is for the business. Unknown for everything in this version."),
    ("duplicates", "What it repeats of another system. Unknown for everything in this version."),
)
_KINDS = ("system", "object", "field", "component", "integration", "source")
_OPENING = """# Facts and relations

<!-- Generated from the vocabulary: python -m auditor.facts.reference > docs/reference/facts.md -->

The words that policies may use. Each value is known, *absent* (it cannot apply, or nobody wrote one, and that is
known)
or *unknown* (the evidence at hand cannot say; it names why, and the evidence that would settle it).

- A **date** is an interval, not before one day and not after another, or *never* in what was watched.
- A **count** over things that were not all read is an interval too.
- *Never* and *nothing* are said only where every way in which it could have happened was watched. What the company
  vouches for stands under `complete:` in `auditor.yaml`: a component kind (`flow`, `apex_class`), a way of reading
  (`report`, `list_view`, `api`, `email_template`) or `repository` for all component kinds, each with `system:`
  before it where only one system is meant. Every report prints these assumptions.
- Evidence counts as reaching the day of the audit while it ended no more than 31 days before it.
- **Reach** says how many hops of the graph the answer looks; `global` is the whole graph.
"""


def reference(words: Vocabulary | None = None) -> str:
    """The page as Markdown."""
    told = words if words is not None else vocabulary()
    parts = [_OPENING]
    for family, sentence in _FAMILIES:
        facts = [each for each in told.facts if each.family == family]
        relations = [each for each in told.relations if each.family == family]
        parts.append(_section(family, sentence, facts, relations))
    return "\n".join(parts)


def _section(family: str, sentence: str, facts: Iterable[FactSpec], relations: Iterable[RelationSpec]) -> str:
    lines = [f"## {family.capitalize()}", "", sentence, ""]
    rows = [_fact_row(each) for each in facts]
    if rows:
        lines += [
            "| fact | of | type | meaning | unknown when | absent when | reach |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [*rows, ""]
    ways = [_relation_row(each) for each in relations]
    if ways:
        lines += [
            "| relation | from | to | meaning | of the edge | incomplete when |",
            "|---|---|---|---|---|---|",
        ]
        lines += [*ways, ""]
    return "\n".join(lines)


def _fact_row(spec: FactSpec) -> str:
    kind = str(spec.type) + (f", {spec.unit}" if spec.unit else "")
    if spec.values:
        kind += ": " + ", ".join(f"`{value}`" for value in spec.values)
    unknown = spec.unknown_when
    if spec.settled_by:
        unknown += "; settled by " + ", ".join(f"`{kind}`" for kind in spec.settled_by)
    cells = (f"`{spec.name}`", _of(spec.kinds), kind, spec.sentence, unknown, spec.absent_when, _reach(spec.reach))
    return _row(cells)


def _relation_row(spec: RelationSpec) -> str:
    edge = ", ".join(f"`{each.name}`" for each in spec.edge)
    return _row((f"`{spec.name}`", _of(spec.kinds), _of(spec.to), spec.sentence, edge, spec.unknown_when))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.strip("; ").replace("|", "\\|") or "–" for cell in cells) + " |"


def _of(kinds: frozenset[str]) -> str:
    return ", ".join(kind for kind in _KINDS if kind in kinds)


def _reach(reach: Reach) -> str:
    return "global" if reach.hops is None else str(reach.hops)


if __name__ == "__main__":
    sys.stdout.write(reference())
