"""What the CRM repeats of service contracts, price agreements and machines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nordvik_world.calendar import AS_OF
from nordvik_world.erp import Erp
from nordvik_world.links import Copied, Ids, Links
from nordvik_world.prices import cents


def copy_contract(erp: Erp, links: Links, n: int, ids: Ids) -> Copied:
    """A service contract; the fee is the one that was signed, never raised since."""
    contract = erp.contracts[n]
    base = contract.arsavgift / Decimal("1.03") ** max(0, AS_OF.year - contract.startdatum.year)
    return Copied(
        contract.startdatum,
        {
            "Account__c": links.account(ids, contract.kundnr),
            "Agreement_No__c": contract.avtalsnr,
            "Agreement_Type__c": contract.typ,
            "Start_Date__c": contract.startdatum.isoformat(),
            "End_Date__c": contract.slutdatum.isoformat(),
            "Notice_Months__c": str(contract.uppsagning_man),
            "Yearly_Fee__c": str(cents(base)),
            "Invoice_Interval__c": contract.intervall,
            "Next_Invoice_Date__c": contract.nasta_faktura.isoformat(),
            "Cancelled_Date__c": contract.uppsagt.isoformat() if contract.uppsagt else "",
        },
    )


def copy_agreement(erp: Erp, links: Links, n: int, ids: Ids) -> Copied:
    """The header of a price agreement."""
    price = erp.customer_prices[n]
    return Copied(
        price.giltig_fran,
        {
            "Account__c": links.account(ids, price.kundnr),
            "Agreement_Number__c": price.avtalsnr,
            "Valid_From__c": price.giltig_fran.isoformat(),
            "Valid_To__c": price.giltig_till.isoformat(),
        },
    )


def copy_price(erp: Erp, links: Links, n: int, ids: Ids) -> Copied:
    """A price of an agreement; every second one was renegotiated in the CRM only."""
    price = erp.customer_prices[n]
    renegotiated = n % 2 == 1
    agreed = price.pris * Decimal("0.97") if renegotiated else price.pris
    return Copied(
        price.giltig_fran,
        {
            "Agreement__c": ids["Price_Agreement__c"][int(price.avtalsnr[2:]) - 800],
            "Product__c": links.product(ids, price.artnr),
            "From_Quantity__c": str(price.fran_antal),
            "Agreed_Price__c": str(cents(agreed)),
            "Valid_From__c": price.giltig_fran.isoformat(),
        },
    )


def copy_machine(erp: Erp, links: Links, n: int, ids: Ids) -> Copied:
    """An installed machine."""
    machine = erp.machines[n]
    return Copied(
        max(machine.levererad, date(2019, 3, 25)),
        {
            "Account__c": links.account(ids, machine.kundnr),
            "Product__c": links.product(ids, machine.artnr),
            "Serial_Number__c": machine.serienr,
            "Delivered__c": machine.levererad.isoformat(),
            "Warranty_Until__c": machine.garanti_till.isoformat(),
        },
    )
