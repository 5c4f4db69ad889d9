"""OData $metadata as a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.formats.trees import open_tree
from auditor.model.catalogue import Calculation, Catalog, Field, Relation, Relationship, Role, Skipped
from auditor.sources.odata.source import read_odata
from tests.sources.fake_trees import FakeTree

V2 = """<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"
  xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns:sap="http://www.sap.com/Protocols/SAPData">
 <edmx:DataServices m:DataServiceVersion="2.0">
  <Schema Namespace="S" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
   <EntityType Name="OrderType" sap:label="Sales Order">
    <Key><PropertyRef Name="Order"/></Key>
    <Property Name="Order" Type="Edm.String" Nullable="false" MaxLength="10" sap:label="Order"
      sap:updatable="false"/>
    <Property Name="Total" Type="Edm.Decimal" Precision="16" Scale="3" sap:label="Net" sap:creatable="false"
      sap:updatable="false" sap:quickinfo="Net value"/>
    <NavigationProperty Name="to_Item" Relationship="S.a" FromRole="From" ToRole="To"/>
   </EntityType>
   <EntityType Name="ItemType">
    <Key><PropertyRef Name="Order"/><PropertyRef Name="Item"/></Key>
    <Property Name="Order" Type="Edm.String" Nullable="false"/>
    <Property Name="Item" Type="Edm.String" Nullable="false"/>
    <NavigationProperty Name="to_Order" Relationship="S.a" FromRole="To" ToRole="From"/>
   </EntityType>
   <ComplexType Name="Address"><Property Name="City" Type="Edm.String"/></ComplexType>
   <Association Name="a">
    <End Type="S.OrderType" Multiplicity="1" Role="From"/><End Type="S.ItemType" Multiplicity="*" Role="To"/>
    <ReferentialConstraint>
     <Principal Role="From"><PropertyRef Name="Order"/></Principal>
     <Dependent Role="To"><PropertyRef Name="Order"/></Dependent>
    </ReferentialConstraint>
   </Association>
   <EntityContainer Name="C">
    <EntitySet Name="Orders" EntityType="S.OrderType" sap:creatable="false" sap:updatable="true"/>
    <EntitySet Name="Items" EntityType="S.ItemType"/>
   </EntityContainer>
  </Schema>
 </edmx:DataServices>
