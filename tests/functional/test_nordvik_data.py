"""The Nordvik example holds what it says: the same bytes every time, well-formed, every planted truth in place."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from auditor.formats.xml import parse_xml
from auditor.formats.yamls import load_plain

EXAMPLES = Path(__file__).parents[2] / "examples"
NORDVIK = EXAMPLES / "nordvik"
SOURCE = NORDVIK / "salesforce/force-app/main/default"
BUDGET_BYTES = 7_000_000

_OUTSIDE = frozenset({"crm:Account.Snabbnotering__c"})
"""Clicked into production: in the org's exports, not in the tree."""
Sums = Mapping[str, Decimal]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's evidence and ERP, generated once."""
    return _run(NORDVIK / "generate.py", tmp_path_factory.mktemp("nordvik"), "1")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    """TRUTH.yaml."""
    return cast(dict[str, Any], load_plain((NORDVIK / "TRUTH.yaml").read_bytes()))


def test_the_tree_has_about_thirty_objects_and_five_hundred_fields() -> None:
    objects = [path for path in (SOURCE / "objects").iterdir() if path.is_dir()]
    fields = list(SOURCE.glob("objects/*/fields/*.field-meta.xml"))
    assert (len(objects), len(fields)) == (34, 496)


def test_fields_are_named_by_their_files_and_nobody_numbered_them() -> None:
    names = [path.name.removesuffix(".field-meta.xml") for path in SOURCE.glob("objects/*/fields/*")]
    assert [name for name in names if re.fullmatch(r"(Custom_?)?Field_?\d+__c", name)] == []


def test_every_xml_file_is_well_formed_and_safe() -> None:
    paths = [*sorted(NORDVIK.glob("salesforce/**/*.xml")), NORDVIK / "erp/metadata.xml"]
    assert [str(path) for path in paths if not _is_well_formed(path)] == []


def test_the_generator_writes_the_same_bytes_every_time(generated: Path, tmp_path: Path) -> None:
    again = _run(NORDVIK / "generate.py", tmp_path, "2")
    assert _digests(generated) == _digests(again)


def test_what_is_generated_stays_small(generated: Path) -> None:
    assert sum(path.stat().st_size for path in generated.rglob("*") if path.is_file()) < BUDGET_BYTES


@pytest.mark.slow
def test_the_history_of_nordvik_lite_has_the_same_commits_every_time(tmp_path: Path) -> None:
    builds = [_run(EXAMPLES / "nordvik-lite/build.py", tmp_path / name, name) for name in ("1", "2")]
    first, second = (_git(folder / "repo", "log", "--format=%H %ct") for folder in builds)
    assert first == second
    assert len(first.splitlines()) == 23


@pytest.mark.slow
def test_nordvik_lite_ends_with_the_tree_of_nordvik(tmp_path: Path) -> None:
    built = _run(EXAMPLES / "nordvik-lite/build.py", tmp_path, "1") / "repo"
    expected = dict(_digests(NORDVIK / "salesforce").items())
    assert expected == {key: d for key, d in _digests(built).items() if not key.startswith(".git/")}


def test_every_subject_of_the_truth_exists(truth: dict[str, Any], generated: Path) -> None:
    known = _known_subjects(generated)
    assert sorted({name for name in _subjects(truth) if name not in known}) == []


def test_what_the_truth_places_outside_the_tree_is_not_in_it(truth: dict[str, Any], generated: Path) -> None:
    outside = {name for story in truth["stories"] for name in story.get("outside_tree", ())}
    assert outside == _OUTSIDE
    assert not outside & _known_subjects(generated)
    rows = _rows(generated / "usage/kit/CustomField.csv")
    assert outside <= {f"crm:{row['EntityDefinition.QualifiedApiName']}.{row['DeveloperName']}__c" for row in rows}


def test_every_component_of_the_truth_exists(truth: dict[str, Any]) -> None:
    components = [name for story in truth["stories"] for name in story.get("components", ())]
    found = [name for finding in truth["findings"] for name in finding["exactly"] if "/" in name]
    components += [name.removeprefix("crm:") for name in found]
    assert [name for name in components if not _component_path(name).is_file()] == []


def test_story_ids_are_unique_and_every_story_says_what_is_needed(truth: dict[str, Any]) -> None:
    stories = truth["stories"]
    assert len(stories) == len({story["id"] for story in stories})
    assert {"facts", "liveness", "concepts", "matching", "reconcile", "org", "outside"} == {
        story["needs"] for story in stories
    }
    assert {"violation", "candidate", "unknown", "innocent"} == {story["verdict"] for story in stories}


