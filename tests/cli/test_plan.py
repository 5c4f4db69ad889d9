"""`auditor plan`: what it prints, what it writes, where it refuses to."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from auditor.cli.main import run
from auditor.model.rollback import Proof, ProofPart
from auditor.report.published import published

DAY = ["--as-of", "2026-11-21"]
_FIELD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">\n'
    "    <fullName>{name}</fullName>\n    <label>{name}</label>\n    <type>Text</type>\n    <length>80</length>\n"
    "</CustomField>\n"
)
_LAYOUT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Layout xmlns="http://soap.sforce.com/2006/04/metadata">\n'
    "    <layoutSections>\n        <layoutColumns>\n"
    "            <layoutItems>\n                <behavior>Edit</behavior>\n                <field>Name</field>\n"
    "            </layoutItems>\n"
    "            <layoutItems>\n                <behavior>Edit</behavior>\n                <field>Fax__c</field>\n"
    "            </layoutItems>\n        </layoutColumns>\n    </layoutSections>\n</Layout>\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    source = tmp_path / "src" / "force-app" / "main" / "default"
    fields = source / "objects" / "Account" / "fields"
    fields.mkdir(parents=True)
    for name in ("Fax__c", "Region__c"):
        (fields / f"{name}.field-meta.xml").write_text(_FIELD.format(name=name))
    (source / "layouts").mkdir()
    (source / "layouts" / "Account-Main.layout-meta.xml").write_text(_LAYOUT)
    (tmp_path / "src" / "sfdx-project.json").write_text('{"packageDirectories": [{"path": "force-app"}]}')
    (tmp_path / "auditor.yaml").write_text(
        "version: 1\npolicies: [own.yaml]\n"
        "systems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
        "plan: {policies: [own/*], notice: 10d}\n"
    )
    (tmp_path / "own.yaml").write_text(
        "version: 1\npolicies:\n"
        "  - {id: own/fax, title: Fax numbers, severity: low, pillar: usage, why: W, fix: F,\n"
        "     target: {kind: field}, forbid: {name: Fax__c}}\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _files(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}


def test_the_plan_is_printed_with_its_proof(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", *DAY]) == 0
    told = capsys.readouterr().out
    lines = [line for line in told.splitlines() if "Account.Fax__c" in line or "crm: every part" in line]
    assert (lines[0].split("|")[0].strip(), lines[-1][:24]) == ("1  Account.Fax__c", "  crm: every part passed")


def test_over_several_trees_nothing_is_tried_and_the_plan_says_why(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = project / "auditor.yaml"
    more = "{kind: salesforce, path: src}, {kind: salesforce, path: src/force-app/main/default/layouts}"
    config.write_text(config.read_text().replace("{kind: salesforce, path: src}", more))
    assert run(["plan", *DAY, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["proofs"], [notice for notice in told["notices"] if "source trees" in notice]) == (
        [],
        [
            "crm has 2 source trees, and which of them holds where they differ is not known: no file was edited "
            "and nothing was tried on a copy. A source over all of them would be: a project may have several "
            "package directories."
        ],
    )


def test_json_has_waves_days_and_proof(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", *DAY, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (
        [wave["earliest"] for wave in told["waves"]],
        [item["subject"] for item in told["removals"][0]["items"]],
        [proof["passed"] for proof in told["proofs"]],
    ) == (
        ["2026-11-21", "2026-12-01", "2026-12-31", "2027-01-07", "2027-01-14", "2027-01-29"],
        ["crm:Account.Fax__c"],
        [True],
    )


def test_what_is_written_and_that_the_sources_stay_as_they_are(project: Path) -> None:
    before = _files(project / "src")
    assert run(["plan", *DAY, "--out", "plan"]) == 0
    written = _files(project / "plan")
    expected = {
        *("PLAN.md", "PROOF.md", "plan.json", ".auditor-plan.json", "1-announce/letters/nobody-declared.md"),
        *("1-announce/STEPS.md", "2-hide/STEPS.md", "3-export/STEPS.md", "4-unreference/STEPS.md"),
        *("5-delete/STEPS.md", "6-purge/STEPS.md"),
        *("crm/3-export/Account.soql", "crm/3-export/manifest.json", "crm/3-export/export.sh"),
        "crm/3-export/verify.sh",
    }
    assert (_files(project / "src"), expected - written.keys()) == (before, set())


def test_the_same_inputs_give_the_same_bytes(project: Path) -> None:
    run(["plan", *DAY, "--out", "one"])
    run(["plan", *DAY, "--out", "two"])
    assert _files(project / "one") == _files(project / "two")


def test_a_plan_may_be_made_anew_and_what_it_no_longer_has_goes(project: Path) -> None:
    run(["plan", *DAY, "--out", "plan"])
    assert run(["plan", *DAY, "--out", "plan", "--select", "crm:Account.Region__c"]) == 0
    run(["plan", *DAY, "--out", "fresh", "--select", "crm:Account.Region__c"])
    assert _files(project / "plan") == _files(project / "fresh")


def test_a_file_that_somebody_else_wrote_is_not_written_over(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "plan").mkdir()
    (project / "plan" / "PLAN.md").write_text("my own")
    assert run(["plan", *DAY, "--out", "plan"]) == 2
    told = "plan holds files that the auditor did not write, or that were changed since: PLAN.md"
    assert (told in capsys.readouterr().err, list(_files(project / "plan"))) == (True, ["PLAN.md"])


def test_a_file_that_was_changed_since_is_not_written_over(project: Path) -> None:
    run(["plan", *DAY, "--out", "plan"])
    (project / "plan" / "PLAN.md").write_text("with my notes")
    assert run(["plan", *DAY, "--out", "plan", "--select", "crm:Account.Region__c"]) == 2
    assert (project / "plan" / "PLAN.md").read_text() == "with my notes"


@pytest.mark.parametrize("place", ["src", "src/plan", "src/../src/force-app/x", "own.yaml"])
def test_nothing_is_written_into_the_sources_or_over_a_file(project: Path, place: str) -> None:
    before = _files(project)
    assert run(["plan", *DAY, "--out", place, "--no-cache"]) == 2
    assert _files(project) == before


def test_a_link_that_leads_away_is_not_followed(project: Path) -> None:
    (project / "elsewhere").mkdir()
    (project / "plan").mkdir()
    (project / "plan" / "crm").symlink_to(project / "elsewhere")
    assert run(["plan", *DAY, "--out", "plan"]) == 2
    assert list((project / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    ("select", "code"),
    [("crm:Account.Nothing__c", 5), ("other/*", 5), ("own/*", 0), ("wrong=x", 2)],
    ids=["a name that nothing bears", "a policy without findings", "a policy with one", "a key that is not known"],
)
def test_exit_codes(project: Path, select: str, code: int) -> None:
    assert run(["plan", *DAY, "--select", select]) == code


def test_an_index_that_was_damaged_counts_as_none(project: Path) -> None:
    run(["plan", *DAY, "--out", "plan"])
    (project / "plan" / ".auditor-plan.json").write_text("[")
    assert run(["plan", *DAY, "--out", "plan"]) == 0  # the same bytes stand there already


def test_a_proof_that_fails_ends_with_one_and_says_which_part(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object) -> Proof:
        return Proof("crm", (ProofPart("no mention stays", passed=False),), ("no mention stays: one does",))

    monkeypatch.setattr("auditor.workspace.trying.prove", failing)
    assert run(["plan", *DAY, "--out", "plan"]) == 1
    told = "crm: FAILED. no mention stays: one does"
    assert (told in capsys.readouterr().out, "FAILED" in (project / "plan" / "PROOF.md").read_text()) == (
        True,
        True,
    )


def test_the_plan_is_as_its_published_schema_says(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    validator = pytest.importorskip("jsonschema").Draft202012Validator(published()["plan"]())
    assert run(["plan", *DAY, "--format", "json"]) == 0
    assert [error.message for error in validator.iter_errors(json.loads(capsys.readouterr().out))] == []
