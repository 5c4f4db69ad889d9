# ruff: noqa: E501 - a table of exact messages
"""What a charter says, and what is wrong in one."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.config.charter import read_charter
from auditor.errors import ConfigurationError
from auditor.model.charter import Charter, Entity, Mirror, Ownership

TEXT = """\
version: 1
signed: {by: [sales, finance], on: 2026-11-01}
purposes: {crm: Activities, erp: Transactions}
owners:
  - {concept: order, system: erp}
  - {concept: order, system: crm, areas: [Service]}
entities:
  Customer: {objects: [Account, Contact, "Account_*"], budget: 90, tier: 1, owner: sales, purpose: Whom we sell to}
  Deal: {objects: [Opportunity]}
mirrors:
  - {field: "crm:Account.Credit_*", from: erp, why: seen while talking}
complete: [api]
"""
CHARTER = Charter(
    "c.yaml",
    ("sales", "finance"),
    date(2026, 11, 1),
    {"crm": "Activities", "erp": "Transactions"},
    (Ownership("order", "erp"), Ownership("order", "crm", ("Service",))),
    (
        Entity("Customer", ("Account", "Contact", "Account_*"), 90, 1, "sales", "Whom we sell to"),
        Entity("Deal", ("Opportunity",)),
    ),
    (Mirror("crm:Account.Credit_*", "erp", "seen while talking"),),
    ("api",),
)


def test_a_charter_is_read_whole() -> None:
    assert read_charter(TEXT, "c.yaml", ["crm", "erp"]) == CHARTER


WRONG = [
    ("no version", "owners: []\n", "1:1: missing key 'version'"),
    ("a version of the future", "version: 2\n", "1:10: version '2' is not known; this release reads version: 1"),
    ("an unknown key", "version: 1\nowner: x\n", "2:1: unknown key 'owner'; did you mean owners?"),
    ("a system that is not there", "version: 1\npurposes: {sap: x}\n", "2:12: 'sap' is no system of auditor.yaml (crm, erp)"),
    ("an owner that is not there", "version: 1\nowners: [{concept: order, system: epr}]\n", "2:35: 'epr' is none of crm, erp; did you mean erp?"),
    ("half a signature", "version: 1\nsigned: {by: sales}\n", "2:9: missing key 'on'"),
    ("a list of entities", "version: 1\nentities: [Account]\n", "2:11: entities map a name of the business (Customer) to its objects and budget"),
    ("a budget of nothing", "version: 1\nentities: {A: {objects: [A], budget: 0}}\n", "2:38: budget is a whole number of at least 1, not '0'"),
    ("a tier that does not exist", "version: 1\nentities: {A: {objects: [A], tier: 4}}\n", "2:36: tier is one of 1, 2, 3 (1 matters most), not 4"),
    ("an object of two entities", "version: 1\nentities: {A: {objects: [A]}, B: {objects: [A]}}\n", "2:11: two bear the object name 'A'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in WRONG])
def test_a_wrong_charter_gives_one_message_at_its_place(text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_charter(text, "c.yaml", ["crm", "erp"])

    assert caught.value.problems == (f"c.yaml:{expected}",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Account", "Customer", id="by its name"),
        pytest.param("Account_Note__c", "Customer", id="by a pattern"),
        pytest.param("Lead", None, id="by nothing"),
    ],
)
def test_entity_of_an_object(name: str, expected: str | None) -> None:
    found = CHARTER.entity_of(name)

    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("concept", "area", "expected"),
    [
        pytest.param("order", None, "erp", id="everywhere"),
        pytest.param("order", "Sales", "erp", id="an area of which nothing is said"),
        pytest.param("order", "Service", "crm", id="what is said of an area goes first"),
        pytest.param("invoice", None, None, id="no entry"),
    ],
)
def test_owner_of_a_concept(concept: str, area: str | None, expected: str | None) -> None:
    assert CHARTER.owner_of(concept, area) == expected


def test_source_of_a_field() -> None:
    assert [CHARTER.source_of(f"crm:Account.{name}__c") for name in ("Credit_Limit", "Region")] == ["erp", None]
