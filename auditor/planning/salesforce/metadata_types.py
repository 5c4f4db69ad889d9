"""What the platform calls each kind of component in a manifest, and which kinds no manifest can compare or delete.

Sources: Metadata API developer guide, "Metadata types"; facts.md §3.
"""

from __future__ import annotations

from collections.abc import Mapping

TYPES: Mapping[str, str] = {
    "apex_class": "ApexClass",
    "apex_trigger": "ApexTrigger",
    "application": "CustomApplication",
    "approval_process": "ApprovalProcess",
    "assignment_rule": "AssignmentRule",
    "aura": "AuraDefinitionBundle",
    "auto_response_rule": "AutoResponseRule",
    "business_process": "BusinessProcess",
    "compact_layout": "CompactLayout",
    "custom_index": "CustomIndex",
    "custom_metadata": "CustomMetadata",
    "dashboard": "Dashboard",
    "duplicate_rule": "DuplicateRule",
    "email_template": "EmailTemplate",
    "escalation_rule": "EscalationRule",
    "field": "CustomField",
    "field_set": "FieldSet",
    "flexipage": "FlexiPage",
    "flow": "Flow",
    "index": "Index",
    "layout": "Layout",
    "lead_convert_settings": "LeadConvertSettings",
    "list_view": "ListView",
    "lwc": "LightningComponentBundle",
    "matching_rule": "MatchingRule",
    "muting_permission_set": "MutingPermissionSet",
    "object": "CustomObject",
    "path_assistant": "PathAssistant",
    "permission_set": "PermissionSet",
    "permission_set_group": "PermissionSetGroup",
    "profile": "Profile",
    "queue": "Queue",
    "quick_action": "QuickAction",
    "record_type": "RecordType",
    "report": "Report",
    "report_type": "ReportType",
    "search_layout": "CustomObject",
    "sharing_rule": "SharingRules",
    "tab": "CustomTab",
    "translation": "CustomObjectTranslation",
    "validation_rule": "ValidationRule",
    "visualforce_component": "ApexComponent",
    "visualforce_page": "ApexPage",
    "web_link": "WebLink",
    "workflow_alert": "WorkflowAlert",
    "workflow_field_update": "WorkflowFieldUpdate",
    "workflow_knowledge_publish": "WorkflowKnowledgePublish",
    "workflow_outbound_message": "WorkflowOutboundMessage",
    "workflow_rule": "WorkflowRule",
    "workflow_send": "WorkflowSend",
    "workflow_task": "WorkflowTask",
}
"""The type of each kind, as manifests name it."""

NOT_DEPLOYED = frozenset({"manifest", "profile", "translation"})
"""Kinds that are edited in the sources and left out of deployments: a retrieve returns of a profile or a
translation only what the same manifest names, so that nothing could be compared, and the platform itself drops the
rights on a field and its translations when the field is deleted."""

THROUGH_OWN_STEPS = frozenset({"flow"})
"""Kinds that cannot be deleted through a manifest (sfdx-hardis#2033): each version is deleted on its own."""

WITH_OBJECT = frozenset(
    {
        *("action_override", "business_process", "compact_layout", "field_set", "index", "layout", "list_view"),
        *("quick_action", "record_type", "search_layout", "sharing_rule", "translation", "validation_rule"),
        *("web_link", "workflow_alert", "workflow_field_update", "workflow_knowledge_publish"),
        *("workflow_outbound_message", "workflow_rule", "workflow_send", "workflow_task"),
    }
)
"""Kinds that the platform deletes with their object."""

PARTS = frozenset({"action_override", "search_layout"})
"""Kinds that are parts of an object's own definition: no manifest names them, they go with an edit of it."""


def member(kind: str, name: str) -> str:
    """The name of a component in a manifest: of a search layout its object, all others are named as they are."""
    if kind == "search_layout":
        return name.partition(".")[0]
    return name.partition(".")[0] if kind == "sharing_rule" else name
