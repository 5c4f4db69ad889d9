"""What logs say of each integration: its calls, what they touched, and who watched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.dataclasses import dataclass, field
from auditor.facts.base import Facts
from auditor.facts.spans import Span, last_stretch
from auditor.graph.nodes import IntegrationNode, KnownBy, NodeKind
from auditor.model.integrations import CALLERS, DECLARED
from auditor.model.observations import Deed, Observation

CALLS = "calls of"
"""Under which the calls of an integration are kept."""
_READING = frozenset({Deed.READ})
_WRITING = frozenset({Deed.WRITTEN, Deed.TOUCHED})


@dataclass(slots=True)
class Calls:
    """What one integration was seen doing. `counts` are calls by object, by source."""

    first: date | None = None
    last: date | None = None
    counts: dict[str, int] = field(default_factory=dict)
    objects: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    reads: bool = False
    writes: bool = False

    @property
    def seen(self) -> bool:
        """Whether any call is on record."""
        return bool(self.sources)

    @property
    def count(self) -> int | None:
        """Calls by object as the fullest source counts them; None where none counts."""
        return max(self.counts.values(), default=None)

    def add(self, seen: Observation, owner: str, of_field: bool) -> None:
        """Enter one observation; `owner` is the object that it is of, empty where it is of none."""
        self.sources.add(seen.source)
        self.first = min((day for day in (self.first, seen.first, seen.last) if day), default=None)
        self.last = max((day for day in (self.last, seen.last) if day), default=None)
        if seen.deed is Deed.CALLED and seen.count is not None:
            self.counts[seen.source] = self.counts.get(seen.source, 0) + seen.count
        self.reads |= seen.deed in _READING
        self.writes |= seen.deed in _WRITING
        if owner:
            self.objects.add(owner)
        if of_field and not seen.possible:
            self.fields.add(seen.subject)


def callers(facts: Facts, system: str) -> Sequence[IntegrationNode]:
    """Integrations of a system that sign in and call, sorted."""
    keys = facts.graph.keys(NodeKind.INTEGRATION)
    nodes = (facts.graph.integration(key) for key in keys)
    return [node for node in nodes if node.system == system and node.value.kind in CALLERS]


def can_call(node: IntegrationNode) -> bool:
    """Whether a log of calls could show it: what is only called from the system is in no such log."""
    return node.value.kind in CALLERS and node.value.direction != "out"


def calls_of(facts: Facts, node: IntegrationNode) -> Calls:
    """What was seen of one integration."""
    return facts.once((CALLS, node.key), lambda: _all_calls(facts).get(node.key, Calls()))


def _all_calls(facts: Facts) -> dict[str, Calls]:
    return facts.once(("all calls", ""), lambda: _calls(facts))


def calls_watched(facts: Facts, system: str) -> Span | None:
    """From when to when every call of every client was watched; a log of queries alone is not enough."""
    return last_stretch(facts.evidence.windows(system, Deed.CALLED))


def registered(facts: Facts, system: str) -> bool:
    """Whether something that was read could name a client: connected apps, or the company's own register."""
    if facts.graph.reads_channel(system, "connected_app") or facts.settings.is_complete(system, "connected_app"):
        return True
    return any(node.value.register or node.value.kind == DECLARED for node in callers(facts, system))


def declared(node: IntegrationNode) -> bool:
    """Whether metadata or a register names it."""
    return node.known_by is KnownBy.CATALOGUE


def _calls(facts: Facts) -> dict[str, Calls]:
    known = {via: key for key in facts.graph.keys(NodeKind.INTEGRATION) for via in facts.graph.clients_of(key)}
    found: dict[str, Calls] = {}
    for each in facts.evidence.evidence.observations:
        key = known.get(each.via) if each.via is not None else None
        if key is not None:
            found.setdefault(key, Calls()).add(each, *_data(facts, each.subject))
    return found


def _data(facts: Facts, subject: str) -> tuple[str, bool]:
    """The object that a subject is or belongs to (empty for a component), and whether it is a field."""
    kind = facts.graph.kind_of(subject)
    if kind is NodeKind.FIELD:
        return facts.graph.field(subject).object_key, True
    return (subject, False) if kind is NodeKind.OBJECT else ("", False)
