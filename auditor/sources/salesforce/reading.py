"""Every file of a tree as `Parsed`, from the cache where its content was read before.

A file's key is its content and its whole path: readers take names from the path, and what they say names it. A
file that moved is read again, which costs less than a rule about which part of which path matters to whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.errors import FormatError
from auditor.formats.frozen import pack, unpack
from auditor.model.catalogue import Skipped
from auditor.sources.caching import Cache
from auditor.sources.salesforce.contents import Contents, Progress
from auditor.sources.salesforce.dispatch import read_file
from auditor.sources.salesforce.parsed import MetadataFile, Parsed

_TOGETHER = 100
"""So many files are looked up at once; their contents are in memory together."""
_TOGETHER_BYTES = 8 * 2**20
_Batch = list[tuple[MetadataFile, bytes | None]]


def read_files(
    files: Sequence[MetadataFile], contents: Contents, progress: Progress | None = None
) -> Iterator[tuple[str, Parsed]]:
    """What every file says, in the order of the files."""
    done = 0
    for batch in _batches(files, contents):
        yield from _parsed(batch, contents)
        done += len(batch)
        if progress is not None:
            progress(done, len(files))


def _batches(files: Sequence[MetadataFile], contents: Contents) -> Iterator[_Batch]:
    """Files to be looked up together, with their contents unless their digests are known already."""
    batch: _Batch = []
    size = 0
    for file in files:
        data = None if file.path in contents.digests else contents.read(file.path)
        batch.append((file, data))
        size += len(data or b"")
        if len(batch) >= _TOGETHER or size > _TOGETHER_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def known_file(path: str, digest: bytes, cache: Cache) -> Parsed | None:
    """What the file of this path and digest says, where it was read before."""
    key = _key(path, digest)
    kept = cache.get([key]).get(key)
    return _unpacked(kept) if kept is not None else None


def _parsed(batch: _Batch, contents: Contents) -> Iterator[tuple[str, Parsed]]:
    keys = [_key(file.path, contents.digests[file.path]) for file, _ in batch]
    known = contents.cache.get(keys) if contents.cache is not None else {}
    for (file, data), key in zip(batch, keys, strict=True):
        kept = _unpacked(known[key]) if key in known else None
        yield file.path, kept or _fresh(file, data, contents)


def _fresh(file: MetadataFile, data: bytes | None, contents: Contents) -> Parsed:
    if data is None and file.path not in contents.unreadable:
        data = contents.read(file.path)  # once more, and it may have changed since
    if data is None:
        return Parsed(skipped=(Skipped(file.path, contents.unreadable[file.path]),))
    parsed = read_file(file, data)
    if contents.cache is not None:
        contents.cache.put(_key(file.path, contents.digests[file.path]), pack(parsed))
    return parsed


def _key(path: str, digest: bytes) -> bytes:
    return b"file\0" + digest + path.encode("utf-8", "surrogatepass")


def _unpacked(data: bytes) -> Parsed | None:
    try:
        return unpack(data, Parsed)
    except FormatError:
        return None
