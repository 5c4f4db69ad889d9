"""How the ERP rounds and prices."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from nordvik_world.erp_tables import Artikel

_CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Rounded to two decimals, half up, as the ERP rounds."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def list_price(item: Artikel) -> Decimal:
    """The price in the base list (SEK): cost times a factor by item group, to whole crowns."""
    factor = Decimal("1.9") if item.artgrupp == "RES" else Decimal("1.45")
    return (item.standardkostnad * factor).quantize(Decimal(1), ROUND_HALF_UP)
