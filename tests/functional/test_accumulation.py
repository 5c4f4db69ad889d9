"""A log kept for thirty days proves ninety after three months, unless a month is missing; and it names nobody."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditor.cli.main import run
from auditor.report.rendering import FORMATS

POLICY = """version: 1
policies:
  - id: own/unread
    title: Unread field
    severity: low
    pillar: usage
    target: {kind: field, where: {custom: true}}
    forbid: {last_read: {older_than: "{unused_after}"}}
    why: Nobody reads it.
    fix: Remove it.
  - id: own/read
    title: Read field
    severity: low
    pillar: usage
    target: {kind: field, where: {custom: true}}
    forbid: {read_count: {ge: 1}}
    show: [readers]
    why: Somebody reads it.
    fix: Keep it.
"""
CONFIG = """version: 1
systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]
policies: [own.yaml]
params: {unused_after: 90d}
complete: [list_view, email_template]
"""
OBJECT = (
    "<CustomObject><label>A</label>"
    "<fields><fullName>Read__c</fullName><type>Text</type><trackHistory>true</trackHistory></fields>"
    "<fields><fullName>Dead__c</fullName><type>Text</type></fields></CustomObject>"
)
REPORT = (
    "<Report><name>R</name><reportType>CustomEntity$A__c</reportType><format>Tabular</format>"
    "<columns><field>A__c$Read__c</field></columns></Report>"
)
PEOPLE = [f"0054H00000{place:05}" for place in range(7)]
SUFFIX = "QAA"
QUERY = "SELECT Read__c FROM A__c"
NAMES = [f"anna.andersson{place}@example.com" for place in range(7)]
MONTHS = [("2026-08-22", "2026-09-20"), ("2026-09-21", "2026-10-20"), ("2026-10-21", "2026-11-20")]


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    (objects / "A__c.object").write_text(OBJECT)
    reports = tmp_path / "src" / "reports" / "Sales"
    reports.mkdir(parents=True)
    (reports / "R.report").write_text(REPORT)
    (tmp_path / "auditor.yaml").write_text(CONFIG)
    (tmp_path / "own.yaml").write_text(POLICY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=place) for place in range((end - start).days + 1)]


def export(folder: Path, first: str, last: str, users: Sequence[str] = PEOPLE) -> list[str]:
    """One month of both logs: each day seven people run a report and a query reads the same field."""
    rows = [(day, place) for day in days(first, last) for place in range(7)]
    reports = "".join(
        f'e{day}{place},{day}T08:0{place}:00.000Z,{users[place]}{SUFFIX},{NAMES[place]},00O4H0000001000UAA,R,"[A__c.Read__c]",A__c\n'
        for day, place in rows
    )
    queries = "".join(
        f"q{day}{place},{day}T09:0{place}:00.000Z,{users[place]},{NAMES[place]},Sync,A__c,{QUERY}\n"
        for day, place in rows
    )
    folder.mkdir()
    report, api = folder / "ReportEvent.csv", folder / "ApiEvent.csv"
    report.write_text(
        f"EventIdentifier,EventDate,UserId,Username,ReportId,Name,ColumnHeaders,DisplayedFieldEntities\n{reports}"
    )
    api.write_text(f"EventIdentifier,EventDate,UserId,Username,Application,QueriedEntities,Query\n{queries}")
    return [str(report), str(api)]


def add(first: str, last: str, files: Iterable[str]) -> None:
    after = date.fromisoformat(last) + timedelta(days=1)
    assert run(["evidence", "add", *files, "--from", first, "--to", last, "--as-of", f"{after}"]) == 0


def audited(day: str) -> dict[str, tuple[str, str, dict[str, str]]]:
    """Outcome, message and evidence by field."""
    assert run(["audit", "--as-of", day, "--output", "json=audit.json"]) == 0
    report = json.loads(Path("audit.json").read_text())
    return {
        each["subject"].rpartition(".")[2]: (
            each["outcome"],
            each["message"],
            {datum["fact"]: datum["value"] for datum in each["evidence"]},
        )
        for each in report["findings"]
    }


def notes() -> set[str]:
    report = json.loads(Path("audit.json").read_text())
    return {each["note"] for each in report["coverage"] if each["source"].startswith("accumulated/")}


def test_three_exports_of_thirty_days_prove_ninety(company: Path) -> None:
    outcomes = []
    for place, (first, last) in enumerate(MONTHS):
        add(first, last, export(company / str(place), first, last))
        found = audited(f"{date.fromisoformat(last) + timedelta(days=1)}")
        outcomes.append(found["Dead__c"][0])
    assert outcomes == ["unknown", "unknown", "violation"]
    # 91 days of seven runs and seven queries each; users of several exports are not compared.
    assert {"read_count": f"{91 * 14:,} reads", "readers": "at least 7 actors"}.items() <= found["Read__c"][
        2
    ].items()


def test_an_unknown_says_until_when_to_add(company: Path) -> None:
    first, last = MONTHS[0]
    add(first, last, export(company / "0", first, last))
    assert audited("2026-09-21")["Dead__c"][1] == (
        "Unread field: cannot tell, since its last read is unknown beyond what was watched: never (watched "
        "2026-08-22 to 2026-09-20); without a gap until 2026-11-20 it is proven "
        "(`auditor evidence add` joins exports)"
    )


def test_a_missing_month_stays_unknown_and_is_named(company: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (0, 2):
        add(*MONTHS[place], export(company / str(place), *MONTHS[place]))
    assert audited("2026-11-21")["Dead__c"][0] == "unknown"
    assert notes() == {"2 additions; not covered: 2026-09-21 to 2026-10-20"}
    capsys.readouterr()
    assert run(["evidence", "list", "--as-of", "2026-11-21"]) == 0
    listed = capsys.readouterr().out
    assert "report-event of crm (read, run): 2026-08-22 to 2026-09-20; 2026-10-21 to 2026-11-20" in listed
    assert "not covered: 2026-09-21 to 2026-10-20" in listed
    assert "31 of 90 days; 90 are proven from 2027-01-20 if you add the next export by 2027-05-19" in listed


def test_the_same_logs_in_any_order_configured_or_added_are_one_answer(company: Path) -> None:
    """What `auditor.yaml` names and what was added of the same log is not counted twice."""
    (company / "auditor.yaml").write_text(
        CONFIG
        + "evidence:\n"
        + "".join(
            f"  - {{id: {kind}, kind: {kind}, path: '*/{name}.csv', "
            "window: {from: 2026-08-22, to: 2026-11-20}}\n"
            for kind, name in [("report-event", "ReportEvent"), ("api-event", "ApiEvent")]
        )
    )
    files = [export(company / str(place), *month) for place, month in enumerate(MONTHS)]
    alone = audited("2026-11-21")
    for place in (2, 0):
        add(*MONTHS[place], files[place])
    both = audited("2026-11-21")
    assert (alone["Dead__c"], alone["Read__c"][2]["read_count"]) == (
        both["Dead__c"],
        both["Read__c"][2]["read_count"],
    )


def test_adding_twice_and_forgetting_leave_the_bytes_of_the_report(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = export(company / "0", *MONTHS[0])
    add(*MONTHS[0], first)
    audited("2026-11-21")
    before = Path("audit.json").read_bytes()
    add(*MONTHS[0], reversed(first))
    assert "in the history already as" in capsys.readouterr().out
    add(*MONTHS[1], export(company / "1", *MONTHS[1]))
    assert run(["evidence", "forget", "--before", "2026-09-01", "--yes"]) == 5
    assert run(["evidence", "forget", "report-event-2026-10-20", "api-event-2026-10-20", "--yes"]) == 0
    audited("2026-11-21")
    assert before == Path("audit.json").read_bytes()


WRONG = [
    ("a path that is not there", ["nowhere.csv"], 5, "there is no such file"),
    ("a kind that does not accumulate", ["Organization.csv"], 2, "organization does not accumulate"),
    ("columns of no kind", ["auditor.yaml"], 5, "no file's columns fit a kind of evidence"),
    ("an unknown kind", ["Organization.csv", "--kind", "x"], 5, "is no kind of evidence"),
    ("an unknown source", ["Organization.csv", "--source", "x"], 5, "names no evidence source 'x'"),
    ("an unknown system", ["0/ApiEvent.csv", "--system", "x"], 5, "names no system 'x'"),
    ("days in the wrong order", ["0/ApiEvent.csv", "--from", "2026-02-01", "--to", "2026-01-01"], 2, "lies after"),
]


@pytest.mark.parametrize(
    ("arguments", "code", "line"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG]
)
def test_what_cannot_be_added_costs_one_clear_line(
    arguments: list[str], code: int, line: str, company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(company / "0", "2026-08-22", "2026-08-23")
    (company / "Organization.csv").write_text(
        "Id,Name,IsSandbox,InstanceName,OrganizationType\n00D,X,false,EU1,X\n"
    )
    assert run(["evidence", "add", *arguments]) == code
    captured = capsys.readouterr().err
    assert line in captured
    assert "Traceback" not in captured
    assert not (company / ".auditor" / "history.sqlite").exists()


def test_forget_asks_and_all_leaves_nothing(
    company: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(*MONTHS[0], export(company / "0", *MONTHS[0]))
    monkeypatch.setattr("click.confirm", lambda _: False)
    assert run(["evidence", "forget", "--all"]) == 0
    assert "nothing was forgotten" in capsys.readouterr().out
    assert run(["evidence", "forget", "--all", "--yes"]) == 0
    capsys.readouterr()
    assert run(["evidence", "list", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"additions": [], "covered": []}


def told(folder: Path) -> Iterable[tuple[str, bytes]]:
    """Everything that was written: reports, unpacked too, the cache, the history as a file and as statements."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.parent.name == "out" or ".auditor" in path.parts):
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    yield from ((f"{path.name}/{name}", packed.read(name)) for name in packed.namelist())
    connection = sqlite3.connect(folder / ".auditor" / "history.sqlite")
    yield "statements of the history", "\n".join(connection.iterdump()).encode()
    connection.close()


