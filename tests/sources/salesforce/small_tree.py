"""A small tree in which everything that is joined across files occurs: what a change can reach elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

_FIELD = """<CustomField>
    <fullName>{name}</fullName>
    <label>{name}</label>
{rest}
</CustomField>
"""
_A, _B = "a/main", "b/main"


def _field(root: str, owner: str, name: str, rest: str = "    <type>Text</type>") -> tuple[str, str]:
    path = f"{root}/objects/{owner}/fields/{name}.field-meta.xml"
    return path, _FIELD.format(name=name, rest=rest)


def _object(root: str, name: str, rest: str = "") -> tuple[str, str]:
    text = f"<CustomObject>\n    <label>{name}</label>\n{rest}</CustomObject>\n"
    return f"{root}/objects/{name}/{name}.object-meta.xml", text


def _lookup(target: str, children: str) -> str:
    return (
        f"    <type>Lookup</type>\n    <referenceTo>{target}</referenceTo>\n"
        f"    <relationshipName>{children}</relationshipName>"
    )


_GLOBAL = "    <type>Picklist</type>\n    <valueSet><valueSetName>Sizes</valueSetName></valueSet>"
_FORMULA = "    <type>Text</type>\n    <formula>Job__r.Region__c &amp; Owner.Name &amp; Size__c</formula>"
_LAYOUT = """<Layout>
    <layoutSections>
        <layoutColumns>
            <layoutItems><behavior>Edit</behavior><field>Region__c</field></layoutItems>
            <layoutItems><behavior>Required</behavior><field>hed__Size__c</field></layoutItems>
        </layoutColumns>
    </layoutSections>
    <relatedLists><fields>Name</fields><fields>Place__c</fields><relatedList>Hour__c.Job__c</relatedList></relatedLists>
</Layout>
"""
_ACCESS = """<PermissionSet>
    <fieldPermissions><editable>true</editable><field>Job__c.Region__c</field></fieldPermissions>
    <fieldPermissions><editable>true</editable><field>Account.Region__c</field></fieldPermissions>
    <objectPermissions><allowRead>true</allowRead><object>Job__c</object></objectPermissions>
    <label>Access</label>
</PermissionSet>
"""
_REPORT = """<Report>
    <columns><field>Job__c.Hours__r$Place__c</field></columns>
    <columns><field>Job__c$Region__c</field></columns>
    <reportType>Jobs_and_Hours__c</reportType>
</Report>
"""
_REPORT_TYPE = """<ReportType>
    <baseObject>Job__c</baseObject>
    <join><outerJoin>false</outerJoin><relationship>Hours__r</relationship></join>
    <sections>
        <columns><field>Region__c</field><table>Job__c</table></columns>
        <columns><field>Place__c</field><table>Job__c.Hours__r</table></columns>
    </sections>
</ReportType>
"""
_BOARD = """<Dashboard>
    <dashboardGridLayout><dashboardGridComponents><dashboardComponent>
        <groupingColumn>Job__c.Region__c</groupingColumn>
        <report>Sales/Jobs</report>
    </dashboardComponent></dashboardGridComponents></dashboardGridLayout>
</Dashboard>
"""
_BUILDER = """public class Builder {
    public Job__c job;
    public Hour__c made() { return null; }
    public class Row { public Contact person; }
}
"""
_USER = """public class Caller extends Base {
    void go(Builder b) {
        b.job.Region__c = b.made().Place__c; b.made().Job__r.Size__c = ''; b.job.Name = 'x';
        new BUILDER(); Other.run(); String s = row.Level__c;
        HttpRequest r = new HttpRequest(); r.setEndpoint('callout:ERP/orders');
        List<Job__c> all = [SELECT Id, Region__c, (SELECT Place__c FROM Hours__r) FROM Job__c];
    }
}
"""
_FLOW = """<Flow>
    <processType>AutoLaunchedFlow</processType>
    <recordLookups>
        <name>Get</name>
        <filters><field>Region__c</field><operator>EqualTo</operator></filters>
        <object>Job__c</object>
    </recordLookups>
    <status>Active</status>
    <subflows><name>Sub</name><flowName>hed__Ask</flowName></subflows>
