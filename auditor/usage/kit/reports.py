"""`Report`: when each report last ran, and so when each of its columns, filters and groupings was last read.

`LastViewedDate` and `LastReferencedDate` belong to the user who made the export and are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from auditor.dataclasses import dataclass, replace
from auditor.errors import FormatError
from auditor.formats.jsons import read_json
from auditor.formats.tables import Row, Table
from auditor.languages.aliases import report_type
from auditor.model.catalogue import Catalog
from auditor.model.observations import Deed, Definition, Evidence, Observation, Window
from auditor.usage.kit.definitions import FieldReads, reads_by_component
from auditor.usage.kit.describes import Described, is_describe, read_describes
from auditor.usage.kit.matching import Matcher, matcher_of
from auditor.usage.kit.walking import walker_of
from auditor.usage.naming import names_of
from auditor.usage.reading import (
    SkipList,
    checked_day,
    export_day,
    files_of,
    id_of,
    lacks,
    register_source,
    rows_of,
    tables_of,
    was_cut,
)
from auditor.usage.request import UsageRequest

DESCRIBE_FOLDERS = ("report-describe", "report-describes", "describes")
"""Folders beside a `Report` export in which describes are looked for."""

_KIND = "report"
_PRIVATE = "private reports"


@dataclass(frozen=True, slots=True)
class _Run:
    """One report of the register. `possible`: it may have been another of the same name."""

    subject: str
    possible: bool
    last: date | None
    definition: Definition
    type_name: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What running each report reads."""

    described_by_id: Mapping[str, Described]
    described_by_name: Mapping[str, Described]
    in_repository: Mapping[str, FieldReads]
    by_object: Mapping[str, tuple[str, ...]]

    def described(self, run: _Run) -> Described | None:
        """The live definition of a report, by id, else by developer name."""
        short = run.subject.rpartition("/")[2].lower()
        return self.described_by_id.get(run.definition.platform_id or "") or self.described_by_name.get(short)

    def reads(self, run: _Run) -> FieldReads | None:
        """The fields that a run reads: by the live definition, else the repository's; None without either."""
        found = self.described(run)
        return found.reads if found else self.in_repository.get(run.subject)


def read_reports(request: UsageRequest) -> Evidence:
    """Read `Report` rows, and describes among the files or in a folder `report-describe` beside them.

    A run is a read of every field in the report's definition: the live one where it was described, else the
    repository's. It is only a possible read where the report was changed after it ran, or where several reports
    bear the name. A run of a report whose definition was not read is a possible read of every field of its type's
    objects, if the export tells the type, and of nothing else.
    """
    skips = SkipList()
    describes, tables = _sorted_files(request)
    matcher = matcher_of(request.catalog, _KIND)
    known = _known(request, read_describes(describes, walker_of(request.catalog), skips))
    runs: dict[str, _Run] = {}
    truncated = False
    for table in tables_of(replace(request, paths=tables), skips) if tables else ():
        count = 0
        for run in _runs(request, table, matcher, skips):
            count += 1
            runs[run.subject] = _newer(runs.get(run.subject), run)
        truncated = was_cut(table, count, skips) or truncated
    if not tables:
        return _dated(request, known, skips)
    evidence = _evidence(request, tuple(runs[subject] for subject in sorted(runs)), known, skips)
    return replace(evidence, sources=tuple(replace(each, truncated=truncated) for each in evidence.sources))


def _dated(request: UsageRequest, known: _Known, skips: SkipList) -> Evidence:
    """Describes as a source of their own: the reads of those reports whose runs the register told before."""
    runs = [run for run in _runs_before(request) if known.described(run)]
    described = len({each.path for each in known.described_by_name.values()})
    if described and not runs:
        skips.add(request.id, "no run is known of the described reports; export Report with LastRunDate")
    seen = {
        (each.subject, each.via or ""): each
        for run in runs
        for each in _observations(request, run, known, on_dashboard=False)
        if each.deed is Deed.READ
    }
    as_of = export_day(request, (run.last for run in runs))
    note = f"{sum(run.last is not None for run in runs)} of {described} described reports were run"
    source = register_source(request, as_of, described, note=note)
    observations = tuple(seen[key] for key in sorted(seen))
    return Evidence(sources=(source,), observations=observations, skipped=skips.result())


def _evidence(request: UsageRequest, runs: tuple[_Run, ...], known: _Known, skips: SkipList) -> Evidence:
    shown = _on_dashboards(request.catalog)
    seen: dict[tuple[str, str], Observation] = {}
    for run in runs:
        for each in _observations(request, run, known, run.subject in shown):
            seen[each.subject, each.via or ""] = each
    as_of = export_day(request, [*(run.last for run in runs), *(run.definition.modified for run in runs)])
    watched = frozenset(run.subject for run in runs) - shown
    window = Window(request.id, request.system, Deed.RUN, None, as_of, watched, frozenset({_KIND}))
    return Evidence(
        sources=(register_source(request, as_of, len(runs), note=_note(runs, known, shown)),),
        windows=(window,) if runs else (),
        observations=tuple(seen[key] for key in sorted(seen)),
        definitions=tuple(run.definition for run in runs),
        skipped=skips.result(),
    )


