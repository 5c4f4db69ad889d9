"""Names of files from names that may hold anything: short, plain, and never two the same."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

_LONGEST = 60


def plain_name(text: str) -> str:
    """Letters without marks, digits, `-` and `_`; what had to be changed bears a digest and stays its own."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", folded).strip("-")[:_LONGEST]
    if plain and plain == text:
        return plain
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{plain}-{digest}" if plain else digest


class FileNames:
    """Gives each text a name of its own, also where the file system tells no case."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The name for a text; the same text gets the same name."""
        name = plain_name(text)
        holder = self._given.setdefault(name.casefold(), text)
        if holder == text:
            return name
        return f"{name}-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
