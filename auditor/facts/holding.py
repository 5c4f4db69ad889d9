"""Of which subjects the evidence at hand tells: an export that told of them already settles nothing more."""

from __future__ import annotations

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.evidence_index import sees
from auditor.graph.nodes import NodeKind
from auditor.model.observations import Deed, Evidence, Window

_LOGGED = frozenset({Deed.READ, Deed.WRITTEN, Deed.RUN})


@dataclass(frozen=True, slots=True)
class Holding:
    """What one kind of evidence tells of: subjects that it names, and windows of logs, whose silence tells too."""

    named: frozenset[str]
    windows: tuple[Window, ...]
    names_fields: bool

    def tells_of(self, facts: Facts, subject: str) -> bool:
        """Whether it tells of a subject; counts by object tell of the object's fields."""
        owner = facts.graph.object_of(subject)
        if subject in self.named or (not self.names_fields and owner in self.named):
            return True
        return any(sees(window, subject, owner) for window in self.windows)


def held(facts: Facts, kind: str) -> Holding | None:
    """What evidence of a kind tells of; None where there is none, or all of it may have been cut."""
    return facts.once(("held", kind), lambda: _held(facts, kind))


def holds(facts: Facts, kind: str, subject: str) -> bool:
    """Whether evidence of a kind tells of a subject already."""
    holding = held(facts, kind)
    return holding is not None and holding.tells_of(facts, subject)


def _held(facts: Facts, kind: str) -> Holding | None:
    evidence = facts.evidence.evidence
    sources = frozenset(each.id for each in evidence.sources if each.format == kind and not each.truncated)
    if not sources:
        return None
    named = _named(evidence, sources)
    windows = tuple(each for each in evidence.windows if each.source in sources and each.deed in _LOGGED)
    names_fields = any(facts.graph.kind_of(each) is NodeKind.FIELD for each in named)
    return Holding(named, windows, names_fields)


def _named(evidence: Evidence, sources: frozenset[str]) -> frozenset[str]:
    found = {each.subject for each in evidence.observations if each.source in sources}
    found |= {each.subject for each in evidence.definitions if each.source in sources}
    found |= {each.subject for each in evidence.readership if each.source in sources}
    found |= {each.field for each in evidence.fills if each.source in sources}
    found |= {each.field for each in evidence.profiles if each.source in sources}
    return frozenset(found | {each.object for each in evidence.row_counts if each.source in sources})
