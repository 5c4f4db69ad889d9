"""The ERP of Nordvik: what really was ordered, delivered, invoiced, stocked and agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nordvik_world.agreements import (
    AGREED_PRICES,
    CONTRACTS,
    MACHINES,
    QUOTES,
    contract,
    customer_price,
    machine,
    quote,
)
from nordvik_world.calendar import AS_OF, dice, somewhen
from nordvik_world.erp_tables import (
    Artikel,
    Faktura,
    Individ,
    Kund,
    Kundorder,
    Kundorderrad,
    Kundpris,
    Lagersaldo,
    Leverans,
    Offert,
    Serviceavtal,
)
from nordvik_world.prices import cents, list_price

CUSTOMERS, ITEMS, ORDERS = 320, 240, 620
WAREHOUSES = (("VXO", "Växjö centrallager", "SE"), ("AAR", "Aarhus", "DK"), ("TMP", "Tammerfors", "FI"))
TERMS = (("10", "10 dagar netto", 10), ("20", "20 dagar netto", 20), ("30", "30 dagar netto", 30))
TERMS_LONG = (("45", "45 dagar netto", 45), ("60", "60 dagar netto", 60), ("FB", "Förskott", 0))
STATUSES = ((10, "Mottagen"), (20, "Bekräftad"), (40, "I produktion"), (70, "Levererad"), (90, "Fakturerad"))
_PLACES = ("Granö", "Björkfors", "Stenvik", "Ljungaby", "Ekhult", "Tallmo", "Sandfors", "Åkeryd", "Vinsjö")
_DANISH = ("Birkelund", "Stenbro", "Egeskov Nord", "Lindholt")
_TRADES = ("Såg", "Hyvleri", "Stål", "Mekaniska", "Trävaror", "Livs", "Förpackning", "Verkstad", "Panel")
_ITEMS = ("Sågenhet", "Matarvals", "Pressram", "Robotfäste", "Transportband", "Hydraulenhet", "Styrskåp", "Klinga")
_ITEMS_SMALL = ("Lagersats", "Tätningssats", "Givare", "Rem", "Motor", "Ventil", "Kabelsats", "Skyddsgaller")


@dataclass(frozen=True, slots=True)
class Erp:
    """Everything that the ERP holds, in the order in which it was booked."""

    customers: tuple[Kund, ...]
    items: tuple[Artikel, ...]
    stock: tuple[Lagersaldo, ...]
    orders: tuple[Kundorder, ...]
    lines: tuple[Kundorderrad, ...]
    deliveries: tuple[Leverans, ...]
    invoices: tuple[Faktura, ...]
    contracts: tuple[Serviceavtal, ...]
    quotes: tuple[Offert, ...]
    customer_prices: tuple[Kundpris, ...]
    machines: tuple[Individ, ...]


def build_erp() -> Erp:
    """Throw the dice of the ERP once, in the order of the business."""
    customers = tuple(_customer(n) for n in range(CUSTOMERS))
    items = tuple(_item(n) for n in range(ITEMS))
    orders, lines = _orders(customers, items)
    invoices = tuple(_invoice(n, order) for n, order in enumerate(orders) if order.status == 90)
    return Erp(
        customers=customers,
        items=items,
        stock=tuple(_stock(item, place[0]) for item in items for place in WAREHOUSES if _is_stocked(item, place)),
        orders=orders,
        lines=lines,
        deliveries=tuple(_delivery(n, order) for n, order in enumerate(orders) if order.status >= 70),
        invoices=invoices,
        contracts=tuple(contract(n, customers) for n in range(CONTRACTS)),
        quotes=tuple(quote(n, customers) for n in range(QUOTES)),
        customer_prices=tuple(customer_price(n, customers, items) for n in range(AGREED_PRICES)),
        machines=tuple(machine(n, customers, items) for n in range(MACHINES)),
    )


def _customer(n: int) -> Kund:
    throw = dice("kund", str(n))
    danish = n % 8 == 3
    place = throw.choice(_DANISH if danish else _PLACES)
    name = f"{place} {throw.choice(_TRADES)} {'A/S' if danish else 'AB'}"
    limit = Decimal(throw.choice((100, 250, 500, 1000, 2500))) * 1000
    balance = cents(limit * throw.randrange(0, 90) / 100)
    created = somewhen(throw, date(2009, 1, 1), date(2025, 6, 1))
    category = throw.choices("ABC", (1, 3, 6))[0]
    return Kund(
        kundnr=str(10010 + n * 7),
        namn=name if n % 5 else f"{name} {n}",
        orgnr=f"{30000000 + n * 91}" if danish else f"559{900 + n % 100:03d}-{n * 13 % 10000:04d}",
        vatnr=f"DK{30000000 + n * 91}" if danish else f"SE559{900 + n % 100:03d}{n * 13 % 10000:04d}01",
        adress=f"Industrivägen {1 + n % 60}" if not danish else f"Industrivej {1 + n % 60}",
        postnr=f"{8000 + n % 900}" if danish else f"{350 + n % 40} {10 + n % 80:02d}",
        ort=place,
        landkod="DK" if danish else "SE",
        kundkategori=category,
        distrikt="Danmark" if danish else throw.choice(("Nord", "Mitt", "Syd")),
        saljkod=f"S{1 + n % 9:02d}",
        prislista="DKK" if danish else "SEK",
        rabattgrupp=f"R{'CBA'.index(category) + throw.randrange(2)}",
        betvillkor=throw.choice((*TERMS, *TERMS_LONG))[0],
        levvillkor=throw.choice(("EXW", "FCA", "DAP")),
        kreditgrans=limit,
        sparrad=int(n % 37 == 5),
        saldo=balance,
        forfallet=cents(balance * throw.choice((0, 0, 0, 10, 35)) / 100),
        faktura_epost=f"faktura@kund{n:03d}.example",
        skapad=created,
        andrad=somewhen(throw, date(2025, 6, 1), AS_OF),
    )


def _item(n: int) -> Artikel:
    throw = dice("artikel", str(n))
    spare = n % 3 != 0
    cost = cents(Decimal(throw.randrange(4_000, 900_000)) / (100 if spare else 4))
    return Artikel(
        artnr=f"{'R' if spare else 'M'}{20000 + n * 3}",
        benamning=f"{throw.choice(_ITEMS_SMALL if spare else _ITEMS)} {throw.choice('ABCDEFGH')}{n}",
        artgrupp="RES" if spare else throw.choice(("SAG", "PRS", "ROB", "TRB")),
        enhet="st",
        vikt_kg=Decimal(throw.randrange(200, 900_000)) / 1000,
        standardkostnad=cost,
        ledtid_dagar=throw.choice((3, 5, 10, 20, 45, 90)),
        statnr=f"8465{throw.randrange(1000, 9999)}",
        ursprungsland=throw.choice(("SE", "DK", "DE", "PL")),
        ritningsnr=f"{throw.randrange(100, 999)}-{n:04d}",
        utgaende=int(n % 19 == 4),
        andrad=somewhen(throw, date(2024, 1, 1), AS_OF),
    )


def _is_stocked(item: Artikel, place: tuple[str, str, str]) -> bool:
    return place[0] == "VXO" or item.artgrupp == "RES"


def _stock(item: Artikel, warehouse: str) -> Lagersaldo:
    throw = dice("saldo", item.artnr, warehouse)
    balance = throw.randrange(0, 120)
    return Lagersaldo(
        artnr=item.artnr,
        lagernr=warehouse,
        saldo=Decimal(balance),
        reserverat=Decimal(throw.randrange(0, balance + 1)),
        bestallt=Decimal(throw.choice((0, 0, 0, 20, 50))),
        bestpunkt=Decimal(throw.choice((5, 10, 25))),
        hyllplats=f"{throw.choice('ABCD')}{throw.randrange(1, 30):02d}-{throw.randrange(1, 6)}",
        inventerad=somewhen(throw, date(2025, 11, 1), AS_OF),
    )


def _orders(
    customers: tuple[Kund, ...], items: tuple[Artikel, ...]
) -> tuple[tuple[Kundorder, ...], tuple[Kundorderrad, ...]]:
    orders, lines = [], []
    days = sorted(somewhen(dice("orderdatum", str(n)), date(2024, 1, 8), AS_OF) for n in range(ORDERS))
    for n, day in enumerate(days):
        number = f"K{240000 + n * 3}"
        throw = dice("order", number)
        customer = throw.choice(customers)
        status = _status(day, throw.random())
        rows = [_line(number, row, throw.choice(items), status, day) for row in range(1, throw.randrange(2, 6))]
        total = sum((row.radbelopp for row in rows), Decimal(0))
        lines.extend(rows)
        orders.append(_order(number, customer, day, status, total))
    return tuple(orders), tuple(lines)


def _status(day: date, chance: float) -> int:
    age = (AS_OF - day).days
    if age > 150:
        return 90
    if age > 60:
        return 90 if chance < 0.6 else 70
    return 40 if age > 25 else (20 if chance < 0.7 else 10)


def _order(number: str, customer: Kund, day: date, status: int, total: Decimal) -> Kundorder:
    throw = dice("orderhuvud", number)
    wanted = day + timedelta(days=throw.choice((14, 30, 60, 90)))
    return Kundorder(
        ordernr=number,
        kundnr=customer.kundnr,
        orderdatum=day,
        status=status,
        onskat_lev=wanted,
        bekraftat_lev=wanted + timedelta(days=throw.choice((0, 0, 0, 7, 14))),
        valuta="DKK" if customer.landkod == "DK" else "SEK",
        ordersumma=total,
        er_referens=f"Ref {throw.randrange(1000, 9999)}",
        godsmarke=f"NV {number[1:]}",
        projektnr=f"P{number[1:]}" if total > 400_000 else None,
        saljkod=customer.saljkod,
    )


def _line(number: str, row: int, item: Artikel, status: int, day: date) -> Kundorderrad:
    throw = dice("rad", number, str(row))
    spare = item.artgrupp == "RES"
    quantity = Decimal(throw.randrange(1, 40) if spare else throw.randrange(1, 4))
    price = list_price(item)
    discount = Decimal(throw.choice((0, 0, 5, 8, 10, 15)))
    return Kundorderrad(
        ordernr=number,
        radnr=row,
        artnr=item.artnr,
        antal=quantity,
        levererat=quantity if status >= 70 else Decimal(0),
        a_pris=price,
        rabatt=discount,
        radbelopp=cents(quantity * price * (100 - discount) / 100),
        lagernr=throw.choice(WAREHOUSES)[0] if spare else "VXO",
        bekraftat_lev=day + timedelta(days=throw.choice((14, 30, 60))),
    )


def _delivery(n: int, order: Kundorder) -> Leverans:
    throw = dice("leverans", order.ordernr)
    return Leverans(
        foljesedelsnr=f"F{500000 + n}",
        ordernr=order.ordernr,
        avgang=order.bekraftat_lev,
        ankomst=order.bekraftat_lev + timedelta(days=throw.randrange(1, 5)),
        transportor=throw.choice(("Nordfrakt", "Baltline", "Egen bil")),
        kollinr=f"37{throw.randrange(10**9, 10**10)}",
        bruttovikt=Decimal(throw.randrange(50, 90_000)) / 10,
        kolli=throw.randrange(1, 12),
    )


def _invoice(n: int, order: Kundorder) -> Faktura:
    throw = dice("faktura", order.ordernr)
    day = min(order.orderdatum + timedelta(days=throw.randrange(10, 60)), AS_OF - timedelta(days=1))
    due = day + timedelta(days=30)
    late = throw.choice((-3, 0, 0, 2, 9, 30))
    paid = due + timedelta(days=late)
    is_paid = paid < AS_OF
    return Faktura(
        fakturanr=f"{2400000 + n * 2}",
        kundnr=order.kundnr,
        ordernr=order.ordernr,
        fakturadatum=day,
        forfallodatum=due,
        belopp_exkl_moms=order.ordersumma,
        moms=cents(order.ordersumma * 25 / 100),
        valuta=order.valuta,
        betald=int(is_paid),
        betaldatum=paid if is_paid else None,
        kravniva=int(late > 7) if not is_paid else 0,
    )
