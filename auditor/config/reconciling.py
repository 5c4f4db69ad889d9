"""Reads what a company confirmed about reconciling: which rows are joined by what, what is compared."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from auditor.config.nodes import ValueReader
from auditor.formats.yamlnodes import YamlNode
from auditor.model.reconciliation import FieldRule, InAudit, PairRule, Period, SideRule, ValueKind

_TOP = ("pairs", "in_audit")
_PAIR = ("id", "crm", "erp", "fields", "figure", "period", "loose_keys", "key_map")
_SIDE = (
    "object",
    "key",
    "path",
    "url",
    "url_env",
    "where",
    "within",
    "changed",
    "amount",
    "dated",
    "customer",
    "area",
)
_FIELD = ("crm", "erp", "type", "tolerance", "scale", "zone")


def reconciled_in_audit(reader: ValueReader, node: YamlNode | None) -> InAudit:
    """Whether `auditor audit` compares the pairs too."""
    told = None if node is None or node.is_empty or not node.is_mapping else node.get("in_audit")
    return InAudit(reader.choice(told, tuple(InAudit)) or InAudit.AUTO)


def reconciled_pairs(reader: ValueReader, node: YamlNode | None) -> tuple[PairRule, ...]:
    """The pairs under `reconcile:`."""
    if node is None or node.is_empty or not reader.keys(node, _TOP, ("pairs",)):
        return ()
    pairs = tuple(reader.each(node.get("pairs"), lambda item: _pair(reader, item)))
    reader.distinct((pair.id for pair in pairs), node.get("pairs"), "reconciled pair")
    return pairs


def _pair(reader: ValueReader, node: YamlNode) -> PairRule | None:
    if not reader.keys(node, _PAIR, ("crm", "erp")):
        return None
    crm, erp = _side(reader, node.get("crm")), _side(reader, node.get("erp"))
    if crm is None or erp is None:
        return None
    figure = reader.text(node.get("figure"))
    if figure and not (crm.amount and erp.amount):
        reader.problems.add(node, f"the figure {figure!r} needs `amount` on both sides")
    return PairRule(
        id=reader.text(node.get("id")) or f"{crm.object}-{erp.object}",
        crm=crm,
        erp=erp,
        fields=tuple(reader.each(node.get("fields"), lambda item: _field(reader, item))),
        figure=figure,
        period=Period(reader.choice(node.get("period"), tuple(Period)) or Period.MONTH),
        loose=reader.choice(node.get("loose_keys"), ("true", "false")) == "true",
        key_map=reader.text(node.get("key_map")),
        where=node.where,
    )


def _side(reader: ValueReader, node: YamlNode | None) -> SideRule | None:
    if node is None or not reader.keys(node, _SIDE, ("object", "key")):
        return None
    if sum(node.get(key) is not None for key in ("path", "url", "url_env")) > 1:
        reader.problems.add(node, "rows lie in one place: one of path, url and url_env")
    plain = {key: reader.text(node.get(key)) for key in ("path", "url", *_SIDE[-5:])}
    return SideRule(
        object=reader.text(node.get("object")),
        key=reader.text(node.get("key")),
        secret_env=reader.text(node.get("url_env")) or None,
        where=tuple((name, reader.texts(value)) for name, value in _entries(reader, node.get("where"))),
        within=tuple((name, reader.text(value)) for name, value in _entries(reader, node.get("within"))),
        **plain,
    )


def _entries(reader: ValueReader, node: YamlNode | None) -> Iterator[tuple[str, YamlNode]]:
    if node is None or node.is_empty:
        return
    if not node.is_mapping:
        reader.problems.add(node, f"expected fields with values, found a {node.kind}")
        return
    for name, _, value in node.entries():
        yield name, value


def _field(reader: ValueReader, node: YamlNode) -> FieldRule | None:
    if not reader.keys(node, _FIELD, ("crm", "erp")):
        return None
    tolerance = _number(reader, node.get("tolerance"))
    scale = _number(reader, node.get("scale"))
    if tolerance is not None and tolerance < 0:
        reader.problems.add(node, "a tolerance is no less than 0")
    return FieldRule(
        crm=reader.text(node.get("crm")),
        erp=reader.text(node.get("erp")),
        kind=ValueKind(reader.choice(node.get("type"), tuple(ValueKind)) or ValueKind.AUTO),
        tolerance=tolerance,
        scale=1.0 if scale is None else scale,
        zone=_zone(reader, node.get("zone")),
    )


def _number(reader: ValueReader, node: YamlNode | None) -> float | None:
    if node is None:
        return None
    try:
        number = float(reader.text(node))
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        reader.problems.add(node, f"{node.text!r} is no number")
        return None
    return number


def _zone(reader: ValueReader, node: YamlNode | None) -> str:
    if node is None:
        return ""
    name = reader.text(node)
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reader.problems.add(node, f"{name!r} is no time zone; write Europe/Stockholm")
        return ""
