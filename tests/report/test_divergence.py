"""What `auditor reconcile` prints, and what an audit's report says of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from auditor.dataclasses import replace
from auditor.model.catalogue import Skipped
from auditor.model.divergence import (
    Divergence,
    Example,
    FieldDivergence,
    JoinCounts,
    KeyProposal,
    MoneyCell,
    MoneyRecord,
    MoneyView,
    PairDivergence,
    Stale,
    Staleness,
)
from auditor.model.reconciliation import ValueKind
from auditor.model.results import AuditResult
from auditor.report.divergence import RENDERERS
from auditor.report.divergence_section import divergence_section, divergence_sentence
from auditor.report.machine import document
from auditor.report.naming import names_for
from auditor.report.view import Bullets, LongTable, Table

STALE = Staleness(Stale.CRM, 2, 0, date(2026, 1, 3), "rows were last changed on the other side")
FEE = FieldDivergence(
    "Fee__c", "avgift", ValueKind.NUMBER, 0.005, 6, 1, 0, 0, 3, STALE, (Example("a|1", "9.99", "99.9"),)
)
NAME = FieldDivergence("Name", "namn", ValueKind.TEXT, 0.0, 10, 0, 0, 0, 0, Staleness(Stale.UNKNOWN))
MONEY = MoneyView(
    "fees",
    "Fee__c",
    "avgift",
    Decimal("1000.00"),
    Decimal("1234.56"),
    3,
    Decimal("0.00"),
    Decimal("34.56"),
    by_period=(
        MoneyCell("2026-01", Decimal("400.00"), Decimal("634.56")),
        MoneyCell("2026-02", Decimal(1), Decimal(1)),
    ),
    by_customer=(MoneyCell("c7", Decimal("1.00"), Decimal("235.56")),),
    by_area=(MoneyCell("", Decimal("400.00"), Decimal("634.56")),),
    records=(MoneyRecord("a1", Decimal("1.00"), None),),
    explained=0.5,
)
PAIR = PairDivergence(
    "contracts",
    "Agreement__c",
    "avtal",
    "No__c",
    "nr",
    JoinCounts(10, 1, 2, 0, 1, 2, 0),
    (FEE, NAME),
    None,
    None,
    MONEY,
)
PROPOSAL = KeyProposal(
    "Account", "kund", "No__c", "nr", 1.0, 1.0, 0.9, 1.0, 9, "the ERP's own key", (("Name", "namn"),)
)
FOUND = Divergence((PAIR,), (), (Skipped("x.csv", "2 rows could not be read"),))
RESULT = AuditResult(date(2026, 11, 21), (), (), (), divergence=FOUND)


def test_the_text_says_what_differs_which_side_is_behind_and_the_money() -> None:
    assert RENDERERS["text"](FOUND).splitlines() == [
        "contracts: Agreement__c (No__c) against avtal (nr)",
        "  10 rows met; 1 only in the CRM, 2 only in the ERP.",
        "  Without a key: 0 in the CRM, 1 in the ERP.",
        "  Rows whose key stands more than once are not compared: 2 in the CRM, 0 in the ERP.",
        "   60.0%  Fee__c = avgift (number): 3 differ, 1 empty in the CRM",
        "      Behind is the CRM since 2026-01-03: rows were last changed on the other side.",
        "      a|1: 9.99 against 99.9",
        "    100%  Name = namn (text): no difference",
        "  fees: the CRM says 1\u202f000.00, the ERP 1\u202f234.56; gap -234.56 (3 rows differ)",
        "      only in the CRM 0.00, only in the ERP 34.56",
        "      by period: 2026-01 -234.56",
        "      by customer: c7 -234.56",
        "      by area: (not said) -234.56",
        "      1 rows make up 50.0% of all differences; the largest: a1 +1.00",
        "",
        "skipped: x.csv: 2 rows could not be read",
        "Values of examples are masked; --show-values shows them. Nothing of this was kept.",
    ]


def test_markdown_keeps_values_in_their_cells() -> None:
    told = RENDERERS["markdown"](FOUND)
    assert "- Fee\\_\\_c: a\\|1: 9.99 against 99.9" in told
    assert "| Fee\\_\\_c | avgift | 6 | 1 | 0 | 3 | 60.0% | the CRM since 2026-01-03 |" in told


def test_the_csv_has_one_line_a_field() -> None:
    rows = list(csv.DictReader(io.StringIO(RENDERERS["csv"](FOUND))))
    assert [
        (row["crm_field"], row["different"], row["agreement"], row["stale"], row["since"]) for row in rows
    ] == [
        ("Fee__c", "3", "0.6000", "crm", "2026-01-03"),
        ("Name", "0", "1.0000", "", ""),
    ]


def test_the_json_tells_amounts_as_texts() -> None:
    (pair,) = json.loads(RENDERERS["json"](FOUND))["pairs"]
    assert (pair["money"]["gap"], pair["money"]["by_period"][0]["gap"]) == ("-234.56", "-234.56")
    assert pair["fields"][0]["stale"]["since"] == "2026-01-03"


def test_proposals_are_a_draft_of_the_configuration() -> None:
    told = RENDERERS["text"](Divergence(proposals=(PROPOSAL,)))
    assert '    - crm: {object: "Account", key: "No__c"}' in told
    assert '        - {crm: "Name", erp: "namn"}' in told


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_nothing_compared_is_said(form: str) -> None:
    assert "No pair was compared." in RENDERERS[form](Divergence())


def test_the_report_tells_sums_gaps_and_fields_that_differ() -> None:
    section = divergence_section(RESULT, names_for(()))
    tables = [block for block in section.blocks if isinstance(block, Table | LongTable)]
    assert [table.rows for table in tables] == [
        (("fees", "1\u202f000.00", "1\u202f234.56", "-234.56", "-19.0%", "3", "–", "34.56"),),
        (("fees", "2026-01", "400.00", "634.56", "-234.56"),),
        (("fees", "(not said)", "400.00", "634.56", "-234.56"),),
        (("Agreement__c.Fee__c", "avtal.avgift", "60.0%", "3", "1", "the CRM since 2026-01-03"),),
    ]


def test_the_report_says_why_nobody_knows_which_side_is_behind() -> None:
    fee = replace(
        FEE, staleness=Staleness(Stale.UNKNOWN, because="no field of the ERP says when rows were changed")
    )
    result = replace(RESULT, divergence=replace(FOUND, pairs=(replace(PAIR, fields=(fee, NAME)),)))
    looks = [block for block in divergence_section(result, names_for(())).blocks if isinstance(block, Bullets)]
    told = "Which side is behind is unknown: no field of the ERP says when rows were changed."
    assert [block.items for block in looks] == [(f"Agreement__c against avtal (fees): {told}",)]


def test_the_first_page_names_the_widest_gap() -> None:
    told = "CRM and ERP tell different sums for 1 of 1 figures; the widest gap is -234.56 in fees."
    assert divergence_sentence(RESULT) == told


def test_a_report_without_a_comparison_says_nothing_of_it() -> None:
    result = replace(RESULT, divergence=None)
    assert divergence_section(result, names_for(())).blocks == ()
    assert (divergence_sentence(result), document(result)["divergence"]) == ("", None)
