"""Chooses the reader of each source and reads the catalogues of all systems."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from auditor.config.values import Config, SourceConfig, SystemConfig
from auditor.dataclasses import dataclass, replace
from auditor.errors import AuditorError, NothingMatchedError, SourceError
from auditor.formats.collecting import collector_at_rest
from auditor.formats.excluding import ExcludingTree
from auditor.formats.trees import Tree, open_tree
from auditor.model.catalogue import Catalog, Role
from auditor.sources.merging import merge_catalogs
from auditor.sources.recognising import databases, recognise
from auditor.workspace.caches import RunCache, open_cache

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many of how many are done (0 of 0: not known)."""

TreeRows = dict[tuple[str, int], list[tuple[str, str, bytes]]]
"""By system and number of its source, what must be kept of a tree so that a change to it can be told later."""

KINDS = ("odata", "salesforce", "sql", "tabular")
_DEFAULT_ROLE = {"salesforce": Role.CRM, "odata": Role.ERP, "sql": Role.ERP, "tabular": Role.ERP}


@dataclass(frozen=True, slots=True)
class _Run:
    """What all reading of one run shares."""

    progress: Progress
    cache: RunCache
    rows: TreeRows | None = None
    number: int = 0
    """Of the source that is read, among those of its system."""


def read_catalogs(config: Config, progress: Progress, rows: TreeRows | None = None) -> tuple[Catalog, ...]:
    """Read every system of a configuration, in its order; files of known content come from its cache.

    Where `rows` are given, those of the trees of metadata are put there.

    Raises:
        SourceError: a source as a whole cannot be read; names the place in the configuration.
    """
    with open_cache(config.folder, config.cached) as cache:
        return tuple(_system(config, system, _Run(progress, cache, rows)) for system in config.systems)


def read_place(
    location: str, kind: str | None, role: Role | None, progress: Progress, cached: bool = True
) -> tuple[Catalog, ...]:
    """Read what lies at a place without a configuration, by its kind or by what is recognised there.

    Files of known content come from the user's own cache, unless that is not wanted.

    Raises:
        SourceError: there is no such place.
        NothingMatchedError: nothing there is of a known kind.
    """
    if "://" in location:
        return (_database(location, "erp", role or Role.ERP, ()),)
    location = _lone_archive(location) or location
    kinds = (kind,) if kind else _recognised(location)
    with open_cache(None, cached) as cache:
        run = _Run(progress, cache)
        found = tuple(_place(location, each, role or _DEFAULT_ROLE[each], run) for each in kinds)
    if kind is None and kinds == ("tabular",) and not found[0].objects:
        # Any table looks like a listing from outside; one without fields is none.
        raise NothingMatchedError(_unrecognised(location))
    return found


def _recognised(location: str) -> tuple[str, ...]:
    kinds = recognise(open_tree(location))
    if not kinds:
        raise NothingMatchedError(_unrecognised(location))
    return kinds


def _unrecognised(location: str) -> str:
    return (
        f"nothing at {location} is recognised as Salesforce metadata, OData $metadata, a SQLite database or a "
        f"listing of fields; name the kind with --kind {'|'.join(KINDS)}"
    )


def _lone_archive(location: str) -> str | None:
    """The archive in a folder that holds one archive and nothing of a known kind beside it."""
    folder = Path(location)
    if not folder.is_dir():
        return None
    archives = [p for p in sorted(folder.iterdir()) if p.name.endswith((".zip", ".tar.gz", ".tgz", ".tar"))]
    return str(archives[0]) if len(archives) == 1 and not recognise(open_tree(location)) else None


def _system(config: Config, system: SystemConfig, run: _Run) -> Catalog:
    catalogs = []
    for number, source in enumerate(system.sources):
        try:
            catalog = _source(config.folder, source, system, replace(run, number=number))
        except AuditorError as error:
            raise SourceError(f"{source.where}: {error}") from None
        # What was written, not where it stands on this machine: every machine prints the same.
        catalogs.append(replace(catalog, location=_shown(source, catalog)))
    if not catalogs:
        raise SourceError(f"{config.path.name}: system {system.name} has no sources; name at least one")
    return merge_catalogs(catalogs)


def _shown(source: SourceConfig, catalog: Catalog) -> str:
    if source.kind != "sql" or not source.location:
        return source.location or catalog.location
    from auditor.sources.sql.connection import shown_url

    return shown_url(source.location)


def _source(folder: Path, source: SourceConfig, system: SystemConfig, run: _Run) -> Catalog:
    if source.kind == "sql":
        url = database_url(source.location, source.secret_env, folder)
        return _database(url, system.name, system.role, source.schemas)
    location = placed(source.location, folder)
    if source.kind == "tabular":
        from auditor.sources.tabular.source import read_tabular

        return read_tabular(location, system.name, system.role, source.columns)
    tree = open_tree(location)
    tree = ExcludingTree(tree, source.exclude) if source.exclude else tree
    return _tree(tree, source.kind, system.name, system.role, run)


def _place(location: str, kind: str, role: Role, run: _Run) -> Catalog:
    if kind == "tabular":
        from auditor.sources.tabular.source import read_tabular

        return read_tabular(location, str(role), role)
    tree = open_tree(location)
    if kind == "sql":
        path = Path(location)
        files = databases(tree.paths())
        urls = [f"sqlite:///{path if path.is_file() else path / name}" for name in files]
        if not urls:
            raise NothingMatchedError(f"{location} holds no SQLite file; give a database as a URL instead")
        return merge_catalogs([_database(url, str(role), role, ()) for url in urls])
    return _tree(tree, kind, str(role), role, run)


def _tree(tree: Tree, kind: str, name: str, role: Role, run: _Run) -> Catalog:
    if kind == "odata":
        from auditor.sources.odata.source import read_odata

        return read_odata(tree, name, role)
    step = f"reading {tree.location}"
    if run.rows is not None:
        from auditor.sources.salesforce.changes.indexing import read_with_rows

        told = read_with_rows(tree, name, role, lambda done, total: run.progress(step, done, total), run.cache)
        with collector_at_rest():
            run.rows[name, run.number] = list(told[1])
        return told[0]
    from auditor.sources.salesforce.source import read_salesforce

    return read_salesforce(tree, name, role, lambda done, total: run.progress(step, done, total), run.cache)


def _database(url: str, name: str, role: Role, schemas: Sequence[str]) -> Catalog:
    from auditor.sources.sql.source import read_database

    return read_database(url, name, role, schemas or (None,))


def database_url(written: str, env: str | None, folder: Path) -> str:
    """The URL of a database: from the environment where one is named, relative SQLite paths from the folder.

    Raises:
        SourceError: the environment variable is not set.
    """
    url = written
    if env:
        url = os.environ.get(env, "")
        if not url:
            raise SourceError(f"the environment variable {env} is not set; it should hold the database URL")
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith(prefix + "/") and ":memory:" not in url:
        return f"{prefix}{(folder / url.removeprefix(prefix)).resolve()}"
    return url


def placed(location: str, folder: Path) -> str:
    """A location of the configuration, relative to the folder that it stands in."""
    if location.startswith("git:"):
        return f"git:{folder / location.removeprefix('git:')}"
    return str(folder / location)
