"""The weights of the signals: learned on the given gold sets, reviewed, and kept as data."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from operator import mul
from typing import cast

from auditor.dataclasses import dataclass
from auditor.matching.signals import AMONG, OWN


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights in the order of the signals, and what is added to their sum."""

    weights: tuple[float, ...]
    base: float

    def weigh(self, signals: tuple[float, ...]) -> float:
        """The weighted sum: the logarithm of the odds."""
        return sum(map(mul, self.weights, signals), self.base)


@dataclass(frozen=True, slots=True)
class Scales:
    """What ranks the partners of a field (`first`), what judges a pair among its rivals (`final`), and objects."""

    first: Scale
    final: Scale
    objects: Scale
    calibration: Scale = Scale((1.0,), 0.0)
    """From the odds of a pair to those that came true."""
    alone: Scale = Scale((), 0.0)
    """What judges a field by itself among all fields of an ERP: see `auditor.matching.nearest`."""

    def score(self, odds: float) -> float:
        """How likely a pair with these odds is, 0..1."""
        return probability(self.calibration.weigh((odds,)))


OBJECT_SIGNALS = ("name", "erp_name", "crm_name", "fields", "erp_fields", "pairs", "wrong_side", "size")
"""Of two objects: see `auditor.matching.objects`."""

ALONE_SIGNALS = (*(signal.name for signal in OWN), "objects")
"""Of a field of the CRM and one of the whole ERP."""


def load_scales() -> Scales:
    """The weights that come with the auditor."""
    from importlib.resources import files

    from auditor.formats.yamls import load_plain

    text = (files("auditor.policies") / "data" / "matching-weights.yaml").read_text(encoding="utf-8")
    return scales_of(cast(Mapping[str, Mapping[str, float]], load_plain(text)))


def scales_of(data: Mapping[str, Mapping[str, float]]) -> Scales:
    """Scales from their data; a signal without a weight counts nothing."""
    own = tuple(signal.name for signal in OWN)
    among = tuple(signal.name for signal in AMONG)
    return Scales(
        _scale(data["first"], own),
        _scale(data["final"], own + among),
        _scale(data["objects"], OBJECT_SIGNALS),
        _scale(data["calibration"], ("odds",)),
        _scale(data["alone"], ALONE_SIGNALS),
    )


def probability(odds: float) -> float:
    """From the logarithm of the odds to 0..1."""
    return 1 / (1 + exp(-odds)) if odds > -60 else 0.0


def _scale(weights: Mapping[str, float], names: tuple[str, ...]) -> Scale:
    return Scale(tuple(float(weights.get(name, 0.0)) for name in names), float(weights["base"]))
