"""One side of a check: what an audit of a state of the repository would be made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.config.values import Config, SourceConfig, SystemConfig
from auditor.dataclasses import dataclass, field, replace
from auditor.errors import AuditorError, SourceError
from auditor.formats.gitstates import State
from auditor.judging import Inputs
from auditor.model.catalogue import Catalog, Role
from auditor.model.observations import Evidence
from auditor.sources.salesforce.changes.rows import Row
from auditor.workspace.caches import RunCache
from auditor.workspace.checking_places import Places, lay_out, source_path, write
from auditor.workspace.inputs import inputs_of, read_all_waivers, read_policies

if TYPE_CHECKING:
    from auditor.formats.trees import Tree
    from auditor.workspace.catalogs import Progress


@dataclass(frozen=True, slots=True)
class Kept:
    """What the last audit left of what lies outside of the repository, and the day it was made (None: nothing).

    `catalogs` are those of systems without a source in the repository, by name.
    """

    evidence: Evidence = field(default_factory=Evidence)
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What both sides are read with. `scratch` is a folder that ends with the check."""

    places: Places
    cache: RunCache
    kept: Kept
    as_of: date
    scratch: Path
    progress: Progress
    rows: dict[str, Iterable[Row]] | None = None
    """Filled with the rows of every project that is read, by system, where the next check is to find them."""


@dataclass(frozen=True, slots=True)
class Side:
    """A state and the configuration by which it is judged. `law` is the same one where its files were laid out."""

    state: State
    config: Config
    law: Config


def configured(state: State, path: Path, reading: Reading) -> Config | None:
    """The configuration as a state has it, under its real path; None where the state has none.

    Raises:
        ConfigurationError: it is wrong.
    """
    from auditor.config.reading import read_config
    from auditor.usage.registry import BY_ID

    name = reading.places.of(path.name)
    data = None if name is None else state.read(name)
    if data is None:
        return None
    with suppress(OSError):
        if path.read_bytes() == data:
            return read_config(path, BY_ID)
    copy = reading.scratch / state.name / (path.parent.resolve().name or "root") / path.name
    write(copy, data)
    return replace(read_config(copy, BY_ID), path=path, folder=path.parent)


def side_of(state: State, config: Config, reading: Reading) -> Side:
    """A side with its law at hand."""
    law = lay_out(config, state, reading.places, reading.scratch / f"{state.name}-law")
    return Side(state, config, law)


def inputs_at(side: Side, reading: Reading) -> Inputs:
    """Everything that one side is judged by: its own law and files, and what the last audit left of the rest.

    Raises:
        ConfigurationError: its policies, waivers, charter, baseline, maps or lexicon are wrong.
        SourceError: a source cannot be read, or its content is not in this clone.
    """
    from auditor.workspace.chartering import charter_of, chartered
    from auditor.workspace.outside import beyond

    charter = charter_of(side.law)
    law = chartered(side.law, charter)
    policies, waivers = read_policies(law), read_all_waivers(law)
    catalogs = beyond(side.config, catalogs_at(side, reading), reading.progress)
    return inputs_of(law, reading.as_of, (policies, waivers, charter), (catalogs, reading.kept.evidence))


def catalogs_at(side: Side, reading: Reading) -> tuple[Catalog, ...]:
    """The catalogue of every system of which anything is known, in the order of the configuration."""
    found = (_catalog(side, system, reading) for system in side.config.systems)
    return tuple(catalog for catalog in found if catalog is not None)


def _catalog(side: Side, system: SystemConfig, reading: Reading) -> Catalog | None:
    from auditor.sources.merging import merge_catalogs

    here = [
        (source, path) for source in system.sources if (path := tracked(side.state, source, reading)) is not None
    ]
    if not here:
        return reading.kept.catalogs.get(system.name) or _nothing_yet(system, reading)
    read = []
    for source, path in here:
        try:
            catalog = _read(side.state, path, (source, system), reading)
        except AuditorError as error:
            raise SourceError(f"{source.where}: {error}") from None
        read.append(replace(catalog, location=source.location))
    return merge_catalogs(read)


def tracked(state: State, source: SourceConfig, reading: Reading) -> str | None:
    """Where a source lies in the repository, if the state has anything there."""
    path = source_path(source, reading.places)
    return path if path is not None and state.holds(path) else None


def _nothing_yet(system: SystemConfig, reading: Reading) -> Catalog | None:
    """A system whose files are not there, where they would lie in the repository: it is empty, and not unknown."""
    places = [source_path(source, reading.places) for source in system.sources]
    if None in places or not places or system.role is not Role.CRM:
        return None
    return Catalog(system.name, system.role, system.sources[0].kind, location=system.sources[0].location)


def _read(state: State, path: str, of: tuple[SourceConfig, SystemConfig], reading: Reading) -> Catalog:
    source, system = of
    if source.kind == "tabular":
        from auditor.sources.tabular.source import read_tabular

        return read_tabular(str(_laid(state, path, reading)), system.name, system.role, source.columns)
    tree = _tree(state, path, reading)
    if source.exclude:
        from auditor.formats.excluding import ExcludingTree

        tree = ExcludingTree(tree, source.exclude)
    if source.kind == "odata":
        from auditor.sources.odata.source import read_odata

        return read_odata(tree, system.name, system.role)
    return _salesforce(tree, system, reading)


def _salesforce(tree: Tree, system: SystemConfig, reading: Reading) -> Catalog:
    step = f"reading {tree.location}"

    def told(done: int, total: int) -> None:
        reading.progress(step, done, total)

    if reading.rows is None or len(system.sources) > 1:
        from auditor.sources.salesforce.source import read_salesforce

        return read_salesforce(tree, system.name, system.role, told, reading.cache)
    from auditor.sources.salesforce.changes.indexing import read_with_rows

    catalog, rows = read_with_rows(tree, system.name, system.role, told, _FilesOnly(reading.cache))
    reading.rows[system.name] = rows
    return catalog


class _FilesOnly:
    """A cache of files: the catalogue of a whole state is not put beside the ground that is kept of it."""

    def __init__(self, cache: RunCache) -> None:
        self._cache = cache

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """The values that are there, by key."""
        return self._cache.get(keys)

    def put(self, key: bytes, value: bytes) -> None:
        """Keep what a file says."""
        if key.startswith(b"file\0"):
            self._cache.put(key, value)


def _tree(state: State, path: str, reading: Reading) -> Tree:
    """The files of a source; an archive that is kept in the repository is opened as one."""
    if path in state.entries:
        from auditor.formats.trees import open_tree

        return open_tree(str(_laid(state, path, reading)))
    return state.below(path)


def _laid(state: State, path: str, reading: Reading) -> Path:
    """A file or folder of a state in the scratch folder, for what is read from paths only."""
    root = reading.scratch / f"{state.name}-files"
    for name in sorted(state.entries):
        if name == path or name.startswith(f"{path}/" if path else ""):
            data = state.read(name)
            if data is not None:
                write(root / name, data)
    return root / path
