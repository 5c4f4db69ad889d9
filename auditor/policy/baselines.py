"""The line from which gating began: the violations that stood then, one a line, sorted so that it merges well.

A file of JSON lines. There are no totals in it, since two branches that each change a total always conflict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from auditor.dataclasses import dataclass, field
from auditor.errors import ConfigurationError

HEADER = {"baseline": 1}
"""The first line: the version of the layout."""
_KEYS = ("subject", "policy", "measured", "fingerprint", "identity", "label", "type", "created")
_NEEDED = ("subject", "policy", "fingerprint")


@dataclass(frozen=True, slots=True, order=True)
class Traits:
    """What a field is recognised by after its API name changed; empty where it is not known."""

    label: str = ""
    type: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One violation that stood when gating began.

    `measured` is what the policy compared (`64 fields`), so that `90 fields` is worse. `fingerprint` is by the API
    path of the subject, `identity` by the platform's id; either one finds it again.
    """

    subject: str
    policy: str
    measured: str
    fingerprint: str
    identity: str = ""
    traits: Traits = field(default_factory=Traits)


def read_baseline(data: bytes, path: str) -> tuple[Entry, ...]:
    """Read a baseline, in the order of its lines.

    Raises:
        ConfigurationError: with every line that is wrong; a conflict of a merge is named as such.
    """
    problems: list[str] = []
    entries: list[Entry] = []
    lines = data.decode("utf-8", "replace").splitlines()
    if not lines or _object(lines[0]) != HEADER:
        told = f"the first line of a baseline is {json.dumps(HEADER)}; `auditor baseline create` writes it"
        raise ConfigurationError([f"{path}:1:1: {told}"])
    for number, line in enumerate(lines[1:], 2):
        found = _entry(line)
        if isinstance(found, str):
            problems.append(f"{path}:{number}:1: {found}")
        elif found is not None:
            entries.append(found)
    if problems:
        raise ConfigurationError(problems)
    return tuple(entries)


def baseline_bytes(entries: Iterable[Entry]) -> bytes:
    """The file of so many entries; what is not known of one is not in its line."""
    lines = [json.dumps(HEADER), *(_line(entry) for entry in sorted(set(entries)))]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _line(entry: Entry) -> str:
    told = {name: value for name, value in _members(entry) if value or name in _NEEDED}
    return json.dumps(told, ensure_ascii=False)


def _members(entry: Entry) -> Iterator[tuple[str, str]]:
    for name in _KEYS:
        yield name, getattr(entry.traits if name in Traits.__dataclass_fields__ else entry, name)


def _object(line: str) -> object:
    try:
        value: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value


def _entry(line: str) -> Entry | str | None:
    """The entry of a line, what is wrong with it, or None for an empty line."""
    if not line.strip():
        return None
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return "a conflict of a merge: keep the lines of both sides, then `auditor baseline prune`"
    members = _object(line)
    if not isinstance(members, dict):
        return "no JSON object; one finding stands on one line"
    unknown = sorted(set(members) - set(_KEYS))
    missing = [name for name in _NEEDED if name not in members]
    if unknown or missing:
        return "; ".join([*(f"unknown key {name!r}" for name in unknown), *(f"no {name}" for name in missing)])
    texts = {name: value for name, value in members.items() if isinstance(value, str)}
    if len(texts) != len(members):
        return f"{', '.join(sorted(set(members) - set(texts)))} must be a text"
    subject, policy, measured, fingerprint, identity, *traits = (texts.get(name, "") for name in _KEYS)
    return Entry(subject, policy, measured, fingerprint, identity, Traits(*traits))
