"""Makes hostile text harmless in a terminal."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """The text without what could move the cursor, colour the screen or reverse the reading order.

    Control and format characters (escape sequences, right-to-left marks, line breaks) become `�`.
    """
    if text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _REFUSED else c for c in text)


_REFUSED = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
