"""Types across classes: what one class asks of another is known once both have been read.

`Builder.getEvent().F__c` names a field, but only the file of `Builder` tells of which object. Each file is read
alone, so that it can be cached by its content; what it cannot know is noted with its receiver, and settled here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from auditor.dataclasses import dataclass, replace
from auditor.sources.salesforce.code.apex_lexer import apex_tokens
from auditor.sources.salesforce.code.apex_types import TypeRef, of_collection, parse_type
from auditor.sources.salesforce.code.names import custom_tail, is_object
from auditor.sources.salesforce.parsed import ClassSignature, Grammar, Mention
from auditor.sources.salesforce.tables import Table

_FURTHEST = 20
"""How many base and outer classes are asked for a member."""


@dataclass(frozen=True, slots=True)
class Record:
    """The object of a record, and the steps from it that are left: children or parents of the record."""

    object: str
    steps: tuple[str, ...] = ()


def with_object(mention: Mention, record_of: Callable[[str], Record | None]) -> Mention | None:
    """The mention with the object of its receiver, where that turns out to be a record.

    None for a name that would be a standard field of a record, where there is no record.
    """
    if not mention.receiver:
        return mention
    found = record_of(mention.receiver)
    if found is None:
        return mention if custom_tail(mention.path) else None
    steps = [step for step in found.steps if step != "[]"]
    path = ".".join([*steps, mention.path])
    grammar = Grammar.CHILDREN if len(steps) < len(found.steps) else Grammar.PATH
    return replace(mention, object=found.object, path=path, grammar=grammar, receiver="")


@dataclass(frozen=True, slots=True)
class _Value:
    """A type, and the class in whose words it is written (which may name its own inner classes shortly)."""

    ref: TypeRef
    context: str


class Classes:
    """The classes of a tree, found by name as other classes write it."""

    def __init__(self, classes: Table[str, ClassSignature]) -> None:
        self._by_name = classes
        self._read: dict[str, Mapping[str, str]] = {}

    def record_of(self, receiver: str) -> Record | None:
        """The record that a receiver gives; None where it gives none, or nobody knows."""
        found = (self._follow(path) for path in receiver.split("|"))
        return next((record for record in found if record is not None), None)

    def _object(self, value: _Value) -> str:
        ref = value.ref.element if value.ref.is_list and value.ref.element is not None else value.ref
        if ref.args or self._find(ref.name, value.context) is not None:
            return ""
        return ref.simple if is_object(ref.simple) else ""

    def _follow(self, receiver: str) -> Record | None:
        value, steps = self._start(receiver.split("."))
        for place, step in enumerate(steps):
            if value is None:
                return None
            if not value.ref.args and self._object(value):
                left = tuple(steps[place:])
                return None if any(part.endswith(")") for part in left) else Record(self._object(value), left)
            value = self._step(value, step.lower())
        target = self._object(value) if value is not None else ""
        return Record(target) if target else None

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
            members = self._members(item)
            written = members.get(step) or members.get(f"get{step}()")  # pages leave `get` and the brackets out
            read = _type(written) if written else None
            if read is not None:
                return _Value(read, item.name.partition(".")[0])
            outer = item.name.rpartition(".")[0]
            item = self._find(item.base, outer or item.name) if item.base else self._by_name.get(outer.lower())
        return None

    def _members(self, item: ClassSignature) -> Mapping[str, str]:
        known = self._read.get(item.name)
        if known is None:
            known = self._read[item.name] = dict(item.members)
        return known

    def _find(self, name: str, context: str) -> ClassSignature | None:
        """A class by name, as it is called within another: inner classes of that one come first."""
        nested = self._by_name.get(f"{context.partition('.')[0]}.{name}".lower())
        return nested or self._by_name.get(name.lower())


@cache
def _type(written: str) -> TypeRef | None:
    read = parse_type(apex_tokens(written), 0)
    return read[0] if read is not None else None
