"""Fields that a flow names by their name alone, in a parameter that only one action or component understands.

Sources: Salesforce help, "Flow Screen Input Component" (Lookup, Dependent Picklists, Data Table); Metadata API,
FlowWaitEvent (`DateRefAlarmEvent`, platform events) and FlowTransformValueAction; Actions Developer Guide,
"Quick Actions".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.languages.fieldpaths import is_custom
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.automation.flow_scope import Scope
from auditor.sources.salesforce.code.names import is_object
from auditor.sources.salesforce.declarative.mentioning import Author, Use, mention
from auditor.sources.salesforce.parsed import Grammar, Mention

Parameters = Mapping[str, Node]
"""The element that holds the value of each parameter, by the parameter's name."""
Said = tuple[Node, Mention]
"""A mention with the element that names the field."""


def parameter_mentions(author: Author, scope: Scope, holder: Node) -> Iterator[Said]:
    """Fields named by the parameters of one action, component, wait event or transformation."""
    parameters = _parameters(holder)
    if not parameters:
        return
    for reader in _READERS:
        yield from reader(author, scope, holder, parameters)


_Reader = Callable[[Author, Scope, Node, Parameters], Iterator[Said]]


def _parameters(holder: Node) -> Parameters:
    found: dict[str, Node] = {}
    for item in holder.all("inputParameters"):
        value = item.find("value")
        if value is not None and value.children:
            found[item.value("name") or ""] = value.children[0]
    return found


def _data_table(author: Author, scope: Scope, holder: Node, parameters: Parameters) -> Iterator[Said]:
    """The columns of a data table stand as JSON in one parameter, its rows in another."""
    columns = parameters.get("columns")
    if columns is None or holder.value("extensionName") != "flowruntime:datatable":
        return
    owner = next((node.text for node in holder.at("dataTypeMappings/typeValue")), None)
    rows = parameters.get("tableData")
    if owner is None and rows is not None:
        owner = scope.locate(rows.text).object
    for match in _COLUMN.finditer(columns.text if owner else ""):
        yield columns, mention(author.on(owner), Use(Access.SHOWS, "column"), match[1], columns.line)


_COLUMN = re.compile(r'"apiName"\s*:\s*"([^"\\]+)"')


@dataclass(frozen=True, slots=True)
class _Pair:
    """Parameters of which one names an object and the others fields of it."""

    object: str
    fields: tuple[str, ...]
    use: Use


_PAIRS = (
    # A lookup on a screen borrows the lookup field of an object, and shows that field's target.
    _Pair("objectApiName", ("fieldApiName",), Use(Access.SHOWS, "screen")),
    _Pair(
        "dependencyWrapperApiName",
        ("topPicklistApiName", "middlePicklistApiName", "bottomPicklistApiName"),
        Use(Access.SHOWS, "screen"),
    ),
    # A wait, or a scheduled action of Process Builder, counts from a date of a record.
    _Pair("TimeTableColumnEnumOrId", ("TimeFieldColumnEnumOrId",), Use(Access.READS, "schedule")),
)


def _pairs(author: Author, _scope: Scope, _holder: Node, parameters: Parameters) -> Iterator[Said]:
    for pair in _PAIRS:
        owner = parameters.get(pair.object)
        if owner is None or not _is_text(owner):
            continue
        fields = [parameters[name] for name in pair.fields if name in parameters]
        for field in filter(_is_text, fields):
            yield field, mention(author.on(owner.text), pair.use, field.text, field.line)
        if fields:
            yield owner, mention(author.on(owner.text), pair.use, "", owner.line)


def _platform_event(author: Author, _scope: Scope, holder: Node, _parameters: Parameters) -> Iterator[Said]:
    """A wait for an event whose fields have the given values: the parameters bear the names of the fields."""
    event = holder.find("eventType")
    if event is None or not event.text.lower().endswith("__e"):
        return
    owner = author.on(event.text)
    yield event, mention(owner, Use(Access.READS, "wait"), "", event.line)
    for name in holder.at("inputParameters/name"):
        yield name, mention(owner, Use(Access.READS, "wait"), name.text, name.line)


def _quick_action(author: Author, _scope: Scope, holder: Node, _parameters: Parameters) -> Iterator[Said]:
    """The inputs of a quick action bear the names of the fields that it fills in, mostly of its own object."""
    if holder.value("actionType") != "quickAction":
        return
    owner, dot, _ = (holder.value("actionName") or "").partition(".")
    for name in holder.at("inputParameters/name"):
        if name.text != "contextId" and (dot or is_custom(name.text)):
            yield name, mention(author.on(owner if dot else None), _FILLED_IN, name.text, name.line)


_FILLED_IN = Use(Access.WRITES, "quick_action", Grammar.WORD, Certainty.POSSIBLE)


def _aggregate(author: Author, scope: Scope, _holder: Node, parameters: Parameters) -> Iterator[Said]:
    """A transformation that sums up one field of a collection."""
    rows, field = parameters.get("aggregationValues"), parameters.get("aggregationField")
    if rows is None or field is None or not _is_text(field):
        return
    owner = scope.locate(rows.text).object
    if owner is not None:
        yield field, mention(author.on(owner), Use(Access.READS, "transform"), field.text, field.line)


def _generic(author: Author, _scope: Scope, _holder: Node, parameters: Parameters) -> Iterator[Said]:
    """Any component may take the name of an object: that object is read, in a way that nothing tells."""
    paired = {pair.object for pair in _PAIRS if any(name in parameters for name in pair.fields)}
    for name, value in parameters.items():
        if name not in paired and name.lower() in _OBJECT_PARAMETERS and _is_text(value) and is_object(value.text):
            yield value, mention(author.on(value.text), _GUESSED, "", value.line)


_OBJECT_PARAMETERS = frozenset({"objectapiname", "objectname", "sobjectname", "sobjecttype"})
_GUESSED = Use(Access.READS, "parameter", certainty=Certainty.POSSIBLE)


def _is_text(value: Node) -> bool:
    return value.tag == "stringValue" and bool(value.text)


_READERS: tuple[_Reader, ...] = (_data_table, _pairs, _platform_event, _quick_action, _aggregate, _generic)
