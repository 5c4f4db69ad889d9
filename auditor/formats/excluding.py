"""A tree without some of its files, which people name by pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from auditor.formats.trees import Tree
from auditor.model.catalogue import Skipped
from auditor.patterns import regex

_PARTS = regex(r"(\*\*/|\*\*|\*|\?)")
_MEANS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


class ExcludingTree:
    """Another tree without the files that fit a pattern; says in one line how many those are.

    A pattern with a slash in it begins at the root of the tree, one without fits a file or folder of that name
    anywhere; what fits a folder fits everything below. `*` stands for any part of a name, `**` for any folders.
    """

    def __init__(self, tree: Tree, patterns: Sequence[str]) -> None:
        self._tree = tree
        self._fits = re.compile("|".join(_expression(pattern) for pattern in patterns), re.DOTALL)
        listed = tree.paths()
        self._paths = [path for path in listed if not self._fits.match(path)]
        without = len(listed) - len(self._paths)
        files = "1 file" if without == 1 else f"{without:,} files"
        told = [Skipped(".", f"{files} not read: excluded by {', '.join(patterns)}")] if without else []
        idle = [each for each in patterns if not any(map(re.compile(_expression(each), re.DOTALL).match, listed))]
        told += [Skipped(".", f"the pattern {pattern} under exclude fits no file") for pattern in idle]
        kept = (line for line in tree.skipped if not self._fits.match(line.path))
        self._skipped = tuple(sorted([*told, *kept]))

    @property
    def location(self) -> str:
        """Where the whole tree stands."""
        return self._tree.location

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What of the rest could not be listed, how much was excluded, and which pattern fits nothing."""
        return self._skipped

    def paths(self) -> Sequence[str]:
        """The files that are left, sorted."""
        return self._paths

    def read(self, path: str) -> bytes:
        """The bytes of one file; `FormatError` where it cannot be read."""
        return self._tree.read(path)


def excluded(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path fits one of some patterns; without any none does."""
    if not patterns:
        return lambda _path: False
    fits = re.compile("|".join(map(_expression, patterns)), re.DOTALL)
    return lambda path: fits.match(path) is not None


def _expression(pattern: str) -> str:
    plain = pattern.removeprefix("./").strip("/")
    anywhere = "" if "/" in pattern.rstrip("/") else "(?:.*/)?"
    written = "".join(_MEANS.get(part) or re.escape(part) for part in _PARTS.split(plain))
    return f"{anywhere}{written}(?:/|\\Z)"
