"""What a name means at one place in an Apex file: a variable, a member, a class of the file, an object."""

from __future__ import annotations

from auditor.sources.salesforce.code.apex_structure import ClassInfo, Structure
from auditor.sources.salesforce.code.apex_types import TypeRef
from auditor.sources.salesforce.code.names import is_object

_FURTHEST = 20
"""How many base and outer classes are asked for a member; Apex nests classes once."""


class Scope:
    """The variables that can be seen, and the class we are in.

    Each name has a stack of types, the innermost last, so that looking one up costs the same however deep the
    nesting is.
    """

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._variables: dict[str, list[TypeRef]] = {}
        self._owners: list[ClassInfo] = []

    def bind(self, name: str, ref: TypeRef) -> None:
        """A variable begins to be seen."""
        self._variables.setdefault(name.lower(), []).append(ref)

    def unbind(self, names: list[str]) -> None:
        """Variables end."""
        for name in names:
            stack = self._variables.get(name.lower())
            if stack:
                stack.pop()

    def enter(self, owner: ClassInfo) -> None:
        """The body of a class begins."""
        self._owners.append(owner)

    def leave(self) -> None:
        """It ends."""
        self._owners.pop()

    @property
    def owner(self) -> ClassInfo | None:
        """The innermost class around."""
        return self._owners[-1] if self._owners else None

    def variable(self, name: str) -> TypeRef | None:
        """The type of a variable or member that can be seen under a bare name."""
        stack = self._variables.get(name.lower())
        if stack:
            return stack[-1]
        return self.member(self.owner, name)

    def member(self, info: ClassInfo | None, name: str) -> TypeRef | None:
        """The type of a member of a class of this file, its base and outer classes included."""
        return self._look(info, name.lower(), "members")

    def method(self, info: ClassInfo | None, name: str) -> TypeRef | None:
        """What a method of a class of this file gives back."""
        return self._look(info, name.lower(), "methods")

    def _look(self, info: ClassInfo | None, name: str, table: str) -> TypeRef | None:
        for _ in range(_FURTHEST):
            if info is None:
                return None
            entries: dict[str, TypeRef] = info.members if table == "members" else info.methods
            if name in entries:
                return entries[name]
            base = self.class_named(info.extends.name) if info.extends is not None else None
            info = base if base is not None and base is not info else info.outer
        return None

    def class_named(self, name: str) -> ClassInfo | None:
        """A class of this file by its name, `Outer.Inner` too."""
        return self._structure.classes.get(name.rpartition(".")[2].lower())

    def class_of(self, ref: TypeRef | None) -> ClassInfo | None:
        """The class of this file that a type names."""
        return self.class_named(ref.name) if ref is not None and not ref.args else None

    def object_of(self, ref: TypeRef | None) -> str:
        """The object that a type names, or an empty string. A class of this file hides an object."""
        if ref is None or ref.args or self.class_of(ref) is not None:
            return ""
        return ref.simple if is_object(ref.simple) else ""
