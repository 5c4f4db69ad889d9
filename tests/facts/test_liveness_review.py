"""The list of candidates and the counts under each stance."""

from __future__ import annotations

from auditor.facts.liveness.review import liveness_report
from auditor.model.liveness import Candidate, LivenessReport, Showing, StanceCount
from auditor.model.observations import ValueProfile
from auditor.model.references import Access
from tests.facts.liveness_world import of, ran, watched, world
from tests.facts.world import component, day, mention

PAGE = component("layout/A__c-L", object="A__c")
TREE = of(
    "A__c.Read__c A__c.Shown__c A__c.Seen__c A__c.One__c A__c.Two__c A__c.Key__c A__c.pkg__Theirs__c A__c.Phone",
    component("report/R"),
    PAGE,
    mention("report/R", "A__c.Read__c"),
    mention("layout/A__c-L", "A__c.Shown__c", Access.SHOWS),
    mention("layout/A__c-L", "A__c.Seen__c", Access.SHOWS),
    mention("field/A__c.One__c", "A__c.Two__c"),
    mention("field/A__c.Two__c", "A__c.One__c"),
    properties={"A__c.Key__c": {"unique": True}, "A__c.pkg__Theirs__c": {"namespace": "pkg"}},
)
SEEN = ValueProfile("crm:A__c.Seen__c", "record-extract", 4, 1, newest_touched_with_value=day("2026-11-01"))
SINCE = day("2025-11-20")


def test_candidates_stand_with_the_least_support_first_and_stances_beside_each_other() -> None:
    report = liveness_report(world(TREE, watched(ran("report/R"), profiles=(SEEN,))))
    page = ("crm:layout/A__c-L",)
    assert report == LivenessReport(
        stances=(
            StanceCount("crm", "keeps", False, alive=2, dead=2, candidates=0, open=2),
            StanceCount("crm", "possible", True, alive=1, dead=2, candidates=2, open=1),
            StanceCount("crm", "ignored", False, alive=1, dead=4, candidates=0, open=1),
        ),
        candidates=(
            Candidate("crm:A__c.One__c", "dead", (), SINCE, None, circle=True),
            Candidate("crm:A__c.Two__c", "dead", (), SINCE, None, circle=True),
            Candidate("crm:A__c.Seen__c", "shown", page, None, 0.25, circle=False),
            Candidate("crm:A__c.Shown__c", "shown", page, None, None, circle=False),
        ),
    )


def test_the_stance_in_force_decides_the_candidates_not_the_counts() -> None:
    evidence = watched(ran("report/R"), profiles=(SEEN,))
    reports = [liveness_report(world(TREE, evidence, showing)) for showing in Showing]
    counts = [[(each.alive, each.dead, each.candidates, each.open) for each in told.stances] for told in reports]
    assert counts[0] == counts[1] == counts[2]
    assert [len(told.candidates) for told in reports] == [2, 4, 4]


def test_without_custom_fields_there_is_nothing_to_say() -> None:
    assert liveness_report(world(of("A__c"))) == LivenessReport()
