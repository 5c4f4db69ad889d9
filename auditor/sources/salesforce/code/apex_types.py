"""Type expressions of Apex: `List<Account>`, `Map<Id, Contact>`, `Schema.Account[]`."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass
from auditor.sources.salesforce.code.apex_lexer import Token

_LONGEST = 80
"""Tokens that one type may take; a longer one is no type, and looking further would cost quadratic time."""
_LISTS = frozenset({"list", "set", "iterable", "iterator", "database.querylocator"})
_SAME = frozenset({"clone", "deepclone", "iterator"})
_ELEMENT = frozenset({"get", "remove", "put", "next", "[]"})
_OPERANDS = frozenset({"name", "string", "soql"})
# Namespaces of the platform in which sObject types can be written: `Schema.Account`.
_SCHEMA = ("schema.", "sobject.")


@dataclass(frozen=True, slots=True)
class TypeRef:
    """One type as written, arrays as lists."""

    name: str
    args: tuple[TypeRef, ...] = ()

    @property
    def key(self) -> str:
        """The name for comparison."""
        return self.name.lower()

    @property
    def is_list(self) -> bool:
        """Whether it holds elements in a row."""
        return self.key in _LISTS and len(self.args) == 1

    @property
    def is_map(self) -> bool:
        """Whether it maps keys to values."""
        return self.key == "map" and len(self.args) == 2

    @property
    def element(self) -> TypeRef | None:
        """What it holds: the element of a list or set, the value of a map."""
        return self.args[-1] if self.is_list or self.is_map else None

    def __str__(self) -> str:
        """As Apex writes it; not recursive, since a type may be nested as deeply as it is long."""
        written: list[str] = []
        stack: list[TypeRef | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                written.append(item)
                continue
            written.append(item.name)
            if item.args:
                inner = [part for arg in item.args for part in (",", arg)][1:]
                stack.extend(reversed(["<", *inner, ">"]))
        return "".join(written)

    @property
    def simple(self) -> str:
        """The name without the platform's own prefix (`Schema.Account` is `Account`)."""
        for prefix in _SCHEMA:
            if self.key.startswith(prefix):
                return self.name[len(prefix) :]
        return self.name


def of_collection(ref: TypeRef, method: str) -> TypeRef | None:
    """What a method of a list, set or map gives back; `[]` is an element."""
    if method in _SAME:
        return ref
    if method in _ELEMENT:
        return ref.element
    if method == "values" and ref.element is not None:
        return TypeRef("List", (ref.element,))
    return TypeRef("Set", (ref.args[0],)) if method == "keyset" and ref.args else None


def list_of(name: str) -> TypeRef:
    """`List<name>`."""
    return TypeRef("List", (TypeRef(name),))


def innermost(ref: TypeRef | None) -> TypeRef | None:
    """What a collection finally holds; the type itself where it is none."""
    while ref is not None and ref.element is not None:
        ref = ref.element
    return ref


def parse_type(tokens: Sequence[Token], start: int) -> tuple[TypeRef, int] | None:
    """Read a type that begins at `start`: the type and the index behind it; None where there is none."""
    open_types: list[tuple[str, list[TypeRef]]] = []
    index, limit = start, min(len(tokens) - 3, start + _LONGEST)
    while index < limit and tokens[index].kind == "name":
        name, index = _dotted(tokens, index)
        if tokens[index].text == "<":
            open_types.append((name, []))
            index += 1
            continue
        ref, index = _arrays(tokens, index, TypeRef(name))
        while open_types and tokens[index].text == ">":
            outer, args = open_types.pop()
            ref, index = _arrays(tokens, index + 1, TypeRef(outer, (*args, ref)))
        if not open_types:
            return ref, index
        if tokens[index].text != ",":
            return None
        open_types[-1][1].append(ref)
        index += 1
    return None


def cast_at(tokens: Sequence[Token], index: int) -> tuple[TypeRef, int] | None:
    """A cast whose bracket opens at `index`: the type, and the index behind the closing bracket."""
    read = parse_type(tokens, index + 1)
    if read is None or tokens[read[1]].text != ")":
        return None
    after = tokens[read[1] + 1]
    operand = after.kind in _OPERANDS and after.text.lower() != "instanceof"
    return (read[0], read[1] + 1) if operand or after.text == "(" else None


def _dotted(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    parts = [tokens[index].text]
    index += 1
    while tokens[index].text == "." and tokens[index + 1].kind == "name":
        parts.append(tokens[index + 1].text)
        index += 2
    return ".".join(parts), index


def _arrays(tokens: Sequence[Token], index: int, ref: TypeRef) -> tuple[TypeRef, int]:
    while tokens[index].text == "[" and tokens[index + 1].text == "]":
        ref, index = TypeRef("List", (ref,)), index + 2
    return ref, index
