"""Which fields are for personal data by what they are called, and which are called nothing at all.

A field that people type into is judged by its name before anything is in it: afterwards it is too late. The words
are data (`policies/data/proposal-words.yaml`); that none of them fits proves nothing, and is said as absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from auditor.dataclasses import dataclass
from auditor.facts.base import BOOLEAN, DATA, ENUM, FIELD, Fact, Facts, of_data, of_field
from auditor.graph.nodes import FieldNode, ObjectNode
from auditor.lexicon.splitting import fold, words_of
from auditor.model.values import ABSENT, Value
from auditor.model.vocabulary import FactSpec

FAMILY = "identity"
CALLING = (FAMILY, "calling words")
"""Under which `calling` is kept."""
KINDS = ("special_category", "identity_number", "private_life")
_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallingWords:
    """What names tell: kind of personal data → phrases, the gravest kind first; and words that tell nothing."""

    personal: Mapping[str, tuple[_Phrase, ...]]
    idle: frozenset[str]


@lru_cache(maxsize=1)
def calling_words() -> CallingWords:
    """The words that ship; read once in a process."""
    from importlib.resources import files

    from auditor.formats.yamls import load_plain

    text = (files("auditor.policies") / "data" / "proposal-words.yaml").read_text(encoding="utf-8")
    data = cast(Mapping[str, Any], load_plain(text))
    personal = {kind: tuple(tuple(fold(each).split()) for each in data["personal"][kind]) for kind in KINDS}
    return CallingWords(personal, frozenset(map(fold, data["idle"])))


def personal_kind(texts: Sequence[str], words: CallingWords | None = None) -> str | None:
    """The gravest kind of personal data that any of these names or labels tells; None where none does."""
    read = [words_of(text) for text in texts]
    for kind, phrases in (words or calling_words()).personal.items():
        if any(_says(said, phrase) for said in read for phrase in phrases):
            return kind
    return None


def is_telling(text: str, words: CallingWords | None = None) -> bool:
    """Whether a name says anything beside numbers, single letters and words that tell nothing."""
    idle = (words or calling_words()).idle
    return any(len(word) > 1 and not word.isdigit() and word not in idle for word in words_of(text))


def _says(words: Sequence[str], phrase: _Phrase) -> bool:
    starts = range(len(words) - len(phrase) + 1)
    return any(all(_fits(words[at + i], part) for i, part in enumerate(phrase)) for at in starts)


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def calling(facts: Facts) -> CallingWords:
    """The words by which facts tell what names say."""
    return facts.once(CALLING, calling_words)


def _personal(facts: Facts, node: FieldNode) -> Value:
    return personal_kind([text for text in (node.value.label, node.value.name) if text], calling(facts)) or ABSENT


def _tells(facts: Facts, node: ObjectNode | FieldNode) -> Value:
    words = calling(facts)
    return is_telling(node.value.name, words) or is_telling(node.value.label or "", words)


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "personal_data",
            FIELD,
            ENUM,
            "Kind of personal data that its name or label tells it is for.",
            FAMILY,
            values=KINDS,
            absent_when="neither tells of any, which proves nothing",
        ),
        of_field(_personal),
    ),
    Fact(
        FactSpec(
            "telling_name",
            DATA,
            BOOLEAN,
            "Whether its name or label says anything but that it is a field, a test or one of several.",
            FAMILY,
        ),
        of_data(_tells),
    ),
)
