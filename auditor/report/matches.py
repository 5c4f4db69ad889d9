"""What `auditor match` prints. The columns of the CSV are a contract (README, "For machines")."""

from __future__ import annotations

import json
from collections.abc import Sequence

from auditor.formats.sheets import Sheet, csv_bytes
from auditor.model.matches import Match, Matches
from auditor.report.terminal import printable

_REASONS = 3
_Pair = tuple[str, str, str, str]
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
    """For people: what repeats what, how likely, and why; fields by the objects that they are of, best first."""
    if matches.strangers:
        return "There is no CRM, or no ERP to compare it with.\n"
    lines = _objects(matches.objects) if objects else _fields(matches)
    if not (matches.objects if objects else matches.fields):
        lines.append("Nothing in the CRM seems to repeat the ERP.")
    for pair, missing in matches.gone:
        lines.append(f"declared in {pair.path}:{pair.line}, and no longer there: {missing}")
    return "".join(printable(line) + "\n" for line in lines)


def _objects(found: Sequence[Match]) -> list[str]:
    width = max((len(match.crm_object) for match in found), default=0)
    other = max((len(match.erp_object) for match in found), default=0)
    return [
        f"{match.score:4.0%}  {match.crm_object:{width}}  repeats  {match.erp_object:{other}}  {_kind(match)}: "
        + "; ".join(match.because[:_REASONS])
        for match in found
    ]


def _fields(matches: Matches) -> list[str]:
    """A heading for each pair of objects, the surest pair first, and its fields below it."""
    objects = {_pair(match): match for match in matches.objects}
    groups: dict[_Pair, list[Match]] = {}
    for match in matches.fields:
        groups.setdefault(_pair(match), []).append(match)
    lines: list[str] = []
    scores = {pair: objects[pair].score if pair in objects else 0.0 for pair in groups}
    for pair in sorted(groups, key=lambda each: (-scores[each], -len(groups[each]), each)):
        lines += _group(groups[pair], objects.get(pair))
    return lines


def _group(found: Sequence[Match], held: Match | None) -> list[str]:
    first = found[0]
    verb = "has fields of" if held is None else "repeats"
    told = [f"{len(found)} {'field' if len(found) == 1 else 'fields'}"]
    if held is not None:
        told += [f"{held.score:.0%}", _kind(held)]
    heading = f"{first.crm_object} {verb} {first.erp_object} ({', '.join(told)})"
    width, other = (max(len(getattr(match, side)) for match in found) for side in ("crm_field", "erp_field"))
    return [
        heading,
        *(
            f"  {match.score:4.0%}  {match.crm_field:{width}}  {match.erp_field:{other}}  {_kind(match)}: "
            + "; ".join(match.because[:_REASONS])
            for match in found
        ),
        "",
    ]


def _pair(match: Match) -> _Pair:
    return (match.crm_system, match.crm_object, match.erp_system, match.erp_object)


def _kind(match: Match) -> str:
    return " ".join(part for part in (str(match.kind), str(match.direction)) if part)


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
