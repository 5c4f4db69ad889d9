"""Reads what stands outside of the systems: who reads them from elsewhere, and which integrations are declared."""

from __future__ import annotations

from auditor.config.nodes import ValueReader
from auditor.config.values import IntegrationConfig, OutsideReaderConfig, SystemConfig
from auditor.formats.yamlnodes import YamlNode
from auditor.model.catalogue import Role

_READER = ("name", "path", "system", "complete", "names", "direction")
_INTEGRATION = ("name", "system", "clients", "direction", "objects")
_NAMES = ("api", "label")
_READER_DIRECTIONS = ("reads", "writes", "both")
_DIRECTIONS = ("in", "out", "both")


def outside_readers(
    reader: ValueReader, node: YamlNode | None, systems: tuple[SystemConfig, ...]
) -> tuple[OutsideReaderConfig, ...]:
    """The list under `outside_readers:`."""
    found = tuple(reader.each(node, lambda item: _outside_reader(reader, item, systems)))
    reader.distinct((f"{each.system}:{each.name}" for each in found), node, "outside reader")
    return found


def declared_integrations(
    reader: ValueReader, node: YamlNode | None, systems: tuple[SystemConfig, ...]
) -> tuple[IntegrationConfig, ...]:
    """The list under `integrations:`."""
    found = tuple(reader.each(node, lambda item: _integration(reader, item, systems)))
    reader.distinct((f"{each.system}:{each.name}" for each in found), node, "integration")
    return found


def system_of(reader: ValueReader, node: YamlNode, systems: tuple[SystemConfig, ...], what: str) -> str:
    """The system that an entry names, or the one CRM where it names none."""
    named = node.get("system")
    if named is not None:
        return reader.choice(named, tuple(dict.fromkeys(system.name for system in systems)))
    crms = [system.name for system in systems if system.role is Role.CRM]
    if len(crms) != 1 and systems:
        reader.problems.add(node, f"say which system {what} is of: there is not exactly one CRM")
    return crms[0] if crms else ""


def _outside_reader(
    reader: ValueReader, node: YamlNode, systems: tuple[SystemConfig, ...]
) -> OutsideReaderConfig | None:
    if not reader.keys(node, _READER, ("name", "path")):
        return None
    name, paths = reader.text(node.get("name")), reader.texts(node.get("path"))
    names = reader.texts(node.get("names")) or ("api",)
    for each in names:
        if each not in _NAMES:
            reader.problems.add(node, f"names: {each!r} is none of {', '.join(_NAMES)}")
    direction = node.get("direction")
    system = system_of(reader, node, systems, "an outside reader")
    if not name or not paths:
        return None
    return OutsideReaderConfig(
        name=name,
        system=system,
        paths=paths,
        complete=_flag(reader, node.get("complete")),
        direction=reader.choice(direction, _READER_DIRECTIONS) if direction is not None else "unknown",
        labels="label" in names,
        where=node.where,
    )


def _integration(
    reader: ValueReader, node: YamlNode, systems: tuple[SystemConfig, ...]
) -> IntegrationConfig | None:
    if not reader.keys(node, _INTEGRATION, ("name",)):
        return None
    name = reader.text(node.get("name"))
    direction = node.get("direction")
    return IntegrationConfig(
        name=name,
        system=system_of(reader, node, systems, "an integration"),
        clients=reader.texts(node.get("clients")),
        direction=reader.choice(direction, _DIRECTIONS) if direction is not None else "in",
        objects=reader.texts(node.get("objects")),
        line=node.line,
    )


def _flag(reader: ValueReader, node: YamlNode | None) -> bool:
    if node is None:
        return False
    if not isinstance(node.scalar, bool):
        reader.problems.add(node, f"{node.text!r} is neither true nor false")
        return False
    return node.scalar
