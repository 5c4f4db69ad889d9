"""What could be done next, as it is handed to reports."""

from __future__ import annotations

from auditor.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A kind of evidence that could be got, in the words that an audit needs.

    `free`: no licence beyond the usual one is needed. Kinds are listed easiest first.
    """

    id: str
    says: str
    free: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One kind of evidence that could be got.

    `calls` is the least number of API calls; `settles` how many open questions the answer would settle by itself,
    as the caller counted them. `held`: evidence of this kind was read already.
    """

    kind: str
    says: str
    silent_on: str
    commands: tuple[str, ...]
    setup: str
    licence: str
    calls: int
    settles: int
    held: bool
