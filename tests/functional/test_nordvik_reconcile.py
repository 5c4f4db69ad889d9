"""`auditor reconcile` on the Nordvik example: every planted drift to the cent, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from auditor.cli.main import auditor
from auditor.formats.yamls import load_plain

pytestmark = pytest.mark.slow

NORDVIK = Path(__file__).parents[2] / "examples/nordvik"

DRIFTED = {
    ("order_lines", "Net_Amount__c"),
    ("linked_orders", "Order_Value__c"),
    ("invoices", "Amount_Excl_VAT__c"),
    # The load of payments forgets every thirteenth (nordvik_world/copies.py).
    ("invoices", "Paid__c"),
    ("invoices", "Paid_Date__c"),
    ("open_quotes", "Amount"),
    ("credit_limits", "Credit_Limit__c"),
    ("service_fees", "Yearly_Fee__c"),
    ("stock", "On_Hand__c"),
    ("agreed_prices", "Agreed_Price__c"),
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its evidence, generated once."""
    folder = tmp_path_factory.mktemp("nordvik") / "nordvik"
    left = shutil.ignore_patterns("usage", "out", "__pycache__", ".auditor", "*.sqlite")
    shutil.copytree(NORDVIK, folder, ignore=left)
    subprocess.run([sys.executable, str(folder / "generate.py")], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def told(company: Path) -> dict[str, Any]:
    """What is told as JSON."""
    return cast(dict[str, Any], json.loads(run(company, "--format", "json")))


def run(company: Path, *arguments: str) -> str:
    result = CliRunner().invoke(
        auditor, ["reconcile", "--config", str(company / "auditor.yaml"), *arguments], standalone_mode=False
    )
    assert (result.exception, result.return_value) == (None, 0)
    return result.stdout


def test_every_planted_figure_is_told_to_the_cent(told: dict[str, Any]) -> None:
    truth = cast(dict[str, Any], load_plain((NORDVIK / "TRUTH.yaml").read_bytes()))["figures"]
    names = ("crm_sum", "erp_sum", "gap", "different", "only_crm", "only_erp")
    expected = {each["id"]: {name: str(each[name]) for name in names} for each in truth}
    actual = {
        pair["id"]: {
            **{name: str(pair["money"][name]) for name in names[:4]},
            **{name: str(pair[name]) for name in names[4:]},
        }
        for pair in told["pairs"]
    }
    assert expected == actual


def test_rows_met_as_planted(told: dict[str, Any]) -> None:
    truth = cast(dict[str, Any], load_plain((NORDVIK / "TRUTH.yaml").read_bytes()))["figures"]
    expected = {each["id"]: (int(each["crm_rows"]), int(each["erp_rows"])) for each in truth}
    actual = {
        pair["id"]: (pair["paired"] + pair["only_crm"], pair["paired"] + pair["only_erp"])
        for pair in told["pairs"]
    }
    assert expected == actual


def test_no_field_differs_but_those_where_drift_was_planted(told: dict[str, Any]) -> None:
    found = {
        (pair["id"], field["crm_field"])
        for pair in told["pairs"]
        for field in pair["fields"]
        if field["different"] or field["crm_empty"] or field["erp_empty"]
    }
    assert found == DRIFTED
    assert told["skipped"] == []


def test_stock_is_behind_since_the_last_snapshot_of_the_warehouse_that_is_not_loaded(told: dict[str, Any]) -> None:
    (stale,) = (
        field["stale"]
        for pair in told["pairs"]
        for field in pair["fields"]
        if (pair["id"], field["crm_field"]) == ("stock", "On_Hand__c")
    )
    assert (stale["side"], stale["since"]) == ("crm", "2026-08-31")


def test_invoices_are_missing_since_their_load_stopped_and_orders_before_the_first_deal(
    told: dict[str, Any],
) -> None:
    spans = {
        pair["id"]: (pair["missing_since"], pair["missing_until"]) for pair in told["pairs"] if pair["only_erp"]
    }
    assert spans["invoices"][0] > "2026-08-28"
    assert spans["all_orders"][1] < "2024-12-31"


def test_fees_were_indexed_in_the_erp_alone(told: dict[str, Any]) -> None:
    (pair,) = (each for each in told["pairs"] if each["id"] == "service_fees")
    apart = {field["crm_field"]: field["different"] for field in pair["fields"] if field["different"]}
    assert apart == {"Yearly_Fee__c": 96}
    assert all(Decimal(each["gap"]) < 0 for each in pair["money"]["records"])


def test_cells_of_a_figure_add_up_to_it(told: dict[str, Any]) -> None:
    for pair in told["pairs"]:
        money = pair["money"]
        for dimension in ("by_period", "by_customer", "by_area"):
            if money[dimension]:
                gap = sum((Decimal(cell["gap"]) for cell in money[dimension]), Decimal(0))
                assert (pair["id"], dimension, str(gap)) == (pair["id"], dimension, money["gap"])


def test_values_are_masked_unless_they_are_asked_for(company: Path, told: dict[str, Any]) -> None:
    def values(document: dict[str, Any]) -> set[str]:
        fields = [field for pair in document["pairs"] for field in pair["fields"]]
        return {each[side] for field in fields for each in field["examples"] for side in ("crm", "erp")}

    assert {each for value in values(told) for each in value} <= set("9x.-")
    shown = json.loads(run(company, "--format", "json", "--show-values"))
    assert "623000.00" in values(shown)


def test_the_same_input_gives_the_same_bytes(company: Path) -> None:
    assert run(company, "--format", "markdown") == run(company, "--format", "markdown")


def test_the_csv_has_a_line_for_each_field(company: Path, told: dict[str, Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(run(company, "--format", "csv"))))
    assert len(rows) == sum(len(pair["fields"]) for pair in told["pairs"])
    assert {(row["pair"], row["crm_field"]) for row in rows if row["different"] != "0"} == DRIFTED - {
        ("invoices", "Paid_Date__c")
    }


def test_the_keys_that_the_company_confirmed_are_proposed(company: Path) -> None:
    proposals = json.loads(run(company, "--propose", "--format", "json"))["proposals"]
    found = {(each["crm_object"], each["erp_object"]): (each["crm_key"], each["erp_key"]) for each in proposals}
    assert found == {
        ("Account", "kund"): ("Customer_Number__c", "kundnr"),
        ("Delivery__c", "leverans"): ("Delivery_Note__c", "foljesedelsnr"),
        ("Installed_Machine__c", "individ"): ("Serial_Number__c", "serienr"),
        ("Invoice_Copy__c", "faktura"): ("Invoice_Number__c", "fakturanr"),
        ("Opportunity", "kundorder"): ("Order_Number__c", "ordernr"),
        ("Opportunity", "offert"): ("ERP_Quote_Number__c", "offertnr"),
        ("Order_Line__c", "kundorderrad"): ("ERP_Line_Key__c", "{ordernr}-{radnr}"),
        ("Product2", "artikel"): ("Item_Number__c", "artnr"),
        ("Service_Agreement__c", "serviceavtal"): ("Agreement_No__c", "avtalsnr"),
        ("Stock_Level__c", "lagersaldo"): ("Stock_Key__c", "{artnr}/{lagernr}"),
    }
