"""Ways that facts and relations declare are made of steps and looks that a check knows."""

from __future__ import annotations

from auditor.facts.catalogue import vocabulary
from auditor.gate.sights import STEPS
from auditor.policy.reach import ANSWER, BEING, CONCEPT, DEFINITION, WHICH, sight_of


def test_every_declared_way_can_be_gone_back() -> None:
    known = vocabulary()
    reaches = [*(spec.reach for spec in known.facts), *(spec.reach for spec in known.relations)]
    ways = {way for reach in reaches for way in reach.ways or ()}
    sights = [sight_of(way) for way in ways]

    assert {step for sight in sights for step in sight.steps} - set(STEPS) == set()
    assert {sight.look for sight in sights} - {DEFINITION, BEING, WHICH, CONCEPT, ANSWER} == set()
