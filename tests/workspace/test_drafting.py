"""A drafted charter can be read back, and says what stands today."""

from __future__ import annotations

from auditor.config.charter import read_charter
from auditor.model.catalogue import Catalog, Field, Object, Role
from auditor.model.charter import Entity, Ownership
from auditor.workspace.drafting import draft_charter

CRM = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    (
        Object("Account", fields=tuple(Field("Account", f"F{n}__c", custom=True) for n in range(11))),
        Object("Lead", fields=(Field("Lead", "Name", custom=False),)),
        Object("Odd: name", fields=(Field("Odd: name", "F__c", custom=True),)),
    ),
)
ERP = Catalog("erp", Role.ERP, "odata")


def test_a_draft_holds_what_stands_today_and_is_not_signed() -> None:
    charter = read_charter(draft_charter([CRM, ERP]), "charter.yaml", ["crm", "erp"])

    assert charter.entities == (Entity("Account", ("Account",), 20), Entity("Odd: name", ("Odd: name",), 10))
    assert (charter.owners[0], charter.owners[-1]) == (Ownership("order", "erp"), Ownership("activity", "crm"))
    assert (charter.signed, sorted(charter.purposes)) == (False, ["crm", "erp"])


def test_a_draft_without_an_erp_leaves_its_concepts_open() -> None:
    charter = read_charter(draft_charter([CRM]), "charter.yaml", ["crm"])

    assert {each.system for each in charter.owners} == {"crm"}


def test_a_draft_of_nothing_can_be_read() -> None:
    assert read_charter(draft_charter([]), "charter.yaml", []).entities == ()
