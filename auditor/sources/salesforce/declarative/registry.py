"""The readers of declarative metadata, by metadata suffix and by child element of an object."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.formats.xml import Node
from auditor.sources.salesforce.declarative.door_kinds import DOORS
from auditor.sources.salesforce.on_demand import reader
from auditor.sources.salesforce.parsed import ChildReader, MetadataFile, Parsed, Reader, TextReader

OBJECT_CHILDREN: Mapping[str, ChildReader] = {
    "actionOverrides": reader("declarative.object_children:read_action_override"),
    "compactLayouts": reader("declarative.object_children:read_compact_layout"),
    "fieldSets": reader("declarative.object_children:read_field_set"),
    "indexes": reader("declarative.object_children:read_index"),
    "listViews": reader("declarative.object_children:read_list_view"),
    "validationRules": reader("declarative.validation_rules:read_validation_rule"),
    "webLinks": reader("declarative.object_children:read_web_link"),
}


def _file_of(reader: ChildReader) -> Reader:
    """The same reader for a child in a file of its own, under the folder of its object."""

    def read(file: MetadataFile, root: Node) -> Parsed:
        return reader(file.object or "", root, file)

    return read


_CHILD_SUFFIXES = {
    "compactLayout": "compactLayouts",
    "fieldSet": "fieldSets",
    "index": "indexes",
    "listView": "listViews",
    "validationRule": "validationRules",
    "webLink": "webLinks",
    "weblink": "webLinks",  # links of the home page, which belong to no object
}
# Before API 33 each object had its own type of sharing rules; source: Metadata API, SharingRules, "Version".
_OLD_SHARING = (
    "accountSharingRules",
    "campaignSharingRules",
    "caseSharingRules",
    "contactSharingRules",
    "customObjectSharingRules",
    "leadSharingRules",
    "opportunitySharingRules",
    "orderSharingRules",
    "userSharingRules",
)
# Kinds that hold whatever their makers like: names of custom fields in them are possible reads.
_LOOSE = {
    "actionPlanTemplate": "action_plan_template",
    "apt": "action_plan_template",
    "decisionMatrixDefinition": "decision_matrix",
    "decisionTable": "decision_table",
    "decisionTableDatasetLink": "decision_table",
    "embeddedServiceConfig": "embedded_service",
    "expressionSetDefinition": "expression_set",
    "forecastingType": "forecasting_type",
    "forecastingSourceDefinition": "forecasting_type",
    "forecastingTypeSource": "forecasting_type",
    "genAiFunction": "generative_ai",
    "genAiPlugin": "generative_ai",
    "genAiPromptTemplate": "prompt_template",
    "homePageComponent": "home_page_component",
    "macro": "macro",
    "milestoneType": "milestone_type",
    "objectSourceTargetMap": "object_mapping",
    "oip": "omni_integration_procedure",
    "os": "omni_script",
    "ouc": "omni_card",
    "relationshipGraphDefinition": "relationship_graph",
    "rpt": "omni_data_transform",
    "searchCustomization": "search_customization",
    "serviceChannel": "service_channel",
    "timeSheetTemplate": "time_sheet_template",
}


XML_READERS: Mapping[str, Reader] = {
    "animationRule": reader("declarative.paths:read_animation_rule"),
    "app": reader("declarative.applications:read_application"),
    "assignmentRules": reader("declarative.routing:read_assignment_rules"),
    "assignmentRule": reader("declarative.routing:read_assignment_rules"),
    "audience": reader("declarative.portals:read_audience"),
    "autoResponseRules": reader("declarative.routing:read_auto_response_rules"),
    "autoResponseRule": reader("declarative.routing:read_auto_response_rules"),
    "dashboard": reader("declarative.dashboards:read_dashboard"),
    "duplicateRule": reader("declarative.duplicates:read_duplicate_rule"),
    "email-meta": reader("declarative.emails:read_email_template"),
    "entitlementProcess": reader("declarative.entitlements:read_entitlement_process"),
    "escalationRules": reader("declarative.routing:read_escalation_rules"),
    "escalationRule": reader("declarative.routing:read_escalation_rules"),
    "fieldTranslation": reader("declarative.translations:read_field_translation"),
    "flexipage": reader("declarative.flexipages:read_flexipage"),
    "flowDefinition": reader("declarative.queues:read_flow_definition"),
    "globalValueSet": reader("declarative.value_sets:value_set_reader", "global_value_set", "customValue"),
    "globalValueSetTranslation": reader(
        "declarative.translations:value_set_translation", "global_value_set_translation"
    ),
    "indx": reader("declarative.queues:read_custom_index"),
    "layout": reader("declarative.layouts:read_layout"),
    "LeadConvertSetting": reader("declarative.lead_conversion:read_lead_convert_settings"),
    "LeadConvertSettings": reader("declarative.lead_conversion:read_lead_convert_settings"),
    "matchingRule": reader("declarative.duplicates:read_matching_rules"),
    "matchingRules": reader("declarative.duplicates:read_matching_rules"),
    "md": reader("declarative.records:read_custom_metadata"),
    "rule": reader("declarative.portals:read_rule"),
    "mutingpermissionset": reader("declarative.permissions:read_muting_permission_set"),
    "objectTranslation": reader("declarative.translations:read_object_translation"),
    "pathAssistant": reader("declarative.paths:read_path_assistant"),
    "permissionset": reader("declarative.permissions:read_permission_set"),
    "permissionsetgroup": reader("declarative.permissions:read_permission_set_group"),
    "platformEventChannelMember": reader("declarative.events:read_channel_member"),
    "profile": reader("declarative.permissions:read_profile"),
    "queue": reader("declarative.queues:read_queue"),
    "quickAction": reader("declarative.quick_actions:read_quick_action"),
    "report": reader("declarative.reports:read_report"),
    "reportType": reader("declarative.report_types:read_report_type"),
    "settings": reader("declarative.queues:read_settings"),
    "sharingCriteriaRule": reader("declarative.sharing:read_sharing_rule"),
    "sharingGuestRule": reader("declarative.sharing:read_sharing_rule"),
    "sharingOwnerRule": reader("declarative.sharing:read_sharing_rule"),
    "sharingTerritoryRule": reader("declarative.sharing:read_sharing_rule"),
    "sharingRules": reader("declarative.sharing:read_sharing_rules"),
    "sharingSet": reader("declarative.portals:read_sharing_set"),
    "standardValueSet": reader("declarative.value_sets:value_set_reader", "standard_value_set", "standardValue"),
    "standardValueSetTranslation": reader(
        "declarative.translations:value_set_translation", "standard_value_set_translation"
    ),
    "tab": reader("declarative.applications:read_tab"),
    "territory2Rule": reader("declarative.routing:read_territory_rule"),
    "translation": reader("declarative.translations:read_translations"),
    "wdash-meta": reader("declarative.analytics:analytics_asset", "analytics_dashboard"),
    "wdf-meta": reader("declarative.analytics:analytics_asset", "analytics_dataflow"),
    "wds": reader("declarative.analytics:analytics_asset", "analytics_dataset"),
    "wlens-meta": reader("declarative.analytics:analytics_asset", "analytics_lens"),
    **dict.fromkeys(_OLD_SHARING, reader("declarative.sharing:read_sharing_rules")),
    **{suffix: _file_of(OBJECT_CHILDREN[tag]) for suffix, tag in _CHILD_SUFFIXES.items()},
    **{suffix: reader("declarative.integrations:integration_reader", suffix) for suffix in DOORS},
    **{suffix: reader("declarative.loose:loosely", kind) for suffix, kind in _LOOSE.items()},
}
TEXT_READERS: Mapping[str, TextReader] = {
    "email": reader("declarative.emails:read_email_body"),
    "json": reader("declarative.analytics:read_json"),
    "wdash": reader("declarative.analytics:analytics_text", "analytics_dashboard"),
    "wdf": reader("declarative.analytics:read_dataflow"),
    "wdpr": reader("declarative.analytics:read_recipe"),
    "wlens": reader("declarative.analytics:analytics_text", "analytics_lens"),
}
