"""What a parser says when a text is not what it should be: a value, never an exception."""

from __future__ import annotations

from auditor.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a text could not be read to its end.

    Whatever was recognised before `offset` (characters from the start of the text) is still reported,
    so a caller may use it and mention this problem beside it.
    """

    message: str
    offset: int
