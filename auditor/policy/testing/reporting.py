"""What `auditor policy test` prints: each line names its place, and whether it was missed or not expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.model.findings import Outcome
from auditor.policy.syntax import OnUnknown, Place, Policy
from auditor.policy.testing.packs import Tested
from auditor.policy.testing.proving import Proof, Survivor
from auditor.policy.testing.running import Result, SuiteRun

_TOLD = frozenset({Outcome.VIOLATION, Outcome.UNKNOWN, Outcome.WAIVED})


def failures(tested: Tested) -> tuple[str, ...]:
    """Expectations that did not hold, and findings that nobody expected, in the order of the file."""
    return tuple(line for run in tested.runs for line in _run(run))


def survivors(proofs: Iterable[Proof]) -> tuple[str, ...]:
    """Clauses that no fixture holds in place, each with a subject that would."""
    return tuple(_survivor(proof.policy, survivor) for proof in proofs for survivor in proof.survivors)


def coverage(tested: Tested, proofs: Sequence[Proof] = ()) -> tuple[str, ...]:
    """A line for each policy: its cases by outcome, what is missing among them, and its mutants."""
    proven = {proof.policy.info.id: proof for proof in proofs}
    counts: dict[str, Counter[Outcome]] = {policy.info.id: Counter() for policy in tested.own}
    for run in tested.runs:
        count = counts.setdefault(run.suite.policy.info.id, Counter())
        count.update(result.case.expected for result in run.results if not result.case.todo)
    policies = {policy.info.id: policy for policy in (*tested.own, *(run.suite.policy for run in tested.runs))}
    width = max(map(len, counts), default=0)
    lines = []
    for name in sorted(counts):
        count, lacking = counts[name], _missing(policies[name], counts[name])
        lines.append(f"{name:<{width}}  {_counted(count)}{lacking}{_proof(proven.get(name))}")
    return tuple(lines)


def summary(tested: Sequence[Tested], proofs: Sequence[Proof] | None) -> str:
    """One line: how much was tried, and what came of it."""
    results = [result for each in tested for run in each.runs for result in run.results]
    policies = {run.suite.policy.info.id for each in tested for run in each.runs}
    failed = sum(len(failures(each)) for each in tested)
    parts = [
        f"{len(results)} cases of {len(policies)} policies",
        f"{failed} failed" if failed else "all as expected",
    ]
    todo = sum(result.case.todo for result in results)
    untested = sum(len(each.untested) for each in tested)
    parts += [f"{todo} to do"] if todo else []
    parts += [f"{untested} policies without a test"] if untested else []
    if proofs is not None:
        parts.append(_mutants(proofs))
    return ", ".join(parts)


def _mutants(proofs: Sequence[Proof]) -> str:
    killed, alive = sum(proof.killed for proof in proofs), sum(len(proof.survivors) for proof in proofs)
    same = sum(len(proof.equivalent) for proof in proofs)
    told = f"{killed + alive} mutants, {alive} survived"
    return f"{told}, {same} more that nothing can tell from the policy" if same else told


def _run(run: SuiteRun) -> Iterable[str]:
    name = run.suite.policy.info.id
    for result in run.failed:
        yield f"{_at(result.case.place)}: {name}: {_kind(result)}: {result.case.subject}: {_got(result)}"
    for finding in run.unexpected:
        yield f"{_at(run.suite.place)}: {name}: unexpected: {finding.subject}: {finding.message}"
    for result in run.done:
        yield f"{_at(result.case.place)}: {name}: {result.case.subject}: holds by now, so take todo: true away"


def _kind(result: Result) -> str:
    expected, actual = result.case.expected in _TOLD, result.actual in _TOLD
    return "missed" if expected and not actual else "unexpected" if actual and not expected else "wrong"


def _got(result: Result) -> str:
    told = f" ({result.told})" if result.told else ""
    return f"{result.case.expected} expected, {result.actual} given{told}"


def _survivor(policy: Policy, survivor: Survivor) -> str:
    place = survivor.mutant.place if survivor.mutant.place.file else policy.place
    line = f"{_at(place)}: {policy.info.id}: untested: {survivor.mutant.what}"
    found = survivor.difference
    if found is None:
        return line
    said = ", ".join(found.said) or "nothing said of it"
    return f"{line}; a subject with {{{said}}} would tell: {found.before}, not {found.after}"


def _counted(count: Counter[Outcome]) -> str:
    return " ".join(f"{outcome} {count[outcome]}" for outcome in Outcome if count[outcome]) or "no test"


def _missing(policy: Policy, count: Counter[Outcome]) -> str:
    wanted = [Outcome.VIOLATION, Outcome.PASS]
    wanted += [Outcome.UNKNOWN] if policy.on_unknown is OnUnknown.REPORT else []
    missing = [outcome for outcome in wanted if count.total() and not count[outcome]]
    return f"  (no {' and no '.join(missing)})" if missing else ""


def _proof(proof: Proof | None) -> str:
    if proof is None:
        return ""
    return f"  {proof.killed} of {proof.killed + len(proof.survivors)} mutants noticed"


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"
