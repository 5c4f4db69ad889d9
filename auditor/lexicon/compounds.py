"""Words that a language writes together, cut into words of the lexicon: `Auftragsposition`, `Lagerbeholdning`.

German, the languages of the North, Dutch and Finnish put the head last and tie parts with letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from auditor.dataclasses import dataclass

_LINKS = ("", "s", "es", "n", "en", "e", "er", "ns", "u", "o")
"""Letters that tie the parts of a compound: `Auftrag-s-position`, `Kunde-n-besuch`, `person-u-pplysning`."""
_SHORTEST = 3
"""Letters of the shortest part: shorter words turn up inside everything."""
_SHORTEST_COMPOUND = 6
_ENDINGS = ("nr", "id", "no")
"""Shorter heads that are safe: `tilbudsnr`, `auftragid`."""
_STRANGER, _STRANGER_LETTER = 4.0, 1.0
"""What an unknown first part costs, so that nothing is cut to pieces for one known ending."""
_SHORT_PART = 0.8
"""What a part of three letters costs on top of the one that every part costs."""
_LONGEST_STRANGER = 12


@dataclass(frozen=True, slots=True)
class _Way:
    cost: float
    parts: tuple[str, ...]


def parts_of(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The parts of a folded word, by known words; a word that is none or cannot be cut comes back whole.

    The last part, the head, is always a known word; one unknown part of four letters or more may stand first.
    """
    if len(word) < _SHORTEST_COMPOUND or word in known:
        return (word,)
    best: list[_Way | None] = [None] * (len(word) + 1)
    best[0] = _Way(0.0, ())
    for end in range(_SHORTEST, len(word) + 1):
        ways = [*_known_ways(word, end, best, known), *_stranger(word, end)]
        best[end] = min(ways, key=lambda way: (way.cost, way.parts), default=None)
    found = best[-1]
    return found.parts if found is not None and found.parts[-1] in known else (word,)


def _known_ways(word: str, end: int, best: list[_Way | None], known: Collection[str]) -> Iterator[_Way]:
    for start in range(end - 1):
        before = best[start]
        if before is None or (start and not before.parts):
            continue
        for link in _LINKS if end < len(word) else ("",):
            part = word[start : end - len(link)]
            long_enough = len(part) >= _SHORTEST or (end == len(word) and part in _ENDINGS)
            if long_enough and word[:end].endswith(link) and part in known:
                price = 1.0 + (_SHORT_PART if len(part) <= _SHORTEST else 0.0) + 0.1 * len(link)
                yield _Way(before.cost + price, (*before.parts, part))


def _stranger(word: str, end: int) -> Iterator[_Way]:
    """An unknown first part; the rest must be longer than a syllable."""
    if _SHORTEST < end <= _LONGEST_STRANGER and len(word) - end > _SHORTEST:
        yield _Way(_STRANGER + _STRANGER_LETTER * end, (word[:end],))
