"""What `auditor evidence list` prints: additions, what they cover, and what has to be added by when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from auditor.model.accumulation import Addition, Standing
from auditor.report.terminal import printable

NOTHING = "Nothing has accumulated. `auditor evidence add FILE…` keeps what logs tell, so that months join."
_LISTED = 8
_BEGINNING = "the beginning"


def accumulation_json(additions: Sequence[Addition], standings: Sequence[Standing]) -> str:
    """Both lists as one JSON document."""
    document = {
        "additions": [_addition_row(each) for each in additions],
        "covered": [_standing_row(each) for each in standings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def accumulation_text(additions: Sequence[Addition], standings: Sequence[Standing], as_of: date) -> str:
    """Both lists for people."""
    if not additions:
        return NOTHING + "\n"
    lines = ["Added:", *(f"  {addition_words(each)}" for each in additions), "", "Covered wholly:"]
    for each in standings:
        lines += [f"  {line}" for line in _standing_lines(each, as_of)]
    if not standings:
        lines.append("  no day: state --from and --to, or add exports that span more than two days")
    return "\n".join(printable(line) for line in lines) + "\n"


def addition_words(addition: Addition) -> str:
    """One addition in one line."""
    log = _log_words(addition.kind, addition.system, addition.stream)
    rows = f"{addition.rows:,} row{'s'[: addition.rows != 1]}"
    subjects = f"{addition.subjects:,} subject{'s'[: addition.subjects != 1]}"
    cut = "; it may have been cut, so its silence proves nothing" if addition.truncated else ""
    days = window_words(addition) or "no whole day"
    return (
        f"{addition.name}: {log}, {days}, {rows}, {subjects}, added {addition.added}, {addition.digest[:8]}{cut}"
    )


def window_words(addition: Addition) -> str:
    """From when to when an addition covers something; empty where it covers no whole day."""
    if not addition.windows:
        return ""
    start = min(each.start or date.min for each in addition.windows)
    return _span_words((start, max(each.end for each in addition.windows)))


def _standing_lines(standing: Standing, as_of: date) -> Iterator[str]:
    deeds = ", ".join(standing.deeds)
    covered = "; ".join(_span_words(each) for each in _some(standing.covered))
    yield f"{_log_words(standing.kind, standing.system, standing.stream)} ({deeds}): {covered}"
    if standing.gaps:
        yield f"  not covered: {'; '.join(_span_words(each) for each in _some(standing.gaps))}"
    yield f"  {_proof_words(standing, as_of)}"


def _proof_words(standing: Standing, as_of: date) -> str:
    """How many days back silence is proven, and what is to be done for what is missing."""
    if standing.proven_from is None:
        return f"{standing.needed} days are proven up to {standing.until}"
    back = (standing.until - standing.since).days + 1
    late = standing.add_by is not None and standing.add_by < as_of
    if late:
        return (
            f"{back} of {standing.needed} days; what followed {standing.until} was kept until {standing.add_by}, "
            "so that the next export begins anew"
        )
    by = f" by {standing.add_by}" if standing.add_by else ", which must follow on the last without a gap"
    when = f"from {standing.proven_from}" if standing.proven_from > as_of else "at once"
    return f"{back} of {standing.needed} days; {standing.needed} are proven {when} if you add the next export{by}"


def _some(stretches: Sequence[tuple[date, date]]) -> Sequence[tuple[date, date]]:
    """The newest of them: old ones prove nothing any more."""
    return stretches[-_LISTED:]


def _span_words(stretch: tuple[date, date]) -> str:
    first, last = stretch
    start = _BEGINNING if first == date.min else f"{first}"
    return start if first == last else f"{start} to {last}"


def _log_words(kind: str, system: str, stream: str) -> str:
    return f"{kind} {stream} of {system}" if stream else f"{kind} of {system}"


def _addition_row(each: Addition) -> dict[str, object]:
    return {
        "id": each.name,
        "kind": each.kind,
        "system": each.system,
        "stream": each.stream,
        "windows": [
            {
                "deed": str(window.deed),
                "from": window.start.isoformat() if window.start else None,
                "to": window.end.isoformat(),
                "subjects": None if window.subjects is None else len(window.subjects),
                "gaps": _stretch_rows(window.gaps),
            }
            for window in each.windows
        ],
        "rows": each.rows,
        "subjects": each.subjects,
        "added": each.added.isoformat(),
        "digest": each.digest,
        "organization": each.organization,
        "truncated": each.truncated,
    }


def _standing_row(each: Standing) -> dict[str, object]:
    return {
        "kind": each.kind,
        "system": each.system,
        "stream": each.stream,
        "deeds": [str(deed) for deed in each.deeds],
        "covered": _stretch_rows(each.covered),
        "gaps": _stretch_rows(each.gaps),
        "days_needed": each.needed,
        "days_proven": None if each.since == date.min else (each.until - each.since).days + 1,
        "proven": each.proven_from is None,
        "proven_from": each.proven_from.isoformat() if each.proven_from else None,
        "add_by": each.add_by.isoformat() if each.add_by else None,
    }


def _stretch_rows(stretches: Sequence[tuple[date, date]]) -> list[dict[str, str | None]]:
    return [
        {"from": None if first == date.min else first.isoformat(), "to": last.isoformat()}
        for first, last in stretches
    ]
