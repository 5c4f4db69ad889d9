"""What an object is for the business: its concept, how sure that is, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import exp
from pathlib import Path

from auditor.concepts.knowledge import Knowledge, load_knowledge
from auditor.concepts.natures import NATURE_OF
from auditor.concepts.predicates import PREDICATES
from auditor.concepts.profile import Profile
from auditor.concepts.signals import Told, read_profile, signals, speaks
from auditor.dataclasses import dataclass
from auditor.lexicon.loading import load_lexicon
from auditor.lexicon.reading import NameReader

LEAST = 0.5
"""Confidence below which the answer is unknown: as likely wrong as right."""
SUREST = 0.99
"""The most that is claimed: among the surest answers one in a hundred is wrong."""
_ALTERNATIVES = 3
_FIELDS_TOLD = 4


@dataclass(frozen=True, slots=True)
class Classified:
    """The answer for one object. `concept` None: nothing that is known of it says what it is."""

    concept: str | None
    nature: str | None
    confidence: float
    """0..1: how often an answer given with so much of it proves right (docs/accuracy.md)."""
    reasons: tuple[str, ...] = ()
    """What speaks for it, strongest first, in words."""
    alternatives: tuple[tuple[str, float], ...] = ()
    """The next likely concepts with their share, likeliest first."""

    @property
    def certain(self) -> bool:
        """Whether it is likelier right than wrong."""
        return self.concept is not None and self.confidence >= LEAST


NOTHING = Classified(None, None, 0.0)
_MACHINERY = {
    "custom_setting": "the platform keeps it as settings",
    "custom_metadata": "the platform keeps it as metadata",
    "platform_event": "it is a message between systems and keeps no rows",
}
"""Kinds of object that are how a system works, whatever their names speak of."""


class Classifier:
    """Classifies with one lexicon and one body of knowledge; it keeps the names that it has read."""

    def __init__(self, reader: NameReader, knowledge: Knowledge) -> None:
        self.reader = reader
        self.knowledge = knowledge

    def classify(self, profile: Profile, language: str | None = None) -> Classified:
        """The concept of an object; `language` (ISO 639-1) where it is known, else what its names suggest."""
        if profile.kind in _MACHINERY:
            return Classified("configuration", NATURE_OF["configuration"], 1.0, (_MACHINERY[profile.kind],))
        told = read_profile(profile, self.reader, self.knowledge, language)
        if told.silent:
            return NOTHING
        shares = self.shares(told)
        ranked = sorted(shares, key=lambda concept: (-shares[concept], concept))
        best = ranked[0]
        return Classified(
            best,
            NATURE_OF[best],
            min(shares[best], SUREST),
            tuple(_reasons(told, best, self.knowledge)),
            tuple((each, shares[each]) for each in ranked[1 : 1 + _ALTERNATIVES]),
        )

    def shares(self, told: Told) -> Mapping[str, float]:
        """Concept → probability; they sum up to 1."""
        weights = self.knowledge.weights
        scores = {
            concept: sum(weights.get(signal, 0.0) * value for signal, value in found.items())
            for concept, found in signals(told, self.knowledge).items()
        }
        top = max(scores.values())
        grown = {concept: exp(score - top) for concept, score in scores.items()}
        total = sum(grown.values())
        return {concept: value / total for concept, value in grown.items()}


def load_classifier(extra: Sequence[Path] = ()) -> Classifier:
    """The classifier with the words that ship with the packs and those of a company's files.

    Raises:
        ConfigurationError: a company's file is wrong; every problem with its place.
    """
    return Classifier(NameReader(load_lexicon(extra)), load_knowledge())


def _reasons(told: Told, concept: str, knowledge: Knowledge) -> Iterator[str]:
    views = told.fits.get(concept)
    if views is not None:
        for what, fit in zip(("name", "label", "description"), views, strict=True):
            if fit.words and not (what == "label" and fit == views[0]):
                reach = "" if fit.head or what == "description" else ", beside its head"
                yield f"its {what} says {' '.join(fit.words)}{reach}"
    spoken = [
        (weight, pattern)
        for each in knowledge.concepts
        if each.name == concept
        for pattern, weight in each.fields.items()
        if weight > 0 and not pattern[0].startswith("~") and speaks(told.shape, pattern)
    ]
    if spoken:
        best = sorted(spoken, key=lambda one: (-one[0], one[1]))[:_FIELDS_TOLD]
        yield "its fields hold " + ", ".join(" ".join(pattern).replace("_", " ") for _, pattern in best)
    said = {
        pattern[0]
        for each in knowledge.concepts
        if each.name == concept
        for pattern, w in each.fields.items()
        if w > 0
    }
    shown = [each.says for each in PREDICATES if each.name in told.holds and each.name in said]
    if shown:
        yield "together they show " + ", ".join(shown)
