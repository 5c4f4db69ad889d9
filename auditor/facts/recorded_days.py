"""What an audit left of its answers, for another day than its own.

A day later older evidence proves less: what was used long ago lives no more, what was watched until a month ago is
watched no more. What is on record is worked out anew from the same graph and evidence, and kept as what differs
from the record of the audit, with the days for which it holds.
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass
from auditor.facts.base import Facts
from auditor.facts.recorded import Record, record
from auditor.facts.said_elsewhere import AKIN

OF_EVERY_DAY = ("matches/", f"{AKIN}/")
"""How pieces begin that other rooms leave beside the record, and in which no day matters."""

Differing = dict[str, bytes | None]
"""Pieces that are otherwise than on record; None where there is none any more."""


@dataclass(frozen=True, slots=True)
class DayRecord:
    """The pieces of another day: those that differ, and all others as they are on record."""

    below: Record
    own: Mapping[str, bytes | None]

    def get(self, name: str, /) -> bytes | None:
        """One piece; None where there is none."""
        return self.own[name] if name in self.own else self.below.get(name)


def record_again(facts: Facts, old: Mapping[str, bytes]) -> Differing:
    """What is otherwise than on record, on the day of the facts.

    `old` is the whole record of the same graph and evidence; nothing else is read.
    """
    found = record(facts)
    differing: Differing = {name: piece for name, piece in found.items() if old.get(name) != piece}
    gone = (name for name in old if name not in found and not name.startswith(OF_EVERY_DAY))
    return {**differing, **dict.fromkeys(gone)}
