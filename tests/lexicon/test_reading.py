from __future__ import annotations

import pytest

from auditor.lexicon.compounds import parts_of
from auditor.lexicon.loading import load_lexicon
from auditor.lexicon.reading import NameReader, head_of, language_of

_KNOWN = frozenset({"auftrag", "position", "kund", "besok", "lager", "order", "rad", "nr", "tilbud"})


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        pytest.param("auftragsposition", ("auftrag", "position"), id="a linking letter"),
        pytest.param("kundbesok", ("kund", "besok"), id="without a link"),
        pytest.param("kundorderrad", ("kund", "order", "rad"), id="three parts"),
        pytest.param("tilbudsnr", ("tilbud", "nr"), id="a short ending"),
        pytest.param("hauptauftrag", ("haupt", "auftrag"), id="an unknown first part"),
        pytest.param("orderxyz", ("orderxyz",), id="an unknown head leaves it whole"),
        pytest.param("order", ("order",), id="a known word"),
        pytest.param("rader", ("rader",), id="too short"),
    ],
)
def test_a_compound_is_cut_into_known_words(word: str, parts: tuple[str, ...]) -> None:
    assert parts_of(word, _KNOWN) == parts


@pytest.mark.parametrize(
    ("name", "language", "head"),
    [
        pytest.param("Sales Order Line", None, "line", id="the last"),
        pytest.param("ligne de commande", "fr", "ligne", id="the first in French"),
        pytest.param("produkt på salgsmulighet", "nb", "produkt", id="what stands before a preposition"),
    ],
)
def test_the_head_says_what_a_thing_is(name: str, language: str | None, head: str) -> None:
    parts = NameReader(load_lexicon()).parts(name, language)

    assert parts[head_of(parts, language)].text == head


def test_a_word_is_read_in_the_language_around_it() -> None:
    reader = NameReader(load_lexicon())

    assert [part.terms for part in reader.parts("data", "it")] == [frozenset({"date"})]


@pytest.mark.parametrize(
    ("names", "language"),
    [
        pytest.param(("Antal", "Pris", "Levererat", "Kund"), "sv", id="Swedish"),
        pytest.param(("Menge", "Preis", "Kunde", "Lieferdatum"), "de", id="German"),
        pytest.param(("Quantity", "Price"), None, id="English is what is assumed"),
        pytest.param(("Zzz",), None, id="no known word"),
    ],
)
def test_the_language_is_what_most_names_share(names: tuple[str, ...], language: str | None) -> None:
    reader = NameReader(load_lexicon())

    assert language_of(reader.parts(name) for name in names) == language
