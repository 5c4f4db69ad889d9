"""Ways of reading a field that nobody watched: each keeps it possible, and is the weakest support there is."""

from __future__ import annotations

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.channels import Watch, read_watch, settling
from auditor.facts.kinds import unread_kinds
from auditor.facts.liveness.usage import silent
from auditor.graph.nodes import FieldNode, KnownBy
from auditor.model.liveness import Showing
from auditor.model.references import Access

_READING = (Access.READS,)
_VIEWING = (Access.READS, Access.SHOWS)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Why silence about a field is no answer: clauses, and the evidence kinds that would settle them."""

    reasons: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()


NO_GAPS = Gaps()


def gaps_of(facts: Facts, node: FieldNode) -> Gaps:
    """What could read a field without anybody having watched; equal answers are one value."""
    watch = None if unreadable(facts, node) else read_watch(facts, node)
    hidden = node.known_by is KnownBy.EVIDENCE and node.value.custom is not False
    known = facts.once(("gaps", node.system), dict[tuple[Watch | None, bool], Gaps])
    found = known.get((watch, hidden))
    if found is None:
        found = known[watch, hidden] = _gaps(facts, node.system, watch, hidden)
    return found


def _gaps(facts: Facts, system: str, watch: Watch | None, hidden: bool) -> Gaps:
    """`watch`: what was watched of its reads, None where nobody may read it; `hidden`: no repository knows it."""
    reasons = [] if watch is None else _unwatched(facts, watch)
    if hidden:
        reasons.append("the repository does not know it, so nothing that was read could mention it")
    reasons += _unread(facts, system)
    settled = () if watch is None else settling(facts, system, watch)
    return Gaps(tuple(reasons), settled) if reasons else NO_GAPS


def unreadable(facts: Facts, node: FieldNode) -> bool:
    """Whether no active user, person or integration, may read the field, by complete permissions."""
    told = facts.evidence.readership(node.key)
    return told is not None and told.readable_by == 0


def _unwatched(facts: Facts, watch: Watch) -> list[str]:
    if watch.unwatched:
        return [f"reads by {each.words} were not watched" for each in watch.unwatched]
    if watch.span is None:
        return ["the ways of reading were not watched at the same time"]
    if silent(facts, watch.span.since, watch.span.until):
        return []
    since = f"from {watch.span.since} " if watch.span.since else ""
    return [f"reads were watched {since}to {watch.span.until} only"]


def _unread(facts: Facts, system: str) -> list[str]:
    if "salesforce" not in facts.graph.system(system).source_kinds:
        # Here one way of reading stands for all; where it was watched in full, nothing is left unread.
        return []
    ignored = facts.settings.showing is Showing.IGNORED
    kinds = unread_kinds(facts, system, _READING if ignored else _VIEWING)
    return [f"no {kind.replace('_', ' ')} was read" for kind in kinds]
