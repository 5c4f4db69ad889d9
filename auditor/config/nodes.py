"""Readers of single values of a configuration.

Each notes a problem and gives an empty value, so that reading goes on and every problem is told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from auditor.formats.yamlnodes import Problems, YamlNode

_T = TypeVar("_T")


class ValueReader:
    """Reads values of nodes and collects what is wrong on the way."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def keys(self, node: YamlNode, known: tuple[str, ...], required: tuple[str, ...]) -> bool:
        """Whether it is a mapping; unknown and missing keys are noted."""
        if not node.is_mapping:
            self.problems.add(node, f"expected keys ({', '.join(known)}), found a {node.kind}")
            return False
        for key, place, _ in node.entries():
            if key not in known:
                self.problems.add(place, f"unknown key {key!r}{nearest(key, known)}")
        for key in required:
            if node.get(key) is None:
                self.problems.add(node, f"missing key {key!r}")
        return True

    def each(self, node: YamlNode | None, read: Callable[[YamlNode], _T | None]) -> Iterator[_T]:
        """What is read of each item of a list."""
        if node is None or node.is_empty:
            return
        if not node.is_list:
            self.problems.add(node, f"expected a list, found a {node.kind}")
            return
        for item in node.items:
            value = read(item)
            if value is not None:
                yield value

    def text(self, node: YamlNode | None) -> str:
        """One value as it is written; empty where there is none."""
        if node is None or node.is_empty:
            return ""
        if node.is_mapping or node.is_list:
            self.problems.add(node, f"expected one value, found a {node.kind}")
            return ""
        return node.text

    def texts(self, node: YamlNode | None) -> tuple[str, ...]:
        """A list of values; a single value is a list of one."""
        if node is None or node.is_empty:
            return ()
        if node.is_list:
            return tuple(self.text(item) for item in node.items)
        return (self.text(node),)

    def mapping(self, node: YamlNode | None) -> Mapping[str, str]:
        """Keys with single values."""
        if node is None or node.is_empty:
            return {}
        if not node.is_mapping:
            self.problems.add(node, f"expected keys with values, found a {node.kind}")
            return {}
        return {key: self.text(value) for key, _, value in node.entries()}

    def choice(self, node: YamlNode | None, known: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self.text(node)
        if node is not None and value not in known:
            self.problems.add(node, f"{value!r} is none of {', '.join(known)}{nearest(value, known)}")
            return ""
        return value

    def day(self, node: YamlNode | None) -> date | None:
        """A day in ISO form."""
        value = self.text(node)
        if node is None or not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.problems.add(node, f"{value!r} is no day; write 2026-11-21")
            return None

    def distinct(self, names: Iterable[str], node: YamlNode | None, what: str) -> None:
        """Note names that stand twice."""
        seen: set[str] = set()
        for name in names:
            if name in seen and node is not None:
                self.problems.add(node, f"two bear the {what} name {name!r}")
            seen.add(name)


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` with the nearest known words, or nothing."""
    from difflib import get_close_matches  # dear, and seldom needed

    close = get_close_matches(word, list(known), n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(close)}?" if close else ""
