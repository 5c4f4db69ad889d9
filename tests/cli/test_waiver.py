"""`auditor waiver` over a small repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.cli.main import run

CONFIG = """\
version: 1
systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]
policies: [own.yaml]
waivers: waivers.yaml
"""
POLICY = """\
version: 1
policies:
  - {id: own/described, title: Not described, severity: high, pillar: documentation, why: W, fix: F,
     target: {kind: field, where: {custom: true}}, forbid: {description_quality: missing}}
"""
DAY = ["--as-of", "2026-11-21"]
ADD = [
    *("waiver", "add", "--policy", "own/described", "--reason", "Goes with the portal", "--owner", "sales"),
    *("--approved-by", "erp-owner", "--expires", "2027-03-31", *DAY),
]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    objects = tmp_path / "src" / "objects"
    objects.mkdir(parents=True)
    body = "<fields><fullName>Old__c</fullName><type>Text</type></fields>"
    (objects / "A__c.object").write_text(f"<CustomObject><label>A</label>{body}</CustomObject>")
    (tmp_path / "auditor.yaml").write_text(CONFIG)
    (tmp_path / "own.yaml").write_text(POLICY)
    (tmp_path / "waivers.yaml").write_text("# ours\nversion: 1\nwaivers: []\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_waiver_is_added_with_the_evidence_of_today_and_holds(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*ADD, "--subject", "crm:A__c.Old__c"]) == 0
    assert run(["waiver", "check", *DAY]) == 0
    assert run(["waiver", "list", *DAY]) == 0

    assert capsys.readouterr().out.splitlines() == [
        f"{repository / 'waivers.yaml'}: W-001 added, until 2027-03-31",
        "1 waiver in order",
        "W-001  until 2027-03-31  own/described  crm:A__c.Old__c  accepted  sales: Goes with the portal",
    ]
    assert (repository / "waivers.yaml").read_text().splitlines()[0::12] == ["# ours", "    evidence: proven"]


@pytest.mark.parametrize(
    ("more", "code", "message"),
    [
        pytest.param(
            ["--subject", "crm:A__c.New__c"],
            5,
            "auditor: own/described finds nothing against crm:A__c.New__c; `auditor audit` lists what it finds\n",
            id="nothing to accept",
        ),
        pytest.param(
            [],
            2,
            "Error: give exactly one of --subject and --selector (with --max-matches)\n",
            id="neither subject nor selector",
        ),
        pytest.param(
            ["--selector", "crm:A__c.*"], 2, "Error: --selector and --max-matches go together\n", id="no limit"
        ),
    ],
)
def test_what_cannot_be_waived_is_said(
    more: list[str], code: int, message: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*ADD, *more]) == code
    assert capsys.readouterr().err.endswith(message)


def test_what_no_longer_fits_fails_the_check_and_is_pruned(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([*ADD, "--subject", "crm:A__c.Old__c"])
    (repository / "src" / "objects" / "A__c.object").write_text("<CustomObject><label>A</label></CustomObject>")
    capsys.readouterr()

    assert run(["waiver", "check", *DAY]) == 1
    assert run(["waiver", "prune", *DAY]) == 0

    assert capsys.readouterr().out == (
        "waivers.yaml:4:5: waiver W-001 matches no finding of own/described on crm:A__c.Old__c: remove it\n"
        "1 taken out: W-001\n"
    )
    assert (repository / "waivers.yaml").read_text() == "# ours\nversion: 1\nwaivers: []\n"


def test_nothing_is_waived_for_longer_than_its_severity_allows(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limited = CONFIG.replace("waivers: waivers.yaml", "waivers: {files: waivers.yaml, max_days: {high: 90}}")
    (repository / "auditor.yaml").write_text(limited)

    assert run([*ADD, "--subject", "crm:A__c.Old__c"]) == 2
    assert (
        "own/described is high, and auditor.yaml lets nobody waive that for more than 90 days, until 2027-02-19"
        in (" ".join(capsys.readouterr().err.split()))
    )
    within = [argument.replace("2027-03-31", "2027-02-19") for argument in ADD]
    assert run([*within, "--subject", "crm:A__c.Old__c"]) == 0
    assert run(["waiver", "check", *DAY]) == 0


def test_a_waiver_that_runs_too_long_is_told_and_ends_early(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*ADD, "--subject", "crm:A__c.Old__c"]) == 0
    limited = CONFIG.replace("waivers: waivers.yaml", "waivers: {files: waivers.yaml, max_days: {high: 90}}")
    (repository / "auditor.yaml").write_text(limited)
    capsys.readouterr()

    assert run(["waiver", "check", *DAY]) == 1
    assert "granted for 130 days, and a high finding may be waived for 90: it ends on 2027-02-19" in (
        capsys.readouterr().out
    )
    gate = ["audit", "--fail-on", "high", "--output", "json=out.json"]
    assert run([*gate, "--as-of", "2027-02-19"]) == 0
    assert run([*gate, "--as-of", "2027-02-20"]) == 1


def test_the_files_alone_are_checked_without_reading_a_source(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rest = "category: accepted, reason: R, owner: a, approved_by: b, approved_on: 2026-01-01"
    waivers = [
        f"{{id: W-1, policy: own/described, subject: 'crm:A.B', {rest}, expires: 2027-01-01}}",
        f"{{id: W-2, policy: own/describd, subject: 'crm:A.B', {rest}, expires: 2027-01-01}}",
        f"{{id: W-3, policy: other/*, selector: 'crm:A.*', max_matches: 2, {rest}, expires: 2027-01-01}}",
        f"{{id: W-4, policy: own/described, subject: 'crm:A.C', {rest}, expires: 2026-11-20}}",
    ]
    assert run(["waiver", "lint", *DAY]) == 0
    (repository / "waivers.yaml").write_text("waivers:\n" + "".join(f"  - {each}\n" for each in waivers))
    (repository / "src").rename(repository / "away")
    assert run(["waiver", "lint", *DAY]) == 1

    assert capsys.readouterr().out.splitlines() == [
        "0 waivers in order",
        "waivers.yaml:3:5: waiver W-2 names the policy own/describd, which is not in force. Did you mean "
        "own/described?",
        "waivers.yaml:4:5: waiver W-3: no policy in force fits other/*",
        "waivers.yaml:5:5: waiver W-4 expired on 2026-11-20: its findings are back",
    ]
