"""Reads what a company decides about roll-back plans: how long waves wait, and which policies propose more."""

from __future__ import annotations

import re

from auditor.config.nodes import ValueReader
from auditor.formats.yamlnodes import YamlNode
from auditor.model.rollback import PlanRules

_KEYS = ("notice", "hidden", "export", "settle", "policies")
_DAYS = re.compile(r"(\d{1,4})d?")


def plan_rules(reader: ValueReader, node: YamlNode | None) -> PlanRules:
    """The keys under `plan:`; days as `30d` or `30`."""
    usual = PlanRules()
    if node is None or node.is_empty or not reader.keys(node, _KEYS, ()):
        return usual
    return PlanRules(
        _days(reader, node.get("notice"), usual.notice_days),
        _days(reader, node.get("hidden"), usual.hidden_days),
        _days(reader, node.get("export"), usual.export_days),
        _days(reader, node.get("settle"), usual.settle_days),
        reader.texts(node.get("policies")),
    )


def _days(reader: ValueReader, node: YamlNode | None, usual: int) -> int:
    if node is None:
        return usual
    match = _DAYS.fullmatch(reader.text(node))
    if match is None:
        reader.problems.add(node, f"{node.text!r} is no number of days; write 30d")
        return usual
    return int(match[1])
