"""What goes with a mention of a removed field or object, by the kind of component and the place of the mention.

A place is written as tags from below the component down to the element that names the field; the element after
`!` is what goes. A place that no table knows is edited by nobody: it becomes a blocker.

Sources: Metadata API developer guide, the type of each kind; facts.md §2 for what the platform itself drops when a
field is deleted.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass
from auditor.model.rollback import WaveKind

_RIGHTS = (
    "!fieldPermissions/field",
    "!fieldLevelSecurities/field",
    "!objectPermissions/object",
    "!customSettingAccesses/name",
    "!customMetadataTypeAccesses/name",
    "!recordTypeVisibilities/recordType",
    "!tabVisibilities/tab",
    "!tabSettings/tab",
    "!layoutAssignments/layout",
)

_PLACES: Mapping[str, tuple[str, ...]] = {
    "application": ("!tab", "!tabs", "workspaceConfig/!mappings/fieldName", "workspaceConfig/!mappings/tab"),
    "approval_process": ("approvalPageFields/!field",),
    "compact_layout": ("!fields",),
    "custom_metadata": ("!values/field",),
    "dashboard": tuple(
        f"{section}/{part}"
        for section in (
            "dashboardGridLayout/dashboardGridComponents/dashboardComponent",
            "leftSection/components",
            "middleSection/components",
            "rightSection/components",
        )
        for part in (
            "!dashboardTableColumn/column",
            "flexComponentProperties/!flexTableColumn/reportColumn",
            "flexComponentProperties/!flexTableSortInfo/sortColumn",
        )
    ),
    "field_set": ("!displayedFields/field", "!availableFields/field"),
    "flexipage": (
        "flexiPageRegions/!itemInstances/fieldInstance/fieldItem",
        "flexiPageRegions/itemInstances/componentInstance/componentInstanceProperties/valueList/!valueListItems/value",
        "flexiPageRegions/componentInstances/componentInstanceProperties/valueList/!valueListItems/value",
    ),
    "layout": (
        "layoutSections/layoutColumns/!layoutItems/field",
        "relatedContent/!relatedContentItems/layoutItem/field",
        "summaryLayout/!summaryLayoutItems/field",
        "miniLayout/!fields",
        "miniLayout/!relatedLists/relatedList",
        "miniLayout/relatedLists/!fields",
        "!multilineLayoutFields",
        "!relatedObjects",
        "!relatedLists/relatedList",
        "relatedLists/!fields",
    ),
    "lead_convert_settings": (
        "objectMapping/!mappingFields/inputField",
        "objectMapping/!mappingFields/outputField",
        "objectMapping/!fieldMapping/inputField",
        "objectMapping/!fieldMapping/outputField",
    ),
    "list_view": ("!columns",),
    "muting_permission_set": _RIGHTS,
    "path_assistant": ("pathAssistantSteps/!fieldNames",),
    "permission_set": _RIGHTS,
    "profile": _RIGHTS,
    "queue": ("!queueSobject/sobjectType",),
    "quick_action": (
        "quickActionLayout/quickActionLayoutColumns/!quickActionLayoutItems/field",
        "!fieldOverrides/field",
    ),
    "record_type": ("!picklistValues/picklist",),
    "report": (
        "!columns/field",
        "!colorRanges/columnName",
        "!formattingRules/columnName",
        "block/!columns/field",
        "block/!colorRanges/columnName",
        "block/!formattingRules/columnName",
    ),
    "report_type": ("sections/!columns/field",),
    "search_layout": (
        "!customTabListAdditionalFields",
        "!fields",
        "!lookupDialogsAdditionalFields",
        "!lookupFilterFields",
        "!lookupPhoneDialogsAdditionalFields",
        "!searchFilterFields",
        "!searchResultsAdditionalFields",
    ),
    "settings": ("searchSettingsByObject/!searchSettingsByObject/name",),
    "translation": ("!fields/name", "!customTabs/name"),
    "validation_rule": ("!errorDisplayField",),
    "workflow_alert": ("!recipients/field",),
}

REASONS: Mapping[str, str] = {
    "apex_class": "code names it; a person has to change the class",
    "apex_trigger": "code names it; a person has to change the trigger",
    "approval_process": "an approval decides by it; without it other records would enter or somebody else approve",
    "aura": "code of a component names it",
    "custom_metadata": "a value of a record names it, and what reads that value is not known",
    "dashboard": "a chart or table of the dashboard is built on it",
    "duplicate_rule": "a rule on duplicates decides by it; without it other records would count as duplicates",
    "email_template": "a text that is sent to people holds its value",
    "entitlement_process": "a process for service decides by it when it starts or ends",
    "field_set": "a field that is reached through it is in the set",
    "flexipage": "it decides what is seen on the page, or a component of the page is built on it",
    "flow": "the flow uses it in a way that cannot be left out without changing what the flow does",
    "lwc": "code of a component names it",
    "lead_convert_settings": "leads are converted by it",
    "matching_rule": "records are matched by it; without it other records would be merged",
    "path_assistant": "the path follows its values: without it there is no path",
    "quick_action": "the action attaches what it makes by it, or fills in a value that is computed from it",
    "report": "the report is built on it: nothing says what it should show instead",
    "report_type": "the report type is joined through it",
    "restriction_rule": "records are kept from people by it; without it they would see more",
    "sharing_rule": "records are shared by it; without it more records would be shared",
    "sharing_set": "records are shared with people of a site by it",
    "validation_rule": "the condition of the rule reads it",
    "visualforce_component": "markup names it",
    "visualforce_page": "markup names it",
    "web_link": "the address or script of a button holds it",
    "workflow_alert": "the people whom an alert reaches are found by it",
    "workflow_field_update": "the value of another field is computed from it",
    "workflow_outbound_message": "another system is sent its value",
    "workflow_task": "the day on which a task is due is counted from it",
    "workflow_rule": "the rule starts by it; without it the rule would start for other records",
}
"""Why nobody edits a mention in a kind, where no rule fits its place."""

_HIDDEN = frozenset(
    {
        "compact_layout",
        "flexipage",
        "layout",
        "muting_permission_set",
        "path_assistant",
        "permission_set",
        "profile",
        "quick_action",
        "search_layout",
        "workflow_field_update",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How many elements above the one that names the field goes, and the tag of what goes."""

    climb: int
    tag: str


def rule_for(kind: str, place: str) -> Rule | None:
    """The rule of a place in a component of a kind; None where there is none."""
    return _RULES.get((kind, place))


def wave_of(kind: str) -> WaveKind:
    """The step in which mentions by a kind are removed: pages and rights first, then everything else."""
    return WaveKind.HIDE if kind in _HIDDEN else WaveKind.UNREFERENCE


def _rules() -> dict[tuple[str, str], Rule]:
    found: dict[tuple[str, str], Rule] = {}
    for kind, places in _PLACES.items():
        for written in places:
            before, _, after = written.partition("!")
            found[kind, before + after] = Rule(after.count("/"), after.partition("/")[0])
    return found


_RULES = _rules()
