"""Reads the charter. Every problem is told at once, with its place and the nearest word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.config.nodes import ValueReader
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.formats.yamls import read_yaml
from auditor.model.charter import TIERS, Charter, Entity, Mirror, Ownership

_TOP = ("version", "signed", "purposes", "owners", "entities", "mirrors", "complete")
_ENTITY = ("objects", "budget", "tier", "owner", "purpose")


def read_charter(data: str | bytes, path: str, systems: Sequence[str]) -> Charter:
    """Read and check one charter over the systems of a configuration.

    Raises:
        ConfigurationError: with every problem, each as `file:line:column: message`.
    """
    root = read_yaml(data, path)
    problems = Problems()
    charter = _Reader(problems, tuple(systems)).charter(root, path)
    problems.check()
    return charter


class _Reader(ValueReader):
    """Turns nodes into values and collects what is wrong on the way."""

    def __init__(self, problems: Problems, systems: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.systems = systems

    def charter(self, root: YamlNode, path: str) -> Charter:
        """The whole file."""
        if not self.keys(root, _TOP, ("version",)):
            return Charter(path)
        version = root.get("version")
        if version is not None and version.scalar != 1:
            self.problems.add(version, f"version {version.text!r} is not known; this release reads version: 1")
        signed = root.get("signed")
        told = signed is not None and self.keys(signed, ("by", "on"), ("by", "on"))
        entities = tuple(self.entities(root.get("entities")))
        self.distinct((name for each in entities for name in each.objects), root.get("entities"), "object")
        return Charter(
            path=path,
            signed_by=self.texts(signed.get("by")) if signed is not None and told else (),
            signed_on=self.day(signed.get("on")) if signed is not None and told else None,
            purposes=self.purposes(root.get("purposes")),
            owners=tuple(self.each(root.get("owners"), self.ownership)),
            entities=entities,
            mirrors=tuple(self.each(root.get("mirrors"), self.mirror)),
            complete=self.texts(root.get("complete")),
        )

    def purposes(self, node: YamlNode | None) -> Mapping[str, str]:
        """System → sentence."""
        found = self.mapping(node)
        for name, place, _ in node.entries() if node is not None and node.is_mapping else ():
            self.system(name, place)
        return found

    def ownership(self, node: YamlNode) -> Ownership | None:
        """One owner of one concept."""
        if not self.keys(node, ("concept", "system", "areas"), ("concept", "system")):
            return None
        system = self.choice(node.get("system"), self.systems)
        return Ownership(self.text(node.get("concept")), system, self.texts(node.get("areas")))

    def entities(self, node: YamlNode | None) -> list[Entity]:
        """Business entities by name."""
        if node is None or node.is_empty:
            return []
        if not node.is_mapping:
            self.problems.add(node, "entities map a name of the business (Customer) to its objects and budget")
            return []
        return [self.entity(name, value) for name, _, value in node.entries()]

    def entity(self, name: str, node: YamlNode) -> Entity:
        """One business entity."""
        if not self.keys(node, _ENTITY, ("objects",)):
            return Entity(name, ())
        return Entity(
            name=name,
            objects=self.texts(node.get("objects")),
            budget=self.number(node.get("budget"), "budget"),
            tier=self.tier(node.get("tier")),
            owner=self.text(node.get("owner")),
            purpose=self.text(node.get("purpose")),
        )

    def mirror(self, node: YamlNode) -> Mirror | None:
        """One allowance to repeat."""
        if not self.keys(node, ("field", "from", "why"), ("field", "from")):
            return None
        source = self.choice(node.get("from"), self.systems)
        return Mirror(self.text(node.get("field")), source, self.text(node.get("why")))

    def system(self, name: str, place: YamlNode) -> None:
        """Note a system that auditor.yaml does not have."""
        if name not in self.systems:
            self.problems.add(place, f"{name!r} is no system of auditor.yaml ({', '.join(self.systems)})")

    def number(self, node: YamlNode | None, what: str) -> int | None:
        """A whole number of at least 1."""
        value = node.scalar if node is not None else None
        if node is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
            return value if isinstance(value, int) else None
        self.problems.add(node, f"{what} is a whole number of at least 1, not {node.text!r}")
        return None

    def tier(self, node: YamlNode | None) -> int:
        """How much an entity matters."""
        number = self.number(node, "tier")
        if node is not None and number is not None and number not in TIERS:
            self.problems.add(node, f"tier is one of {', '.join(map(str, TIERS))} (1 matters most), not {number}")
        return number if number in TIERS else 2
