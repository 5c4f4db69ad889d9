"""Whether what two objects are for the business lets one repeat the other: no order line repeats an invoice line.

Names and fields of two documents are often the same (product, quantity, price); what they are is not. Concepts are
handed in by the caller; where one is unknown or says little, nothing clashes.
"""

from __future__ import annotations

from auditor.matching.profiles import ObjectProfile

_MORE_LIKELY = 2 / 3
"""How likely both concepts must be right before they speak against a pair."""
_VAGUE = frozenset({"", "other", "relationship", "reference_data", "configuration", "activity"})
"""Concepts that many unlike things have, so that they prove nothing."""
_KINDRED = (
    frozenset({"lead", "opportunity", "quote"}),
    frozenset({"opportunity_line", "quote_line"}),
    frozenset({"lead", "contact_person", "customer_account"}),
    frozenset({"contract", "subscription_billing"}),
    frozenset({"invoice", "credit_note", "subscription_billing"}),
    frozenset({"invoice", "ledger_entry", "payment"}),
    frozenset({"delivery", "return", "stock_movement"}),
    frozenset({"delivery_line", "stock_movement"}),
    frozenset({"service_order", "case_ticket", "return"}),
    frozenset({"employee_user", "contact_person"}),
    frozenset({"ledger_account", "ledger_entry"}),
    frozenset({"order", "production_order", "subscription_billing"}),
)
"""Concepts that systems keep as one, each of the other's making."""


def clash(crm: ObjectProfile, erp: ObjectProfile) -> bool:
    """Whether two objects are surely of concepts that do not go together."""
    one, other = crm.concept, erp.concept
    if one == other or one in _VAGUE or other in _VAGUE:
        return False
    if any({one, other} <= kin for kin in _KINDRED):
        return False
    return crm.certainty * erp.certainty >= _MORE_LIKELY


def agreement(crm: ObjectProfile, erp: ObjectProfile) -> float:
    """How likely two objects are the same for the business, 0..1; 0 where that is unknown or says little."""
    return crm.certainty * erp.certainty if crm.concept == erp.concept and crm.concept not in _VAGUE else 0.0
