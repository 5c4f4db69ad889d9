"""What the ERP agreed with customers beside orders: service contracts, quotations, prices; and the machines."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from nordvik_world.calendar import AS_OF, dice, somewhen
from nordvik_world.erp_tables import Artikel, Individ, Kund, Kundpris, Offert, Serviceavtal
from nordvik_world.prices import cents, list_price

CONTRACTS, QUOTES, AGREEMENTS, AGREED_PRICES, MACHINES = 110, 130, 60, 360, 380


def contract(n: int, customers: tuple[Kund, ...]) -> Serviceavtal:
    """The n-th service contract; the ERP raises its fee by three per cent every January."""
    throw = dice("serviceavtal", str(n))
    start = somewhen(throw, date(2020, 3, 16), date(2026, 10, 1))
    kind = throw.choice(("Bas", "Plus", "Total"))
    base = Decimal({"Bas": 18_000, "Plus": 42_000, "Total": 96_000}[kind] + throw.randrange(0, 9) * 1500)
    indexed = base * Decimal("1.03") ** max(0, AS_OF.year - start.year)
    return Serviceavtal(
        avtalsnr=f"SA{3000 + n}",
        kundnr=throw.choice(customers).kundnr,
        typ=kind,
        startdatum=start,
        slutdatum=start + timedelta(days=365 * throw.choice((1, 3, 5))),
        uppsagning_man=throw.choice((3, 6)),
        arsavgift=cents(indexed),
        intervall=throw.choice(("Månad", "Kvartal", "År")),
        nasta_faktura=AS_OF + timedelta(days=throw.randrange(1, 90)),
        uppsagt=start + timedelta(days=400) if n % 11 == 6 and start.year < 2025 else None,
    )


def quote(n: int, customers: tuple[Kund, ...]) -> Offert:
    """The n-th quotation."""
    throw = dice("offert", str(n))
    day = somewhen(throw, date(2026, 3, 1), AS_OF)
    return Offert(
        offertnr=f"Q{7000 + n}",
        kundnr=throw.choice(customers).kundnr,
        offertdatum=day,
        giltig_till=day + timedelta(days=60),
        belopp=Decimal(throw.randrange(80, 6_000)) * 1000,
        status=throw.choices(("oppen", "order", "forlorad"), (5, 3, 2))[0],
    )


def customer_price(n: int, customers: tuple[Kund, ...], items: tuple[Artikel, ...]) -> Kundpris:
    """Six prices in each agreement; the rows of one agreement are items in a row, so that keys never repeat."""
    agreement, row = n % AGREEMENTS, n // AGREEMENTS
    throw = dice("kundpris", str(n))
    item = items[(agreement * 4 + row * 41) % len(items)]
    start = somewhen(dice("prisavtal", str(agreement)), date(2021, 6, 7), date(2026, 10, 1))
    return Kundpris(
        kundnr=customers[agreement * 5].kundnr,
        artnr=item.artnr,
        fran_antal=1,
        avtalsnr=f"PA{800 + agreement}",
        pris=cents(list_price(item) * Decimal(throw.randrange(78, 97)) / 100),
        giltig_fran=start,
        giltig_till=start + timedelta(days=730),
    )


def machine(n: int, customers: tuple[Kund, ...], items: tuple[Artikel, ...]) -> Individ:
    """The n-th machine at a customer's."""
    throw = dice("individ", str(n))
    machines = [item for item in items if item.artgrupp != "RES"]
    delivered = somewhen(throw, date(2006, 1, 1), date(2026, 10, 1))
    return Individ(
        serienr=f"NV{60000 + n * 11}",
        artnr=throw.choice(machines).artnr,
        kundnr=throw.choice(customers).kundnr,
        levererad=delivered,
        garanti_till=delivered + timedelta(days=730),
        avtalsnr=f"SA{3000 + n % CONTRACTS}" if n % 3 == 0 else None,
    )
