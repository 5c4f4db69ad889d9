"""Business words of many languages and the terms that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.dataclasses import dataclass, field
from auditor.lexicon.splitting import spellings, words_of

LANGUAGES = ("en", "sv", "da", "nb", "de", "nl", "fr", "es", "it", "pt", "fi", "pl", "cs")
"""ISO 639-1 codes: English, the languages of the North, German, then the other large ones of Europe."""


_RUN_TOGETHER = 8
"""Letters of the shortest phrase that is also known without its spaces: `salesorder`, `costcenter`."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One word or phrase (`Menge`, `sales order`) in a language, and the term that it stands for (`quantity`)."""

    word: str
    term: str
    language: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which terms a word stands for. Words are looked up without regard to case, accents and separators."""

    meanings: Mapping[str, tuple[Meaning, ...]]
    """Folded words, joined by a space → what they mean, in the order of the files."""
    objects: Mapping[str, str] = field(default_factory=dict)
    """Folded short name of a table → plain English words."""
    fields: Mapping[str, str] = field(default_factory=dict)
    longest: int = 1
    """Words of the longest phrase."""

    def terms(self, word: str) -> tuple[str, ...]:
        """Terms that a word or phrase stands for, each once; empty where the lexicon does not have it.

        A short name of a field (`MENGE`, `KUNNR`) stands for the terms of its plain words.
        """
        found = self.meanings.get(plain_key(word), ())
        if not found and (spelled := self.field_name(word)) is not None:
            found = self.meanings.get(plain_key(spelled), ())
        return tuple(dict.fromkeys(each.term for each in found))

    def languages(self, word: str) -> tuple[str, ...]:
        """Languages in which a word or phrase is in the lexicon, in the order of `LANGUAGES`."""
        found = {each.language for each in self.meanings.get(plain_key(word), ())}
        return tuple(language for language in LANGUAGES if language in found)

    def object_name(self, name: str) -> str | None:
        """The plain English words for a table's short name (`VBAP` → `sales order line`); None: it is none."""
        return self.objects.get(_name_key(name))

    def field_name(self, name: str) -> str | None:
        """The plain English words for a field's short name (`MATNR` → `product number`); None: it is none."""
        return self.fields.get(_name_key(name))


def build(
    meanings: Iterable[Meaning],
    objects: Iterable[tuple[str, str]] = (),
    fields: Iterable[tuple[str, str]] = (),
) -> Lexicon:
    """A lexicon from what was read; each word is found under every way to write it in plain letters."""
    found: dict[str, dict[tuple[str, str], Meaning]] = {}
    for meaning in meanings:
        for spelling in spellings(meaning.word):
            entry = found.setdefault(plain_key(spelling), {})
            entry.setdefault((meaning.term, meaning.language), meaning)
    for key in [key for key in found if " " in key and len(key) >= _RUN_TOGETHER]:
        found.setdefault(key.replace(" ", ""), found[key])
    longest = max((key.count(" ") + 1 for key in found), default=1)
    kept = {key: tuple(entry.values()) for key, entry in found.items() if key}
    return Lexicon(kept, _names(objects), _names(fields), longest)


def plain_key(text: str) -> str:
    """The folded words of a text joined by a space: `Sales Order`, `sales_order`, `salesOrder` are one."""
    return " ".join(words_of(text))


def joined(words: Sequence[str]) -> str:
    """The key of words that are folded already."""
    return " ".join(words)


def _names(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {_name_key(name): phrase for name, phrase in pairs}


def _name_key(name: str) -> str:
    return plain_key(name)
