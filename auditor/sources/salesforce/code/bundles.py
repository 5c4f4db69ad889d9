"""Bundles: the folders in which Lightning web components and Aura components keep their files."""

from __future__ import annotations

from pathlib import PurePosixPath

from auditor.dataclasses import dataclass
from auditor.sources.salesforce.parsed import MetadataFile

_KINDS = {"lwc": "lwc", "aura": "aura"}
# Folders of a bundle that are never deployed: tests, and the data and stubs that they use.
_NOT_DEPLOYED = frozenset({"__tests__", "__mocks__", "__utam__", "__types__"})


@dataclass(frozen=True, slots=True)
class Bundle:
    """Which bundle a file belongs to. `main` tells that the file is the one that the bundle is named by."""

    kind: str
    name: str
    main: bool
    deployed: bool


def bundle_of(file: MetadataFile) -> Bundle | None:
    """The bundle of a file, from the folder `lwc` or `aura` above it; None where there is none."""
    parts = PurePosixPath(file.path).parts
    for place in range(len(parts) - 2, 0, -1):
        kind = _KINDS.get(parts[place - 1])
        if kind is not None:
            name, inner = parts[place], parts[place + 1 :]
            main = len(inner) == 1 and inner[0].partition(".")[0] == name
            return Bundle(kind, name, main, not _NOT_DEPLOYED.intersection(inner))
    return None
