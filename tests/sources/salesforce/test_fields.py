"""One field: every property that its XML states, and every field that it reads."""

from __future__ import annotations

import pytest

from auditor.formats.xml import parse_xml
from auditor.model.catalogue import Calculation, Field, Governance, Origin, PicklistValue, Relationship, Skipped
from auditor.model.components import IntegrationPoint
from auditor.model.references import Access
from auditor.sources.salesforce.fields import read_field
from auditor.sources.salesforce.parsed import Grammar, MetadataFile, Parsed

_PATH = "objects/Deal__c/fields/F__c.field-meta.xml"
_FILE = MetadataFile(_PATH, "field", "F__c", "Deal__c")
_ORIGIN = Origin(_PATH, 1)


def _read(body: str) -> Parsed:
    document = f'<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">{body}</CustomField>'
    return read_field("Deal__c", parse_xml(document.encode()), _FILE)


_NAME = "<fullName>F__c</fullName>"
_FIELDS = [
    pytest.param(
        f"""{_NAME}<label>Belopp</label><type>Currency</type><precision>16</precision><scale>2</scale>
        <description>Why</description><inlineHelpText>How</inlineHelpText><required>true</required>
        <defaultValue>0</defaultValue><trackHistory>true</trackHistory><trackFeedHistory>false</trackFeedHistory>
        <businessStatus>DeprecateCandidate</businessStatus><businessOwnerUser>anna@x.se</businessOwnerUser>
        <securityClassification>Confidential</securityClassification>
        <complianceGroup>GDPR;PII</complianceGroup>""",
        Field(
            "Deal__c",
            "F__c",
            label="Belopp",
            type="Currency",
            required=True,
            precision=16,
            scale=2,
            description="Why",
            help="How",
            default="0",
            track_history=True,
            track_feed=False,
            governance=Governance("DeprecateCandidate", "anna@x.se", "Confidential", ("GDPR", "PII")),
            origin=_ORIGIN,
        ),
        id="an amount with all that people declared of it",
    ),
    pytest.param(
        f"""{_NAME}<type>Text</type><length>80</length><unique>true</unique><externalId>true</externalId>
        <businessOwnerGroup>Sales</businessOwnerGroup>""",
        Field(
            "Deal__c",
            "F__c",
            type="Text",
            unique=True,
            external_id=True,
            length=80,
            governance=Governance(business_owner="Sales"),
            origin=_ORIGIN,
        ),
        id="a unique external id owned by a group",
    ),
    pytest.param(
        f"""{_NAME}<type>Lookup</type><referenceTo>Account</referenceTo>
        <relationshipName>Deals</relationshipName><deleteConstraint>Restrict</deleteConstraint>""",
        Field(
            "Deal__c",
            "F__c",
            type="Lookup",
            reference_to=("Account",),
            relationship=Relationship.LOOKUP,
            relationship_name="Deals",
            delete_constraint="Restrict",
            origin=_ORIGIN,
        ),
        id="a lookup",
    ),
    pytest.param(
        f"{_NAME}<type>MasterDetail</type><referenceTo>Account</referenceTo>",
        Field(
            "Deal__c",
            "F__c",
            type="MasterDetail",
            required=True,
            reference_to=("Account",),
            relationship=Relationship.MASTER_DETAIL,
            origin=_ORIGIN,
        ),
        id="a master-detail field is required without saying so",
    ),
    pytest.param(
        f"{_NAME}<type>Hierarchy</type>",
        Field(
            "Deal__c",
            "F__c",
            type="Hierarchy",
            reference_to=("Deal__c",),
            relationship=Relationship.HIERARCHY,
            origin=_ORIGIN,
        ),
        id="a hierarchy points at its own object",
    ),
    pytest.param(
        f"{_NAME}<type>IndirectLookup</type><referenceTo>Account</referenceTo>"
        "<referenceTargetField>Sap_Id__c</referenceTargetField>",
        Field(
            "Deal__c",
            "F__c",
            type="IndirectLookup",
            reference_to=("Account",),
            relationship=Relationship.INDIRECT_LOOKUP,
            origin=_ORIGIN,
        ),
        id="an indirect lookup",
    ),
    pytest.param(
        f"{_NAME}<type>Number</type><formula>Amount__c * 2</formula>",
        Field(
            "Deal__c",
            "F__c",
            type="Number",
            calculation=Calculation.FORMULA,
            formula="Amount__c * 2",
            creatable=False,
            updatable=False,
            origin=_ORIGIN,
        ),
        id="a formula cannot be written",
    ),
    pytest.param(
        f"""{_NAME}<type>Summary</type><summaryOperation>sum</summaryOperation>
        <summarizedField>Line__c.Net__c</summarizedField><summaryForeignKey>Line__c.Deal__c</summaryForeignKey>""",
        Field(
            "Deal__c",
            "F__c",
            type="Summary",
            calculation=Calculation.ROLLUP,
            rollup="sum(Line__c.Net__c)",
            creatable=False,
            updatable=False,
            origin=_ORIGIN,
        ),
        id="a sum over children",
    ),
    pytest.param(
        f"""{_NAME}<type>Summary</type><summaryOperation>count</summaryOperation>
        <summaryForeignKey>Line__c.Deal__c</summaryForeignKey>""",
        Field(
            "Deal__c",
            "F__c",
            type="Summary",
            calculation=Calculation.ROLLUP,
            rollup="count(Line__c)",
            creatable=False,
            updatable=False,
            origin=_ORIGIN,
        ),
        id="a count of children",
    ),
    pytest.param(
        f"""{_NAME}<type>Picklist</type><valueSet><controllingField>Land__c</controllingField>
        <restricted>true</restricted><valueSetDefinition><sorted>false</sorted>
        <value><fullName>A</fullName><default>true</default><label>Å</label></value>
        <value><fullName>B</fullName><isActive>false</isActive></value></valueSetDefinition>
        <valueSettings><controllingFieldValue>SE</controllingFieldValue>
        <controllingFieldValue>DK</controllingFieldValue><valueName>A</valueName></valueSettings></valueSet>""",
        Field(
            "Deal__c",
            "F__c",
            type="Picklist",
            picklist=(
                PicklistValue("A", "Å", default=True, controlled_by=("SE", "DK")),
                PicklistValue("B", "B", active=False),
            ),
            controlling_field="Land__c",
            restricted=True,
            origin=_ORIGIN,
        ),
        id="a dependent picklist with values of its own",
    ),
    pytest.param(
        f"""{_NAME}<type>MultiselectPicklist</type><valueSet><restricted>true</restricted>
        <valueSetName>Regions</valueSetName></valueSet>""",
        Field(
            "Deal__c",
            "F__c",
            type="MultiselectPicklist",
            value_set="Regions",
            restricted=True,
            origin=_ORIGIN,
        ),
        id="a picklist of a shared value set",
    ),
    pytest.param(
        f"""{_NAME}<type>Picklist</type><picklist><controllingField>Land__c</controllingField>
        <picklistValues><fullName>A</fullName><default>false</default>
        <controllingFieldValues>SE</controllingFieldValues></picklistValues><sorted>false</sorted></picklist>""",
        Field(
            "Deal__c",
            "F__c",
            type="Picklist",
            picklist=(PicklistValue("A", "A", controlled_by=("SE",)),),
            controlling_field="Land__c",
            origin=_ORIGIN,
        ),
        id="a picklist as it was written before API 38",
    ),
    pytest.param(
        "<fullName>acme__Rate__c</fullName><type>Percent</type>",
        Field("Deal__c", "acme__Rate__c", type="Percent", namespace="acme", origin=_ORIGIN),
        id="a field of a managed package",
    ),
    pytest.param(
        "<fullName>Industry</fullName><trackHistory>false</trackHistory>",
        Field("Deal__c", "Industry", custom=False, track_history=False, origin=_ORIGIN),
        id="a standard field",
    ),
    pytest.param(
        f"{_NAME}<type>AutoNumber</type><length>ten</length>",
        Field(
            "Deal__c",
            "F__c",
            type="AutoNumber",
            calculation=Calculation.AUTO_NUMBER,
            creatable=False,
            updatable=False,
            origin=_ORIGIN,
        ),
        id="a length that is no number is not known",
    ),
    pytest.param(
        "<type>Text</type>",
        Field("Deal__c", "F__c", type="Text", origin=_ORIGIN),
        id="a name that only the file tells",
    ),
]


