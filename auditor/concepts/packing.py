"""What the classifier knows as plain values, so that a hook need not read documents."""

from __future__ import annotations

from typing import Any

from auditor.concepts.classifying import Classifier
from auditor.concepts.knowledge import Concept, Knowledge
from auditor.lexicon.packing import packed as packed_lexicon
from auditor.lexicon.packing import unpacked as unpacked_lexicon
from auditor.lexicon.reading import NameReader

Plain = tuple[Any, ...]
"""Texts, numbers and what holds them, as `marshal` writes them."""


def packed(classifier: Classifier) -> Plain:
    """Words and knowledge of a classifier as plain values."""
    knowledge = classifier.knowledge
    concepts = [
        (each.name, each.nature, each.sentence, each.names, dict(each.fields)) for each in knowledge.concepts
    ]
    indexes = dict(knowledge.names), dict(knowledge.fields)
    told = tuple(concepts), dict(knowledge.implies), dict(knowledge.weights), *indexes
    return packed_lexicon(classifier.reader.lexicon), told


def unpacked(plain: Plain) -> Classifier:
    """The classifier that was packed."""
    lexicon, (concepts, *rest) = plain
    knowledge = Knowledge(tuple(Concept(*each) for each in concepts), *rest)
    return Classifier(NameReader(unpacked_lexicon(lexicon)), knowledge)
