"""Puts together what reconciling needs: the schemas, and where the rows of both sides lie."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from glob import glob
from itertools import chain
from pathlib import Path

from auditor.config.values import Config, SystemConfig
from auditor.dataclasses import replace
from auditor.errors import FormatError, SourceError
from auditor.model.catalogue import Catalog, ObjectKind, Role, Skipped
from auditor.model.divergence import Divergence, PairDivergence
from auditor.model.reconciliation import PairRule, SideRule
from auditor.query.engine import open_engine
from auditor.query.reconciling import MEMORY, reconcile_pair
from auditor.query.reconciling_sides import SideRows
from auditor.query.scans import Record, Scan, open_scan, scan_of_records
from auditor.usage.reading import files_of
from auditor.usage.records.database import text_of
from auditor.usage.request import RowSource
from auditor.workspace.catalogs import Progress, database_url, read_catalogs
from auditor.workspace.reconciling_kinds import settled

_IDS = {Role.CRM: ("Id", "RecordId"), Role.ERP: ()}
_CHANGED = {Role.CRM: ("LastModifiedDate", "SystemModstamp", "modifiedon", "modified"), Role.ERP: ()}
"""What platforms keep by themselves; an ERP's own column has to be named (`changed`)."""
_TABLES = frozenset({ObjectKind.TABLE, ObjectKind.VIEW})


def reconcile(
    config: Config, progress: Progress, *, shown: bool = False, catalogs: Sequence[Catalog] = ()
) -> Divergence:
    """Compare every pair that was confirmed. A pair that cannot be compared is skipped with its reason.

    `catalogs`: the schemas, where they are read already.

    Raises:
        SourceError: a source of a schema cannot be read as a whole.
    """
    catalogs = catalogs or read_catalogs(config, progress)
    sides, skipped = rows_of_systems(config, catalogs)
    found: list[PairDivergence] = []
    for done, rule in enumerate(config.reconcile):
        progress(f"comparing {rule.id}", done, len(config.reconcile))
        try:
            divergence, left_out = _pair(config, catalogs, sides, rule, shown=shown)
            found.append(divergence)
            skipped += [replace(each, path=f"{rule.id}: {each.path}") for each in left_out]
        except (FormatError, SourceError) as error:
            skipped.append(Skipped(rule.where, f"{rule.id} cannot be compared: {error}"))
    return Divergence(tuple(found), (), tuple(dict.fromkeys(skipped)), shown)


def _pair(
    config: Config, catalogs: Sequence[Catalog], sides: Mapping[Role, SideRows], rule: PairRule, *, shown: bool
) -> tuple[PairDivergence, tuple[Skipped, ...]]:
    crm = placed(config, sides[Role.CRM], rule.crm)
    if rule.key_map:
        crm = replace(crm, key_map=open_scan(config.folder / rule.key_map))
    erp = placed(config, sides[Role.ERP], rule.erp)
    with open_engine(files(crm, erp), MEMORY) as engine:
        return reconcile_pair(engine, settled(rule, catalogs), crm, erp, shown=shown)


def files(*sides: SideRows) -> list[Path]:
    """The files that a query over some sides may read."""
    scans = [scan for side in sides for parts in side.scans.values() for scan in parts]
    scans += [side.key_map for side in sides if side.key_map is not None]
    return [scan.path for scan in scans if scan.form != "rows"]


def rows_of_systems(config: Config, catalogs: Sequence[Catalog]) -> tuple[Mapping[Role, SideRows], list[Skipped]]:
    """Where rows lie: record extracts of the evidence, and databases, of the evidence or of the schemas."""
    scans: dict[Role, dict[str, tuple[Scan, ...]]] = {Role.CRM: {}, Role.ERP: {}}
    skipped: list[Skipped] = []
    roles = {system.name: system.role for system in config.systems}
    for system in config.systems:
        own = [catalog for catalog in catalogs if catalog.system == system.name]
        scans[system.role] |= dict(_database_rows(config.folder, system, own))
    for entry in config.evidence:
        if entry.kind == "record-extract":
            _add_extracts(scans[roles[entry.system]], config.folder, entry.paths, skipped)
    sides = {
        role: SideRows(some, dict(_links(role, catalogs, some)), _IDS[role], _CHANGED[role])
        for role, some in scans.items()
    }
    return sides, skipped


