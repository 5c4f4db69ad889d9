"""What `auditor policy` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from auditor.model.findings import PolicyInfo
from auditor.model.vocabulary import FactSpec, RelationSpec, Vocabulary
from auditor.report.terminal import printable


def policies_text(policies: Sequence[PolicyInfo], disabled: Sequence[str]) -> str:
    """One line a policy: id, severity, title and where it comes from."""
    width = max((len(info.id) for info in policies), default=0)
    lines = [f"{info.id:<{width}}  {info.severity:<8}  {info.title}  ({info.origin})" for info in policies]
    lines += [f"{name:<{width}}  disabled" for name in disabled]
    return "\n".join(printable(line) for line in [*lines, f"{len(policies)} policies in force"]) + "\n"


def policies_json(policies: Sequence[PolicyInfo], disabled: Sequence[str]) -> str:
    """The policies in force as one JSON document."""
    rows = [
        {
            "id": info.id,
            "title": info.title,
            "severity": str(info.severity),
            "pillar": info.pillar,
            "why": info.why,
            "fix": info.fix,
            "owner": info.owner,
            "effort": info.effort,
            "origin": info.origin,
        }
        for info in policies
    ]
    return json.dumps({"policies": rows, "disabled": disabled}, ensure_ascii=False, indent=1) + "\n"


def policy_text(info: PolicyInfo, source: str) -> str:
    """One policy for people: what it asks, why, what to do, and its text as it was written."""
    rows = [
        (info.id, f"{info.title}  [{info.severity}, {info.pillar}]"),
        ("why", info.why),
        ("do", info.fix),
        ("effort", info.effort),
        ("owner", info.owner),
        ("from", info.origin),
    ]
    told = "\n".join(printable(f"{name:<8}{text}") for name, text in rows[1:] if text)
    return f"{printable(f'{rows[0][0]}: {rows[0][1]}')}\n{told}\n\n{source}"


def vocabulary_text(words: Vocabulary, wanted: Iterable[str]) -> str:
    """Facts and relations with their kinds, types and sentences; only those whose name holds a wanted text."""
    sought = tuple(wanted)
    entries = [*map(_fact_lines, words.facts), *map(_relation_lines, words.relations)]
    chosen = [lines for name, lines in entries if not sought or any(text in name for text in sought)]
    return "\n".join(chosen) + "\n" if chosen else ""


def _fact_lines(spec: FactSpec) -> tuple[str, str]:
    values = f" ({', '.join(spec.values)})" if spec.values else ""
    lines = [f"{spec.name}: {spec.type}{values}, of {', '.join(sorted(spec.kinds))}", f"    {spec.sentence}"]
    if spec.unknown_when:
        settled = f"; settled by {', '.join(spec.settled_by)}" if spec.settled_by else ""
        lines.append(f"    unknown: {spec.unknown_when}{settled}")
    return spec.name, "\n".join(lines)


def _relation_lines(spec: RelationSpec) -> tuple[str, str]:
    edge = f"; edge: {', '.join(fact.name for fact in spec.edge)}" if spec.edge else ""
    head = f"{spec.name}: relation from {', '.join(sorted(spec.kinds))} to {', '.join(sorted(spec.to))}{edge}"
    return spec.name, f"{head}\n    {spec.sentence}"
