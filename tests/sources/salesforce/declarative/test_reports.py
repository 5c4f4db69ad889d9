"""Reports, report types and dashboards in every grammar, joined reports and formulas included."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.dataclasses import replace
from auditor.sources.salesforce.declarative.dashboards import on_report_type
from auditor.sources.salesforce.parsed import Parsed, ReportTypeJoin

Read = Callable[[str, str], Parsed]
Lines = Callable[[Parsed], list[str]]

_PATH = "reports/Sales/EMEA/Pipeline.report-meta.xml"
_DASHBOARD = """<Dashboard>
  <dashboardGridLayout><dashboardGridComponents><dashboardComponent>
    <chartSummary><column>RowCount</column></chartSummary>
    <flexComponentProperties>
      <flexTableColumn><reportColumn>s!Deal__c.Amount__c</reportColumn></flexTableColumn>
      <flexTableSortInfo><sortColumn>FK_Deal__c.Stage__c</sortColumn></flexTableSortInfo>
    </flexComponentProperties>
    <groupingColumn>STAGE_NAME</groupingColumn>
    <report>Sales/EMEA/Pipeline</report>
  </dashboardComponent></dashboardGridComponents></dashboardGridLayout>
  <leftSection><components>
    <dashboardFilterColumns><column>ACCOUNT_NAME</column></dashboardFilterColumns>
    <dashboardTableColumn><column>AMOUNT</column></dashboardTableColumn>
    <page>Board</page>
  </components></leftSection>
  <title>Board</title>
</Dashboard>"""
_MENTIONS = [
    pytest.param(
        """<Report>
<columns><field>AMOUNT</field></columns>
<groupingsDown><field>BucketField_1</field></groupingsDown>
<groupingsAcross><field>CLOSE_DATE</field></groupingsAcross>
<buckets><developerName>BucketField_1</developerName><sourceColumnName>STAGE_NAME</sourceColumnName></buckets>
<filter><criteriaItems><column>TYPE</column><columnToColumn>true</columnToColumn><value>Opportunity.Kind__c</value></criteriaItems></filter>
<chart><chartSummaries><column>RowCount</column></chartSummaries><groupingColumn>CLOSE_DATE</groupingColumn></chart>
<colorRanges><columnName>AMOUNT</columnName></colorRanges>
<timeFrameFilter><dateColumn>CREATED_DATE</dateColumn></timeFrameFilter>
<sortColumn>AMOUNT</sortColumn>
<reportType>Opportunity</reportType>
</Report>""",
        [
            "11 reads report_type Opportunity: path",
            "2 reads column Opportunity:AMOUNT report",
            "4 reads grouping Opportunity:CLOSE_DATE report",
            "6 reads filter Opportunity:TYPE report",
            "10 reads sort Opportunity:AMOUNT report",
            "9 reads time_frame Opportunity:CREATED_DATE report",
            "5 reads bucket Opportunity:STAGE_NAME report",
            "7 reads chart Opportunity:CLOSE_DATE report",
            "8 reads color_range Opportunity:AMOUNT report",
            "6 reads filter Opportunity:Opportunity.Kind__c report",
        ],
        id="every place of a report that names a column, and none that names a bucket or the row count",
    ),
    pytest.param(
        """<Report>
<aggregates><calculatedFormula>PARENTGROUPVAL(AMOUNT:SUM, GRAND_SUMMARY) / FORMULA2</calculatedFormula>
<developerName>FORMULA1</developerName></aggregates>
<aggregates><calculatedFormula>Opportunity.Margin__c:MAX</calculatedFormula><developerName>FORMULA2</developerName></aggregates>
<customDetailFormulas><calculatedFormula>AMOUNT * 2</calculatedFormula>
<developerName>CDF1</developerName></customDetailFormulas>
<columns><field>CDF1</field></columns>
<reportType>Opportunity</reportType>
</Report>""",
        [
            "8 reads report_type Opportunity: path",
            "2 reads formula Opportunity:AMOUNT report",
            "4 reads formula Opportunity:Opportunity.Margin__c report",
            "5 reads formula Opportunity:AMOUNT report",
        ],
        id="formulas read columns, and no formula is a column of another",
    ),
    pytest.param(
        """<Report>
<aggregates><calculatedFormula>Line__c.Deal__c.Amount__c:SUM</calculatedFormula></aggregates>
<columns><field>Deal__c.Lines__r$Price__c</field></columns>
<reportType>Deals_with_Lines__c</reportType>
</Report>""",
        [
            "3 reads column Deals_with_Lines__c:Deal__c.Lines__r$Price__c report",
            "2 reads formula -:Line__c.Deal__c.Amount__c qualified",
        ],
        id="on a custom report type columns begin with tables and formulas with objects",
    ),
    pytest.param(
        """<Report>
<columns><field>FK_$Deal__c.Stage__c</field></columns><columns><field>FK_$Account.Tier__c</field></columns>
<columns><field>FK_NAME</field></columns>
<crossFilters><primaryTableColumn>CUST_ID</primaryTableColumn><relatedTable>Task__c</relatedTable>
<relatedTableJoinColumn>Line__c</relatedTableJoinColumn><criteriaItems><column>Open__c</column></criteriaItems></crossFilters>
<reportType>CustomEntity$Line__c@Line__c.Deal__c</reportType>
</Report>""",
        [
            "6 reads report_type Line__c: path",
            "6 reads report_type -:Line__c.Deal__c qualified",
            "2 reads column -:Deal__c.Stage__c qualified",
            "2 reads column -:Account.Tier__c qualified",
            "3 reads column CustomEntity$Line__c@Line__c.Deal__c:FK_NAME report",
            "4 reads cross_filter CustomEntity$Line__c@Line__c.Deal__c:CUST_ID report",
            "5 reads cross_filter Task__c:Line__c list",
            "5 reads cross_filter Task__c:Open__c list",
        ],
        id="a type over a lookup names object and lookup, and cross filters name child records",
    ),
    pytest.param(
        """<Report>
