"""A lexicon as plain values, which a hook reads at once: words lie on shelves, unfolded when one is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.lexicon.words import Lexicon, Meaning

Plain = tuple[dict[str, str], int, dict[str, str], dict[str, str], int]
"""Shelves, how many words are on them, then the rest of the lexicon: `marshal` writes it as it is."""
_SHELF = 2
"""Words that begin with the same letters share a shelf."""
_BETWEEN, _WITHIN = "\n", "\0"
"""Neither stands in a word: YAML allows no such character, and a word of the lexicon is one line."""
_PARTS = 3


def packed(lexicon: Lexicon) -> Plain:
    """The lexicon as plain values."""
    shelves: dict[str, list[str]] = {}
    for key, found in lexicon.meanings.items():
        told = (text for each in found for text in (each.word, each.term, each.language))
        shelves.setdefault(key[:_SHELF], []).append(_WITHIN.join((key, *told)))
    texts = {first: _BETWEEN.join(lines) for first, lines in shelves.items()}
    return texts, len(lexicon.meanings), dict(lexicon.objects), dict(lexicon.fields), lexicon.longest


def unpacked(plain: Plain) -> Lexicon:
    """The lexicon that was packed."""
    shelves, count, objects, fields, longest = plain
    return Lexicon(_Meanings(shelves, count), objects, fields, longest)


class _Meanings(Mapping[str, tuple[Meaning, ...]]):
    """Meanings by word; of a shelf that nobody has looked at there is only its text."""

    def __init__(self, shelves: Mapping[str, str], count: int) -> None:
        self._shelves = shelves
        self._count = count
        self._lines: dict[str, dict[str, str]] = {}
        self._found: dict[str, tuple[Meaning, ...]] = {}

    def __getitem__(self, key: str) -> tuple[Meaning, ...]:
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = tuple(_meanings(self._shelf(key[:_SHELF])[key]))
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self._shelf(key[:_SHELF])

    def __iter__(self) -> Iterator[str]:
        for first in self._shelves:
            yield from self._shelf(first)

    def __len__(self) -> int:
        return self._count

    def _shelf(self, first: str) -> dict[str, str]:
        lines = self._lines.get(first)
        if lines is None:
            text = self._shelves.get(first)
            parted = () if text is None else (line.partition(_WITHIN) for line in text.split(_BETWEEN))
            lines = self._lines[first] = {key: told for key, _, told in parted}
        return lines


def _meanings(text: str) -> Iterator[Meaning]:
    told = text.split(_WITHIN)
    for at in range(0, len(told), _PARTS):
        yield Meaning(*told[at : at + _PARTS])
