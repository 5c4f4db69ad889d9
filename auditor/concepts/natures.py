"""The concepts by nature: what belongs to whom follows from the nature."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_BY_NATURE = (
    (
        "transaction",
        "quote quote_line order order_line purchase_order purchase_order_line invoice invoice_line credit_note "
        "payment delivery delivery_line return stock_movement ledger_entry production_order service_order "
        "time_entry subscription_billing",
    ),
    (
        "master",
        "customer_account contact_person vendor product price product_structure stock warehouse asset contract "
        "employee_user ledger_account",
    ),
    ("activity", "lead opportunity opportunity_line case_ticket campaign campaign_member activity"),
    ("reference", "reference_data"),
    ("configuration", "configuration relationship other"),
)
NATURES = ("activity", "master", "transaction", "reference", "configuration")
NATURE_OF: Mapping[str, str] = MappingProxyType(
    {concept: nature for nature, concepts in _BY_NATURE for concept in concepts.split()}
)
"""Concept → nature. `relationship` and `other` stand under configuration since they are none of the other four."""
CONCEPTS = tuple(sorted(NATURE_OF))
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "account": "customer_account",
        "bill_of_materials": "product_structure",
        "case": "case_ticket",
        "contact": "contact_person",
        "cost": "product_structure",
        "costing": "product_structure",
        "customer": "customer_account",
        "discount": "price",
        "employee": "employee_user",
        "ledger": "ledger_entry",
        "service_contract": "contract",
        "supplier": "vendor",
        "ticket": "case_ticket",
        "user": "employee_user",
    }
)
"""What people write in a charter → the concept that they mean."""


def concept_named(word: str) -> str:
    """The concept that a word of a charter means; the word itself where it is none."""
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    return ALIASES.get(plain, plain)
