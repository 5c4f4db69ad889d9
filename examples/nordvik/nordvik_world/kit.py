"""The free kit, what nearly every company can export without an extra licence, as `sf data query` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from nordvik_world.calendar import AS_OF, YEAR_START, dice, moment, somewhen, stamp
from nordvik_world.ids import record_id, user_id
from nordvik_world.kit_people import CLICKED, write_audit_trail, write_organization, write_users
from nordvik_world.logs import EXTRA_REPORT, Run, report_ids
from nordvik_world.output import write_csv, write_json
from nordvik_world.stories import FieldStory, ReportStory
from nordvik_world.tree import Field, Report, Tree

_MANAGED = (("Opportunity", "docx", "Template_Name"), ("Opportunity", "docx", "Last_Generated"))
_REPOSITORY_ONLY = frozenset({"Lead.Chatbot_Session__c"})
"""In the repository, but never deployed."""
_FOLDERS = {"Saljrapporter": "Säljrapporter", "Gamla_rapporter": "Gamla rapporter", "Privat": "Private Reports"}


def write_kit(
    folder: Path,
    tree: Tree,
    stories: Mapping[str, FieldStory],
    reports: Mapping[str, ReportStory],
    runs: list[Run],
) -> None:
    """Write every register of the kit, except those that are counted from records."""
    _write_reports(folder, tree, reports, runs)
    _write_templates(folder, tree)
    _write_fields(folder, tree, stories)
    _write_flows(folder, tree)
    write_users(folder)
    write_organization(folder)
    write_audit_trail(folder)


def _write_reports(folder: Path, tree: Tree, stories: Mapping[str, ReportStory], runs: list[Run]) -> None:
    last = {run.report_id: run.when for run in runs}
    ids = report_ids(tree)
    write_csv(
        folder / "Report.csv",
        [
            "Id",
            "DeveloperName",
            "Name",
            "FolderName",
            "Format",
            "CreatedDate",
            "LastModifiedDate",
            "LastRunDate",
            "LastViewedDate",
            "LastReferencedDate",
        ],
        (
            _report_row(report, ids[report.name], _last_run(last.get(ids[report.name]), stories.get(report.name)))
            for report in (*tree.reports, EXTRA_REPORT)
        ),
    )
    describe = _describe(EXTRA_REPORT, ids[EXTRA_REPORT.name])
    write_json(folder / "report-describe" / f"{EXTRA_REPORT.name}.json", describe)


def _last_run(in_year: datetime | None, story: ReportStory | None) -> str:
    if in_year:
        return stamp(in_year)
    if story and story.last_run:
        return stamp(datetime.combine(story.last_run, time(9, 12)))
    return ""


def _report_row(report: Report, report_id: str, last_run: str) -> list[str]:
    throw = dice("report", report.name)
    old = report.folder == "Gamla_rapporter"
    created = somewhen(throw, date(2019, 3, 1), date(2021, 12, 1) if old else date(2025, 6, 1))
    modified = somewhen(throw, created, date(2022, 2, 1) if old else date(2025, 10, 1))
    viewed = stamp(moment(throw, AS_OF - timedelta(days=throw.randrange(1, 9)))) if throw.random() < 0.3 else ""
    return [
        report_id,
        report.name,
        report.label,
        _FOLDERS.get(report.folder, report.folder),
        report.format.capitalize(),
        stamp(moment(throw, created)),
        stamp(moment(throw, modified)),
        last_run,
        viewed,
        viewed,
    ]


def _describe(report: Report, report_id: str) -> dict[str, object]:
    """As `/analytics/reports/{id}/describe` answers, for the parts that name fields."""
    return {
        "attributes": {
            "describeUrl": f"/services/data/v60.0/analytics/reports/{report_id}/describe",
            "instancesUrl": f"/services/data/v60.0/analytics/reports/{report_id}/instances",
            "reportId": report_id,
            "reportName": report.label,
            "type": "Report",
        },
        "reportMetadata": {
            "aggregates": ["s!AMOUNT", "RowCount"],
            "detailColumns": list(report.columns),
            "developerName": report.name,
            "folderId": user_id(10),
            "groupingsAcross": [],
            "groupingsDown": [
                {"dateGranularity": "None", "name": name, "sortAggregate": None, "sortOrder": "Asc"}
                for name in report.groupings
            ],
            "id": report_id,
            "name": report.label,
            "reportBooleanFilter": None,
            "reportFilters": [
                {
                    "column": "Opportunity.Service_Agreement_Offered__c",
                    "filterType": "fieldValue",
                    "isRunPageEditable": True,
                    "operator": "equals",
                    "value": "True",
                }
            ],
            "reportFormat": report.format,
            "reportType": {"label": "Affärer", "type": report.type},
            "scope": "organization",
            "sortBy": [],
            "standardDateFilter": {
                "column": "CLOSE_DATE",
                "durationValue": "CUSTOM",
                "endDate": None,
                "startDate": None,
            },
        },
        "reportExtendedMetadata": {
            "detailColumnInfo": {
                column: {"dataType": "string", "label": column.rpartition(".")[2]} for column in report.columns
            }
        },
        "reportTypeMetadata": {"categories": []},
    }


def _write_templates(folder: Path, tree: Tree) -> None:
    used = {"Offertfoljebrev": 412, "Nytt_Arende": 958, "Rabatt_For_Godkannande": 0, "Vite_Varning": 0}
    rows = []
    for number, (place, name) in enumerate(tree.templates):
        last = stamp(datetime(2026, 11, 18, 10, 4)) if used[name] else ""
        rows.append([record_id("00X", number), name, name.replace("_", " "), place, "true", used[name], last])
    header = ["Id", "DeveloperName", "Name", "FolderName", "IsActive", "TimesUsed", "LastUsedDate"]
    write_csv(folder / "EmailTemplate.csv", header, rows)


def _write_fields(folder: Path, tree: Tree, stories: Mapping[str, FieldStory]) -> None:
    owners = sorted({field.object for field in tree.fields})
    keys = {name: record_id("01I", n) if "__" in name else name for n, name in enumerate(owners)}
    deployed = [field for field in tree.fields if field.key not in _REPOSITORY_ONLY]
    rows = [
        _field_row(n, keys[field.object], field, stories[field.key].created) for n, field in enumerate(deployed)
    ]
    owner, name, day = CLICKED
    created = stamp(datetime.combine(day, time(16, 41)))
    rows.append([record_id("00N", 900), owner, owner, name, "", created, user_id(1), created, user_id(1)])
    for n, (owner, namespace, name) in enumerate(_MANAGED):
        created = "2022-03-02T08:00:00.000+0000"
        extra = [
            record_id("00N", 910 + n),
            owner,
            owner,
            name,
            namespace,
            created,
            user_id(1),
            created,
            user_id(1),
        ]
        rows.append(extra)
    write_csv(
        folder / "CustomField.csv",
        [
            "Id",
            "TableEnumOrId",
            "EntityDefinition.QualifiedApiName",
            "DeveloperName",
            "NamespacePrefix",
            "CreatedDate",
            "CreatedById",
            "LastModifiedDate",
            "LastModifiedById",
        ],
        rows,
    )


def _field_row(n: int, owner_key: str, field: Field, born: date) -> list[str]:
    throw = dice("definition", field.key)
    created = moment(throw, born)
    changed = created + timedelta(days=throw.choice((0, 0, 0, 200)))
    modified = stamp(min(changed, datetime(2026, 11, 2, 9)))
    name = field.name.rpartition("__")[0]
    return [
        record_id("00N", n),
        owner_key,
        field.object,
        name,
        "",
        stamp(created),
        user_id(1),
        modified,
        user_id(1),
    ]


def _write_flows(folder: Path, tree: Tree) -> None:
    rows = []
    for number, (name, label, process, status) in enumerate(tree.flows):
        throw = dice("flow", name)
        active = status == "Active"
        version = record_id("301", number)
        modified = stamp(moment(throw, somewhen(throw, date(2021, 1, 1), YEAR_START)))
        rows.append(
            [
                record_id("300", number),
                name,
                label,
                process,
                str(active).lower(),
                version if active else "",
                version,
                modified,
            ]
        )
    header = [
        "DurableId",
        "ApiName",
        "Label",
        "ProcessType",
        "IsActive",
        "ActiveVersionId",
        "LatestVersionId",
        "LastModifiedDate",
    ]
    write_csv(folder / "FlowDefinitionView.csv", header, rows)
