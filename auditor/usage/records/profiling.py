"""Rows of one object → value profiles, fill by cohort and row counts, by whatever way the rows came."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass, replace
from auditor.languages.standard import standard_field
from auditor.model.catalogue import Catalog, Field
from auditor.model.datatypes import DataType, normalise_type
from auditor.model.observations import Actor, Cohort, Fill, RowCount, ValueProfile
from auditor.query.engine import Engine
from auditor.query.measured import CohortRows, Measured, Profile, Profiled, RecordColumns, Told
from auditor.query.profiles import profile_records
from auditor.query.scans import Scan
from auditor.usage.naming import Names
from auditor.usage.records.placeholders import placeholders_of
from auditor.usage.request import UsageRequest

CREATED = ("CreatedDate", "created_at", "created_on", "createdon", "create_date", "creation", "date_entered")
TOUCHED = (
    "SystemModstamp",
    "LastModifiedDate",
    "updated_at",
    "modified_on",
    "modifiedon",
    "write_date",
    "modified",
    "date_modified",
)
CREATOR = ("CreatedById", "CreatedBy.Id", "created_by", "createdby", "create_uid", "owner")
RECORD_TYPE = ("RecordType.DeveloperName", "RecordTypeId", "record_type")
DELETED = ("IsDeleted",)

_CUTS = ("quarter", "record_type", "creator")
_LITERAL = re.compile(
    r'"(?P<text>[^"]*)"|\'(?P<single>[^\']*)\'|(?P<plain>-?\d+(?:\.\d+)?|true|false)', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Subject:
    """One field that an extract holds: its printed name, its definition where it is known, and its header."""

    key: str
    header: str
    field: Field | None

    @property
    def type(self) -> DataType | None:
        """What it holds, where the catalogue says so."""
        return normalise_type(self.field.type) if self.field else None


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything that the rows of one object say."""

    profiles: tuple[ValueProfile, ...]
    fills: tuple[Fill, ...]
    row_counts: tuple[RowCount, ...]
    raw: Profiled


def subjects_of(catalog: Catalog, names: Names, owner: str, headers: Iterable[str]) -> tuple[Subject, ...]:
    """The headers that are fields of an object, of the catalogue or standard, each field once, in order.

    A path (`Account.Name`) is another object's field; a geolocation's second half is the field again.
    """
    definitions = {
        (item.name.lower(), each.name.lower()): each for item in catalog.objects for each in item.fields
    }
    found: dict[str, Subject] = {}
    for header in headers:
        if "." in header or not (names.knows(owner, header) or standard_field(owner, header)):
            continue
        key = names.field(owner, header)
        holder, name = names.owner(owner, header)
        spelled = names.fields.get((holder.lower(), name.lower()), name)
        field = definitions.get((names.object(holder).lower(), spelled.lower()))
        found.setdefault(key, Subject(key, header, field))
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose records are measured: the request, the engine that reads, and, where users are known, their kinds."""

    request: UsageRequest
    engine: Engine
    kind_of: Callable[[str], str] | None


def measure(asked: Asked, owner: str, scans: Sequence[Scan], subjects: Sequence[Subject]) -> Measures:
    """Measure one object. Without kinds of users nothing is divided by kind of creator."""
    request, kind_of = asked.request, asked.kind_of
    cuts = _cuts(request.options)
    columns = RecordColumns(
        _mapped(request, "created", CREATED),
        _mapped(request, "touched", TOUCHED),
        _mapped(request, "creator", CREATOR) if kind_of and "creator" in cuts else (),
        _mapped(request, "record_type", RECORD_TYPE) if "record_type" in cuts else (),
        DELETED,
    )
    wanted = [_measured(each) for each in subjects]
    told = Told(kind_of or (lambda _: ""), request.as_of)
    raw = profile_records(asked.engine, scans, columns, wanted, told)
    rows = tuple(_row_counts(request.id, owner, raw))
    pairs = list(zip(subjects, raw.profiles, strict=True))
    fills = tuple(each for subject, profile in pairs for each in _fills(request.id, subject.key, profile))
    profiles = tuple(_profile(request.id, subject, profile) for subject, profile in pairs)
    return Measures(profiles, fills, rows, raw)


def merged(profiles: Iterable[ValueProfile]) -> tuple[ValueProfile, ...]:
    """One profile a field: what tasks and events say of an activity's field adds up; distinct values do not."""
    found: dict[str, ValueProfile] = {}
    for each in profiles:
        known = found.get(each.field)
        found[each.field] = _added(known, each) if known else each
    return tuple(found[key] for key in sorted(found))


