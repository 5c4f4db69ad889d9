"""Runs of reports that nobody knew when they were added are joined with what is known today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.model.observations import Deed, Definition, Evidence, Observation
from auditor.usage.logs.rejoining import rejoined
from auditor.usage.request import UsageRequest
from tests.usage.logs.logbook import AS_OF, CATALOG, REPORT_ID

PIPELINE = "crm:report/Sales/Pipeline"
BY_ID = f"crm:report/{REPORT_ID}"
RAN = date(2026, 9, 1)


def run(subject: str, *, possible: bool = False) -> Observation:
    return Observation(subject, Deed.RUN, "accumulated/report-event", RAN, RAN, 3, possible=possible)


def request(modified: date | None = None) -> UsageRequest:
    known = Definition(PIPELINE, "reports", modified=modified, platform_id=REPORT_ID)
    before = Evidence(definitions=(known,))
    return UsageRequest("accumulated/report-event", "crm", "report-event", (), AS_OF, CATALOG, before=before)


def reads(seen: tuple[Observation, ...]) -> list[tuple[str, bool]]:
    return [(each.subject, each.possible) for each in seen if each.deed is Deed.READ and each.via == PIPELINE]


REGION, CREDIT = "crm:Account.Region__c", "crm:Account.Credit__c"
CASES = [
    ("the definition is older than the run", date(2026, 8, 1), False, False),
    ("the definition was changed since", date(2026, 10, 1), False, True),
    ("nobody says when it was changed", None, False, True),
    ("the run is only possible", date(2026, 8, 1), True, True),
]


@pytest.mark.parametrize(
    ("modified", "possible", "unsure"), [each[1:] for each in CASES], ids=[each[0] for each in CASES]
)
def test_a_run_by_an_id_reads_what_the_definition_of_today_names(
    modified: date | None, possible: bool, unsure: bool
) -> None:
    found = rejoined([run(BY_ID, possible=possible)], request(modified))
    assert found[0] == replace(run(PIPELINE), possible=possible)
    assert sorted(reads(found)) == [(CREDIT, unsure), (REGION, unsure)]


def test_what_was_joined_when_it_was_added_stays() -> None:
    joined = Observation(REGION, Deed.READ, "accumulated/report-event", RAN, via=PIPELINE)
    assert rejoined([run(PIPELINE), joined], request(date(2026, 8, 1))) == (run(PIPELINE), joined)


def test_a_report_that_is_still_unknown_keeps_its_id() -> None:
    unknown = run("crm:report/00O4H0000009999UAA")
    assert rejoined([unknown], request()) == (unknown,)
