"""Picklist values of a field or of a shared value set, in the forms of API 38 and later and of before."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.dataclasses import dataclass
from auditor.formats.xml import Node
from auditor.model.catalogue import PicklistValue
from auditor.sources.salesforce.parsed import MetadataFile, Parsed


@dataclass(frozen=True, slots=True)
class Picklist:
    """What a field says of its values: its own ones, or the name of a shared set; and what they depend on."""

    values: tuple[PicklistValue, ...] = ()
    value_set: str | None = None
    controlling_field: str | None = None
    controlling_line: int | None = None
    restricted: bool | None = None


def read_picklist(field: Node) -> Picklist:
    """Read `valueSet` (API 38), `picklist` (before) or `globalPicklist` (API 37) of a field."""
    new, old = field.find("valueSet"), field.find("picklist")
    root = new or old
    if root is None:
        return Picklist(value_set=field.value("globalPicklist"))
    definition = root.find("valueSetDefinition") if root is new else root
    controlling = root.find("controllingField")
    return Picklist(
        tuple(_values(definition, _controlled_by(root))) if definition is not None else (),
        root.value("valueSetName"),
        controlling.text if controlling is not None and controlling.text else None,
        controlling.line if controlling is not None else None,
        root.flag("restricted") if root.find("restricted") else root.flag("restrictedPicklist"),
    )


def read_value_set(root: Node) -> tuple[PicklistValue, ...]:
    """Values of a global value set (`customValue`) or of a standard one (`standardValue`)."""
    return tuple(_values(root, {}))


_VALUES = frozenset({"value", "picklistValues", "customValue", "standardValue"})


def _values(definition: Node, controlled: dict[str, tuple[str, ...]]) -> Iterator[PicklistValue]:
    for node in definition.children:
        name = node.value("fullName") if node.tag in _VALUES else None
        if name is None:
            continue
        own = tuple(item.text for item in node.all("controllingFieldValues"))
        yield PicklistValue(
            name,
            node.value("label") or name,
            active=node.flag("isActive") is not False,
            default=node.flag("default") is True,
            controlled_by=own or controlled.get(name, ()),
        )


def _controlled_by(root: Node) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for setting in root.all("valueSettings"):
        name = setting.value("valueName") or ""
        found[name] = found.get(name, ()) + tuple(item.text for item in setting.all("controllingFieldValue"))
    return found


def read_shared_values(file: MetadataFile, root: Node) -> Parsed:
    """One shared set of values, for the fields that point at it."""
    return Parsed(value_sets=((file.name, read_value_set(root)),))
