"""What goes with a thing, and what its removal would break."""

from __future__ import annotations

import pytest

from auditor.facts.breakage import Breakage, broken_by
from auditor.facts.retention import retained
from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.observations import Cohort, Deed, Evidence, RowCount
from auditor.model.references import Access, Certainty
from auditor.model.values import ABSENT, CountRange, Value
from tests.facts.test_functions import COMPLETE
from tests.facts.world import call, component, day, facts, mention, source, window

LOG, DAY, NOTE, RATE = "crm:Fair__c", "crm:Fair__c.Day__c", "crm:Fair__c.Note__c", "crm:Fair__c.Rate__c"
REPORT, LAYOUT, BOARD = "crm:report/Old/Fairs", "crm:layout/Fair__c-All", "crm:dashboard/Board"
FAIR = Object(
    "Fair__c",
    custom=True,
    fields=(
        Field("Fair__c", "Day__c", type="Date"),
        Field("Fair__c", "Note__c", type="Text"),
        Field("Fair__c", "Rate__c", type="Number", formula="LEN(Note__c)"),
    ),
)
PARTS = (
    component("report/Old/Fairs"),
    component("layout/Fair__c-All", object="Fair__c"),
    component("dashboard/Board"),
)
MENTIONS = (
    mention("field/Fair__c.Rate__c", "Fair__c.Note__c"),
    mention("report/Old/Fairs", "Fair__c.Rate__c"),
    mention("layout/Fair__c-All", "Fair__c.Day__c", Access.SHOWS),
    mention("layout/Fair__c-All", "Fair__c.Note__c", Access.SHOWS),
    mention("apex_class/Loader", "Fair__c.Day__c", Access.WRITES, certainty=Certainty.POSSIBLE),
    mention("profile/Admin", "Fair__c.Day__c", Access.GRANTS),
)
OF = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(FAIR,),
    components=PARTS,
    references=MENTIONS,
    calls=(call("dashboard/Board", "report/Old/Fairs"),),
    channels={},
)
NEVER_RUN = Evidence(
    sources=(source("report-event"), source("record-extract")),
    windows=(window("report-event", Deed.RUN, "2025-11-01", "2026-11-21"),),
    row_counts=(RowCount(LOG, "record-extract", Cohort(), 4, day("2023-11-01"), day("2023-11-01")),),
)
WORLD = facts(NEVER_RUN, OF, complete=COMPLETE)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param(REPORT, (NOTE, RATE), id="a report takes the formula that it alone reads, and its input"),
        pytest.param(RATE, (NOTE,), id="a formula takes its input"),
        pytest.param(NOTE, (), id="an input takes nobody"),
        pytest.param(
            LOG, (DAY, NOTE, RATE, LAYOUT, REPORT), id="an object takes its fields, pages and the reports on it"
        ),
    ],
)
def test_what_goes_with_a_thing(subject: str, expected: tuple[str, ...]) -> None:
    assert retained(WORLD, subject) == expected
    assert WORLD.fact(subject, "retained") == len(expected)
    assert tuple(edge.subject for edge in WORLD.related(subject, "retains").edges) == expected


def test_what_is_kept_by_name_takes_nobody_along() -> None:
    open_ = facts(of=OF, complete=("repository",))

    assert open_.fact(REPORT, "retained") is ABSENT
    assert open_.fact(RATE, "retained") is ABSENT


def _broken(distance: int, certain: bool, path: str, *access: str) -> Breakage:
    return Breakage(distance, access, certain, path, 1)


@pytest.mark.parametrize(
    ("subject", "expected", "count"),
    [
        pytest.param(
            NOTE,
            {
                BOARD: _broken(3, True, "Board.xml", "calls"),
                RATE: _broken(1, True, "Fair__c.Rate__c.xml", "reads"),
                LAYOUT: _broken(1, True, "Fair__c-All.xml", "shows"),
                REPORT: _broken(2, True, "Old/Fairs.xml", "reads"),
            },
            4,
            id="a formula breaks, then its report, then the dashboard of that; the page must be edited",
        ),
        pytest.param(
            DAY,
            {
                "crm:apex_class/Loader": _broken(1, False, "Loader.xml", "writes"),
                LAYOUT: _broken(1, True, "Fair__c-All.xml", "shows"),
            },
            CountRange(1, 2),
            id="what only may mention it only may break; who may see it breaks nothing",
        ),
        pytest.param(
            LOG,
            {
                "crm:apex_class/Loader": _broken(1, False, "Loader.xml", "writes"),
                BOARD: _broken(2, True, "Board.xml", "calls"),
                REPORT: _broken(1, True, "Old/Fairs.xml", "reads"),
            },
            CountRange(2, 3),
            id="what belongs to an object goes with it and is not broken",
        ),
    ],
)
def test_what_a_removal_breaks(subject: str, expected: dict[str, Breakage], count: Value) -> None:
    assert broken_by(WORLD, subject) == dict(sorted(expected.items()))
    assert WORLD.fact(subject, "blast_radius") == count


def test_kinds_that_were_not_read_leave_the_radius_open() -> None:
    assert facts(of=OF).fact(NOTE, "blast_radius") == CountRange(4, None)
