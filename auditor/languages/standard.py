"""The standard Salesforce objects: which fields they have, and where their lookups lead.

A repository holds a standard field only where somebody changed it, so a path such as `Account.Owner.Manager.Name`
cannot be followed from files alone. This table is used to decide whether a name is a standard field and where a
relationship leads. It is never catalogue content: what an org really has is what its own files say.

The notation of the data modules: the object's name, then entries. `Name` is a text field, `Type:picklist` gives
the type, `OwnerId>User|Group` is a lookup with its targets, `AccountId>Account/Contacts` also names the child
relationship on the target. `@audit` and its like are groups that many objects share; `@address:Billing` is a
compound address with its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from auditor.dataclasses import dataclass
from auditor.languages.data_standard_platform import PLATFORM
from auditor.languages.data_standard_sales import SALES
from auditor.languages.data_standard_service import ADMINISTRATION, SERVICE
from auditor.languages.fieldpaths import field_of_relationship, is_custom, split_name
from auditor.patterns import regex


@dataclass(frozen=True, slots=True)
class StandardField:
    """A standard field.

    `type` is a Salesforce field type in lower case; `children` is the name of the child relationship that it
    opens on each object of `reference_to`, where it opens one.
    """

    object: str
    name: str
    type: str
    reference_to: tuple[str, ...] = ()
    children: str = ""


@dataclass(frozen=True, slots=True)
class StandardObject:
    """A standard object with its commonly used fields, by lower-case name."""

    name: str
    fields: Mapping[str, StandardField]

    def field(self, name: str) -> StandardField | None:
        """The field of that name, whatever its case."""
        return self.fields.get(name.lower())

    def lookup(self, relationship: str) -> StandardField | None:
        """The field behind a hop of a path: `Owner` is `OwnerId`; also accepts the field's own name."""
        for name in field_of_relationship(relationship):
            found = self.field(name)
            if found is not None and found.reference_to:
                return found
        return None


def standard_object(name: str) -> StandardObject | None:
    """The standard object of that name, whatever its case."""
    return _objects().get(name.lower())


def standard_objects() -> tuple[str, ...]:
    """Names of all standard objects that are known here, sorted."""
    return tuple(sorted(item.name for item in _objects().values()))


def system_fields(object_name: str) -> StandardObject:
    """The fields that every custom object, setting, metadata type, event … has by its kind."""
    suffix = split_name(object_name).suffix.lower()
    return _by_suffix().get(suffix, _by_suffix()["__c"])


def standard_field(object_name: str, field: str) -> StandardField | None:
    """A standard field of a standard object, or a system field of a custom one. `None` if it is not known."""
    known = _known(object_name)
    if known is None:
        return None
    prefixes = _FLAGS.get(known.name, ())
    if any(field.lower().startswith(prefix.lower()) for prefix in prefixes):
        return known.field(field) or StandardField(known.name, field, "boolean")
    return known.field(field)


def standard_lookup(object_name: str, relationship: str) -> StandardField | None:
    """The standard lookup that one hop of a path reads, with the objects that it leads to."""
    known = _known(object_name)
    return known.lookup(relationship) if known else None


def child_lookup(object_name: str, relationship: str) -> StandardField | None:
    """The field behind a child relationship: `Contacts` of Account is `Contact.AccountId`.

    Some relationships any object may have (`Tasks`, `Attachments`, …), a custom one too.
    """
    found = _children().get((object_name.lower(), relationship.lower()))
    if found is None:
        child, field = _ANY_PARENT.get(relationship.lower(), ("", ""))
        return standard_field(child, field)
    return found


def compound_parts(object_name: str, field: str) -> tuple[str, ...]:
    """The fields that a compound stands for: `BillingAddress`, or the `Name` of a person. Empty if it is none.

    Layouts and reports show the compound; record data and formulas name its parts.
    """
    known = standard_object(object_name)
    if known is None or known.field(field) is None:
        return ()
    if field.lower() == "name" and known.field("LastName") is not None:
        parts = ("Salutation", "FirstName", "MiddleName", "LastName", "Suffix")
        return tuple(part for part in parts if known.field(part))
    if field.lower().endswith("address") and known.fields[field.lower()].type == "address":
        return _address_parts(field[: -len("Address")])
    return ()


