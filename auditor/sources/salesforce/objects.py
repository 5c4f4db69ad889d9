"""The properties of one object: from an object's own file, or from the `.object` file that holds all of it.

Source: Metadata API developer guide, "CustomObject", "SearchLayouts", "RecordType", "BusinessProcess".
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.languages.fieldpaths import is_custom, object_kind, split_name, without_placeholders
from auditor.model.catalogue import Object, ObjectKind, Origin
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed

_ATTRIBUTES = {
    "customSettingsType": "settings_type",
    "deploymentStatus": "deployment_status",
    "eventType": "event_type",
    "externalDataSource": "external_data_source",
    "externalName": "external_name",
    "externalSharingModel": "external_sharing_model",
    "publishBehavior": "publish_behavior",
    "sharingModel": "sharing_model",
    "visibility": "visibility",
}


def bare_object(name: str, origin: Origin | None) -> Object:
    """An object of which nothing is known but that it has a field."""
    plain = without_placeholders(name)
    return Object(
        name,
        kind=object_kind(name),
        custom=is_custom(plain),
        namespace=split_name(plain).namespace or None,
        origin=origin,
    )


def read_object_properties(name: str, root: Node, file: MetadataFile) -> Parsed:
    """What the object says of itself; its fields and other children are read by readers of their own."""
    plain = without_placeholders(name)
    settings = root.find("customSettingsType") is not None
    found = Object(
        name,
        label=root.value("label"),
        plural_label=root.value("pluralLabel"),
        description=root.value("description"),
        kind=ObjectKind.CUSTOM_SETTING if settings else object_kind(name),
        custom=is_custom(plain),
        namespace=split_name(plain).namespace or None,
        name_field_type=next((item.text for item in root.at("nameField/type")), None),
        track_history=root.flag("enableHistory"),
        attributes=tuple(sorted((word, text) for tag, word in _ATTRIBUTES.items() if (text := root.value(tag)))),
        origin=Origin(file.path, root.line),
    )
    return Parsed(objects=(found,), calls=_compact_layout("object", name, name, root, file))


_SEARCH_FIELDS = frozenset(
    {
        "customTabListAdditionalFields",
        "fields",
        "lookupDialogsAdditionalFields",
        "lookupFilterFields",
        "lookupPhoneDialogsAdditionalFields",
        "searchFilterFields",
        "searchResultsAdditionalFields",
    }
)
_SEARCH_BUTTONS = frozenset({"listViewButtons", "searchResultsCustomButtons"})


def read_search_layouts(name: str, node: Node, file: MetadataFile) -> Parsed:
    """Columns of search results and lookup dialogs, and the custom buttons above them."""
    if not node.children:
        return Parsed(channels=("search_layout",))
    profile = node.value("profileName")
    full = f"{name}.{profile}" if profile else name
    component = Component("search_layout", full, file.path, node.line, object=name)
    return Parsed(
        components=(component,),
        mentions=tuple(
            Mention("search_layout", full, name, item.text, Access.SHOWS, item.line, "search_layout", Grammar.LIST)
            for item in node.children
            if item.tag in _SEARCH_FIELDS and item.text
        ),
        calls=tuple(
            Call("search_layout", full, "web_link", f"{name}.{item.text}", Certainty.CERTAIN, file.path, item.line)
            for item in node.children
            if item.tag in _SEARCH_BUTTONS and item.text
        ),
        channels=("search_layout",),
    )


def read_record_type(owner: str, node: Node, file: MetadataFile) -> Parsed:
    """One record type: which picklists it narrows (it lists them, and uses none), which process it follows."""
    name = node.value("fullName") or file.name
    full = f"{owner}.{name}"
    process = node.value("businessProcess")
    component = Component(
        "record_type",
        full,
        file.path,
        node.line,
        label=node.value("label"),
        object=owner,
        active=node.flag("active"),
        attributes=(("business_process", process),) if process else (),
    )
    return Parsed(
        record_types=((owner, name),),
        components=(component,),
        mentions=tuple(
            Mention("record_type", full, owner, item.text, Access.LISTS, item.line, "picklist")
            for item in node.at("picklistValues/picklist")
            if item.text
        ),
        calls=(
            *_compact_layout("record_type", full, owner, node, file),
            *_process(full, owner, process, node, file),
        ),
        channels=("record_type",),
    )


# The picklist whose values a process narrows; source: Metadata API, "BusinessProcess".
_PROCESS_FIELDS = {"opportunity": "StageName", "lead": "Status", "case": "Status", "solution": "Status"}


def read_business_process(owner: str, node: Node, file: MetadataFile) -> Parsed:
    """One sales, lead, support or solution process: it lists the stages that it allows."""
    full = f"{owner}.{node.value('fullName') or file.name}"
    component = Component(
        "business_process", full, file.path, node.line, object=owner, active=node.flag("isActive")
    )
    field = _PROCESS_FIELDS.get(owner.lower())
    mention = Mention("business_process", full, owner, field or "", Access.LISTS, node.line, "picklist")
    return Parsed(components=(component,), mentions=(mention,) if field else (), channels=("business_process",))


def _compact_layout(kind: str, caller: str, owner: str, node: Node, file: MetadataFile) -> tuple[Call, ...]:
    """The compact layout that is in force here; `SYSTEM` is the platform's own, which is no component."""
    return tuple(
        Call(kind, caller, "compact_layout", f"{owner}.{item.text}", Certainty.CERTAIN, file.path, item.line)
        for item in node.all("compactLayoutAssignment")
        if item.text and item.text.upper() != "SYSTEM"
    )


def _process(caller: str, owner: str, process: str | None, node: Node, file: MetadataFile) -> Iterator[Call]:
    if process:
        name = f"{owner}.{process}"
        yield Call("record_type", caller, "business_process", name, Certainty.CERTAIN, file.path, node.line)
