"""Dashboards. Source: Metadata API, Dashboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auditor.dataclasses import replace
from auditor.formats.xml import Node
from auditor.languages.aliases import report_type
from auditor.model.components import Component
from auditor.model.references import Call, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, attributes
from auditor.sources.salesforce.declarative.reports import column_mention
from auditor.sources.salesforce.parsed import Mention, MetadataFile, Parsed

KIND = "dashboard"
REPORT_PREFIX = "report:"
"""A dashboard names columns of a report without its type: `report:Folder/Name` stands where the type would."""


def read_dashboard(file: MetadataFile, root: Node) -> Parsed:
    """One dashboard: the reports that it runs, and the columns that it picks out of them."""
    author = Author(KIND, file.name)
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=root.value("title"),
        attributes=attributes({"folder": file.name.rpartition("/")[0], "type": root.value("dashboardType")}),
    )
    parts = [node for node in root.walk() if node.tag in ("components", "dashboardComponent")]
    return Parsed(
        components=(component,),
        mentions=tuple(item for part in parts for item in _columns(author, part)),
        calls=tuple(item for part in parts for item in _calls(file, part)),
        channels=(KIND,),
    )


def on_report_type(item: Mention, type_of: Callable[[str], str | None]) -> Mention:
    """A column of a dashboard, put on the type of the report that it comes from.

    A report that was not read leaves its type open: columns that name their object themselves still resolve.

    Where reports on a custom type write `Job__c.Hours__r$Status__c`, dashboards have a dot for the `$`.
    """
    report = (item.object or "").removeprefix(REPORT_PREFIX)
    if report == item.object:
        return item
    kind = type_of(report)
    known = report_type(kind) if kind else None
    table, dot, field = item.path.rpartition(".")
    of_table = known is not None and known.custom and dot and "$" not in item.path
    return replace(item, object=kind, path=f"{table}${field}" if of_table else item.path)


_PLACES = (
    ("dashboardTableColumn/column", "column"),
    ("flexComponentProperties/flexTableColumn/reportColumn", "column"),
    ("flexComponentProperties/flexTableSortInfo/sortColumn", "sort"),
    ("groupingColumn", "grouping"),
    ("chartSummary/column", "chart"),
    ("dashboardFilterColumns/column", "filter"),
    ("tableColumn/column", "column"),
)
# Summaries are written with the kind of summary in front: `s!Object__c.Amount__c` is a sum.
_SUMMARY = re.compile(r"[a-z]{1,3}!")
_CALLEES = {"report": "report", "page": "visualforce_page", "lightningComponentName": "lwc"}


def _columns(author: Author, part: Node) -> Iterator[Mention]:
    report = part.value("report")
    reporting = author.on(f"{REPORT_PREFIX}{report}" if report else None)
    for place, word in _PLACES:
        for node in part.at(place):
            found = column_mention(reporting, word, _SUMMARY.sub("", node.text, count=1), node.line)
            yield from [] if found is None else [found]


def _calls(file: MetadataFile, part: Node) -> Iterator[Call]:
    for tag, kind in _CALLEES.items():
        for node in part.all(tag):
            if node.text:
                yield Call(KIND, file.name, kind, node.text, Certainty.CERTAIN, file.path, node.line)
