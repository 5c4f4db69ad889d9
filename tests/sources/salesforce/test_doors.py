"""What integration points touch, joined over files."""

from __future__ import annotations

from auditor.model.catalogue import Object, ObjectKind
from auditor.model.components import IntegrationPoint
from auditor.sources.salesforce.doors import joined_points, served


def _point(kind: str, name: str, endpoint: str | None = None, *objects: str) -> IntegrationPoint:
    return IntegrationPoint(kind, name, f"{name}.xml", endpoint=endpoint, objects=objects)


def test_a_door_touches_what_those_do_who_go_through_it() -> None:
    points = (
        _point("apex_callout", "Sync", "callout:ERP/orders", "Order__c", "Account"),
        _point("apex_callout", "Rates", "https://rates.example/today", "Rate__c"),
        _point("named_credential", "erp", "https://erp.example"),
        _point("named_credential", "Unused", "https://unused.example"),
        _point("remote_site", "Rates", "https://rates.example"),
        _point("external_data_source", "SAP", "https://sap.example"),
    )
    linked = Object("Order__x", kind=ObjectKind.EXTERNAL, attributes=(("external_data_source", "SAP"),), fields=())

    touched = {(point.kind, point.name): point.objects for point in joined_points(points, served((linked,)))}

    assert touched == {
        ("apex_callout", "Sync"): ("Order__c", "Account"),
        ("apex_callout", "Rates"): ("Rate__c",),
        ("named_credential", "erp"): ("Account", "Order__c"),
        ("named_credential", "Unused"): (),
        ("remote_site", "Rates"): ("Rate__c",),
        ("external_data_source", "SAP"): ("Order__x",),
    }
