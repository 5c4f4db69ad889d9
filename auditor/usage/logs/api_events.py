"""`ApiEvent` of real-time event monitoring: which fields queries through the API asked for.

Source: platform events reference, ApiEvent: `Query` (cut at 10,000 or 20,000 characters), `QueriedEntities`,
`Application`, `ConnectedAppId`, `EventDate`. Queries only: no writes, not the Tooling API.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass, field
from auditor.languages.queries import Query
from auditor.languages.soql import is_search, parse_query, parse_search
from auditor.model.names import component_key
from auditor.model.observations import Actor, Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import CUT, Key
from auditor.usage.kit.walking import Steps
from auditor.usage.logs.fieldlists import Columns, FieldSet, columns_of, items_of
from auditor.usage.logs.reading import read_log
from auditor.usage.request import UsageRequest

COLUMNS = EventColumns(
    keys=(Key(("Query",), template=True), Key(("QueriedEntities",)), Key(("Application", "ConnectedAppId"))),
    time=("EventDate", "CreatedDate"),
    user=("UserId", "Username"),
    required=(("EventDate", "CreatedDate"), ("Query",)),
    identity=("EventIdentifier",),
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What one query template reads, the objects it names, and whether all of it could be told."""

    fields: tuple[tuple[str, bool], ...]
    objects: tuple[str, ...]
    whole: bool


@dataclass(slots=True)
class _Context:
    columns: Columns
    templates: dict[str, _Read] = field(default_factory=dict)
    partial: int = 0

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [set(self._targets(key)) for key in keys]

    def _targets(self, key: KeyRow) -> Iterator[Target]:
        text, entities, application = key.values
        names = self.columns.walker.names
        if text and text not in self.templates:
            self.templates[text] = self._parsed(text)
        read = self.templates.get(text) or _Read((), (), whole=False)
        objects = tuple(dict.fromkeys(names.object(each) for each in (*read.objects, *items_of(entities, ",;"))))
        via = component_key(names.system, "connected_app", application) if application else ""
        for each in objects:
            yield Target(names.object_key(each), Deed.CALLED, Actor.INTEGRATION, via=via)
        fields = FieldSet()
        fields.add(read.fields)
        if not read.whole:
            self.partial += key.events
            fields.add(self.columns.everything(objects))
        for name, possible in fields.items():
            yield Target(name, Deed.READ, Actor.INTEGRATION, possible, via)

    def _parsed(self, template: str) -> _Read:
        cut = template.endswith(CUT)
        text = template.removesuffix(CUT)
        limit = len(text) if cut else None
        if is_search(text):
            search = parse_search(text, limit)
            queries, damaged = search.returning, search.cut or search.problem is not None
        else:
            query = parse_query(text, limit)
            queries, damaged = (query,), query.cut or query.problem is not None
        fields = FieldSet()
        objects: dict[str, None] = {}
        for each in queries:
            self._collect(each, each.object, fields, objects)
        return _Read(fields.items(), tuple(objects), not damaged)

    def _collect(self, query: Query, owner: str, fields: FieldSet, objects: dict[str, None]) -> None:
        """Fields of a query and of those within it; `owner` is the object that its paths start from."""
        if not owner:
            return
        objects[owner] = None
        for each in query.fields:
            if each.function == "COUNT" and not each.path:
                continue
            fields.add(self._steps(owner, each.path, each.type_hint))
        if query.wildcard:
            fields.add(self.columns.everything((owner,)))
        for inner in query.subqueries:
            self._collect(inner, inner.object or self.columns.child(owner, inner.relationship), fields, objects)

    def _steps(self, owner: str, path: str, hint: str) -> Steps:
        if not hint:
            return self.columns.of_path(owner, path)
        *hops, last = path.split(".")
        return (*(self.columns.of_path(owner, ".".join(hops)) if hops else ()), *self.columns.of_path(hint, last))


def read_api_events(request: UsageRequest) -> Evidence:
    """Read `ApiEvent`: a read of each field that a query names in any clause, by an integration.

    A query that was cut or could not be read wholly, and `FIELDS()`, possibly read every field of their objects.
    """
    context = _Context(columns_of(request.catalog))
    log = read_log(request, COLUMNS, context.resolve)
    if context.columns.note():
        log.skips.add(request.id, context.columns.note())
    if context.partial:
        log.skips.add(request.id, f"{context.partial} queries were cut or could not be read to their end")
    bounds = log.window()
    windows = (Window(request.id, request.system, Deed.READ, *bounds),) if bounds else ()
    return log.evidence(windows)