def test_no_output_and_no_database_holds_an_identifier_of_a_user(
    company: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = export(company / "0", *MONTHS[0])
    history = company / "0" / "A__History.csv"
    history.write_text(
        "Id,ParentId,Field,DataType,CreatedDate,CreatedById\n"
        + "".join(
            f"017{day:%Y%m%d},a00,Read__c,Text,{day}T10:00:00Z,{PEOPLE[1]}{SUFFIX}\n" for day in days(*MONTHS[0])
        )
    )
    log = company / "0" / "log.csv"
    log.write_text(
        "EVENT_TYPE,TIMESTAMP,REQUEST_ID,ORGANIZATION_ID,USER_ID,USER_ID_DERIVED,USER_NAME,TIMESTAMP_DERIVED,REPORT_ID\n"
        f"Report,20260901080000.000,r1,00D4H0000000001,{PEOPLE[2]},{PEOPLE[2]}{SUFFIX},{NAMES[2]},"
        "2026-09-01T08:00:00.000Z,00O4H0000001000\n"
    )
    (company / "0" / "User.csv").write_text(
        "Id,Username,Name,Email,IsActive,UserType,LastLoginDate,Profile.Name\n"
        + "".join(
            f"{one}{SUFFIX},{name},Anna Andersson,{name},true,Standard,2026-09-01T08:00:00Z,Sales\n"
            for one, name in zip(PEOPLE, NAMES, strict=True)
        )
    )
    (company / "auditor.yaml").write_text(CONFIG + "evidence: [{id: all, kind: auto, path: '0/*.csv'}]\n")
    commands = [
        ["evidence", "add", *files, str(history), str(log), "0/User.csv", "--as-of", "2026-09-21"],
        ["evidence", "list", "--as-of", "2026-09-21"],
        ["evidence", "list", "--format", "json", "--as-of", "2026-09-21"],
        ["evidence", "plan", "--as-of", "2026-09-21"],
        ["inspect"],
        ["inspect", "--format", "json"],
        ["inspect", "--references", "--format", "jsonl"],
        ["audit", "--as-of", "2026-09-21"],
        ["audit", "--as-of", "2026-09-21", *(f"--output={form}=out/every.{form}" for form in FORMATS)],
    ]
    assert [run(command) for command in commands] == [0] * len(commands)
    printed = capfd.readouterr()
    written = [("stdout", printed.out.encode()), ("stderr", printed.err.encode()), *told(company)]
    assert {"report.html", "report.json", "report.xlsx", "history.sqlite"} <= {name for name, _ in written}
    planted = [*PEOPLE, *NAMES, "anna.andersson", "Anna Andersson"]
    found = [(name, word) for name, data in written for word in planted if word.lower().encode() in data.lower()]
    assert found == []
