"""What any script may mention: names in strings, and members that are named as custom fields are.

JavaScript has no types here, so all of it is only possible.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from auditor.model.references import Access, Certainty
from auditor.sources.salesforce.code.collecting import Collector, Spot
from auditor.sources.salesforce.code.javascript import Token, script_tokens
from auditor.sources.salesforce.code.names import CUSTOM_WORD

_COMPONENT = re.compile(r"(?:e\.|markup://)?c:(\w+)")


def note_script(notes: Collector, text: str, start: int) -> None:
    """Note what a script mentions that stands at an offset of a file."""
    note_tokens(notes, script_tokens(text), start, ())


def note_tokens(notes: Collector, tokens: Sequence[Token], start: int, done: Collection[int]) -> None:
    """Note the strings, members and keys of a script, but for tokens that are `done` (by index)."""
    for index, token in enumerate(tokens[:-3]):
        if index in done:
            continue
        if token.kind in ("string", "template"):
            notes.text(token.inner, Spot(start + token.offset + 1, part="string"))
            _callee(notes, tokens, index, start)
        elif token.kind == "name" and "__" in token.text and CUSTOM_WORD.fullmatch(token.text):
            _member(notes, tokens, index, start)


def _callee(notes: Collector, tokens: Sequence[Token], index: int, start: int) -> None:
    """Components and events by full name (`$A.createComponent("c:row")`, `$A.get("e.c:saved")`), and flows."""
    token = tokens[index]
    named = _COMPONENT.fullmatch(token.inner)
    if named is not None:
        notes.call("aura", named[1], start + token.offset)
        notes.call("lwc", named[1], start + token.offset)
    if index > 1 and tokens[index - 1].text == "(" and tokens[index - 2].text == "startFlow":
        notes.call("flow", token.inner, start + token.offset)


def _member(notes: Collector, tokens: Sequence[Token], index: int, start: int) -> None:
    """`row.Rel__r.F__c`: one path, noted at its last part."""
    if tokens[index + 1].text in (".", "?.") and CUSTOM_WORD.fullmatch(tokens[index + 2].text):
        return
    parts, place = [tokens[index].text], index
    while tokens[place - 1].text in (".", "?.") and CUSTOM_WORD.fullmatch(tokens[place - 2].text):
        place -= 2
        parts.append(tokens[place].text)
    access = Access.WRITES if tokens[index + 1].text == "=" else Access.READS
    spot = Spot(start + tokens[index].offset, access, Certainty.POSSIBLE, "member")
    notes.word(".".join(reversed(parts)), spot)
