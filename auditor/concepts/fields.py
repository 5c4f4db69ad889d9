"""What a field holds for the business: a price, a balance in stock, the number of the ERP."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.concepts.fieldwords import FieldWords
from auditor.dataclasses import dataclass
from auditor.lexicon.reading import NameReader
from auditor.model.datatypes import DataType

FIELD_CONCEPTS = (
    "address",
    "amount",
    "balance",
    "contact_detail",
    "contract_term",
    "cost",
    "customer_number",
    "delivery",
    "discount",
    "erp_identifier",
    "invoicing",
    "order",
    "payment",
    "price",
    "product_number",
    "production",
    "quantity",
    "stock",
    "terms",
)
"""What `field_concept` may say."""
_MEASURES = frozenset(
    {
        "quantity",
        "price",
        "amount",
        "discount",
        "balance",
        "stock",
        "reserved",
        "cost",
        "margin",
        "delivered",
        "invoiced",
        "remaining_word",
        "reorder_point",
        "quantity_per",
        "tax",
        "debit",
        "credit",
        "notice_period",
        "ordered",
    }
)
_CARRIERS = frozenset({"stock", "price", "product_structure", "contract"})
"""Master data whose figures belong to the object itself, as those of every transaction do."""
_TRADE = frozenset({"product", "opportunity", "opportunity_line", "quote", "quote_line", "product_structure"})
_GOODS = frozenset({"product", "warehouse", "stock"})
_OFFERING = frozenset(
    {"product", "customer_account", "price", "contract", "vendor", "asset", "other", "relationship"}
)
"""Objects that a price or discount may be mastered on; on a visit or a survey it is somebody's remark."""
_SYSTEMS = frozenset(
    {"erp", "sap", "m3", "movex", "navision", "visma", "jeeves", "ifs", "monitor", "ax", "netsuite"}
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One kind of field: terms of its head, terms that must or must not stand beside it, and what that means."""

    says: str
    concept: str | None
    heads: frozenset[str]
    beside: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    """Concepts of the object on which the rule holds; empty: on all."""
    figure: bool = True
    """Whether it holds for figures only, as far as the field's type is known."""


def _any(words: str) -> frozenset[str]:
    return frozenset(words.split())


_RULES: tuple[_Rule, ...] = (
    _Rule("stock", "stock", _any("stock"), without=_any("price cost")),
    _Rule(
        "stock", "stock", _any("quantity amount balance reserved ordered remaining_word"), _any("stock warehouse")
    ),
    _Rule("stock", "stock", _any("reserved reorder_point"), on=_GOODS),
    _Rule("cost", "product_structure", _any("cost margin"), without=_any("competitor"), on=_TRADE),
    _Rule("cost", "product_structure", _any("amount"), _any("cost"), _any("competitor"), on=_TRADE),
    _Rule("cost", None, _any("cost margin")),
    _Rule("invoicing", "invoice", _any("amount date balance status"), _any("invoiced invoice"), figure=False),
    _Rule("invoicing", "invoice", _any("invoice invoiced invoice_number invoice_date"), figure=False),
    _Rule("delivery", "delivery", _any("delivery delivery_date date"), _any("confirmed delivered"), figure=False),
    _Rule("delivery", "delivery", _any("delivered tracking_number"), figure=False),
    _Rule(
        "order",
        "order",
        _any("amount status date quantity"),
        _any("order ordered"),
        _any("expected"),
        figure=False,
    ),
    _Rule("order", "order", _any("order_number order_date ordered"), figure=False),
    _Rule("production", "production_order", _any("production_order quantity_finished"), figure=False),
    _Rule("payment", "payment", _any("payment payment_date paid"), figure=False),
    _Rule("balance", "ledger_entry", _any("balance")),
    _Rule("price", "price", _any("price"), without=_any("competitor expected number"), on=_OFFERING),
    _Rule("discount", "price", _any("discount"), without=_any("competitor expected number"), on=_OFFERING),
    _Rule("price", None, _any("price")),
    _Rule("discount", None, _any("discount")),
    _Rule("contract_term", "contract", _any("notice_period contract"), figure=False),
    _Rule("terms", None, _any("payment_terms delivery_terms"), figure=False),
    _Rule("customer_number", "customer_account", _any("customer_number organization_number"), figure=False),
    _Rule("product_number", "product", _any("product_number"), figure=False),
    _Rule("address", "customer_account", _any("address"), figure=False),
    _Rule("contact_detail", "contact_person", _any("person_name email phone"), figure=False),
    _Rule("quantity", None, _any("quantity")),
    _Rule("amount", None, _any("amount")),
)
_FIGURES = frozenset({None, DataType.NUMBER, DataType.CURRENCY, DataType.PERCENT, DataType.OTHER})
STEPS = frozenset({"received", "confirmed", "production", "delivered", "invoiced", "paid", "credit_note"})
"""What happens to an order after it is won, as terms."""


@dataclass(frozen=True, slots=True)
class FieldMeaning:
    """What a field holds. `word` None: nothing of the list; `concept` None: no concept of the business alone."""

    word: str | None
    concept: str | None
    known: bool = True
    """Whether its name means anything, or its type holds no figure; where not, nothing is said about it."""


def meaning_of(field: FieldWords, object_concept: str | None, nature: str | None) -> FieldMeaning:
    """What a field holds: its own words, and for the figures of a transaction what the transaction is."""
    if field.audit:
        return FieldMeaning(None, None)
    rule = next((each for each in _RULES if _fits(each, field, object_concept)), None)
    word = "erp_identifier" if rule is None and _erp_key(field) else rule.says if rule is not None else None
    own = object_concept if nature == "transaction" or object_concept in _CARRIERS else None
    figure = _is_figure(field)
    if own is not None and figure and field.heads & _MEASURES:
        return FieldMeaning(word, own)
    if object_concept == "opportunity_line" and word in ("price", "discount", "quantity"):
        return FieldMeaning(word, object_concept)
    concept = rule.concept if rule is not None else None
    return FieldMeaning(word, concept, known=bool(field.terms) or field.type not in _FIGURES)


def steps_in(values: Iterable[str], reader: NameReader, language: str | None = None) -> frozenset[str]:
    """Which steps of an order after it is won the values of a picklist name."""
    parts = (part for value in values for part in reader.parts(value, language))
    return frozenset(term for part in parts for term in part.terms & STEPS)


def _fits(rule: _Rule, field: FieldWords, object_concept: str | None) -> bool:
    if field.heads.isdisjoint(rule.heads) or (rule.on and object_concept not in rule.on):
        return False
    if rule.figure and not _is_figure(field):
        return False
    return (not rule.beside or bool(field.terms & rule.beside)) and field.terms.isdisjoint(rule.without)


def _is_figure(field: FieldWords) -> bool:
    """Whether it may hold a figure: a number that tells one thing from others is none, nor is a batch."""
    return field.type in _FIGURES and "number" not in field.heads and not field.batch


def _erp_key(field: FieldWords) -> bool:
    """Whether it is the number under which an ERP knows the record: `SAP_ID__c`, `ERP_Customer_No__c`."""
    words = field.name.lower().replace("__c", "").split("_")
    return "number" in field.terms and bool(_SYSTEMS.intersection(words))
