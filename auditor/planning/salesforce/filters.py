"""The logic between the conditions of a filter: `1 AND (2 OR NOT 3)`.

A condition on a removed field can only be left out where it is one of several that must all hold: then the rest
says what it said before, without that one. Under OR or NOT somebody has to decide what it shall count as.
"""

from __future__ import annotations

import re

from auditor.dataclasses import dataclass
from auditor.errors import FormatError

_TOKEN = re.compile(r"\s*(\d+|\(|\)|AND\b|OR\b|NOT\b|&&|\|\||!)", re.IGNORECASE)
_SAME = {"&&": "AND", "||": "OR", "!": "NOT"}
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Logic:
    """One node: a number, or an operator over parts."""

    operator: str
    parts: tuple[Logic, ...] = ()
    number: int = 0


def parse_logic(text: str) -> Logic:
    """The tree of a filter's logic.

    Raises:
        FormatError: it cannot be read, or is nested too deeply.
    """
    tokens = _tokens(text)
    logic, rest = _any(tokens, 0, 0)
    if rest != len(tokens):
        raise FormatError(f"filter logic that cannot be read: {text[:100]!r}")
    return logic


def without(text: str, gone: frozenset[int]) -> str | None:
    """The logic without some of its conditions, the rest numbered anew; empty where none stays.

    None where one of them stands under OR or NOT, or the text cannot be read: nothing can be left out there
    without changing what the others mean.
    """
    try:
        logic = parse_logic(text)
    except FormatError:
        return None
    conjuncts = logic.parts if logic.operator == "AND" else (logic,)
    kept = [part for part in _flat(conjuncts) if not (part.operator == "" and part.number in gone)]
    if any(number in gone for part in kept for number in _numbers(part)):
        return None
    return _renumbered(text, gone) if kept else ""


def _renumbered(text: str, gone: frozenset[int]) -> str:
    """The text as it was written, without the conditions that go and what joined them."""
    logic = parse_logic(text)
    kept = _flat(logic.parts if logic.operator == "AND" else (logic,))
    kept = [part for part in kept if not (part.operator == "" and part.number in gone)]
    return " AND ".join(_written(part, gone, len(kept) > 1) for part in kept)


def _written(logic: Logic, gone: frozenset[int], inner: bool) -> str:
    if logic.operator == "":
        return str(logic.number - sum(1 for number in gone if number < logic.number))
    if logic.operator == "NOT":
        return f"NOT {_written(logic.parts[0], gone, True)}"
    text = f" {logic.operator} ".join(_written(part, gone, True) for part in logic.parts)
    return f"({text})" if inner else text


def _flat(parts: tuple[Logic, ...]) -> list[Logic]:
    """Conjuncts of conjuncts are conjuncts."""
    found: list[Logic] = []
    for part in parts:
        found += _flat(part.parts) if part.operator == "AND" else [part]
    return found


def _numbers(logic: Logic) -> list[int]:
    return [logic.number] if logic.operator == "" else [item for part in logic.parts for item in _numbers(part)]


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    place = 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise FormatError(f"filter logic that cannot be read: {text[:100]!r}")
        tokens.append(_SAME.get(match[1], match[1].upper()))
        place = match.end()
    return tokens


def _any(tokens: list[str], place: int, depth: int) -> tuple[Logic, int]:
    """Parts joined by OR; AND binds closer."""
    return _joined(tokens, place, depth, "OR")


def _joined(tokens: list[str], place: int, depth: int, operator: str) -> tuple[Logic, int]:
    parts: list[Logic] = []
    while True:
        part, place = _joined(tokens, place, depth, "AND") if operator == "OR" else _one(tokens, place, depth)
        parts.append(part)
        if place >= len(tokens) or tokens[place] != operator:
            return (parts[0] if len(parts) == 1 else Logic(operator, tuple(parts))), place
        place += 1


def _one(tokens: list[str], place: int, depth: int) -> tuple[Logic, int]:
    if place >= len(tokens) or depth > _DEEPEST:
        raise FormatError("filter logic that ends early or is nested too deeply")
    word = tokens[place]
    if word == "NOT":
        part, place = _one(tokens, place + 1, depth + 1)
        return Logic("NOT", (part,)), place
    if word == "(":
        part, place = _any(tokens, place + 1, depth + 1)
        if place >= len(tokens) or tokens[place] != ")":
            raise FormatError("filter logic with a bracket that is not closed")
        return part, place + 1
    if not word.isdigit():
        raise FormatError(f"filter logic with {word} where a condition should stand")
    return Logic("", number=int(word)), place + 1
