"""Custom report types. Source: Metadata API, ReportType."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.model.components import Component
from auditor.model.references import Access
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, mention
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed, ReportTypeJoin

KIND = "report_type"


def read_report_type(file: MetadataFile, root: Node) -> Parsed:
    """One report type: what it joins, and every field that it offers, which is no use of any of them."""
    base = root.value("baseObject") or ""
    author = Author(KIND, file.name, base or None)
    component = Component(
        KIND,
        file.name,
        file.path,
        root.line,
        label=root.value("label"),
        object=author.object,
        active=root.flag("deployed"),
        attributes=attributes({"category": root.value("category")}),
    )
    return Parsed(
        components=(component,),
        mentions=(*_joins(author, root), *_columns(author, root)),
        report_types=(ReportTypeJoin(file.name, base, _relationships(root), _tables(root)),),
        channels=(KIND,),
    )


_BASE = Use(Access.LISTS, "base_object")
_JOIN = Use(Access.LISTS, "join", Grammar.CHILDREN)
_COLUMN = Use(Access.LISTS, "column", Grammar.REPORT)


def _join_nodes(root: Node) -> Iterator[Node]:
    """Joins from the base outwards: each holds the next one."""
    join = root.find("join")
    while join is not None:
        yield from join.all("relationship")
        join = join.find("join")


def _relationships(root: Node) -> tuple[str, ...]:
    return tuple(node.text for node in _join_nodes(root) if node.text)


def _joins(author: Author, root: Node) -> Iterator[Mention]:
    for node in root.all("baseObject"):
        if node.text:
            yield mention(author, _BASE, "", node.line)
    path = ""
    for node in _join_nodes(root):
        path = f"{path}.{node.text}" if path else node.text
        yield mention(author, _JOIN, path, node.line)


def _tables(root: Node) -> tuple[tuple[str, str], ...]:
    named = (node.text for node in root.at("sections/columns/table"))
    return tuple((table, table) for table in dict.fromkeys(named) if table)


def _columns(author: Author, root: Node) -> Iterator[Mention]:
    """Columns are named as reports on the type name them: `Account.Contacts$Name`."""
    reporting = author.on(f"{author.name}__c")
    for column in root.at("sections/columns"):
        table = column.value("table") or author.object or ""
        for node in column.all("field"):
            if node.text:
                yield mention(reporting, _COLUMN, f"{table}${node.text}", node.line)
