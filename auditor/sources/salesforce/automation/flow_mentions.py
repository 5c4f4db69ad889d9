"""Every field and object that one flow names.

The elements of a flow are many and grow with every release, their ways to name a field are few: a bare name
beside an object, a reference that begins with a variable, a merge field in a text or formula. So each element is
walked by the tags of its leaves, and an element that is not known yet is still read as far as it uses these ways.
What fits none of them and carries the suffix of a custom name is a possible mention.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.dataclasses import dataclass, replace
from auditor.formats.xml import Node
from auditor.languages.fieldpaths import is_custom
from auditor.languages.global_variables import global_target
from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.automation.flow_fate import Fates
from auditor.sources.salesforce.automation.flow_parameters import parameter_mentions
from auditor.sources.salesforce.automation.flow_scope import CALLING, RECORD, Scope, Target
from auditor.sources.salesforce.automation.flow_texts import references_in, without_references
from auditor.sources.salesforce.automation.flow_uses import (
    ALL_FIELDS,
    FIELDS,
    OBJECTS,
    REFERENCES,
    SAVED_RECORDS,
    SET_FIELDS,
    SETTERS,
    SILENT,
    Owner,
    Place,
    guess_in,
    owner_of,
    use_in,
)
from auditor.sources.salesforce.code.names import custom_tail, is_object
from auditor.sources.salesforce.declarative.loose import custom_names_by_line
from auditor.sources.salesforce.declarative.mentioning import Author, Use, mention
from auditor.sources.salesforce.parsed import Grammar, Mention


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow that is being read: who speaks, what its names stand for, and what becomes of its records."""

    author: Author
    scope: Scope
    fates: Fates


def flow_mentions(flow: Flow, root: Node) -> tuple[Mention, ...]:
    """Every mention, each once, in the order of the file."""
    found = (item for element in root.children for item in _element(flow, element))
    return tuple(dict.fromkeys(found))


def reference_mentions(flow: Flow, reference: str, use: Use, line: int) -> Iterator[Mention]:
    """What a reference reads, shows or writes: `$Record.Owner.Name`, `Get_Account.Region__c`, `$User.Email`."""
    target = flow.scope.locate(reference)
    if target.object is not None:
        yield mention(flow.author.on(target.object), use, target.path, line)
    elif reference.startswith("$") and target.name != RECORD:
        yield from _global(flow, reference, use, line)
    elif target.open or is_custom_path(target.path):
        yield _guess(flow, target, use, line)


def is_custom_path(path: str) -> bool:
    """Whether any part of a path bears the suffix of a custom name."""
    return any(is_custom(part) for part in path.split("."))


def _element(flow: Flow, element: Node) -> Iterator[Mention]:
    owner = owner_of(element, flow.scope)
    holders = element.walk() if element.tag in _WITH_PARAMETERS else ()
    said = [item for holder in holders for item in parameter_mentions(flow.author, flow.scope, holder)]
    understood = {id(node) for node, _ in said}
    for parent, leaf in _leaves(element):
        if id(leaf) not in understood:
            place = (element.tag, "" if parent is element else parent.tag, leaf.tag)
            yield from _leaf(_Leaf(flow, element, parent, owner, place), leaf)
    yield from (found for _, found in said)
    yield from _read_as_a_whole(flow, element)


