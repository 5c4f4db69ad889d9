"""What can be left out of a flow: setting a removed field, where something else is set beside it.

A flow keeps what it does only where the removed field is written and never read in it: an item of an assignment,
an input of Create Records or Update Records, a field that Get Records fetches and nobody uses. All mentions of one
field in one flow have to be of that kind; the editing takes none of them otherwise (editing.py).
Source: Metadata API developer guide, Flow.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.planning.salesforce.verdicts import Cut, Refusal, Spot, Verdict, up

_WRITES: Mapping[str, int] = {
    "assignments/assignmentItems/assignToReference": 1,
    "recordCreates/inputAssignments/field": 1,
    "recordUpdates/inputAssignments/field": 1,
    "recordLookups/queriedFields": 0,
}
"""Places that name a field only to set or fetch it, and how far above what goes stands."""


def flow_verdict(spot: Spot) -> Verdict | None:
    """One write among others goes; the only one of its element cannot, since the path would lead to nothing."""
    climb = _WRITES.get(spot.place)
    if climb is None:
        return None
    item = up(spot.leaf, climb)
    around = item.parent
    others = [child for child in around.all(item.tag) if child is not item] if around is not None else []
    if not others:
        name = around.value("name") if around is not None else ""
        return Refusal(
            f"{name or 'an element of the flow'} does nothing else: its connections have to be led past it"
        )
    return (Cut(item, _says(spot)),)


def _says(spot: Spot) -> str:
    if spot.place.endswith("queriedFields"):
        return f"fetching {spot.name}, which the flow does not use"
    return f"setting {spot.name}"
