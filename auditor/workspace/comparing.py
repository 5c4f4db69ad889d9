"""Two states of a company judged against each other: how the score of the one became that of the other.

A score moves for four reasons, and a report of the past cannot tell them apart: the law may be another, evidence
may have come or gone, it has aged, and the system itself has changed. So the earlier state is read again and its
parts are exchanged one by one for those of today; what the score does at each step is that part's share.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from auditor.auditing import score_of
from auditor.config.values import Config
from auditor.dataclasses import dataclass, replace
from auditor.errors import ConfigurationError
from auditor.facts.base import Facts
from auditor.judging import Inputs, facts_for, judge
from auditor.model.catalogue import Catalog
from auditor.model.findings import Finding
from auditor.model.names import field_key, object_key
from auditor.model.observations import Evidence
from auditor.model.scorecards import Scorecard, ScoreChange, ScorePart
from auditor.policy.evaluating import Evaluation
from auditor.workspace.catalogs import Progress
from auditor.workspace.inputs import gather_inputs


def score_change(before: Inputs, now: Inputs, card: Scorecard) -> ScoreChange | None:
    """How the score of an earlier state became `card`, that of today; None where one of them has no charter.

    The parts add up to the whole difference. They are taken in this order: the law first, so that all else is told
    by the law of today, and the system last, so that its share is told by the evidence of today.
    """
    if before.settings.charter is None or now.settings.charter is None:
        return None
    law = _lawful(before, now)
    aged = _judged(replace(law, settings=now.settings))
    scores = [_judged(before).score, _judged(law).score, aged.score, _informed(aged, now), card]
    points = [each.score.point for each in scores]
    steps = zip(CAUSES, pairwise(points), strict=True)
    parts = tuple(ScorePart(cause, after - then) for cause, (then, after) in steps)
    return ScoreChange(before.settings.as_of, scores[0].score, parts)


CAUSES = ("policy", "time", "evidence", "schema")


@dataclass(frozen=True, slots=True)
class _Judged:
    """One state, judged and scored."""

    inputs: Inputs
    facts: Facts
    evaluation: Evaluation
    score: Scorecard


def _judged(inputs: Inputs) -> _Judged:
    facts = facts_for(inputs)
    evaluation = judge(inputs, facts).evaluation
    return _Judged(inputs, facts, evaluation, _scored(inputs, facts, evaluation))


def _scored(inputs: Inputs, facts: Facts, evaluation: Evaluation) -> Scorecard:
    card = score_of(inputs, facts, evaluation)
    assert card is not None, "a state with a charter has a score"
    return card


def earlier_inputs(config: Config, as_of: date | None, today: date, progress: Progress) -> Inputs:
    """An earlier state, read again; as of the newest day of its evidence where no day is given.

    Raises:
        ConfigurationError: it is wrong, or neither a day nor dated evidence says when it was.
    """
    inputs = gather_inputs(config, as_of or today, progress)
    if as_of is not None:
        return inputs
    newest = max((each.as_of for each in inputs.evidence.sources if each.as_of is not None), default=None)
    if newest is None:
        raise ConfigurationError([f"{config.path}: no evidence dates this state; say --before-as-of DAY"])
    return gather_inputs(config, min(newest, today), progress)


def _lawful(before: Inputs, now: Inputs) -> Inputs:
    """The earlier state under the policies, the charter and the declarations of today, on its own day."""
    settings = replace(now.settings, as_of=before.settings.as_of)
    return replace(before, policies=now.policies, settings=settings, waivers=now.waivers, limits=now.limits)


def _informed(aged: _Judged, now: Inputs) -> Scorecard:
    """The earlier system by the evidence of today.

    Registers of today list what came since, and no more what went. What came is left out of them, since it is a
    change of the system; of what went the findings stand as they were: the evidence of today is silent on it.
    """
    old, new = _defined(aged.inputs.catalogs), _defined(now.catalogs)
    inputs = replace(aged.inputs, evidence=_without(now.evidence, new - old))
    informed = _judged(inputs)
    gone = old - new
    kept = [finding for finding in aged.evaluation.findings if finding.subject in gone]
    told: list[Finding] = [*(each for each in informed.evaluation.findings if each.subject not in gone), *kept]
    return _scored(inputs, informed.facts, replace(informed.evaluation, findings=tuple(told)))


def _defined(catalogs: tuple[Catalog, ...]) -> frozenset[str]:
    """Objects and fields that the sources of a state define."""
    objects = ((catalog.system, each) for catalog in catalogs for each in catalog.objects)
    return frozenset(
        key
        for system, each in objects
        for key in (object_key(system, each.name), *(field_key(system, each.name, f.name) for f in each.fields))
    )


def _without(evidence: Evidence, subjects: frozenset[str]) -> Evidence:
    return replace(
        evidence,
        definitions=tuple(each for each in evidence.definitions if each.subject not in subjects),
        inventory=tuple(each for each in evidence.inventory if each.subject not in subjects),
        growth=tuple(each for each in evidence.growth if each.subject not in subjects),
        fills=tuple(each for each in evidence.fills if each.field not in subjects),
        profiles=tuple(each for each in evidence.profiles if each.field not in subjects),
        observations=tuple(each for each in evidence.observations if each.subject not in subjects),
    )
