"""What the usage sources could have seen, and what nobody watched: the ground under every claim of silence."""

from __future__ import annotations

from auditor.facts.base import Facts
from auditor.facts.channels import Channel, read_channels, told_in_full
from auditor.facts.kinds import unread_kinds
from auditor.facts.outside_register import OUTSIDE, register_gap
from auditor.facts.structure import custom_fields
from auditor.graph.nodes import SystemNode
from auditor.model.catalogue import Role
from auditor.model.observations import Deed, Window
from auditor.model.references import WEAK, Access
from auditor.model.results import Coverage, Growth, InventoryRow, UnreadChannel

INVENTORY: tuple[str, ...] = (
    "object_name",
    "name",
    "label",
    "type",
    "created",
    "in_repo",
    "required",
    "calculated",
    "description_quality",
    "owner",
    "business_status",
    "sensitivity",
    "fill_rate",
    "fill_recent",
    "fill_trend",
    "never_filled",
    "last_filled_quarter",
    "last_write",
    "last_write_by_people",
    "last_read",
    "read_count",
    "readable_by",
    "editable_by_people",
    "reference_count",
    "strong_reference_count",
    "unreferenced",
    "on_layout",
    "in_report",
    "alive",
    "function",
    "retained",
    "blast_radius",
)
"""Facts of a field that its line in the inventory shows."""

OBJECTS: tuple[str, ...] = (
    "system",
    "name",
    "label",
    "kind_of_object",
    "custom",
    "managed",
    "external",
    "in_use",
    "rows",
    "last_touched",
    "concept",
    "field_count",
    "limit",
    "created_this_quarter",
    "net_new_last_quarter",
    "forecast_quarters_to_limit",
    "layout_count",
    "required_inputs",
    "reference_count",
    "retained",
    "blast_radius",
)
"""Facts of an object that its line in the map of objects shows."""


def inventory(facts: Facts) -> tuple[InventoryRow, ...]:
    """Every custom field of the CRMs with its main facts, sorted."""
    objects = facts.graph.objects(role=Role.CRM)
    keys = sorted(node.key for each in objects for node in custom_fields(facts, each.key))
    return tuple(InventoryRow(key, tuple(facts.fact(key, name) for name in INVENTORY)) for key in keys)


def objects(facts: Facts) -> tuple[InventoryRow, ...]:
    """Every object of every system with its main facts, sorted."""
    keys = sorted(each.key for each in facts.graph.objects())
    return tuple(InventoryRow(key, tuple(facts.fact(key, name) for name in OBJECTS)) for key in keys)


def coverage(facts: Facts) -> tuple[Coverage, ...]:
    """What each source watched, sorted; a source without a window stands once, without a deed."""
    windows = facts.evidence.evidence.windows
    rows = [_covered(facts, window) for window in windows]
    silent = set(facts.evidence.sources) - {window.source for window in windows}
    rows.extend(_windowless(facts, source) for source in silent)
    return tuple(sorted(rows, key=_place))


def _place(row: Coverage) -> tuple[str | int, ...]:
    """One source has as many windows as it has files; those that began alike are told apart by all else."""
    seen = -1 if row.subjects is None else row.subjects
    return row.system, row.deed, row.format, row.source, str(row.since), str(row.until), seen, row.rows, row.note


def unread(facts: Facts) -> tuple[UnreadChannel, ...]:
    """Ways of reading that nobody watched and kinds of component that nobody read, by system."""
    return tuple(
        channel
        for system in facts.graph.systems()
        if system.role is Role.CRM
        for channel in (
            *_unwatched(facts, system),
            *_unregistered(facts, system),
            *_unread_components(facts, system),
        )
    )


def undated(facts: Facts, growth: Growth) -> Growth:
    """The growth of a system with the number of its custom fields that no row counts."""
    objects = facts.graph.objects(system=growth.system)
    custom = sum(len(custom_fields(facts, each.key)) for each in objects)
    return Growth(growth.system, growth.rows, max(0, custom - (growth.rows[-1].total if growth.rows else 0)))


def _covered(facts: Facts, window: Window) -> Coverage:
    source = facts.evidence.sources.get(window.source)
    return Coverage(
        source=window.source,
        format=source.format if source else "",
        path=source.path if source else "",
        system=window.system,
        deed=str(window.deed),
        since=window.start,
        until=window.end,
        rows=source.rows if source else 0,
        subjects=None if window.subjects is None else len(window.subjects),
        truncated=source.truncated if source else False,
        note=source.note if source else "",
    )


def _windowless(facts: Facts, source_id: str) -> Coverage:
    source = facts.evidence.sources[source_id]
    return Coverage(
        source=source_id,
        format=source.format,
        path=source.path,
        system="",
        deed="",
        since=None,
        until=source.as_of or facts.settings.as_of,
        rows=source.rows,
        subjects=None,
        truncated=source.truncated,
        note=source.note,
    )


def _unwatched(facts: Facts, system: SystemNode) -> list[UnreadChannel]:
    found = []
    for channel in read_channels(facts, system.system):
        if channel.id == OUTSIDE:
            continue
        if facts.settings.is_complete(system.system, channel.id) or _watches(facts, system, channel, Deed.READ):
            continue
        settled = facts.settled_by(system.system, *channel.formats)[:2]
        if not _watches(facts, system, channel, Deed.RUN):
            what = f"reads by {channel.words} were not watched"
            found.append(UnreadChannel(system.system, channel.id, what, settled))
        elif not told_in_full(facts, system.system):
            what = f"{channel.words} that are private, or whose columns nobody read, may have been run unseen"
            found.append(UnreadChannel(system.system, channel.id, what, settled[1:]))
    return found


def _unregistered(facts: Facts, system: SystemNode) -> list[UnreadChannel]:
    """Outside readers, whatever logs there are: a log says that nobody read, never that nobody would miss it."""
    gap = register_gap(facts, system.system)
    if gap is None:
        return []
    return [UnreadChannel(system.system, OUTSIDE, gap, facts.settled_by(system.system, "api-event"))]


def _watches(facts: Facts, system: SystemNode, channel: Channel, deed: Deed) -> bool:
    """Whether any source of a channel watched a deed."""
    formats = {facts.evidence.format(each.source) for each in facts.evidence.windows(system.system, deed)}
    return not formats.isdisjoint(channel.formats)


def _unread_components(facts: Facts, system: SystemNode) -> list[UnreadChannel]:
    if "salesforce" not in system.source_kinds:
        return [UnreadChannel(system.system, "components", "its source tells of no components")]
    strong = tuple(access for access in Access if access not in WEAK)
    kinds = unread_kinds(facts, system.system, strong)
    return [UnreadChannel(system.system, kind, f"no {kind.replace('_', ' ')} was read") for kind in kinds]
