"""The tree that a YAML document is read into, and the list of what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from auditor.dataclasses import dataclass, field
from auditor.errors import ConfigurationError

Plain = None | bool | int | float | str


class YamlKind(StrEnum):
    """The three shapes of YAML."""

    MAPPING = "mapping"
    SEQUENCE = "list"
    SCALAR = "value"


@dataclass(frozen=True, slots=True)
class YamlNode:
    """One node of a document and where it starts (line and column from 1).

    `scalar` is set for scalars, `items` for lists, `pairs` (key, value in document order) for mappings.
    `text` is a scalar as it was written; `quoted` tells `"1.10"` from `1.10`.
    """

    kind: YamlKind
    line: int
    column: int
    file: str = ""
    scalar: Plain = None
    items: tuple[YamlNode, ...] = ()
    pairs: tuple[tuple[YamlNode, YamlNode], ...] = ()
    text: str = ""
    quoted: bool = False
    size: int = 1

    @property
    def where(self) -> str:
        """`file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def is_mapping(self) -> bool:
        """Whether it holds keys and values."""
        return self.kind is YamlKind.MAPPING

    @property
    def is_list(self) -> bool:
        """Whether it holds items."""
        return self.kind is YamlKind.SEQUENCE

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written (`key:`), or null."""
        return self.kind is YamlKind.SCALAR and self.scalar is None

    @property
    def is_text(self) -> bool:
        """Whether it is a scalar read as text."""
        return isinstance(self.scalar, str)

    @property
    def is_unquoted_float(self) -> bool:
        """Whether it reads as a fraction without quotes: a version 1.10 written so has lost its zero."""
        return isinstance(self.scalar, float) and not self.quoted

    def get(self, key: str) -> YamlNode | None:
        """The value of a key of a mapping; None where it is not there or this is no mapping."""
        for name, value in self.pairs:
            if name.scalar == key:
                return value
        return None

    def entries(self) -> Iterator[tuple[str, YamlNode, YamlNode]]:
        """Key as text, key node and value node of a mapping, in document order."""
        return ((name.text, name, value) for name, value in self.pairs)

    def plain(self) -> object:
        """Plain Python data: dict, list, str, int, float, bool, None."""
        if self.is_mapping:
            return {key.scalar: value.plain() for key, value in self.pairs}
        return [item.plain() for item in self.items] if self.is_list else self.scalar


@dataclass(slots=True)
class Problems:
    """Collects what is wrong in files, so that all of it is told at once."""

    found: list[tuple[str, int, int, str]] = field(default_factory=list)

    def add(self, node: YamlNode, message: str) -> None:
        """Note a problem at a node."""
        self.at(node.file, node.line, node.column, message)

    def at(self, file: str, line: int, column: int, message: str) -> None:
        """Note a problem at a place."""
        self.found.append((file, line, column, message))

    @property
    def lines(self) -> tuple[str, ...]:
        """`file:line:column: message`, sorted by place, each once."""
        return tuple(f"{file}:{line}:{column}: {text}" for file, line, column, text in sorted(set(self.found)))

    def check(self) -> None:
        """Stop where something was found.

        Raises:
            ConfigurationError: with all problems.
        """
        if self.found:
            raise ConfigurationError(self.lines)
