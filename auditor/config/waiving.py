"""Reads `waivers:`: the files, and for how long each severity may be waived."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.config.nodes import ValueReader
from auditor.formats.yamlnodes import YamlNode

SEVERITIES = ("critical", "high", "medium", "low")
_KEYS = ("files", "max_days")


def waiver_files(reader: ValueReader, node: YamlNode | None) -> tuple[str, ...]:
    """The files: `waivers: [a.yaml]`, or under `files:` where more is said."""
    if node is None or not node.is_mapping:
        return reader.texts(node)
    return reader.texts(node.get("files"))


def waiver_days(reader: ValueReader, node: YamlNode | None) -> Mapping[str, int]:
    """Severity → the most days from its approval that a waiver may hold; one that is not named has no limit."""
    if node is None or not node.is_mapping or not reader.keys(node, _KEYS, ()):
        return {}
    days = node.get("max_days")
    if days is None or not reader.keys(days, SEVERITIES, ()):
        return {}
    found = {}
    for severity, _, value in days.entries():
        if isinstance(value.scalar, bool) or not isinstance(value.scalar, int) or value.scalar < 1:
            reader.problems.add(value, f"max_days of {severity} is a whole number of days, at least 1")
        else:
            found[severity] = value.scalar
    return found
