from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import ConfigurationError
from auditor.lexicon.loading import load_lexicon
from auditor.lexicon.words import LANGUAGES


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        pytest.param("Menge", ("quantity",), id="a German word"),
        pytest.param("antal", ("quantity",), id="a Swedish word"),
        pytest.param("Säljorder", ("order",), id="with its accents"),
        pytest.param("Saljorder", ("order",), id="without its accents"),
        pytest.param("Auftraege", ("order",), id="with its umlaut spelled out"),
        pytest.param("purchase order", ("purchase_order",), id="a phrase"),
        pytest.param("Purchase_Order", ("purchase_order",), id="a phrase, however it is joined"),
        pytest.param("KUNNR", ("customer_number",), id="a short name of a field"),
        pytest.param("platnosc", ("payment",), id="a Polish word in plain letters"),
        pytest.param("zyx", (), id="no word"),
    ],
)
def test_a_word_stands_for_its_terms(word: str, terms: tuple[str, ...]) -> None:
    assert load_lexicon().terms(word) == terms


def test_a_short_name_of_a_table_is_told_in_plain_words() -> None:
    assert load_lexicon().object_name("vbap") == "sales order line"


def test_every_language_has_its_words_for_the_common_documents() -> None:
    lexicon = load_lexicon()
    for term in ("order", "invoice", "quantity", "price", "customer", "product", "line"):
        told = {each.language for found in lexicon.meanings.values() for each in found if each.term == term}
        assert set(LANGUAGES) - {"cs"} - told == set(), term


def test_a_company_adds_words_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "version: 1\nterms:\n  order:\n    sv: uppköp, avrop\nnames:\n  own: {objects: {X17: order line}}\n"
    )

    lexicon = load_lexicon([own])

    assert (lexicon.terms("Avrop"), lexicon.object_name("x17")) == (("order",), "order line")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "version: 1\nterms:\n  ordr: {sv: avrop}\n",
            "own.yaml:3:3: no term 'ordr'; did you mean order",
            id="a term that does not exist",
        ),
        pytest.param(
            "version: 1\nterms:\n  order: {se: avrop}\n",
            "own.yaml:3:11: unknown key 'se'",
            id="a language that does not exist",
        ),
        pytest.param(
            "version: 2\n",
            "own.yaml:1:10: version '2' is not known; this release reads version: 1",
            id="a version",
        ),
        pytest.param(
            'version: 1\nterms:\n  order: {sv: "--"}\n', "own.yaml:3:15: '--' has no letters", id="no word at all"
        ),
    ],
)
def test_a_wrong_file_says_where_and_what_is_near(tmp_path: Path, text: str, problem: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text)

    with pytest.raises(ConfigurationError) as caught:
        load_lexicon([own])

    assert [line[: len(problem)] for line in caught.value.problems] == [problem]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_lexicon([tmp_path / "missing.yaml"])
