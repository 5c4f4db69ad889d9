"""Edits a waiver file as text, so that its comments, order and spacing stay as people wrote them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence

from auditor.errors import ConfigurationError
from auditor.policy.waivers import Waiver, read_waivers

NEW_FILE = "version: 1\nwaivers:\n"
_EMPTY_LIST = re.compile(r"^waivers:[ \t]*(\[[ \t]*\])?[ \t]*(#.*)?$")


def with_waiver(text: str, waiver: Waiver, path: str) -> str:
    """The file with one waiver more, behind the last one.

    Raises:
        ConfigurationError: the file is wrong, or would be with this waiver (its id stands already, its approver is
            its owner …); every problem at once.
    """
    text = text or NEW_FILE
    held = read_waivers(text, path)
    lines = text.splitlines()
    if held:
        last = max(_blocks(lines, held, path), key=lambda block: block[2])
        at, indent = last[2], last[3]
    else:
        at, indent = _opened(lines), "  "
    block = _written(waiver, indent)
    edited = "\n".join([*lines[:at], *block, *lines[at:]]) + "\n"
    read_waivers(edited, path)
    return edited


def without_waivers(text: str, ids: Collection[str], path: str) -> str:
    """The file without the waivers of these ids; a comment right above one goes with it.

    Raises:
        ConfigurationError: the file is wrong, or writes them in one line (`[{…}]`), where only a person can cut.
    """
    held = read_waivers(text, path)
    lines = text.splitlines()
    gone = {
        number for name, start, end, _ in _blocks(lines, held, path) if name in ids for number in range(start, end)
    }
    kept = [line for number, line in enumerate(lines) if number not in gone]
    if held and all(waiver.id in ids for waiver in held):
        kept = [_closed(line) for line in kept]
    return "\n".join(kept) + "\n"


def next_id(waivers: Sequence[Waiver]) -> str:
    """`W-015` after `W-014`: the number after the greatest that is in use."""
    numbers = [int(found[1]) for waiver in waivers if (found := re.fullmatch(r"W-(\d{1,9})", waiver.id))]
    return f"W-{max(numbers, default=0) + 1:03}"


def _blocks(lines: Sequence[str], held: Sequence[Waiver], path: str) -> list[tuple[str, int, int, str]]:
    """Of each waiver its id, its first line (comments above it included), the line behind it, and its indent."""
    found = []
    for waiver in held:
        first = waiver.place.line - 1
        dash = re.match(r"([ \t]*)-[ \t]+(?!\{)", lines[first])
        if dash is None:
            told = f"waiver {waiver.id} is not written as a block that begins with `- id:`; edit it by hand"
            raise ConfigurationError([f"{path}:{waiver.place.line}:1: {told}"])
        start = first
        while start and re.match(rf"{dash[1]}[ \t]*#", lines[start - 1]):
            start -= 1
        found.append((waiver.id, start, _end(lines, first, len(dash[1])), dash[1]))
    return found


def _end(lines: Sequence[str], first: int, indent: int) -> int:
    """The line behind a block: behind its last line that is indented deeper than its dash."""
    end = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if len(line) - len(line.lstrip()) <= indent:
            break
        end = number + 1
    return end


def _opened(lines: list[str]) -> int:
    """Make `waivers: []` a list that can be added to; the line behind it."""
    for number, line in enumerate(lines):
        if _EMPTY_LIST.match(line):
            lines[number] = re.sub(r"\[[ \t]*\]", "", line).rstrip()
            return number + 1
    lines.append("waivers:")
    return len(lines)


def _closed(line: str) -> str:
    return "waivers: []" if _EMPTY_LIST.match(line) else line


def _written(waiver: Waiver, indent: str) -> list[str]:
    subject = "subject" if waiver.max_matches is None else "selector"
    told: dict[str, str] = {
        "id": waiver.id,
        "policy": waiver.policy,
        subject: waiver.subject,
        "max_matches": "" if waiver.max_matches is None else str(waiver.max_matches),
        "category": str(waiver.category),
        "reason": waiver.reason,
        "owner": waiver.owner,
        "approved_by": waiver.approved_by,
        "approved_on": waiver.approved_on.isoformat(),
        "expires": waiver.expires.isoformat(),
        "ticket": waiver.ticket,
        "evidence": waiver.evidence,
    }
    rows = [f"{key}: {_scalar(value)}" for key, value in told.items() if value]
    return [f"{indent}{'  ' if number else '- '}{row}" for number, row in enumerate(rows)]


def _scalar(text: str) -> str:
    """The text as it is where YAML reads it as a text, a day or a number; else as JSON, which is YAML too."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


_PLAIN = re.compile(r"[A-Za-z0-9][\w ./@()+-]*(?::[\w./+-]+)*[\w.)]|[\w]")
"""No sign that YAML gives a meaning to: no `: `, no ` #`, no quotes, no brackets at its start."""
