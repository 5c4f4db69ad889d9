"""Merge fields in texts that people write: templates, links, pages, flow texts.

`{!Account.Name}` and `{!IF(ISBLANK(Contact.Title), "", Contact.Title)}` are formulas within a text;
`{{{Recipient.FirstName}}}` is the form of Lightning e-mail templates (Handlebars).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.dataclasses import dataclass
from auditor.languages.formula import Formula, FormulaField, parse_formula
from auditor.languages.literals import HardCoded
from auditor.languages.problem import SyntaxProblem

_OPENING = re.compile(r"\{!")
# Up to the brace that closes the merge field; a brace within quotes does not.
_INSIDE = re.compile(r"""(?:[^}'"]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*+\}""", re.DOTALL)
_HANDLEBARS = re.compile(r"\{\{\{?\s*(?P<path>[A-Za-z_][\w.]*)\s*\}?\}\}")


@dataclass(frozen=True, slots=True)
class MergeText:
    """Everything a text with merge fields mentions, by offset in the text.

    Every path is anchored: its first part names an object or a variable (`Account.Name`, `$Record.Name`,
    `v.record.Name`), or is a variable on its own.
    """

    fields: tuple[FormulaField, ...]
    functions: tuple[str, ...] = ()
    literals: tuple[HardCoded, ...] = ()
    problem: SyntaxProblem | None = None


def merge_fields(text: str) -> MergeText:
    """Find the merge fields of a text; what is outside of braces is plain text and means nothing here."""
    formulas: list[Formula] = []
    problem: SyntaxProblem | None = None
    openings = [match.end() for match in _OPENING.finditer(text)]
    for begin, limit in pairwise([*openings, len(text) + 2]):
        end = _end(text, begin, limit - 2)
        if end < 0:
            problem = problem or SyntaxProblem("a merge field is not closed", begin - 2)
            continue
        formulas.append(parse_formula(text[begin:end], begin, anchored=True))
    fields = [item for formula in formulas for item in formula.fields]
    fields.extend(_handlebars(text))
    return MergeText(
        tuple(sorted(fields, key=lambda item: item.offset)),
        tuple(sorted({name for formula in formulas for name in formula.functions})),
        tuple(hit for formula in formulas for hit in formula.literals),
        problem or next((formula.problem for formula in formulas if formula.problem), None),
    )


def _end(text: str, begin: int, limit: int) -> int:
    """Where the merge field that begins here is closed, or -1. Never looks past the next one: linear in all."""
    quoted = _INSIDE.match(text, begin, limit)
    return quoted.end() - 1 if quoted else text.find("}", begin, limit)


def _handlebars(text: str) -> Iterator[FormulaField]:
    for match in _HANDLEBARS.finditer(text):
        yield FormulaField(match["path"], match.start("path"), anchored=True)
