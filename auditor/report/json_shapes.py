"""JSON Schema (2020-12) of values as machine outputs print them: a dataclass becomes a definition of its name."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from auditor.dataclasses import fields, is_dataclass

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
DAY: Schema = {"type": "string", "format": "date"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
COUNTS: Schema = {"type": "object", "additionalProperties": COUNT}
LINE: Schema = {"type": ["integer", "null"], "minimum": 1}
_MAPPINGS = (dict, Mapping)
_SCALARS: Mapping[object, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    NoneType: "null",
}


def mapping(properties: Schema, description: str = "") -> Schema:
    """An object that has all of these keys. Later versions may have more: readers ignore what they do not know."""
    told: Schema = {"description": description} if description else {}
    return {**told, "type": "object", "required": sorted(properties), "properties": properties}


def items(of: Schema) -> Schema:
    """A list of things of one shape."""
    return {"type": "array", "items": of}


def named(name: str) -> Schema:
    """What stands under `$defs`."""
    return {"$ref": f"#/$defs/{name}"}


def either(*shapes: Schema) -> Schema:
    """One of several shapes."""
    return {"anyOf": list(shapes)}


class Definitions:
    """Collects the definitions that a document refers to."""

    def __init__(self) -> None:
        self.found: dict[str, Schema] = {}
        self.kinds: dict[str, type] = {}

    def add(self, name: str, shape: Schema) -> Schema:
        """Keep a shape under a name, and give the reference to it."""
        self.found[name] = shape
        return named(name)

    def of(self, kind: type, without: Iterable[str] = (), **other: Schema) -> Schema:
        """The reference to a dataclass: its fields as printed, but for those left out or shaped otherwise."""
        name = kind.__name__
        if self.kinds.setdefault(name, kind) is not kind:
            raise TypeError(f"two kinds of value are called {name}")
        if name not in self.found:
            self.found[name] = {}  # one that holds itself refers to itself
            hints = get_type_hints(kind)
            shapes = {each.name: self.shape(hints[each.name]) for each in fields(kind) if each.name not in without}
            self.found[name] = mapping({**shapes, **other}, _first(kind))
        return named(name)

    def shape(self, kind: Any) -> Schema:  # noqa: ANN401 - an annotation is of no type of its own
        """The shape of an annotation.

        Raises:
            TypeError: nothing says how such a value is printed.
        """
        if kind in _SCALARS:
            return {"type": _SCALARS[kind]}
        if kind is date:
            return DAY
        if get_origin(kind) in (Union, UnionType):
            return self._either(get_args(kind))
        if get_origin(kind) is tuple:
            return self._tuple(get_args(kind))
        if get_origin(kind) in _MAPPINGS:
            return {"type": "object", "additionalProperties": self.shape(get_args(kind)[1])}
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        if isinstance(kind, type) and is_dataclass(kind):
            return self.of(kind)
        raise TypeError(f"{kind} has no shape")

    def _tuple(self, kinds: tuple[Any, ...]) -> Schema:
        if kinds[1:] == (...,):
            return items(self.shape(kinds[0]))
        return {"type": "array", "prefixItems": [self.shape(kind) for kind in kinds], "items": False}

    def _either(self, kinds: tuple[Any, ...]) -> Schema:
        if all(kind in _SCALARS for kind in kinds):
            return {"type": [_SCALARS[kind] for kind in kinds]}
        return either(*(self.shape(kind) for kind in kinds))


def document(title: str, description: str, top: Schema, definitions: Definitions) -> Schema:
    """A whole schema."""
    defined = dict(sorted(definitions.found.items()))
    return {"$schema": DIALECT, "title": title, "description": description, **top, "$defs": defined}


def _first(kind: type) -> str:
    """The first paragraph of what a class says of itself."""
    return " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())
