"""User ids become pseudonyms at the door."""

from __future__ import annotations

from auditor.usage.pseudonyms import KEY_VARIABLE, pseudonymiser


def test_the_same_user_has_one_pseudonym_in_both_forms_of_the_id() -> None:
    pseudonym = pseudonymiser({KEY_VARIABLE: "k"})
    assert (
        pseudonym("005000000000001")
        == pseudonym(" 005000000000001AAA")
        == pseudonymiser({KEY_VARIABLE: "k"})("005000000000001")
    )


def test_another_key_gives_another_pseudonym_and_none_shows_the_id() -> None:
    one, two = (pseudonymiser({KEY_VARIABLE: key})("005000000000001") for key in "ab")
    assert one != two
    assert (len(one), "005000000000001" in one) == (16, False)


def test_without_a_key_the_pseudonym_holds_for_one_run() -> None:
    assert pseudonymiser({})("anna@example.org") == pseudonymiser({})("anna@example.org")
    assert pseudonymiser({})("anna@example.org") != pseudonymiser({KEY_VARIABLE: "a"})("anna@example.org")


def test_a_key_of_any_length_is_a_key() -> None:
    assert pseudonymiser({KEY_VARIABLE: "x" * 1000})("u") != pseudonymiser({KEY_VARIABLE: "x" * 999})("u")
