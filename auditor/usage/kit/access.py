"""`PermissionSetAssignment` with profiles and permission sets: which fields any active person may read or edit."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.dataclasses import dataclass, field
from auditor.model.catalogue import Calculation, Catalog, Field, ObjectKind, Relationship
from auditor.model.observations import Evidence, Readership
from auditor.model.references import Access
from auditor.usage.kit.holders import Holder, Holders, holders_of
from auditor.usage.naming import names_of
from auditor.usage.reading import SkipList, day_of, register_source
from auditor.usage.request import UsageRequest

COMPLETE = "permissions"
"""Option: `complete` declares that profiles and permission sets name every field they grant, so that a field which
none of them mentions is one that nobody may read. A partial retrieve leaves fields out, hence not by default."""

_WITH_FIELD_SECURITY = frozenset({ObjectKind.OBJECT, ObjectKind.EXTERNAL, ObjectKind.BIG_OBJECT})
_SHOWN = 5


def read_assignments(request: UsageRequest) -> Evidence:
    """Read who holds which profile and permission set, and join it with what these grant in the catalogue.

    Gives a readership for each field only if every profile and permission set that an active person holds was
    read; otherwise none, and a note of what is missing. The numbers are upper bounds: muting permission sets and
    missing object permissions only take away. Required and master-detail fields are visible to everyone always.
    """
    skips = SkipList()
    holders = holders_of(request, skips)
    grants = _grants(request.catalog)
    missing = _unread(holders, grants)
    note = "; ".join((*holders.notes, *_missing_note(missing)))
    complete = bool(holders.people) and not holders.open and not missing
    found, unmentioned = _readership(request, holders, grants) if complete else ((), 0)
    if unmentioned:
        note += f"; {unmentioned} fields are in no profile or permission set: unknown, unless declared complete"
    as_of = day_of(request.options.get("exported"))
    return Evidence(
        sources=(register_source(request, as_of, holders.rows, note=note.removeprefix("; ")),),
        readership=found,
        skipped=skips.result(),
    )


@dataclass(slots=True)
class _Grants:
    """By field (or `Object` for all its fields): which holders' containers read it, and which edit it."""

    read: dict[str, set[Holder]] = field(default_factory=dict)
    edit: dict[str, set[Holder]] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    containers: set[Holder] = field(default_factory=set)


def _grants(catalog: Catalog) -> _Grants:
    names = names_of(catalog)
    grants = _Grants()
    for component in catalog.components:
        if component.kind in ("profile", "permission_set"):
            grants.containers.add((component.kind, component.name.lower()))
    for reference in catalog.references:
        if reference.access is Access.GRANTS and reference.component_kind in ("profile", "permission_set"):
            holder = (reference.component_kind, reference.component.lower())
            subject = names.target(reference.target)
            if "." in reference.target:
                _grant(grants, subject, reference.part, holder)
            elif "view_all_fields" in reference.part.split("+"):
                # The right to an object opens none of its fields, but for this one.
                grants.read.setdefault(subject, set()).add(holder)
    return grants


def _grant(grants: _Grants, subject: str, part: str, holder: Holder) -> None:
    grants.mentioned.add(subject)
    if part in ("read", "edit"):
        grants.read.setdefault(subject, set()).add(holder)
    if part == "edit":
        grants.edit.setdefault(subject, set()).add(holder)


def _unread(holders: Holders, grants: _Grants) -> tuple[str, ...]:
    needed = {container for held in holders.people.values() for container in held}
    return tuple(sorted(f"{kind} {name}" for kind, name in needed - grants.containers))


def _missing_note(missing: tuple[str, ...]) -> tuple[str, ...]:
    if not missing:
        return ()
    more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
    listed = ", ".join(missing[:_SHOWN]) + more
    return (f"no readership: held by active people and not in the repository: {listed}",)


def _readership(request: UsageRequest, holders: Holders, grants: _Grants) -> tuple[tuple[Readership, ...], int]:
    names = names_of(request.catalog)
    counts = _Counts(holders)
    complete = request.options.get(COMPLETE, "").lower() == "complete"
    found: dict[str, Readership] = {}
    unmentioned = 0
    for item in request.catalog.objects:
        for each in item.fields if item.kind in _WITH_FIELD_SECURITY else ():
            subject = names.field(item.name, each.name)
            if not (complete or _always_visible(each) or subject in grants.mentioned):
                unmentioned += 1
                continue
            found[subject] = _of_field(request, each, (subject, names.object_key(item.name)), (grants, counts))
    return tuple(found[subject] for subject in sorted(found)), unmentioned


def _of_field(
    request: UsageRequest, item: Field, keys: tuple[str, str], context: tuple[_Grants, _Counts]
) -> Readership:
    subject, owner = keys
    grants, counts = context
    readers = (
        counts.all_people
        if _always_visible(item)
        else counts.of(grants.read.get(subject, set()) | _view_all(grants, owner))
    )
    editors = counts.all_people if _always_visible(item) else counts.of(grants.edit.get(subject, ()))
    calculated = item.calculation in (Calculation.FORMULA, Calculation.ROLLUP, Calculation.AUTO_NUMBER)
    return Readership(subject, request.id, readers, 0 if calculated else editors)


def _view_all(grants: _Grants, owner: str) -> set[Holder]:
    return grants.read.get(owner, set())


def _always_visible(item: Field) -> bool:
    """Field-level security does not apply to it. Source: Metadata API, PermissionSet, "field permissions"."""
    return item.required or item.relationship is Relationship.MASTER_DETAIL


class _Counts:
    """How many people hold at least one of some containers; each set of containers is counted once."""

    def __init__(self, holders: Holders) -> None:
        self.all_people = len(holders.people)
        self._by_container: dict[Holder, set[str]] = {}
        for user, held in holders.people.items():
            for container in held:
                self._by_container.setdefault(container, set()).add(user)
        self._known: dict[frozenset[Holder], int] = {}

    def of(self, containers: Iterable[Holder]) -> int:
        """The number of people."""
        key = frozenset(containers)
        if key not in self._known:
            self._known[key] = len({user for each in key for user in self._by_container.get(each, ())})
        return self._known[key]
