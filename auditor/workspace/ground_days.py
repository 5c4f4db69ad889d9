"""What the last audit found, as a check or a proposal of a later day needs it.

Graph and evidence are of any day; what was found of them is of the audit's. On another day it is found anew from
the pages of the ground, and what differs is kept, so that only the first check of the day pays for it.
"""

from __future__ import annotations

import marshal
from typing import cast

from auditor.facts.recorded import Record, is_of_settings, serves
from auditor.index.running import running_code
from auditor.judging import Inputs
from auditor.workspace.caches import RunCache
from auditor.workspace.grounding import KeptGround


def record_on_day(kept: KeptGround, inputs: Inputs, cache: RunCache) -> Record | None:
    """What is on record of a ground, on the day of the inputs; None where it was made under other settings.

    Raises:
        GroundLostError: a page of the ground is damaged.
    """
    if serves(inputs.settings, kept.record):
        return kept.record
    if not is_of_settings(inputs.settings, kept.record):
        return None
    from auditor.facts.catalogue import facts_of
    from auditor.facts.recorded_days import DayRecord, Differing, record_again

    key = b"record of a day " + running_code().encode() + kept.ground.mark
    told = cache.get([key]).get(key)
    if told is not None:
        # Signed with the user's own key, as everything in the cache is.
        known = DayRecord(kept.record, cast(Differing, marshal.loads(told)))  # noqa: S302
        if serves(inputs.settings, known):
            return known
    facts = facts_of(kept.graph, kept.evidence, inputs.settings, inputs.limits)
    found = record_again(facts, dict(kept.record))
    cache.put(key, marshal.dumps(found))
    return DayRecord(kept.record, found)
