"""What a mention means on pages, in lists and in definitions, where the tables do not say it."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.planning.salesforce.flows import flow_verdict
from auditor.planning.salesforce.reports import report_verdict
from auditor.planning.salesforce.verdicts import (
    Cut,
    Gone,
    Refusal,
    Special,
    Spot,
    Verdict,
    condition,
    up,
    with_sibling,
)

_DEFAULT_SORT = "__DEFAULT__"
"""What related lists on Lightning pages write for the order that the list has by itself."""
_COLUMNS = "relatedListFieldAliases"


def special_verdict(kind: str, spot: Spot) -> Verdict | None:
    """The rule of the kind for a place that needs more than a table; None where it has none."""
    rule = _RULES.get(kind)
    return rule(spot) if rule is not None else None


def _layout(spot: Spot) -> Verdict | None:
    if spot.place in ("relatedLists/sortField", "miniLayout/relatedLists/sortField"):
        return with_sibling(spot.leaf, "sortOrder", f"order of a related list by {spot.name}")
    return None


def _list_view(spot: Spot) -> Verdict | None:
    return condition(spot, up(spot.leaf, 1)) if spot.place == "filters/field" else None


def _flexipage(spot: Spot) -> Verdict | None:
    """Properties of related lists: the order falls back to the list's own, a column goes; all others stay."""
    if "componentInstanceProperties" not in spot.place:
        return None
    item = next(around for around in spot.leaf.ancestors() if around.tag == "componentInstanceProperties")
    name = item.value("name")
    if name == "sortFieldAlias" and item.all("value") == [spot.leaf]:
        return (Cut(spot.leaf, f"order of a related list by {spot.name}", _DEFAULT_SORT),)
    return None if name == _COLUMNS else Refusal(f"property {name} of a component on the page is set to it")


def _field(spot: Spot) -> Verdict | None:
    """A lookup filter that is switched off reads nothing and goes; all else computes with the field."""
    around = next((item for item in spot.leaf.ancestors() if item.tag == "lookupFilter"), None)
    if around is not None and around.value("active") == "false":
        return (Cut(around, f"lookup filter on {spot.name}, which was switched off"),)
    return Refusal(_FIELD_REASONS.get(spot.leaf.tag, "the definition of another field names it"))


def _field_update(spot: Spot) -> Verdict | None:
    if spot.place == "field":
        return Gone("it sets nothing but the removed field")
    return None


def _index(_: Spot) -> Verdict:
    return Gone("it is an index of the removed field")


_FIELD_REASONS: Mapping[str, str] = {
    "formula": "the formula of a field that stays reads it",
    "controllingField": "a picklist that stays depends on it: which values can be chosen would change",
    "summarizedField": "a roll-up that stays sums it up",
    "summaryForeignKey": "a roll-up that stays counts along it",
    "field": "a filter of a field that stays tests it",
    "valueField": "a filter of a field that stays compares with it",
    "defaultValue": "the default of a field that stays is computed from it",
}
_RULES: Mapping[str, Special] = {
    "custom_index": _index,
    "field": _field,
    "flexipage": _flexipage,
    "flow": flow_verdict,
    "layout": _layout,
    "list_view": _list_view,
    "report": report_verdict,
    "workflow_field_update": _field_update,
}
