"""Doors to other systems. Source: Metadata API, the types named below. Credentials are never kept."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.model.components import IntegrationPoint
from auditor.sources.salesforce.parsed import MetadataFile, Parsed, Reader


@dataclass(frozen=True, slots=True)
class _Door:
    """One type of metadata: which way it opens, where its address stands, and how it is switched off."""

    kind: str
    direction: str
    addresses: tuple[str, ...] = ()
    active: str | None = None
    signs_in: bool = False
    """Whether logs name who comes through it, by its label."""


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


DOORS = {
    "namedCredential": _Door("named_credential", "out", ("endpoint", "namedCredentialParameters/parameterValue")),
    "externalCredential": _Door("external_credential", "out"),
    "remoteSite": _Door("remote_site", "out", ("url",), "isActive"),
    "cspTrustedSite": _Door("csp_site", "out", ("endpointUrl",), "isActive"),
    "connectedApp": _Door(
        "connected_app",
        "in",
        ("oauthConfig/callbackUrl", "samlConfig/acsUrl", "canvasConfig/canvasUrl", "startUrl"),
        signs_in=True,
    ),
    "eca": _Door("external_client_app", "in", signs_in=True),
    "ecaOauth": _Door("external_client_app_oauth", "in"),
    "ecaGlblOauth": _Door("external_client_app_oauth", "in", ("callbackUrl",)),
    "dataSource": _Door("external_data_source", "out", ("endpoint",)),
    "externalServiceRegistration": _Door("external_service", "out", ("schemaUrl",)),
    "authprovider": _Door("auth_provider", "in", ("authorizeUrl", "tokenUrl")),
    "samlssoconfig": _Door("saml_configuration", "in", ("loginUrl", "samlEntityId")),
    "corsWhitelistOrigin": _Door("cors_origin", "in", ("urlPattern",)),
    "eventRelay": _Door("event_relay", "out"),
    "eventDelivery": _Door("event_delivery", "out"),
    "platformEventChannel": _Door("event_channel", "out"),
    "externalDataConnector": _Door("external_data_connector", "unknown"),
    "mktDataConnection": _Door("external_data_connector", "in"),
}
"""Every type of metadata that is a door, by suffix."""


def _label(root: Node) -> tuple[str, ...]:
    """The name that people see, which logs of calls write (`CONNECTED_APP_NAME`, `Application`)."""
    label = root.value("label")
    return (label,) if label else ()


def _endpoints(door: _Door, root: Node) -> Iterator[str]:
    for place in door.addresses:
        for node in root.at(place):
            # Parameters of a new named credential hold other things than addresses too.
            if place.startswith("namedCredentialParameters") and "://" not in node.text:
                continue
            first = node.text.split()[0] if node.text else ""
            found = bare_endpoint(first) if first else None
            if found:
                yield found