def added_fills(fills: Iterable[Fill]) -> tuple[Fill, ...]:
    """One count a field and cohort."""
    found: dict[tuple[str, Cohort], Fill] = {}
    for each in fills:
        known = found.get((each.field, each.cohort))
        if known:
            each = replace(known, rows=each.rows + known.rows, filled=each.filled + known.filled)
        found[each.field, each.cohort] = each
    return tuple(sorted(found.values(), key=lambda each: (each.field, str(each.cohort))))


def _cuts(options: Mapping[str, str]) -> frozenset[str]:
    """Into which cohorts rows are divided: the option `by`, else by quarter and kind of creator."""
    asked = re.split(r"[;,\s]+", options.get("by", "quarter;creator").lower().strip())
    return frozenset(word for word in asked if word in _CUTS)


def _mapped(request: UsageRequest, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    declared = request.options.get(f"columns.{name}")
    return (declared,) if declared else default


def _measured(subject: Subject) -> Measured:
    kind = subject.type
    flag = kind is DataType.BOOLEAN
    listed = subject.field is not None and bool(subject.field.picklist)
    return Measured((subject.header,), flag, default_of(subject.field), placeholders_of(kind), flag or listed)


def default_of(field: Field | None) -> str | None:
    """The value that a new row gets by itself, as extracts write it; None for none and for a formula."""
    if field is None:
        return None
    chosen = [value.name for value in field.picklist if value.default]
    if chosen:
        return chosen[0]
    if field.default is None:
        return "false" if normalise_type(field.type) is DataType.BOOLEAN else None
    found = _LITERAL.fullmatch(field.default.strip())
    if found is None:
        return None
    text = next(group for group in found.groups() if group is not None)
    return text.lower() if found["plain"] else text


def _row_counts(source: str, key: str, raw: Profiled) -> Iterator[RowCount]:
    for each in raw.cohorts:
        yield RowCount(key, source, _cohort(each), each.rows, each.newest_created, each.newest_touched)
    if not raw.cohorts:
        yield RowCount(key, source, Cohort(), 0)


def _fills(source: str, key: str, profile: Profile) -> Iterator[Fill]:
    for each in profile.cohorts:
        if each.quarter:
            yield Fill(key, source, _cohort(each), each.rows, each.filled)


def _cohort(rows: CohortRows) -> Cohort:
    creator = Actor(rows.creator) if rows.creator else None
    return Cohort(rows.quarter or None, rows.record_type or None, creator)


def _profile(source: str, subject: Subject, profile: Profile) -> ValueProfile:
    return ValueProfile(
        subject.key,
        source,
        profile.rows,
        profile.filled,
        profile.distinct,
        profile.dominant_share,
        _tellable(subject, profile.dominant),
        profile.default_share,
        profile.placeholder_share,
        profile.newest_with_value,
        profile.newest_touched_with_value,
    )


def _tellable(subject: Subject, value: str | None) -> str | None:
    """The dominant value, of checkboxes and of picklists that list it: anything else may be about a person."""
    if value is None or subject.field is None:
        return None
    if subject.type is DataType.BOOLEAN:
        return value
    return value if any(value in (each.name, each.label) for each in subject.field.picklist) else None


def _added(one: ValueProfile, other: ValueProfile) -> ValueProfile:
    filled = one.filled + other.filled

    def share(first: float | None, second: float | None) -> float | None:
        parts = [(one.filled, first), (other.filled, second)]
        told = [(weight, value) for weight, value in parts if weight]
        if not filled or any(value is None for _, value in told):
            return None
        return sum(weight * value for weight, value in told if value is not None) / filled

    return ValueProfile(
        one.field,
        one.source,
        one.rows + other.rows,
        filled,
        default_share=share(one.default_share, other.default_share),
        placeholder_share=share(one.placeholder_share, other.placeholder_share),
        newest_with_value=max(filter(None, (one.newest_with_value, other.newest_with_value)), default=None),
        newest_touched_with_value=max(
            filter(None, (one.newest_touched_with_value, other.newest_touched_with_value)), default=None
        ),
    )
