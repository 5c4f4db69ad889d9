"""What single vendors write into their $metadata, each in a small document modelled on theirs."""

from __future__ import annotations

import pytest

from auditor.model.catalogue import Calculation, Catalog, Field, Object, PicklistValue, Relation, Role, Skipped
from auditor.sources.odata.source import read_odata
from tests.sources.fake_trees import FakeTree

_HEAD = '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">'


def _document(schema: str, reference: str = "") -> str:
    return f"{_HEAD}{reference}<edmx:DataServices>{schema}</edmx:DataServices></edmx:Edmx>"


def _read(files: dict[str, str | bytes]) -> Catalog:
    return read_odata(FakeTree(files), "erp", Role.ERP)


def _object(catalog: Catalog, name: str) -> Object:
    return next(entity for entity in catalog.objects if entity.name == name)


def _fields(catalog: Catalog, name: str) -> dict[str, Field]:
    return {field.name: field for field in _object(catalog, name).fields}


DATAVERSE = _document("""<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm">
<EntityType Name="crmbaseentity" Abstract="true"/>
<EntityType Name="opportunity" BaseType="mscrm.crmbaseentity">
 <Key><PropertyRef Name="opportunityid"/></Key>
 <Property Name="opportunityid" Type="Edm.Guid"/>
 <Property Name="new_margin" Type="Edm.Decimal">
  <Annotation Term="Org.OData.Core.V1.Description" String="Margin of the deal"/></Property>
 <Property Name="createdon" Type="Edm.DateTimeOffset">
  <Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>
  <Annotation Term="Org.OData.Core.V1.Permissions">
   <EnumMember>Org.OData.Core.V1.PermissionType/Read</EnumMember></Annotation></Property>
 <Property Name="versionnumber" Type="Edm.Int64">
  <Annotation Term="Org.OData.Core.V1.Permissions">
   <EnumMember>Org.OData.Core.V1.PermissionType/Read</EnumMember></Annotation></Property>
 <Property Name="_customerid_value" Type="Edm.Guid"><Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>
  <Annotation Term="Org.OData.Core.V1.Permissions">
   <EnumMember>Org.OData.Core.V1.PermissionType/Read</EnumMember></Annotation></Property>
 <NavigationProperty Name="customerid_account" Type="mscrm.account">
  <ReferentialConstraint Property="_customerid_value" ReferencedProperty="accountid"/></NavigationProperty>
 <NavigationProperty Name="customerid_contact" Type="mscrm.contact">
  <ReferentialConstraint Property="_customerid_value" ReferencedProperty="contactid"/></NavigationProperty>
 <Annotation Term="Org.OData.Core.V1.Description" String="Potential sale"/>
</EntityType>
<EntityType Name="account" BaseType="mscrm.crmbaseentity"/><EntityType Name="contact"/>
<EntityContainer Name="System"><EntitySet Name="opportunities" EntityType="mscrm.opportunity"/></EntityContainer>
</Schema>""")


def test_dataverse_writes_annotations_inside_the_element_and_lookups_as_computed() -> None:
    catalog = _read({"$metadata": DATAVERSE})

    opportunity = _object(catalog, "opportunity")
    assert (opportunity.description, opportunity.aliases) == ("Potential sale", ("opportunities",))
    assert opportunity.attributes == (("base_type", "crmbaseentity"),)
    assert _object(catalog, "crmbaseentity").attributes == (("abstract", "true"),)
    fields = _fields(catalog, "opportunity")
    assert fields["new_margin"].description == "Margin of the deal"
    assert (fields["createdon"].calculation, fields["createdon"].creatable) == (Calculation.GENERATED, False)
    version = fields["versionnumber"]
    assert (version.calculation, version.creatable, version.updatable) == (None, False, False)
    customer = fields["_customerid_value"]
    assert customer.reference_to == ("account", "contact")
    written = (customer.calculation, customer.creatable, customer.updatable)
    assert written == (None, None, None), "a lookup is written through its navigation"


