"""Fields that a flow names by their name alone, as the value of a parameter that only one component understands.

Sources: Salesforce help, "Flow Screen Input Component: Lookup", "Data Table"; Metadata API, FlowWaitEvent
(`DateRefAlarmEvent`, platform events) and FlowTransformValueAction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from auditor.formats.xml import Node
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.automation.flow_scope import Scope
from auditor.sources.salesforce.code.names import is_object
from auditor.sources.salesforce.declarative.mentioning import Author, Use, mention
from auditor.sources.salesforce.parsed import Mention

Parameters = Mapping[str, Node]
"""The element that holds the value of each parameter, by the parameter's name."""


def parameter_mentions(author: Author, scope: Scope, holder: Node) -> Iterator[Mention]:
    """Fields named by the parameters of one action, component, wait event or transformation."""
    parameters = _parameters(holder)
    if not parameters:
        return
    for reader in _READERS:
        yield from reader(author, scope, holder, parameters)


_Reader = Callable[[Author, Scope, Node, Parameters], Iterator[Mention]]


def _parameters(holder: Node) -> Parameters:
    found: dict[str, Node] = {}
    for item in holder.all("inputParameters"):
        value = item.find("value")
        if value is not None and value.children:
            found[item.value("name") or ""] = value.children[0]
    return found


def _data_table(author: Author, scope: Scope, holder: Node, parameters: Parameters) -> Iterator[Mention]:
    """The columns of a data table stand as JSON in one parameter, its rows in another."""
    columns = parameters.get("columns")
    if columns is None or holder.value("extensionName") != "flowruntime:datatable":
        return
    owner = next((node.text for node in holder.at("dataTypeMappings/typeValue")), None)
    rows = parameters.get("tableData")
    if owner is None and rows is not None:
        owner = scope.locate(rows.text).object
    for match in _COLUMN.finditer(columns.text if owner else ""):
        yield mention(author.on(owner), Use(Access.SHOWS, "column"), match[1], columns.line)


_COLUMN = re.compile(r'"apiName"\s*:\s*"([^"\\]+)"')


def _lookup(author: Author, _scope: Scope, _holder: Node, parameters: Parameters) -> Iterator[Mention]:
    """A lookup on a screen borrows the lookup field of an object; it shows that field's target."""
    owner, field = parameters.get("objectApiName"), parameters.get("fieldApiName")
    if owner is not None and field is not None and _is_text(owner) and _is_text(field):
        yield mention(author.on(owner.text), Use(Access.SHOWS, "screen"), field.text, field.line)


def _alarm(author: Author, _scope: Scope, _holder: Node, parameters: Parameters) -> Iterator[Mention]:
    """A wait, or a scheduled action of Process Builder, that counts from a date of a record."""
    owner, field = parameters.get("TimeTableColumnEnumOrId"), parameters.get("TimeFieldColumnEnumOrId")
    if owner is not None and field is not None and _is_text(owner) and _is_text(field):
        yield mention(author.on(owner.text), Use(Access.READS, "schedule"), field.text, field.line)


def _platform_event(author: Author, _scope: Scope, holder: Node, parameters: Parameters) -> Iterator[Mention]:
    """A wait for an event whose fields have the given values: the parameters bear the names of the fields."""
    event = holder.find("eventType")
    if event is None or not event.text.lower().endswith("__e"):
        return
    owner = author.on(event.text)
    yield mention(owner, Use(Access.READS, "wait"), "", event.line)
    for name, value in parameters.items():
        yield mention(owner, Use(Access.READS, "wait"), name, value.line)


def _aggregate(author: Author, scope: Scope, _holder: Node, parameters: Parameters) -> Iterator[Mention]:
    """A transformation that sums up one field of a collection."""
    rows, field = parameters.get("aggregationValues"), parameters.get("aggregationField")
    if rows is None or field is None or not _is_text(field):
        return
    owner = scope.locate(rows.text).object
    if owner is not None:
        yield mention(author.on(owner), Use(Access.READS, "transform"), field.text, field.line)


def _generic(author: Author, _scope: Scope, _holder: Node, parameters: Parameters) -> Iterator[Mention]:
    """Any component may take the name of an object: that object is read, in a way that nothing tells."""
    for name, value in parameters.items():
        if name.lower() in _OBJECT_PARAMETERS and _is_text(value) and is_object(value.text):
            yield mention(author.on(value.text), _GUESSED, "", value.line)


_OBJECT_PARAMETERS = frozenset({"objectapiname", "objectname", "sobjectname", "sobjecttype"})
_GUESSED = Use(Access.READS, "parameter", certainty=Certainty.POSSIBLE)


def _is_text(value: Node) -> bool:
    return value.tag == "stringValue" and bool(value.text)


_READERS: tuple[_Reader, ...] = (_data_table, _lookup, _alarm, _platform_event, _aggregate, _generic)
