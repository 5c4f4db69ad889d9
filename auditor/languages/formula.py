"""The Salesforce formula language: which fields a formula mentions, and what each mention is for.

Read from text to words to nested calls, without recursion and in linear time, so that nothing that a metadata
file holds can make it fail or hang. A formula that Salesforce would refuse still yields the fields in it,
together with the first problem.

Source: "Formula Operators and Functions" of Salesforce help; grammar details (`&&`, `<>`, comments, single
quotes) checked on the formulas of public repositories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from auditor.dataclasses import dataclass, field
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
    found = sorted(_fields(root, called), key=lambda mention: mention.offset)
    strings = (word for word in words if word.kind == "string")
    literals = tuple(hit for word in strings for hit in hard_coded(word.text[1:-1], word.offset + 1))
    return Formula(tuple(found), tuple(sorted(called)), literals, problem)


_NO_FIELDS = frozenset({"TRUE", "FALSE", "NULL", "AND", "OR", "NOT"})
_BLANK_TESTS = frozenset({"ISBLANK", "ISNULL"})
_SEE_THROUGH = frozenset({"", "TRIM", "TEXT", "UPPER", "LOWER", "PRIORVALUE"})
_SINGLE_ROLES = {"ISCHANGED": FieldRole.CHANGE, "PRIORVALUE": FieldRole.PRIOR}
_EQUALITY = frozenset({"=", "==", "<>", "!="})
_COMPARISONS = _EQUALITY | {"<", ">", "<=", ">="}
_LOGICAL = frozenset({"&&", "||"})
_BLANK_LITERALS = frozenset({'""', "''", "NULL"})


@dataclass(slots=True)
class _Group:
    """A call, or a pair of brackets (without a name), being built: arguments of words and groups."""

    function: str
    arguments: list[list[Token | _Group]] = field(default_factory=lambda: [[]])


def _nest(words: Iterable[Token], end: int) -> tuple[_Group, SyntaxProblem | None]:
    """Put words into the calls that hold them. Unclosed brackets end with the text."""
    root = _Group("")
    stack = [root]
    problem: SyntaxProblem | None = None
    for word in words:
        here = stack[-1].arguments[-1]
        if word.kind == "open":
            group = _Group(_take_function(here))
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


def _take_function(items: list[Token | _Group]) -> str:
    """Take the name before an opening bracket, if there is one, as that of the function."""
    last = items[-1] if items else None
    if isinstance(last, Token) and last.kind == "name":
        items.pop()
        return last.text.upper()
    return ""


def _fields(root: _Group, called: set[str]) -> Iterator[FormulaField]:
    """Walk all calls, outer ones first, with a stack of our own: brackets may be nested deeper than Python's."""
    roles: dict[int, FieldRole] = {}
    pending: list[tuple[_Group, str]] = [(root, "")]
    while pending:
        group, outer = pending.pop()
        function = group.function or outer
        called.update([group.function] if group.function else [])
        _note_roles(roles, group)
        for item in (item for argument in group.arguments for item in argument):
            if isinstance(item, _Group):
                pending.append((item, function))
            elif _is_mention(item):
                role = roles.get(item.offset, FieldRole.VALUE)
                yield FormulaField(item.text, item.offset, function, role, item.anchored, item.aggregate)


def _is_mention(item: Token | _Group) -> bool:
    return isinstance(item, Token) and item.kind == "name" and item.text.upper() not in _NO_FIELDS


def _note_roles(roles: dict[int, FieldRole], group: _Group) -> None:
    """Note, by offset, what this call does with mentions in it. An outer call was noted before and wins."""
    first = group.arguments[0]
    if group.function in _BLANK_TESTS or (
        group.function == "ISPICKVAL" and len(group.arguments) > 1 and _is_blank(group.arguments[1])
    ):
        _note(roles, first, FieldRole.BLANK)
    elif group.function in _SINGLE_ROLES:
        _note(roles, first, _SINGLE_ROLES[group.function])
    for argument in group.arguments:
        for operand in _compared_with_blank(argument):
            _note(roles, operand, FieldRole.BLANK)


def _note(roles: dict[int, FieldRole], items: list[Token | _Group], role: FieldRole) -> None:
    """Give `role` to the mention that these words are, seen through functions that keep a blank a blank."""
    while len(items) == 1:
        item = items[0]
        if isinstance(item, Token):
            if _is_mention(item):
                roles.setdefault(item.offset, role)
            return
        if item.function not in _SEE_THROUGH or len(item.arguments) != 1:
            return
        items = item.arguments[0]


def _compared_with_blank(argument: list[Token | _Group]) -> Iterator[list[Token | _Group]]:
    """Sides of the comparisons in an argument whose other side is nothing: `F = ""`, `LEN(F) = 0`."""
    for term in _split(argument, _LOGICAL):
        sides = _split(term, _COMPARISONS)
        if len(sides) != 2:
            continue
        left, right = sides
        operator = term[len(left)]
        sign = operator.text if isinstance(operator, Token) else ""
        yield from _blank_side(left, sign, right)
        yield from _blank_side(right, _MIRRORED.get(sign, sign), left)


_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _blank_side(
    side: list[Token | _Group], sign: str, other: list[Token | _Group]
) -> Iterator[list[Token | _Group]]:
    if sign in _EQUALITY and _is_blank(other):
        yield side
    number = _number(other)
    # A length is never negative, so every comparison with 0, and < 1 and >= 1, only ask whether it is 0.
    asks_zero = number == "0" or (number == "1" and sign in ("<", ">="))
    measured = side[0] if len(side) == 1 else None
    if asks_zero and isinstance(measured, _Group) and measured.function == "LEN":
        yield measured.arguments[0]


def _is_blank(items: list[Token | _Group]) -> bool:
    item = items[0] if len(items) == 1 else None
    return isinstance(item, Token) and item.text.upper() in _BLANK_LITERALS


def _number(items: list[Token | _Group]) -> str:
    item = items[0] if len(items) == 1 else None
    return item.text if isinstance(item, Token) and item.kind == "number" else ""


def _split(items: list[Token | _Group], operators: frozenset[str]) -> list[list[Token | _Group]]:
    parts: list[list[Token | _Group]] = [[]]
    for item in items:
        if isinstance(item, Token) and item.kind == "op" and item.text in operators:
            parts.append([])
        else:
            parts[-1].append(item)
    return parts
