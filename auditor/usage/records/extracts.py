"""Extracts of records, a file an object: how far each field is filled, with what, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from auditor.errors import FormatError
from auditor.languages.standard import standard_object
from auditor.model.observations import Evidence
from auditor.query.engine import open_engine
from auditor.query.scans import Scan, open_scan
from auditor.usage.logs.actors import actors_of
from auditor.usage.naming import names_of
from auditor.usage.reading import CUT_AT, SkipList, export_day, files_of, flag_of, register_source
from auditor.usage.records.profiling import Asked, Measures, added_fills, measure, merged, subjects_of
from auditor.usage.request import UsageRequest


class Gathered:
    """What the extracts of several objects say together, and what was skipped."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.request = request = asked.request
        self.skips = SkipList()
        self.names = names_of(request.catalog)
        self.measures: list[Measures] = []
        # Of a part of the rows nothing follows about the others.
        self.truncated = flag_of(request.options.get("partial")) is True
        self.notes: list[str] = []

    def add(self, owner: str, scans: Iterable[Scan]) -> None:
        """Measure one object."""
        whole = list(scans)
        shared = self._shared_headers(whole)
        subjects = subjects_of(self.request.catalog, self.names, owner, shared)
        unknown = [each for each in shared if each.lower().endswith("__c") and not self.names.knows(owner, each)]
        if unknown:
            self.skips.add(whole[0].path, f"columns that are no known field: {', '.join(unknown[:20])}")
        measures = measure(self._asked, self.names.object_key(owner), whole, subjects)
        self._account(owner, measures)
        self.measures.append(measures)

    def evidence(self) -> Evidence:
        """Everything, sorted."""
        counts = [each for item in self.measures for each in item.row_counts]
        days: list[date | None] = [day for each in counts for day in (each.newest_touched, each.newest_created)]
        as_of = export_day(self.request, days) if self.measures else None
        rows = sum(item.raw.rows for item in self.measures)
        note = "; ".join([f"rows of {len(self.measures)} objects", *self.notes])
        return Evidence(
            sources=(register_source(self.request, as_of, rows, truncated=self.truncated, note=note),),
            fills=added_fills(each for item in self.measures for each in item.fills),
            row_counts=tuple(sorted(counts, key=lambda each: (each.object, str(each.cohort)))),
            profiles=merged(each for item in self.measures for each in item.profiles),
            skipped=self.skips.result(),
        )

    def _shared_headers(self, scans: list[Scan]) -> list[str]:
        """Headers that all files of an object have: of the others nobody knows what the lacking rows hold."""
        listed = [self._asked.engine.columns_of(scan) for scan in scans]
        common = set.intersection(*({name.lower() for name in names} for names in listed))
        lacking = sorted({name for names in listed for name in names if name.lower() not in common})
        if lacking:
            names = ", ".join(lacking[:20])
            self.skips.add(scans[0].path, f"not in every file of the object, so not measured: {names}")
        return [name for name in listed[0] if name.lower() in common]

    def _account(self, owner: str, measures: Measures) -> None:
        raw = measures.raw
        for path, line, reason in raw.bad_rows:
            self.skips.add(path, reason, line)
            # A file that could not be read at all leaves the others a part of the rows.
            self.truncated = self.truncated or path not in raw.per_file
        for path, count in sorted(raw.rejected.items()):
            self.truncated = True
            self.notes.append(f"{count} rows of {path.name} could not be read")
        for path, rows in raw.per_file.items():
            if rows in CUT_AT:
                self.truncated = True
                self.skips.add(path, f"{rows} rows, exactly a limit: the export may have been cut")
        if raw.deleted:
            self.notes.append(f"{raw.deleted} deleted rows of {owner} left out")
        if raw.future:
            self.skips.add(self.request.id, f"{owner}: {raw.future} rows created after the day of the audit")


def read_record_extract(request: UsageRequest) -> Evidence:
    """Read CSV, JSON or Parquet extracts. The object: the option `object`, the records' type, or the file's name.

    Options: `by` divides fill by `quarter`, `creator` and `record_type` (the first two unless stated); `partial`
    says that only some rows were exported; `columns.created`, `columns.touched`, `columns.creator` and
    `columns.record_type` name columns that are not called as usual.
    """
    actors = actors_of(request)

    def kind_of(user: str) -> str:
        return actors.code(user)[1]

    # What is named may be missing; the engine is allowed to read it all the same.
    with open_engine(files_of(request.paths)) as engine:
        gathered = Gathered(Asked(request, engine, kind_of if actors.kinds else None))
        for owner, scans in sorted(_by_object(request, gathered).items()):
            try:
                gathered.add(owner, scans)
            except FormatError as error:
                gathered.skips.add(scans[0].path, error.reason, error.line)
                gathered.truncated = True
    if not actors.kinds:
        gathered.notes.append("no User export lies near, so rows are not divided by kind of creator")
    return gathered.evidence()


def _by_object(request: UsageRequest, gathered: Gathered) -> dict[str, list[Scan]]:
    found: dict[str, list[Scan]] = {}
    if not request.paths:
        gathered.skips.add(request.id, "no file was given")
    for path in files_of(request.paths):
        try:
            scan = open_scan(path)
        except FormatError as error:
            gathered.skips.add(path, error.reason, error.line)
            gathered.truncated = True
            continue
        for note in scan.notes:
            gathered.skips.add(path, note, 1)
        gathered.truncated = gathered.truncated or scan.truncated
        owner = next((each for each in _guesses(request, path, scan) if _known(gathered, each)), None)
        if owner is None:
            gathered.skips.add(path, "its name is no object of the catalogue; name it in the option `object`")
        else:
            found.setdefault(gathered.names.object(owner), []).append(scan)
    return found


def _guesses(request: UsageRequest, path: Path, scan: Scan) -> Iterator[str]:
    declared = request.options.get("object")
    if declared:
        yield declared
        return
    if scan.form == "rows" and scan.has("attributes.type"):
        first = next((each for each in scan.records() if isinstance(each, dict)), {})
        yield first.get("attributes.type") or ""
    stem = path.name.partition(".")[0]
    yield stem
    # Parts of a large extract are numbered; the sf command line writes plurals (`Product__cs`, `Accounts`).
    yield stem.rstrip("0123456789").rstrip("-_ ")
    yield stem.removesuffix("s")


def _known(gathered: Gathered, name: str) -> bool:
    return name.lower() in gathered.names.objects or standard_object(name) is not None
