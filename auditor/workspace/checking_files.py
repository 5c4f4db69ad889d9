"""Changed files as the repository, the catalogues and people name them, and which of them an audit reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join

from auditor.config.values import Config
from auditor.dataclasses import dataclass
from auditor.errors import NothingMatchedError
from auditor.formats.gitrepos import FileChange
from auditor.formats.gitstates import State
from auditor.formats.tree_limits import printable
from auditor.workspace.checking_places import Places, law_files, source_path


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a change. `roots`: system → where its sources lie in the repository."""

    changes: tuple[FileChange, ...]
    paths: frozenset[str]
    roots: Mapping[str, tuple[str, ...]]
    places: Places

    def changed(self, system: str, path: str) -> str:
        """A path of a catalogue as people write it, where its file is among those that changed; else empty."""
        found = next((each for each in self._of(system, path) if each in self.paths), None)
        return "" if found is None else self.places.shown(found)

    def shown(self, system: str, path: str) -> frozenset[str]:
        """What a path of a catalogue may be called beside the configuration."""
        return frozenset(map(self.places.shown, self._of(system, path))) if path else frozenset()

    def renamed(self, system: str) -> dict[str, str]:
        """Old paths of renamed files of a system → new ones, as its catalogue has them."""
        roots = [f"{root}/" if root else "" for root in self.roots.get(system, ())]
        return {
            each.old[len(root) :]: each.new[len(root) :]
            for each in self.changes
            if each.status == "R"
            for root in roots
            if each.old.startswith(root) and each.new.startswith(root)
        }

    def _of(self, system: str, path: str) -> Iterator[str]:
        """Where a path of a catalogue may lie; outside readers name theirs from the configuration."""
        if path:
            for root in (*self.roots.get(system, ()), self.places.prefix):
                yield join(root, path)
                yield join(dirname(root), path)


def files_of(changes: tuple[FileChange, ...], configs: Iterable[Config], places: Places) -> Files:
    """The files of a change for the systems of one or two configurations."""
    roots: dict[str, dict[str, None]] = {}
    for config in configs:
        for system in config.systems:
            known = roots.setdefault(system.name, {})
            known.update(
                dict.fromkeys(path for s in system.sources if (path := source_path(s, places)) is not None)
            )
    paths = frozenset(path for change in changes for path in change.paths)
    return Files(changes, paths, {name: tuple(sorted(found)) for name, found in roots.items()}, places)


def relevant(files: Files, configs: Sequence[Config], law: Iterable[str]) -> tuple[FileChange, ...]:
    """The changes of files that an audit reads by one of some configurations; `law` names what it judges by."""
    exact = {path for name in law if (path := files.places.of(name)) is not None}
    folders: set[str] = {root for roots in files.roots.values() for root in roots}
    outside = (name for config in configs for reader in config.outside_readers for name in reader.paths)
    folders.update(path for name in outside if (path := files.places.of(name)) is not None)
    below = tuple(f"{folder}/" for folder in folders if folder)

    def read(path: str) -> bool:
        return "" in folders or path in exact or path in folders or path.startswith(below)

    return tuple(change for change in files.changes if any(map(read, change.paths)))


def law_of_sides(sides: Sequence[tuple[Config, State]], places: Places) -> frozenset[str]:
    """Names of all files that say how is judged, in states of the repository."""
    return frozenset(
        name for config, state in sides for name in (config.path.name, *law_files(config, state, places))
    )


def narrowed(names: Sequence[str], files: Files, top: Path) -> frozenset[str]:
    """Files and folders that a user named, as people write them beside the configuration.

    Raises:
        NothingMatchedError: one of them is neither in the repository nor in the folder.
    """
    here = Path.cwd().resolve()
    found: set[str] = set()
    for name in names:
        place = here / name
        folder = place.parent.resolve() / place.name if place.name not in ("", ".", "..") else place.resolve()
        path = folder.relative_to(top).as_posix() if folder.is_relative_to(top) else None
        path = "" if path == "." else path
        known = path is not None and any(speaks_of(frozenset((path,)), each) for each in files.paths)
        if not known and not place.exists():
            raise NothingMatchedError(f"{printable(name)}: there is no such file, neither here nor in the change")
        if path is not None:
            found.add(files.places.shown(path) if path else "")
    return frozenset(found)


def speaks_of(names: frozenset[str], path: str) -> bool:
    """Whether a path is one of some files, or lies in one of some folders."""
    return any(path == name or not name or path.startswith(f"{name}/") for name in names)
