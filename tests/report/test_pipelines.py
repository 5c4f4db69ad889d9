"""What pipelines read: whole documents, their schemas, and the limits of the platforms at their edges."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from auditor.model.catalogue import Role
from auditor.model.findings import Finding, Severity
from auditor.model.results import AuditResult, SystemSummary
from auditor.report import sarif
from auditor.report.annotations import MOST_OF_A_LEVEL, SUMMARY_BYTES, report_annotations, report_step_summary
from auditor.report.places import Place, Places
from auditor.report.rendering import file_name, render
from auditor.report.sarif import report_sarif
from tests.report.samples import SAMPLE, hostile

HERE = Path(__file__).parent
FORMS = ("sarif", "junit", "gitlab", "github", "github-summary")
HOSTILE = "</failure>]]>\n::error::owned\r\n%0A::error::x \x1b[2J | {0} [a](b) \ud800"
"""Ends of elements and commands, line ends raw and encoded, placeholders and links, half of a surrogate pair."""
FIRST = SAMPLE.findings[0]


def many(number: int, **changed: object) -> AuditResult:
    """The sample with so many violations like its first, each of another field."""
    made = (
        replace(FIRST, subject=f"crm:Account.F{n}__c", fingerprint=f"f{n}", **changed)  # type: ignore[arg-type]  # keywords of a table
        for n in range(number)
    )
    return replace(SAMPLE, findings=tuple(made))


def sarif_schema() -> dict[str, object]:
    """The published schema of SARIF 2.1.0, as it comes with the npm package @microsoft/jest-sarif (MIT)."""
    schema: dict[str, object] = json.loads((HERE / "schemas/sarif-2.1.0-rtm.5.json").read_bytes())
    return schema


@pytest.mark.parametrize("form", FORMS)
def test_format_as_it_is_expected(form: str) -> None:
    assert (HERE / "expected" / file_name(form)).read_bytes() == render(SAMPLE, form)


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(SAMPLE, id="the sample"),
        pytest.param(hostile(HOSTILE), id="hostile texts everywhere"),
        pytest.param(AuditResult(SAMPLE.as_of, (), (), ()), id="an audit that read nothing"),
        pytest.param(many(3, baseline="worse", identity="id"), id="beside a baseline"),
    ],
)
def test_sarif_is_valid_by_the_published_schema(result: AuditResult) -> None:
    jsonschema.Draft4Validator(sarif_schema()).validate(json.loads(render(result, "sarif")))


def test_sarif_says_what_a_baseline_knows_of_a_finding() -> None:
    states = {"new": "new", "worse": "updated", "unchanged": "unchanged", "carried": None, "": None}

    told = {state: json.loads(report_sarif(many(1, baseline=state))) for state in states}

    assert states == {state: each["runs"][0]["results"][0].get("baselineState") for state, each in told.items()}


def test_sarif_is_cut_where_code_scanning_refuses_it_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)

    run = json.loads(report_sarif(many(5)))["runs"][0]

    assert len(run["results"]) == 3
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"] == (
        "2 further findings are left out, since one file holds no more; report.json has them"
    )


def test_junit_counts_what_it_holds() -> None:
    suites = {suite.get("name"): suite for suite in ET.fromstring(render(SAMPLE, "junit"))}

    assert {
        name: (suite.get("tests"), suite.get("failures"), suite.get("skipped"), len(suite))
        for name, suite in suites.items()
    } == {
        "sprawl/never-adopted": ("1", "1", "0", 1),
        "sprawl/tiny-object": ("1", "1", "0", 1),
        "sprawl/unused-field": ("2", "0", "2", 2),
    }


def test_junit_shows_a_policy_that_found_nothing_as_passed() -> None:
    suite = ET.fromstring(render(replace(SAMPLE, findings=()), "junit"))[0]

    assert (suite.get("tests"), [case.get("name") for case in suite]) == ("1", ["Field that was never filled"])


def test_junit_holds_hostile_texts() -> None:
    assert ET.fromstring(render(hostile(HOSTILE), "junit")).tag == "testsuites"


def test_gitlab_fingerprints_are_unique() -> None:
    told = json.loads(render(many(50), "gitlab"))

    assert len({entry["fingerprint"] for entry in told}) == 50


@pytest.mark.parametrize(
    ("number", "commands", "last"),
    [
        pytest.param(0, 0, "", id="nothing to say"),
        pytest.param(MOST_OF_A_LEVEL, 10, "crm:Account.F9__c", id="just as many as are shown"),
        pytest.param(
            MOST_OF_A_LEVEL + 1, 10, "::error::2 more of this level: see the summary of the run", id="one too many"
        ),
    ],
)
def test_annotations_keep_to_the_limit_of_a_step(number: int, commands: int, last: str) -> None:
    lines = report_annotations(many(number)).splitlines()

    assert commands == len(lines)
    assert last in (lines or [""])[-1]


def test_annotations_of_each_level_have_room_of_their_own() -> None:
    severities = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
    mixed = replace(SAMPLE, findings=tuple(f for s in severities for f in many(12, severity=s).findings))

    lines = report_annotations(mixed).splitlines()

    assert [sum(line.startswith(f"::{level}") for line in lines) for level in LEVELS] == [10, 10, 10]


def test_new_findings_are_annotated_before_graver_old_ones() -> None:
    old = many(1, severity=Severity.CRITICAL, baseline="unchanged").findings
    new = replace(FIRST, subject="crm:Account.New__c", baseline="new")

    lines = report_annotations(replace(SAMPLE, findings=(*old, new))).splitlines()

    assert [line.split("::")[2].split(": ")[0] for line in lines] == ["crm:Account.New__c", "crm:Account.F0__c"]


def test_no_text_begins_a_command_of_its_own() -> None:
    lines = report_annotations(hostile(HOSTILE)).splitlines()

    assert [line for line in lines if not line.startswith(("::error file=", "::warning file="))] == []
    assert "%250A" in lines[0]


def test_summary_stays_below_what_a_page_holds_and_says_what_is_left_out() -> None:
    summary = report_step_summary(many(6_000, message="m" * 200))

    assert SUMMARY_BYTES - 1_000 < len(summary.encode()) <= SUMMARY_BYTES
    assert summary.endswith(" further findings do not fit here; report.json has them.\n")


@pytest.mark.parametrize(
    ("location", "path", "expected"),
    [
        pytest.param("salesforce", "objects/A.object", Place("salesforce/objects/A.object", 7), id="a folder"),
        pytest.param(".", "objects/A.object", Place("objects/A.object", 7), id="the folder of the configuration"),
        pytest.param("crm.zip", "objects/A.object", Place("objects/A.object", 7), id="an archive"),
        pytest.param("git:.@main", "objects/A.object", Place("objects/A.object", 7), id="a revision"),
        pytest.param("a + b", "objects/A.object", Place("objects/A.object", 7), id="several sources"),
        pytest.param("postgresql://h/d", "", Place("auditor.yaml", 1), id="a database, which has no files"),
    ],
)
def test_place_of_a_finding(location: str, path: str, expected: Place) -> None:
    assert expected == Places([system(location)]).of(finding(path))


LEVELS = ("error", "warning", "notice")


def system(location: str) -> SystemSummary:
    """A CRM that was read from a location."""
    return SystemSummary("crm", Role.CRM, ("salesforce",), location, 0, 0, 0, 0, 0, (), (), 0, 0, 0, 0)


def finding(path: str) -> Finding:
    """A finding at line 7 of a file."""
    return replace(FIRST, path=path, line=7)
