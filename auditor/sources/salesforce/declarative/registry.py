"""The readers of declarative metadata, by metadata suffix and by child element of an object."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.formats.xml import Node
from auditor.sources.salesforce.declarative.analytics import (
    DATAFLOW,
    TEMPLATES,
    analytics_asset,
    analytics_text,
    read_dataflow,
    read_recipe,
    read_template_part,
)
from auditor.sources.salesforce.declarative.applications import read_application, read_tab
from auditor.sources.salesforce.declarative.dashboards import read_dashboard
from auditor.sources.salesforce.declarative.duplicates import read_duplicate_rule, read_matching_rules
from auditor.sources.salesforce.declarative.emails import read_email_body, read_email_template
from auditor.sources.salesforce.declarative.entitlements import read_entitlement_process
from auditor.sources.salesforce.declarative.events import read_channel_member
from auditor.sources.salesforce.declarative.flexipages import read_flexipage
from auditor.sources.salesforce.declarative.integrations import DOORS, integration_reader
from auditor.sources.salesforce.declarative.layouts import read_layout
from auditor.sources.salesforce.declarative.lead_conversion import read_lead_convert_settings
from auditor.sources.salesforce.declarative.loose import loosely, loosely_text
from auditor.sources.salesforce.declarative.object_children import (
    read_action_override,
    read_compact_layout,
    read_field_set,
    read_index,
    read_list_view,
    read_web_link,
)
from auditor.sources.salesforce.declarative.paths import read_animation_rule, read_path_assistant
from auditor.sources.salesforce.declarative.permissions import (
    read_muting_permission_set,
    read_permission_set,
    read_permission_set_group,
    read_profile,
)
from auditor.sources.salesforce.declarative.portals import (
    read_audience,
    read_rule,
    read_sharing_set,
)
from auditor.sources.salesforce.declarative.queues import (
    read_custom_index,
    read_flow_definition,
    read_queue,
    read_settings,
)
from auditor.sources.salesforce.declarative.quick_actions import read_quick_action
from auditor.sources.salesforce.declarative.records import read_custom_metadata
from auditor.sources.salesforce.declarative.report_types import read_report_type
from auditor.sources.salesforce.declarative.reports import read_report
from auditor.sources.salesforce.declarative.routing import (
    read_assignment_rules,
    read_auto_response_rules,
    read_escalation_rules,
    read_territory_rule,
)
from auditor.sources.salesforce.declarative.sharing import (
    read_sharing_rule,
    read_sharing_rules,
)
from auditor.sources.salesforce.declarative.translations import (
    read_field_translation,
    read_object_translation,
    read_translations,
    value_set_translation,
)
from auditor.sources.salesforce.declarative.validation_rules import read_validation_rule
from auditor.sources.salesforce.declarative.value_sets import value_set_reader
from auditor.sources.salesforce.parsed import ChildReader, MetadataFile, Parsed, Reader, TextReader

OBJECT_CHILDREN: Mapping[str, ChildReader] = {
    "actionOverrides": read_action_override,
    "compactLayouts": read_compact_layout,
    "fieldSets": read_field_set,
    "indexes": read_index,
    "listViews": read_list_view,
    "validationRules": read_validation_rule,
    "webLinks": read_web_link,
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


def _read_json(file: MetadataFile, data: bytes) -> Parsed:
    """JSON is whatever its folder says: a part of a template of CRM Analytics, or of a site."""
    read = read_template_part if TEMPLATES in file.path.split("/") else loosely_text("experience_page")
    return read(file, data)


XML_READERS: Mapping[str, Reader] = {
    "animationRule": read_animation_rule,
    "app": read_application,
    "assignmentRules": read_assignment_rules,
    "assignmentRule": read_assignment_rules,
    "audience": read_audience,
    "autoResponseRules": read_auto_response_rules,
    "autoResponseRule": read_auto_response_rules,
    "dashboard": read_dashboard,
    "duplicateRule": read_duplicate_rule,
    "email-meta": read_email_template,
    "entitlementProcess": read_entitlement_process,
    "escalationRules": read_escalation_rules,
    "escalationRule": read_escalation_rules,
    "fieldTranslation": read_field_translation,
    "flexipage": read_flexipage,
    "flowDefinition": read_flow_definition,
    "globalValueSet": value_set_reader("global_value_set", "customValue"),
    "globalValueSetTranslation": value_set_translation("global_value_set_translation"),
    "indx": read_custom_index,
    "layout": read_layout,
    "LeadConvertSetting": read_lead_convert_settings,
    "LeadConvertSettings": read_lead_convert_settings,
    "matchingRule": read_matching_rules,
    "matchingRules": read_matching_rules,
    "md": read_custom_metadata,
    "rule": read_rule,
    "mutingpermissionset": read_muting_permission_set,
    "objectTranslation": read_object_translation,
    "pathAssistant": read_path_assistant,
    "permissionset": read_permission_set,
    "permissionsetgroup": read_permission_set_group,
    "platformEventChannelMember": read_channel_member,
    "profile": read_profile,
    "queue": read_queue,
    "quickAction": read_quick_action,
    "report": read_report,
    "reportType": read_report_type,
    "settings": read_settings,
    "sharingCriteriaRule": read_sharing_rule,
    "sharingGuestRule": read_sharing_rule,
    "sharingOwnerRule": read_sharing_rule,
    "sharingTerritoryRule": read_sharing_rule,
    "sharingRules": read_sharing_rules,
    "sharingSet": read_sharing_set,
    "standardValueSet": value_set_reader("standard_value_set", "standardValue"),
    "standardValueSetTranslation": value_set_translation("standard_value_set_translation"),
    "tab": read_tab,
    "territory2Rule": read_territory_rule,
    "translation": read_translations,
    "wdash-meta": analytics_asset("analytics_dashboard"),
    "wdf-meta": analytics_asset(DATAFLOW),
    "wds": analytics_asset("analytics_dataset"),
    "wlens-meta": analytics_asset("analytics_lens"),
    **dict.fromkeys(_OLD_SHARING, read_sharing_rules),
    **{suffix: _file_of(OBJECT_CHILDREN[tag]) for suffix, tag in _CHILD_SUFFIXES.items()},
    **{suffix: integration_reader(suffix) for suffix in DOORS},
    **{suffix: loosely(kind) for suffix, kind in _LOOSE.items()},
}
TEXT_READERS: Mapping[str, TextReader] = {
    "email": read_email_body,
    "json": _read_json,
    "wdash": analytics_text("analytics_dashboard"),
    "wdf": read_dataflow,
    "wdpr": read_recipe,
    "wlens": analytics_text("analytics_lens"),
}
