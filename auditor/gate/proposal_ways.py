"""Ways to what a proposal is for: the field that does it, the system that keeps it, the form to show it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.found_matches import finder
from auditor.graph.nodes import NodeKind
from auditor.model.findings import Datum
from auditor.model.matches import Match
from auditor.model.names import field_key, object_key
from auditor.model.proposals import Alternative, Proposal, Way
from auditor.model.values import ABSENT, Unknown
from auditor.model.vocabulary import FactSpec
from auditor.policy.phrases import value_text
from auditor.policy.syntax import Policy

KNOWN = ("fill_rate", "last_read", "readable_by", "owner")
"""What is said of a field that does it already, as far as it is known."""
_MOST = 3
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """What ways are found by: the facts over the graph with the proposals, and what facts are."""

    facts: Facts
    specs: dict[str, FactSpec]
    proposed: frozenset[str]
    """Printed names of everything that is asked for."""


def ways_of(case: Case, policy: Policy, subject: str, proposal: Proposal) -> tuple[Alternative, ...]:
    """What to do instead of, or about, what a policy says against a subject; the policy's own advice last."""
    found: list[Alternative] = []
    if _asks_crm(policy):
        found += _alike(case, subject)
    if _asks_erp(policy):
        found += _kept(case, subject, proposal)
    if proposal.new is not None and subject == proposal.subject and policy.info.pillar == "scope":
        found.append(_as_external(case, proposal))
    if policy.info.fix:
        found.append(Alternative(Way.STEP, " ".join(policy.info.fix.split())))
    return tuple(dict.fromkeys(found))


def _asks_crm(policy: Policy) -> bool:
    asked = {*policy.relations, *policy.facts}
    return not {"says_same", "said_already", "near_duplicates", "redundant", "confusable_with"}.isdisjoint(asked)


def _asks_erp(policy: Policy) -> bool:
    return "duplicates" in policy.relations or not {"kept_elsewhere", "owned_elsewhere", "concept"}.isdisjoint(
        policy.facts
    )


# Within the CRM


def _alike(case: Case, subject: str) -> Iterator[Alternative]:
    facts = case.facts
    if facts.graph.kind_of(subject) is not NodeKind.FIELD:
        return
    edges = sorted(
        facts.related(subject, "says_same").edges, key=lambda edge: (-_score(edge.attributes), edge.subject)
    )
    for edge in edges[:_MOST]:
        because = str(dict(edge.attributes)["because"])
        if edge.subject in case.proposed:
            yield Alternative(Way.PROPOSAL, f"another proposal asks for it: {because}", edge.subject)
        else:
            does = "may do it already" if edge.possible else "does it already"
            yield Alternative(Way.FIELD, f"{does}: {because}", edge.subject, _known(case, edge.subject))
    if not edges:
        for edge in facts.related(subject, "near_duplicates").edges[:_MOST]:
            because = str(dict(edge.attributes)["because"])
            yield Alternative(
                Way.FIELD, f"is nearly the same: {because}", edge.subject, _known(case, edge.subject)
            )


def _score(attributes: Sequence[tuple[str, object]]) -> float:
    score = dict(attributes)["score"]
    return float(score) if isinstance(score, (int, float)) else 0.0


def _known(case: Case, key: str) -> tuple[Datum, ...]:
    found = []
    for name in KNOWN:
        value = case.facts.fact(key, name)
        if not isinstance(value, Unknown) and value is not ABSENT:
            text = value_text(value, case.specs[name])
            found.append(Datum(name, text, case.facts.source_of(key, name), key))
    return tuple(found)


# In the ERP


def _kept(case: Case, subject: str, proposal: Proposal) -> Iterator[Alternative]:
    graph = case.facts.graph
    if graph.kind_of(subject) is not NodeKind.FIELD:
        return
    found = finder(case.facts).of_crm(subject)
    for match in found[:_MOST]:
        erp = field_key(match.erp_system, match.erp_object, match.erp_field)
        keeps = "keeps it" if match.score >= _SURE else "may keep it"
        told = "; ".join(match.because[:_MOST])
        yield Alternative(Way.ERP, f"{keeps} ({match.score:.0%} sure: {told})", erp, _master(case, erp))
        yield from _copies(case, match, erp, subject)
    if found:
        yield _form(case, found[0].erp_object, proposal)
        return
    said = sorted(case.facts.related(subject, "said_in_erp").edges, key=lambda edge: -_score(edge.attributes))
    for edge in said[:_MOST]:
        keeps = "may keep it" if edge.possible else "keeps it"
        text = f"{keeps}: {dict(edge.attributes)['because']}"
        yield Alternative(Way.ERP, text, edge.subject, _master(case, edge.subject))
    if said:
        owner = graph.object_of(said[0].subject)
        yield _form(case, graph.object(owner).value.name if owner else "", proposal)


def _master(case: Case, erp: str) -> tuple[Datum, ...]:
    told = case.facts.fact(erp, "master_because")
    return () if isinstance(told, Unknown) or told is ABSENT else (Datum("master_because", str(told), "", erp),)


def _copies(case: Case, match: Match, erp: str, subject: str) -> Iterator[Alternative]:
    """Fields of the CRM that repeat the same field of the ERP already."""
    for other in finder(case.facts).of_erp(erp):
        key = field_key(other.crm_system, other.crm_object, other.crm_field)
        if other.score >= _SURE and key != subject and key not in case.proposed:
            said = f"repeats {match.erp_object}.{match.erp_field} already"
            yield Alternative(Way.FIELD, said, key, _known(case, key))


def _form(case: Case, erp_object: str, proposal: Proposal) -> Alternative:
    """In which form a value of the ERP may be shown: by how its object and the CRM's belong together."""
    own = object_key(proposal.system, proposal.object)
    aligned = any(each.score >= _SURE and each.erp_object == erp_object for each in finder(case.facts).of_crm(own))
    key = _joining_key(case, own, erp_object)
    by = f" by {key}" if key else ""
    if aligned or key:
        text = (
            f"one row there is one row here: show it read-only{by} (a formula over an external object, or a field "
            "that only the integration writes, entered in the charter under mirrors)"
        )
        return Alternative(Way.FORM, text)
    text = f"{erp_object} is no copy of {proposal.object}: link it as an external object, and copy nothing"
    return Alternative(Way.FORM, text)


def _joining_key(case: Case, own: str, erp_object: str) -> str:
    """The CRM's field that holds the key of the ERP's object."""
    graph = case.facts.graph
    for key in graph.fields_of(own):
        if key in case.proposed:
            continue
        for match in finder(case.facts).of_crm(key):
            erp = field_key(match.erp_system, match.erp_object, match.erp_field)
            is_key = graph.kind_of(erp) is NodeKind.FIELD and graph.field(erp).value.key
            if match.erp_object == erp_object and match.score >= _SURE and is_key:
                return graph.field(key).value.name
    return ""


def _as_external(case: Case, proposal: Proposal) -> Alternative:
    found = finder(case.facts).of_crm(object_key(proposal.system, proposal.object))
    if found and found[0].score >= _SURE:
        erp = object_key(found[0].erp_system, found[0].erp_object)
        told = "; ".join(found[0].because)
        return Alternative(Way.ERP, f"keeps it ({told}): link it as an external object", erp)
    text = "link it as an external object, whose rows stay in the system that owns them; copy nothing"
    return Alternative(Way.FORM, text)
