"""What weighs in the smallest core, and what its fields need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from auditor.facts.base import Facts
from auditor.facts.observed_use import UNUSED, Uses, observed_uses
from auditor.facts.smallest_core import core_of
from auditor.model.catalogue import Catalog, Field, Object, Relationship, Role
from auditor.model.cores import CoreReport
from auditor.model.observations import Deed, Evidence, Observation
from tests.facts.world import FIELD, catalog, component, facts, mention, seen, source

SOURCES = tuple(source(name) for name in ("report-event", "list-view-event", "report-register", "event-log-file"))
REPORT = "crm:report/Sales/A"


def _read(name: str, on: str = "2026-11-01", **more: Any) -> Observation:  # noqa: ANN401 - handed on
    return seen(name, Deed.READ, on, **more)


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        pytest.param((), UNUSED, id="nothing was seen"),
        pytest.param((_read("report-event", count=5),), Uses(5, True, 1), id="a count is a count"),
        pytest.param(
            (_read("report-event", count=5), _read("event-log-file", count=3)),
            Uses(5, True, 1),
            id="two sources of one channel see the same reads",
        ),
        pytest.param(
            (_read("report-event", count=5), _read("list-view-event", count=3)),
            Uses(8, True, 2),
            id="channels add up",
        ),
        pytest.param(
            (_read("report-register", via=REPORT), _read("report-register", via="crm:report/Sales/B")),
            Uses(2, False, 2),
            id="a report that was dated and never counted is one read",
        ),
        pytest.param(
            (
                _read("report-register", via=REPORT),
                seen("report-register", Deed.RUN, "2026-11-01", REPORT, count=7),
            ),
            Uses(7, True, 1),
            id="a report whose runs are counted read it as often",
        ),
        pytest.param(
            (_read("report-event", count=5, possible=True),), UNUSED, id="what only may be it weighs nothing"
        ),
        pytest.param((_read("report-event", on="2024-11-01", count=5),), UNUSED, id="use of years ago is none"),
    ],
)
def test_what_weighs(observations: Sequence[Observation], expected: Uses) -> None:
    of = catalog(components=(component("report/Sales/A"), component("report/Sales/B")))
    world = facts(Evidence(sources=SOURCES, observations=tuple(observations)), of)

    assert observed_uses(world, world.graph.field(FIELD)) == expected


ORDER = Object(
    "Order__c",
    custom=True,
    fields=(
        Field("Order__c", "Name", type="Text", custom=False),
        Field(
            "Order__c",
            "Account__c",
            type="MasterDetail",
            reference_to=("Account",),
            relationship=Relationship.MASTER_DETAIL,
        ),
        Field("Order__c", "Price__c", type="Currency"),
        Field("Order__c", "Rate__c", type="Percent"),
        Field("Order__c", "Net__c", type="Currency", formula="Price__c * Rate__c"),
        Field("Order__c", "Seller__c", type="Lookup", reference_to=("User",), required=True),
        Field("Order__c", "Note__c", type="Text"),
        Field("Order__c", "Rare__c", type="Text"),
    ),
)
ACCOUNT = Object("Account", custom=False, fields=(Field("Account", "Name", type="Text", custom=False),))
USER = Object("User", custom=False, fields=(Field("User", "Name", type="Text", custom=False),))


def _orders(*reads: tuple[str, int | None], areas: dict[str, tuple[str, ...]] | None = None) -> Facts:
    references = (
        mention("field/Order__c.Net__c", "Order__c.Price__c"),
        mention("field/Order__c.Net__c", "Order__c.Rate__c"),
    )
    of = Catalog("crm", Role.CRM, "salesforce", objects=(ORDER, ACCOUNT, USER), references=references, channels={})
    observed = tuple(_read("report-event", subject=f"crm:Order__c.{name}", count=n) for name, n in reads)
    return facts(Evidence(sources=SOURCES, observations=observed), of, areas=areas or {})


def _core(report: CoreReport | None) -> list[str]:
    assert report is not None
    return [each.field for each in report.members if each.inside]


def test_a_formula_comes_with_its_inputs_its_objects_keys_and_required_references() -> None:
    report = core_of(_orders(("Net__c", 99), ("Rare__c", 1)), 0.99)

    assert _core(report) == [
        "crm:Account.Name",
        "crm:Order__c.Account__c",
        "crm:Order__c.Name",
        "crm:Order__c.Net__c",
        "crm:Order__c.Price__c",
        "crm:Order__c.Rate__c",
        "crm:Order__c.Seller__c",
        "crm:User.Name",
    ]
    assert report is not None
    assert (report.uses, report.carried, report.core, report.custom, report.least) == (100, 99, 8, 5, 8)
    rate = next(each for each in report.members if each.field == "crm:Order__c.Rate__c")
    assert (rate.uses, rate.needed_by) == (0, ("crm:Order__c.Net__c",))


def test_what_was_read_and_is_left_out_is_told() -> None:
    report = core_of(_orders(("Net__c", 99), ("Rare__c", 1)), 0.99)

    assert report is not None
    assert [(each.field, each.uses) for each in report.members if not each.inside] == [("crm:Order__c.Rare__c", 1)]


def test_curves_of_all_by_area_and_by_object() -> None:
    report = core_of(_orders(("Net__c", 99), ("Rare__c", 1), areas={"Sales": ("Order__c",)}), 0.99)

    assert report is not None
    told = [(each.kind, each.name, each.fields, each.used, each.uses, each.core) for each in report.curves]
    assert told == [
        ("all", "", 10, 2, 100, 8),
        ("area", "Sales", 8, 2, 100, 6),
        ("object", "crm:Order__c", 8, 2, 100, 6),
    ]
    assert [(point.share, point.fields, point.custom) for point in report.curves[0].points] == [
        *((share, 8, 5) for share in (0.5, 0.8, 0.9, 0.95, 0.99)),
        (1.0, 9, 6),
    ]


def test_where_reads_were_dated_and_not_counted_readers_are_weighed() -> None:
    report = core_of(_orders(("Net__c", None), ("Note__c", None), ("Rare__c", 500)), 1.0)

    assert report is not None
    assert (report.by_readers, report.uses, report.uncounted) == (True, 3, 0)


def test_without_any_read_there_is_nothing_to_weigh() -> None:
    assert core_of(_orders(), 0.99) is None