<block><columns><field>B1#AMOUNT</field></columns><reportType>Opportunity</reportType></block>
<block><columns><field>LEAD_SOURCE</field></columns><reportType>LeadList</reportType></block>
<groupingsDown><field>ACCOUNT_NAME</field></groupingsDown>
<chart><chartSummaries><column>B1#RowCount</column></chartSummaries></chart>
<format>MultiBlock</format>
</Report>""",
        [
            "4 reads grouping Opportunity:ACCOUNT_NAME report",
            "2 reads report_type Opportunity: path",
            "2 reads column Opportunity:AMOUNT report",
            "3 reads report_type Lead: path",
            "3 reads column LeadList:LEAD_SOURCE report",
        ],
        id="each block of a joined report has a type of its own",
    ),
    pytest.param(
        "<Report><columns><field>X__c.F__c</field></columns><reportType>BrandNew</reportType></Report>",
        ["1 reads report_type BrandNew: report", "1 reads column BrandNew:X__c.F__c report"],
        id="a report type that is not known is left for the whole tree to decide",
    ),
]


@pytest.mark.parametrize(("text", "expected"), _MENTIONS)
def test_reports(read: Read, said: Lines, text: str, expected: list[str]) -> None:
    assert expected == said(read(_PATH, text))


def test_a_report_keeps_what_decides_on_its_life(read: Read, called: Lines) -> None:
    text = (
        "<Report><name>Pipe</name><format>Tabular</format><scope>organization</scope><timeFrameFilter>"
        "<dateColumn>CREATED_DATE</dateColumn><interval>INTERVAL_CURY</interval></timeFrameFilter>"
        "<reportType>Deals__c</reportType></Report>"
    )
    parsed = read(_PATH, text)
    component = parsed.components[0]
    expected = (
        ("folder", "Sales/EMEA"),
        ("format", "Tabular"),
        ("report_type", "Deals__c"),
        ("scope", "organization"),
        ("timeframe", "INTERVAL_CURY"),
        ("timeframe_column", "CREATED_DATE"),
    )

    assert (component.kind, component.name, component.label) == ("report", "Sales/EMEA/Pipeline", "Pipe")
    assert expected == component.attributes
    assert called(parsed) == ["Sales/EMEA/Pipeline > report_type Deals"]


def test_a_report_type_lists_what_it_joins(read: Read, said: Lines) -> None:
    text = """<ReportType>
<baseObject>Account</baseObject>
<join><join><relationship>Hours__r</relationship></join><relationship>Contacts</relationship></join>
<sections><columns><field>Name</field><table>Account</table></columns>
<columns><field>Contact__c.Email</field><table>Account.Contacts.Hours__r</table></columns></sections>
</ReportType>"""
    parsed = read("reportTypes/Accounts.reportType", text)
    tables = (("Account", "Account"), ("Account.Contacts.Hours__r", "Account.Contacts.Hours__r"))

    assert said(parsed) == [
        "2 lists base_object Account: path",
        "3 lists join Account:Contacts children",
        "3 lists join Account:Contacts.Hours__r children",
        "4 lists column Accounts__c:Account$Name report",
        "5 lists column Accounts__c:Account.Contacts.Hours__r$Contact__c.Email report",
    ]
    assert (ReportTypeJoin("Accounts", "Account", ("Contacts", "Hours__r"), tables),) == parsed.report_types


def test_a_dashboard_names_columns_of_its_reports(read: Read, said: Lines, called: Lines) -> None:
    parsed = read("dashboards/Sales/Board.dashboard", _DASHBOARD)

    assert said(parsed) == [
        "5 reads column report:Sales/EMEA/Pipeline:Deal__c.Amount__c report",
        "6 reads sort -:Deal__c.Stage__c qualified",
        "8 reads grouping report:Sales/EMEA/Pipeline:STAGE_NAME report",
        "13 reads column -:AMOUNT report",
        "12 reads filter -:ACCOUNT_NAME report",
    ]
    assert called(parsed) == ["Sales/Board > report Sales/EMEA/Pipeline", "Sales/Board > visualforce_page Board"]


def test_dashboards_borrow_the_types_of_their_reports(read: Read, said: Lines) -> None:
    report = read(_PATH, "<Report><reportType>Opportunity</reportType></Report>")
    types = {item.name: item.attribute("report_type") for item in report.components}
    board = read("dashboards/Sales/Board.dashboard", _DASHBOARD)
    placed = replace(board, mentions=tuple(on_report_type(item, types.get) for item in board.mentions))

    assert said(placed) == [
        "5 reads column Opportunity:Deal__c.Amount__c report",
        "6 reads sort -:Deal__c.Stage__c qualified",
        "8 reads grouping Opportunity:STAGE_NAME report",
        "13 reads column -:AMOUNT report",
        "12 reads filter -:ACCOUNT_NAME report",
    ]
