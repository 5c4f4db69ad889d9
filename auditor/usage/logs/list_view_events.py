"""`ListViewEvent` of real-time event monitoring: which columns each opened list view showed and filtered by.

Source: platform events reference, ListViewEvent: `ColumnHeaders`, `FilterCriteria` (JSON), `QueriedEntities`,
`DeveloperName`, `ListViewId`, `EventDate`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from auditor.dataclasses import dataclass
from auditor.model.observations import Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import Key
from auditor.usage.kit.definitions import FieldReads, reads_by_component
from auditor.usage.logs.fieldlists import Columns, FieldSet, columns_of, items_of
from auditor.usage.logs.reading import read_log
from auditor.usage.request import UsageRequest

COLUMNS = EventColumns(
    keys=(
        Key(("QueriedEntities",)),
        Key(("DeveloperName",)),
        Key(("ListViewId",)),
        Key(("ColumnHeaders",)),
        Key(("FilterCriteria",), template=True),
        Key(("OrderBy",)),
    ),
    time=("EventDate", "CreatedDate"),
    user=("UserId", "Username"),
    required=(("EventDate", "CreatedDate"), ("ColumnHeaders",), ("QueriedEntities",)),
    identity=("EventIdentifier",),
)
_KIND = "list_view"


@dataclass(slots=True)
class _Context:
    columns: Columns
    definitions: dict[str, FieldReads]

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [set(self._targets(key)) for key in keys]

    def _targets(self, key: KeyRow) -> Iterator[Target]:
        entities, developer, identity, headers, criteria, order = key.values
        names = self.columns.walker.names
        objects = tuple(names.object(each) for each in items_of(entities))
        via = ""
        if objects and (developer or identity):
            via = names.component(_KIND, f"{objects[0]}.{developer}" if developer else identity)
            yield Target(via, Deed.RUN)
        read = FieldSet()
        for each in objects[:1]:
            for column in (*items_of(headers), *filtered_fields(criteria), *_ordered(order)):
                read.add(self.columns.of_list(column, each))
        # Its filter may have been left out of the event; the definition of the repository tells it then.
        read.add(self.definitions.get(via, ()), possible=bool(criteria))
        for field, possible in read.items():
            yield Target(field, Deed.READ, possible=possible, via=via)


def filtered_fields(criteria: str) -> tuple[str, ...]:
    """Fields that a filter names: members `field` of its JSON, or the first words of `A equals x; B …`."""
    text = criteria.strip()
    if text.startswith(("{", "[")):
        try:
            return tuple(dict.fromkeys(_members(json.loads(text))))
        except (ValueError, RecursionError):
            return tuple(dict.fromkeys(re.findall(r'"field"\s*:\s*"([\w.]+)"', text)))
    return tuple(dict.fromkeys(found for part in text.split(";") for found in re.findall(r"^\s*([\w.]+)\s", part)))


def _members(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "field" and isinstance(inner, str):
                yield inner
            else:
                yield from _members(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _members(inner)


def _ordered(text: str) -> tuple[str, ...]:
    """Fields of a sort order: JSON, or `Name ASC NULLS FIRST, Amount`."""
    if text.strip().startswith(("{", "[{")):
        names = re.findall(r'"(?:field|fieldNameOrPath|value)"\s*:\s*"([\w.]+)"', text)
        return tuple(dict.fromkeys(names))
    return tuple(item.split()[0] for item in items_of(text))


def read_list_view_events(request: UsageRequest) -> Evidence:
    """Read `ListViewEvent`: a run of the list view, and a read of each field that it showed or filtered by."""
    context = _Context(columns_of(request.catalog), dict(reads_by_component(request.catalog, _KIND)))
    log = read_log(request, COLUMNS, context.resolve)
    if context.columns.note():
        log.skips.add(request.id, context.columns.note())
    windows: tuple[Window, ...] = ()
    bounds = log.window()
    if bounds:
        windows = (
            Window(request.id, request.system, Deed.READ, *bounds),
            Window(request.id, request.system, Deed.RUN, *bounds, kinds=frozenset({_KIND})),
        )
    return log.evidence(windows)
