"""A score that moved, taken apart: another law, time that passed, other evidence, another system."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.cli.main import run

FIELDS = "Id,DeveloperName,NamespacePrefix,TableEnumOrId,CreatedDate,LastModifiedDate\n"
POLICIES = """\
version: 1
policies:
  - {{id: own/described, title: Not described, severity: {severity}, pillar: documentation, why: W, fix: F,
     target: {{kind: field, where: {{custom: true}}}}, forbid: {{description_quality: missing}}}}
  - {{id: own/old, title: Old, severity: high, pillar: usage, why: W, fix: F,
     target: {{kind: field, where: {{custom: true}}}}, forbid: {{created: {{older_than: 100d}}}}}}
"""
CHARTER = "version: 1\nentities: {Thing: {objects: [A__c], budget: 20}}\n"


def state(folder: Path, fields: int = 4, severity: str = "low", dated: bool = True, charter: bool = True) -> Path:
    """A company: one object with so many fields that nobody described, created in the middle of August."""
    objects = folder / "src" / "objects"
    objects.mkdir(parents=True)
    names = [f"F{number}" for number in range(fields)]
    body = "".join(
        f"<fields><fullName>{name}__c</fullName><label>{name}</label><type>Text</type></fields>" for name in names
    )
    (objects / "A__c.object").write_text(f"<CustomObject><label>A</label>{body}</CustomObject>")
    rows = "".join(
        f"00N4H00000{number:05},{name},,A__c,2026-08-15T10:00:00Z,2026-08-15T10:00:00Z\n"
        for number, name in enumerate(names)
    )
    (folder / "fields.csv").write_text(FIELDS + rows)
    (folder / "own.yaml").write_text(POLICIES.format(severity=severity))
    (folder / "charter.yaml").write_text(CHARTER)
    listed = '[{id: defined, kind: tooling-custom-field, path: fields.csv, options: {exported: "2026-11-01"}}]'
    (folder / "auditor.yaml").write_text(
        "version: 1\nsystems: [{name: crm, role: crm, sources: [{kind: salesforce, path: src}]}]\n"
        f"evidence: {listed if dated else '[]'}\npolicies: [own.yaml]\n"
        + ("charter: charter.yaml\n" if charter else "")
    )
    return folder


def compared(now: Path, before: Path, *more: str) -> dict[str, Any]:
    target = now / "report.json"
    asked = ["audit", "--config", str(now), "--as-of", "2026-11-01", "--before", str(before), *more]
    assert run([*asked, "--output", f"json={target}"]) == 0
    told: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return told


CASES: tuple[tuple[str, dict[str, Any], dict[str, Any], str, tuple[str, int] | None], ...] = (
    ("nothing changed", {}, {}, "2026-11-01", None),
    ("four fields came", {}, {"fields": 8}, "2026-11-01", ("schema", -1)),
    ("four fields went", {"fields": 8}, {}, "2026-11-01", ("schema", 1)),
    ("a policy weighs more", {}, {"severity": "high"}, "2026-11-01", ("policy", -1)),
    ("an export came that excuses", {"dated": False}, {}, "2026-11-01", ("evidence", 1)),
    ("an export went", {}, {"dated": False}, "2026-11-01", ("evidence", -1)),
)


@pytest.mark.parametrize(
    ("before", "now", "day", "expected"), [pytest.param(*row[1:], id=row[0]) for row in CASES]
)
def test_what_changed_alone_is_the_cause_alone(
    before: dict[str, Any], now: dict[str, Any], day: str, expected: tuple[str, int] | None, tmp_path: Path
) -> None:
    then, today = state(tmp_path / "then", **before), state(tmp_path / "now", **now)
    told = compared(today, then, "--before-as-of", day)["score_change"]

    moved = {part["cause"]: (part["points"] > 0) - (part["points"] < 0) for part in told["parts"]}
    assert list(moved) == ["policy", "time", "evidence", "schema"]
    assert {cause: sign for cause, sign in moved.items() if sign} == ({} if expected is None else dict([expected]))


def test_time_alone_makes_things_old(tmp_path: Path) -> None:
    then, today = state(tmp_path / "then"), state(tmp_path / "now")
    target = tmp_path / "report.json"
    asked = ["audit", "--config", str(today), "--as-of", "2026-11-30", "--before", str(then)]
    assert run([*asked, "--output", f"json={target}"]) == 0

    told = json.loads(target.read_text(encoding="utf-8"))["score_change"]
    assert told["since"] == "2026-11-01"  # the newest day of its evidence
    assert [part["cause"] for part in told["parts"] if part["points"]] == ["time"]


def test_the_parts_add_up_whatever_changed(tmp_path: Path) -> None:
    then = state(tmp_path / "then", fields=9, severity="medium", dated=False)
    told = compared(state(tmp_path / "now"), then, "--before-as-of", "2026-10-01")

    moved = sum(part["points"] for part in told["score_change"]["parts"])
    card = told["score_change"]["before"]["point"] + moved
    assert round(card) == told["score"]["value"]


def test_without_a_charter_on_both_sides_there_is_nothing_to_compare(tmp_path: Path) -> None:
    then, today = state(tmp_path / "then", charter=False), state(tmp_path / "now")
    told = compared(today, then, "--before-as-of", "2026-10-01")

    assert told["score_change"] is None
    assert [line for line in told["notices"] if "has no charter, so that it has no score" in line]


def test_a_state_that_nothing_dates_asks_for_its_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    then, today = state(tmp_path / "then", dated=False), state(tmp_path / "now")

    assert run(["audit", "--config", str(today), "--before", str(then), "--output", "json=-"]) == 2
    assert "no evidence dates this state; say --before-as-of DAY" in capsys.readouterr().err


def test_the_report_says_it_beside_the_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    then, today = state(tmp_path / "then", fields=2), state(tmp_path / "now", fields=16)
    asked = ["audit", "--config", str(today), "--as-of", "2026-11-01", "--before", str(then)]
    assert run([*asked, "--output", "text=-"]) == 0

    told = " ".join(capsys.readouterr().out.split())
    assert "Since 1 November 2026 the score" in told
    assert "by changes of the system" in told
