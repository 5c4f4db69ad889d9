"""Growth by quarter from registers and the history of the repository."""

from __future__ import annotations

from auditor.facts.base import Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.growth import by_quarter
from auditor.facts.limits import Limit, Limits
from auditor.facts.quarters import quarter_end, quarter_of, quarter_start, shifted
from auditor.graph.build import build_graph
from auditor.model.observations import Definition, Evidence, GrowthEvent
from auditor.model.results import GrowthRow
from auditor.model.values import Unknown
from tests.facts.world import OBJECT, TODAY, catalog, day, facts


def _added(name: str, on: str, added: bool = True) -> GrowthEvent:
    return GrowthEvent(f"crm:Account.{name}__c", day(on), added)


def _created(name: str, on: str) -> Definition:
    return Definition(f"crm:Account.{name}__c", "tooling-custom-field", created=day(on))


def test_quarters_without_change_are_rows_too() -> None:
    events = (_added("A", "2026-01-10"), _added("B", "2026-07-10"), _added("A", "2026-08-01", added=False))
    assert by_quarter((), events, TODAY) == (
        GrowthRow("2026-Q1", 1, 0, 1, 1),
        GrowthRow("2026-Q2", 0, 0, 0, 1),
        GrowthRow("2026-Q3", 1, 1, 0, 1),
        GrowthRow("2026-Q4", 0, 0, 0, 1),
    )


def test_a_register_outranks_the_first_commit_which_may_be_an_import() -> None:
    events = (_added("A", "2026-10-10"), _added("B", "2026-10-10"))
    rows = by_quarter((_created("A", "2026-07-01"), _created("C", "2026-08-01")), events, TODAY)
    assert rows == (GrowthRow("2026-Q3", 2, 0, 2, 2), GrowthRow("2026-Q4", 1, 0, 1, 3))


def test_a_field_that_was_removed_and_added_again_is_born_twice() -> None:
    events = (_added("A", "2026-01-10"), _added("A", "2026-04-10", added=False), _added("A", "2026-07-10"))
    assert [row.total for row in by_quarter((), events, TODAY)] == [1, 0, 1, 1]


def test_nothing_dated_gives_no_rows() -> None:
    assert by_quarter((), (), TODAY) == ()


def test_facts_of_growth_and_the_forecast() -> None:
    events = tuple(_added(f"F{number}", f"2026-0{month}-10") for number, month in enumerate((1, 4, 4, 7)))
    graph = build_graph([catalog()], Evidence(growth=events))
    limits = Limits(
        {
            ("salesforce", "custom_fields_per_object"): Limit("custom_fields_per_object", 11),
            ("salesforce", "custom_fields_hard"): Limit("custom_fields_hard", 900),
        }
    )
    told = facts_of(graph, Evidence(growth=events), Settings(TODAY, editions={"crm": "enterprise"}), limits)
    assert told.fact(OBJECT, "net_new_last_quarter") == 1
    assert told.fact(OBJECT, "created_this_quarter") == 0
    assert told.fact(OBJECT, "forecast_quarters_to_limit") == 10
    assert told.fact("crm:", "net_new_last_quarter") == 1


def test_without_a_history_growth_is_unknown() -> None:
    expected = Unknown(
        "no register of definitions and no history of the repository was read",
        ("tooling-custom-field", "git-history"),
    )
    assert facts().fact(OBJECT, "net_new_last_quarter") == expected


def test_an_object_without_changes_in_a_system_with_a_history_did_not_grow() -> None:
    told = facts(Evidence(growth=(GrowthEvent("crm:Contact.A__c", day("2026-01-01"), True),)))
    assert told.fact(OBJECT, "net_new_last_quarter") == 0


def test_standard_fields_are_no_growth() -> None:
    told = facts(
        Evidence(growth=(GrowthEvent("crm:Account.Industry", day("2026-08-01"), True), _added("A", "2026-08-01")))
    )
    assert told.fact("crm:", "net_new_last_quarter") == 1


def test_quarters() -> None:
    assert quarter_of(day("2026-11-21")) == "2026-Q4"
    assert (quarter_start("2026-Q4"), quarter_end("2026-Q4")) == (day("2026-10-01"), day("2026-12-31"))
    assert (shifted("2026-Q1", -1), shifted("2026-Q4", 1)) == ("2025-Q4", "2027-Q1")
