"""When reports ran, and what running them read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from auditor.model.observations import Deed, Observation
from auditor.usage.registry import read
from tests.usage.kitchen import day, request

HEADER = "Id,DeveloperName,Name,FolderName,LastRunDate,LastModifiedDate,LastViewedDate\n"
RUN = "2026-11-01T23:30:00.000-0200"


def register(folder: Path, *rows: str) -> Path:
    path = folder / "Report.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def ran(subject: str, last: str | None, possible: bool = False) -> Observation:
    when = day(last) if last else None
    return Observation(
        f"crm:report/{subject}", Deed.RUN, "kit", when, count=None if last else 0, possible=possible
    )


def was_read(field: str, last: str, via: str, possible: bool = False) -> Observation:
    return Observation(f"crm:{field}", Deed.READ, "kit", day(last), possible=possible, via=f"crm:report/{via}")


def described(folder: Path, name: str, columns: list[str], kind: str = "Opportunity", **more: object) -> Path:
    metadata: Mapping[str, object] = {
        "id": "00O000000000001AAA",
        "developerName": name,
        "name": name,
        "reportType": {"type": kind, "label": "x"},
        "detailColumns": columns,
        **more,
    }
    (folder / "report-describe").mkdir(exist_ok=True)
    path = folder / "report-describe" / f"{name}.json"
    path.write_text(json.dumps({"reportMetadata": metadata}), encoding="utf-8")
    return path


def test_a_run_dates_each_field_of_the_definition_once_in_utc(tmp_path: Path) -> None:
    path = register(tmp_path, f"00O000000000001AAA,Pipeline,Pipeline,Sales,{RUN},2020-01-01,2026-11-19")
    evidence = read(request("report-register", path))
    assert evidence.observations == (
        was_read("Account.Region__c", "2026-11-02", "Sales/Pipeline"),
        ran("Sales/Pipeline", "2026-11-02"),
    )
    window = evidence.windows[0]
    assert (window.deed, window.start, window.end) == (Deed.RUN, None, day("2026-11-02"))
    assert window.subjects == frozenset({"crm:report/Sales/Pipeline"})
    assert evidence.definitions[0].platform_id == "00O000000000001AAA"
    assert evidence.skipped == ()


def test_a_report_that_never_ran_is_a_known_zero_whoever_viewed_it(tmp_path: Path) -> None:
    path = register(tmp_path, ",Pipeline,Pipeline,Sales,,2020-01-01,2026-11-19")
    assert read(request("report-register", path)).observations == (ran("Sales/Pipeline", None),)


def test_a_report_on_a_dashboard_has_no_known_zero_and_is_not_watched(tmp_path: Path) -> None:
    path = register(tmp_path, ",On_Board,On Board,Sales,,2020-01-01,")
    evidence = read(request("report-register", path))
    assert evidence.observations == ()
    assert evidence.windows[0].subjects == frozenset()
    assert "stand on dashboards" in evidence.sources[0].note


def test_a_report_changed_after_it_ran_only_possibly_read_its_columns(tmp_path: Path) -> None:
    path = register(tmp_path, f",Pipeline,Pipeline,Sales,{RUN},2026-11-10,")
    assert read(request("report-register", path)).observations[0] == was_read(
        "Account.Region__c", "2026-11-02", "Sales/Pipeline", possible=True
    )


def test_the_folder_tells_reports_of_one_name_apart(tmp_path: Path) -> None:
    path = register(tmp_path, f",Twin,Twin,New,{RUN},,")
    assert read(request("report-register", path)).observations == (
        was_read("Account.Region__c", "2026-11-02", "New/Twin"),
        ran("New/Twin", "2026-11-02"),
    )


def test_where_nothing_tells_them_apart_both_possibly_ran(tmp_path: Path) -> None:
    path = register(tmp_path, f",Twin,Twin,Elsewhere,{RUN},,")
    assert read(request("report-register", path)).observations == (
        was_read("Account.Credit__c", "2026-11-02", "Old/Twin", possible=True),
        was_read("Account.Region__c", "2026-11-02", "New/Twin", possible=True),
        ran("New/Twin", "2026-11-02", possible=True),
        ran("Old/Twin", "2026-11-02", possible=True),
    )


def test_an_unread_definition_reads_nothing_and_says_so(tmp_path: Path) -> None:
    path = register(tmp_path, f"00O000000000001AAA,Boss,Boss,Chefer,{RUN},,")
    evidence = read(request("report-register", path))
    assert evidence.observations == (ran("Chefer/Boss", "2026-11-02"),)
    assert "1 were run but their definition was not read" in evidence.sources[0].note


def test_an_unread_definition_of_a_known_type_possibly_reads_every_field_of_its_objects(tmp_path: Path) -> None:
    path = tmp_path / "Report.csv"
    path.write_text(f"DeveloperName,FolderName,LastRunDate,ReportType\nBoss,X,{RUN},CustomEntity$Job__c\n")
    assert read(request("report-register", path)).observations == (
        was_read("Job__c.Account__c", "2026-11-02", "X/Boss", possible=True),
        was_read("Job__c.Hours__c", "2026-11-02", "X/Boss", possible=True),
        ran("X/Boss", "2026-11-02"),
    )


def test_a_describe_beside_the_register_supplies_the_definition(tmp_path: Path) -> None:
    described(
        tmp_path,
        "Boss",
        ["AMOUNT", "Account.Region__c"],
        groupingsDown=[{"name": "STAGE_NAME"}],
        reportFilters=[{"column": "Account.Credit__c"}],
        aggregates=["RowCount", "s!AMOUNT", "FORMULA1"],
        buckets=[{"sourceColumnName": "PROBABILITY"}],
        standardDateFilter={"column": "CLOSE_DATE"},
        customSummaryFormula={"FORMULA1": {"formula": "EXP_AMOUNT:SUM/RowCount"}},
    )
    path = register(tmp_path, f"00O000000000001AAA,Boss,Boss,Chefer,{RUN},,")
    evidence = read(request("report-register", path))
    fields = [each.subject.removeprefix("crm:") for each in evidence.observations if each.deed is Deed.READ]
    assert fields == [
        "Account.Credit__c",
        "Account.Region__c",
        "Opportunity.Amount",
        "Opportunity.CloseDate",
        "Opportunity.ExpectedRevenue",
        "Opportunity.Probability",
        "Opportunity.StageName",
    ]
    assert evidence.skipped == ()


def test_a_custom_report_type_is_followed_through_its_child_relationship(tmp_path: Path) -> None:
    described(tmp_path, "Boss", ["Account.Jobs__r$Hours__c", "Account$Region__c", "FK_NAME"], "Accounts_Jobs__c")
    path = register(tmp_path, f"00O000000000001AAA,Boss,Boss,Chefer,{RUN},,")
    evidence = read(request("report-register", path))
    fields = [each.subject.removeprefix("crm:") for each in evidence.observations if each.deed is Deed.READ]
    assert fields == ["Account.Region__c", "Job__c.Hours__c"]
    assert [each.reason for each in evidence.skipped] == ["columns that mean no known field: FK_NAME"]


def test_describes_of_their_own_are_dated_by_the_register_before_them(tmp_path: Path) -> None:
    path = register(tmp_path, f"00O000000000001AAA,Boss,Boss,Chefer,{RUN},,", f",Pipeline,P,Sales,{RUN},,")
    before = read(request("report-register", path))
    folder = tmp_path / "other"
    folder.mkdir()
    describe = described(folder, "Boss", ["AMOUNT"])
    evidence = read(request("report-describe", describe, before=before))
    assert evidence.observations == (was_read("Opportunity.Amount", "2026-11-02", "Chefer/Boss"),)
    assert (evidence.windows, evidence.definitions) == ((), ())


def test_a_private_report_is_known_by_its_id_alone(tmp_path: Path) -> None:
    path = register(tmp_path, f"00O000000000001AAA,Annas_lista,Annas lista,Private Reports,{RUN},,")
    evidence = read(request("report-register", path))
    assert evidence.observations == (ran("Private Reports/00O000000000001AAA", "2026-11-02"),)
    assert "private reports are absent" not in evidence.sources[0].note


def test_bad_rows_and_files_cost_a_line_each(tmp_path: Path) -> None:
    (tmp_path / "report-describe").mkdir()
    (tmp_path / "report-describe" / "broken.json").write_text("{")
    path = register(tmp_path, ",Pipeline,P,Sales,9/10/2026,,", ",,,Sales,,,", "too,short")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    evidence = read(request("report-register", path, wrong, tmp_path / "none.csv"))
    assert [(Path(each.path).name, each.line, each.reason) for each in evidence.skipped] == [
        ("Report.csv", 2, "LastRunDate is no day: write it in ISO form (2026-09-30)"),
        ("Report.csv", 3, "a report without DeveloperName and Name"),
        ("Report.csv", 4, "2 cells under a header of 7"),
        ("none.csv", None, "there is no such file"),
        ("broken.json", 1, "not JSON: Expecting property name enclosed in double quotes"),
        ("wrong.csv", None, "no column LastRunDate (it has: a, b)"),
    ]
    assert evidence.observations == ()
