"""What holds of every policy, whatever it says: settling, order, dumping and loading, waivers, and reach."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.findings import Outcome, PolicyInfo, Severity
from auditor.model.values import Unknown
from auditor.model.vocabulary import Edge, Related, Vocabulary
from auditor.policy.binding import Ground
from auditor.policy.evaluating import Evaluation, evaluate, judge
from auditor.policy.loading import load_policies
from auditor.policy.reach import facts_of, reach_of, relations_of
from auditor.policy.syntax import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Counted,
    FactTest,
    Negation,
    Neighbourhood,
    Polarity,
    Policy,
    PolicySet,
    Quantified,
)
from auditor.policy.testing.shifting import canonical
from auditor.policy.waivers import Category, Waiver
from auditor.policy.waiving import apply_waivers
from tests.policy.fakes import FakeFacts, FakeLibrary
from tests.policy.test_monotonicity import AS_OF, FLAG, NEAR, SEEN, SETTLED, SIZE, SUBJECTS, conditions, worlds

T = TypeVar("T")
WORDS = Vocabulary((FLAG, SEEN, SIZE), (NEAR,))
CHAIN = tuple(f"crm:{letter}" for letter in "ABCDEFGH")


def policy_of(
    name: str, target: Condition | None, condition: Condition, polarity: Polarity = Polarity.FORBID
) -> Policy:
    info = PolicyInfo(name, "T", Severity.LOW, "usage", "W", "F", origin="own.yaml")
    parts = [part for part in (target, condition) if part is not None]
    return Policy(
        info, "object", target, condition, polarity, facts=facts_of(parts), relations=relations_of(parts)
    )


polarities = st.sampled_from(tuple(Polarity))
policies = st.builds(policy_of, st.just("x/y"), st.none() | conditions, conditions, polarities)


@settings(max_examples=80, deadline=None)
@given(policies, worlds())
def test_settling_the_unknown_never_flips_an_outcome_that_was_decided(
    policy: Policy, both: tuple[FakeFacts, FakeFacts]
) -> None:
    known, settled = (Ground(facts, AS_OF) for facts in both)
    for subject in SUBJECTS:
        before, after = (judge(policy, subject, ground).outcome for ground in (known, settled))

        # Who passes for sure may turn out not to be spoken of at all, and never to be in the wrong.
        assert after in {Outcome.UNKNOWN: set(Outcome), Outcome.PASS: {Outcome.PASS, Outcome.NOT_APPLICABLE}}.get(
            before, {before}
        )


@settings(max_examples=60, deadline=None)
@given(st.lists(policies, min_size=2, max_size=4), worlds(), st.randoms(use_true_random=False))
def test_the_order_of_policies_subjects_and_edges_changes_nothing(
    several: list[Policy], both: tuple[FakeFacts, FakeFacts], random: Random
) -> None:
    named = [replace(policy, info=replace(policy.info, id=f"x/{n}")) for n, policy in enumerate(several)]
    facts = both[0]
    shuffled = FakeFacts(
        facts.nodes,
        dict(_shuffled(tuple(facts.facts.items()), random)),
        {
            key: replace(related, edges=tuple(_shuffled(related.edges, random)))
            for key, related in facts.relations.items()
        },
    )

    one = evaluate(PolicySet(tuple(named)), facts, AS_OF)
    other = evaluate(PolicySet(tuple(_shuffled(named, random))), shuffled, AS_OF)

    assert _told(one) == _told(other)
    assert set(one.tallies) == set(other.tallies)


@settings(max_examples=60, deadline=None)
@given(conditions)
def test_a_condition_that_is_written_out_and_read_again_is_the_same(condition: Condition) -> None:
    rule = {
        **dict.fromkeys(("title", "why", "fix"), "T"),
        "id": "x/y",
        "severity": "low",
        "pillar": "usage",
        "target": {"kind": "object"},
        "forbid": written(condition),
    }
    document = json.dumps({"version": 1, "policies": [rule]})
    (loaded,) = load_policies(["own.yaml"], FakeLibrary({"own.yaml": document}), WORDS).policies

    assert canonical(loaded.condition) == canonical(condition)


waivers = st.builds(
    lambda number, subject, policy, many, days: Waiver(
        f"W-{number}",
        policy,
        "crm:*" if many else subject,
        Category.ACCEPTED,
        "R",
        "one",
        "another",
        AS_OF - timedelta(days=9),
        AS_OF + timedelta(days=days),
        3 if many else None,
    ),
    st.integers(1, 99),
    st.sampled_from(SUBJECTS),
    st.sampled_from(("x/y", "x/*", "x/z")),
    st.booleans(),
    st.integers(-3, 30),
)


@settings(max_examples=60, deadline=None)
@given(policies, worlds(), st.lists(waivers, max_size=3, unique_by=lambda waiver: waiver.id))
def test_a_waiver_never_adds_a_finding(
    policy: Policy, both: tuple[FakeFacts, FakeFacts], accepted: list[Waiver]
) -> None:
    law = PolicySet((policy,))
    before = evaluate(law, both[0], AS_OF)
    after = apply_waivers(before, accepted, law, AS_OF).evaluation

    assert {(f.policy, f.subject) for f in after.findings} == {(f.policy, f.subject) for f in before.findings}
    assert _violations(after) <= _violations(before)
    assert [tally.judged for tally in after.tallies] == [tally.judged for tally in before.tallies]


@st.composite
def chains(draw: st.DrawFn) -> FakeFacts:
    """A wider world, in which most subjects are several hops from each other."""
    facts = {
        (subject, name): draw(st.sampled_from(values)) for subject in CHAIN for name, values in SETTLED.items()
    }
    relations = {
        (subject, "near"): Related(
            tuple(
                Edge(other, (("weak", draw(st.booleans())),))
                for other in sorted(draw(st.sets(st.sampled_from(CHAIN), max_size=2)))
            )
        )
        for subject in CHAIN
    }
    return FakeFacts({"object": CHAIN}, facts, relations)


@settings(max_examples=80, deadline=None)
@given(policies, chains())
def test_a_policy_over_what_lies_within_its_reach_says_what_it_says_over_the_whole(
    policy: Policy, whole: FakeFacts
) -> None:
    reach = reach_of(part for part in (policy.target, policy.condition) if part is not None).hops
    assert reach is not None
    for subject in CHAIN[:3]:
        part = _within(whole, subject, reach)

        expected = judge(policy, subject, Ground(whole, AS_OF))
        assert judge(policy, subject, Ground(part, AS_OF)).outcome is expected.outcome


def _within(whole: FakeFacts, subject: str, hops: int) -> FakeFacts:
    """What lies so many hops from a subject; of everything else nothing was read."""
    near, inner = {subject}, set[str]()
    for _ in range(hops):
        inner = set(near)
        near |= {edge.subject for name in inner for edge in whole.relations[name, "near"].edges}
    facts = {key: value for key, value in whole.facts.items() if key[0] in near}
    unread = Related((), Unknown("beyond the reach"))
    relations = {key: related if key[0] in inner else unread for key, related in whole.relations.items()}
    return FakeFacts({"object": tuple(sorted(near))}, facts, relations)


def written(condition: Condition) -> dict[str, object]:
    """A condition as a policy document holds it."""
    match condition:
        case FactTest(fact=fact, tests=tests):
            return {fact.name: _tests(tests)}
        case AllOf(parts=parts):
            return {"all": [written(part) for part in parts]}
        case AnyOf(parts=parts):
            return {"any": [written(part) for part in parts]}
        case Negation(part=part):
            return {"not": written(part)}
        case Quantified(quantifier=quantifier, over=over):
            return {str(quantifier): _over(over)}
        case Counted(over=over, tests=tests):
            return {"count": {**_over(over), **_tests(tests)}}
        case _:
            raise TypeError(condition)


def _tests(tests: Sequence[Comparison]) -> dict[str, object]:
    return {
        str(test.operator): test.operand if isinstance(test.operand, (bool, int)) else test.text for test in tests
    }


def _over(over: Neighbourhood) -> dict[str, object]:
    (hop,) = over.hops
    found: dict[str, object] = {"rel": hop.relation.name, "depth": over.depth}
    found |= {"edge": written(hop.edge)} if hop.edge is not None else {}
    return found | ({"where": written(over.where)} if over.where is not None else {})


def _shuffled(items: Sequence[T], random: Random) -> list[T]:
    return random.sample(list(items), len(items))


def _told(evaluation: Evaluation) -> list[object]:
    return [(f.policy, f.subject, f.outcome, f.confidence, f.measured) for f in evaluation.findings]


def _violations(evaluation: Evaluation) -> set[tuple[str, str]]:
    return {(f.policy, f.subject) for f in evaluation.findings if f.outcome is Outcome.VIOLATION}
