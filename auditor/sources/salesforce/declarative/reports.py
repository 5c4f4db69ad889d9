"""Reports, joined ones included. Source: Metadata API, Report; column grammars in languages.aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.languages.aliases import report_type
from auditor.languages.formula import parse_formula
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.mentioning import (
    Author,
    Use,
    attributes,
    formula_fields,
    mention,
)
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed

KIND = "report"
NOT_COLUMNS = frozenset({"rowcount", "grand_summary", "row_grand_summary", "column_grand_summary"})
"""Words that stand where a column may stand and name none: the record count, and levels of summary formulas."""


def read_report(file: MetadataFile, root: Node) -> Parsed:
    """One report: every column, filter, grouping and formula of it, each block of a joined report by its type."""
    component = Component(
        KIND, file.name, file.path, root.line, label=root.value("name"), attributes=_attributes(file, root)
    )
    blocks = _blocks(root)
    mentions = tuple(item for block in blocks for item in _mentions(file.name, block))
    return Parsed(
        components=(component,),
        mentions=mentions,
        calls=tuple(_calls(file, blocks)),
        channels=(KIND,),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """One report, or one block of a joined report, with the names that it defines itself."""

    node: Node
    report_type: str | None
    defined: frozenset[str]


_PLACES: tuple[tuple[str, str], ...] = (
    ("columns/field", "column"),
    ("groupingsDown/field", "grouping"),
    ("groupingsAcross/field", "grouping"),
    ("groupingsDown/sortByName", "sort"),
    ("groupingsAcross/sortByName", "sort"),
    ("filter/criteriaItems/column", "filter"),
    ("sortColumn", "sort"),
    ("timeFrameFilter/dateColumn", "time_frame"),
    ("buckets/sourceColumnName", "bucket"),
    ("aggregates/downGroupingContext", "aggregate"),
    ("aggregates/acrossGroupingContext", "aggregate"),
    ("chart/chartSummaries/column", "chart"),
    ("chart/groupingColumn", "chart"),
    ("chart/secondaryGroupingColumn", "chart"),
    ("colorRanges/columnName", "color_range"),
    ("formattingRules/columnName", "color_range"),
    ("crossFilters/primaryTableColumn", "cross_filter"),
)
_FORMULAS = (
    ("aggregates/calculatedFormula", "formula"),
    ("customDetailFormulas/calculatedFormula", "formula"),
)
_DEFINERS = ("buckets/developerName", "aggregates/developerName", "customDetailFormulas/developerName")
_FOREIGN = re.compile(r"FK_(?:\$(?=[\w%]+\.)|(?=[\w%]+__c\.))([\w%.]+)")
_BLOCK_PREFIX = re.compile(r"B(?:ID)?\d+#", re.IGNORECASE)


def _attributes(file: MetadataFile, root: Node) -> tuple[tuple[str, str], ...]:
    time_frame = root.find("timeFrameFilter")
    blocks = sum(1 for _ in root.all("block"))
    return attributes(
        {
            "report_type": root.value("reportType"),
            "folder": file.name.rpartition("/")[0],
            "format": root.value("format"),
            "scope": root.value("scope"),
            "timeframe": time_frame.value("interval") if time_frame else None,
            "timeframe_column": time_frame.value("dateColumn") if time_frame else None,
            "blocks": str(blocks) if blocks else None,
        }
    )


def _blocks(root: Node) -> tuple[_Block, ...]:
    """The report itself and its blocks; columns at the top of a joined report are of its principal block."""
    defined = frozenset(name.text.lower() for node in (root, *root.all("block")) for name in _definitions(node))
    own = root.value("reportType")
    first = next((block.value("reportType") for block in root.all("block")), None)
    tops = _Block(root, own or first, defined)
    return (tops, *(_Block(block, block.value("reportType") or own, defined) for block in root.all("block")))


def _definitions(node: Node) -> Iterator[Node]:
    return (name for place in _DEFINERS for name in node.at(place) if name.text)


def _mentions(name: str, block: _Block) -> Iterator[Mention]:
    author = Author(KIND, name, block.report_type)
    yield from _type_mentions(author, block)
    for place, part in _PLACES:
        for node in block.node.at(place):
            yield from _column(author, block, node, part)
    yield from _compared_columns(author, block)
    yield from _formulas(author, block)
    yield from _cross_filters(author, block)


def _type_mentions(author: Author, block: _Block) -> Iterator[Mention]:
    """A standard report type names its objects, and the lookup that joins them; a custom one is called instead."""
    node = block.node.find("reportType")
    if node is None or not node.text:
        return
    kind = report_type(node.text)
    if kind is None:
        yield mention(author, _use("report_type"), "", node.line)
        return
    # A type such as Opportunity spans accounts too, but names only the object that it begins with.
    objects = kind.objects if "$" in node.text else kind.objects[:1]
    yield from (mention(author.on(name), Use(Access.READS, "report_type"), "", node.line) for name in objects)
    if kind.lookup:
        use = Use(Access.READS, "report_type", Grammar.QUALIFIED)
        yield mention(author.on(None), use, kind.lookup, node.line)


def _use(part: str) -> Use:
    return Use(Access.READS, part, Grammar.REPORT)


def column_mention(author: Author, part: str, text: str, line: int | None) -> Mention | None:
    """One column as a report or dashboard writes it, or None for a word that names none.

    `B1#AMOUNT` is a column of a block; `FK_$Service__c.Program__c` one of the object behind the lookup that the
    report type names, which says its object itself.
    """
    name = _BLOCK_PREFIX.sub("", text, count=1)
    foreign = _FOREIGN.fullmatch(name)
    if not name or name.lower() in NOT_COLUMNS:
        return None
    if foreign is not None:
        use = Use(Access.READS, part, Grammar.QUALIFIED)
        return mention(author.on(None), use, foreign[1], line)
    return mention(author, _use(part), name, line)


def _column(author: Author, block: _Block, node: Node, part: str) -> Iterator[Mention]:
    if node.text.lower() not in block.defined:
        found = column_mention(author, part, node.text, node.line)
        yield from [] if found is None else [found]


def _compared_columns(author: Author, block: _Block) -> Iterator[Mention]:
    """A filter may compare with another column, whose name then stands as the value."""
    for item in block.node.at("filter/criteriaItems"):
        if item.flag("columnToColumn"):
            for node in item.all("value"):
                yield from _column(author, block, node, "filter")


def _formulas(author: Author, block: _Block) -> Iterator[Mention]:
    for place, part in _FORMULAS:
        for node in block.node.at(place):
            for item in formula_fields(author, _use(part), parse_formula(node.text), node.line):
                if item.path.lower() not in block.defined:
                    found = _formula_column(author, block, item)
                    yield from [] if found is None else [found]


def _formula_column(author: Author, block: _Block, item: Mention) -> Mention | None:
    """A column in a formula, which on a custom report type begins with its object and not with its table.

    `Hours__c.Contact__c.Count__c` is the column `Job__c.Hours__r$Contact__c.Count__c`.
    """
    kind = report_type(block.report_type or "")
    if kind is not None and kind.custom and "." in item.path and "$" not in item.path:
        return mention(author.on(None), Use(Access.READS, item.part, Grammar.QUALIFIED), item.path, item.line)
    return column_mention(author, item.part, item.path, item.line)


def _cross_filters(author: Author, block: _Block) -> Iterator[Mention]:
    """With or without child records: the child's key to the parent, and filters on the child."""
    for item in block.node.all("crossFilters"):
        child = author.on(item.value("relatedTable"))
        use = Use(Access.READS, "cross_filter", Grammar.LIST)
        names = (*item.all("relatedTableJoinColumn"), *item.at("criteriaItems/column"))
        yield from (mention(child, use, node.text, node.line) for node in names if node.text)


def _calls(file: MetadataFile, blocks: tuple[_Block, ...]) -> Iterator[Call]:
    """Report types of the organisation's own, named with the suffix that reports give them."""
    for block in blocks:
        node = block.node.find("reportType")
        name = block.report_type or ""
        if node is not None and name.endswith("__c") and "$" not in name:
            yield Call(KIND, file.name, "report_type", name[:-3], Certainty.CERTAIN, file.path, node.line)