def placed(config: Config, rows: SideRows, rule: SideRule) -> SideRows:
    """The rows of a side, those of its object from where the pair says they lie.

    Raises:
        FormatError: the file cannot be read.
        SourceError: the database has no driver, or its URL is not given.
    """
    if rule.path:
        return replace(rows, scans={**rows.scans, rule.object: (open_scan(config.folder / rule.path),)})
    if rule.url or rule.secret_env:
        source = _row_source(database_url(rule.url, rule.secret_env, config.folder))
        scan = streamed(source, rule.object, ())
        return replace(rows, scans={**rows.scans, rule.object: (scan,)})
    return rows


def streamed(source: RowSource, table: str, columns: Sequence[str]) -> Scan:
    """The rows of a table from a read-only cursor; where nobody declares its columns, its first row tells them."""
    if not columns:
        columns = _columns_of(source, table)

    def records() -> Iterator[Record]:
        for row in source(table):
            yield {name.lower(): text_of(value) for name, value in row.items()}

    return scan_of_records(Path(table), columns, records)


def _columns_of(source: RowSource, table: str) -> tuple[str, ...]:
    rows = iter(source(table))
    try:
        return tuple(next(rows, {}))
    finally:
        # A cursor that is left half read would hold its connection until it is collected.
        if isinstance(rows, Generator):
            rows.close()


def _database_rows(
    folder: Path, system: SystemConfig, catalogs: Sequence[Catalog]
) -> Iterator[tuple[str, tuple[Scan, ...]]]:
    tables = {item.name: item for catalog in catalogs for item in catalog.objects if item.kind in _TABLES}
    for source in system.sources:
        if source.kind == "sql" and "://" in (source.location or "://"):
            rows = _row_source(database_url(source.location, source.secret_env, folder))
            for name, item in tables.items():
                yield name, (streamed(rows, name, [each.name for each in item.fields]),)


def _row_source(url: str) -> RowSource:
    from auditor.sources.sql.rows import row_source

    return row_source(url)


def _add_extracts(
    scans: dict[str, tuple[Scan, ...]], folder: Path, patterns: Sequence[str], skipped: list[Skipped]
) -> None:
    """Files named like their object; several of one object are its parts, in the order of their names."""
    for path in extract_paths(folder, patterns):
        name = path.name.split(".")[0]
        try:
            scans[name] = (*scans.get(name, ()), open_scan(path))
        except FormatError as error:
            skipped.append(Skipped(path.name, str(error)))


def extract_paths(folder: Path, patterns: Sequence[str]) -> tuple[Path, ...]:
    """The files of record extracts, in the order of their names."""
    # Path.glob takes neither absolute patterns nor `..`, both of which people write.
    named = chain.from_iterable(sorted(glob(str(folder / each), recursive=True)) for each in patterns)  # noqa: PTH207 - see above
    return tuple(dict.fromkeys(files_of(Path(each) for each in named)))


def _links(
    role: Role, catalogs: Sequence[Catalog], scans: Mapping[str, tuple[Scan, ...]]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """What fields point at: as declared, and in a CRM's extract by the name of the column (`AccountId`)."""
    own = [item for catalog in catalogs if catalog.role is role for item in catalog.objects]
    keys = {item.name: [each.name for each in item.fields if each.key] for item in own}
    if role is Role.CRM:
        for name, parts in scans.items():
            columns = (column for scan in parts for column in scan.columns if column.endswith("Id"))
            heads = {column: column.removesuffix("Id") for column in columns}
            yield from (((name, column), (target, "Id")) for column, target in heads.items() if target in scans)
    for item in own:
        for each in item.fields:
            target = next((name for name in each.reference_to if name in scans), None)
            key = ["Id"] if role is Role.CRM else keys.get(target or "", [])
            if target is not None and len(key) == 1:
                yield (item.name, each.name), (target, key[0])
