"""Structure that no single field shows: predicates over all fields of an object, by name (`~line`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from auditor.concepts.fieldwords import FieldWords
from auditor.dataclasses import dataclass

PARTIES = frozenset({"customer", "vendor", "company", "account_word", "contact", "household"})
THINGS = PARTIES | frozenset(
    {
        "product",
        "item",
        "employee",
        "opportunity",
        "campaign",
        "case",
        "lead",
        "contract",
        "asset",
        "project",
        "order",
        "quote",
        "invoice",
        "delivery",
        "category",
        "relationship",
        "warehouse",
        "department",
        "activity",
        "education",
        "list",
        "member",
    }
)
MEASURES = frozenset(
    {"quantity", "price", "amount", "discount", "cost", "debit", "credit", "balance", "hours", "tax"}
)
DATES = frozenset(
    {
        "date",
        "order_date",
        "invoice_date",
        "posting_date",
        "delivery_date",
        "due_date",
        "payment_date",
        "close_date",
    }
)
_FEW = 7
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """All fields of an object, without what the platform keeps on every one."""

    fields: tuple[FieldWords, ...]
    heads: frozenset[str]
    terms: frozenset[str]
    kind: str = ""
    parents: tuple[Shape, ...] = ()
    """Of objects that own its rows and whose names say nothing of what they are."""
    children: tuple[Shape, ...] = ()

    def count(self, terms: Collection[str]) -> int:
        """How many fields have one of the terms as their head."""
        return sum(not each.heads.isdisjoint(terms) for each in self.fields)


def shape_of(fields: Sequence[FieldWords], kind: str = "") -> Shape:
    """The shape of an object from its fields."""
    own = tuple(each for each in fields if not each.audit)
    heads = frozenset[str]().union(*(each.heads for each in own))
    return Shape(own, heads, frozenset[str]().union(*(each.terms for each in own)), kind)


def _line(shape: Shape) -> bool:
    item = shape.heads & {"product", "item", "line_number"}
    sized = shape.heads & {"quantity", "quantity_per"} or (
        "price" in shape.heads and any(each.unnamed_number for each in shape.fields)
    )
    return bool(item and sized and shape.count(("address",)) < 3)


def _header(shape: Shape) -> bool:
    return bool(shape.heads & PARTIES and shape.heads & DATES) and not _line(shape)


def _party(shape: Shape) -> bool:
    reached = shape.heads & {"phone", "email", "website"}
    return bool(reached) and shape.count(("address",)) >= 2 and not shape.heads & DATES - {"date"}


def _junction(shape: Shape) -> bool:
    pointing = [each for each in shape.fields if each.heads & THINGS]
    rest = len(shape.fields) - len(pointing)
    return len(pointing) >= 2 and rest <= _FEW and not shape.heads & MEASURES


def _code_name(shape: Shape) -> bool:
    told = shape.heads & {"name", "description", "status", "number", "category"}
    clear = not shape.heads & (MEASURES | PARTIES | DATES | {"address", "email", "phone", "employee"})
    return bool(told) and clear and 0 < len(shape.fields) <= _SHORT


def _settings(shape: Shape) -> bool:
    return shape.kind in ("custom_setting", "custom_metadata") or any(
        each.name.lower() in ("setupownerid", "primary key", "developername") for each in shape.fields
    )


def _parent(term: str) -> Callable[[Shape], bool]:
    def holds(shape: Shape) -> bool:
        return any(term in each.heads and len(each.terms - {"number", "of", "name"}) <= 2 for each in shape.fields)

    return holds


def _technical(shape: Shape) -> bool:
    return shape.count(("technical", "setup")) >= max(2, len(shape.fields) // 5)


def _placed(shape: Shape) -> bool:
    return bool(shape.heads & {"product", "item"} and "warehouse" in shape.heads)


def _nameless_document(shape: Shape) -> bool:
    return any(_header(each) for each in shape.parents)


def _lines_below(shape: Shape) -> bool:
    return any(_line(each) for each in shape.children)


@dataclass(frozen=True, slots=True)
class Predicate:
    """One question over all fields, with the words for a yes."""

    name: str
    says: str
    holds: Callable[[Shape], bool]


PREDICATES: tuple[Predicate, ...] = (
    Predicate("~line", "a product with a quantity", _line),
    Predicate("~header", "a customer or supplier with a date", _header),
    Predicate("~lines_below", "lines of products below it", _lines_below),
    Predicate("~nameless_document", "a parent with a customer and a date", _nameless_document),
    Predicate("~party", "an address that can be reached by phone or mail", _party),
    Predicate("~address", "an address", lambda shape: shape.count(("address",)) >= 3),
    Predicate("~junction", "two links and little more", _junction),
    Predicate("~code_name", "a code and a name", _code_name),
    Predicate("~few", "few fields", lambda shape: 0 < len(shape.fields) <= _FEW),
    Predicate("~settings", "the platform keeps it for settings", _settings),
    Predicate("~technical", "technical fields", _technical),
    Predicate("~log", "what was changed, and when", lambda shape: shape.count(("log", "technical")) >= 3),
    Predicate("~login", "a login", lambda shape: "login" in shape.terms),
    Predicate("~prices", "prices or amounts", lambda shape: bool(shape.heads & {"price", "amount"})),
    Predicate("~validity", "from when until when it holds", lambda shape: {"start", "end"} <= shape.heads),
    Predicate("~product_place", "a product at a place", _placed),
    Predicate("~production_refs", "a production order", lambda shape: "production_order" in shape.terms),
    Predicate("~parent_order", "an order that it belongs to", _parent("order")),
    Predicate("~parent_invoice", "an invoice that it belongs to", _parent("invoice")),
    Predicate("~parent_delivery", "a delivery that it belongs to", _parent("delivery")),
    Predicate("~parent_opportunity", "an opportunity that it belongs to", _parent("opportunity")),
    Predicate("~parent_campaign", "a campaign that it belongs to", _parent("campaign")),
)
"""In the order in which reasons are told."""


def holding(shape: Shape) -> frozenset[str]:
    """Names of the predicates that hold."""
    return frozenset(each.name for each in PREDICATES if each.holds(shape))
