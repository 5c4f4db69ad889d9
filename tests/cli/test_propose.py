"""`auditor propose`, end to end, over a small company."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli.propose import command

FIELDS = """\
object,field,label,type
Account,name,Name,text
Account,quality,Quality,picklist
Deal,amount,Amount,number
"""
ERP = "table,field,caption,type\nCustomer,Credit Limit,Credit Limit,Decimal\nCustomer,Name,Name,Text\n"
CONFIG = """\
version: 1
company: Small
systems:
  - {name: crm, role: crm, sources: [{kind: tabular, path: crm.csv}]}
  - {name: erp, role: erp, sources: [{kind: tabular, path: erp.csv, columns: {object: table, label: caption}}]}
policies: [pack:all]
"""
SAID = ("--owner", "sales", "--why", "whom to visit next", "--readers", "sellers", "--retention", "two years")
HEAVY = ("networkx", "sqlalchemy", "jinja2", "duckdb", "ibis", "rich", "numpy", "scipy")


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("crm.csv", FIELDS), ("erp.csv", ERP), ("auditor.yaml", CONFIG)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _propose(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["--as-of", "2026-11-21", *arguments], standalone_mode=False)


def test_what_exists_is_rejected_and_named(company: Path) -> None:
    result = _propose("--object", "account", "--label", "Kvalitet", "--type", "picklist", *SAID)

    assert result.return_value == 1
    assert result.output.splitlines()[:2] == [
        "REJECT  Account.kvalitet “Kvalitet” (picklist)",
        "  use  Account.quality: does it already: 'Kvalitet' says what 'Quality' says",
    ]


def test_the_contract_for_machines(company: Path) -> None:
    result = _propose(
        "--object", "Account", "--label", "Kvalitet", "--type", "picklist", *SAID, "--format", "json"
    )
    document = json.loads(result.stdout)

    assert document["verdict"] == "reject"
    reason = document["reasons"][0]
    assert {"policy", "message", "evidence", "alternatives"} <= reason.keys()
    assert reason["policy"] == "proposals/exists-already"
    assert reason["alternatives"][0]["subject"] == "crm:Account.quality"
    assert [each["verdict"] for each in document["proposals"]] == ["reject"]


def test_an_accepted_wish_leaves_with_nothing(company: Path) -> None:
    result = _propose("--object", "Account", "--label", "Next topic to raise", "--type", "text", *SAID)

    assert (result.return_value, result.output.splitlines()[0][:6]) == (0, "ACCEPT")


def test_an_unknown_object_is_unknown_with_the_nearest_word(company: Path) -> None:
    result = _propose("--object", "Acount", "--label", "Topic", "--type", "text", *SAID)

    assert result.return_value == 4
    assert "did you mean Account?" in result.output


def test_the_same_request_is_recalled_and_what_changed_is_said(company: Path) -> None:
    asked = ("--object", "Account", "--label", "Next topic to raise", "--type", "text")
    first = _propose(*asked, *SAID, "--record")
    again = _propose(*asked, *SAID)
    other = _propose("--object", "Account", "--label", "Topic to raise next", "--type", "text", "--owner", "sales")

    assert "kept: decisions/2026-11-21-Account.next_topic_to_raise.yaml" in first.stderr
    assert "asked before: accept on 2026-11-21" in again.stdout
    assert "nothing that it rests on has changed" in again.stdout
    assert "newly said: proposals/decision" in other.stdout


def test_a_trial_is_known_to_later_audits(company: Path) -> None:
    _propose(
        *("--object", "Deal", "--label", "Next topic", "--type", "text", *SAID),
        *("--trial-until", "2026-11-30", "--record"),
    )
    (company / "crm.csv").write_text(FIELDS + "Deal,next_topic,Next topic,text\n", encoding="utf-8")
    from auditor.workspace.proposing_decisions import requests_kept

    kept = requests_kept(company)
    assert {key: (str(each.state), str(each.trial_until)) for key, each in kept.items()} == {
        "crm:Deal.next_topic": ("on_trial", "2026-11-30")
    }


def test_a_verdict_that_cannot_be_read_costs_one_line(company: Path) -> None:
    (company / "decisions").mkdir()
    (company / "decisions" / "broken.yaml").write_text("verdict: perhaps\n", encoding="utf-8")
    result = _propose("--object", "Account", "--label", "Next topic", "--type", "text", *SAID, "--no-record")

    assert result.return_value == 0
    assert "note: decisions/broken.yaml is no verdict that can be read" in result.output


def test_the_record_says_why_and_what_instead(company: Path) -> None:
    result = _propose("--object", "Account", "--label", "Kvalitet", "--type", "picklist", *SAID, "--markdown")

    assert "# Account.kvalitet “Kvalitet” (picklist)" in result.output.replace("\\", "")
    assert "Status: **rejected** · 2026-11-21" in result.output
    assert "It is not built; `Account.quality` does it." in result.output
    assert "| Owner | sales |" in result.output


def test_what_labels_hold_does_no_harm(company: Path) -> None:
    evil = "\x1b[31m<script>|`x`"
    for form in ("text", "markdown", "json"):
        result = _propose("--object", "Account", "--label", evil, "--type", "text", *SAID, "--format", form)
        assert "\x1b" not in result.output
        assert form != "markdown" or "<script>" not in result.output


def test_nothing_is_asked_where_there_is_no_terminal(company: Path) -> None:
    from auditor.errors import ConfigurationError

    result = _propose("--object", "Account")

    assert isinstance(result.exception, ConfigurationError)
    assert "nothing is proposed: name a file, or give --object and --label" in str(result.exception)


def test_the_template_needs_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = _propose("--template")

    assert result.return_value == 0
    assert result.output.startswith("# A proposal for `auditor propose FILE`.")


def test_nothing_heavy_is_loaded(company: Path) -> None:
    script = (
        "import sys\nfrom auditor.cli.main import run\n"
        "run(['propose', '--object', 'Account', '--label', 'Kvalitet', '--type', 'text'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )

    assert done.stderr.splitlines()[-1] == "[]"


def test_on_a_terminal_what_is_left_open_is_asked_for(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.cli.propose._on_terminal", lambda: True)
    answers = "Kvalitet\npicklist\nA;B\nHow good it is\nwhom to visit\nsellers\nsales\n\ntwo years\n"
    result = CliRunner().invoke(
        command, ["--as-of", "2026-11-21", "--object", "Account"], input=answers, standalone_mode=False
    )

    assert result.return_value == 1
    assert "REJECT  Account.kvalitet “Kvalitet” (picklist)" in result.stdout
