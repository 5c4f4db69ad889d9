"""The main job: everything that was read in, an audit's result out. Pure; reads and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from auditor.dataclasses import replace
from auditor.facts.base import Facts
from auditor.facts.carriage import carriages
from auditor.facts.coverage import INVENTORY, OBJECTS, coverage, inventory, objects, undated, unread
from auditor.facts.fitness import fitness
from auditor.facts.growth import growth_of
from auditor.facts.holding import holds
from auditor.facts.integrations import integrations
from auditor.facts.liveness.review import liveness_report
from auditor.facts.outside import outside_rows
from auditor.facts.purposes import purposes
from auditor.facts.standoff import drift_coverage, drift_rows
from auditor.graph.nodes import NodeKind
from auditor.graph.summary import points_of, summarise
from auditor.judging import Inputs, facts_for, judge, traits_of
from auditor.model.catalogue import Role, Skipped
from auditor.model.findings import Finding
from auditor.model.results import AuditResult, Growth, PolicyTally
from auditor.model.rollback import RollbackPlan
from auditor.model.scorecards import Scorecard
from auditor.planning.planning import Asked, Judged, Try, plan, untried
from auditor.planning.selecting import Selection
from auditor.policy.baselining import compare
from auditor.policy.evaluating import Evaluation, Tally, Tell, silent
from auditor.policy.gaps import evidence_gaps
from auditor.ranking import first_page
from auditor.scoring import scorecard


def audit(inputs: Inputs, tell: Tell = silent, facts: Facts | None = None) -> AuditResult:
    """Judge everything by every policy and gather what a report needs; `tell` is told how far the judging is.

    `facts` are those of the inputs, where the caller goes on with them.

    Raises:
        ConfigurationError: the limits that ship with the packs cannot be read.
    """
    facts = facts_for(inputs) if facts is None else facts
    waived = judge(inputs, facts, tell)
    notices = [*inputs.notices, *waived.problems, *waived.warnings]
    if inputs.baseline is not None:
        policies = inputs.policies.policies
        compared = compare(
            waived.evaluation.findings, inputs.baseline, policies, inputs.moved, partial(traits_of, facts)
        )
        waived = replace(waived, evaluation=replace(waived.evaluation, findings=compared.findings))
        notices.append(compared.sentence)
    return _result(inputs, facts, waived.evaluation, notices)


def _result(inputs: Inputs, facts: Facts, evaluation: Evaluation, notices: Sequence[str]) -> AuditResult:
    findings = evaluation.findings
    exports = {kind.id: kind for kind in inputs.exports}
    gaps = evidence_gaps(findings, partial(holds, facts))
    infos = {tally.policy.id: tally.policy for tally in evaluation.tallies}
    return AuditResult(
        as_of=inputs.settings.as_of,
        systems=summarise(facts.graph, inputs.catalogs),
        findings=findings,
        tallies=tuple(_tally(each) for each in evaluation.tallies),
        growth=_growth(facts),
        coverage=tuple(
            replace(row, says=exports[row.format].says if row.format in exports else "") for row in coverage(facts)
        ),
        unread=unread(facts),
        cards=first_page(findings, infos, gaps, exports, facts),
        gaps=gaps,
        skipped=_skipped(inputs),
        assumptions=tuple(sorted(inputs.settings.complete)),
        notices=tuple(notices),
        inventory_facts=INVENTORY,
        inventory=inventory(facts),
        object_facts=OBJECTS,
        objects=objects(facts),
        facts=_told_facts(findings),
        integration_points=points_of(facts.graph),
        drift=drift_rows(facts),
        drift_coverage=drift_coverage(facts),
        fitness=fitness(facts),
        purposes=purposes(facts),
        carriages=carriages(facts),
        liveness=liveness_report(facts),
        integrations=integrations(facts),
        outside_readers=outside_rows(facts),
        company=inputs.company,
        policies_digest=inputs.policies.digest,
        disabled=inputs.policies.disabled,
        score=score_of(inputs, facts, evaluation),
        plan=planned(inputs, facts, evaluation),
    )


def planned(
    inputs: Inputs,
    facts: Facts,
    evaluation: Evaluation,
    selection: Selection | None = None,
    carry_out: Try = untried,
) -> RollbackPlan:
    """The roll-back plan for what was found, or for a selection of it; with a proof where `carry_out` gives one.

    Raises:
        ConfigurationError: the data that ship with the packs cannot be read.
    """
    asked = Asked(
        inputs.settings.as_of,
        selection or Selection(),
        inputs.plan,
        assumptions=tuple(sorted(inputs.settings.complete)),
    )
    infos = [tally.policy for tally in evaluation.tallies]
    return plan(Judged(facts, inputs.catalogs, evaluation.findings, infos), asked, carry_out)


def _growth(facts: Facts) -> tuple[Growth, ...]:
    systems = [each for each in facts.graph.systems() if each.role is Role.CRM]
    told = (Growth(each.system, growth_of(facts, each.key)) for each in systems)
    return tuple(undated(facts, growth) for growth in told if growth.rows)


def _skipped(inputs: Inputs) -> tuple[Skipped, ...]:
    lines = {line for catalog in inputs.catalogs for line in catalog.skipped} | set(inputs.evidence.skipped)
    return tuple(sorted(lines, key=lambda line: (line.path, line.line or 0, line.reason)))


def _told_facts(findings: Iterable[Finding]) -> dict[str, dict[str, str]]:
    """Everything that findings rest on, once for each subject, sorted."""
    told: dict[str, dict[str, str]] = {}
    for finding in findings:
        for datum in finding.evidence:
            told.setdefault(datum.subject or finding.subject, {})[datum.fact] = datum.value
    return {subject: dict(sorted(told[subject].items())) for subject in sorted(told)}


def _tally(tally: Tally) -> PolicyTally:
    return PolicyTally(
        tally.policy, tally.violation, tally.unknown, tally.passed, tally.not_applicable, tally.waived
    )


def score_of(inputs: Inputs, facts: Facts, evaluation: Evaluation) -> Scorecard | None:
    """The score against the budgets of the charter; none without one."""
    charter = inputs.settings.charter
    if charter is None:
        return None
    return scorecard(
        evaluation.findings,
        [_tally(each) for each in evaluation.tallies],
        charter,
        partial(_crm_object, facts),
    )


def _crm_object(facts: Facts, subject: str) -> str | None:
    """The name of the CRM object that a subject is or belongs to."""
    key = subject if facts.graph.kind_of(subject) is NodeKind.OBJECT else facts.graph.object_of(subject)
    if key is None:
        return None
    node = facts.graph.object(key)
    return node.value.name if facts.graph.system(node.system).role is Role.CRM else None
