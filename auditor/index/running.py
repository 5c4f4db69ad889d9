"""Which code runs, told without reading it: what other code has kept is not found.

An installed distribution lists its files with their digests (`RECORD`, PEP 376 and PEP 627), so that list stands
for them, on every machine alike. A checkout has none; there the names, sizes and times of its files do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from auditor.digests import blake2b
from auditor.version import VERSION

_ROOT = Path(__file__).parents[1]
_RECORD = f"crm_scope_auditor-{VERSION}.dist-info/RECORD"
_READERS = ("dataclasses.py", "errors.py", "formats", "languages", "model", "sources")
_KINDS = (".py", ".yaml")
_File = tuple[str, int, int]
"""Path, size and time of the last change."""


def reading_code() -> str:
    """A digest of the code that reads files, of the release and of the Python that runs it."""
    return _digest(_READERS)


def running_code() -> str:
    """A digest of all code and packs, of the release and of the Python that runs them."""
    return _digest(("",))


def _digest(places: tuple[str, ...]) -> str:
    listed = _record()
    told = listed if listed is not None else repr(_files(places)).encode()
    return blake2b(f"{VERSION} {sys.version}\0".encode() + told, digest_size=16).hexdigest()


@cache
def _record() -> bytes | None:
    try:
        return (_ROOT.parent / _RECORD).read_bytes()
    except OSError:
        return None


def _files(places: tuple[str, ...]) -> list[_File]:
    beginnings = tuple(str(_ROOT / place) for place in places if place)
    return [each for each in _all() if not beginnings or each[0].startswith(beginnings)]


@cache
def _all() -> list[_File]:
    """Every module, and every file of the packs, which a checkout keeps beside the package."""
    return sorted([*_beneath(str(_ROOT)), *_beneath(str(_ROOT.parent / "policies"))])


def _beneath(folder: str) -> Iterator[_File]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(_KINDS):
            told = entry.stat()
            yield entry.path, told.st_size, told.st_mtime_ns
        elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
            yield from _beneath(entry.path)
