"""The section `reconcile:` of auditor.yaml: what it means, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config.reading import read_config
from auditor.config.values import Config
from auditor.errors import ConfigurationError
from auditor.model.reconciliation import FieldRule, InAudit, PairRule, Period, SideRule, ValueKind
from auditor.usage.registry import BY_ID

SYSTEMS = "version: 1\nsystems: [{name: crm, role: crm, sources: [{kind: salesforce, path: crm}]}]\n"


def read(folder: Path, section: str) -> Config:
    (folder / "crm").mkdir()
    (folder / "auditor.yaml").write_text(f"{SYSTEMS}reconcile:\n{section}\n", encoding="utf-8")
    return read_config(folder / "auditor.yaml", BY_ID)


def test_a_pair_is_read_whole(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        "  in_audit: never\n"
        "  pairs:\n"
        "    - crm: {object: A, key: k, amount: x, where: {Stage: [Won, Lost]}}\n"
        '      erp: {object: b, key: "{n}-{m}", url_env: ERP, within: {n: A.k}, amount: y}\n'
        "      figure: orders\n"
        "      period: year\n"
        "      loose_keys: true\n"
        "      key_map: keys.csv\n"
        "      fields:\n"
        "        - {crm: x, erp: y, type: number, tolerance: 0.5, scale: 0.01}\n"
        "        - {crm: d, erp: e, zone: Europe/Oslo}",
    )
    (pair,) = config.reconcile
    assert config.reconcile_in_audit is InAudit.NEVER
    assert pair == PairRule(
        id="A-b",
        crm=SideRule("A", "k", where=(("Stage", ("Won", "Lost")),), amount="x"),
        erp=SideRule("b", "{n}-{m}", secret_env="ERP", within=(("n", "A.k"),), amount="y"),
        fields=(FieldRule("x", "y", ValueKind.NUMBER, 0.5, 0.01), FieldRule("d", "e", zone="Europe/Oslo")),
        figure="orders",
        period=Period.YEAR,
        loose=True,
        key_map="keys.csv",
        where=pair.where,
    )


MISTAKES = (
    ("a figure without amounts", "figure: x", "needs `amount` on both sides"),
    ("a zone that is none", "fields: [{crm: a, erp: b, zone: Mars}]", "'Mars' is no time zone"),
    ("a tolerance that is no number", "fields: [{crm: a, erp: b, tolerance: much}]", "'much' is no number"),
    ("a tolerance below nothing", "fields: [{crm: a, erp: b, tolerance: -1}]", "no less than 0"),
    ("a kind that is none", "fields: [{crm: a, erp: b, type: colour}]", "colour"),
)


@pytest.mark.parametrize(("line", "told"), [each[1:] for each in MISTAKES], ids=[each[0] for each in MISTAKES])
def test_mistakes_are_told(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        read(
            tmp_path, f"  pairs:\n    - crm: {{object: A, key: k}}\n      erp: {{object: b, key: k}}\n      {line}"
        )
    assert told in str(error.value)


def test_rows_lie_in_one_place(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        read(tmp_path, "  pairs: [{crm: {object: A, key: k, path: a.csv, url_env: X}, erp: {object: b, key: k}}]")
    assert "rows lie in one place" in str(error.value)