_WITH_PARAMETERS = CALLING | {"transforms", "waits"}


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Where a leaf stands: in which element of which flow, and whose fields that element names."""

    flow: Flow
    element: Node
    parent: Node
    owner: Owner
    place: Place


def _leaf(at: _Leaf, leaf: Node) -> Iterator[Mention]:
    if at.place in FIELDS:
        yield from _bare_field(at, leaf)
    elif at.place in OBJECTS:
        yield mention(at.flow.author.on(leaf.text), OBJECTS[at.place], "", leaf.line)
    elif at.place in SET_FIELDS:
        yield from _set(at, at.flow.scope.locate(at.element.value("name") or ""), leaf.text, leaf.line)
    elif leaf.tag in SETTERS:
        target = at.flow.scope.locate(leaf.text)
        yield from _set(at, target, target.path, leaf.line)
    elif leaf.tag in REFERENCES:
        yield from _reference(at, leaf)
    elif leaf.tag == "typeValue":
        if is_object(leaf.text):
            yield mention(at.flow.author.on(leaf.text), _TYPED, "", leaf.line)
    else:
        yield from _text(at, leaf)


_TYPED = Use(Access.LISTS, "variable")


def _bare_field(at: _Leaf, leaf: Node) -> Iterator[Mention]:
    use, author = FIELDS[at.place], at.flow.author
    if at.owner.object is not None:
        yield mention(author.on(at.owner.object), use, at.owner.field(leaf.text), leaf.line)
    elif is_custom_path(leaf.text):
        yield _guessed_word(author, use, leaf.text, leaf.line)


def _reference(at: _Leaf, leaf: Node) -> Iterator[Mention]:
    if leaf.tag == "objectFieldReference":
        # A field of a record on a screen: it is shown, and whoever runs the flow may fill it in.
        yield from reference_mentions(at.flow, leaf.text, _SHOWN, leaf.line)
        target = at.flow.scope.locate(leaf.text)
        if at.flow.fates.of(target.name) is not None:
            yield from _set(at, target, target.path, leaf.line)
    else:
        # A path (`$Record.Account`) says which record is saved; its last lookup is read, not written.
        saved = None if "." in leaf.text else SAVED_RECORDS.get(at.place)
        yield from reference_mentions(at.flow, leaf.text, saved or use_in(at.element), leaf.line)


_SHOWN = Use(Access.SHOWS, "screen")


def _set(at: _Leaf, target: Target, path: str, line: int) -> Iterator[Mention]:
    """A field that is set on a record in memory: a write where the record is saved, else only named."""
    if not path:
        return
    fate = at.flow.fates.of(target.name)
    # The id says which record is meant, it is never written.
    kept = fate is None or path == "Id" or _is_loaded(at, path)
    access = Access.LISTS if kept else Access.WRITES
    use = Use(access, "assignment", certainty=fate or Certainty.CERTAIN)
    if target.object is not None:
        yield mention(at.flow.author.on(target.object), use, path, line)
    elif target.open or is_custom_path(path):
        yield _guess(at.flow, target, use, line)


def _is_loaded(at: _Leaf, path: str) -> bool:
    """Whether Get Records puts a field into the field of the same name: nothing changes."""
    return at.place[:2] == ("recordLookups", "outputAssignments") and at.parent.value("field") == path


def _text(at: _Leaf, leaf: Node) -> Iterator[Mention]:
    if not any(sign in leaf.text for sign in _SIGNS):
        return
    use = use_in(at.element)
    line, counted = leaf.line, 0
    for reference, offset in references_in(leaf.text):
        line, counted = line + leaf.text.count("\n", counted, offset), offset
        yield from reference_mentions(at.flow, reference, use, line)
    author = at.flow.author.on(at.owner.object)
    for number, name in custom_names_by_line(without_references(leaf.text)):
        yield mention(author, guess_in(at.element), name, leaf.line + number - 1)


# Without one of these a text holds neither a merge field, nor a global variable, nor a custom name.
_SIGNS = ("{!", "$", "__")


def _read_as_a_whole(flow: Flow, element: Node) -> Iterator[Mention]:
    chosen = element.find("queriedFields") or element.find("outputAssignments")
    if element.tag == "recordLookups" and chosen is None:
        for node in element.all("object"):
            yield mention(flow.author.on(node.text), ALL_FIELDS, "", node.line)


def _global(flow: Flow, reference: str, use: Use, line: int) -> Iterator[Mention]:
    target = global_target(reference)
    if target is None or not target.object:
        if is_custom_path(reference):
            yield _guessed_word(flow.author, use, custom_tail(reference), line)
        return
    access = Access.LISTS if target.names_only else use.access
    yield mention(flow.author.on(target.object), replace(use, access=access), target.path, line)


def _guess(flow: Flow, target: Target, use: Use, line: int) -> Mention:
    return _guessed_word(flow.author, use, custom_tail(target.path) or target.path, line)


def _guessed_word(author: Author, use: Use, path: str, line: int) -> Mention:
    guess = replace(use, grammar=Grammar.WORD, certainty=Certainty.POSSIBLE)
    return mention(author.on(None), guess, path, line)


def _leaves(element: Node) -> Iterator[tuple[Node, Node]]:
    """Every element with a text of its own, with the one around it, in the order of the file."""
    stack = [(element, element)]
    while stack:
        parent, node = stack.pop()
        if node.tag in SILENT:
            continue
        if node.text and not node.children:
            yield parent, node
        stack.extend((node, child) for child in reversed(node.children))
