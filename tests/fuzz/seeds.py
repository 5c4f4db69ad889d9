"""Real inputs to damage: those under AUDITOR_CORPORA and further folders, and always the examples of this tree."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from auditor.errors import AuditorError
from auditor.formats.trees import open_tree

ROOT = Path(__file__).parents[2]
_LARGEST = 64 * 1024
"""Larger inputs are taken by their beginning, up to a line's end, or left out where only a whole one is one."""
_EXAMPLES = (
    "examples/nordvik/salesforce",
    "examples/nordvik/erp",
    "examples/nordvik/usage",
    "examples/nordvik/policies",
)
_SAMPLES = "tests/fuzz/samples"
_PER_ENDING = 60
"""Files of one kind that are taken from one repository (the first folder of a path)."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One real input: its path as readers are told it, and its bytes."""

    path: str
    data: bytes


def folders() -> tuple[Path, ...]:
    """Where real inputs are looked for, in order."""
    named = os.environ.get("AUDITOR_CORPORA", "")
    outside = [Path(part) for part in named.split(os.pathsep) if part]
    return (*(ROOT / name for name in (*_EXAMPLES, _SAMPLES)), *outside)


@cache
def every_file() -> tuple[tuple[str, bytes], ...]:
    """Every file that can be an input, archives unpacked, in a fixed order."""
    found: list[tuple[str, bytes]] = []
    for folder in folders():
        if folder.is_dir():
            found.extend(_files(folder))
            for archive in sorted(folder.rglob("*.tar.gz")):
                found.extend(_files(archive))
    return tuple(found)


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    tree = open_tree(str(place))
    counts: dict[str, int] = {}
    for path in tree.paths():
        ending = path.partition("/")[0] + path.rpartition("/")[2].partition(".")[2]
        counts[ending] = counts.get(ending, 0) + 1
        if counts[ending] > _PER_ENDING or "-lock." in path:
            continue
        try:
            yield path, tree.read(path)
        except AuditorError:
            continue


def seeds(endings: Iterable[str], within: str = "", without: str = "") -> list[Seed]:
    """Inputs whose path has one of the endings, by words that it must and must not hold."""
    wanted = tuple(endings)
    return [
        Seed(path, _shortened(data))
        for path, data in every_file()
        if path.lower().endswith(wanted) and within in path and not (without and without in path)
        if len(data) <= _LARGEST or path.lower().endswith((".csv", ".jsonl"))
    ]


def elements(pattern: str) -> list[Seed]:
    """The texts of XML elements whose tag matches, each once: formulas, addresses, messages."""
    expression = re.compile(rf"<({pattern})>([^<]+)</\1>")
    found: dict[str, str] = {}
    for path, data in every_file():
        if path.endswith((".xml", ".object", ".workflow", ".report")) and len(data) <= 8 * _LARGEST:
            for match in expression.finditer(data.decode("utf-8", "replace")):
                found.setdefault(unescape(match[2]), path)
    return [Seed(path, text.encode()) for text, path in found.items()]


def snippets(pattern: str, endings: tuple[str, ...]) -> list[Seed]:
    """What a pattern finds in texts: queries within code and logs."""
    expression = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    found: dict[str, str] = {}
    for path, data in every_file():
        if path.lower().endswith(endings):
            for match in expression.finditer(data[: 4 * _LARGEST].decode("utf-8", "replace")):
                found.setdefault(match[1], path)
    return [Seed(path, text.encode()) for text, path in found.items()]


def _shortened(data: bytes) -> bytes:
    if len(data) <= _LARGEST:
        return data
    return data[: data.rfind(b"\n", 0, _LARGEST // 4) + 1]
