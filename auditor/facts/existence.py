"""Whether a thing is in the live organisation and in the repository: the ground of all that is said of drift.

Presence is certain where an inventory lists it. Absence is certain only where an inventory lists everything of its
kind, whoever asks, and was made after the thing came into the repository. What the describe of one user does not
show may be hidden from that user.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.evidence_index import sees, sees_kind
from auditor.graph.nodes import ComponentNode, FieldNode, NodeKind, ObjectNode
from auditor.graph.schema import SchemaGraph
from auditor.languages.fieldpaths import has_placeholder, person_account_field, without_placeholders
from auditor.model.names import field_key, parse_subject
from auditor.model.observations import Deed, Observation, Window
from auditor.model.values import ABSENT, Unknown, Value

WHOLE = frozenset({"tooling-custom-field", "entity-definition", "flow-register", "tooling-validation-rule"})
"""Inventories that show everything to whoever may make them. Source: Tooling API, FlowDefinitionView."""
PARTIAL = frozenset({"object-describe", "field-definition", "global-describe", "report-register"})
"""Inventories that leave out what the asking user may not see; `complete:` vouches that this user sees all."""
REGISTERED = {"flow": "flow-register", "report": "report-register", "validation_rule": "tooling-validation-rule"}
"""Component kind → the inventory that lists it."""
_SET_UP = (Deed.CREATED, Deed.CHANGED, Deed.DELETED)


@dataclass(frozen=True, slots=True)
class Listing:
    """One inventory that could have listed a subject."""

    source: str
    format: str
    day: date
    fresh: bool
    whole: bool


def canonical(facts: Facts, key: str) -> str:
    """The name under which a field stands that goes by two.

    A person account's is the contact's, a task's and an event's is the activity's. Where a repository has a field
    with and without the token that packaging fills in, exports are read as of the one with the token.
    """
    if facts.graph.kind_of(key) is not NodeKind.FIELD:
        return key
    owner = facts.graph.field(key).object_key
    tokens = facts.once(("packaging tokens", owner), lambda: _with_tokens(facts, owner))
    if key in tokens:
        return tokens[key]
    subject = parse_subject(key)
    twin = ""
    if subject.name == "Account" and subject.field.lower().endswith("__pc"):
        twin = field_key(subject.system, "Contact", person_account_field(subject.field))
    elif subject.name in ("Task", "Event"):
        twin = field_key(subject.system, "Activity", subject.field)
    return twin if twin and facts.graph.kind_of(twin) is NodeKind.FIELD else key


def named_by(graph: SchemaGraph, key: str) -> Iterator[str]:
    """The fields whose `canonical` name a field may be, as far as they are there."""
    if graph.kind_of(key) is not NodeKind.FIELD:
        return
    subject = parse_subject(key)
    names = []
    if has_placeholder(key):
        names.append(field_key(subject.system, subject.name, without_placeholders(subject.field)))
    if subject.name == "Contact" and subject.field.endswith("__c"):
        names.append(field_key(subject.system, "Account", f"{subject.field[:-1]}pc"))
    if subject.name == "Activity":
        names += [field_key(subject.system, owner, subject.field) for owner in ("Task", "Event")]
    yield from (name for name in names if graph.kind_of(name) is NodeKind.FIELD)


def _with_tokens(facts: Facts, owner: str) -> dict[str, str]:
    """Fields of an object that stand beside one of the same name with a packaging token → that one."""
    # Most names hold none, which the printed name tells without the field being read.
    nodes = [facts.graph.field(key) for key in facts.graph.fields_of(owner) if has_placeholder(key)]
    return {
        field_key(each.system, each.value.object, without_placeholders(each.value.name)): each.key
        for each in nodes
        if has_placeholder(each.value.name)
    }


def in_repo(facts: Facts, node: ObjectNode | FieldNode) -> Value:
    """Whether a source that was read defines it; unknown where the file that may do so could not be read."""
    if not node.implied:
        return True
    if not node.value.custom or managed(facts, node):
        return ABSENT
    twin = canonical(facts, node.key)
    if twin != node.key:
        return in_repo(facts, facts.graph.field(twin))
    unread = _unread_file(facts, node)
    return Unknown(f"{unread} could not be read, and may define it") if unread else False


def in_org(facts: Facts, key: str) -> Value:
    """Whether the live organisation has it, as far as inventories and its own log of changes tell."""
    return facts.once(("in org", key), lambda: _in_org(facts, canonical(facts, key)))


def managed(facts: Facts, node: ObjectNode | FieldNode) -> bool:
    """Whether it came with a package."""
    told = (each.managed for each in facts.evidence.definitions(node.key) if each.managed is not None)
    return next(told, node.value.namespace is not None)


def last_set_up(facts: Facts, key: str, deeds: Iterable[Deed] = _SET_UP) -> Observation | None:
    """The last thing that the log of changes surely tells of a definition; on one day the deletion comes last."""
    seen = [each for deed in deeds for each in facts.evidence.observations(key, deed)]
    sure = [each for each in seen if not each.possible and each.last is not None]
    return max(sure, key=lambda each: (str(each.last), each.deed is Deed.DELETED, str(each.by)), default=None)


def listings(facts: Facts, system: str, kind: str, subject: str, owner: str | None) -> Sequence[Listing]:
    """The inventories that would list a subject of a kind (`field`, `object`, a component kind), newest first."""
    windows = (
        window
        for window in facts.evidence.windows(system, Deed.LISTED)
        if window.kinds is not None and kind in window.kinds and sees(window, subject, owner)
    )
    found = [_listing(facts, system, window) for window in (*windows, *_registers(facts, system, kind))]
    return sorted(found, key=lambda each: (each.day, each.source), reverse=True)


def _registers(facts: Facts, system: str, kind: str) -> Iterable[Window]:
    """Windows of registers of components that say of what they are a register, and which were not cut."""
    wanted = REGISTERED.get(kind)
    return (
        window
        for deed in (Deed.DEFINED, Deed.RUN)
        for window in facts.evidence.windows(system, deed)
        if facts.evidence.format(window.source) == wanted and sees_kind(window, kind) and window.subjects is None
    )


def _listing(facts: Facts, system: str, window: Window) -> Listing:
    told = facts.evidence.format(window.source)
    vouched = facts.settings.is_complete(system, told)
    fresh = facts.settings.reaches_now(window.end)
    return Listing(window.source, told, window.end, fresh, told in WHOLE or vouched)


def _in_org(facts: Facts, key: str) -> Value:
    match facts.graph.kind_of(key):
        case NodeKind.FIELD:
            node: FieldNode | ObjectNode = facts.graph.field(key)
            owner: str | None = facts.graph.field(key).object_key
        case NodeKind.OBJECT:
            node, owner = facts.graph.object(key), None
        case _:
            return _component_in_org(facts, facts.graph.component(key))
    if not node.value.custom or managed(facts, node):
        return ABSENT
    if "salesforce" not in facts.graph.system(node.system).source_kinds:
        return ABSENT
    kind = "object" if owner is None else "field"
    told = _told(facts, key)
    if told is None and owner is None and any(_told(facts, each) for each in facts.graph.fields_of(key)):
        return True
    if told is not None:
        return told
    if owner is not None and facts.graph.object(owner).value.custom and in_org(facts, owner) is False:
        return False
    return _absent(facts, (node.system, kind, key, owner), listings(facts, node.system, kind, key, owner))


def _told(facts: Facts, key: str) -> bool | None:
    """What an inventory or the log of changes says outright; the later of them where they differ."""
    listed = [facts.evidence.rank(each.source)[0] for each in facts.evidence.inventory(key) if not each.deleted]
    change = last_set_up(facts, key)
    if change is not None and change.deed is Deed.DELETED and str(change.last) >= max(listed, default=""):
        return False
    return True if listed or (change is not None and change.deed is not Deed.DELETED) else None


def _component_in_org(facts: Facts, node: ComponentNode) -> Value:
    register = REGISTERED.get(node.value.kind)
    if register is None or "salesforce" not in facts.graph.system(node.system).source_kinds:
        return ABSENT
    if any(each.managed for each in facts.evidence.definitions(node.key)):
        return ABSENT
    if any(facts.evidence.format(each.source) == register for each in facts.evidence.definitions(node.key)):
        return True
    asked = (node.system, node.value.kind, node.key, None)
    return _absent(facts, asked, listings(facts, node.system, node.value.kind, node.key, None))


def _absent(facts: Facts, asked: tuple[str, str, str, str | None], could: Sequence[Listing]) -> Value:
    """False where one of the inventories proves it, else unknown with the nearest reason."""
    system, kind, key, owner = asked
    settled = facts.settled_by(system, *_SETTLED.get(kind, (REGISTERED.get(kind, ""),)))
    if not could:
        return Unknown(_never_listed(kind, owner), settled)
    whole = [each for each in could if each.whole]
    if not whole:
        seen_by_one = could[0].format
        return Unknown(
            f"the inventory of one user ({seen_by_one}) does not show it, which may be hidden from that user; "
            f"`complete: [{seen_by_one}]` vouches that the user sees everything",
            settled,
        )
    best = whole[0]
    if not best.fresh:
        return Unknown(f"the newest inventory that could list it is of {best.day}", settled)
    committed = [each.created_not_after for each in facts.evidence.definitions(key) if each.created_not_after]
    if committed and min(committed) >= best.day:
        said = f"it came into the repository on {min(committed)}, and the inventory is of {best.day}"
        return Unknown(said, settled)
    return False


_SETTLED = {
    "field": ("tooling-custom-field", "object-describe"),
    "object": ("entity-definition", "global-describe"),
}


def _never_listed(kind: str, owner: str | None) -> str:
    if kind == "field" and owner is not None:
        return "no inventory of the live organisation lists the fields of its object"
    return f"no inventory of the live organisation lists what {kind.replace('_', ' ')}s there are"


def _unread_file(facts: Facts, node: ObjectNode | FieldNode) -> str:
    """The path that could not be read and by its name defines it; empty where there is none."""
    unread = {line.path.lower() for line in facts.graph.system(node.system).unread}
    if not unread:
        return ""
    owner = re.escape((node.value.object if isinstance(node, FieldNode) else node.value.name).lower())
    file = rf"(?:^|/){owner}\.object(?:-meta\.xml)?$"
    if isinstance(node, FieldNode):
        file += rf"|(?:^|/)objects/{owner}/fields/{re.escape(node.value.name.lower())}\.field-meta\.xml$"
    pattern = re.compile(file)
    return next((path for path in sorted(unread) if pattern.search(path)), "")
