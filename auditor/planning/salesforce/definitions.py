"""Where what goes is defined: files of its own, or elements of a file that holds many things.

A field may be defined several times in one tree (packages, partial `.object` files of the older format): all of
them go. Source: Metadata API developer guide, "Metadata types"; Salesforce DX developer guide, "Source format".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from auditor.dataclasses import dataclass, field
from auditor.planning.salesforce.naming import plain

_META = "-meta.xml"
_ACTIVITIES = ("activity", "event", "task")
CHILD_TAGS: Mapping[str, str] = {
    "action_override": "actionOverrides",
    "business_process": "businessProcesses",
    "compact_layout": "compactLayouts",
    "field": "fields",
    "field_set": "fieldSets",
    "index": "indexes",
    "list_view": "listViews",
    "matching_rule": "matchingRules",
    "record_type": "recordTypes",
    "search_layout": "searchLayouts",
    "validation_rule": "validationRules",
    "web_link": "webLinks",
    "workflow_alert": "alerts",
    "workflow_field_update": "fieldUpdates",
    "workflow_flow_action": "flowActions",
    "workflow_knowledge_publish": "knowledgePublishes",
    "workflow_outbound_message": "outboundMessages",
    "workflow_rule": "rules",
    "workflow_send": "send",
    "workflow_task": "tasks",
}
"""The tag of a kind within the file of its object, of its workflow or of its rules."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one thing is defined: a whole file, or elements of a tag and name within one."""

    path: str
    tag: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """Files of a tree by what they define, looked up without reading any of them."""

    fields: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """Files of single fields, by object and field."""
    objects: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """`.object` files, by object."""
    folders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Every file in the folder of an object, by object."""


def index_tree(paths: Sequence[str]) -> Index:
    """Sort the paths of a tree by the object that they belong to."""
    fields: dict[tuple[str, str], list[str]] = {}
    objects: dict[str, list[str]] = {}
    folders: dict[str, list[str]] = {}
    for path in paths:
        parts = path.split("/")
        stem, suffix = _stem(parts[-1])
        if suffix == "object":
            objects.setdefault(plain(stem), []).append(path)
        if suffix == "field" and len(parts) > 2 and parts[-2] == "fields":
            fields.setdefault((plain(unquote(parts[-3])), plain(stem)), []).append(path)
        if "objects" in parts[:-2]:
            start = max(place for place, part in enumerate(parts[:-2]) if part == "objects")
            folders.setdefault(plain(unquote(parts[start + 1])), []).append(path)
    return Index(fields, objects, folders)


def field_places(index: Index, name: str) -> Iterator[Place]:
    """Where a field (`Object.Field__c`) may be defined."""
    owner, _, local = plain(name).partition(".")
    owners = _ACTIVITIES if owner in _ACTIVITIES else (owner,)
    for each in owners:
        yield from (Place(path) for path in index.fields.get((each, local), ()))
        yield from (Place(path, "fields", local) for path in index.objects.get(each, ()))


def object_places(index: Index, name: str) -> Iterator[Place]:
    """Every file that defines an object or a part of it."""
    yield from (
        Place(path) for path in sorted({*index.objects.get(plain(name), ()), *index.folders.get(plain(name), ())})
    )


def component_place(kind: str, name: str, path: str) -> Place:
    """Where a component is defined, which its catalogue names by its file."""
    if _stem(path.rpartition("/")[2])[1] not in _SHARED:
        return Place(path)
    local = "" if kind in _NAMELESS else plain(name.partition(".")[2])
    return Place(path, CHILD_TAGS.get(kind, ANY), local)


ANY = "*"
"""Any child of the root that bears the name."""
_NAMELESS = frozenset({"search_layout"})
_SHARED = frozenset(
    {
        "assignmentRules",
        "autoResponseRules",
        "escalationRules",
        "matchingRule",
        "matchingRules",
        "object",
        "sharingRules",
        "workflow",
    }
)
"""Suffixes of files that hold many components, none of which may take the file with it."""


def _stem(base: str) -> tuple[str, str]:
    """Name and suffix of a file, decoded: `Region__c` and `field`."""
    stem, _, suffix = base.removesuffix(_META).rpartition(".")
    return unquote(stem), suffix
