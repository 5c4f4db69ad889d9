"""Which report a log means, and what running it reads by its definition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from auditor.dataclasses import dataclass
from auditor.formats.tables import Row
from auditor.model.catalogue import Catalog
from auditor.model.names import component_key
from auditor.model.observations import Deed
from auditor.usage.kit.definitions import FieldReads, reads_by_component
from auditor.usage.kit.matching import Matcher, matcher_of
from auditor.usage.reading import id_of
from auditor.usage.request import UsageRequest

_KIND = "report"


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports by id (from registers that were read before) and by name, with their definitions."""

    matcher: Matcher
    by_id: Mapping[str, str]
    modified: Mapping[str, date]
    definitions: Mapping[str, FieldReads]
    types: Mapping[str, str]

    def subjects(self, identity: str, name: str = "") -> tuple[tuple[str, bool], ...]:
        """Printed names of the report, each with whether it is only possibly meant; empty for an unsaved one.

        By id, else by label where the repository holds it; one that nobody knows is named by its id.
        """
        known = self.by_id.get(id_of(identity) or "")
        if known:
            return ((known, False),)
        matched = self.matcher.subjects(Row(0, {"name": name})) if name else ()
        sure = tuple(each for each in matched if each[0] in self.definitions)
        if sure:
            return sure
        system = self.matcher.names.system
        return ((component_key(system, _KIND, id_of(identity) or identity), False),) if identity else ()

    def reads(self, subject: str, last: date) -> FieldReads | None:
        """What the definition reads; only possibly where it was changed after the last run. None: not known."""
        fields = self.definitions.get(subject)
        if fields is None:
            return None
        changed = self.modified.get(subject)
        edited = changed is not None and changed > last
        return tuple((name, possible or edited) for name, possible in fields)


def reports_of(request: UsageRequest) -> Reports:
    """Index the reports of the catalogue and of what was read before (`report-register`, `report-describe`)."""
    catalog, before = request.catalog, request.before
    prefix = component_key(request.system, _KIND, "")
    known = [each for each in (before.definitions if before else ()) if each.subject.startswith(prefix)]
    return Reports(
        matcher_of(catalog, _KIND),
        {each.platform_id: each.subject for each in known if each.platform_id},
        {each.subject: each.modified for each in known if each.modified},
        {**reads_by_component(catalog, _KIND), **_described(request)},
        _types(catalog),
    )


def _described(request: UsageRequest) -> Mapping[str, FieldReads]:
    """Live definitions, as reads that a describe dated."""
    if request.before is None:
        return {}
    describes = {
        each.id for each in request.before.sources if each.format in ("report-describe", "report-register")
    }
    in_repository = reads_by_component(request.catalog, _KIND)
    found: dict[str, dict[str, bool]] = {}
    for each in request.before.observations:
        if each.deed is Deed.READ and each.source in describes and each.via and each.via not in in_repository:
            fields = found.setdefault(each.via, {})
            fields[each.subject] = fields.get(each.subject, True) and each.possible
    return {via: tuple(sorted(fields.items())) for via, fields in found.items()}


def _types(catalog: Catalog) -> Mapping[str, str]:
    names = matcher_of(catalog, _KIND).names
    return {
        names.component(_KIND, each.name): kind
        for each in catalog.components
        if each.kind == _KIND and (kind := each.attribute("report_type"))
    }
