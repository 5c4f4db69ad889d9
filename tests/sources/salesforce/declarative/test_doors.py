"""Integration points: where they lead, and that no secret is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.sources.salesforce.declarative.events import changed_object
from auditor.sources.salesforce.declarative.integrations import bare_endpoint
from auditor.sources.salesforce.parsed import Parsed

Read = Callable[[str, str], Parsed]
Lines = Callable[[Parsed], list[str]]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "namedCredentials/Erp.namedCredential",
            "<NamedCredential><endpoint>https://me:secret@erp.example.com:8443/odata?key=1#x</endpoint>"
            "<password>secret</password></NamedCredential>",
            ("named_credential", "Erp", "out", "https://erp.example.com:8443/odata", None),
            id="a named credential without its credentials",
        ),
        pytest.param(
            "namedCredentials/New.namedCredential",
            "<NamedCredential><namedCredentialParameters><parameterName>Header</parameterName><parameterValue>token"
            "</parameterValue></namedCredentialParameters><namedCredentialParameters><parameterValue>https://a.example/x"
            "</parameterValue></namedCredentialParameters></NamedCredential>",
            ("named_credential", "New", "out", "https://a.example/x", None),
            id="a named credential of the newer form, by the parameter that is an address",
        ),
        pytest.param(
            "remoteSiteSettings/R.remoteSite",
            "<RemoteSiteSetting><isActive>false</isActive><url>https://r.example</url></RemoteSiteSetting>",
            ("remote_site", "R", "out", "https://r.example", False),
            id="a remote site that is switched off",
        ),
        pytest.param(
            "connectedApps/C.connectedApp",
            "<ConnectedApp><oauthConfig><callbackUrl>https://c.example/cb?s=1\nhttps://d.example</callbackUrl>"
            "<consumerKey>k</consumerKey></oauthConfig></ConnectedApp>",
            ("connected_app", "C", "in", "https://c.example/cb", None),
            id="a connected app by its first callback",
        ),
        pytest.param(
            "dataSources/SAP.dataSource",
            "<ExternalDataSource><endpoint>http://o.example/sap/</endpoint></ExternalDataSource>",
            ("external_data_source", "SAP", "out", "http://o.example/sap/", None),
            id="an external data source",
        ),
        pytest.param(
            "externalCredentials/E.externalCredential",
            "<ExternalCredential/>",
            ("external_credential", "E", "out", None, None),
            id="a door that names no address",
        ),
    ],
)
def test_doors(read: Read, path: str, text: str, expected: tuple[str, str, str, str | None, bool | None]) -> None:
    point = read(path, text).integration_points[0]

    assert expected == (point.kind, point.name, point.direction, point.endpoint, point.active)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://user@host/path", "https://host/path"),
        ("//user:pw@host/p?q", "//host/p"),
        ("/services/apexrest?token=1", "/services/apexrest"),
        ("user:pw@host", "host"),
        ("https://[broken", None),
        ("?only=query", None),
    ],
)
def test_addresses_lose_everything_secret(text: str, expected: str | None) -> None:
    assert expected == bare_endpoint(text)


def test_a_channel_member_streams_an_object_out(read: Read, said: Lines) -> None:
    text = (
        "<PlatformEventChannelMember><enrichedFields><name>Tier__c</name></enrichedFields><eventChannel>ChangeEvents"
        "</eventChannel><filterExpression>Open__c = true</filterExpression>"
        "<selectedEntity>Order__ChangeEvent</selectedEntity></PlatformEventChannelMember>"
    )
    parsed = read("platformEventChannelMembers/M.platformEventChannelMember", text)

    assert said(parsed) == [
        "1 reads entity Order__c: path",
        "1 reads enriched Order__c:Tier__c path",
        "1 reads filter Order__c:Open__c path",
    ]
    assert (parsed.integration_points[0].direction, parsed.integration_points[0].objects) == ("out", ("Order__c",))


@pytest.mark.parametrize(
    ("entity", "expected"),
    [("Order__ChangeEvent", "Order__c"), ("AccountChangeEvent", "Account"), ("Order__e", "Order__e")],
)
def test_change_events_are_of_objects(entity: str, expected: str) -> None:
    assert expected == changed_object(entity)
