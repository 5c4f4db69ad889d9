"""What must follow when elements of a component go.

Filters are numbered anew, empty frames go, and nothing illegal stays. Each kind has its rule. Where too little
would be left, a rule says so (`Short`); then the marks in that element are taken back and become blockers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from auditor.dataclasses import dataclass
from auditor.formats.xml_editing import Element
from auditor.planning.salesforce.documents import Document, Mark
from auditor.planning.salesforce.filters import without


@dataclass(frozen=True, slots=True, eq=False)
class Short:
    """An element of which too little would be left: marks on its children of these tags cannot be made."""

    around: Element
    tags: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """An element that goes (or changes its text) because of what goes in it."""

    element: Element
    what: str
    text: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Hollow:
    """An element that stays without content."""

    element: Element


@dataclass(frozen=True, slots=True, eq=False)
class Nothing:
    """The whole component goes: nothing is left of it."""

    because: str


Followed = Short | Frame | Hollow | Nothing
Tidier = Callable[[Document, Element], Iterator[Followed]]


def following(kind: str, document: Document, holder: Element) -> tuple[Followed, ...]:
    """What follows from the marks in one component; empty where nothing does."""
    tidier = _TIDIERS.get(kind)
    return tuple(tidier(document, holder)) if tidier is not None else ()


def touched(document: Document, element: Element) -> bool:
    """Whether any child of the element is marked to go."""
    return len(document.staying(element)) < len(element.children)


def as_mark(frame: Frame, cause: Mark) -> Mark:
    """The mark of what follows, for the sake of what caused it."""
    return Mark(
        frame.element, cause.subject, cause.component, frame.what, frame.element.line, cause.wave, frame.text
    )


def _layout(document: Document, holder: Element) -> Iterator[Followed]:
    for section in holder.all("layoutSections"):
        columns = section.all("layoutColumns")
        if not any(touched(document, column) for column in columns):
            continue
        if any(_is_item(item) for column in columns for item in document.staying(column)):
            yield from _hollow(document, columns)
        else:
            yield Frame(section, f"section {section.value('label') or 'without a label'}, left empty")
    for tag in ("relatedContent", "miniLayout"):
        for around in holder.all(tag):
            if touched(document, around) and not document.staying(around):
                yield Frame(around, f"{tag}, left empty")
    for related in (
        *holder.all("relatedLists"),
        *(item for mini in holder.all("miniLayout") for item in mini.all("relatedLists")),
    ):
        yield from _short(document, related, "fields", "a related list would be left without columns")


def _is_item(item: Element) -> bool:
    """Whether a place on a layout holds something; a blank space only keeps others apart."""
    return item.tag != "layoutItems" or item.value("emptySpace") != "true"


def _hollow(document: Document, columns: list[Element]) -> Iterator[Followed]:
    for column in columns:
        if column.children and not document.staying(column):
            yield Hollow(column)


def _short(document: Document, around: Element, tag: str, reason: str) -> Iterator[Followed]:
    """Where the last child with a tag would go."""
    if document.goes(around):
        return
    children = around.all(tag)
    if children and all(document.goes(child) for child in children):
        yield Short(around, (tag,), reason)


def _compact_layout(document: Document, holder: Element) -> Iterator[Followed]:
    if holder.all("fields") and all(document.goes(item) for item in holder.all("fields")):
        yield Nothing("it is left without fields")


def _list_view(document: Document, holder: Element) -> Iterator[Followed]:
    yield from _short(document, holder, "columns", "the list view would be left without columns")
    yield from _short(document, holder, "filters", "the list view would show everything: it has no other filter")
    yield from _logic(document, holder, "filters")


def _logic(document: Document, around: Element, tag: str) -> Iterator[Followed]:
    """The filter logic without the conditions that go."""
    items = around.all(tag)
    gone = frozenset(number for number, item in enumerate(items, 1) if document.goes(item))
    for logic in around.all("booleanFilter") if gone else ():
        text = without(logic.text, gone)
        if text is None:
            yield Short(around, (tag,), f"the filter logic {logic.text!r} cannot do without these conditions")
        elif text:
            yield Frame(logic, f"filter logic numbered anew: {text}", text)


def _report(document: Document, holder: Element) -> Iterator[Followed]:
    for around in (holder, *holder.all("block")):
        yield from _short(document, around, "columns", "the report would be left without columns")
        for tag in ("groupingsDown", "groupingsAcross"):
            yield from _short(document, around, tag, "the report would be left without groups in that direction")
        for item in around.all("filter"):
            yield from _short(
                document, item, "criteriaItems", "the report would show everything: it has no other filter"
            )
            yield from _logic(document, item, "criteriaItems")
        for chart in around.all("chart"):
            yield from _chart(document, chart)


def _chart(document: Document, chart: Element) -> Iterator[Followed]:
    summaries = chart.all("chartSummaries")
    if summaries and all(item in document.going for item in summaries):
        yield Frame(chart, "chart, left without anything to draw")


def _report_type(document: Document, holder: Element) -> Iterator[Followed]:
    sections = holder.all("sections")
    emptied = [item for item in sections if item.all("columns") and all(map(document.goes, item.all("columns")))]
    if emptied and not any(item.all("columns") for item in sections if item not in emptied):
        yield from (Short(item, ("columns",), "the report type would be left without fields") for item in emptied)
    else:
        yield from (Frame(item, "section of a report type, left empty") for item in emptied)


def _quick_action(document: Document, holder: Element) -> Iterator[Followed]:
    for layout in holder.all("quickActionLayout"):
        columns = layout.all("quickActionLayoutColumns")
        if not any(touched(document, column) for column in columns):
            continue
        if any(document.staying(column) for column in columns):
            yield from _hollow(document, columns)
        else:
            yield from (
                Short(column, ("quickActionLayoutItems",), "the action would be left without fields")
                for column in columns
            )


def _dashboard(document: Document, holder: Element) -> Iterator[Followed]:
    for item in holder.walk():
        for tag in ("dashboardTableColumn", "flexTableColumn"):
            yield from _short(document, item, tag, "a table of the dashboard would be left without columns")


def _flexipage(document: Document, holder: Element) -> Iterator[Followed]:
    for item in holder.walk():
        if item.tag == "valueList":
            yield from _short(document, item, "valueListItems", "a related list on the page would have no columns")


def _search_layout(document: Document, holder: Element) -> Iterator[Followed]:
    yield from _hollow(document, [holder])


def _alert(document: Document, holder: Element) -> Iterator[Followed]:
    yield from _short(document, holder, "recipients", "the alert would reach nobody")


def _approval(document: Document, holder: Element) -> Iterator[Followed]:
    for page in holder.all("approvalPageFields"):
        yield from _short(document, page, "field", "the approver would be shown no fields")
    for tag in _APPROVAL_ACTIONS:
        for item in holder.all(tag):
            if touched(document, item) and not document.staying(item):
                yield Frame(item, f"{tag}, left empty")


def _flow(document: Document, holder: Element) -> Iterator[Followed]:
    """No element of a flow may lose everything that it sets, when several removed fields are set in it alone."""
    reason = "an element of the flow would do nothing: its connections have to be led past it"
    for item in holder.children:
        for tag in ("assignmentItems", "inputAssignments", "queriedFields"):
            yield from _short(document, item, tag, reason)


_APPROVAL_ACTIONS = (
    "initialSubmissionActions",
    "finalApprovalActions",
    "finalRejectionActions",
    "recallActions",
)
_TIDIERS: Mapping[str, Tidier] = {
    "approval_process": _approval,
    "compact_layout": _compact_layout,
    "dashboard": _dashboard,
    "flexipage": _flexipage,
    "flow": _flow,
    "layout": _layout,
    "list_view": _list_view,
    "quick_action": _quick_action,
    "report": _report,
    "report_type": _report_type,
    "search_layout": _search_layout,
    "workflow_alert": _alert,
}
