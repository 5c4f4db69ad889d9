"""Where caches live, and the key of their checksums."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from auditor.index.grounds import Vault
from auditor.index.running import reading_code, running_code
from auditor.index.store import Store
from auditor.starting import user_folder

FOLDER = ".auditor"
"""Beside `auditor.yaml`; what lies in it can be made again and is never committed."""
FILE = "cache.sqlite"
KEY_VARIABLE = "AUDITOR_CACHE_KEY"
"""A secret of one's own, for a cache that several machines share (a pipeline); without it each user has one."""
_KEY_FILE = "cache.key"


def open_store(folder: Path | None, environ: Mapping[str, str]) -> Store | None:
    """The cache of a configuration's folder, or the user's own for places without one; None: there can be none.

    The key of the checksums lies in the user's cache folder, or in the environment: a cache file that came with a
    repository holds nothing that this machine believes.
    """
    own = user_folder(environ)
    secret = _secret(own, environ)
    home = own if folder is None else folder / FOLDER
    if secret is None or home is None or not _made(home):
        return None
    return Store(home / FILE, secret, reading_code())


def open_vault(folder: Path, environ: Mapping[str, str]) -> Vault | None:
    """Where the grounds of a configuration's folder lie, in the file of its cache; None: there can be none."""
    secret = _secret(user_folder(environ), environ)
    home = folder / FOLDER
    if secret is None or not _made(home):
        return None
    return Vault(home / FILE, secret, running_code())


def _secret(folder: Path | None, environ: Mapping[str, str]) -> bytes | None:
    named = environ.get(KEY_VARIABLE)
    if named:
        return named.encode()
    if folder is None:
        return None
    path = folder / _KEY_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            fresh = folder / f"{_KEY_FILE}.{os.urandom(8).hex()}"
            fresh.touch(mode=0o600, exist_ok=False)
            fresh.write_bytes(os.urandom(32))
            fresh.replace(path)
        return path.read_bytes() or None
    except OSError:
        return None


def _made(folder: Path) -> bool:
    """Make the folder, with a file that keeps git away from it; False where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError:
        return folder.is_dir()  # a folder that cannot be written to may hold a cache that can be read
    return True