def _observations(request: UsageRequest, run: _Run, known: _Known, on_dashboard: bool) -> Iterator[Observation]:
    if run.last is None:
        # Whether refreshing a dashboard moves LastRunDate is not established, so its reports have no known zero.
        if not on_dashboard:
            yield Observation(run.subject, Deed.RUN, request.id, None, count=0, possible=run.possible)
        return
    yield Observation(run.subject, Deed.RUN, request.id, run.last, possible=run.possible)
    edited = run.definition.modified is not None and run.definition.modified > run.last
    reads = known.reads(run)
    fields = reads if reads is not None else _of_type(run.type_name, known)
    for field, possible in fields:
        unsure = possible or run.possible or edited or reads is None
        yield Observation(field, Deed.READ, request.id, run.last, possible=unsure, via=run.subject)


def _of_type(type_name: str, known: _Known) -> FieldReads:
    kind = report_type(type_name) if type_name else None
    objects = kind.objects if kind else ()
    return tuple((field, True) for name in objects for field in known.by_object.get(name.lower(), ()))


def _note(runs: tuple[_Run, ...], known: _Known, shown: frozenset[str]) -> str:
    never = sum(run.last is None for run in runs)
    blind = sum(run.last is not None and known.reads(run) is None for run in runs)
    parts = [f"{len(runs)} reports, {never} without a recorded run"]
    if blind:
        parts.append(f"{blind} were run but their definition was not read; describe them to date their columns")
    unsure = sum(run.last is None and run.subject in shown for run in runs)
    if unsure:
        parts.append(f"{unsure} without a recorded run stand on dashboards, which may not record theirs")
    if not any(run.private for run in runs):
        parts.append("private reports are absent (USING SCOPE allPrivate lists them)")
    return "; ".join(parts)


def _runs(request: UsageRequest, table: Table, matcher: Matcher, skips: SkipList) -> Iterator[_Run]:
    if lacks(table, ("LastRunDate",), skips):
        return
    for row in rows_of(table, skips):
        subjects = _subjects(row, matcher)
        if not subjects:
            skips.add(table.path, "a report without DeveloperName and Name", row.line)
        last = checked_day(row, "LastRunDate", table.path, skips)
        if last is None and row.get("LastRunDate"):
            continue
        for subject, possible in subjects:
            yield _Run(
                subject,
                possible,
                last,
                _definition(request, subject, row, table, skips),
                row.get("ReportTypeApiName", "ReportType") or "",
                _is_private(row),
            )


def _subjects(row: Row, matcher: Matcher) -> tuple[tuple[str, bool], ...]:
    """A private report belongs to one person and may bear a name; it is known by its id alone."""
    identity = id_of(row.get("Id"))
    if _is_private(row) and identity:
        return ((matcher.names.component(_KIND, f"Private Reports/{identity}"), False),)
    return matcher.subjects(row)


def _definition(request: UsageRequest, subject: str, row: Row, table: Table, skips: SkipList) -> Definition:
    return Definition(
        subject,
        request.id,
        created=checked_day(row, "CreatedDate", table.path, skips),
        modified=checked_day(row, "LastModifiedDate", table.path, skips),
        platform_id=id_of(row.get("Id")),
    )


def _is_private(row: Row) -> bool:
    folder = row.get("FolderName") or ""
    # The OwnerId of a report is its folder; of a private report it is a user (005).
    return folder.lower() == _PRIVATE or (row.get("OwnerId") or "").startswith("005")


def _newer(known: _Run | None, run: _Run) -> _Run:
    if known is None or (run.last or date.min) >= (known.last or date.min):
        return run
    return known


def _runs_before(request: UsageRequest) -> Iterator[_Run]:
    """Runs that the register told before, for describes that come as a source of their own."""
    if request.before is None:
        return
    definitions = {each.subject: each for each in request.before.definitions}
    prefix = names_of(request.catalog).component(_KIND, "")
    for seen in request.before.observations:
        if seen.deed is Deed.RUN and seen.subject.startswith(prefix):
            fallback = Definition(seen.subject, request.id)
            yield _Run(seen.subject, seen.possible, seen.last, definitions.get(seen.subject, fallback))


def _known(request: UsageRequest, described: tuple[Described, ...]) -> _Known:
    names = names_of(request.catalog)
    return _Known(
        {each.id: each for each in described if each.id},
        {each.developer_name.lower(): each for each in described if each.developer_name},
        reads_by_component(request.catalog, _KIND),
        {
            item.name.lower(): tuple(names.field(item.name, field.name) for field in item.fields)
            for item in request.catalog.objects
        },
    )


def _on_dashboards(catalog: Catalog) -> frozenset[str]:
    names = names_of(catalog)
    return frozenset(names.component(_KIND, call.callee) for call in catalog.calls if call.callee_kind == _KIND)


def _sorted_files(request: UsageRequest) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The request's describes and its tables."""
    describes: list[Path] = []
    tables: list[Path] = []
    for path in files_of((*request.paths, *_beside(request.paths))):
        (describes if _is_describe(path) else tables).append(path)
    return tuple(describes), tuple(tables)


def _beside(paths: Iterable[Path]) -> Iterator[Path]:
    folders = {path if path.is_dir() else path.parent for path in paths}
    for folder in sorted(folders):
        yield from (folder / name for name in DESCRIBE_FOLDERS if (folder / name).is_dir())


def _is_describe(path: Path) -> bool:
    if not path.name.lower().endswith((".json", ".json.gz")):
        return False
    try:
        return is_describe(read_json(path))
    except FormatError:
        # A broken file in a folder of describes is reported by whoever reads it next.
        return path.parent.name in DESCRIBE_FOLDERS
