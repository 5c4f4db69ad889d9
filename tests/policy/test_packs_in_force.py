"""The packs over small systems: what real repositories showed to be no finding, beside what is one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.auditing import audit
from auditor.facts.base import Settings
from auditor.facts.catalogue import vocabulary
from auditor.facts.limits import Limits
from auditor.judging import Inputs
from auditor.model.catalogue import Catalog, Field, Object, ObjectKind, Role
from auditor.model.components import Component, IntegrationPoint
from auditor.model.findings import Outcome
from auditor.model.observations import Evidence
from auditor.model.references import Access, Certainty, Reference
from auditor.policy.documents import InstalledLibrary
from auditor.policy.loading import load_policies

_IDS = (("hard_coded_ids", "1"),)
_CRM = Catalog(
    "crm",
    Role.CRM,
    "salesforce",
    objects=(
        Object(
            "Address__c",
            fields=(
                Field("Address__c", "Country__c", label="Mailing Country", description="Where it is, in words."),
                Field("Address__c", "County__c", label="Mailing County"),
                Field("Address__c", "End__c", label="End Date"),
                Field("Address__c", "End2__c", label="End date"),
                Field("Address__c", "Only__c", label="Only once"),
                Field("Address__c", "%%%NAMESPACE%%%Only__c", label="Only once", namespace="%%%NAMESPACE%%%"),
            ),
        ),
        Object("Kind__mdt", kind=ObjectKind.CUSTOM_METADATA),
    ),
    components=(
        Component("flow", "Own_Flow", "f", active=False, attributes=_IDS),
        Component("flow", "pkg__Flow", "p", active=False, attributes=_IDS),
        Component("validation_rule", "Address__c.Own_Rule", "r", active=False, attributes=_IDS),
        Component("validation_rule", "pkg__Job__c.Own_Rule", "o", active=False, attributes=_IDS),
        Component("validation_rule", "pkg__Job__c.pkg__Rule", "q", active=False, attributes=_IDS),
        Component("workflow_rule", "Address__c.pkg__Clear old values", "w", active=False),
    ),
    references=(
        Reference("layout", "L", "Other__mdt.Name__c", Access.SHOWS, Certainty.CERTAIN, "l"),
        Reference("layout", "L", "Address__c.Clicked__c", Access.SHOWS, Certainty.CERTAIN, "l"),
    ),
    integration_points=(
        IntegrationPoint("remote_site", "Erp", "e", endpoint="http://erp.example/api"),
        IntegrationPoint("connected_app", "Cli", "c", endpoint="http://localhost:1717/OauthRedirect"),
    ),
    channels={"layout": 1},
)


@pytest.mark.parametrize(
    ("policy", "violations"),
    [
        pytest.param(
            "docs/confusable-label",
            ["crm:Address__c.End2__c", "crm:Address__c.End__c"],
            id="words of their own that a letter tells apart are not confusable",
        ),
        pytest.param("docs/business-owner", ["crm:Address__c"], id="owners are asked for once an object"),
        pytest.param(
            "lifecycle/half-built",
            [
                "crm:flow/Own_Flow",
                "crm:validation_rule/Address__c.Own_Rule",
                "crm:validation_rule/pkg__Job__c.Own_Rule",
            ],
            id="what came switched off in a package is the package's",
        ),
        pytest.param(
            "integration/hard-coded",
            [
                "crm:flow/Own_Flow",
                "crm:validation_rule/Address__c.Own_Rule",
                "crm:validation_rule/pkg__Job__c.Own_Rule",
            ],
            id="ids in a package's logic are the package's",
        ),
        pytest.param(
            "integration/unencrypted-endpoint",
            ["crm:remote_site/Erp"],
            id="an address of one's own machine leaves no network",
        ),
        pytest.param(
            "lifecycle/out-of-pipeline",
            ["crm:Address__c.Clicked__c", "crm:Other__mdt.Name__c"],
            id="what is used and defined nowhere",
        ),
    ],
)
def test_policies_speak_of_what_the_company_can_change(policy: str, violations: list[str]) -> None:
    library = InstalledLibrary(Path())
    packs = load_policies([f"pack:{pack}" for pack in library.packs()], library, vocabulary())
    found = audit(Inputs((_CRM,), Evidence(), packs, Settings(date(2026, 11, 21)), limits=Limits()))

    named = sorted(
        item.subject for item in found.findings if item.policy == policy and item.outcome is Outcome.VIOLATION
    )
    assert named == violations


def test_a_metadata_type_that_is_only_mentioned_is_no_table_of_records() -> None:
    library = InstalledLibrary(Path())
    packs = load_policies(["pack:documentation"], library, vocabulary())
    found = audit(Inputs((_CRM,), Evidence(), packs, Settings(date(2026, 11, 21)), limits=Limits()))

    asked = {item.subject for item in found.findings if item.policy == "docs/purpose"}
    assert "crm:Other__mdt.Name__c" not in asked
    assert "crm:Address__c.Clicked__c" in asked
