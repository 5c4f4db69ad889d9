"""What the proof of policies needs of a configuration: the documents in force, and subjects as they are judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.config.values import Config
from auditor.dataclasses import replace
from auditor.errors import NothingMatchedError
from auditor.facts.catalogue import vocabulary
from auditor.formats.yamlnodes import Problems
from auditor.judging import facts_for
from auditor.model.vocabulary import FactBase
from auditor.policy.binding import Ground
from auditor.policy.documents import PACK, InstalledLibrary, gather
from auditor.policy.linting import lint
from auditor.policy.loading import given_params
from auditor.policy.resolving import Resolved, resolved
from auditor.policy.syntax import Policy, PolicySet
from auditor.policy.testing.packs import Tested, run_fixtures
from auditor.policy.testing.recording import record
from auditor.policy.words import nearest
from auditor.report.phrasing import worded
from auditor.workspace.catalogs import Progress
from auditor.workspace.inputs import gather_inputs


def documents_in_force(config: Config) -> tuple[str, ...]:
    """References of all documents in force, in the order in which they are laid.

    Raises:
        ConfigurationError: one cannot be read.
    """
    problems = Problems()
    gathered = gather(config.policies, InstalledLibrary(config.folder), problems)
    problems.check()
    return tuple(gathered.documents)


def tested_documents(config: Config, documents: Sequence[str], policy_ids: Sequence[str]) -> list[Tested]:
    """Run the fixtures of some documents, or of all in force; only those of some policies, where any are named.

    A pack is tested with its own parameters, a document of the company's with those of the configuration.

    Raises:
        ConfigurationError: a document or its fixtures are wrong.
        NothingMatchedError: a policy that was named is in none of them.
    """
    library, words, given = InstalledLibrary(config.folder), vocabulary(), given_params(config.params)
    tested = [
        run_fixtures(reference, library, words, {} if reference.startswith(PACK) else given)
        for reference in documents or documents_in_force(config)
    ]
    known = {policy.info.id for each in tested for policy in _policies(each)}
    for name in policy_ids:
        if name not in known:
            raise NothingMatchedError(f"no policy {name!r} is in these documents.{nearest(name, known)}")
    return [_only(each, frozenset(policy_ids)) for each in tested] if policy_ids else tested


def linted(config: Config, documents: Sequence[str], as_of: date) -> tuple[str, ...]:
    """What is doubtful in some documents, or in all in force, as `file:line:column: what`.

    Raises:
        ConfigurationError: a document does not compile.
    """
    library = InstalledLibrary(config.folder)
    return lint(documents or config.policies, library, vocabulary(), given_params(config.params), as_of)


def resolved_values(config: Config) -> tuple[Resolved, ...]:
    """Every value of the policies in force, with its origin.

    Raises:
        ConfigurationError: a document cannot be read.
    """
    params = given_params(config.params)
    return resolved(config.policies, InstalledLibrary(config.folder), params, config.path.name)


def recorded(config: Config, subject: str, policy_ids: Sequence[str], as_of: date, progress: Progress) -> str:
    """Fixtures of a real subject for the policies in force that speak of it, or for those named.

    Raises:
        NothingMatchedError: there is no such subject; the nearest are named.
    """
    policies, ground = judged(config, as_of, progress)
    subject = found_subject(subject, policies, ground.facts)
    wanted = [policy for policy in policies.policies if not policy_ids or policy.info.id in policy_ids]
    return record(wanted, subject, ground)


def judged(config: Config, as_of: date, progress: Progress) -> tuple[PolicySet, Ground]:
    """The policies in force, and everything that was read as they see it."""
    inputs = gather_inputs(config, as_of, progress)
    return inputs.policies, Ground(facts_for(inputs), as_of, inputs.policies.lists)


def found_subject(subject: str, policies: PolicySet, facts: FactBase) -> str:
    """The printed name of what is meant: as it stands, or as reports print it, without the name of the one CRM.

    Raises:
        NothingMatchedError: with the nearest names, by the whole name or by what stands after the system.
    """
    kinds = sorted({policy.kind for policy in policies.policies})
    names = {name for kind in kinds for name in facts.subjects(kind)}
    if subject in names:
        return subject
    meant = sorted(name for name in names if subject in _shorter(name))
    of_crm = [name for name in meant if facts.fact(name, "role") == "crm"]
    for each in (meant, of_crm):
        if len(each) == 1:
            return each[0]
    short = {name.partition(":")[2]: name for name in sorted(names)}
    hint = nearest(subject, names) or nearest(subject.partition(":")[2] or subject, short)
    raise NothingMatchedError(f"there is no subject {subject!r}.{hint}")


def _shorter(name: str) -> tuple[str, ...]:
    """How reports may print a name: `Account.Region__c`, `validation rule Account.Needed`."""
    bare = name.partition(":")[2]
    kind, slash, rest = bare.partition("/")
    return (bare, f"{worded(kind)} {rest}") if slash else (bare,)


def _policies(tested: Tested) -> list[Policy]:
    return [*tested.own, *(run.suite.policy for run in tested.runs)]


def _only(tested: Tested, names: frozenset[str]) -> Tested:
    runs = tuple(run for run in tested.runs if run.suite.policy.info.id in names)
    return replace(tested, own=tuple(policy for policy in tested.own if policy.info.id in names), runs=runs)
