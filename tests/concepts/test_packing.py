"""A classifier that was packed knows the same and says the same."""

from __future__ import annotations

import marshal

import pytest

from auditor.concepts.classifying import load_classifier
from auditor.concepts.packing import packed, unpacked
from auditor.concepts.profile import FieldProfile, Profile


def test_it_knows_the_same() -> None:
    shipped = load_classifier()

    assert unpacked(packed(shipped)).knowledge == shipped.knowledge


@pytest.mark.parametrize("name", ["Orderrad__c", "SBQQ__QuoteLine__c", "Lagerbeholdning__c", "Xyzzy__c"])
def test_it_says_the_same(name: str) -> None:
    fields = (FieldProfile("Antal__c", "Antal", "Number", ()), FieldProfile("Pris__c", "Pris", "Currency", ()))
    profile = Profile(name, "", "", fields, "crm", "custom")
    shipped = load_classifier()

    kept = unpacked(marshal.loads(marshal.dumps(packed(shipped))))

    assert kept.classify(profile) == shipped.classify(profile)
