"""The first charter, drafted from what the systems hold, for people to correct and sign."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from auditor.model.catalogue import Catalog, Object, ObjectKind, Role

_STEP = 10
"""Budgets are drafted in tens, above what stands today."""
_CONCEPTS = (
    *("order", "order_line", "invoice", "payment", "price", "stock", "product_structure", "service_contract"),
    *("delivery", "product", "customer", "contact", "opportunity", "activity"),
)
_NO_RECORDS_OF_BUSINESS = frozenset(
    {
        ObjectKind.CUSTOM_SETTING,
        ObjectKind.CUSTOM_METADATA,
        ObjectKind.PLATFORM_EVENT,
        ObjectKind.EXTERNAL,
        ObjectKind.BIG_OBJECT,
    }
)
"""Settings, messages and links carry nothing that a budget should count."""
_BORN_IN_CRM = frozenset({"contact", "opportunity", "activity"})
"""A CRM carries activities, an ERP transactions: the usual split, which is the company's to change."""


def draft_charter(catalogs: Sequence[Catalog]) -> str:
    """The text of a draft: each system, usual owners of concepts, and each CRM object with custom fields."""
    crms = [catalog for catalog in catalogs if catalog.role is Role.CRM]
    erps = [catalog for catalog in catalogs if catalog.role is Role.ERP]
    lines = [
        "# Draft written by `auditor init --charter`. Correct it, then sign it: scope is judged against it.",
        "version: 1",
        "# signed: {by: [sales-operations, finance], on: 2026-01-31}",
        "",
        "# What each system is for, in a sentence.",
        "purposes:",
        *(f"  {catalog.system}: {json.dumps(_purpose(catalog))}" for catalog in catalogs),
        "",
        "# Which system owns what; with areas: [name] where it differs between business areas of auditor.yaml.",
        "owners:",
        *_owners([each.system for each in crms], [each.system for each in erps]),
        "",
        "# Things of the business and the objects that carry them, which share a budget of custom fields.",
        "# tier: 1 matters most, 3 least. Join objects that belong together; budgets are today's fields in tens.",
        "entities:",
        *_entities(item for catalog in crms for item in catalog.objects),
        "",
        "# What may repeat another system's data, and why.",
        "mirrors: []",
        "#  - {field: 'crm:Account.Credit_Limit__c', from: erp, why: sellers must see it while they talk}",
        "",
        "# Channels that you know to be read completely, as in auditor.yaml.",
        "complete: []",
    ]
    return "\n".join(lines) + "\n"


def _purpose(catalog: Catalog) -> str:
    if catalog.role is Role.CRM:
        return "Activities with customers, from first contact to won deal."
    return "Orders, deliveries, stock, prices and invoices."


def _owners(crms: Sequence[str], erps: Sequence[str]) -> Iterator[str]:
    for concept in _CONCEPTS:
        named = crms if concept in _BORN_IN_CRM else erps
        if named:
            yield f"  - {{concept: {concept}, system: {named[0]}}}"
        else:
            yield f"  # - {{concept: {concept}, system: …}}   # its system is not in auditor.yaml yet"


def _entities(objects: Iterable[Object]) -> Iterator[str]:
    kept = [item for item in objects if item.kind not in _NO_RECORDS_OF_BUSINESS]
    counts = {item.name: sum(field.custom is True for field in item.fields) for item in kept}
    drafted = {name: count for name, count in sorted(counts.items()) if count}
    for name, count in drafted.items():
        budget = -(-count // _STEP) * _STEP
        word = name if name.isidentifier() else json.dumps(name)
        yield f"  {word}: {{objects: [{word}], budget: {budget}, tier: 2}}   # {count} today"
    if not drafted:
        yield "  {}"
