"""Limits of the platforms, as dated data: never a number in code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.dataclasses import dataclass, field
from auditor.errors import ConfigurationError

CUSTOM_OBJECTS = "*custom"
"""The key under `by_object` that stands for every custom object."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: a value for all, or by edition, object or type; with where and when it was stated."""

    id: str
    value: int | None = None
    by_edition: Mapping[str, int] = field(default_factory=dict)
    by_object: Mapping[str, int] = field(default_factory=dict)
    by_type: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    as_of: str = ""

    def for_edition(self, edition: str) -> int | None:
        """The limit of an edition, whatever its case and separators; None for an edition that is not listed."""
        plain = edition.lower().replace("-", "_").replace(" ", "_").removesuffix("_edition")
        return self.by_edition.get(plain, self.value)

    def for_object(self, name: str, custom: bool) -> int | None:
        """The limit of one object, else of custom objects, else of all."""
        listed = self.by_object.get(name)
        if listed is None and custom:
            listed = self.by_object.get(CUSTOM_OBJECTS)
        return self.value if listed is None else listed


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits by platform and id."""

    of: Mapping[tuple[str, str], Limit] = field(default_factory=dict)

    def get(self, platform: str, limit_id: str) -> Limit | None:
        """One limit; None where the data has none."""
        return self.of.get((platform, limit_id))


def load_limits() -> Limits:
    """The limits that ship with the packs (`policies/data/*_limits.yaml`).

    Raises:
        ConfigurationError: a file is not in the shape that this reader knows; names the entry.
    """
    from importlib.resources import files

    folder = files("auditor.policies").joinpath("data")
    if not folder.is_dir():
        return Limits()
    found: dict[tuple[str, str], Limit] = {}
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.name.endswith("_limits.yaml"):
            found.update(read_limits(each.read_text(encoding="utf-8"), each.name))
    return Limits(found)


def read_limits(text: str, name: str) -> dict[tuple[str, str], Limit]:
    """The limits of one file.

    Raises:
        ConfigurationError: an entry lacks its id, or a number is none.
    """
    from auditor.formats.yamls import load_plain

    data = load_plain(text)
    if not isinstance(data, dict) or not isinstance(data.get("limits"), list):
        raise ConfigurationError([f"{name}: expected `platform:` and a list under `limits:`"])
    platform = str(data.get("platform", ""))
    limits = [_limit(entry, name) for entry in data["limits"]]
    return {(platform, each.id): each for each in limits}


def _limit(entry: object, name: str) -> Limit:
    if not isinstance(entry, dict) or "id" not in entry:
        raise ConfigurationError([f"{name}: each limit needs an id: {entry!r}"])
    try:
        value = entry.get("value")
        return Limit(
            str(entry["id"]),
            None if value is None else int(value),
            _numbers(entry.get("by_edition")),
            _numbers(entry.get("by_object")),
            _numbers(entry.get("by_type")),
            str(entry.get("source", "")),
            str(entry.get("as_of", "")),
        )
    except (TypeError, ValueError, AttributeError) as problem:
        raise ConfigurationError([f"{name}: {entry['id']}: {problem}"]) from problem


def _numbers(table: Any) -> Mapping[str, int]:  # noqa: ANN401 - a YAML value of any kind
    return {str(key): int(value) for key, value in (table or {}).items()}
