"""Describes of reports (`/analytics/reports/{id}/describe`): the columns of the live definition.

Source: Reports and Dashboards REST API guide, "Describe": documented for tabular, summary and matrix reports. A
joined report's describe may leave out blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.jsons import Json, member, object_members, read_json, text_members
from auditor.languages.aliases import report_column, report_type
from auditor.languages.formula import parse_formula
from auditor.usage.kit.definitions import FieldReads
from auditor.usage.kit.walking import Walker
from auditor.usage.reading import SkipList, id_of


@dataclass(frozen=True, slots=True)
class Described:
    """One report as described: who it is, the fields that running it reads, and columns that meant none."""

    path: Path
    id: str | None
    developer_name: str
    label: str
    report_type: str
    reads: FieldReads
    unresolved: tuple[str, ...]


def read_describes(paths: Iterable[Path], walker: Walker, skips: SkipList) -> tuple[Described, ...]:
    """Read describe files; one that is none is skipped, and each column that means no known field is said."""
    found = []
    for path in paths:
        try:
            described = _described(path, read_json(path), walker)
        except FormatError as error:
            skips.add(path, error.reason, error.line)
            continue
        if described.unresolved:
            skips.add(path, f"columns that mean no known field: {', '.join(described.unresolved)}")
        found.append(described)
    return tuple(found)


def is_describe(document: Json) -> bool:
    """Whether a document is the describe of a report."""
    return isinstance(member(_body(document), "reportMetadata"), Mapping)


def _described(path: Path, document: Json, walker: Walker) -> Described:
    body = _body(document)
    metadata = member(body, "reportMetadata")
    if not isinstance(metadata, Mapping):
        raise FormatError("no describe of a report: it has no reportMetadata")
    kind = _text(member(metadata, "reportType", "type"))
    reads: dict[str, bool] = {}
    unresolved = []
    for column in sorted(set(_columns(metadata))):
        steps = _steps(column, kind, walker)
        if steps is None:
            unresolved.append(column)
        for field, possible in steps or ():
            reads[field] = reads.get(field, True) and possible
    return Described(
        path,
        id_of(_text(metadata.get("id"))),
        _text(metadata.get("developerName")),
        _text(metadata.get("name")),
        kind,
        tuple(sorted(reads.items())),
        tuple(unresolved),
    )


def _steps(column: str, kind: str, walker: Walker) -> tuple[tuple[str, bool], ...] | None:
    target = report_column(kind, column)
    steps = walker.alias(target) if target else None
    if steps is not None:
        return steps
    # Describes also write plain API names: `Account.Name`, `Opportunity.Region__c`, `Opportunity.Account.Name`.
    owner, dot, path = column.partition(".")
    if dot:
        return walker.path(owner, path)
    spanned = report_type(kind)
    return walker.path(spanned.objects[0], column) if spanned and spanned.objects else None


def _columns(metadata: Mapping[str, Json]) -> Iterator[str]:
    """Every column that running the report reads."""
    yield from text_members(metadata.get("detailColumns"))
    for name, key in (
        ("groupingsDown", "name"),
        ("groupingsAcross", "name"),
        ("reportFilters", "column"),
        ("sortBy", "sortColumn"),
        ("buckets", "sourceColumnName"),
    ):
        yield from _texts(item.get(key) for item in object_members(metadata.get(name)))
    yield from _texts([member(metadata, "standardDateFilter", "column")])
    for aggregate in text_members(metadata.get("aggregates")):
        yield _AGGREGATE.sub("", aggregate)
    for crossed in object_members(metadata.get("crossFilters")):
        yield from _texts([crossed.get("primaryEntityField")])
    yield from _in_formulas(metadata)


def _in_formulas(metadata: Mapping[str, Json]) -> Iterator[str]:
    """Columns in summary formulas (`AMOUNT:SUM / Account.Seats__c:MAX`) and row formulas."""
    for name in ("customSummaryFormula", "customDetailFormula"):
        formulas = metadata.get(name)
        for formula in formulas.values() if isinstance(formulas, Mapping) else ():
            parsed = parse_formula(_text(member(formula, "formula")))
            yield from (field.path for field in parsed.fields if not field.is_global)


# `s!AMOUNT` sum, `a!` average, `m!` minimum, `mx!` maximum, `med!` median, `u!` unique.
_AGGREGATE = re.compile(r"^(?:s|a|m|mx|med|u)!")


def _body(document: Json) -> Json:
    inner = member(document, "result")
    return inner if inner is not None else document


def _texts(values: Iterable[Json]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str) and value)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
