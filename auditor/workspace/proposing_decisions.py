"""Reads the verdicts that the repository keeps: one small file each, under `decisions/` beside `auditor.yaml`.

What was accepted is known to every later audit: who owns it, who reads it, and until when it was on trial.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.model.proposals import Request, RequestState, Verdict

FOLDER = "decisions"
VERSION = 1
_STATES = {
    Verdict.ACCEPT: RequestState.ACCEPTED,
    Verdict.REVISE: RequestState.REFUSED,
    Verdict.REJECT: RequestState.REFUSED,
    Verdict.UNKNOWN: RequestState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict that is kept."""

    path: str
    day: date
    verdict: Verdict
    subjects: tuple[str, ...]
    object: str
    name: str
    label: str
    type: str
    request: Request
    reasons: tuple[tuple[str, str], ...]
    """Policy and message of everything that spoke against it."""
    policies: str
    """Digest of the policies in force."""


def read_decisions(folder: Path) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """All verdicts that are kept, oldest first, and a line for each file that is none."""
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not paths:
        return (), ()
    from auditor.formats.yamls import load_plain  # most proposals find nothing that was decided

    found, lines = [], []
    for path in paths:
        try:
            found.append(_decision(load_plain(path.read_bytes()), path.name))
        except (FormatError, OSError, KeyError, TypeError, ValueError) as error:
            lines.append(f"{FOLDER}/{path.name} is no verdict that can be read ({type(error).__name__}: {error})")
    return tuple(sorted(found, key=lambda each: (each.day, each.path))), tuple(lines)


def requests_kept(folder: Path) -> Mapping[str, Request]:
    """Printed name → what was said when it was asked for; the latest verdict on a name counts.

    `folder` is the one that `auditor.yaml` stands in.
    """
    decisions, _ = read_decisions(folder / FOLDER)
    return {subject: each.request for each in decisions for subject in each.subjects}


def _decision(document: object, name: str) -> Decision:
    if not isinstance(document, dict):
        raise TypeError("expected keys with values")
    verdict = Verdict(str(document["verdict"]))
    said = document.get("request") or {}
    until = said.get("trial_until")
    state = RequestState.ON_TRIAL if until and verdict is Verdict.ACCEPT else _STATES[verdict]
    request = Request(
        str(said.get("owner") or ""),
        str(said.get("why") or ""),
        tuple(map(str, said.get("readers") or ())),
        str(said.get("retention") or ""),
        str(said.get("source_system") or ""),
        date.fromisoformat(str(until)) if until else None,
        state,
    )
    return Decision(
        f"{FOLDER}/{name}",
        date.fromisoformat(str(document["day"])),
        verdict,
        tuple(map(str, document["subjects"])),
        str(document["object"]),
        str(document.get("name") or ""),
        str(document.get("label") or ""),
        str(document.get("type") or ""),
        request,
        tuple((str(each["policy"]), str(each["message"])) for each in document.get("reasons") or ()),
        str(document.get("policies") or ""),
    )
