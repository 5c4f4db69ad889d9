"""Evidence from HubSpot."""

from __future__ import annotations

import shlex

from auditor.usage.hubspot.property_history import read_property_history
from auditor.usage.kinds import EvidenceKind, PlanTarget, Recipe

_OBJECTS = ("contacts", "companies", "deals", "tickets")
_PAGE = 50
"""Properties in one request; each is returned with its history."""


def _commands(target: PlanTarget) -> tuple[str, ...]:
    """One request for each object and batch of its properties; `HUBSPOT_TOKEN` holds a private app's token."""
    folder = shlex.quote(f"{target.folder}/hubspot")
    return (f"mkdir -p {folder}", *(_page(target, *each) for each in _batches(target)))


def _batches(target: PlanTarget) -> list[tuple[str, int, str]]:
    listed = [(item.name, [each.name for each in item.fields]) for item in target.catalog.objects]
    batches = []
    for name, fields in listed or [(name, []) for name in _OBJECTS]:
        for start in range(0, max(1, len(fields)), _PAGE):
            batches.append((name, start // _PAGE + 1, ",".join(fields[start : start + _PAGE]) or "PROPERTIES"))
    return batches


def _page(target: PlanTarget, name: str, number: int, fields: str) -> str:
    url = f"https://api.hubapi.com/crm/v3/objects/{name}?limit=50&propertiesWithHistory={fields}"
    output = shlex.quote(f"{target.folder}/hubspot/{name}.{number}.json")
    return f'curl --fail --header "Authorization: Bearer $HUBSPOT_TOKEN" {shlex.quote(url)} --output {output}'


HUBSPOT: tuple[EvidenceKind, ...] = (
    EvidenceKind(
        "hubspot-property-history",
        Recipe(
            _commands,
            lambda target: len(_batches(target)),
            "Settings > Properties > Export property history, property by property; or the history tables "
            "of the connector that loads HubSpot into your warehouse",
        ),
        ("*_property_history*.csv", "hubspot/*.json", "hubspot/*.jsonl"),
        (
            frozenset({"_fivetran_synced", "source", "source_id", "name", "value"}),
            frozenset({"property", "timestamp", "sourcetype", "value"}),
            frozenset({"propertieswithhistory.*"}),
        ),
        read_property_history,
    ),
)
