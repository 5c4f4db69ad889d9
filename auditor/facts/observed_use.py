"""How often each field was read on record: what weighs in the smallest core. Nothing unseen is weighed."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.channels import channel_of
from auditor.facts.liveness.usage import recent
from auditor.facts.runs import RUNNABLE
from auditor.graph.nodes import FieldNode, NodeKind
from auditor.model.observations import Deed, Observation


@dataclass(frozen=True, slots=True)
class Uses:
    """Recorded reads of one field; `counted` False where some were dated and not counted.

    `readers`: reports, lists, mails and callers through which it was read, a nameless one for each channel.
    """

    count: int
    counted: bool
    readers: int

    def __add__(self, other: Uses) -> Uses:
        """Both together: the reads of a thing that has two names."""
        return Uses(self.count + other.count, self.counted and other.counted, self.readers + other.readers)


UNUSED = Uses(0, True, 0)


def observed_uses(facts: Facts, node: FieldNode) -> Uses:
    """Reads of a field on record, where the last of them still counts as use.

    Sources of one channel see the same reads: the fullest of each counts, and the channels add up. A read that
    was dated through a component counts as often as that is on record to have run; one that was dated and never
    counted is one.
    """
    by_channel: dict[str, list[Observation]] = {}
    for each in facts.evidence.observations(node.key, Deed.READ):
        if not each.possible and recent(facts, each.last):
            by_channel.setdefault(channel_of(facts, node.system, each), []).append(each)
    if not by_channel:
        return UNUSED
    return sum((_of_channel(facts, seen) for seen in by_channel.values()), UNUSED)


def _of_channel(facts: Facts, seen: Sequence[Observation]) -> Uses:
    through = {each.via for each in seen if each.via is not None}
    readers = max(1, len(through))
    per_source: dict[str, int] = {}
    for each in seen:
        if each.count:
            per_source[each.source] = per_source.get(each.source, 0) + each.count
    if per_source:
        return Uses(max(per_source.values()), True, readers)
    runs = [_runs(facts, via) for via in through]
    if not runs:
        return Uses(1, False, readers)
    return Uses(sum(count or 1 for count in runs), all(runs), readers)


def _runs(facts: Facts, key: str) -> int:
    """How often a component is on record to have run; 0 where nothing counts it."""
    if facts.graph.kind_of(key) is not NodeKind.COMPONENT or facts.graph.component(key).value.kind not in RUNNABLE:
        return 0
    count = facts.fact(key, "run_count")
    return count if isinstance(count, int) else 0
