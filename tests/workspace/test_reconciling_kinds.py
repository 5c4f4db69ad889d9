"""How fields are compared where nobody says it."""

from __future__ import annotations

import pytest

from auditor.model.catalogue import Field
from auditor.model.reconciliation import ValueKind
from auditor.workspace.reconciling_kinds import kind_of

CASES = (
    ("flags", "Checkbox", "INTEGER", ("Hold__c", "sparrad"), ValueKind.BOOLEAN),
    ("days", "DateTime", "VARCHAR(8)", ("At__c", "levdat"), ValueKind.DATE),
    ("amounts", "Currency", "DECIMAL(16, 2)", ("Fee__c", "avgift"), ValueKind.NUMBER),
    ("a number that the ERP keeps as text", "Number", "VARCHAR(10)", ("Lead__c", "ledtid"), ValueKind.NUMBER),
    ("a code of digits in a text", "Text", "INTEGER", ("Customer_Number__c", "kundnr"), ValueKind.TEXT),
    ("choices", "Picklist", "CHAR(1)", ("Class__c", "kategori"), ValueKind.CODE),
    ("a phone", "Phone", "VARCHAR(20)", ("Phone", "telefon"), ValueKind.PHONE),
    ("a Swedish organisation number", "Text", "VARCHAR(20)", ("X__c", "orgnr"), ValueKind.TAX_NUMBER),
    ("a VAT number", "Text", "VARCHAR(20)", ("VAT_Number__c", "x"), ValueKind.TAX_NUMBER),
    ("names", "Text", "VARCHAR(80)", ("Name", "namn"), ValueKind.TEXT),
)


@pytest.mark.parametrize(
    ("crm", "erp", "names", "kind"), [each[1:] for each in CASES], ids=[each[0] for each in CASES]
)
def test_the_kind_follows_from_types_and_names(
    crm: str, erp: str, names: tuple[str, str], kind: ValueKind
) -> None:
    assert kind_of(Field("A", names[0], type=crm), Field("b", names[1], type=erp), names) is kind


def test_without_a_schema_values_are_texts() -> None:
    assert kind_of(None, None, ("a", "b")) is ValueKind.TEXT
