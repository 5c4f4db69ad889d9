"""What one audit found: everything that reports and history are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One quarter (`2026-Q3`): custom fields added and removed in it, and how many stood at its end."""

    quarter: str
    added: int
    removed: int
    net: int
    total: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth of one system, oldest quarter first; the last quarter may be running."""

    system: str
    rows: tuple[GrowthRow, ...]
