"""What nothing defines: whether a name is still a node of the graph, and by what it is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from auditor.graph.builder import Builder
from auditor.graph.nodes import KnownBy
from auditor.graph.tables import Adjacency
from auditor.model.components import Component
from auditor.model.names import Subject, SubjectKind, object_key, parse_subject

Named = Callable[[str], bool]


def settle(builder: Builder, suspects: Iterable[str], named: Named) -> None:
    """Enter as implied what is only mentioned or named by evidence, and take out what is neither any more.

    Fields come first, then components, then objects, since a field that is implied implies its object.
    """
    subjects = {key: parse_subject(key) for key in suspects}
    owners = {object_key(each.system, each.name) for each in subjects.values() if each.kind is SubjectKind.FIELD}
    subjects.update((key, parse_subject(key)) for key in owners)
    for kind, settled in (
        (SubjectKind.FIELD, _settle_field),
        (SubjectKind.COMPONENT, _settle_component),
        (SubjectKind.OBJECT, _settle_object),
    ):
        for key in sorted(key for key, subject in subjects.items() if subject.kind is kind):
            settled(builder, key, subjects[key], named)


def _settle_field(builder: Builder, key: str, subject: Subject, named: Named) -> None:
    lists = builder.lists
    node = lists.fields.get(key)
    if node is not None and not node.implied:
        return
    if node is not None:
        _drop_field(lists, key, node.object_key)
    known_by = _known_by(_is_linked(lists, key), named(key))
    if known_by is not None:
        builder.implied_field(subject.system, subject.name, subject.field, known_by)


def _drop_field(lists: Adjacency, key: str, owner: str) -> None:
    del lists.fields[key]
    siblings = lists.fields_of.setdefault(owner, [])
    siblings.remove(key)
    if not siblings:
        del lists.fields_of[owner]


def _settle_component(builder: Builder, key: str, subject: Subject, named: Named) -> None:
    lists = builder.lists
    node = lists.components.get(key)
    if node is not None and not node.implied:
        return
    if node is not None:
        del lists.components[key]
    known_by = _known_by(_is_linked(lists, key), named(key))
    if known_by is not None:
        mentions = lists.outgoing.get(key)
        path = mentions[0].reference.path if mentions else ""
        builder.add_component(subject.system, Component(subject.component_kind, subject.name, path), known_by)


def _settle_object(builder: Builder, key: str, subject: Subject, named: Named) -> None:
    lists = builder.lists
    node = lists.objects.get(key)
    if node is not None and not node.implied:
        return
    if node is not None:
        del lists.objects[key]
    fields = {lists.fields[each].known_by for each in lists.fields_of.get(key, ())}
    mentioned = _is_linked(lists, key) or key in lists.looked_up_by or key in lists.components_of
    known_by = _known_by(
        mentioned or KnownBy.MENTION in fields, KnownBy.EVIDENCE in fields or (bool(subject.name) and named(key))
    )
    if known_by is not None:
        builder.implied_object(subject.system, subject.name, known_by)


def _is_linked(lists: Adjacency, key: str) -> bool:
    return any(key in links for links in (lists.incoming, lists.outgoing, lists.calls, lists.callers))


def _known_by(mentioned: bool, named: bool) -> KnownBy | None:
    if mentioned:
        return KnownBy.MENTION
    return KnownBy.EVIDENCE if named else None
