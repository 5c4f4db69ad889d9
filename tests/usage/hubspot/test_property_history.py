"""History of HubSpot properties in every layout: who changed what, and what is no use."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.observations import Deed, Evidence, Window
from auditor.usage.hubspot.change_sources import BY_NAME, CHANGE_SOURCES
from auditor.usage.registry import read, recognise
from auditor.usage.request import UsageRequest

AS_OF = date(2026, 11, 21)
CATALOG = Catalog(
    "crm",
    Role.CRM,
    "tabular",
    objects=(
        Object("deals", fields=(Field("deals", "amount"), Field("deals", "stage", label="Deal stage"))),
        Object("contact", fields=(Field("contact", "email"),)),
    ),
)  # fmt: skip
EMPTY = Catalog("crm", Role.CRM, "tabular")


def told(*paths: Path, **options: str) -> Evidence:
    return of(CATALOG, *paths, **options)


def of(catalog: Catalog, *paths: Path, **options: str) -> Evidence:
    plain = {name.replace("__", "."): value for name, value in options.items()}
    return read(UsageRequest("log", "crm", "hubspot-property-history", paths, AS_OF, catalog, plain))


def lines(found: Evidence) -> list[str]:
    return [
        f"{each.deed} {each.subject.removeprefix('crm:')} {each.count}x {each.by} {each.first}..{each.last}"
        for each in found.observations
    ]


FIVETRAN = """deal_id,timestamp,_fivetran_synced,source,name,source_id,value
1,2026-05-01 10:00:00.000,2026-06-01 10:00:00,CRM_UI,amount,userId:1,Secret
2,2026-05-02 10:00:00.000,2026-06-01 10:00:00,INTEGRATION,amount,77,2
2,2026-05-03 10:00:00.000,2026-06-01 10:00:00,CALCULATED,amount,,3
2,2026-05-04 10:00:00.000,2026-06-01 10:00:00,DEFAULT,stage,,new
2,2026-05-05 10:00:00.000,2026-06-01 10:00:00,AUTOMATION_PLATFORM,stage,,won
2,2026-05-06 10:00:00.000,2026-06-01 10:00:00,QUANTUM_LEAP,stage,,won
2,2027-05-06 10:00:00.000,2026-06-01 10:00:00,CRM_UI,stage,,lost
2,soon,2026-06-01 10:00:00,CRM_UI,stage,,lost
2,2026
"""


def test_a_copy_by_a_connector_tells_people_from_integrations_and_automation(tmp_path: Path) -> None:
    path = tmp_path / "deal_property_history_data.csv"
    path.write_text(FIVETRAN, newline="\r\n")
    found = told(path)
    assert recognise(path) == "hubspot-property-history"
    assert lines(found) == [
        "touched deals 1x automation 2026-05-05..2026-05-05",
        "touched deals 1x integration 2026-05-02..2026-05-02",
        "touched deals 1x people 2026-05-01..2026-05-01",
        "touched deals 1x unknown 2026-05-06..2026-05-06",
        "written deals.amount 1x integration 2026-05-02..2026-05-02",
        "written deals.amount 1x people 2026-05-01..2026-05-01",
        "written deals.stage 1x automation 2026-05-05..2026-05-05",
        "written deals.stage 1x unknown 2026-05-06..2026-05-06",
    ]
    source = found.sources[0]
    assert source.truncated
    assert "2 changes by the platform itself, which are no use (CALCULATED, DEFAULT)" in source.note
    assert "1 changes by sources whose meaning is not known (QUANTUM_LEAP)" in source.note
    assert len(found.skipped) == 3
    assert "Secret" not in repr(found)
    assert "userId" not in repr(found)


def test_another_layout_in_a_second_file_and_other_columns(tmp_path: Path) -> None:
    (tmp_path / "a_property_history.csv").write_text(
        "_fivetran_synced,ticket_id,name,source,source_id,timestamp_instant,value,_fivetran_start\n"
        "2026-06-01,1,hs_priority,MOBILE_IOS,,2026-05-01T23:30:00-0200,x,2026\n"
    )
    (tmp_path / "b.csv").write_text(
        "contactId,property,value,sourceType,sourceId,timestamp,updatedByUserId\n"
        "1,email,x,API,1,2026-05-03T10:00:00Z,42\n1,email,x,CRM_UI,1,2026-05-04T10:00:00Z,43\n"
    )
    assert lines(told(tmp_path)) == [
        "touched contact 1x integration 2026-05-03..2026-05-03",
        "touched contact 1x people 2026-05-04..2026-05-04",
        "written contact.email 1x integration 2026-05-03..2026-05-03",
        "written contact.email 1x people 2026-05-04..2026-05-04",
        "touched ticket 1x people 2026-05-02..2026-05-02",
        "written ticket.hs_priority 1x people 2026-05-02..2026-05-02",
    ]


NEW = {"value": "x", "timestamp": "2026-05-01T10:00:00.000Z", "sourceType": "CRM_UI", "updatedByUserId": 9}
OLD = {"value": "x", "timestamp": 1777629600000, "source": "FORM", "sourceId": "Signup"}


def test_answers_of_the_api_old_and_new_are_read_and_a_page_is_no_whole(tmp_path: Path) -> None:
    path = tmp_path / "contacts.json"
    record = {"id": "1", "properties": {"email": "x"}, "propertiesWithHistory": {"email": [NEW, NEW], "city": []}}
    path.write_text(json.dumps({"results": [record], "paging": {"next": {"after": "50"}}}))
    assert recognise(path) == "hubspot-property-history"
    found = told(path)
    assert lines(found) == [
        "touched contact 2x people 2026-05-01..2026-05-01",
        "written contact.email 2x people 2026-05-01..2026-05-01",
    ]
    assert found.sources[0].truncated
    path.write_text(json.dumps({"vid": 1, "properties": {"email": {"value": "x", "versions": [OLD]}}}))
    assert lines(told(path, object="contact")) == [
        "touched contact 1x people 2026-05-01..2026-05-01",
        "written contact.email 1x people 2026-05-01..2026-05-01",
    ]


def test_columns_of_any_file_can_be_mapped_and_labels_name_properties(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Record ID,Changed,How,What\n1,2026-05-01,CRM UI,Deal stage\n")
    mapping = {"property": "What", "time": "Changed", "source": "How"}
    found = told(path, object="deals", **{f"columns__{name}": column for name, column in mapping.items()})
    assert lines(found) == [
        "touched deals 1x people 2026-05-01..2026-05-01",
        "written deals.stage 1x people 2026-05-01..2026-05-01",
    ]


COVERS = [
    ("what occurs", {}, frozenset({"crm:deals.amount", "crm:deals.stage"})),
    ("what is declared", {"covers": "deals; crm:contact.email"}, frozenset({"crm:deals", "crm:contact.email"})),
    ("everything", {"covers": "all"}, None),
]


@pytest.mark.parametrize(("options", "subjects"), [each[1:] for each in COVERS], ids=[each[0] for each in COVERS])
def test_a_window_covers(options: dict[str, str], subjects: frozenset[str] | None, tmp_path: Path) -> None:
    path = tmp_path / "deal_property_history.csv"
    path.write_text("\n".join(FIVETRAN.splitlines()[:7]) + "\n")
    found = told(path, **options, **{"from": "2026-01-01", "to": "2026-06-01"})
    span = date(2026, 1, 1), date(2026, 6, 1)
    assert found.windows == (Window("log", "crm", Deed.WRITTEN, *span, subjects=subjects),)


def test_without_a_listing_properties_are_named_by_the_platforms_own_words(tmp_path: Path) -> None:
    path = tmp_path / "companies_property_history.csv"
    path.write_text("name,timestamp,source\nindustry,2026-05-01,IMPORT\n")
    assert lines(of(EMPTY, path)) == [
        "touched company 1x integration 2026-05-01..2026-05-01",
        "written company.industry 1x integration 2026-05-01..2026-05-01",
    ]


def test_an_empty_file_and_one_without_columns_prove_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n")
    found = told(tmp_path)
    assert (found.observations, found.windows) == ((), ())
    assert found.sources[0].truncated
    assert len(found.skipped) == 2


def test_a_source_of_changes_stands_once() -> None:
    assert len(BY_NAME) == len(CHANGE_SOURCES)


def test_real_histories_are_read_whole(corpora: Path) -> None:
    folder = corpora / "hubspot-fivetran-seeds" / "integration_tests" / "seeds"
    paths = sorted(folder.glob("*_property_history_data.csv"))
    found = of(EMPTY, *paths)
    assert [recognise(path) for path in paths] == ["hubspot-property-history"] * 4
    assert found.sources[0].rows == 315
    assert found.skipped == ()
    kinds = {each.by.value for each in found.observations}
    assert kinds <= {"people", "integration", "automation", "unknown"}
    assert {each.subject for each in found.observations if each.deed is Deed.TOUCHED} <= {
        f"crm:{name}" for name in ("contact", "company", "deal", "ticket")
    }
