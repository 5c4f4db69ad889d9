"""What the English sentences of the setup audit trail tell, and which are left."""

from __future__ import annotations

import pytest

from auditor.model.observations import Deed
from auditor.usage.org.sentences import Told, is_english, is_foreign, speaks_of_fields, told

CREATED = (
    ("Created custom field Seats (Number) on Account", ("Seats", "Account")),
    ("Created custom field: Seats (Number) on Account", ("Seats", "Account")),
    ("Created custom field Seats (Number(16, 2)) on Account.", ("Seats", "Account")),
    ('Created custom field "Seats" (Text) on "Account"', ("Seats", "Account")),
    ("Created custom field Amount (SEK) (Currency) on Opportunity", ("Amount (SEK)", "Opportunity")),
    ("Created custom field Amount (SEK) on Opportunity", ("Amount (SEK)", "Opportunity")),
    ("Created custom field Date on hold (Date) on Case", ("Date on hold", "Case")),
    ("Created custom field Total (Formula (Currency)) on Order", ("Total", "Order")),
    ("Created Account custom field: Seats (Number)", ("Seats", "Account")),
    ("Created Formula (Text) custom field: Seats", ("Seats", "")),
    ("For custom object Parcel, created custom field Weight (Number)", ("Weight", "Parcel")),
    ("Created custom object: Parcel", ("", "Parcel")),
    ("Created custom field Account.Seats__c", ("Seats__c", "Account")),
)
DELETED = (
    ("Deleted custom field Seats from Account", ("Seats", "Account")),
    ("Deleted custom field: Seats (Number) on Account", ("Seats", "Account")),
    ("Erased custom field Seats__c on object Account", ("Seats__c", "Account")),
    ("Deleted custom object: Parcel", ("", "Parcel")),
)
CHANGED = (
    (
        "Changed custom field Seats__c on object Lead from Text to Picklist",
        ("Seats__c", "Lead from Text to Picklist"),
    ),
    ("Changed label of custom field Seats on object Account from A to B", ("Seats", "Account from A to B")),
    ("Undeleted custom field Seats on Account", ("Seats", "Account")),
    ("Deleted value A from Status picklist on Account", ("Status", "Account")),
    ("Added value To Do to Status picklist field on Account", ("Status", "Account")),
)


@pytest.mark.parametrize(("sentence", "meant"), [*CREATED, *DELETED], ids=lambda each: str(each)[:50])
def test_a_sentence_names_the_field_and_its_object(sentence: str, meant: tuple[str, str]) -> None:
    found = told(sentence)
    deed = Deed.CREATED if (sentence, meant) in CREATED else Deed.DELETED

    assert found is not None
    assert (found.deed, found.readings[0], found.whole) == (deed, meant, True)


@pytest.mark.parametrize(("sentence", "meant"), CHANGED, ids=[sentence[:50] for sentence, _ in CHANGED])
def test_a_change_is_told_with_what_follows_the_names(sentence: str, meant: tuple[str, str]) -> None:
    found = told(sentence)

    assert found is not None
    assert (found.deed, meant in found.readings, found.whole) == (Deed.CHANGED, True, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Deactivated a user",
        "Changed page layout Konto layout",
        "Changed validation rule Must on Account",
        "Skapade anpassat fält Antal (Nummer) på Konto",
        "custom field",
        "Created custom field",
        "",
    ],
)
def test_what_tells_of_something_else_is_left(sentence: str) -> None:
    assert told(sentence) is None


def test_a_field_that_left_a_page_is_not_one_that_was_deleted() -> None:
    whole = told("Deleted custom field Seats from page layout Account Layout")
    other = told("Removed page layout assignment of custom field Seats")

    # No object bears these names, so that nothing is found for either.
    assert whole == Told(
        Deed.DELETED,
        (("Seats", "page layout Account Layout"), ("Seats from page layout Account Layout", "")),
    )
    assert other == Told(Deed.DELETED, (("Seats", "page layout assignment of"),))


@pytest.mark.parametrize(
    "sentence",
    [
        "Skapade anpassat fält Antal på Konto",
        "Benutzerdefiniertes Feld Menge wurde erstellt",
        "Oprettede brugerdefineret felt Antal",
        "Champ personnalisé créé",
        "カスタム項目を作成しました",
    ],
)
def test_other_languages_are_known_for_what_they_are(sentence: str) -> None:
    assert (is_foreign(sentence), is_english(sentence)) == (True, False)


def test_english_is_known_by_its_first_word() -> None:
    assert is_english("Deactivated a user")
    assert speaks_of_fields("Moved custom field X somewhere")
    assert not is_foreign("Created custom field X on Account")
