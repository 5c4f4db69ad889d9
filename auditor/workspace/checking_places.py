"""Where the files of a configuration lie in a repository, and a law as a state of the repository has it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from auditor.config.values import Config, SourceConfig
from auditor.dataclasses import dataclass, replace
from auditor.errors import SourceError
from auditor.formats.gitstates import State

if TYPE_CHECKING:
    from auditor.formats.yamlnodes import YamlNode

_PACK = "pack:"


@dataclass(frozen=True, slots=True)
class Places:
    """The folder of a configuration, and what it is called from the root of its repository (empty: the root)."""

    folder: Path
    prefix: str

    def of(self, name: str) -> str | None:
        """The path in the repository of a name in the configuration; None where that leads out of it."""
        if PurePath(name).is_absolute():
            return None
        path = normpath(join(self.prefix, name.replace("\\", "/")))
        if path == ".." or path.startswith("../"):
            return None
        return "" if path == "." else path

    def shown(self, path: str) -> str:
        """A path of the repository as people write it beside the configuration."""
        if not self.prefix:
            return path
        return os.path.relpath(path, self.prefix).replace(os.sep, "/")


def places_of(folder: Path, top: Path) -> Places:
    """The places of a configuration's folder.

    Raises:
        SourceError: the folder lies outside of the repository.
    """
    own = folder.resolve()
    if not own.is_relative_to(top):
        raise SourceError(f"{folder} lies outside of the repository {top}")
    prefix = own.relative_to(top).as_posix()
    return Places(folder, "" if prefix == "." else prefix)


def source_path(source: SourceConfig, places: Places) -> str | None:
    """Where a source lies in the repository; None where it is a database, a fixed revision, or elsewhere.

    What is read from HEAD (`git:.`) is what a check compares, so its place is that of its folder.
    """
    if source.kind == "sql" or "://" in source.location or not source.location:
        return None
    location = source.location
    if location.startswith("git:"):
        place, at, revision = location.removeprefix("git:").rpartition("@")
        if at and revision != "HEAD":
            return None
        location = place if at else revision
    return places.of(location)


def law_files(config: Config, state: State, places: Places) -> Iterator[str]:
    """Names of the files that say how is judged, as the configuration names them, with what they extend."""
    from auditor.formats.yamlnodes import Problems
    from auditor.formats.yamls import read_noting
    from auditor.policy.documents import normalised

    yield from (name for name in (config.charter, config.baseline) if name)
    yield from (*config.waivers, *config.maps, *config.lexicon)
    pending = [normalised(name, "") for name in config.policies if not name.startswith(_PACK)]
    seen: set[str] = set()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        yield name
        path = places.of(name)
        data = None if path is None else state.read(path)
        if data is not None:
            root = read_noting(data, name, Problems())
            pending += [each for each in _extended(root, name) if each not in seen]
            yield from _listed(root, name)


def lay_out(config: Config, state: State, places: Places, scratch: Path) -> Config:
    """The configuration with its law as a state of the repository has it.

    Where the folder has the very same files, they are read there. Else they are written beneath `scratch`, in a
    folder of the same name.
    """
    within = {name: path for name in law_files(config, state, places) if (path := places.of(name)) is not None}
    held = {name: state.read(path) for name, path in sorted(within.items())}
    if all(data == _bytes(places.folder / name) for name, data in held.items()):
        return config
    for name, data in held.items():
        if data is not None:
            write(scratch / within[name], data)
    return _moved(config, places, scratch / places.prefix)


def write(path: Path, data: bytes) -> None:
    """Write a file and the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _moved(config: Config, places: Places, folder: Path) -> Config:
    """The configuration in another folder; what lies outside of the repository stays where it is."""

    def placed(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(
            name if name.startswith(_PACK) or places.of(name) is not None else str(places.folder / name)
            for name in names
        )

    return replace(
        config,
        folder=folder,
        policies=placed(config.policies),
        waivers=placed(config.waivers),
        maps=placed(config.maps),
        lexicon=placed(config.lexicon),
        charter="".join(placed([config.charter] if config.charter else [])),
        baseline="".join(placed([config.baseline] if config.baseline else [])),
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _extended(root: YamlNode, name: str) -> Iterable[str]:
    from auditor.policy.documents import normalised

    node = root.get("extends") if root.is_mapping else None
    items = () if node is None else node.items if node.is_list else (node,)
    return [normalised(item.text, name) for item in items if item.is_text and not item.text.startswith(_PACK)]


def _listed(root: YamlNode, name: str) -> Iterator[str]:
    """Files of names that a document's lists are kept in."""
    lists = root.get("lists") if root.is_mapping else None
    if lists is not None and lists.is_mapping:
        files = (value.get("file") for _, _, value in lists.entries() if value.is_mapping)
        yield from (normpath(join(dirname(name), file.text)) for file in files if file is not None)
