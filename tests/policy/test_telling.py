"""What is said once for many subjects is what would be said of each alone; and which evidence helps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from auditor.model.findings import Outcome, PolicyInfo, Severity
from auditor.model.truth import Truth
from auditor.model.values import Unknown, Value
from auditor.policy.binding import Ground
from auditor.policy.evaluating import evaluate
from auditor.policy.syntax import Condition, Polarity, Policy
from auditor.policy.telling import Teller
from tests.policy.fakes import FakeFacts
from tests.policy.test_evaluating import AS_OF, field, policies
from tests.policy.test_monotonicity import SEEN, SIZE, SUBJECTS, conditions, worlds

INFO = PolicyInfo("x/p", "Title", Severity.LOW, "usage", "W", "F")


@settings(max_examples=300, deadline=None)
@given(conditions, conditions, worlds())
def test_said_once_for_many_or_of_each_alone_is_the_same(
    target: Condition, condition: Condition, both: tuple[FakeFacts, FakeFacts]
) -> None:
    policy = Policy(INFO, "object", target, condition, Polarity.FORBID, show=(SIZE, SEEN), facts=("flag",))
    for facts in both:
        ground = Ground(facts, AS_OF)
        for doubtful in (False, True):
            if doubtful and any(ground.check(target)(subject) is not Truth.UNKNOWN for subject in SUBJECTS):
                continue
            shared = Teller(policy, ground)
            told = [shared.tell(subject, Outcome.UNKNOWN, doubtful) for subject in SUBJECTS]
            alone = [Teller(policy, ground).tell(subject, Outcome.UNKNOWN, doubtful) for subject in SUBJECTS]

            assert told == alone


LOG, COUNT = Unknown("no log", ("log",)), Unknown("no count", ("count",))
NEVER_SETTLED = Unknown("nothing tells in this version")


@pytest.mark.parametrize(
    ("condition", "values", "helped_by"),
    [
        pytest.param(
            "{all: [{alive: true}, {length: 0}]}",
            {"alive": LOG, "length": COUNT},
            ("log", "count"),
            id="each of two questions is settled by something",
        ),
        pytest.param(
            "{all: [{alive: true}, {length: 0}]}",
            {"alive": NEVER_SETTLED, "length": COUNT},
            ("count",),
            id="one part of a conjunction may fail alone",
        ),
        pytest.param(
            "{all: [{alive: true}, {any: [{length: 0}, {role: erp}]}]}",
            {"alive": NEVER_SETTLED, "length": COUNT, "role": LOG},
            (),
            id="an alternative that holds leaves the rest open",
        ),
        pytest.param(
            "{not: {any: [{alive: true}, {length: 0}]}}",
            {"alive": NEVER_SETTLED, "length": COUNT},
            ("count",),
            id="an alternative that holds decides",
        ),
        pytest.param("{alive: true}", {"alive": NEVER_SETTLED}, (), id="nothing settles it"),
    ],
)
def test_beside_what_nothing_settles_only_what_decides_alone_helps(
    condition: str, values: dict[str, Value], helped_by: tuple[str, ...]
) -> None:
    rule = f"target: {{kind: field}}, forbid: {condition}"
    (finding,) = evaluate(policies(rule), field("x", **values), AS_OF).findings

    assert (finding.outcome, finding.helped_by) == (Outcome.UNKNOWN, helped_by)
