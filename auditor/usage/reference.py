"""The kinds of evidence as a page: `python -m auditor.usage.reference > docs/reference/evidence.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from auditor.model.testimony.table import TESTIMONIES, WAYS, watchers
from auditor.model.testimony.words import Answer, Platform, Question, Testimony
from auditor.usage.dataverse.codes import ACTIONS, OPERATIONS, AuditCode
from auditor.usage.hubspot.change_sources import CHANGE_SOURCES, ChangeSource
from auditor.usage.logs.event_types import EVENT_TYPES, Proof
from auditor.usage.registry import BY_ID

_OPENING = """# Kinds of evidence

<!-- Generated: python -m auditor.usage.reference > docs/reference/evidence.md -->

What each usage source can and cannot say about fields, objects and components.
This page, `auditor evidence plan`, and what reports and *unknown* answers say of evidence come from one table
(`auditor/model/testimony`).

- **proves**: what it says is so. *possibly*: it may be so. A dash: it never says anything about that.
- An **exclamation mark** after *proves* says that its silence is an answer too, within its window, for what that
  window covers.
- A **log** holds events of a window; a **register** holds a state since each subject's beginning.
"""
_MARKS = {Answer.PROVES: "proves", Answer.POSSIBLE: "*possibly*", Answer.NEVER: "–"}
_PLATFORMS = {
    Platform.SALESFORCE: "Salesforce",
    Platform.HUBSPOT: "HubSpot",
    Platform.DATAVERSE: "Dataverse",
    Platform.SQL: "Databases",
    Platform.ANY: "Any system",
}


def reference() -> str:
    """The page as Markdown."""
    return "\n".join([_OPENING, *_answers(), *_ways(), *_details(), *_event_types(), *_hubspot(), *_dataverse()])


def _answers() -> list[str]:
    heads = ["kind", *Question]
    lines = ["## What each can answer", "", _row(heads), _row(["---"] * len(heads))]
    for each in TESTIMONIES:
        lines.append(_row([f"`{each.kind}`", *(_mark(each, question) for question in Question)]))
    return [*lines, ""]


def _mark(told: Testimony, question: Question) -> str:
    mark = _MARKS[told.answer(question)]
    return f"{mark}!" if question in told.silence else mark


def _ways() -> list[str]:
    lines = ["## Ways of reading, and what watches them", ""]
    lines += [
        "That nobody reads a field follows only where every way was watched, or is declared under `complete:`."
    ]
    lines += ["", _row(("system", "way", "id", "watched by")), _row(["---"] * 4)]
    for platform, ways in WAYS.items():
        for way in ways:
            kinds = ", ".join(f"`{kind}`" for kind in watchers(way)) or "nothing: declare it"
            lines.append(_row((_PLATFORMS[platform], way.words, f"`{way.id}`", kinds)))
    return [*lines, ""]


def _details() -> list[str]:
    lines: list[str] = []
    for platform in Platform:
        lines += [f"## {_PLATFORMS[platform]}", ""]
        for told in TESTIMONIES:
            if told.platform is platform:
                lines += [*_detail(told), ""]
    return lines


def _detail(told: Testimony) -> Iterable[str]:
    kind = BY_ID.get(told.kind)
    yield f"### `{told.kind}`"
    yield ""
    yield f"{told.name[0].upper()}{told.name[1:]} ({told.memory})."
    yield ""
    yield f"- **Says**: {told.says}"
    yield f"- **Cannot say**: {told.silent_on}"
    yield f"- **Reaches back**: {told.retention}."
    yield f"- **Easy to get wrong**: {told.trap}"
    if told.licence:
        yield f"- **Licence**: {told.licence}."
    if kind is not None:
        yield f"- **By clicks**: {kind.recipe.setup}."
        yield f"- **Files**: {', '.join(f'`{pattern}`' for pattern in kind.patterns[:3])}"
        if kind.signatures:
            columns = ", ".join(f"`{column}`" for column in sorted(kind.signatures[0]))
            yield f"- **Told by the columns**: {columns}"
    yield f"- **Source**: {told.source}."


def _event_types() -> list[str]:
    lines = ["## Types of event log files", ""]
    lines += ["A type that is not listed is counted by its name in the note of the source.", ""]
    lines += [_row(("proves", "types", "columns that say it", "easy to get wrong")), _row(["---"] * 4)]
    for proof in Proof:
        types = [each for each in EVENT_TYPES if each.proof is proof]
        if proof is Proof.NOTHING:
            lines.append(_row((proof, ", ".join(f"`{each.name}`" for each in types), "", "")))
            continue
        lines += [_row((proof, f"`{each.name}`", " ".join(each.columns), each.trap)) for each in types]
    return [*lines, ""]


def _hubspot() -> list[str]:
    lines = ["## Who stands behind a change of a HubSpot property", ""]
    lines += ["What the platform sets by itself is no use. A source that is not listed is by nobody known.", ""]
    lines += [_row(("by", "sources", "what it is")), _row(["---"] * 3)]
    groups: dict[tuple[str, str], list[ChangeSource]] = {}
    for each in CHANGE_SOURCES:
        groups.setdefault(("the platform itself" if each.own else str(each.by), each.meaning), []).append(each)
    for (by, meaning), sources in groups.items():
        lines.append(_row((by, ", ".join(f"`{each.name}`" for each in sources), meaning)))
    return [*lines, ""]


def _dataverse() -> list[str]:
    lines = ["## Codes of Dataverse's audit", "", _row(("column", "codes", "what it was")), _row(["---"] * 3)]
    for column, codes in (("operation", OPERATIONS), ("action", ACTIONS)):
        groups: dict[str, list[AuditCode]] = {}
        for each in codes:
            groups.setdefault(each.happened, []).append(each)
        for happened, members in groups.items():
            lines.append(_row((column, ", ".join(f"{each.code} {each.word}" for each in members), happened)))
    return [*lines, ""]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") or "–" for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(reference())