</Flow>
"""
_DOOR = "<NamedCredential>\n    <endpoint>https://erp.example.com</endpoint>\n</NamedCredential>\n"
_SOURCE = "<ExternalDataSource>\n    <endpoint>https://wh.example.com</endpoint>\n</ExternalDataSource>\n"
_PROJECT = (
    '{"namespace": "hed", "packageDirectories": [{"path": "a"}, {"path": "b"}, {"path": "c"}], '
    '"sourceApiVersion": "60.0"}'
)
_VALUES = (
    "    <customValue><fullName>S</fullName><label>S</label></customValue>\n"
    "    <customValue><fullName>L</fullName><label>L</label></customValue>\n"
)
_INDUSTRY = "    <standardValue><fullName>Steel</fullName><label>Steel</label></standardValue>\n"
_TYPE = "<RecordType>\n    <fullName>{0}</fullName>\n    <label>{0}</label>\n</RecordType>\n"
_RULE = (
    "<ValidationRule>\n    <active>true</active>\n"
    "    <errorConditionFormula>{}</errorConditionFormula>\n</ValidationRule>\n"
)
_TEXTS = dict(
    (
        ("sfdx-project.json", _PROJECT),
        _object(_A, "Job__c"),
        _object(_B, "Job__c", "    <description>Once more</description>\n"),
        _object(_A, "Hour__c"),
        _object(_A, "Stock__x", "    <externalDataSource>Warehouse</externalDataSource>\n"),
        _object("c", "___NAMESPACE___Job__c"),
        _field(_A, "Job__c", "Region__c"),
        _field(_B, "Job__c", "Region__c", "    <description>Twice</description>\n    <type>Text</type>"),
        _field("c", "___NAMESPACE___Job__c", "Region__c"),
        _field("c", "___NAMESPACE___Job__c", "Extra__c"),
        _field(_A, "Job__c", "%%%NAMESPACE%%%Size__c", _GLOBAL),
        _field(_A, "Job__c", "Size__c", _GLOBAL),
        _field(_A, "Hour__c", "Job__c", _lookup("hed__Job__c", "Hours")),
        _field(_A, "Hour__c", "Place__c", _FORMULA),
        _field(_A, "Account", "Region__c"),
        _field(_B, "Account", "Boss__c", _lookup("Account", "Bosses")),
        _field(_A, "Account", "Industry", "    <type>Picklist</type>"),
        _field(_A, "Contact", "Level__c"),
        _field(_A, "Task", "Outcome__c"),
        _field(_B, "Event", "Outcome__c"),
        _field(_A, "pkg__Result__c", "pkg__Grade__c"),
        (f"{_A}/globalValueSets/Sizes.globalValueSet-meta.xml", f"<GlobalValueSet>\n{_VALUES}</GlobalValueSet>\n"),
        (
            f"{_A}/standardValueSets/Industry.standardValueSet-meta.xml",
            f"<StandardValueSet>\n{_INDUSTRY}</StandardValueSet>\n",
        ),
        (f"{_A}/objects/Account/recordTypes/Firm.recordType-meta.xml", _TYPE.format("Firm")),
        (f"{_B}/objects/PersonAccount/recordTypes/Person.recordType-meta.xml", _TYPE.format("Person")),
        (f"{_B}/objects/Account/recordTypes/Firm.recordType-meta.xml", _TYPE.format("Firm")),
        (f"{_A}/objects/Job__c/validationRules/Rule.validationRule-meta.xml", _RULE.format("ISBLANK(Region__c)")),
        (f"{_B}/objects/Job__c/validationRules/Rule.validationRule-meta.xml", _RULE.format("ISBLANK(Size__c)")),
        (f"{_A}/layouts/Job__c-Job Layout.layout-meta.xml", _LAYOUT),
        (f"{_A}/permissionsets/Access.permissionset-meta.xml", _ACCESS),
        (f"{_A}/reports/Sales/Jobs.report-meta.xml", _REPORT),
        (f"{_A}/reportTypes/Jobs_and_Hours.reportType-meta.xml", _REPORT_TYPE),
        (f"{_A}/dashboards/Sales/Board.dashboard-meta.xml", _BOARD),
        (f"{_A}/classes/Builder.cls", _BUILDER),
        (f"{_A}/classes/Caller.cls", _USER),
        (f"{_A}/classes/Base.cls", "public virtual class Base { protected Contact row; }\n"),
        (f"{_A}/classes/Other.cls", "public class Other { public static void run() { } }\n"),
        (f"{_B}/classes/Other.cls", "public class Other { public static void run() { Builder.go(); } }\n"),
        (f"{_A}/flows/Start.flow-meta.xml", _FLOW),
        (f"{_A}/flows/Ask.flow-meta.xml", _FLOW),
        (f"{_A}/namedCredentials/ERP.namedCredential-meta.xml", _DOOR),
        (f"{_A}/dataSources/Warehouse.dataSource-meta.xml", _SOURCE),
        ("notes.xyz", "?"),
    )
)
SMALL_TREE: Mapping[str, bytes] = {path: text.encode() for path, text in _TEXTS.items()}
"""Bytes by path."""
