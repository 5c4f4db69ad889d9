"""The rows of the ERP, one dataclass a table; attributes stand in the order of the columns in `erp/schema.sql`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Kund:
    """Customer."""

    kundnr: str
    namn: str
    orgnr: str
    vatnr: str
    adress: str
    postnr: str
    ort: str
    landkod: str
    kundkategori: str
    distrikt: str
    saljkod: str
    prislista: str
    rabattgrupp: str
    betvillkor: str
    levvillkor: str
    kreditgrans: Decimal
    sparrad: int
    saldo: Decimal
    forfallet: Decimal
    faktura_epost: str
    skapad: date
    andrad: date


@dataclass(frozen=True, slots=True)
class Artikel:
    """Item."""

    artnr: str
    benamning: str
    artgrupp: str
    enhet: str
    vikt_kg: Decimal
    standardkostnad: Decimal
    ledtid_dagar: int
    statnr: str
    ursprungsland: str
    ritningsnr: str
    utgaende: int
    andrad: date


@dataclass(frozen=True, slots=True)
class Lagersaldo:
    """Stock balance of an item in a warehouse."""

    artnr: str
    lagernr: str
    saldo: Decimal
    reserverat: Decimal
    bestallt: Decimal
    bestpunkt: Decimal
    hyllplats: str
    inventerad: date


@dataclass(frozen=True, slots=True)
class Kundorder:
    """Sales order, header."""

    ordernr: str
    kundnr: str
    orderdatum: date
    status: int
    onskat_lev: date
    bekraftat_lev: date
    valuta: str
    ordersumma: Decimal
    er_referens: str
    godsmarke: str
    projektnr: str | None
    saljkod: str


@dataclass(frozen=True, slots=True)
class Kundorderrad:
    """Sales order, line."""

    ordernr: str
    radnr: int
    artnr: str
    antal: Decimal
    levererat: Decimal
    a_pris: Decimal
    rabatt: Decimal
    radbelopp: Decimal
    lagernr: str
    bekraftat_lev: date


@dataclass(frozen=True, slots=True)
class Leverans:
    """Delivery."""

    foljesedelsnr: str
    ordernr: str
    avgang: date
    ankomst: date
    transportor: str
    kollinr: str
    bruttovikt: Decimal
    kolli: int


@dataclass(frozen=True, slots=True)
class Faktura:
    """Invoice."""

    fakturanr: str
    kundnr: str
    ordernr: str
    fakturadatum: date
    forfallodatum: date
    belopp_exkl_moms: Decimal
    moms: Decimal
    valuta: str
    betald: int
    betaldatum: date | None
    kravniva: int


@dataclass(frozen=True, slots=True)
class Serviceavtal:
    """Service contract."""

    avtalsnr: str
    kundnr: str
    typ: str
    startdatum: date
    slutdatum: date
    uppsagning_man: int
    arsavgift: Decimal
    intervall: str
    nasta_faktura: date
    uppsagt: date | None


@dataclass(frozen=True, slots=True)
class Offert:
    """Quotation."""

    offertnr: str
    kundnr: str
    offertdatum: date
    giltig_till: date
    belopp: Decimal
    status: str


@dataclass(frozen=True, slots=True)
class Kundpris:
    """Price agreed with a customer."""

    kundnr: str
    artnr: str
    fran_antal: int
    avtalsnr: str
    pris: Decimal
    giltig_fran: date
    giltig_till: date


@dataclass(frozen=True, slots=True)
class Individ:
    """A machine by serial number."""

    serienr: str
    artnr: str
    kundnr: str
    levererad: date
    garanti_till: date
    avtalsnr: str | None
