"""A small roll-back plan, made by hand, and the same with every text hostile."""

from __future__ import annotations

from datetime import date

from auditor.model.rollback import (
    Blocker,
    Cause,
    Freed,
    Headroom,
    Proof,
    ProofPart,
    Refused,
    Removal,
    Removed,
    RollbackPlan,
    Standing,
    Step,
    Wave,
    WaveKind,
)


def plan_of(text: str = "") -> RollbackPlan:
    """A plan in which every text of the company's is `text`, where one is given."""
    told = _Texts(text)
    field = Removed(
        subject="crm:Account.Fax__c",
        kind="field",
        name="Account.Fax__c",
        cause=Cause.CANDIDATE,
        because=told("sprawl/never-adopted"),
        path=told("objects/Account/fields/Fax__c.field-meta.xml"),
        line=2,
        order=2,
        standing=Standing.UNKNOWN,
        policies=("sprawl/never-adopted",),
        support=(told("page Account: seen by 3 people"),),
        owner=told("Sales operations"),
        group="crm:Account.Fax__c",
    )
    formula = Removed(
        subject="crm:Account.Fax_Link__c",
        kind="field",
        name="Account.Fax_Link__c",
        cause=Cause.DEPENDS,
        because=told("is computed from it: crm:Account.Fax__c"),
        order=1,
        standing=Standing.DEAD,
        group="crm:Account.Fax__c",
    )
    step = Step(
        what=told("Delete 2 fields of crm:Account, in the order of the plan."),
        subjects=("crm:Account.Fax_Link__c", "crm:Account.Fax__c"),
        owner=told("Sales operations"),
        effort="medium",
        risk="high",
        risk_because=told("code that somebody has to change by hand mentions it"),
        earliest=date(2027, 2, 3),
        reverse="Restore the definition from undo/.",
    )
    return RollbackPlan(
        as_of=date(2026, 11, 21),
        asked=told("findings that propose a retirement"),
        removals=(Removal("crm", "salesforce", (formula, field), told("salesforce")),),
        waves=(
            Wave(
                WaveKind.DELETE,
                "Delete",
                date(2027, 2, 3),
                told("7 days without a complaint."),
                (step,),
                "Undelete.",
            ),
        ),
        blockers=(
            Blocker(
                "crm:Account.Fax__c",
                told("crm:apex_class/Fax"),
                told("classes/Fax.cls"),
                12,
                told("code reads it"),
            ),
        ),
        refused=(
            Refused(
                "crm:Account.Region__c",
                told("read by crm:report/Sales/Regions (column), which is in use"),
                (
                    told("report run 3 days ago by 2 people"),
                    told("crm:report/Sales/Regions"),
                    "crm:Account.Region__c",
                ),
                ("sprawl/unused-field",),
            ),
        ),
        freed=Freed(0, 2, 0, 1, 1, 0, (Headroom("crm:Account", 2, 77, 500),)),
        proofs=(Proof("crm", (ProofPart("reads again", passed=True),)),),
        notices=(told("Everything here is a review candidate."),),
    )


class _Texts:
    def __init__(self, instead: str) -> None:
        self.instead = instead

    def __call__(self, text: str) -> str:
        return self.instead or text
