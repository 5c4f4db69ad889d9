"""Records straight from a database: the rows of each object from a cursor that the caller opened for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from pathlib import Path

from auditor.errors import AuditorError
from auditor.model.catalogue import ObjectKind
from auditor.model.observations import Evidence
from auditor.query.engine import open_engine
from auditor.query.scans import Record, scan_of_records
from auditor.usage.records.extracts import Gathered
from auditor.usage.records.profiling import Asked
from auditor.usage.request import RowSource, UsageRequest

_HELD = frozenset({ObjectKind.TABLE, ObjectKind.OBJECT, ObjectKind.ENTITY})


def read_record_database(request: UsageRequest) -> Evidence:
    """Read every object of the catalogue, or those of the option `objects`, from the row source.

    Measures and options are those of extracts. A table that cannot be read is skipped with its reason.
    """
    with open_engine(()) as engine:
        gathered = Gathered(Asked(request, engine, None))
        if request.row_source is None:
            gathered.skips.add(request.id, "no database was connected; name its url or url_env in auditor.yaml")
            return gathered.evidence()
        for owner in _objects(request, gathered):
            _add(gathered, request.row_source, owner)
        return gathered.evidence()


def _objects(request: UsageRequest, gathered: Gathered) -> Iterator[str]:
    named = [
        each.strip() for each in request.options.get("objects", "").replace(";", ",").split(",") if each.strip()
    ]
    if not named:
        yield from (item.name for item in request.catalog.objects if item.kind in _HELD)
    for each in named:
        if each.lower() in gathered.names.objects:
            yield gathered.names.object(each)
        else:
            gathered.skips.add(request.id, f"objects: {each!r} is no object of the catalogue")


def _add(gathered: Gathered, source: RowSource, owner: str) -> None:
    # One row is taken ahead, since only rows tell their columns.
    try:
        rows = iter(source(owner))
        first = next(rows, None)
        headers = list(first) if first is not None else _declared(gathered, owner)
        records = chain([] if first is None else [first], rows)
        scan = scan_of_records(Path(owner), headers, lambda: (_texts(row) for row in records))
        gathered.add(owner, [scan])
    except AuditorError as error:
        gathered.skips.add(gathered.request.id, f"{owner}: {error}")
        gathered.truncated = True


def _declared(gathered: Gathered, owner: str) -> list[str]:
    return [each.name for item in gathered.request.catalog.objects if item.name == owner for each in item.fields]


def _texts(row: Mapping[str, object]) -> Record:
    return {name.lower(): text_of(value) for name, value in row.items()}


def text_of(value: object) -> str | None:
    """A value of a database as an extract would write it; bytes count as filled and are not kept."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return f"{len(value)} bytes"
    return str(value).strip() or None
