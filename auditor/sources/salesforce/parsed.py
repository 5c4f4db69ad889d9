"""What one metadata file says, before it is known what the rest of the tree holds.

Reading has two steps. *Parse* turns one file into a `Parsed` value from its bytes and path alone, so that it can
be cached by content. *Resolve* (resolving.py) joins all of them into a catalogue and turns each `Mention` into
references, or counts it as unresolved.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from auditor.dataclasses import dataclass, field
from auditor.formats.xml import Node
from auditor.model.catalogue import Field, Object, PicklistValue, Skipped
from auditor.model.components import Component, IntegrationPoint
from auditor.model.references import Access, Call, Certainty


class Grammar(StrEnum):
    """How a mention names its target."""

    # As of the text that it is, and equals; the hash that enumerations have by default is slow.
    __hash__ = str.__hash__

    PATH = "path"
    """`path` starts at `object`: `Field__c`, `Rel__r.Field__c`, `Owner.Name`; empty: the object itself."""
    QUALIFIED = "qualified"
    """`path` begins with the object: `Account.Industry`, `Obj__c.Rel__r.F__c`, `$User.ProfileId`."""
    REPORT = "report"
    """A column of the report type named in `object`, in any of the three report grammars."""
    LIST = "list"
    """A column alias or field of list views, search layouts and related lists, on `object`."""
    RELATED_LIST = "related_list"
    """`Child__c.Lookup__c`, `RelatedContactList` … : which child object by which lookup, on `object`."""
    CHILDREN = "children"
    """A path whose first part is a child relationship of `object` (a SOQL sub-query): `Contacts.Email`."""
    WORD = "word"
    """A bare name found in text or code, object unknown or only suspected; resolves as possible
    unless exactly one object has it and `certainty` says certain."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention as written. One mention of a path with hops becomes one reference for each hop."""

    component_kind: str
    component: str
    object: str | None
    path: str
    access: Access
    line: int | None = None
    part: str = ""
    grammar: Grammar = Grammar.PATH
    certainty: Certainty = Certainty.CERTAIN
    hop_access: Access = Access.READS
    """Access to the lookups on the way; the last part of the path gets `access`."""
    receiver: str = ""
    """In code: the class, and the members and methods from there, whose value is asked for `path`
    (`Builder.getEvent()`), or several with `|` between. Its type is known once all classes are
    (code/linking.py)."""


@dataclass(frozen=True, slots=True)
class ReportTypeJoin:
    """What a custom report type spans: its base object and the child relationships joined onto it, in order."""

    name: str
    base: str
    joins: tuple[str, ...] = ()
    tables: tuple[tuple[str, str], ...] = ()
    """(table as columns write it, object or relationship path that it stands for)."""


@dataclass(frozen=True, slots=True)
class ClassSignature:
    """The types of a class's members (`name`) and of what its methods give back (`name()`), in lower case."""

    name: str
    """With its outer class: `Outer.Inner`."""
    base: str = ""
    members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataFile:
    """One file of the tree, named as the platform names it.

    `suffix` is the metadata suffix (`layout`, `field`, `object`, `cls` …); the descriptor beside a file of code
    or text has `-meta` after it (`Foo.cls-meta.xml` is `cls-meta`, `email-meta`, `js-meta`), and the markup of an
    Aura application is `aura-app`. `name` is the full
    name, URL-decoded, with its folders where the kind has them (`Sales/Pipeline`); `object` the folder under
    `objects/` for decomposed children.
    """

    path: str
    suffix: str
    name: str
    object: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything one file says. `Object.fields` is left empty here: fields come as a list of their own.

    `channels` names the component kinds that this file proves were read, even where it holds none of them.
    """

    objects: tuple[Object, ...] = ()
    fields: tuple[Field, ...] = ()
    record_types: tuple[tuple[str, str], ...] = ()
    """(object, record type)."""
    components: tuple[Component, ...] = ()
    mentions: tuple[Mention, ...] = ()
    calls: tuple[Call, ...] = ()
    integration_points: tuple[IntegrationPoint, ...] = ()
    report_types: tuple[ReportTypeJoin, ...] = ()
    value_sets: tuple[tuple[str, tuple[PicklistValue, ...]], ...] = ()
    """Shared lists of picklist values, by name."""
    signatures: tuple[ClassSignature, ...] = ()
    channels: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = field(default=())


Reader = Callable[[MetadataFile, Node], Parsed]
"""Reads one XML file from its root element."""
ChildReader = Callable[[str, Node, MetadataFile], Parsed]
"""Reads one child of an object (object name, element): the same element stands in an `.object` file of the
older format and as the root of a decomposed file, so one reader serves both."""
TextReader = Callable[[MetadataFile, bytes], Parsed]
"""Reads one file of code or text."""
