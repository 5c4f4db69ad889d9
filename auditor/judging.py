"""What an audit and a check are made of, and the step that both share: every subject judged by every policy.

Nothing that only a report needs is imported here, since a hook judges at every commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.dataclasses import dataclass, field, replace
from auditor.facts.base import Facts, Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.limits import Limits, load_limits
from auditor.graph.nodes import NodeKind
from auditor.model.catalogue import Catalog
from auditor.model.findings import Finding
from auditor.model.observations import Evidence
from auditor.model.rollback import PlanRules
from auditor.model.values import DateRange, Value
from auditor.policy.evaluating import Tell, evaluate, silent
from auditor.policy.syntax import PolicySet
from auditor.policy.telling import fingerprint

if TYPE_CHECKING:
    from auditor.model.plans import ExportKind
    from auditor.policy.baselines import Entry, Traits
    from auditor.policy.waivers import Waiver
    from auditor.policy.waiving import Waived


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that one audit is made of.

    `settings` hold the day of the audit, what is declared complete and the editions of the platforms. `limits`
    None: those that ship with the packs.
    """

    catalogs: tuple[Catalog, ...]
    evidence: Evidence
    policies: PolicySet
    settings: Settings
    waivers: tuple[Waiver, ...] = ()
    limits: Limits | None = None
    company: str = ""
    exports: tuple[ExportKind, ...] = ()
    """Kinds of evidence that a company can get, easiest first."""
    baseline: tuple[Entry, ...] | None = None
    """The violations that stood when gating began; None: no baseline is kept."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Old names of subjects → new ones."""
    notices: tuple[str, ...] = ()
    """What every reader of the report must know about what it was judged by."""
    plan: PlanRules = field(default_factory=PlanRules)


def traits_of(facts: Facts, subject: str) -> Traits | None:
    """What a field is recognised by under another name; None where the graph has no such subject."""
    from auditor.policy.baselines import Traits

    kind = facts.graph.kind_of(subject)
    if kind is None:
        return None
    if kind is not NodeKind.FIELD:
        return Traits()
    label, type_, created = (facts.fact(subject, name) for name in ("label", "type", "created"))
    day = created.exact if isinstance(created, DateRange) else None
    return Traits(_told(label), _told(type_), day.isoformat() if day else "")


def _told(value: Value) -> str:
    return value if isinstance(value, str) else ""


def facts_for(inputs: Inputs) -> Facts:
    """The facts over one graph of all inputs: what `explain` asks, too."""
    from auditor.graph.build import build_graph

    graph = build_graph(inputs.catalogs, inputs.evidence)
    limits = load_limits() if inputs.limits is None else inputs.limits
    return facts_of(graph, inputs.evidence, inputs.settings, limits)


def judge(inputs: Inputs, facts: Facts, tell: Tell = silent) -> Waived:
    """All findings of a full audit, waivers applied."""
    from auditor.policy.waiving import apply_waivers

    as_of = inputs.settings.as_of
    evaluation = evaluate(inputs.policies, facts, as_of, tell)
    identified = tuple(identified_by(finding, facts) for finding in evaluation.findings)
    return apply_waivers(replace(evaluation, findings=identified), inputs.waivers, inputs.policies, as_of)


def identified_by(finding: Finding, facts: Facts) -> Finding:
    """The finding with its second fingerprint, where an export tells the platform's id of the subject."""
    ids = (each.platform_id for each in facts.evidence.definitions(finding.subject) if each.platform_id)
    known = next(ids, None)
    return finding if known is None else replace(finding, identity=fingerprint(finding.policy, known))
