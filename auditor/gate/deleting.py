"""A field that a change deletes and something still mentions: said as what it is, where it is mentioned."""

from __future__ import annotations

from auditor.dataclasses import replace
from auditor.facts.base import Facts
from auditor.graph.nodes import Link, NodeKind
from auditor.graph.schema import SchemaGraph
from auditor.model.findings import Finding, Witness
from auditor.model.references import Certainty

_LISTED = 3
_MOST = 20


def as_deleted(finding: Finding, before: Facts, after: Facts) -> Finding:
    """A finding about what the change left undefined, with who still mentions it; any other as it is."""
    key = finding.subject
    if not (_defined(before.graph, key) and _mentioned_only(after.graph, key)):
        return finding
    links = _by_place(after.graph, key)
    if not links:
        return finding
    names = list(dict.fromkeys(link.other for link in links))
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    witnesses = {Witness(each.other, "mentioned_by", each.reference.path, each.reference.line) for each in links}
    return replace(
        finding,
        message=f"Deleted by this change and still mentioned by {', '.join(names[:_LISTED])}{more}",
        witnesses=tuple(sorted(witnesses, key=_order)[:_MOST]),
        path=links[0].reference.path,
        line=links[0].reference.line,
    )


def _defined(graph: SchemaGraph, key: str) -> bool:
    kind = graph.kind_of(key)
    if kind is NodeKind.FIELD:
        return not graph.field(key).implied
    return kind is NodeKind.OBJECT and not graph.object(key).implied


def _mentioned_only(graph: SchemaGraph, key: str) -> bool:
    return graph.kind_of(key) in (NodeKind.FIELD, NodeKind.OBJECT) and not _defined(graph, key)


def _by_place(graph: SchemaGraph, key: str) -> list[Link]:
    """Sure mentions, those that do something with it before those that only grant, list or translate."""
    sure = [each for each in graph.references_to(key) if each.reference.certainty is Certainty.CERTAIN]
    return sorted(
        sure,
        key=lambda each: (each.reference.access.weak, each.reference.path, each.reference.line or 0, each.other),
    )


def _order(witness: Witness) -> tuple[str, int, str]:
    return witness.path, witness.line or 0, witness.subject
