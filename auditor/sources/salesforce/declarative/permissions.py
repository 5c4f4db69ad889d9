"""Permission sets, profiles, groups of permission sets and what groups mute.

Source: Metadata API, PermissionSet, Profile, PermissionSetGroup, MutingPermissionSet.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.formats.xml import Node
from auditor.languages.fieldpaths import without_placeholders
from auditor.model.components import Component
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.declarative.mentioning import Author, Use, attributes, mention
from auditor.sources.salesforce.parsed import Grammar, Mention, MetadataFile, Parsed, Reader


def _reader(kind: str) -> Reader:
    def read(file: MetadataFile, root: Node) -> Parsed:
        author = Author(kind, file.name)
        return Parsed(
            components=(_component(kind, file, root),),
            mentions=(*_fields(author, root), *_objects(author, root)),
            calls=tuple(_calls(author, root, file.path)),
            channels=(kind,),
        )

    return read


read_permission_set = _reader("permission_set")
read_profile = _reader("profile")
read_muting_permission_set = _reader("muting_permission_set")
"""A muting permission set takes away within its group what it names; the same elements mean the opposite."""


def read_permission_set_group(file: MetadataFile, root: Node) -> Parsed:
    """One group: which permission sets it bundles and which one mutes them."""
    kind = "permission_set_group"
    status = root.value("status")
    component = Component(
        kind,
        file.name,
        file.path,
        root.line,
        label=root.value("label"),
        attributes=attributes({"status": status}),
    )
    calls = tuple(
        Call(kind, file.name, callee, without_placeholders(node.text), Certainty.CERTAIN, file.path, node.line)
        for tag, callee in (
            ("permissionSets", "permission_set"),
            ("mutingPermissionSets", "muting_permission_set"),
        )
        for node in root.all(tag)
        if node.text
    )
    return Parsed(components=(component,), calls=calls, channels=(kind,))


# `allowRead` gives `read`, and so on, in this order; the part of an object's mention joins them by `+`.
_OBJECT_FLAGS = (
    ("allowRead", "read"),
    ("allowCreate", "create"),
    ("allowEdit", "edit"),
    ("allowDelete", "delete"),
    ("viewAllRecords", "view_all"),
    ("modifyAllRecords", "modify_all"),
    ("viewAllFields", "view_all_fields"),
)
_ORG_WIDE = {
    "ViewAllData": "view_all_data",
    "ModifyAllData": "modify_all_data",
    "EditReadonlyFields": "edit_readonly_fields",
    "ApiEnabled": "api_enabled",
    "ApiUserOnly": "api_user_only",
}


def _component(kind: str, file: MetadataFile, root: Node) -> Component:
    enabled = (item.value("name") or "" for item in root.all("userPermissions") if item.flag("enabled"))
    wide = {_ORG_WIDE[name]: "true" for name in enabled if name in _ORG_WIDE}
    return Component(
        kind,
        file.name,
        file.path,
        root.line,
        label=root.value("label"),
        attributes=attributes(
            {
                **wide,
                "license": root.value("license") or root.value("userLicense"),
                "custom": root.value("custom"),
                "activation_required": root.value("hasActivationRequired"),
            }
        ),
    )


def _fields(author: Author, root: Node) -> Iterator[Mention]:
    """Each field with what may be done to it: `edit` (and read), `read` or `none`."""
    for item in (*root.all("fieldPermissions"), *root.all("fieldLevelSecurities")):
        part = "edit" if item.flag("editable") else "read" if item.flag("readable") else "none"
        for node in item.all("field"):
            if node.text:
                yield mention(author, Use(Access.GRANTS, part, Grammar.QUALIFIED), node.text, node.line)


def _objects(author: Author, root: Node) -> Iterator[Mention]:
    for item in root.all("objectPermissions"):
        allowed = "+".join(word for tag, word in _OBJECT_FLAGS if item.flag(tag)) or "none"
        for node in item.all("object"):
            if node.text:
                yield mention(author.on(node.text), Use(Access.GRANTS, allowed), "", node.line)
    for tag in ("customSettingAccesses", "customMetadataTypeAccesses"):
        for item in root.all(tag):
            part = "read" if item.flag("enabled") else "none"
            for node in item.all("name"):
                if node.text:
                    yield mention(author.on(node.text), Use(Access.GRANTS, part), "", node.line)


def _calls(author: Author, root: Node, path: str) -> Iterator[Call]:
    """Pages that a profile puts in front of its users."""
    for node in root.at("layoutAssignments/layout"):
        if node.text:
            name = without_placeholders(node.text)
            yield Call(author.kind, author.name, "layout", name, Certainty.CERTAIN, path, node.line)
