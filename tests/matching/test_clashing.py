"""What two objects are for the business, and when that forbids one to repeat the other."""

from __future__ import annotations

import pytest

from auditor.matching.clashing import agreement, clash
from auditor.matching.profiles import ObjectProfile

_ROWS: tuple[tuple[str, str, str, float, bool], ...] = (
    ("lines of two documents", "order_line", "invoice_line", 0.95, True),
    ("the same", "order_line", "order_line", 0.95, False),
    ("the parts of one agreement", "contract", "subscription_billing", 0.95, False),
    ("an unknown one", "", "invoice", 0.95, False),
    ("one that says little", "other", "invoice", 0.95, False),
    ("a price and a contract", "price", "contract", 0.95, True),
    ("a guess", "order", "quote", 0.7, False),
)


@pytest.mark.parametrize(
    ("crm", "erp", "certainty", "expected"), [row[1:] for row in _ROWS], ids=[r[0] for r in _ROWS]
)
def test_concepts_clash(crm: str, erp: str, certainty: float, expected: bool) -> None:
    one = ObjectProfile("One__c", concept=crm, certainty=certainty)
    other = ObjectProfile("Other", concept=erp, certainty=certainty)

    assert expected == clash(one, other)


def test_what_is_the_same_for_the_business_agrees_as_far_as_that_is_known() -> None:
    order, other = (
        ObjectProfile("O", concept="order", certainty=0.5),
        ObjectProfile("X", concept="other", certainty=1),
    )

    assert (agreement(order, order), agreement(order, other), agreement(other, other)) == (0.25, 0.0, 0.0)
