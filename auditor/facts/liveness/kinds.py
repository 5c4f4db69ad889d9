"""How each kind of component takes part in liveness: run, having effects, showing, or not at all."""

from __future__ import annotations

from enum import Enum, auto

from auditor.model.components import Effect
from auditor.model.references import Access, Reference


class Part(Enum):
    """The part that a kind of component plays."""

    OPENED = auto()
    """Somebody runs, opens or sends it; what it names, it reads."""
    OUTSIDE = auto()
    """Another system reads by it, and nothing here records when."""
    AUTOMATION = auto()
    """It acts by itself; alive when it starts and has an effect that somebody could notice."""
    VALIDATION = auto()
    """It stops people from saving; alive when it also names a field that lives otherwise."""
    RULE = auto()
    """It is read while it is active and its object is in use."""
    PAGE = auto()
    """It shows fields of records to people."""
    SCREEN = auto()
    """It stands on pages or is opened by its own address; what its code reads, it reads."""
    BUTTON = auto()
    """It may be pressed, and nothing records whether."""
    TYPE = auto()
    """A report type: what it lists is no use, what it joins by is needed by the reports of that type."""
    WEAK = auto()
    """What it says of a field is never a use of it."""
    OTHER = auto()
    """Nothing is known of when it is used."""


_KINDS: dict[Part, tuple[str, ...]] = {
    Part.OPENED: ("report", "dashboard", "list_view", "email_template"),
    Part.OUTSIDE: ("outside_reader",),
    Part.AUTOMATION: (
        "flow",
        "apex_class",
        "apex_trigger",
        "workflow_rule",
        "workflow_alert",
        "workflow_field_update",
        "workflow_outbound_message",
        "workflow_task",
        "workflow_flow_action",
        "workflow_send",
        "workflow_knowledge_publish",
    ),
    Part.VALIDATION: ("validation_rule",),
    Part.RULE: (
        "approval_process",
        "assignment_rule",
        "auto_response_rule",
        "duplicate_rule",
        "entitlement_process",
        "escalation_rule",
        "lead_convert_settings",
        "matching_rule",
        "milestone_type",
        "path_assistant",
        "sharing_rule",
        "sharing_set",
        "territory_rule",
        "action_override",
    ),
    Part.PAGE: ("layout", "flexipage", "compact_layout", "search_layout", "field_set", "animation_rule"),
    Part.SCREEN: ("lwc", "aura", "visualforce_page", "visualforce_component"),
    Part.BUTTON: ("quick_action", "web_link", "tab", "application"),
    Part.TYPE: ("report_type",),
    Part.WEAK: (
        "permission_set",
        "permission_set_group",
        "profile",
        "record_type",
        "translation",
        "business_process",
        "flow_test",
        "global_value_set",
        "global_value_set_translation",
        "standard_value_set",
        "standard_value_set_translation",
    ),
}
_PART_OF: dict[str, Part] = {kind: part for part, kinds in _KINDS.items() for kind in kinds}

NOTICED = frozenset(
    {
        Effect.MESSAGE,
        Effect.SCREEN,
        Effect.CALLOUT,
        Effect.BLOCKS_SAVE,
        Effect.GRANTS_ACCESS,
        Effect.ROUTES,
    }
)
"""Effects that somebody notices whatever becomes of the data."""
ON_RECORDS = frozenset({Effect.CREATES, Effect.DELETES, Effect.PUBLISHES})
"""Effects that are noticed only where the object that they touch is alive."""
STARTED_WITHIN = "workflow_"
"""Kinds of parts of a workflow: only what stands in the same file starts them."""
STARTED_BY_RULE = frozenset({"workflow_rule"})
_PAGE_READS = frozenset({"visibility", "related_list_sort"})
"""Parts of a page that read a field whether or not anybody looks at it."""


def part_of(kind: str) -> Part:
    """The part that a kind plays; kinds that nobody listed may be used in ways that are not known."""
    return _PART_OF.get(kind, Part.OTHER)


def reads(part: Part, reference: Reference) -> bool:
    """Whether a mention makes its component a reader of what it mentions."""
    if reference.access is Access.READS:
        if part is Part.TYPE:
            return False
        return reference.part != "all_fields" and (part is not Part.PAGE or reference.part in _PAGE_READS)
    if reference.access is Access.SHOWS:
        return part in (Part.OPENED, Part.OUTSIDE)
    return part is Part.TYPE and reference.access is Access.LISTS and reference.part == "join"


def shows(part: Part, reference: Reference) -> bool:
    """Whether a mention puts a value before somebody's eyes, which reads nothing."""
    if reference.access is Access.SHOWS:
        return part not in (Part.OPENED, Part.OUTSIDE)
    return part is Part.PAGE and reference.access is Access.READS and not reads(part, reference)
