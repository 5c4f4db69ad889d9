"""The types of metadata that are doors to other systems, and where each names what lies behind it.

Source: Metadata API developer guide, the page of each type.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Door:
    """One type of metadata: which way it opens, where its address stands, and how it is switched off."""

    kind: str
    direction: str
    addresses: tuple[str, ...] = ()
    active: str | None = None
    signs_in: bool = False
    """Whether logs name who comes through it, by its label."""


DOORS: Mapping[str, Door] = {
    "namedCredential": Door("named_credential", "out", ("endpoint", "namedCredentialParameters/parameterValue")),
    "externalCredential": Door("external_credential", "out"),
    "remoteSite": Door("remote_site", "out", ("url",), "isActive"),
    "cspTrustedSite": Door("csp_site", "out", ("endpointUrl",), "isActive"),
    "connectedApp": Door(
        "connected_app",
        "in",
        ("oauthConfig/callbackUrl", "samlConfig/acsUrl", "canvasConfig/canvasUrl", "startUrl"),
        signs_in=True,
    ),
    "eca": Door("external_client_app", "in", signs_in=True),
    "ecaOauth": Door("external_client_app_oauth", "in"),
    "ecaGlblOauth": Door("external_client_app_oauth", "in", ("callbackUrl",)),
    "dataSource": Door("external_data_source", "out", ("endpoint",)),
    "externalServiceRegistration": Door("external_service", "out", ("schemaUrl",)),
    "authprovider": Door("auth_provider", "in", ("authorizeUrl", "tokenUrl")),
    "samlssoconfig": Door("saml_configuration", "in", ("loginUrl", "samlEntityId")),
    "corsWhitelistOrigin": Door("cors_origin", "in", ("urlPattern",)),
    "eventRelay": Door("event_relay", "out"),
    "eventDelivery": Door("event_delivery", "out"),
    "platformEventChannel": Door("event_channel", "out"),
    "externalDataConnector": Door("external_data_connector", "unknown"),
    "mktDataConnection": Door("external_data_connector", "in"),
}
"""Every type of metadata that is a door, by suffix."""
