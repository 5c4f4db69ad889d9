"""Doors to other systems. Source: Metadata API, the types named below. Credentials are never kept."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.formats.xml import Node
from auditor.model.components import IntegrationPoint
from auditor.sources.salesforce.declarative.door_kinds import DOORS, Door
from auditor.sources.salesforce.parsed import MetadataFile, Parsed, Reader


def integration_reader(suffix: str) -> Reader:
    """A reader for one suffix of `DOORS`."""
    door = DOORS[suffix]

    def read(file: MetadataFile, root: Node) -> Parsed:
        point = IntegrationPoint(
            door.kind,
            file.name,
            file.path,
            root.line,
            direction=door.direction,
            endpoint=next(_endpoints(door, root), None),
            active=root.flag(door.active) if door.active else None,
            aliases=_label(root) if door.signs_in else (),
        )
        return Parsed(integration_points=(point,), channels=(door.kind,))

    return read


def bare_endpoint(text: str) -> str | None:
    """An address without user, password, query and fragment; None where nothing is left."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]
    if host:
        return f"{parts.scheme}://{host}{parts.path}" if parts.scheme else f"//{host}{parts.path}"
    return text.strip().partition("?")[0].partition("#")[0].rpartition("@")[2] or None


def _label(root: Node) -> tuple[str, ...]:
    """The name that people see, which logs of calls write (`CONNECTED_APP_NAME`, `Application`)."""
    label = root.value("label")
    return (label,) if label else ()


def _endpoints(door: Door, root: Node) -> Iterator[str]:
    for place in door.addresses:
        for node in root.at(place):
            # Parameters of a new named credential hold other things than addresses too.
            if place.startswith("namedCredentialParameters") and "://" not in node.text:
                continue
            first = node.text.split()[0] if node.text else ""
            found = bare_endpoint(first) if first else None
            if found:
                yield found
