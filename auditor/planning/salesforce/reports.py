"""What a mention of a removed field means in a report.

The platform itself drops the columns and filters of a deleted field from reports without a word; so do we, aloud.
What a report is grouped or joined by, or bounded in time by, nobody can leave out for its readers.
Source: Metadata API developer guide, Report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from auditor.formats.xml_editing import Element
from auditor.planning.salesforce.verdicts import Cut, Refusal, Spot, Verdict, condition, up, with_sibling

OPEN_INTERVAL = "INTERVAL_CUSTOM"
"""A time frame of one's own: without a start and an end it bounds nothing."""


def report_verdict(spot: Spot) -> Verdict | None:
    """The rule of a place that the tables leave open; places within a block of a joined report are the same."""
    rule = _RULES.get(spot.place.removeprefix("block/"))
    return rule(spot) if rule is not None else None


def _sort(spot: Spot) -> Verdict:
    return with_sibling(spot.leaf, "sortOrder", f"order by {spot.name}")


def _group_sort(spot: Spot) -> Verdict:
    return with_sibling(spot.leaf, "sortType", f"order of groups by {spot.name}")


def _filter(spot: Spot) -> Verdict:
    return condition(spot, up(spot.leaf, 1))


def _grouping(spot: Spot) -> Verdict:
    """One of several groupings goes, unless something counts by it; the last one is what the report is about."""
    grouping = up(spot.leaf, 1)
    around = up(grouping, 1)
    if len(around.all(grouping.tag)) < 2:
        return Refusal("the report is grouped by it and by nothing else in that direction")
    contexts = {
        item.text
        for place in _CONTEXTS
        for item in _at(around, place)
        if item.text.lower() == spot.leaf.text.lower()
    }
    if contexts:
        return Refusal("a summary formula or the chart of the report counts by this grouping")
    return (Cut(grouping, f"grouping by {spot.name}"),)


def _time_frame(spot: Spot) -> Verdict:
    frame = up(spot.leaf, 1)
    bounded = frame.value("interval") != OPEN_INTERVAL or frame.value("startDate") or frame.value("endDate")
    if bounded:
        return Refusal("the report is bounded in time by it; somebody has to choose another date")
    return (Cut(frame, f"time frame on {spot.name}, which bounded nothing"),)


def _defined(spot: Spot) -> Verdict:
    """A bucket or summary formula goes with the columns that show it; where more is built on it, nobody may."""
    own = up(spot.leaf, 1)
    name = own.value("developerName").lower()
    root = spot.document.root
    uses = [item for item in root.walk() if not item.children and _names(item, name) and item.parent is not own]
    cuts = [_use(item) for item in uses]
    kept = [cut for cut in cuts if cut is not None]
    if len(kept) < len(cuts) or not name:
        return Refusal(f"the report is built on {own.value('masterLabel') or name}, which is computed from it")
    return (Cut(own, f"{own.tag} {name}, computed from {spot.name}"), *kept)


def _use(item: Element) -> Cut | None:
    """What goes with the use of a bucket or formula: a column of a table or of a chart that has others."""
    around = up(item, 1)
    if around.tag == "columns":
        return Cut(around, f"column {item.text}")
    several = len(up(around, 1).all("chartSummaries")) > 1
    return Cut(around, f"chart of {item.text}") if around.tag == "chartSummaries" and several else None


def _chart(spot: Spot) -> Verdict:
    """A chart that draws other summaries too loses this one; a chart of nothing else goes."""
    summary = up(spot.leaf, 1)
    chart = up(summary, 1)
    if len(chart.all("chartSummaries")) > 1:
        return (Cut(summary, f"chart summary of {spot.name}"),)
    return (Cut(chart, f"chart, which drew nothing but {spot.name}"),)


def _chart_grouping(spot: Spot) -> Verdict:
    return (Cut(up(spot.leaf, 1), f"chart, which was drawn by {spot.name}"),)


def _names(item: Element, name: str) -> bool:
    """Whether an element's text is the name, in a formula too."""
    text = item.text.lower()
    return bool(name) and (text == name or (item.tag == "calculatedFormula" and name in text))


def _at(element: Element, place: str) -> list[Element]:
    found = [element]
    for tag in place.split("/"):
        found = [child for item in found for child in item.all(tag)]
    return found


_CONTEXTS = (
    "aggregates/downGroupingContext",
    "aggregates/acrossGroupingContext",
    "chart/groupingColumn",
    "chart/secondaryGroupingColumn",
)
_RULES: Mapping[str, Callable[[Spot], Verdict]] = {
    "sortColumn": _sort,
    "groupingsDown/sortByName": _group_sort,
    "groupingsAcross/sortByName": _group_sort,
    "groupingsDown/field": _grouping,
    "groupingsAcross/field": _grouping,
    "filter/criteriaItems/column": _filter,
    "filter/criteriaItems/value": _filter,
    "timeFrameFilter/dateColumn": _time_frame,
    "buckets/sourceColumnName": _defined,
    "aggregates/calculatedFormula": _defined,
    "customDetailFormulas/calculatedFormula": _defined,
    "chart/chartSummaries/column": _chart,
    "chart/groupingColumn": _chart_grouping,
    "chart/secondaryGroupingColumn": _chart_grouping,
}