@pytest.mark.parametrize(
    "figure",
    [
        "order_lines",
        "linked_orders",
        "all_orders",
        "invoices",
        "open_quotes",
        "credit_limits",
        "service_fees",
        "stock",
        "agreed_prices",
    ],
)
def test_the_planted_gap_is_exact_to_the_cent(figure: str, truth: dict[str, Any], generated: Path) -> None:
    told = next(each for each in truth["figures"] if each["id"] == figure)
    crm, erp = _SIDES[figure](_Books(generated))
    names = ("crm_sum", "erp_sum", "gap", "crm_rows", "erp_rows", "different", "only_crm", "only_erp")
    assert {name: told[name] for name in names} == _compared(crm, erp)


@pytest.mark.parametrize(
    ("object_name", "field", "start", "end"),
    [
        pytest.param(
            "Account", "Key_Account_Tier_2023__c", "2018", "2024-06", id="an abandoned field ends in 2024"
        ),
        pytest.param("Opportunity", "Legacy_Region_Code__c", "2018", "2020-04", id="an old code ends in 2020"),
        pytest.param(
            "Account", "Year_End_Bonus_Basis__c", "2018", "2026", id="the seasonal field ends with the year"
        ),
    ],
)
def test_no_row_created_after_its_end_has_a_value(
    object_name: str, field: str, start: str, end: str, generated: Path
) -> None:
    rows = _rows(generated / f"usage/records/{object_name}.csv")
    days = sorted(row["CreatedDate"] for row in rows if row[field])
    assert days
    assert start <= days[0] <= days[-1] < end


def test_the_seasonal_field_is_written_in_december_only(generated: Path) -> None:
    rows = _rows(generated / "usage/history/AccountHistory.csv")
    months = {row["CreatedDate"][:7] for row in rows if row["Field"] == "Year_End_Bonus_Basis__c"}
    assert {"2025-12"} == months


def test_no_log_reaches_beyond_the_twelve_months(generated: Path) -> None:
    for name in ("ReportEvent", "ListViewEvent", "ApiEvent"):
        days = sorted(row["EventDate"][:10] for row in _rows(generated / f"usage/{name}.csv"))
        assert days[0] >= "2025-11-21", name
        assert days[-1] <= "2026-11-20", name


def test_the_history_of_complaints_is_too_short(generated: Path) -> None:
    days = [row["CreatedDate"][:10] for row in _rows(generated / "usage/history/Complaint__History.csv")]
    assert min(days) >= "2026-10-22"


def test_no_export_holds_a_name_of_a_user(generated: Path) -> None:
    header = next(iter(_rows(generated / "usage/kit/User.csv")))
    assert {"Id", "IsActive", "LastLoginDate", "ProfileId", "Profile.Name", "UserType"} == set(header)


