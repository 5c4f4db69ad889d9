"""Tests a policy document by the fixtures beside it: the entry to this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from auditor.dataclasses import dataclass
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.model.vocabulary import Vocabulary
from auditor.policy.documents import Library, gather
from auditor.policy.loading import compile_policies
from auditor.policy.syntax import Policy, PolicySet
from auditor.policy.testing.cases import Suite
from auditor.policy.testing.fixtures import Fixtures, read_fixtures
from auditor.policy.testing.proving import Proof, prove
from auditor.policy.testing.running import SuiteRun, run_suite

BESIDE = ".test"
"""`ours.yaml` is tested by `ours.test.yaml`, `pack:scope` by `pack:scope.test`."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A document and what came of its fixtures; `own` are the policies whose target or condition it writes."""

    reference: str
    own: tuple[Policy, ...]
    as_of: date
    runs: tuple[SuiteRun, ...] = ()

    @property
    def untested(self) -> tuple[Policy, ...]:
        """Policies of its own that no fixture names."""
        named = {run.suite.policy.info.id for run in self.runs}
        return tuple(policy for policy in self.own if policy.info.id not in named)

    @property
    def clean(self) -> bool:
        """Whether every expectation held and nothing came unexpected."""
        return all(run.clean for run in self.runs)


def run_fixtures(
    reference: str, library: Library, words: Vocabulary, params: Mapping[str, YamlNode] | None = None
) -> Tested:
    """Run the fixtures of one document (`pack:NAME` or a path); without any, all its policies are untested.

    Raises:
        ConfigurationError: the document or its fixtures are wrong.
    """
    law = _Law(reference, library, words, dict(params or {}))
    own = tuple(policy for policy in law.compiled({}).policies if _writes(reference, policy))
    fixtures = _fixtures(reference, library, words, law)
    if fixtures is None:
        return Tested(reference, own, date.min)
    runs = tuple(run_suite(suite, fixtures.as_of) for suite in fixtures.suites)
    return Tested(reference, own, fixtures.as_of, runs)


def prove_all(tested: Tested) -> tuple[Proof, ...]:
    """Put the mutants of a document's own tested policies to their fixtures, in the order of their ids.

    A policy of a pack that the document only changes in severity or parameters is proven by the pack's fixtures.
    """
    own = {policy.info.id for policy in tested.own}
    suites: dict[str, list[Suite]] = {}
    for run in tested.runs:
        if run.suite.policy.info.id in own:
            suites.setdefault(run.suite.policy.info.id, []).append(run.suite)
    return tuple(prove(suites[name][0].policy, suites[name], tested.as_of) for name in sorted(suites))


def _writes(reference: str, policy: Policy) -> bool:
    """Whether a document defines a policy, or says anew whom it speaks of or what it asks."""
    parts = (part for part in (policy.target, policy.condition) if part is not None)
    return reference in {policy.info.origin, *(part.place.file for part in parts)}


def beside(reference: str) -> str:
    """The reference of the fixtures of a document."""
    if reference.startswith("pack:"):
        return f"{reference}{BESIDE}"
    stem, dot, ending = reference.rpartition(".")
    return f"{stem}{BESIDE}.{ending}" if dot else f"{reference}{BESIDE}"


def _fixtures(reference: str, library: Library, words: Vocabulary, law: _Law) -> Fixtures | None:
    name = beside(reference)
    try:
        data = library.read(name)
    except OSError:
        return None
    return read_fixtures(data, name, law.compiled, words)


@dataclass(frozen=True, slots=True)
class _Law:
    """One document with all that it extends, compiled as if every word were answered."""

    reference: str
    library: Library
    words: Vocabulary
    params: dict[str, YamlNode]

    def compiled(self, given: Mapping[str, YamlNode]) -> PolicySet:
        problems = Problems()
        gathered = gather([self.reference], self.library, problems)
        params = {**gathered.params, **self.params, **given}
        found = compile_policies(gathered, self.words, params, problems)
        problems.check()
        return found
