"""What would settle a question is told only where the platform of the subject has it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.facts.world import FIELD, catalog, facts

KINDS = ("field-history", "hubspot-property-history", "dataverse-audit", "record-extract")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("salesforce", ("field-history", "record-extract"), id="a Salesforce organisation"),
        pytest.param("tabular", (), id="a listing, which has no exports of its own"),
    ],
)
def test_evidence_of_other_platforms_is_not_asked_for(source: str, expected: tuple[str, ...]) -> None:
    assert facts(of=replace(catalog(), kind=source)).obtainable(FIELD, KINDS) == expected
