"""The Salesforce formula language: which fields a formula mentions, and what each mention is for.

Read from text to words to nested calls, without recursion and in linear time, so that nothing that a metadata
file holds can make it fail or hang. A formula that Salesforce would refuse still yields the fields in it,
together with the first problem.

Source: "Formula Operators and Functions" of Salesforce help; grammar details (`&&`, `<>`, comments, single
quotes) checked on the formulas of public repositories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.languages.formula_lexer import Token, tokens
from auditor.languages.literals import HardCoded, hard_coded
from auditor.languages.problem import SyntaxProblem


class FieldRole(StrEnum):
    """What a formula does with the field that it mentions."""

    VALUE = "value"
    """Its value enters the result."""
    BLANK = "blank"
    """It is only tested for being filled: `ISBLANK(F)`, `ISPICKVAL(F, "")`, `F = ""`, `LEN(F) = 0`."""
    CHANGE = "change"
    """It is only tested for having changed: `ISCHANGED(F)`."""
    PRIOR = "prior"
    """Its value before the save: `PRIORVALUE(F)`."""


@dataclass(frozen=True, slots=True)
class FormulaField:
    """One mention of a field or variable.

    `path` is as written, without the braces or brackets around it. `function` is the nearest call around the
    mention in upper case, empty at the top. `anchored` tells that the first part names an object or a
    variable and no field (`{!var.F__c}`, `[Account].Name`); a path that begins with `$` is a global variable.
    """

    path: str
    offset: int
    function: str = ""
    role: FieldRole = FieldRole.VALUE
    anchored: bool = False
    aggregate: str = ""

    @property
    def is_global(self) -> bool:
        """Whether it begins with a global variable (`$User.Department`)."""
        return self.path.startswith("$")


@dataclass(frozen=True, slots=True)
class Formula:
    """What one formula mentions, in the order of the text."""

    fields: tuple[FormulaField, ...]
    functions: tuple[str, ...] = ()
    literals: tuple[HardCoded, ...] = ()
    problem: SyntaxProblem | None = None


def parse_formula(text: str, start: int = 0, anchored: bool = False) -> Formula:
    """Read a formula, criterion, validation rule, default value or report summary formula.

    Offsets count from `start`; with `anchored` the text is the inside of a merge field, where every name
    begins with an object or a variable.
    """
    words = tuple(tokens(text, start, anchored))
    root, problem = _nest(words, start + len(text))
    called: set[str] = set()
    found = sorted(_fields(root, called), key=lambda item: item.offset)
    literals = tuple(
        hit
        for word in words
        if word.kind == "string"
        for hit in hard_coded(word.text[1:-1], word.offset + 1)
    )
    return Formula(tuple(found), tuple(sorted(called)), literals, problem)


_LITERAL_NAMES = frozenset({"TRUE", "FALSE", "NULL"})
_OPERATOR_NAMES = frozenset({"AND", "OR", "NOT"})
_BLANK_TESTS = frozenset({"ISBLANK", "ISNULL"})
_SEE_THROUGH = frozenset({"", "TRIM", "TEXT", "UPPER", "LOWER"})
_EQUALITY = frozenset({"=", "==", "<>", "!="})
_COMPARISONS = _EQUALITY | {"<", ">", "<=", ">="}
_LOGICAL = frozenset({"&&", "||"})


@dataclass(slots=True)
class _Group:
    """A call, or a pair of brackets (without a name), being built: arguments of words and groups."""

    function: str
    arguments: list[list[_Item]] = field(default_factory=lambda: [[]])


_Item = Token | _Group


def _nest(words: Iterable[Token], end: int) -> tuple[_Group, SyntaxProblem | None]:
    """Put words into the calls that hold them. Unclosed brackets end with the text."""
    root = _Group("")
    stack = [root]
    problem: SyntaxProblem | None = None
    for word in words:
        here = stack[-1].arguments[-1]
        if word.kind == "open":
            group = _Group(_called(here))
            here.append(group)
            stack.append(group)
        elif word.kind == "comma":
            stack[-1].arguments.append([])
        elif word.kind == "close" and len(stack) > 1:
            stack.pop()
        elif word.kind in ("close", "broken"):
            problem = problem or SyntaxProblem(f"unexpected {word.text!r}", word.offset)
        else:
            here.append(word)
    if len(stack) > 1:
        problem = problem or SyntaxProblem("a bracket is not closed", end)
    return root, problem


def _called(items: list[_Item]) -> str:
    """Take the name before an opening bracket, if there is one, as that of the function."""
    if items and isinstance(items[-1], Token) and items[-1].kind == "name":
        return str(items.pop().text).upper()  # type: ignore[union-attr]  # just tested
    return ""


def _fields(root: _Group, called: set[str]) -> Iterator[FormulaField]:
    """Walk all calls with a stack of our own: brackets may be nested deeper than Python's."""
    pending: list[tuple[_Group, str]] = [(root, "")]
    while pending:
        group, outer = pending.pop()
        if group.function:
            called.add(group.function)
        function = group.function or outer
        roles = _roles(group)
        for argument in group.arguments:
            for item in argument:
                if isinstance(item, _Group):
                    pending.append((item, function))
                elif _is_mention(item):
                    yield _mention(item, function, roles)
