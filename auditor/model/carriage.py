"""How far a CRM carries transactions: what it holds by nature, in objects, fields, rows and writes."""

from __future__ import annotations

from auditor.dataclasses import dataclass

UNTOLD = "unknown"
"""The nature of what nobody can name."""
MEASURES = ("objects", "fields", "rows", "writes")


@dataclass(frozen=True, slots=True)
class NatureCount:
    """What is of one nature: objects in use, custom fields, rows, and writes on record."""

    nature: str
    objects: int = 0
    fields: int = 0
    rows: int = 0
    writes: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """Which part transactions are of a measure: at least, and at most if all that is unknown were transactions."""

    measure: str
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Carriage:
    """What a system or a business area of it carries.

    `kind` is `system` or `area`. `counts` has a line for every nature and for what is unknown. `shares` are of
    everything that is business: activities, master data, transactions and what is unknown. A measure that nobody
    counted is left out.
    """

    kind: str
    system: str
    name: str
    counts: tuple[NatureCount, ...]
    shares: tuple[Carried, ...] = ()
    uncounted: int = 0
    """Objects whose rows nobody counted."""

    @property
    def index(self) -> tuple[float, float] | None:
        """The mean of the shares, lower and upper bound; None where nothing was counted."""
        if not self.shares:
            return None
        count = len(self.shares)
        return sum(each.least for each in self.shares) / count, sum(each.most for each in self.shares) / count
