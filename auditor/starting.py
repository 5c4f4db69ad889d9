"""The start of a hook: the compiled modules of its last run lie together in one file of the user's own.

Python looks for each module in its folder, and opens, checks and reads a file for it: a third of what it costs to
import two hundred of them. What is kept here is the same code, believed by the same signs: size and time of the
source (PEP 552 has them in each `.pyc`), the version of Python, and the place of the package. The file lies beside
the key of the caches in a folder that only the user writes to, and is never looked for in a repository
(docs/decisions/0028-what-is-kept-compiled.md). Without it a start is slower, and the same.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from io import FileIO
from pathlib import Path
from types import CodeType

OWN = "crm-scope-auditor"
_PACKAGE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - as modules have it in their paths
_FORM = 1
_SPARE = 8
"""So many modules may be missing before the file is written anew."""
_Kept = tuple[str, int, int, int, int, int]
"""Source, its size and time, and where the code lies in the file: from, how long, with which checksum."""
_LENGTH = 8
"""Bytes before the list of modules: how long it is. The code follows it."""


def user_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The user's cache folder by the custom of the platform; None where the environment names no home."""
    home = environ.get("HOME") or environ.get("USERPROFILE")
    named = {"win32": environ.get("LOCALAPPDATA"), "darwin": f"{home}/Library/Caches" if home else None}
    given = environ.get("XDG_CACHE_HOME") or named.get(platform) or (f"{home}/.cache" if home else None)
    return Path(given) / OWN if given and Path(given).is_absolute() else None


class KeptModules:
    """Finds modules of this package in what the last run of the kind kept, before Python looks for them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._missing = 0
        self._kept: dict[str, _Kept] = {}
        with suppress(OSError, ValueError, EOFError, TypeError), ExitStack() as unless_believed:
            self._stream = unless_believed.enter_context(FileIO(path))
            self._kept = _listed(self._stream)
            self._begin = self._stream.tell()
            if self._kept:
                unless_believed.pop_all()

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """How to load a module; None where Python shall look for it itself."""
        kept = self._kept.get(name)
        if kept is None:
            self._missing += name.startswith("auditor.")
            return None
        file, size, time, *place = kept
        data = self._code(*place)
        if data is None or _signs(file) != (size, time):
            del self._kept[name]
            self._missing += _SPARE
            return None
        places = [os.path.dirname(file)] if file.endswith("__init__.py") else None  # noqa: PTH120 - a plain text
        return spec_from_file_location(
            name, file, loader=_Loader(name, file, data), submodule_search_locations=places
        )

    def keep(self) -> None:
        """Write what this run has loaded, with what was there, where enough of it was missing."""
        if self._missing >= _SPARE and not sys.dont_write_bytecode:
            found = {}
            for name, module in list(sys.modules.items()):
                loader = getattr(module, "__loader__", None)
                if name.startswith("auditor.") and isinstance(loader, SourceFileLoader):
                    with suppress(OSError, ImportError, ValueError):
                        found[name] = _told(name, loader)
            with suppress(OSError):
                _write(self._path, found)

    def _code(self, start: int, length: int, check: int) -> bytes | None:
        try:
            self._stream.seek(self._begin + start)
            data: bytes = self._stream.read(length)
        except OSError:
            return None
        return data if crc32(data) == check else None


class _Loader(SourceFileLoader):
    """The ordinary loader of a source file, which has its code already."""

    def __init__(self, name: str, path: str, data: bytes) -> None:
        super().__init__(name, path)
        self._data = data

    def get_code(self, _name: str) -> CodeType | None:
        code: CodeType = marshal.loads(self._data)  # noqa: S302 - as Python does with what it keeps itself
        return code


def kept_modules(kind: str, environ: Mapping[str, str]) -> KeptModules | None:
    """Let modules be found in what was kept for a kind of run; None where nothing can be."""
    folder = user_folder(environ)
    if folder is None:
        return None
    told = f"{sys.version}\0{sys.flags.optimize}\0{_PACKAGE}\0{_FORM}".encode("utf-8", "surrogateescape")
    found = KeptModules(folder / f"{kind}-{crc32(told):08x}.modules")
    sys.meta_path.insert(0, found)
    return found


def _listed(stream: FileIO) -> dict[str, _Kept]:
    length, told = int.from_bytes(stream.read(_LENGTH), "big"), os.fstat(stream.fileno())
    others = hasattr(os, "getuid") and told.st_uid != os.getuid()
    if length > told.st_size or others:
        return {}
    check, data = stream.read(_LENGTH), stream.read(length)
    if crc32(data) != int.from_bytes(check, "big"):
        return {}
    found: dict[str, _Kept] = marshal.loads(data)  # noqa: S302 - the user's own, like any `.pyc`
    return found


def _write(path: Path, codes: Mapping[str, tuple[str, int, int, bytes]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept: dict[str, _Kept] = {}
    start = 0
    for name, (file, size, time, code) in codes.items():
        kept[name] = (file, size, time, start, len(code), crc32(code))
        start += len(code)
    head = marshal.dumps(kept)
    parts = [len(head).to_bytes(_LENGTH, "big"), crc32(head).to_bytes(_LENGTH, "big"), head]
    fresh = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    try:
        fresh.touch(mode=0o600, exist_ok=False)
        fresh.write_bytes(b"".join([*parts, *(code for *_, code in codes.values())]))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _told(name: str, loader: SourceFileLoader) -> tuple[str, int, int, bytes]:
    file = loader.get_filename(name)
    signs = _signs(file)
    code = loader.get_code(name)
    if signs is None or code is None or _signs(file) != signs:
        raise ImportError(name)
    return file, *signs, marshal.dumps(code)


def _signs(file: str) -> tuple[int, int] | None:
    try:
        told = os.stat(file)  # noqa: PTH116 - two hundred times before anything happens
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns
