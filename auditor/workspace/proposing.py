"""`auditor propose`: what was asked for, put before everything that is known, and what was answered before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.config.nodes import nearest
from auditor.config.values import Config
from auditor.dataclasses import dataclass, field, replace
from auditor.errors import ConfigurationError, NothingMatchedError
from auditor.formats.yamlnodes import Problems
from auditor.gate.proposing import answers_to
from auditor.graph.nodes import NodeKind, ObjectNode
from auditor.graph.schema import SchemaGraph
from auditor.model.catalogue import Role
from auditor.model.names import field_key, object_key
from auditor.model.proposals import Answer, Answers, Proposal, Verdict
from auditor.workspace.proposing_decisions import FOLDER, Decision, read_decisions
from auditor.workspace.proposing_forms import Platform, Written, proposal_of
from auditor.workspace.proposing_ground import Base, base_of

if TYPE_CHECKING:
    from auditor.workspace.catalogs import Progress


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user asks for: files, and what the command line or the keyboard says (`object`, `label` …)."""

    files: tuple[Path, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a configuration stands, and how it is read where nothing is kept of it."""

    path: Path
    read: Callable[[], Config]
    cached: bool = True


def propose(place: Place, wishes: Wishes, as_of: date, progress: Progress) -> Answers:
    """The answers to everything that is asked for, in the order in which it was written.

    Raises:
        ConfigurationError: a proposal, a policy or the configuration is wrong; every problem at once.
        NothingMatchedError: no system of role crm is configured.
        SourceError: a proposal or a source cannot be read.
    """
    from auditor.index.ground import GroundLostError

    problems = Problems()
    written = _written(wishes, problems)
    try:
        with base_of(place.path, place.read, as_of, progress, place.cached) as base:
            return _answered(base, written, problems, (place.path.parent / FOLDER, as_of))
    except GroundLostError:  # what was kept is damaged: everything is read anew
        with base_of(place.path, place.read, as_of, progress, cached=False) as base:
            return _answered(base, written, problems, (place.path.parent / FOLDER, as_of))


def _answered(
    base: Base, written: Sequence[Written], problems: Problems, remembered: tuple[Path, date]
) -> Answers:
    folder, as_of = remembered
    found = answers_to(placed_in(base.known.graph, written, problems), base.known)
    decisions, notices = read_decisions(folder)
    answers = tuple(_helped(_remembering(each, decisions, base), base.known.graph) for each in found)
    digest = base.known.policies.digest
    return Answers(as_of, base.config.company, digest, answers, (*base.notices, *notices))


def placed_in(graph: SchemaGraph, written: Sequence[Written], problems: Problems) -> list[Proposal]:
    """What was written as proposals on the objects of a graph, each field under a name of its own.

    Raises:
        ConfigurationError: something was written wrong; every problem at once.
        NothingMatchedError: the graph holds no CRM.
    """
    proposals = _proposals(written, graph, problems)
    problems.check()
    return _distinct([_resolved(each, graph) for each in proposals], graph, written)


def _written(wishes: Wishes, problems: Problems) -> list[Written]:
    if not wishes.files:
        return [Written(wishes.cells, "proposal")]
    # Files are read in many ways, none of which a wish on the command line needs.
    from auditor.workspace.proposing_files import read_proposals

    return [each for path in wishes.files for each in read_proposals(path, wishes.cells, problems)]


def _proposals(written: Sequence[Written], graph: SchemaGraph, problems: Problems) -> list[Proposal]:
    crms = [each for each in graph.systems() if each.role is Role.CRM]
    if not crms:
        raise NothingMatchedError("no system of role crm is read; name one under systems: in auditor.yaml")
    found = []
    for each in written:
        name = each.get("system") or (crms[0].system if len(crms) == 1 else _holder(each, graph))
        node = next((crm for crm in crms if crm.system == name), None)
        if node is None:
            known = [crm.system for crm in crms]
            told = f"{name!r} is no CRM{nearest(name, known)}; the CRMs are {', '.join(known)}"
            problems.at(each.file, each.line, 1, f"system: {told}")
            continue
        kinds = {kind for kinds in node.source_kinds for kind in kinds.split("+")}
        proposal = proposal_of(each, Platform(node.system, "salesforce" in kinds), problems)
        if proposal is not None:
            found.append(proposal)
    return found


def _holder(written: Written, graph: SchemaGraph) -> str:
    """Of several CRMs the only one that has an object of the name."""
    owner = written.read.object if written.read is not None else written.get("object")
    crms = [each.system for each in graph.systems() if each.role is Role.CRM]
    holders = [system for system in crms if _object(graph, system, owner) is not None]
    return holders[0] if len(holders) == 1 else ""


# Which object is meant


def _resolved(proposal: Proposal, graph: SchemaGraph) -> Proposal:
    """The proposal on the object as the catalogue spells it, and as a new object only where there is none."""
    node = _object(graph, proposal.system, proposal.object)
    if node is None:
        return proposal
    fields = tuple(replace(each, object=node.value.name) for each in proposal.fields)
    return replace(proposal, object=node.value.name, fields=fields, new=None)


def _object(graph: SchemaGraph, system: str, name: str) -> ObjectNode | None:
    """By its name, whatever its case and without a custom object's suffix, or by a label that one object has."""
    key = object_key(system, name)
    if graph.kind_of(key) is NodeKind.OBJECT:
        return graph.object(key)
    wanted = name.strip().lower()
    spelled = {wanted, f"{wanted}__c", f"{wanted.replace(' ', '_')}__c"}
    nodes = graph.objects(system=system)
    named = [each for each in nodes if each.value.name.lower() in spelled]
    labelled = [each for each in nodes if (each.value.label or "").lower() == wanted]
    return named[0] if named else labelled[0] if len(labelled) == 1 else None


def _distinct(proposals: Sequence[Proposal], graph: SchemaGraph, written: Sequence[Written]) -> list[Proposal]:
    """Each field under a name of its own, so that what bears the same name is told as what says the same.

    A field that metadata defines and that stands in the repository already is judged as it stands.
    """
    taken: set[str] = set()
    found = []
    standing = {id(each.read) for each in written if each.read is not None}
    for proposal in proposals:
        fields = []
        for each in proposal.fields:
            name, number = each.name, 1
            key = field_key(proposal.system, proposal.object, name)
            while key in taken or (key in graph and not _stands(graph, key, proposal, standing)):
                number += 1
                name = _numbered(each.name, number)
                key = field_key(proposal.system, proposal.object, name)
            taken.add(key)
            fields.append(replace(each, name=name))
        found.append(replace(proposal, fields=tuple(fields)))
    return found


def _stands(graph: SchemaGraph, key: str, proposal: Proposal, standing: set[int]) -> bool:
    """Whether it is the very definition that was proposed, read from the working tree as well."""
    node = graph.field(key)
    origin = proposal.origin
    if node.implied or node.value.origin is None or origin is None or not standing:
        return False
    return _file(node.value.origin.path) == _file(origin.path)


def _file(path: str) -> str:
    return "/".join(path.split("/")[-3:])


def _numbered(name: str, number: int) -> str:
    stem, mark, suffix = name.partition("__")
    return f"{stem}_{number}{mark}{suffix}"


# Around the answer


def _remembering(answer: Answer, decisions: Sequence[Decision], base: Base) -> Answer:
    if not decisions:
        return answer
    from auditor.workspace.proposing_memory import recalled

    return replace(answer, recalled=recalled(answer, decisions, base.known.policies.digest, base.sayings))


def _helped(answer: Answer, graph: SchemaGraph) -> Answer:
    """The nearest object, where the one that was named is unknown."""
    if answer.verdict is not Verdict.UNKNOWN or answer.reasons:
        return answer
    known = [each.value.name for each in graph.objects(system=answer.proposal.system)]
    said = nearest(answer.proposal.object, known)
    return replace(answer, open=tuple(f"{each}{said}" for each in answer.open))


def check_wishes(wishes: Wishes) -> None:
    """Refuse to ask nothing.

    Raises:
        ConfigurationError: neither a file nor an object and a label were given.
    """
    cells = wishes.cells
    if not wishes.files and not (cells.get("object") and (cells.get("label") or cells.get("name"))):
        raise ConfigurationError(
            [
                "nothing is proposed: name a file, or give --object and --label "
                "(`auditor propose --object Account --label 'Preferred language' --type picklist`); "
                "`auditor propose --template` writes an example"
            ]
        )
