"""Definitions of what goes, as they were read, for systems whose sources no program edits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum

from auditor.dataclasses import fields
from auditor.graph.nodes import NodeKind
from auditor.model.catalogue import Field, Object
from auditor.model.rollback import Removal
from auditor.planning.ground import EDITED, Ground


def definition_files(ground: Ground, removal: Removal) -> Mapping[str, bytes]:
    """`definitions.json`: all that the source said of each object and field that goes; none where edited."""
    if EDITED.intersection(removal.platform.split("+")):
        return {}
    told = [_definition(ground, item.subject) for item in removal.items if item.kind in ("field", "object")]
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return {"definitions.json": text.encode("utf-8", "backslashreplace")}


def _definition(ground: Ground, key: str) -> dict[str, object]:
    graph = ground.graph
    value: Field | Object = (graph.field(key) if ground.kind(key) is NodeKind.FIELD else graph.object(key)).value
    told = {each.name: _plain(getattr(value, each.name)) for each in fields(value) if each.name not in _LEFT_OUT}
    return {"subject": key, **{name: each for name, each in told.items() if each not in (None, [], "", False, {})}}


_LEFT_OUT = frozenset({"fields", "origin", "relations"})
"""Fields of an object stand for themselves; places in files are no part of a definition."""


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        told = {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return {name: each for name, each in told.items() if each not in (None, [])}
    return value
