"""Words that tell two fields apart on purpose: a start is no end, a minimum no maximum, a Monday no Tuesday.

English, Swedish, Danish, Norwegian and German; folded as `auditor.lexicon.splitting.words_of` folds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

_ROWS: tuple[tuple[str, ...], ...] = (
    (
        "start started begin beginning starting borjan borja anfang beginn",
        "end ended ending finish stop slut slutt ende",
    ),
    ("from fran fra von", "to until till til bis"),
    ("min minimum minst mindste lowest least", "max maximum hogst hojst most highest"),
    ("first forsta forste erste", "last sista sidste siste letzte", "second andra zweite", "third tredje dritte"),
    ("source kalla kilde quelle origin", "target destination mal ziel dest"),
    (
        "billing bill invoice faktura rechnung",
        "shipping ship delivery leverans levering lieferung",
        "mailing post",
    ),
    ("home private privat hem hjem", "work business office arbete arbejd arbeid buro", "other annan anden andere"),
    ("primary main primar huvud haupt", "secondary alternate alternative sekundar"),
    ("previous prior forra forrige vorherige", "next nasta naste nachste", "current nuvarande aktuell nuvaerende"),
    (
        "planned plan budget estimated expected planerad planlagt geplant",
        "actual real faktisk verklig tatsachlich",
    ),
    ("parent overordnad uberordnet", "child underordnad untergeordnet"),
    ("buyer customer kopare kunde kund", "seller vendor supplier saljare leverantor leverandor lieferant"),
    ("in inbound incoming ingaende inkommande eingehend", "out outbound outgoing utgaende udgaende ausgehend"),
    ("opening open oppning aben offnung", "closing close closed stangning luk schluss"),
    ("before fore for vor", "after efter etter nach"),
    ("left vanster venstre links", "right hoger hojre hoyre rechts"),
    ("upper top ovre obere", "lower bottom nedre untere"),
    ("sent skickad sendt gesendet", "received mottagen modtaget mottatt empfangen"),
    ("created skapad oprettet opprettet erstellt", "modified updated changed andrad aendret endret geandert"),
    (
        "day dag tag",
        "week vecka uge uke woche",
        "month manad maned monat",
        "year ar jahr",
        "quarter kvartal quartal",
    ),
    ("hour timme time stunde", "minute minut", "second sekund sekunde"),
    ("net netto", "gross brutto"),
    ("debit debet soll", "credit kredit haben"),
    ("buy purchase inkop kob kjop einkauf", "sell sales salj salg verkauf"),
    ("male man father far pappa vater", "female woman mother mor mamma mutter"),
    (
        "mon monday mandag montag",
        "tue tuesday tisdag tirsdag dienstag",
        "wed wednesday onsdag mittwoch",
        "thu thursday torsdag donnerstag",
        "fri friday fredag freitag",
        "sat saturday lordag samstag",
        "sun sunday sondag sonntag",
    ),
    (
        "jan january januari januar",
        "feb february februari februar",
        "mar march mars marts marz",
        "apr april",
        "may maj mai",
        "jun june juni",
        "jul july juli",
        "aug august augusti",
        "sep sept september",
        "oct october oktober okt",
        "nov november",
        "dec december dezember desember",
    ),
    ("one eins ett en", "two zwei tva to", "three drei tre", "four vier fyra fire", "five funf fem"),
)
"""Each row: kinds of one thing, each with the words that say it."""
_COMPOUND = 4
"""Letters of the shortest word that a compound may begin with (`startdag`)."""


def _by_word() -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, row in enumerate(_ROWS):
        for side, words in enumerate(row):
            for word in words.split():
                found[word] = (*found.get(word, ()), (number, side))
    return found


_SIDES = _by_word()
"""Word → the rows that it stands in, with its side."""


def opposed(one: Collection[str], other: Collection[str]) -> bool:
    """Whether the words of two names differ in a way that tells them apart on purpose; in their numbers, too."""
    mine, theirs = set(one) - set(other), set(other) - set(one)
    if not mine or not theirs:
        return False
    if any(word.isdigit() for word in mine) and any(word.isdigit() for word in theirs):
        return True
    sides = dict(_sides(mine))
    return any(row in sides and sides[row] != side for row, side in _sides(theirs))


def _sides(words: Collection[str]) -> Iterator[tuple[int, int]]:
    for word in sorted(words):
        found = _SIDES.get(word)
        if found is None:
            starts = (word[:size] for size in range(len(word) - 1, _COMPOUND - 1, -1))
            found = next((_SIDES[start] for start in starts if start in _SIDES), ())
        yield from found
