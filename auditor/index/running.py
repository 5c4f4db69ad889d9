"""Which code runs, told without reading it: what other code has kept is not found.

An installed distribution lists its files with their digests (`RECORD`, PEP 376 and PEP 627), so that list stands
for them, on every machine alike. A checkout has none; there the names, sizes and times of its files do.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from auditor.digests import blake2b
from auditor.version import VERSION

_ROOT = Path(__file__).parents[1]
_RECORD = f"crm_scope_auditor-{VERSION}.dist-info/RECORD"
_READERS = ("dataclasses.py", "digests.py", "errors.py", "patterns.py", "formats", "languages", "model", "sources")
_KINDS = (".py", ".yaml")
_PLAIN = 0
"""The form that writes equal values alike, whichever of them are one object."""
_File = tuple[str, int, int]
"""Path, size and time of the last change."""


def reading_code() -> str:
    """A digest of the code that reads files, of the release and of the Python that runs it."""
    return _digest(_READERS)


def running_code() -> str:
    """A digest of all code and packs, of the release and of the Python that runs them."""
    return _digest(("",))


@cache
def _digest(places: tuple[str, ...]) -> str:
    listed = _record()
    told = listed if listed is not None else marshal.dumps(_files(places), _PLAIN)
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
    found: list[_File] = []
    folders = [str(_ROOT), str(_ROOT.parent / "policies")]
    for folder in folders:  # grows on the way
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(_KINDS):
                    told = entry.stat()
                    found.append((entry.path, told.st_size, told.st_mtime_ns))
                elif "." not in name and name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    found.sort()
    return found