class _Books:
    """Both systems' records, as a reconciler would read them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = sqlite3.connect(folder / "erp/nordvik_erp.sqlite")

    def records(self, name: str) -> list[dict[str, str]]:
        return _rows(self.folder / f"usage/records/{name}.csv")

    def crm(self, name: str, key: str, value: str) -> dict[str, Decimal]:
        return {row[key]: Decimal(row[value]) for row in self.records(name) if row[key]}

    def erp(self, query: str) -> dict[str, Decimal]:
        rows = self.connection.execute(query).fetchall()
        return {str(key): Decimal(str(value)).quantize(Decimal("0.01")) for key, value in rows}

    def linked(self) -> set[str]:
        return set(self.crm("Opportunity", "Order_Number__c", "Amount"))


def _order_lines(books: _Books) -> tuple[Sums, Sums]:
    erp = books.erp("SELECT ordernr || '-' || radnr, radbelopp FROM kundorderrad")
    linked = books.linked()
    crm = books.crm("Order_Line__c", "ERP_Line_Key__c", "Net_Amount__c")
    return crm, {key: value for key, value in erp.items() if key.split("-")[0] in linked}


def _linked_orders(books: _Books) -> tuple[Sums, Sums]:
    crm, erp = _all_orders(books)
    return crm, {key: value for key, value in erp.items() if key in books.linked()}


def _all_orders(books: _Books) -> tuple[Sums, Sums]:
    crm = books.crm("Opportunity", "Order_Number__c", "Order_Value__c")
    return crm, books.erp("SELECT ordernr, ordersumma FROM kundorder")


def _invoices(books: _Books) -> tuple[Sums, Sums]:
    crm = books.crm("Invoice_Copy__c", "Invoice_Number__c", "Amount_Excl_VAT__c")
    return crm, books.erp("SELECT fakturanr, belopp_exkl_moms FROM faktura")


def _open_quotes(books: _Books) -> tuple[Sums, Sums]:
    rows = [row for row in books.records("Opportunity") if row["StageName"] == "Proposal/Price Quote"]
    crm = {row["ERP_Quote_Number__c"]: Decimal(row["Amount"]) for row in rows if row["ERP_Quote_Number__c"]}
    return crm, books.erp("SELECT offertnr, belopp FROM offert WHERE status = 'oppen'")


def _credit_limits(books: _Books) -> tuple[Sums, Sums]:
    crm = books.crm("Account", "Customer_Number__c", "Credit_Limit__c")
    return crm, books.erp("SELECT kundnr, kreditgrans FROM kund")


def _service_fees(books: _Books) -> tuple[Sums, Sums]:
    crm = books.crm("Service_Agreement__c", "Agreement_No__c", "Yearly_Fee__c")
    return crm, books.erp("SELECT avtalsnr, arsavgift FROM serviceavtal")


def _stock(books: _Books) -> tuple[Sums, Sums]:
    crm = books.crm("Stock_Level__c", "Stock_Key__c", "On_Hand__c")
    return crm, books.erp("SELECT artnr || '/' || lagernr, saldo FROM lagersaldo")


def _agreed_prices(books: _Books) -> tuple[Sums, Sums]:
    customers = {row["Id"]: row["Customer_Number__c"] for row in books.records("Account")}
    items = {row["Id"]: row["Item_Number__c"] for row in books.records("Product2")}
    holders = {row["Id"]: customers[row["Account__c"]] for row in books.records("Price_Agreement__c")}
    crm = {
        f"{holders[row['Agreement__c']]}/{items[row['Product__c']]}": Decimal(row["Agreed_Price__c"])
        for row in books.records("Price_Agreement_Row__c")
    }
    return crm, books.erp("SELECT kundnr || '/' || artnr, pris FROM kundpris")


_SIDES: Mapping[str, Callable[[_Books], tuple[Sums, Sums]]] = {
    "order_lines": _order_lines,
    "linked_orders": _linked_orders,
    "all_orders": _all_orders,
    "invoices": _invoices,
    "open_quotes": _open_quotes,
    "credit_limits": _credit_limits,
    "service_fees": _service_fees,
    "stock": _stock,
    "agreed_prices": _agreed_prices,
}


def _compared(crm: Sums, erp: Sums) -> dict[str, object]:
    both = crm.keys() & erp.keys()
    crm_sum, erp_sum = sum(crm.values(), Decimal(0)), sum(erp.values(), Decimal(0))
    return {
        "crm_sum": str(crm_sum),
        "erp_sum": str(erp_sum),
        "gap": str(crm_sum - erp_sum),
        "crm_rows": len(crm),
        "erp_rows": len(erp),
        "different": sum(1 for key in both if crm[key] != erp[key]),
        "only_crm": len(crm.keys() - erp.keys()),
        "only_erp": len(erp.keys() - crm.keys()),
    }


def _subjects(truth: dict[str, Any]) -> Iterator[str]:
    for story in truth["stories"]:
        yield from story.get("subjects", ())
        yield from story.get("originals", ())
        yield from story.get("retained", ())
        yield from story.get("concepts", {})
        yield from (name for cluster in story.get("clusters", ()) for name in cluster)
        yield from (name for pair in story.get("pairs", ()) for name in (pair["crm"], pair["erp"]))
    for finding in truth["findings"]:
        yield from (name for name in finding["exactly"] if "/" not in name and name not in _OUTSIDE)
    for figure in truth["figures"]:
        yield from (figure["crm"], figure["erp"], figure["key"])


def _known_subjects(generated: Path) -> frozenset[str]:
    names = {f"crm:{path.name}" for path in (SOURCE / "objects").iterdir()} | {"crm:Opportunity.Amount"}
    for path in SOURCE.glob("objects/*/fields/*"):
        names.add(f"crm:{path.parent.parent.name}.{path.name.removesuffix('.field-meta.xml')}")
    connection = sqlite3.connect(generated / "erp/nordvik_erp.sqlite")
    for (table,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    ).fetchall():
        names.add(f"erp:{table}")
        columns = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
        names.update(f"erp:{table}.{column}" for (column,) in columns)
    return frozenset(names)


def _component_path(name: str) -> Path:
    kind, _, rest = name.partition("/")
    owner, _, child = rest.partition(".")
    return {
        "flow": SOURCE / f"flows/{rest}.flow-meta.xml",
        "report": SOURCE / f"reports/{rest}.report-meta.xml",
        "validation_rule": SOURCE / f"objects/{owner}/validationRules/{child}.validationRule-meta.xml",
        "workflow_rule": SOURCE / f"workflows/{owner}.workflow-meta.xml",
        "list_view": SOURCE / f"objects/{owner}/listViews/{child}.listView-meta.xml",
    }[kind]


def _is_well_formed(path: Path) -> bool:
    return parse_xml(path.read_bytes()) is not None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _digests(folder: Path) -> dict[str, str]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _run(script: Path, out: Path, hash_seed: str) -> Path:
    """Run a script of the example with hashes of its own, so that no order of a set can hide in what it writes."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, str(script), "--out", str(out)], check=True, env=environment)
    return out


def _git(repository: Path, *arguments: str) -> str:
    finished = subprocess.run(
        ["git", "-C", str(repository), *arguments], check=True, capture_output=True, text=True
    )
    return finished.stdout
