"""A copy of a tree of files with some of them changed, held in memory: where a plan is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.model.catalogue import Skipped


class Copy:
    """The files of another tree, some with other contents; what became None is gone."""

    def __init__(self, tree: Tree, changed: Mapping[str, bytes | None]) -> None:
        self._tree = tree
        self._changed = dict(changed)
        kept = {path for path in tree.paths() if self._changed.get(path, b"") is not None}
        added = {path for path, content in self._changed.items() if content is not None}
        self._paths = sorted(kept | added)

    @property
    def location(self) -> str:
        """Of the tree that was copied, said to be a copy: caches must not take one for the other."""
        return f"{self._tree.location} (copy)"

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What could not be listed in the tree that was copied."""
        return self._tree.skipped

    def paths(self) -> Sequence[str]:
        """All files, sorted."""
        return self._paths

    def read(self, path: str) -> bytes:
        """The bytes of one file; `FormatError` where there is none."""
        if path not in self._changed:
            return self._tree.read(path)
        content = self._changed[path]
        if content is None:
            raise FormatError("is gone from the copy")
        return content