@pytest.mark.parametrize(("body", "expected"), _FIELDS)
def test_a_field_keeps_what_its_xml_states(body: str, expected: Field) -> None:
    assert _read(body).fields == (expected,)


_MENTIONS = [
    pytest.param(
        "<formula>Amount__c * Account__r.Rate__c\n + IF($User.Extra__c, 1, 0)</formula>",
        [
            ("Amount__c", Access.READS, 1, "formula", Grammar.PATH),
            ("Account__r.Rate__c", Access.READS, 1, "formula", Grammar.PATH),
            ("$User.Extra__c", Access.READS, 2, "formula", Grammar.QUALIFIED),
        ],
        id="a formula reads, each mention on its own line",
    ),
    pytest.param(
        "<type>IndirectLookup</type><referenceTo>Account</referenceTo>"
        "<referenceTargetField>Number__c</referenceTargetField>",
        [("Number__c", Access.READS, 1, "key", Grammar.QUALIFIED)],
        id="the key that an indirect lookup matches",
    ),
    pytest.param(
        """<summarizedField>L__c.Net__c</summarizedField><summaryForeignKey>L__c.Deal__c</summaryForeignKey>
        <summaryFilterItems><field>L__c.State__c</field><operation>equals</operation><value>x</value>
        </summaryFilterItems>""",
        [
            ("L__c.Net__c", Access.READS, 1, "rollup", Grammar.QUALIFIED),
            ("L__c.Deal__c", Access.READS, 1, "key", Grammar.QUALIFIED),
            ("L__c.State__c", Access.READS, 2, "filter", Grammar.QUALIFIED),
        ],
        id="a roll-up reads what it sums, its key and its filter",
    ),
    pytest.param(
        """<lookupFilter><active>true</active><filterItems><field>Account.Area__c</field>
        <valueField>$Source.Area__c</valueField></filterItems></lookupFilter>""",
        [
            ("Account.Area__c", Access.READS, 1, "lookup_filter", Grammar.QUALIFIED),
            ("$Source.Area__c", Access.READS, 2, "lookup_filter", Grammar.QUALIFIED),
        ],
        id="a lookup filter reads both sides",
    ),
    pytest.param(
        "<lookupFilter><active>false</active><filterItems><field>Account.A__c</field></filterItems></lookupFilter>",
        [("Account.A__c", Access.LISTS, 1, "inactive_lookup_filter", Grammar.QUALIFIED)],
        id="an inactive lookup filter only lists",
    ),
    pytest.param(
        "<valueSet><controllingField>Land__c</controllingField></valueSet>",
        [("Land__c", Access.READS, 1, "controlling_field", Grammar.PATH)],
        id="a dependent picklist reads its controlling field",
    ),
    pytest.param(
        "<metadataRelationshipControllingField>T__mdt.O__c</metadataRelationshipControllingField>",
        [("T__mdt.O__c", Access.READS, 1, "controlling_field", Grammar.QUALIFIED)],
        id="a metadata relationship reads its controlling field",
    ),
    pytest.param(
        "<defaultValue>TEXT($User.Department) &amp; Name</defaultValue>",
        [("$User.Department", Access.READS, 1, "default", Grammar.QUALIFIED)],
        id="a default can only see global variables",
    ),
    pytest.param("<defaultValue>false</defaultValue>", [], id="a plain default reads nothing"),
]


@pytest.mark.parametrize(("body", "expected"), _MENTIONS)
def test_a_field_mentions_what_it_reads(
    body: str, expected: list[tuple[str, Access, int | None, str, Grammar]]
) -> None:
    mentions = _read(_NAME + body).mentions

    assert [(item.path, item.access, item.line, item.part, item.grammar) for item in mentions] == expected
    assert {(item.component_kind, item.component) for item in mentions} <= {("field", "Deal__c.F__c")}


def test_an_external_id_is_a_door_for_other_systems() -> None:
    expected = IntegrationPoint(
        "external_id",
        "Deal__c.F__c",
        _PATH,
        1,
        direction="in",
        objects=("Deal__c",),
        fields=("Deal__c.F__c",),
    )

    assert _read(_NAME + "<externalId>true</externalId>").integration_points == (expected,)


def test_a_field_without_a_name_is_skipped_and_said() -> None:
    node = parse_xml(b"<fields><type>Text</type></fields>")
    file = MetadataFile("Deal__c.object", "object", "Deal__c")

    assert read_field("Deal__c", node, file).skipped == (
        Skipped("Deal__c.object", "a field of Deal__c has no fullName", 1),
    )
