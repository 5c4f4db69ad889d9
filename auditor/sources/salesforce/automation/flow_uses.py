"""Which elements of a flow name a field, and what each does with it: the tables behind `flow_mentions`.

Source: Metadata API, Flow, with its subtypes (FlowRecordLookup, FlowDynamicChoiceSet, FlowStart …).
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.automation.flow_scope import Scope
from auditor.sources.salesforce.declarative.mentioning import Use
from auditor.sources.salesforce.parsed import Grammar

Place = tuple[str, str, str]
"""Element of the flow, nearest element around (empty for the element itself), and the element with the name."""

_FILTER = Use(Access.READS, "filter")
_SORT = Use(Access.READS, "sort")
_QUERIED = Use(Access.READS, "queried")

FIELDS: Mapping[Place, Use] = {
    ("recordLookups", "filters", "field"): _FILTER,
    ("recordLookups", "outputAssignments", "field"): _QUERIED,
    ("recordLookups", "", "queriedFields"): _QUERIED,
    ("recordLookups", "", "sortField"): _SORT,
    ("recordCreates", "inputAssignments", "field"): Use(Access.WRITES, "create"),
    ("recordCreates", "filters", "field"): _FILTER,
    ("recordCreates", "", "externalIdField"): Use(Access.READS, "upsert_key"),
    ("recordUpdates", "inputAssignments", "field"): Use(Access.WRITES, "update"),
    ("recordUpdates", "filters", "field"): _FILTER,
    ("recordDeletes", "filters", "field"): _FILTER,
    ("dynamicChoiceSets", "filters", "field"): Use(Access.READS, "choice_filter"),
    ("dynamicChoiceSets", "outputAssignments", "field"): Use(Access.READS, "choice"),
    ("dynamicChoiceSets", "", "displayField"): Use(Access.SHOWS, "choice"),
    ("dynamicChoiceSets", "", "valueField"): Use(Access.READS, "choice"),
    ("dynamicChoiceSets", "", "sortField"): Use(Access.READS, "choice_sort"),
    ("dynamicChoiceSets", "", "picklistField"): Use(Access.SHOWS, "choice"),
    ("start", "filters", "field"): Use(Access.READS, "start_filter"),
    ("start", "scheduledPaths", "recordField"): Use(Access.READS, "schedule"),
    ("collectionProcessors", "sortOptions", "sortField"): _SORT,
    ("customErrors", "customErrorMessages", "fieldSelection"): Use(Access.REQUIRES, "error_place"),
}
"""Elements whose text is the bare name of a field of the element's object."""

SET_FIELDS: frozenset[Place] = frozenset(
    {
        ("collectionProcessors", "mapItems", "assignToFieldReference"),
        ("transforms", "transformValueActions", "outputFieldApiName"),
    }
)
"""Elements whose text is the bare name of a field that is set on the records that the element holds."""

OBJECTS: Mapping[Place, Use] = {
    ("recordLookups", "", "object"): Use(Access.READS, "get_records"),
    ("recordCreates", "", "object"): Use(Access.WRITES, "create"),
    ("recordUpdates", "", "object"): Use(Access.WRITES, "update"),
    ("recordDeletes", "", "object"): Use(Access.WRITES, "delete"),
    ("dynamicChoiceSets", "", "object"): Use(Access.READS, "choice"),
    ("dynamicChoiceSets", "", "picklistObject"): Use(Access.READS, "choice"),
    ("start", "", "object"): Use(Access.READS, "start"),
    ("variables", "", "objectType"): Use(Access.LISTS, "variable"),
    ("transforms", "", "objectType"): Use(Access.LISTS, "variable"),
    ("collectionProcessors", "", "outputSObjectType"): Use(Access.LISTS, "variable"),
}
"""Elements whose text is the name of an object."""

ALL_FIELDS = Use(Access.READS, "all_fields")
"""Get Records that leaves the choice of fields to the platform reads them all: evidence of none in particular."""

SAVED_RECORDS: Mapping[Place, Use] = {
    ("recordCreates", "", "inputReference"): OBJECTS["recordCreates", "", "object"],
    ("recordUpdates", "", "inputReference"): OBJECTS["recordUpdates", "", "object"],
    ("recordDeletes", "", "inputReference"): OBJECTS["recordDeletes", "", "object"],
}
"""Elements that name the variable whose records are saved or deleted."""

REFERENCES = frozenset(
    {
        "collectionReference",
        "elementReference",
        "inputReference",
        "leftValueReference",
        "objectFieldReference",
        "resumeDateReference",
    }
)
"""Elements whose text is a reference that is read."""

SETTERS = frozenset(
    {"assignNextValueToReference", "assignRecordIdToReference", "assignToReference", "outputReference"}
)
"""Elements whose text is a reference that is assigned to."""

SILENT = frozenset(
    {
        "actionName",
        "apexClass",
        "defaultConnectorLabel",
        "description",
        "eventType",
        "extensionName",
        "flowName",
        "label",
        "nameSegment",
        "processMetadataValues",
        "targetReference",
        "typeName",
    }
)
"""Elements that name no field: prose, names of other components, what Process Builder keeps to draw its page."""

_PARTS = {
    "actionCalls": "action_input",
    "apexPluginCalls": "action_input",
    "assignments": "assigned_value",
    "choices": "choice",
    "collectionProcessors": "collection",
    "constants": "constant",
    "customErrors": "error",
    "decisions": "condition",
    "dynamicChoiceSets": "choice_filter",
    "formulas": "formula",
    "interviewLabel": "label",
    "loops": "loop",
    "orchestratedStages": "stage",
    "recordCreates": "value",
    "recordDeletes": "value",
    "recordLookups": "value",
    "recordUpdates": "value",
    "screens": "screen",
    "start": "start_filter",
    "subflows": "subflow_input",
    "textTemplates": "text",
    "transforms": "transform",
    "variables": "default",
    "waits": "wait",
}


def use_in(element: Node) -> Use:
    """How a value is read within an element of a flow."""
    return Use(Access.READS, _PARTS.get(element.tag, element.tag))


def guess_in(element: Node) -> Use:
    """How a name found in a text of an element may be read."""
    return Use(Access.READS, _PARTS.get(element.tag, element.tag), Grammar.WORD, Certainty.POSSIBLE)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose fields an element names: those of `object`, or of what a path leads to from there."""

    object: str | None = None
    path: str = ""

    def field(self, name: str) -> str:
        """The path of a field that the element names."""
        return f"{self.path}.{name}" if self.path else name


def owner_of(element: Node, scope: Scope) -> Owner:
    """Whose fields the bare names in an element are."""
    if element.tag in ("start", "customErrors"):
        return Owner(scope.record_object)
    for tag in ("object", "picklistObject"):
        named = element.value(tag)
        if named:
            return Owner(named)
    for tag in ("inputReference", "collectionReference"):
        held = element.value(tag)
        if held:
            target = scope.locate(held)
            return Owner(target.object, target.path)
    return Owner()
