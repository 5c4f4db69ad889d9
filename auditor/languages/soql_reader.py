"""Words of SOQL and SOSL, and a reader that never runs past their end."""

from __future__ import annotations

import re
from typing import Literal

from auditor.dataclasses import dataclass
from auditor.languages.problem import SyntaxProblem

TokenKind = Literal["name", "number", "string", "op", "open", "close", "comma", "colon", "brace", "end"]

_PART = r"(?:%%%[A-Z_]+%%%|[^\W\d])(?:%%%[A-Z_]+%%%|\w)*"
_TOKEN = re.compile(
    rf"""
      (?P<blank>\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z))
    | (?P<string>'(?:[^'\\]|\\.)*(?:'|\Z)|"(?:[^"\\]|\\.)*(?:"|\Z))
    | (?P<name>{_PART}(?:\.{_PART})*\.?)
    | (?P<number>[+-]?\d[\w:.+-]*)
    | (?P<op><=|>=|<>|!=|[=<>+*/-])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<comma>,)
    | (?P<colon>:)
    | (?P<brace>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS: dict[str, TokenKind] = {
    "string": "string",
    "name": "name",
    "number": "number",
    "op": "op",
    "open": "open",
    "close": "close",
    "comma": "comma",
    "colon": "colon",
    "brace": "brace",
}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query; `upper` compares keywords, `end` is where the next character stands."""

    kind: TokenKind
    text: str
    offset: int
    upper: str

    @property
    def end(self) -> int:
        """The offset behind the word."""
        return self.offset + len(self.text)


def words(text: str) -> tuple[Word, ...]:
    """Take a query apart; blanks and comments are left out."""
    found = (match for match in _TOKEN.finditer(text) if match.lastgroup != "blank")
    return tuple(
        Word(_KINDS[match.lastgroup or ""], match.group(), match.start(), match.group().upper()) for match in found
    )


class Reader:
    """A place in a row of words. After a failure it stands at the end, so every loop over it stops."""

    __slots__ = ("_at", "_end", "_words", "cut", "depth", "problem")

    def __init__(self, row: tuple[Word, ...], length: int) -> None:
        self._words = row
        self._at = 0
        self._end = Word("end", "", length, "")
        self.depth = 0
        self.cut = False
        self.problem: SyntaxProblem | None = None

    def peek(self, ahead: int = 0) -> Word:
        """The word `ahead` of this place, or the end."""
        place = self._at + ahead
        return self._words[place] if place < len(self._words) else self._end

    def take(self) -> Word:
        """The word at this place, and go on."""
        word = self.peek()
        self._at += 1
        return word

    def sees(self, *keywords: str) -> bool:
        """Whether these keywords come next, in any case."""
        return all(
            self.peek(place).kind == "name" and self.peek(place).upper == keyword
            for place, keyword in enumerate(keywords)
        )

    def accept(self, *keywords: str) -> bool:
        """Take these keywords if they come next."""
        if not self.sees(*keywords):
            return False
        self._at += len(keywords)
        return True

    def accept_kind(self, kind: TokenKind) -> bool:
        """Take a word of this kind if it comes next."""
        if self.peek().kind != kind:
            return False
        self._at += 1
        return True

    def expect(self, kind: TokenKind, what: str) -> Word | None:
        """Take a word of this kind, or note that it is missing."""
        if self.peek().kind == kind:
            return self.take()
        self.fail(f"expected {what}")
        return None

    def note(self, message: str) -> None:
        """Remember the first problem and read on."""
        word = self.peek()
        if self.problem is None:
            # A name that touches the end may be the beginning of the word that was expected.
            self.cut = word.kind == "end" or (word.kind == "name" and word.end == self._end.offset)
            found = "the text ends" if word.kind == "end" else f"found {word.text[:40]!r}"
            self.problem = SyntaxProblem(f"{message}, but {found}", word.offset)

    def fail(self, message: str) -> None:
        """Remember the first problem and go to the end; at the end of the text the query counts as cut."""
        self.note(message)
        self._at = len(self._words)

    def skip_brackets(self) -> None:
        """Skip from an opening bracket of any kind past the one that closes it."""
        waiting: list[str] = []
        while self.peek().kind != "end":
            text = self.take().text
            if text in _CLOSERS:
                waiting.append(_CLOSERS[text])
            elif waiting and text == waiting[-1]:
                waiting.pop()
            if not waiting:
                return
        self.fail("expected a closing bracket")