FINANCE = _document("""<Schema Namespace="Microsoft.Dynamics.DataEntities">
<EnumType Name="NoYes"><Member Name="No" Value="0"/><Member Name="Yes" Value="1">
 <Annotation Term="Common.Label" String="Ja"/></Member></EnumType>
<EntityType Name="CustomerV3"><Key><PropertyRef Name="dataAreaId"/><PropertyRef Name="CustomerAccount"/></Key>
 <Property Name="dataAreaId" Type="Edm.String" Nullable="false"/>
 <Property Name="CustomerAccount" Type="Edm.String" Nullable="false"/>
 <Property Name="CustomerGroupId" Type="Edm.String">
  <Annotation Term="Microsoft.Dynamics.OData.Core.V1.LabelId" String="@SYS319"/></Property>
 <Property Name="OnHold" Type="Microsoft.Dynamics.DataEntities.NoYes"/>
 <NavigationProperty Name="CustomerGroup" Type="Microsoft.Dynamics.DataEntities.CustomerGroup">
  <ReferentialConstraint Property="dataAreaId" ReferencedProperty="dataAreaId"/>
  <ReferentialConstraint Property="CustomerGroupId" ReferencedProperty="CustomerGroupId"/></NavigationProperty>
</EntityType>
<EntityType Name="CustomerGroup"/>
</Schema>
<Schema Namespace="Container.Only"><EntityContainer Name="Resources">
 <EntitySet Name="CustomersV3" EntityType="Microsoft.Dynamics.DataEntities.CustomerV3"/>
</EntityContainer></Schema>""")


def test_finance_leads_by_the_part_of_a_composite_that_is_not_the_company() -> None:
    catalog = _read({"metadata.xml": FINANCE})

    customer = _object(catalog, "CustomerV3")
    assert customer.aliases == ("CustomersV3",), "the container stands in a schema of its own"
    assert customer.relations == (
        Relation("CustomerGroup", "CustomerGroup", False, ("dataAreaId", "CustomerGroupId")),
    )
    fields = _fields(catalog, "CustomerV3")
    targets = {name: field.reference_to for name, field in fields.items() if field.reference_to}
    assert targets == {"CustomerGroupId": ("CustomerGroup",)}
    assert fields["CustomerGroupId"].label is None, "a label's id is no label"
    assert fields["OnHold"].picklist == (PicklistValue("No", "No"), PicklistValue("Yes", "Ja"))
    assert fields["OnHold"].restricted is True


BUSINESS_CENTRAL = _document("""<Schema Namespace="NAV"><EntityType Name="Item"><Key><PropertyRef Name="No"/></Key>
<Property Name="No" Type="Edm.String" MaxLength="20"><Annotation Term="NAV.LabelId" String="No."/>
 <Annotation Term="NAV.AllowEdit" Bool="false"/><Annotation Term="NAV.AllowEditOnCreate" Bool="true"/></Property>
<Property Name="Inventory" Type="Edm.Decimal" Scale="Variable"/></EntityType></Schema>""")


def test_business_central_writes_the_caption_and_who_may_edit() -> None:
    fields = _fields(_read({"bc.edmx": BUSINESS_CENTRAL}), "Item")

    number = fields["No"]
    assert (number.label, number.creatable, number.updatable) == ("No.", True, False)
    stock = fields["Inventory"]
    assert (stock.label, stock.creatable, stock.custom, stock.scale) == (None, None, None, None)


S4 = _document(
    """<Schema Namespace="com.sap.gateway.srvd.api_order.v0001" Alias="SAP__self">
<EntityType Name="Order_Type"><Key><PropertyRef Name="Order"/></Key>
 <Property Name="Order" Type="Edm.String" Nullable="false" MaxLength="10"/>
 <Property Name="Total" Type="Edm.Decimal"/><Property Name="Status" Type="Edm.String"/>
 <Property Name="Note" Type="Edm.String"/></EntityType>
<EntityContainer Name="Container"><EntitySet Name="Order" EntityType="SAP__self.Order_Type"/></EntityContainer>
<Annotations Target="SAP__self.Order_Type">
 <Annotation Term="SAP__common.Label" String="Sales Order"/></Annotations>
<Annotations Target="SAP__self.Order_Type/Total">
 <Annotation Term="SAP__common.Label" String="Net"/><Annotation Term="SAP__common.Label" Qualifier="S" String="N"/>
 <Annotation Term="SAP__common.FieldControl" EnumMember="SAP__common.FieldControlType/ReadOnly"/></Annotations>
<Annotations Target="SAP__self.Order_Type/Status" Qualifier="Phone">
 <Annotation Term="SAP__common.Label" String="St"/></Annotations>
<Annotations Target="SAP__self.Container/Order">
 <Annotation Term="SAP__capabilities.InsertRestrictions"><Record>
  <PropertyValue Property="NonInsertableProperties"><Collection><PropertyPath>Status</PropertyPath></Collection>
  </PropertyValue></Record></Annotation>
 <Annotation Term="SAP__capabilities.UpdateRestrictions"><Record>
  <PropertyValue Property="Updatable" Path="UpdateHidden"/></Record></Annotation></Annotations></Schema>""",
    '<edmx:Reference Uri="x"><edmx:Include Namespace="com.sap.vocabularies.Common.v1" Alias="SAP__common"/>'
    "</edmx:Reference>",
)


