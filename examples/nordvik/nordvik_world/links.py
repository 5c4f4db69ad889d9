"""How a row of the CRM finds the rows that its ERP original speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from nordvik_world.erp import Erp

Ids = Mapping[str, tuple[str, ...]]
"""Record ids of each object, by row number."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The cells of one row that come from the ERP, and when the row was created; None: an ordinary day."""

    created: date | None = None
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Links:
    """Row numbers of customers and items by their keys."""

    customers: Mapping[str, int]
    items: Mapping[str, int]

    def account(self, ids: Ids, kundnr: str) -> str:
        """The id of the account of a customer."""
        return ids["Account"][self.customers[kundnr]]

    def product(self, ids: Ids, artnr: str) -> str:
        """The id of the product of an item."""
        return ids["Product2"][self.items[artnr]]


def links_of(erp: Erp) -> Links:
    """Accounts and products stand in the order of customers and items."""
    return Links(
        {customer.kundnr: n for n, customer in enumerate(erp.customers)},
        {item.artnr: n for n, item in enumerate(erp.items)},
    )
