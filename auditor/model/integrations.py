"""Integrations as one thing: what is declared of them, what was seen of them, and what follows."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from auditor.dataclasses import dataclass
from auditor.patterns import regex

DECLARED = "integration"
"""Kind of an integration that the company's own register names and no metadata does."""
CLIENT = "api_client"
"""Kind of one that was only seen calling."""
CALLERS = frozenset({"connected_app", "external_client_app", DECLARED, CLIENT})
"""Kinds that sign in and call, so that logs of calls could have seen them."""

_ID = regex(r"0H4[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")


class Standing(StrEnum):
    """How what is declared of an integration agrees with what was seen."""

    IN_USE = "in use"
    SILENT = "silent"
    """Declared, and not seen in a window that would have."""
    UNDECLARED = "undeclared"
    """Seen, and named by no metadata and no register that were read."""
    UNREGISTERED = "unregistered"
    """Seen, and neither metadata nor a register is at hand to compare with."""
    UNWATCHED = "unwatched"
    """Declared, and no log could have seen every call of it."""
    OUTWARD = "outward"
    """Called from the system: no log of its calls shows that."""


@dataclass(frozen=True, slots=True)
class Integration:
    """One integration. `objects` and `fields` are those that it is declared to touch or was seen touching.

    `first` and `last` are days of calls on record; `calls` counts calls by object as the fullest log does.
    `reads` and `writes`: whether that was seen; False is no proof of the contrary.
    """

    system: str
    subject: str
    name: str
    kind: str
    direction: str
    standing: Standing
    declared_in: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    endpoint: str | None = None
    first: date | None = None
    last: date | None = None
    calls: int | None = None
    objects: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    reads: bool = False
    writes: bool = False


def same_caller(name: str) -> str:
    """The form in which two names of a caller are compared: without case and blanks; ids by 15 characters."""
    plain = "".join(name.split())
    return plain[:15] if _ID.fullmatch(plain) else plain.casefold()
