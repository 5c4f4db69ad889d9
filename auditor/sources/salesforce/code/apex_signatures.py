"""What other files need to know of a class: the types of its members and methods."""

from __future__ import annotations

from auditor.sources.salesforce.code.apex_platform import is_platform
from auditor.sources.salesforce.code.apex_structure import ClassInfo, Structure
from auditor.sources.salesforce.code.apex_types import TypeRef, innermost
from auditor.sources.salesforce.parsed import ClassSignature

_OUTERMOST = 5
"""How many outer classes a name is given; Apex nests classes once."""


def signatures_of(structure: Structure) -> tuple[ClassSignature, ...]:
    """The signature of every class of a file that has anything to tell; of an inner class its name is enough."""
    found = (_signature(info) for info in structure.classes.values())
    return tuple(item for item in found if item.base or item.members or "." in item.name)


def _signature(info: ClassInfo) -> ClassSignature:
    members = [(name, ref) for name, ref in info.members.items() if _tells(ref)]
    methods = [(f"{name}()", ref) for name, ref in info.methods.items() if _tells(ref)]
    base = str(info.extends) if info.extends is not None else ""
    return ClassSignature(_name(info), base, tuple((name, str(ref)) for name, ref in (*members, *methods)))


def _tells(ref: TypeRef) -> bool:
    """Whether a type leads to an object or a class; a number or a string does not."""
    inner = innermost(ref)
    return inner is not None and not is_platform(inner.name)


def _name(info: ClassInfo) -> str:
    names, outer = [info.name], info.outer
    while outer is not None and len(names) < _OUTERMOST:
        names.append(outer.name)
        outer = outer.outer
    return ".".join(reversed(names))