# Objects with a field for each permission or preference that a release knows: named by their beginning.
_FLAGS = {
    "User": ("UserPermissions", "UserPreferences"),
    "Profile": ("Permissions",),
    "PermissionSet": ("Permissions",),
    "Organization": ("Preferences",),
}
_ANY_PARENT = {
    "tasks": ("Task", "WhatId"),
    "events": ("Event", "WhatId"),
    "notes": ("Note", "ParentId"),
    "attachments": ("Attachment", "ParentId"),
    "contentdocumentlinks": ("ContentDocumentLink", "LinkedEntityId"),
    "emails": ("EmailMessage", "RelatedToId"),
    "attachedcontentdocuments": ("AttachedContentDocument", "LinkedEntityId"),
    "attachedcontentnotes": ("AttachedContentNote", "LinkedEntityId"),
    "combinedattachments": ("CombinedAttachment", "ParentId"),
    "processinstances": ("ProcessInstance", "TargetObjectId"),
    "processsteps": ("ProcessInstanceHistory", "TargetObjectId"),
}
_GROUPS = {
    "@audit": (
        "Id IsDeleted:boolean CreatedDate:datetime CreatedById>User LastModifiedDate:datetime "
        "LastModifiedById>User SystemModstamp:datetime"
    ),
    "@viewed": "LastViewedDate:datetime LastReferencedDate:datetime",
    "@owner": "OwnerId>User|Group",
    "@recordtype": "RecordTypeId>RecordType",
    "@activity": "LastActivityDate:date",
    "@currency": "CurrencyIsoCode:picklist",
}
# Source: Object Reference, "System fields" and "Associated objects"; Metadata API, CustomObject, for the kinds.
_KINDS = (
    # `SetupOwnerId` is that of custom settings, which bear the same suffix.
    "__c @audit @viewed @owner @recordtype @activity @currency Name SetupOwnerId>Organization|Profile|User",
    "__mdt Id DeveloperName MasterLabel Label Language:picklist NamespacePrefix QualifiedApiName "
    "SystemModstamp:datetime IsProtected:boolean",
    "__e Id ReplayId EventUuid CreatedDate:datetime CreatedById>User",
    "__x Id ExternalId DisplayUrl:url",
    "__b Id CreatedDate:datetime CreatedById>User",
    "__share Id ParentId UserOrGroupId>User|Group AccessLevel:picklist RowCause:picklist "
    "LastModifiedDate:datetime LastModifiedById>User IsDeleted:boolean",
    "__history Id IsDeleted:boolean ParentId CreatedById>User CreatedDate:datetime Field:picklist OldValue "
    "NewValue DataType:picklist",
    "__feed @audit ParentId Type:picklist Title Body:textarea LinkUrl:url CommentCount:int LikeCount:int",
    "__changeevent Id ReplayId ChangeEventHeader @audit @owner @recordtype Name",
    "__kav @audit @viewed OwnerId>User KnowledgeArticleId IsLatestVersion:boolean PublishStatus:picklist "
    "VersionNumber:int IsVisibleInApp:boolean IsVisibleInPkb:boolean IsVisibleInCsp:boolean "
    "IsVisibleInPrm:boolean UrlName Title Summary:textarea Language:picklist ArticleNumber "
    "FirstPublishedDate:datetime LastPublishedDate:datetime ArticleCreatedDate:datetime ArticleCreatedById>User "
    "ArticleTotalViewCount:int ArticleCaseAttachCount:int SourceId ValidationStatus:picklist "
    "RecordTypeId>RecordType",
)
_ADDRESS = (
    "Street:textarea City State PostalCode Country StateCode:picklist CountryCode:picklist "
    "Latitude:double Longitude:double GeocodeAccuracy:picklist"
)
_ENTRY = regex(r"(?P<name>\w+)(?::(?P<type>\w+))?(?:>(?P<targets>\w+(?:\|\w+)*))?(?:/(?P<children>\w+))?")


def _known(object_name: str) -> StandardObject | None:
    known = standard_object(object_name)
    if known is None and is_custom(object_name):
        return system_fields(object_name)
    return known


@cache
def _objects() -> Mapping[str, StandardObject]:
    read = (_object(text) for text in (*SALES, *SERVICE, *ADMINISTRATION, *PLATFORM))
    return MappingProxyType({item.name.lower(): item for item in read})


@cache
def _by_suffix() -> Mapping[str, StandardObject]:
    return MappingProxyType({item.name: item for item in map(_object, _KINDS)})


@cache
def _children() -> Mapping[tuple[str, str], StandardField]:
    found = {}
    for item in _objects().values():
        for field in item.fields.values():
            for target in field.reference_to if field.children else ():
                found[target.lower(), field.children.lower()] = field
    return MappingProxyType(found)


def _object(text: str) -> StandardObject:
    name, _, rest = text.partition(" ")
    fields = {field.name.lower(): field for entry in rest.split() for field in _entry(name, entry)}
    return StandardObject(name, MappingProxyType(fields))


def _entry(owner: str, entry: str) -> Iterator[StandardField]:
    if entry in _GROUPS:
        for inner in _GROUPS[entry].split():
            yield from _entry(owner, inner)
    elif entry.startswith("@address:"):
        prefix = entry.removeprefix("@address:")
        yield StandardField(owner, prefix + "Address", "address")
        for inner in _ADDRESS.split():
            yield from _entry(owner, prefix + inner)
    else:
        yield _field(owner, entry)


def _field(owner: str, entry: str) -> StandardField:
    match = _ENTRY.fullmatch(entry)
    if match is None:
        raise ValueError(f"{owner}: {entry!r} is no entry of the table of standard fields")
    targets = tuple((match["targets"] or "").split("|")) if match["targets"] else ()
    kind = match["type"] or ("reference" if targets else "id" if match["name"] == "Id" else "string")
    return StandardField(owner, match["name"], kind, targets, match["children"] or "")


def _address_parts(prefix: str) -> tuple[str, ...]:
    return tuple(prefix + entry.partition(":")[0] for entry in _ADDRESS.split())
