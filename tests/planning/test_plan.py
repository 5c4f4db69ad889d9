"""A whole plan of a small CRM: items, waves with their days, steps, blockers, what is kept and what is freed."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.facts.base import Facts
from auditor.model.catalogue import Catalog, Governance
from auditor.model.components import Component
from auditor.model.references import Access, Certainty
from auditor.model.rollback import (
    Blocker,
    Cause,
    Edit,
    Freed,
    Headroom,
    PlanRules,
    Proof,
    ProofPart,
    Refused,
    Removal,
    Removed,
    RollbackPlan,
    Standing,
    WaveKind,
)
from auditor.planning.data import Recovery, RollbackData, load_rollback_data
from auditor.planning.planning import Asked, Judged, Tried, plan, untried
from auditor.planning.selecting import Selection
from tests.planning.world import POLICY, TODAY, catalog, custom_field, facts, finding, formula, mention

A, F = "crm:Account.A__c", "crm:Account.F__c"
DATA = RollbackData(("sprawl/*",), {"salesforce": Recovery(15, "Help", "2026-11-01", "History is lost.")})
OF = catalog(
    (
        custom_field(
            "Account.A__c", required=True, governance=Governance(business_owner="Sales", compliance=("PII",))
        ),
        custom_field("Account.B__c"),
        formula("Account.F__c"),
    ),
    (
        mention("field/Account.F__c", "Account.A__c", part="formula"),
        mention("layout/Account-L", "Account.A__c", Access.SHOWS),
        mention("apex_class/Sync", "Account.A__c", Access.WRITES),
        mention("apex_class/Sync", "Account.A__c", certainty=Certainty.POSSIBLE),
        mention("report/S/R", "Account.B__c", part="column"),
    ),
    (Component("layout", "Account-L", "L", object="Account"),),
)


def _plan(of: Catalog = OF, *, selection: Selection | None = None, rules: PlanRules | None = None) -> RollbackPlan:
    judged = Judged(_facts(of), (of,), (finding(A), finding("crm:Account.B__c")), (POLICY,))
    return plan(judged, Asked(TODAY, selection or Selection(), rules or PlanRules(), DATA))


def _facts(of: Catalog) -> Facts:
    return facts(of, {"crm:report/S/R": True})


def test_items_in_the_order_of_deletion() -> None:
    told = [(item.order, item.subject, item.name, item.cause, item.because, item.owner) for item in _plan().items]
    assert told == [
        (1, F, "Account.F__c", Cause.DEPENDS, f"is computed from it: {A}", ""),
        (2, A, "Account.A__c", Cause.CANDIDATE, "Unused", "Sales"),
    ]


def test_what_is_kept_and_its_chain() -> None:
    because = "read by crm:report/S/R (column), which is in use"
    expected = Refused("crm:Account.B__c", because, ("crm:report/S/R", "crm:Account.B__c"), (POLICY.id,))
    assert _plan().refused == (expected,)


def test_code_and_texts_are_blockers() -> None:
    component, path = "crm:apex_class/Sync", "apex_classs/Sync"
    assert _plan().blockers == (
        Blocker(A, component, path, 7, "a text that may mean it; read it and decide"),
        Blocker(A, component, path, 7, "code that writes it; a developer has to change it"),
    )


def test_waves_with_their_days() -> None:
    told = [(wave.kind, wave.earliest, len(wave.steps)) for wave in _plan().waves]
    assert told == [
        (WaveKind.ANNOUNCE, date(2026, 11, 21), 2),
        (WaveKind.HIDE, date(2026, 12, 21), 2),
        (WaveKind.EXPORT, date(2027, 1, 20), 1),
        (WaveKind.UNREFERENCE, date(2027, 1, 27), 1),
        (WaveKind.DELETE, date(2027, 2, 3), 2),
        (WaveKind.PURGE, date(2027, 2, 18), 2),
    ]


def test_a_company_sets_its_own_times() -> None:
    told = [wave.earliest for wave in _plan(rules=PlanRules(1, 1, 1, 1)).waves]
    days = (21, 22, 23, 24, 25)
    assert told == [*(date(2026, 11, day) for day in days), date(2026, 12, 10)]


def test_a_step_says_what_who_how_much_how_risky_and_the_way_back() -> None:
    wave = next(wave for wave in _plan().waves if wave.kind is WaveKind.DELETE)
    step = next(step for step in wave.steps if step.owner == "Sales")
    assert (step.what, step.subjects, step.effort, step.risk, step.risk_because) == (
        "crm:Account: delete 1 field, in the order of the plan.",
        (A,),
        "medium",
        "high",
        "code or logic that somebody has to change by hand mentions it; a text that may mean it was found, "
        "and nothing proves that it does not; personal or sensitive data: ask who answers for data protection "
        "how long it must be kept",
    )


def test_every_step_has_a_way_back() -> None:
    assert [
        step for wave in _plan().waves for step in wave.steps if not step.reverse or step.earliest is None
    ] == []


def test_what_it_frees() -> None:
    assert _plan().freed == Freed(
        fields=2, layouts=1, required_inputs=1, headroom=(Headroom("crm:Account", 2, 3),)
    )


def test_a_platform_of_which_no_recovery_is_on_record() -> None:
    judged = Judged(_facts(OF), (OF,), (finding(A),), (POLICY,))
    told = plan(judged, Asked(TODAY, data=RollbackData(("sprawl/*",))))
    last = told.waves[-1]
    expected = "How long the platform lets a deletion be undone is not on record; ask its vendor before."
    assert (last.earliest, last.why) == (date(2027, 2, 3), expected)


def test_nothing_proposed_is_an_empty_plan() -> None:
    told = _plan(selection=Selection({"policy": ("other/*",)}))
    assert (told.items, told.waves, told.refused, told.blockers, told.freed) == ((), (), (), (), Freed())


def test_what_is_carried_out_on_a_copy_comes_into_the_plan() -> None:
    goes = Removed("crm:index/I", "index", "I", Cause.BELONGS, "indexes nothing else")
    proof = Proof("crm", (ProofPart("reads again", passed=True),))
    edit = Edit("layouts/L", "the field", A)

    def carry_out(removal: Removal) -> Tried | None:
        return Tried((edit,), (), (goes,), proof, ("noticed",))

    told = plan(Judged(_facts(OF), (OF,), (finding(A),), (POLICY,)), Asked(TODAY, data=DATA), carry_out)
    order = [(item.order, item.subject) for item in told.items]
    assert (order, told.edits, told.blockers, told.proofs, told.notices[-1]) == (
        [(1, "crm:index/I"), (2, F), (3, A)],
        (edit,),
        (),
        (proof,),
        "noticed",
    )


def test_the_same_inputs_give_the_same_plan() -> None:
    assert _plan() == _plan()


def test_part_of_a_plan_is_contained_in_the_whole_where_nothing_ties_them() -> None:
    judged = Judged(_facts(OF), (OF,), (finding(A), finding("crm:Account.B__c")), (POLICY,))
    part = plan(judged, Asked(TODAY, Selection(named=(F,)), data=DATA), untried)
    assert {item.subject for item in part.items} <= {item.subject for item in _plan().items}


def test_never_safe_to_delete() -> None:
    told = str(_plan()).lower()
    assert [word for word in ("safe to delete", "safely", "can be deleted without") if word in told] == [
        "can be deleted without"
    ]  # the notice that nothing proves it


def test_the_shipped_data_are_read() -> None:
    data = load_rollback_data()
    assert ("sprawl/never-adopted" in data.policies, data.recovery["salesforce"].days) == (True, 15)


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_is_worded(standing: Standing) -> None:
    from auditor.report.plan_words import STANDINGS

    assert STANDINGS[standing]