def test_s4_says_rights_by_restrictions_of_the_set_and_by_field_control() -> None:
    fields = _fields(_read({"order.edmx": S4}), "Order_Type")

    assert fields["Total"].label == "Net"
    assert fields["Status"].label is None, "a label for phones only is none for everybody"
    creatable = {name: field.creatable for name, field in fields.items()}
    assert creatable == {"Order": True, "Total": False, "Status": False, "Note": True}
    updatable = {name: field.updatable for name, field in fields.items()}
    assert updatable == {"Order": False, "Total": False, "Status": None, "Note": None}


def test_a_name_that_two_namespaces_share_keeps_both_types() -> None:
    shared = _document(
        '<Schema Namespace="A"><EntityType Name="Order"><Property Name="X" Type="Edm.Int32"/></EntityType>'
        "</Schema>"
        '<Schema Namespace="B" Alias="b"><EntityType Name="Order" BaseType="A.Order"/>'
        '<EntityType Name="Line"><NavigationProperty Name="order" Type="b.Order"/></EntityType></Schema>'
    )

    catalog = _read({"x.edmx": shared})

    named = [(entity.name, [field.name for field in entity.fields]) for entity in catalog.objects]
    assert named == [("A.Order", ["X"]), ("B.Order", ["X"]), ("Line", [])]
    assert _object(catalog, "Line").relations == (Relation("order", "B.Order"),)


def test_what_is_inherited_and_annotated_may_stand_in_other_documents() -> None:
    base = _document('<Schema Namespace="Base"><EntityType Name="Root"><Key><PropertyRef Name="id"/></Key>'
                     '<Property Name="id" Type="Edm.Guid"/><NavigationProperty Name="self" Type="Base.Root"/>'
                     "</EntityType></Schema>")  # fmt: skip
    main = _document(
        '<Schema Namespace="Main"><EntityType Name="Leaf" BaseType="B.Root"/>'
        '<EntityType Name="Lost" BaseType="Gone.Root"/></Schema>',
        '<edmx:Reference Uri="base.xml"><edmx:Include Namespace="Base" Alias="B"/></edmx:Reference>',
    )
    said = _document('<Schema Namespace="X"><Annotations Target="Main.Leaf">'
                     '<Annotation Term="Common.Label" String="Löv"/></Annotations></Schema>')  # fmt: skip

    catalog = _read({"a_main.xml": main, "base.xml": base, "said.xml": said})

    leaf = _object(catalog, "Leaf")
    assert (leaf.label, [field.name for field in leaf.fields], leaf.fields[0].key) == ("Löv", ["id"], True)
    assert leaf.relations == (Relation("self", "Root"),)
    reason = "Lost derives from Gone.Root, which stands in no document that was read; what it inherits is missing"
    assert catalog.skipped == (Skipped("a_main.xml", reason, 1),)


def test_a_container_that_extends_another_is_a_target_for_its_sets() -> None:
    extended = _document(
        '<Schema Namespace="N"><EntityType Name="T"><Property Name="X" Type="Edm.Int32"/></EntityType>'
        '<EntityContainer Name="Base"><EntitySet Name="Ts" EntityType="N.T"/></EntityContainer>'
        '<EntityContainer Name="Full" Extends="N.Base"><Singleton Name="One" Type="N.T"/></EntityContainer>'
        '<Annotations Target="N.Full/Ts"><Annotation Term="Capabilities.InsertRestrictions"><Record>'
        '<PropertyValue Property="Insertable" Bool="false"/></Record></Annotation></Annotations>'
        '<Annotations Target="N.Full/One"><Annotation Term="Core.Permissions" EnumMember="Core.Permission/Read"/>'
        "</Annotations></Schema>"
    )

    catalog = _read({"x.edmx": extended})

    assert _object(catalog, "T").aliases == ("Ts", "One")
    assert _fields(catalog, "T")["X"].creatable is False