</edmx:Edmx>"""

V4 = """<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
 <Schema Namespace="Microsoft.NAV" Alias="NAV" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="entity" Abstract="true">
   <Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid" Nullable="false"/>
  </EntityType>
  <EntityType Name="salesInvoice" BaseType="NAV.entity">
   <Property Name="number" Type="Edm.String" MaxLength="20"/>
   <Property Name="customerId" Type="Edm.Guid"/>
   <Property Name="total" Type="Edm.Decimal" Scale="Variable"/>
   <Property Name="YY1_Region_SDH" Type="Edm.String"/>
   <NavigationProperty Name="customer" Type="NAV.customer">
    <ReferentialConstraint Property="customerId" ReferencedProperty="id"/>
   </NavigationProperty>
   <NavigationProperty Name="lines" Type="Collection(NAV.salesInvoiceLine)"/>
  </EntityType>
  <EntityType Name="customer" BaseType="NAV.entity"/>
  <EntityContainer Name="NAV"><EntitySet Name="salesInvoices" EntityType="NAV.salesInvoice"/></EntityContainer>
  <Annotations Target="NAV.salesInvoice"><Annotation Term="Common.Label" String="Sales Invoice"/></Annotations>
  <Annotations Target="NAV.salesInvoice/total">
   <Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>
   <Annotation Term="Common.Label"><String>Total</String></Annotation>
  </Annotations>
  <Annotations Target="NAV.salesInvoice/number"><Annotation Term="Org.OData.Core.V1.Immutable"/></Annotations>
  <Annotations Target="NAV.NAV/salesInvoices">
   <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
    <Record><PropertyValue Property="Insertable" Bool="false"/></Record>
   </Annotation>
  </Annotations>
 </Schema></edmx:DataServices></edmx:Edmx>"""


def _read(**files: str) -> Catalog:
    return read_odata(FakeTree({name.replace("_", "."): text for name, text in files.items()}), "erp", Role.ERP)


def _field(catalog: Catalog, object_name: str, name: str) -> Field:
    entity = next(entity for entity in catalog.objects if entity.name == object_name)
    return next(field for field in entity.fields if field.name == name)


def test_version_2_gives_labels_keys_navigation_and_rights() -> None:
    catalog = _read(a_edmx=V2)

    item, order = catalog.objects
    assert (order.name, order.label, order.aliases) == ("OrderType", "Sales Order", ("Orders",))
    assert order.relations == (Relation("to_Item", "ItemType", many=True),)
    assert item.relations == (Relation("to_Order", "OrderType", fields=("Order",)),)
    total = _field(catalog, "OrderType", "Total")
    assert (total.label, total.type, total.precision, total.scale) == ("Net", "Edm.Decimal", 16, 3)
    assert (total.description, total.creatable, total.updatable) == ("Net value", False, False)
    key = _field(catalog, "OrderType", "Order")
    assert (key.key, key.required, key.length, key.creatable, key.updatable) == (True, True, 10, False, False)
    link = _field(catalog, "ItemType", "Order")
    assert (link.reference_to, link.relationship) == (("OrderType",), Relationship.NAVIGATION)
    assert (link.creatable, link.custom) == (True, False), "SAP says only what is forbidden"


def test_version_4_gives_inherited_properties_annotations_and_restrictions() -> None:
    catalog = _read(metadata_xml=V4)

    invoice = next(entity for entity in catalog.objects if entity.name == "salesInvoice")
    assert [field.name for field in invoice.fields] == ["id", "number", "customerId", "total", "YY1_Region_SDH"]
    assert (invoice.label, invoice.aliases) == ("Sales Invoice", ("salesInvoices",))
    assert invoice.relations == (
        Relation("customer", "customer", fields=("customerId",)),
        Relation("lines", "salesInvoiceLine", many=True),
    )
    assert _field(catalog, "salesInvoice", "id").key
    assert _field(catalog, "salesInvoice", "customerId").reference_to == ("customer",)
    total = _field(catalog, "salesInvoice", "total")
    assert (total.label, total.calculation, total.creatable) == ("Total", Calculation.GENERATED, False)
    number = _field(catalog, "salesInvoice", "number")
    assert (number.creatable, number.updatable) == (False, False)
    customs = [_field(catalog, "salesInvoice", name).custom for name in ("YY1_Region_SDH", "total")]
    assert customs == [True, None], "only SAP's name spaces tell who added a property"


def test_a_file_that_cannot_be_read_costs_one_line() -> None:
    catalog = _read(a_edmx=V2, b_edmx="<a>", c_xml="<a/>", d_edmx=V2, notes_txt="not looked at")

    assert [entity.name for entity in catalog.objects] == ["ItemType", "OrderType"]
    assert catalog.skipped == (
        Skipped("b.edmx", "not well-formed XML: no element found", 1),
        Skipped("c.xml", "the root element is a, not Edmx: no OData $metadata", 1),
        Skipped("d.edmx", "entity type OrderType was already read from a.edmx; that one is kept", 6),
        Skipped("d.edmx", "entity type ItemType was already read from a.edmx; that one is kept", 14),
    )


@pytest.mark.parametrize("name", ["sap-odata-business-partner", "sap-odata-sales-order"])
def test_real_services_give_exactly_the_known_counts(corpora: Path, name: str) -> None:
    known = json.loads((corpora / "counts.json").read_text(encoding="utf-8"))[name]
    (expected,) = [service["properties_per_entity_type"] for service in known.values()]

    catalog = read_odata(open_tree(str(corpora / name)), "erp", Role.ERP)

    assert {entity.name: len(entity.fields) for entity in catalog.objects} == expected
    assert catalog.skipped == ()
