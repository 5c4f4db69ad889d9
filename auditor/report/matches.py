"""What `auditor match` prints. The columns of the CSV are a contract (README, "For machines")."""

from __future__ import annotations

import json
from collections.abc import Sequence

from auditor.formats.sheets import Sheet, csv_bytes
from auditor.model.matches import Match, Matches
from auditor.report.terminal import printable

_COLUMNS = ("crm_object", "crm_field", "erp_object", "erp_field", "score", "signals")


def matches_csv(matches: Matches, objects: bool) -> str:
    """One line a pair, best first; of objects with empty columns of fields, so that both may be put together.

    Signals are named with what they add to the odds; those that speak against have a minus.
    """
    found = matches.objects if objects else matches.fields
    return csv_bytes(Sheet("matches", _COLUMNS, tuple(map(_row, found)))).decode("utf-8-sig").replace("\r\n", "\n")


def matches_json(matches: Matches) -> str:
    """Everything as one JSON document: pairs of objects and of fields with every signal and its words."""
    document = {
        "objects": [_document(match) for match in matches.objects],
        "fields": [_document(match) for match in matches.fields],
        "declared_but_gone": [
            {
                "crm_object": pair.crm_object,
                "crm_field": pair.crm_field,
                "erp_object": pair.erp_object,
                "erp_field": pair.erp_field,
                "path": pair.path,
                "line": pair.line,
                "missing": missing,
            }
            for pair, missing in matches.gone
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def matches_text(matches: Matches, objects: bool) -> str:
    """For people: what repeats what, how likely, and why."""
    if matches.strangers:
        return "There is no CRM, or no ERP to compare it with.\n"
    found = matches.objects if objects else matches.fields
    lines = [_line(match) for match in found]
    if not found:
        lines.append("Nothing in the CRM seems to repeat the ERP.\n")
    for pair, missing in matches.gone:
        lines.append(printable(f"declared in {pair.path}:{pair.line}, and no longer there: {missing}") + "\n")
    return "".join(lines)


def _line(match: Match) -> str:
    names = f"{_name(match.crm_object, match.crm_field)}  repeats  {_name(match.erp_object, match.erp_field)}"
    kind = " ".join(part for part in (str(match.kind), str(match.direction)) if part)
    return printable(f"{match.score:4.0%}  {names}  ({kind}): {'; '.join(match.because)}") + "\n"


def _name(entity: str, field: str) -> str:
    return f"{entity}.{field}" if field else entity


def _row(match: Match) -> tuple[str, ...]:
    names = (match.crm_object, match.crm_field, match.erp_object, match.erp_field)
    return (*names, f"{match.score:.4f}", _signals(match.signals))


def _signals(signals: Sequence[tuple[str, float]]) -> str:
    return " ".join(f"{name}{value:+.1f}" for name, value in signals)


def _document(match: Match) -> dict[str, object]:
    return {
        "crm_system": match.crm_system,
        "crm_object": match.crm_object,
        "crm_field": match.crm_field,
        "erp_system": match.erp_system,
        "erp_object": match.erp_object,
        "erp_field": match.erp_field,
        "score": round(match.score, 4),
        "kind": str(match.kind),
        "direction": str(match.direction),
        "signals": dict(match.signals),
        "because": list(match.because),
    }
