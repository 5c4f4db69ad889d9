"""What the CRM repeats of the ERP, row by row, and every drift that is planted. `TRUTH.yaml` tells the sums."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from nordvik_world.agreed_copies import copy_agreement, copy_contract, copy_machine, copy_price
from nordvik_world.calendar import AS_OF
from nordvik_world.erp import STATUSES, TERMS, TERMS_LONG, Erp
from nordvik_world.erp_tables import Kundorder, Kundorderrad
from nordvik_world.links import Copied, Ids, links_of
from nordvik_world.prices import cents, list_price

LINKED_ORDERS = 420
"""The newest orders, which came out of an opportunity of the CRM."""
INVOICE_LOAD_STOPPED = date(2026, 8, 28)
"""The weekly load of invoices has failed since then, and nobody noticed."""
STALE_WAREHOUSE = "AAR"
_STOCK_DAYS = 1600
"""Days over which items came into stock after the first load."""
EXTRA_LINES = 18
"""Order lines that sellers typed into the CRM and that the ERP has never seen."""

_STAGES = {"oppen": "Proposal/Price Quote", "order": "Closed Won", "forlorad": "Closed Lost"}
_ORDER_FIELDS = (
    "Order_Number__c",
    "Order_Status__c",
    "Order_Value__c",
    "Invoiced_Amount__c",
    "Confirmed_Delivery__c",
    "Project_Number__c",
)


class Copies:
    """Answers, for the n-th row of an object, what of it was copied."""

    def __init__(self, erp: Erp) -> None:
        self.erp = erp
        self.links = links_of(erp)
        self.customer_of_order = {order.ordernr: order.kundnr for order in erp.orders}
        self.orders = erp.orders[-LINKED_ORDERS:]
        self.order_row = {order.ordernr: n for n, order in enumerate(self.orders)}
        lines = [line for line in erp.lines if line.ordernr in self.order_row]
        self.lines = [line for n, line in enumerate(lines) if n % 41 != 7]
        self.invoices = [each for each in erp.invoices if each.fakturadatum < INVOICE_LOAD_STOPPED]
        self._tellers: dict[str, Callable[[int, Ids], Copied]] = {
            "Account": self._account,
            "Product2": self._product,
            "Opportunity": self._opportunity,
            "Order_Line__c": self._order_line,
            "Stock_Level__c": self._stock,
            "Invoice_Copy__c": self._invoice,
            "Delivery__c": self._delivery,
            "Service_Agreement__c": partial(copy_contract, erp, self.links),
            "Price_Agreement__c": partial(copy_agreement, erp, self.links),
            "Price_Agreement_Row__c": partial(copy_price, erp, self.links),
            "Installed_Machine__c": partial(copy_machine, erp, self.links),
        }

    def count(self, name: str) -> int:
        """How many rows an object has that is a copy."""
        return {
            "Order_Line__c": len(self.lines) + EXTRA_LINES,
            "Stock_Level__c": len(self.erp.stock),
            "Service_Agreement__c": len(self.erp.contracts),
            "Invoice_Copy__c": len(self.invoices),
            "Delivery__c": len(self.erp.deliveries),
        }[name]

    def of(self, name: str, n: int, ids: Ids) -> Copied:
        """What was copied into the n-th row of an object."""
        teller = self._tellers.get(name)
        return teller(n, ids) if teller else Copied()

    def _account(self, n: int, ids: Ids) -> Copied:
        if n >= len(self.erp.customers):
            return Copied(cells={"Customer_Number__c": "", "RecordType.DeveloperName": "Prospekt"})
        customer = self.erp.customers[n]
        terms = {code: text for code, text, _ in (*TERMS, *TERMS_LONG)}
        stale = n % 23 == 4
        return Copied(
            max(customer.skapad, date(2018, 2, 5)),
            {
                "Name": customer.namn,
                "Customer_Number__c": customer.kundnr,
                "RecordType.DeveloperName": "Kund",
                "Organisation_Number__c": customer.orgnr,
                "VAT_Number__c": customer.vatnr,
                "Dansk_CVR__c": customer.orgnr if customer.landkod == "DK" else "",
                "BillingCity": customer.ort,
                "BillingCountry": "Danmark" if customer.landkod == "DK" else "Sverige",
                "Sales_Region__c": customer.distrikt,
                "Customer_Class__c": customer.kundkategori,
                "Credit_Limit__c": str(cents(customer.kreditgrans / 2) if stale else cents(customer.kreditgrans)),
                "Credit_Hold__c": _flag(customer.sparrad),
                "Payment_Terms__c": terms[customer.betvillkor],
                "Outstanding_Balance__c": str(customer.saldo),
                "Overdue_Amount__c": str(customer.forfallet),
                "Price_List_Code__c": customer.prislista,
                "Invoice_Email__c": customer.faktura_epost,
            },
        )

    def _product(self, n: int, ids: Ids) -> Copied:
        item = self.erp.items[n]
        stock = [balance for balance in self.erp.stock if balance.artnr == item.artnr]
        return Copied(
            cells={
                "Name": item.benamning,
                "ProductCode": item.artnr,
                "Item_Number__c": item.artnr,
                "Item_Group__c": item.artgrupp,
                "Unit_Of_Measure__c": item.enhet,
                "Weight_Kg__c": str(item.vikt_kg),
                "Stock_Balance__c": str(cents(sum((each.saldo for each in stock), Decimal(0)))),
                "Stock_Reserved__c": str(cents(sum((each.reserverat for each in stock), Decimal(0)))),
                "Stock_Incoming__c": str(cents(sum((each.bestallt for each in stock), Decimal(0)))),
                "Standard_Cost__c": str(item.standardkostnad),
                "List_Price_SEK__c": str(cents(list_price(item))),
                "Lead_Time_Days__c": str(item.ledtid_dagar),
                "Commodity_Code__c": item.statnr,
                "Country_Of_Origin__c": item.ursprungsland,
                "Drawing_Number__c": item.ritningsnr,
                "Discontinued__c": _flag(item.utgaende),
                "Spare_Part__c": _flag(item.artgrupp == "RES"),
            }
        )

    def _opportunity(self, n: int, ids: Ids) -> Copied:
        if n >= len(self.orders):
            return self._quoted(n - len(self.orders), ids)
        order = self.orders[n]
        stale = n % 19 == 3
        invoiced = order.ordersumma if order.status == 90 else Decimal(0)
        return Copied(
            order.orderdatum - timedelta(days=60),
            {
                "AccountId": self.links.account(ids, order.kundnr),
                "StageName": "Closed Won",
                "Amount": str(order.ordersumma),
                "CloseDate": order.orderdatum.isoformat(),
                "ERP_Quote_Number__c": "",
                "Order_Number__c": order.ordernr,
                "Order_Status__c": dict(STATUSES)[order.status],
                "Order_Value__c": str(cents(order.ordersumma * Decimal("0.92")) if stale else order.ordersumma),
                "Confirmed_Delivery__c": order.bekraftat_lev.isoformat(),
                "Requested_Delivery__c": order.onskat_lev.isoformat(),
                "Invoiced_Amount__c": str(cents(invoiced)),
                "Project_Number__c": order.projektnr or "",
            },
        )

    def _quoted(self, n: int, ids: Ids) -> Copied:
        """An opportunity without an order: the newest ones have a quotation in the ERP."""
        never = dict.fromkeys(_ORDER_FIELDS, "")
        if n >= len(self.erp.quotes):
            return Copied(cells=never | {"ERP_Quote_Number__c": ""})
        quote = self.erp.quotes[n]
        hoped = quote.status == "oppen" and n % 7 == 2
        return Copied(
            quote.offertdatum,
            never
            | {
                "AccountId": self.links.account(ids, quote.kundnr),
                "StageName": _STAGES[quote.status],
                "Amount": str(cents(quote.belopp * Decimal("1.1") if hoped else quote.belopp)),
                "CloseDate": quote.giltig_till.isoformat(),
                "ERP_Quote_Number__c": quote.offertnr,
                "Offer_Sent__c": quote.offertdatum.isoformat(),
                "Offer_Valid_Until__c": quote.giltig_till.isoformat(),
            },
        )

    def _order_line(self, n: int, ids: Ids) -> Copied:
        if n >= len(self.lines):
            return self._extra_line(n - len(self.lines), ids)
        line = self.lines[n]
        order = self.orders[self.order_row[line.ordernr]]
        drifted = n % 17 == 5
        amount = _without_discount(line) if drifted else line.radbelopp
        key = f"{line.ordernr}-{line.radnr}"
        return Copied(order.orderdatum, self._line_cells(line, order, key, amount, ids))

    def _extra_line(self, n: int, ids: Ids) -> Copied:
        line = self.lines[n * 29]
        order = self.orders[self.order_row[line.ordernr]]
        cells = self._line_cells(line, order, f"{line.ordernr}-9{n}", line.radbelopp, ids)
        return Copied(order.orderdatum + timedelta(days=5), cells)

    def _line_cells(
        self, line: Kundorderrad, order: Kundorder, key: str, amount: Decimal, ids: Ids
    ) -> dict[str, str]:
        delivered = order.status >= 70
        return {
            "Opportunity__c": ids["Opportunity"][self.order_row[line.ordernr]],
            "Product__c": self.links.product(ids, line.artnr),
            "Line_Number__c": str(line.radnr),
            "ERP_Line_Key__c": key,
            "Quantity__c": str(line.antal),
            "Unit_Price__c": str(line.a_pris),
            "Discount__c": str(line.rabatt),
            "Net_Amount__c": str(amount),
            "Confirmed_Date__c": line.bekraftat_lev.isoformat(),
            "Delivered_Quantity__c": str(line.levererat),
            "Line_Status__c": "Levererad" if delivered else "Öppen",
        }

    def _stock(self, n: int, ids: Ids) -> Copied:
        balance = self.erp.stock[n]
        stale = balance.lagernr == STALE_WAREHOUSE
        old = (balance.saldo * 3 + 7) // 2
        later = n * 37 % _STOCK_DAYS if n % 4 == 0 else 0
        return Copied(
            date(2022, 5, 9) + timedelta(days=later),
            {
                "Product__c": self.links.product(ids, balance.artnr),
                "Warehouse_Code__c": balance.lagernr,
                "Stock_Key__c": f"{balance.artnr}/{balance.lagernr}",
                "On_Hand__c": str(cents(old if stale else balance.saldo)),
                "Reserved__c": str(cents(balance.reserverat)),
                "On_Order__c": str(cents(balance.bestallt)),
                "Reorder_Point__c": str(cents(balance.bestpunkt)),
                "Shelf__c": balance.hyllplats,
                "Last_Count_Date__c": balance.inventerad.isoformat(),
                "Snapshot_At__c": f"{'2026-08-31' if stale else '2026-11-20'}T02:10:00.000+0000",
            },
        )

    def _invoice(self, n: int, ids: Ids) -> Copied:
        invoice = self.invoices[n]
        credited = n % 53 == 9
        amount = cents(invoice.belopp_exkl_moms * Decimal("0.9")) if credited else invoice.belopp_exkl_moms
        return Copied(
            invoice.fakturadatum + timedelta(days=3),
            {
                "Account__c": self.links.account(ids, invoice.kundnr),
                "Invoice_Number__c": invoice.fakturanr,
                "Invoice_Num__c": invoice.fakturanr if n % 3 else "",
                "Invoice_Number2__c": f"NV-{invoice.fakturanr}" if n % 4 == 1 else "",
                "Invoice_Date__c": invoice.fakturadatum.isoformat(),
                "Due_Date__c": invoice.forfallodatum.isoformat(),
                "Amount_Excl_VAT__c": str(amount),
                "VAT_Amount__c": str(invoice.moms),
                "Paid__c": _flag(invoice.betald and n % 13 != 2),
                "Paid_Date__c": invoice.betaldatum.isoformat() if invoice.betaldatum and n % 13 != 2 else "",
                "Reminder_Level__c": str(invoice.kravniva),
                "Order_Number__c": invoice.ordernr,
                "Currency_Code__c": invoice.valuta,
            },
        )

    def _delivery(self, n: int, ids: Ids) -> Copied:
        delivery = self.erp.deliveries[n]
        customer = self.customer_of_order[delivery.ordernr]
        return Copied(
            min(delivery.avgang, AS_OF - timedelta(days=2)),
            {
                "Account__c": self.links.account(ids, customer),
                "Delivery_Note__c": delivery.foljesedelsnr,
                "Order_Number__c": delivery.ordernr,
                "Shipped_Date__c": delivery.avgang.isoformat(),
                "Arrived_Date__c": delivery.ankomst.isoformat(),
                "Carrier__c": delivery.transportor,
                "Tracking_Number__c": delivery.kollinr,
                "Gross_Weight__c": str(delivery.bruttovikt),
                "Packages__c": str(delivery.kolli),
            },
        )


def _without_discount(line: Kundorderrad) -> Decimal:
    """As a seller types it who forgets the discount, or who rounds to whole hundreds where there is none."""
    if line.rabatt:
        return cents(line.antal * line.a_pris)
    return cents((line.radbelopp / 100).quantize(Decimal(1), ROUND_HALF_UP) * 100)


def _flag(value: object) -> str:
    return "true" if value else "false"
