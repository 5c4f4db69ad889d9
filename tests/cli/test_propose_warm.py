"""`auditor propose` over what an audit left: the answers of a full reading; and what audits say later."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli.main import run
from auditor.cli.propose import command

DAY = ("--as-of", "2026-11-21")
FIELDS = """\
object,field,label,type,references
Account,name,Name,text,
Account,quality,Quality,picklist,
Account,customer_number,Customer number,text,
Account,payment_terms,Payment terms,picklist,
Account,credit_limit,Credit limit,currency,
Deal,amount,Amount,currency,
Deal,account,Account,lookup,Account
Deal,closing_day,Closing day,date,
"""
ERP = """\
table,field,caption,type
Customer,No,Customer No.,Code
Customer,Name,Name,Text
Customer,Credit Limit,Credit Limit,Decimal
Customer,Payment Terms,Payment Terms,Code
Customer,VAT No,VAT Registration No.,Text
Customer,Currency,Currency Code,Code
Invoice,No,Invoice No.,Code
Invoice,Amount,Amount,Decimal
Invoice,Due Date,Due Date,Date
"""
CONFIG = """\
version: 1
company: Small
systems:
  - {name: crm, role: crm, sources: [{kind: tabular, path: crm.csv}]}
  - {name: erp, role: erp, sources: [{kind: tabular, path: erp.csv, columns: {object: table, label: caption}}]}
policies: [pack:all]
"""
SAID = ("--owner", "sales", "--why", "whom to visit next", "--readers", "sellers", "--retention", "two years")
WISHES = """\
- {object: Account, label: Kvalitet, type: picklist}
- {object: Account, label: VAT registration number, type: text}
- {object: Account, label: Valuta, type: text, owner: sales}
- {object: Deal, label: Next topic to raise, type: text, why: whom to visit, owner: sales, readers: [sellers]}
- {object: Deal, label: Topic to raise next, type: text}
- {object: Deal, label: Förfallodatum, type: date}
- {object: Acount, label: Quality, type: text}
- {object: Invoice__c, label: Invoice, fields: [{label: Invoice number, type: text}, {label: Due, type: date}]}
"""
HEAVY = ("networkx", "sqlalchemy", "jinja2", "duckdb", "ibis", "rich", "numpy", "scipy", "yaml")


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def audited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small company under version control, audited as it is committed."""
    files = {"crm.csv": FIELDS, "erp.csv": ERP, "auditor.yaml": CONFIG, "wishes.yaml": WISHES}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.with_name("home")))
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "commit", "-qm", "The company")
    assert run(["audit", *DAY, "--output", "json=out.json"]) == 0
    return tmp_path


def _answers(*arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(
        command, [*DAY, "--format", "json", "--no-record", *arguments], standalone_mode=False
    )
    document: dict[str, object] = json.loads(result.stdout)
    return document


def test_what_an_audit_left_gives_the_answers_of_a_full_reading(audited: Path) -> None:
    warm, slow = _answers("wishes.yaml"), _answers("wishes.yaml", "--no-cache")
    notices = [each.pop("notices") for each in (warm, slow)]

    assert slow == warm
    assert "judged by the systems and the evidence that the audit of 2026-11-21 read" in str(notices[0])
    assert "judged by the systems" not in str(notices[1])


def test_of_an_option_only_what_judges_is_loaded(audited: Path) -> None:
    script = (
        "import sys\nfrom auditor.cli.main import run\n"
        f"asked = ['propose', *{DAY!r}, '--object', 'Account', '--label', 'Kvalitet', '--type', 'text']\n"
        "run(asked)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    for _ in range(2):  # the first keeps what the second finds
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
        )

    assert done.stderr.splitlines()[-1] == "[]"


def _findings(folder: Path, policy: str) -> list[tuple[str, str]]:
    report = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return [(each["subject"], each["outcome"]) for each in report["findings"] if each["policy"] == policy]


def _built(folder: Path, *more: str) -> None:
    """Ask for a field, keep the verdict, build the field all the same, and audit half a year later."""
    asked = ["--object", "Deal", "--label", "Next topic", "--type", "text", "--record", *DAY, *more]
    CliRunner().invoke(command, asked, standalone_mode=False)
    (folder / "crm.csv").write_text(FIELDS + "Deal,next_topic,Next topic,text,\n", encoding="utf-8")
    assert run(["audit", "--as-of", "2027-05-01", "--output", "json=out.json"]) == 0


def test_a_trial_that_is_over_is_found_by_the_next_audit(audited: Path) -> None:
    _built(audited, *SAID, "--trial-until", "2026-12-31")

    assert _findings(audited, "lifecycle/trial-over") == [("crm:Deal.next_topic", "violation")]


def test_a_trial_that_runs_is_left_alone(audited: Path) -> None:
    _built(audited, *SAID, "--trial-until", "2027-12-31")

    assert [outcome for _, outcome in _findings(audited, "lifecycle/trial-over")] in ([], ["pass"])


def test_what_was_refused_and_is_built_is_found_by_the_next_audit(audited: Path) -> None:
    _built(audited)

    assert _findings(audited, "lifecycle/built-though-refused") == [("crm:Deal.next_topic", "violation")]
    assert _findings(audited, "lifecycle/trial-over") == []
