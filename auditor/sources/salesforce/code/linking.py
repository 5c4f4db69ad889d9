"""Types across classes: what one class asks of another is known once both have been read.

`Builder.getEvent().F__c` names a field, but only the file of `Builder` tells of which object. Each file is read
alone, so that it can be cached by its content; what it cannot know is noted with its receiver, and settled here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from auditor.dataclasses import dataclass, replace
from auditor.sources.salesforce.code.apex_lexer import apex_tokens
from auditor.sources.salesforce.code.apex_types import TypeRef, of_collection, parse_type
from auditor.sources.salesforce.code.callees import Callees
from auditor.sources.salesforce.code.names import custom_tail, is_object
from auditor.sources.salesforce.parsed import ClassSignature, Grammar, Mention, Parsed

_FURTHEST = 20
"""How many base and outer classes are asked for a member."""


def link_classes(parts: Iterable[tuple[str, Parsed]]) -> list[tuple[str, Parsed]]:
    """Give every mention whose receiver turns out to be a record its object, and every call its callee."""
    listed = list(parts)
    classes = _Classes(item for _, parsed in listed for item in parsed.signatures)
    callees = Callees([parsed for _, parsed in listed])
    return [(path, _linked(parsed, classes, callees)) for path, parsed in listed]


def _linked(parsed: Parsed, classes: _Classes, callees: Callees) -> Parsed:
    if parsed.calls:
        parsed = replace(parsed, calls=callees.settled(parsed.calls))
    if not any(mention.receiver for mention in parsed.mentions):
        return parsed
    linked = (_mention(mention, classes) for mention in parsed.mentions)
    return replace(parsed, mentions=tuple(mention for mention in linked if mention is not None))


def _mention(mention: Mention, classes: _Classes) -> Mention | None:
    """None for a name that would be a standard field of a record, where there is no record."""
    if not mention.receiver:
        return mention
    found = classes.record_of(mention.receiver)
    if found is None:
        return mention if custom_tail(mention.path) else None
    steps = [step for step in found.steps if step != "[]"]
    path = ".".join([*steps, mention.path])
    grammar = Grammar.CHILDREN if len(steps) < len(found.steps) else Grammar.PATH
    return replace(mention, object=found.object, path=path, grammar=grammar, receiver="")


@dataclass(frozen=True, slots=True)
class _Record:
    """The object of a record, and the steps from it that are left: children or parents of the record."""

    object: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Value:
    """A type, and the class in whose words it is written (which may name its own inner classes shortly)."""

    ref: TypeRef
    context: str


class _Classes:
    def __init__(self, signatures: Iterable[ClassSignature]) -> None:
        self._by_name: dict[str, ClassSignature] = {}
        self._members: dict[str, Mapping[str, str]] = {}
        for item in signatures:
            self._by_name[item.name.lower()] = item
            self._members[item.name.lower()] = dict(item.members)
        self._known: dict[str, _Record | None] = {}

    def record_of(self, receiver: str) -> _Record | None:
        """The record that a receiver gives; None where it gives none, or nobody knows."""
        if receiver not in self._known:
            found = (self._follow(path) for path in receiver.split("|"))
            self._known[receiver] = next((record for record in found if record is not None), None)
        return self._known[receiver]

    def _object(self, value: _Value) -> str:
        ref = value.ref.element if value.ref.is_list and value.ref.element is not None else value.ref
        if ref.args or self._find(ref.name, value.context) is not None:
            return ""
        return ref.simple if is_object(ref.simple) else ""

    def _follow(self, receiver: str) -> _Record | None:
        value, steps = self._start(receiver.split("."))
        for place, step in enumerate(steps):
            if value is None:
                return None
            if not value.ref.args and self._object(value):
                left = tuple(steps[place:])
                return None if any(part.endswith(")") for part in left) else _Record(self._object(value), left)
            value = self._step(value, step.lower())
        target = self._object(value) if value is not None else ""
        return _Record(target) if target else None

    def _start(self, parts: Sequence[str]) -> tuple[_Value | None, Sequence[str]]:
        """The class that a receiver begins with; `Owner>name` is a class `name`, or a member of `Owner`."""
        owner, between, name = parts[0].rpartition(">")
        if between and self._find(name, owner) is None:
            return self._step(_Value(TypeRef(owner), owner), name.lower()), parts[1:]
        inner = ".".join([name, *parts[1:2]])
        if len(parts) > 1 and self._find(inner, owner) is not None:
            return _Value(TypeRef(inner), owner), parts[2:]
        return _Value(TypeRef(name), owner), parts[1:]

    def _step(self, value: _Value, step: str) -> _Value | None:
        if value.ref.is_list or value.ref.is_map:
            found = of_collection(value.ref, step.removesuffix("()"))
            return _Value(found, value.context) if found is not None else None
        item = self._find(value.ref.name, value.context)
        for _ in range(_FURTHEST):
            if item is None:
                return None
            members = self._members[item.name.lower()]
            written = members.get(step) or members.get(f"get{step}()")  # pages leave `get` and the brackets out
            read = _type(written) if written else None
            if read is not None:
                return _Value(read, item.name.partition(".")[0])
            outer = item.name.rpartition(".")[0]
            item = self._find(item.base, outer or item.name) if item.base else self._by_name.get(outer.lower())
        return None

    def _find(self, name: str, context: str) -> ClassSignature | None:
        """A class by name, as it is called within another: inner classes of that one come first."""
        nested = self._by_name.get(f"{context.partition('.')[0]}.{name}".lower())
        return nested or self._by_name.get(name.lower())


@cache
def _type(written: str) -> TypeRef | None:
    read = parse_type(apex_tokens(written), 0)
    return read[0] if read is not None else None
