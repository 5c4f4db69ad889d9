"""Facts over a graph whose last audit is on record, before a change and after it.

What needs the whole graph (what lives, which budget is spent, what logs saw of an integration) is put down at the
audit, in pieces that are read one by one. Before a change the facts answer from there; after it they answer from
there too, but for the cone that the change alters, which is worked out anew. Every answer is the one that a full
audit would give: where the record cannot serve (`Change.slow`), everything is worked out, at the cost of an audit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from auditor.dataclasses import dataclass, replace
from auditor.digests import blake2b
from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.evidence_index import EvidenceIndex
from auditor.facts.limits import Limits
from auditor.facts.recorded_answers import assume_recorded, packed_answers
from auditor.facts.recorded_change import take_over
from auditor.graph.schema import SchemaGraph
from auditor.model.observations import Evidence

NEEDS_WHOLE_GRAPH = frozenset({"retained", "retains", "blast_radius", "would_break"})
"""Facts and relations that may change anywhere after any change: whoever asks for them asks all subjects anew."""
_HEADER, _DAYS = "header", "days"
_FORM = "2"
"""How the pieces are laid out."""


class Record(Protocol):
    """What an audit left, piece by piece."""

    def get(self, name: str, /) -> bytes | None:
        """One piece; None where there is none."""


@dataclass(frozen=True, slots=True)
class Change:
    """The facts after a change."""

    facts: Facts
    changed: frozenset[str] | None
    """Subjects of which a fact of liveness or scope that needs the whole graph may differ: all that do are among
    them, but for `NEEDS_WHOLE_GRAPH` and what follows from matching. Subjects that are gone or new are, too.
    None: any may."""
    slow: str = ""
    """Why everything had to be worked out anew; empty where the record served."""


def record(facts: Facts) -> dict[str, bytes]:
    """What an audit leaves of its answers, for `recorded_facts` to find again."""
    settings = facts.settings
    header = {_HEADER: _digest(settings), _DAYS: _days(settings.as_of, settings.as_of)}
    return {**header, **dict(packed_answers(facts))}


def recorded_facts(
    graph: SchemaGraph,
    evidence: Evidence | EvidenceIndex,
    settings: Settings,
    limits: Limits | None,
    pieces: Record,
) -> Facts:
    """The facts of a graph that an audit was recorded of.

    The record serves where it was made under equal settings and holds on their day; that graph, evidence and code
    are the same is for the caller to see to. Else the facts work out what they are asked.
    """
    facts = facts_of(graph, evidence, settings, limits)
    if serves(settings, pieces):
        assume_recorded(facts, pieces.get)
    return facts


def after_change(
    before: Facts, graph: SchemaGraph, touched: Iterable[str], evidence: Evidence | EvidenceIndex | None = None
) -> Change:
    """The facts of the graph after a change, and whose answers may differ.

    `graph` is the one of `before` with a change laid over it; `touched` names at least every node of either that
    the other has not, or has otherwise, and every end of a mention or call that only one of them has
    (graph/touching.py). `evidence` None: the same as before; else `touched` names also every subject of which the
    other evidence tells otherwise.
    """
    after = before.over(graph, evidence)
    changed, slow = take_over(before, after, frozenset(touched))
    return Change(after if changed is not None else before.over(graph, evidence), changed, slow)


def serves(settings: Settings, pieces: Record) -> bool:
    """Whether a record was made under equal settings, and holds on their day."""
    told = pieces.get(_DAYS)
    if told is None or not is_of_settings(settings, pieces):
        return False
    first, last = told.decode().split(" ")
    return first <= settings.as_of.isoformat() <= last


def is_of_settings(settings: Settings, pieces: Record) -> bool:
    """Whether a record was made under equal settings, of whatever day."""
    return pieces.get(_HEADER) == _digest(settings)


def _days(first: date, last: date) -> bytes:
    """The days on which a record holds; years are four digits, so that texts compare as days do."""
    return f"{first.isoformat()} {last.isoformat()}".encode()


def _digest(settings: Settings) -> bytes:
    """Equal for equal settings, in whatever order their sets are and on whatever day."""
    # What was said of requests is asked of themselves alone: nothing that is on record follows from it.
    plain = replace(settings, as_of=date.min, complete=frozenset(), pipelines=frozenset(), requests={})
    told = (_FORM, repr(plain), sorted(settings.complete), sorted(settings.pipelines))
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()
