"""Whether two fields say the same, whatever the words, their order and the language."""

from __future__ import annotations

import pytest

from auditor.lexicon.loading import load_lexicon
from auditor.lexicon.reading import NameReader
from auditor.matching.saying import PERHAPS, SAME, Sayings, Wish, may_hold_the_same
from auditor.matching.wording import load_wording

LEXICON = load_lexicon()
SAYINGS = Sayings(load_wording(LEXICON), NameReader(LEXICON))


def _score(mine: Wish, theirs: Wish, *around: str) -> float:
    return SAYINGS.likeness(mine, theirs, around).score


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param(Wish("a", "Date of delivery"), Wish("b", "Delivery date"), id="in another order"),
        pytest.param(Wish("a", "Kvalitet"), Wish("b", "Quality"), id="in Swedish"),
        pytest.param(Wish("a", "Fehlercode"), Wish("b", "Felkod"), id="in German and Swedish"),
        pytest.param(Wish("a", "Pass word"), Wish("b", "Password"), id="written apart"),
        pytest.param(Wish("a", "Harbour"), Wish("Harbour__c", "Port"), id="by its name alone"),
    ],
)
def test_the_same_is_said(mine: Wish, theirs: Wish) -> None:
    assert _score(mine, theirs) >= SAME


def test_a_word_more_leaves_it_open() -> None:
    found = _score(Wish("a", "Delivery date"), Wish("b", "Last delivery date"))

    assert PERHAPS <= found < SAME


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param(Wish("a", "Customer number"), Wish("b", "Phone number"), id="only that both are numbers"),
        pytest.param(Wish("a", "Date"), Wish("b", "Delivery date"), id="only a type"),
        pytest.param(Wish("a", ""), Wish("b", "Delivery date"), id="nothing at all"),
    ],
)
def test_light_words_alone_say_nothing(mine: Wish, theirs: Wish) -> None:
    assert _score(mine, theirs, "Customer") < PERHAPS


def test_types_that_hold_other_things_speak_against_it() -> None:
    found = SAYINGS.likeness(Wish("a", "Left company", "checkbox"), Wish("b", "Left company", "date"))

    assert (found.score, found.because) == (
        0.5,
        "both are called 'Left company', but checkbox is no date",
    )


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Text", "Number", True),
        ("Checkbox", "Text", False),
        ("Date", "Currency", False),
        ("Date", "DateTime", True),
        ("", "Date", True),
        ("Picklist", "Text", True),
    ],
)
def test_what_types_can_hold(one: str, other: str, may: bool) -> None:
    assert may_hold_the_same(one, other) is may_hold_the_same(other, one) is may
