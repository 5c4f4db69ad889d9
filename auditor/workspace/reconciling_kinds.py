"""How fields are compared where nobody says it: by what both systems declare of their types, and by names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.dataclasses import replace
from auditor.model.catalogue import Catalog, Field, Role
from auditor.model.datatypes import DataType, normalise_type
from auditor.model.reconciliation import FieldRule, PairRule, ValueKind

_NUMBERS = frozenset({DataType.NUMBER, DataType.CURRENCY, DataType.PERCENT})
_DAYS = frozenset({DataType.DATE, DataType.DATETIME})
_CHOICES = frozenset({DataType.PICKLIST, DataType.MULTIPICKLIST})
_TEXTS = frozenset({DataType.TEXT, DataType.LONG_TEXT, DataType.OTHER})
_TAX = re.compile(
    r"(?i)(^|_|\b)(vat_?(n|id|reg)|vatn|org_?(n(r|o|um)|ani[sz]ation_?n)|cvr|ust_?id|tax_?(id|reg|n)|moms_?reg)"
)
"""Names of numbers by which authorities know a company (Swedish, Danish, Norwegian, German, English)."""
_CENT = 0.005


def settled(rule: PairRule, catalogs: Sequence[Catalog]) -> PairRule:
    """The pair with the kind and the tolerance of every field decided."""
    fields = tuple(
        _settled(each, _field(catalogs, Role.CRM, rule.crm.object, each.crm), _erp(catalogs, rule, each))
        for each in rule.fields
    )
    return replace(rule, fields=fields)


def kind_of(crm: Field | None, erp: Field | None, names: tuple[str, str]) -> ValueKind:
    """How two fields are compared, by their types; text where neither source says anything."""
    left, right = (normalise_type(each.type) if each is not None else None for each in (crm, erp))
    both = {left, right}
    if DataType.BOOLEAN in both:
        return ValueKind.BOOLEAN
    if both & _DAYS:
        return ValueKind.DATE
    if any(_TAX.search(name) for name in names) and not both & _CHOICES:
        return ValueKind.TAX_NUMBER
    if DataType.PHONE in both:
        return ValueKind.PHONE
    if both & _CHOICES:
        return ValueKind.CODE
    if both & _NUMBERS and (not both & _TEXTS or left in _NUMBERS):
        return ValueKind.NUMBER
    return ValueKind.TEXT


def _settled(rule: FieldRule, crm: Field | None, erp: Field | None) -> FieldRule:
    kind = kind_of(crm, erp, (rule.crm, rule.erp)) if rule.kind is ValueKind.AUTO else rule.kind
    tolerance = rule.tolerance
    if tolerance is None:
        tolerance = _coarser(crm, erp) if kind is ValueKind.NUMBER else 0.0
    return replace(rule, kind=kind, tolerance=tolerance)


def _coarser(crm: Field | None, erp: Field | None) -> float:
    """Half a unit of the last decimal of the field with fewer; half a cent where nobody declares decimals."""
    scales = [each.scale for each in (crm, erp) if each is not None and each.scale is not None]
    return 0.5 * 10.0 ** -min(scales) if scales else _CENT


def _erp(catalogs: Sequence[Catalog], rule: PairRule, field: FieldRule) -> Field | None:
    return _field(catalogs, Role.ERP, rule.erp.object, field.erp)


def _field(catalogs: Sequence[Catalog], role: Role, owner: str, path: str) -> Field | None:
    """A field, or where a path over links ends."""
    head, dot, rest = path.partition(".")
    found = next(
        (
            each
            for catalog in catalogs
            if catalog.role is role
            for item in catalog.objects
            if item.name.lower() == owner.lower()
            for each in item.fields
            if each.name.lower() == (head if dot else path).lower()
        ),
        None,
    )
    if found is None or not dot:
        return found
    return next((end for to in found.reference_to if (end := _field(catalogs, role, to, rest)) is not None), None)
