"""Names of CRMs and ERPs into words."""

from __future__ import annotations

import pytest

from auditor.lexicon.splitting import counted, fold, segment, spellings, vocabulary_of, words_of

_WORDS = (
    ("capitals begin words", "OrderLineAmount", ("order", "line", "amount")),
    ("capitals in a row are one word", "UPSFreightZone", ("ups", "freight", "zone")),
    ("an abbreviation may stand in the plural", "BOMsReserveLevel", ("boms", "reserve", "level")),
    ("underscores and digits part words", "shipto_line2", ("shipto", "line", "2")),
    ("the suffix of a custom field is no word", "Invoice_Date__c", ("invoice", "date")),
    ("the namespace of a package is no word", "npsp__Batch_Gift__c", ("batch", "gift")),
    ("a part of a place keeps its name", "Geo__Latitude__s", ("geo", "latitude")),
    ("a name of a standard field keeps all", "AccountId", ("account", "id")),
    ("e-mail is one word", "E-Mail 2", ("email", "2")),
    ("punctuation parts words", "Country/Region Code (LCY)", ("country", "region", "code", "lcy")),
    ("an apostrophe takes its s along", "Customer's name", ("customer", "name")),
    ("Nordic letters belong to words", "Område_Størrelse__c", ("omrade", "storrelse")),
    ("German letters belong to words", "GrößeÄnderung", ("grosse", "anderung")),
    ("other scripts belong to words", "Имя_клиента", ("имя", "клиента")),
    ("nothing has no words", "", ()),
    ("signs alone are no words", "--/__", ()),
)


@pytest.mark.parametrize(("name", "expected"), [row[1:] for row in _WORDS], ids=[row[0] for row in _WORDS])
def test_a_name_has_words(name: str, expected: tuple[str, ...]) -> None:
    assert expected == words_of(name)


_COUNTS = {
    "delivery": 50,
    "address": 80,
    "city": 40,
    "sales": 60,
    "rep": 5,
    "id": 200,
    "on": 90,
    "at": 70,
    "not": 9,
}
_CUTS = (
    ("words of the vocabulary are found", "deliveryaddresscity", ("delivery", "address", "city")),
    ("short words are found at an end", "salesrepid", ("sales", "rep", "id")),
    ("an unknown word stays whole", "annotation", ("annotation",)),
    ("what is left over stays together", "xyzdelivery", ("xyz", "delivery")),
    ("a known word stays whole", "sales", ("sales",)),
    ("nothing is cut from nothing", "", ("",)),
)


@pytest.mark.parametrize(("word", "expected"), [row[1:] for row in _CUTS], ids=[row[0] for row in _CUTS])
def test_a_word_is_cut_at_the_least_cost(word: str, expected: tuple[str, ...]) -> None:
    assert expected == segment(word, vocabulary_of(_COUNTS))


_STRONG = {"delivery": 9, "default": 9, "id": 90}
_WEAK = {"uom": 4, "defaultuomid": 3, "deliveryid": 7}


def test_weak_words_are_taken_in_unless_they_are_made_of_known_ones() -> None:
    vocabulary = vocabulary_of(
        {"delivery": 9, "default": 9, "id": 90}, {"uom": 4, "defaultuomid": 3, "deliveryid": 7}
    )
    assert tuple(sorted(vocabulary.costs)) == ("default", "delivery", "id", "uom")
    assert segment("defaultuomid", vocabulary) == ("default", "uom", "id")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Förderung", ("forderung", "foerderung")),
        ("Straße", ("strasse",)),
        ("på", ("pa", "paa")),
        ("item", ("item",)),
    ],
)
def test_a_word_has_its_spellings(word: str, expected: tuple[str, ...]) -> None:
    assert expected == spellings(word)


def test_folding_leaves_letters_only() -> None:
    assert fold("ÄåÖøü Æ ß") == "aaoou ae ss"


def test_words_are_counted() -> None:
    assert counted(["a", "b", "a"]) == {"a": 2, "b": 1}
