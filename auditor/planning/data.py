"""What planning knows of platforms and policies, as dated data that ships with the packs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from auditor.dataclasses import dataclass, field
from auditor.errors import ConfigurationError
from auditor.formats.yamls import load_plain

_NAME = "rollback.yaml"


@dataclass(frozen=True, slots=True)
class Recovery:
    """How many days a platform lets a deletion be undone, and where and when that was stated."""

    days: int
    source: str
    as_of: str
    note: str = ""
    """What comes back in no case."""


@dataclass(frozen=True, slots=True)
class RollbackData:
    """Policies that propose a retirement, and recovery times by kind of source."""

    policies: tuple[str, ...] = ()
    recovery: Mapping[str, Recovery] = field(default_factory=dict)


def load_rollback_data() -> RollbackData:
    """The data that ships with the packs.

    Raises:
        ConfigurationError: the file is not in the shape that this reader knows.
    """
    entry = files("auditor.policies").joinpath("data", _NAME)
    return read_rollback_data(entry.read_text(encoding="utf-8"), _NAME)


def read_rollback_data(text: str, name: str) -> RollbackData:
    """The data of one file.

    Raises:
        ConfigurationError: it has no list of policies, or an entry lacks its platform or days.
    """
    data = load_plain(text)
    if not isinstance(data, dict) or not isinstance(data.get("policies"), list):
        raise ConfigurationError([f"{name}: expected a list under `policies:`"])
    try:
        recovery = {
            str(each["platform"]): Recovery(
                int(each["days"]),
                str(each.get("source", "")),
                str(each.get("as_of", "")),
                str(each.get("note", "")),
            )
            for each in data.get("recovery") or ()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise ConfigurationError([f"{name}: recovery needs platform and days: {problem!r}"]) from problem
    return RollbackData(tuple(str(each) for each in data["policies"]), recovery)
