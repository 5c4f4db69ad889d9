"""What names tell of personal data, and names that tell nothing."""

from __future__ import annotations

import pytest

from auditor.facts.personal import is_telling, personal_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Allergies", "special_category"),
        ("Sjukdomshistorik", "special_category"),
        ("Religionszugehörigkeit", "special_category"),
        ("Personnummer", "identity_number"),
        ("Applicant SSN", "identity_number"),
        ("Name of spouse", "private_life"),
        ("Födelsedag", "private_life"),
        ("Healthy margin", None),
        ("Make", None),
        ("", None),
    ],
)
def test_the_kind_of_personal_data(text: str, kind: str | None) -> None:
    assert personal_kind([text]) == kind


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Test_tmp_2__c", False),
        ("Övrigt", False),
        ("X1", False),
        ("", False),
        ("Test drive", True),
        ("Region", True),
    ],
)
def test_names_that_tell_something(text: str, tells: bool) -> None:
    assert is_telling(text) is tells