JSON = """{"$Version": "4.01",
 "$Reference": {"u": {"$Include": [{"$Namespace": "Org.OData.Core.V1", "$Alias": "Core"}]}},
 "$EntityContainer": "shop.Service",
 "shop": {"$Alias": "self",
  "Order": {"$Kind": "EntityType", "$Key": ["ID"], "@Common.Label": "Order",
   "ID": {"$Type": "Edm.Int32", "@Core.Computed": true},
   "Note": {"$Nullable": true, "$MaxLength": 80, "@Core.Description": "Free text"},
   "State": {"$Type": "self.State"}, "Customer": {},
   "Tags": {"$Collection": true},
   "customer": {"$Kind": "NavigationProperty", "$Type": "self.Customer",
    "$ReferentialConstraint": {"Customer": "ID"}},
   "lines": {"$Kind": "NavigationProperty", "$Collection": true, "$Type": "self.Line"}},
  "Customer": {"$Kind": "EntityType", "$Key": [{"code": "ID"}], "ID": {}},
  "State": {"$Kind": "EnumType", "Open": 0, "Open@Common.Label": "Offen", "Shut": 1},
  "Ship": [{"$Kind": "Action"}],
  "Service": {"$Kind": "EntityContainer",
   "Orders": {"$Collection": true, "$Type": "self.Order",
    "@Capabilities.InsertRestrictions": {"Insertable": true, "NonInsertableProperties": ["Note"]}}},
  "$Annotations": {"self.Order/Customer": {"@Common.Label": "Buyer", "@Common.Label#short": "B"}}}}"""


def test_csdl_as_json_says_the_same_as_csdl_as_xml() -> None:
    catalog = _read({"orders.json": JSON, "package.json": "{}"})

    order = _object(catalog, "Order")
    assert (order.label, order.aliases) == ("Order", ("Orders",))
    assert order.relations == (
        Relation("customer", "Customer", False, ("Customer",)),
        Relation("lines", "Line", True),
    )
    fields = _fields(catalog, "Order")
    types = {name: (field.type, field.required, field.length) for name, field in fields.items()}
    assert types == {
        "ID": ("Edm.Int32", True, None),
        "Note": ("Edm.String", False, 80),
        "State": ("self.State", True, None),
        "Customer": ("Edm.String", True, None),
        "Tags": ("Collection(Edm.String)", False, None),
    }
    assert (fields["ID"].key, fields["ID"].calculation) == (True, Calculation.GENERATED)
    assert (fields["Note"].description, fields["Note"].creatable) == ("Free text", False)
    assert fields["State"].picklist == (PicklistValue("Open", "Offen"), PicklistValue("Shut", "Shut"))
    assert (fields["Customer"].label, fields["Customer"].reference_to) == ("Buyer", ("Customer",))
    assert catalog.skipped == ()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        pytest.param("x.json", '{"$Version": "4.0"', "not JSON: Expecting ',' delimiter", id="JSON cut short"),
        pytest.param("x.json", b'{"$Version": "\xff"}', "not UTF-8, which JSON has to be", id="another encoding"),
        pytest.param(
            "x.json", '[{"$Version": 1}]', "JSON, but no OData $metadata: it has no $Version", id="a list"
        ),
        pytest.param(
            "x.edmx",
            "<Edmx><Runtime/></Edmx>",
            "an Entity Framework model (its schemas stand under Runtime), no $metadata",
            id="an Entity Framework model",
        ),
        pytest.param(
            "$metadata", "<html/>", "the root element is html, not Edmx: no OData $metadata", id="a page"
        ),
    ],
)
def test_what_is_no_metadata_is_said(name: str, data: str | bytes, reason: str) -> None:
    (skipped,) = _read({name: data}).skipped

    assert (skipped.path, skipped.reason) == (name, reason)


def test_other_encodings_and_bare_schemas_are_read() -> None:
    schema = '<Schema Namespace="N"><EntityType Name="Kund"><Property Name="Nr"/></EntityType></Schema>'
    wide = f'<?xml version="1.0" encoding="utf-16"?>{_document(schema)}'.encode("utf-16")

    for files in ({"wide.xml": wide}, {"bare.csdl": schema}):
        assert [entity.name for entity in _read(dict(files)).objects] == ["Kund"]


def test_what_has_no_name_or_stands_twice_costs_one_line() -> None:
    broken = _document(
        '<Schema Namespace="N"><EntityType/>\n<EntityType Name="T"><Property Type="Edm.Int32"/>'
        '<Property Name="x"/><NavigationProperty/><Key><PropertyRef/></Key></EntityType>\n'
        '<EntityType Name="T"/><EntityContainer><EntitySet/></EntityContainer><Annotations/></Schema>'
    )

    catalog = _read({"x.edmx": broken})

    assert list(_fields(catalog, "T")) == ["x"]
    assert catalog.skipped == (
        Skipped("x.edmx", "EntityType without a Name", 1),
        Skipped("x.edmx", "Property without a Name", 2),
        Skipped("x.edmx", "entity type N.T stands twice; the first is kept", 3),
    )
