"""What things are, and what is absent against what was not read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.facts.base import UNDEFINED
from auditor.model.catalogue import Calculation, Catalog, Field, Governance, Object, Relationship
from auditor.model.components import Component
from auditor.model.observations import Definition, Evidence
from auditor.model.values import ABSENT, DateRange, Unknown, Value
from tests.facts.world import FIELD, OBJECT, catalog, component, day, facts, mention, source, with_field

UNREAD = UNDEFINED
INDUSTRY = "crm:Account.Industry"
MENTIONED = catalog(references=(mention("report/Sales/A", "Account.Industry"),))
UNDATED = Unknown(
    "no register of definitions and no history of the repository names it", ("tooling-custom-field", "git-history")
)

FIELDS: tuple[tuple[str, str, Catalog, Value], ...] = (
    ("name", "name", catalog(), "Region__c"),
    ("label", "label", catalog(), "Region"),
    ("no label", "label", with_field(label=None), ABSENT),
    ("role", "role", catalog(), "crm"),
    ("system", "system", catalog(), "crm"),
    ("object_name", "object_name", catalog(), "Account"),
    ("kind_of_object", "kind_of_object", catalog(), "object"),
    ("external", "external", catalog(), False),
    ("custom", "custom", catalog(), True),
    (
        "custom is not told",
        "custom",
        with_field(custom=None),
        Unknown("its source cannot tell what the company added itself"),
    ),
    ("managed by namespace", "managed", with_field(namespace="npsp"), True),
    ("namespace", "namespace", catalog(), ABSENT),
    ("type", "type", catalog(), "Text"),
    ("type is not told", "type", with_field(type=None), Unknown("its source does not say the type")),
    ("data_type", "data_type", catalog(), "text"),
    ("data_type of an OData word", "data_type", with_field(type="Edm.Decimal"), "number"),
    ("data_type of a SQL word", "data_type", with_field(type="VARCHAR(20)"), "text"),
    ("data_type of nobody's word", "data_type", with_field(type="Frobnicate"), "other"),
    ("calculated", "calculated", with_field(calculation=Calculation.FORMULA), True),
    ("calculation", "calculation", with_field(calculation=Calculation.ROLLUP), "rollup"),
    ("calculation of what is written", "calculation", catalog(), ABSENT),
    ("required", "required", with_field(required=True), True),
    ("a parent is required", "required", with_field(relationship=Relationship.MASTER_DETAIL), True),
    ("unique", "unique", catalog(), False),
    ("external_id", "external_id", with_field(external_id=True), True),
    ("length", "length", with_field(length=80), 80),
    ("help", "help", catalog(), ABSENT),
    ("description", "description", catalog(), "Where it is sold"),
    ("owner", "owner", with_field(governance=Governance(business_owner="Sales")), "Sales"),
    ("no owner", "owner", catalog(), ABSENT),
    ("status", "business_status", with_field(governance=Governance("DeprecateCandidate")), "DeprecateCandidate"),
    ("classification", "security_classification", catalog(), ABSENT),
    ("compliance", "compliance", with_field(governance=Governance(compliance=("PII", "GDPR"))), ("GDPR", "PII")),
    (
        "sensitivity",
        "sensitivity",
        with_field(governance=Governance(None, None, "Restricted", ("PII",))),
        "Restricted; PII",
    ),
    (
        "sensitivity is not detected",
        "sensitivity",
        catalog(),
        Unknown("nobody classified it, and this version does not detect personal data by itself"),
    ),
    ("encrypted", "encrypted", with_field(type="EncryptedText"), True),
    ("in_repo", "in_repo", catalog(), True),
    ("created", "created", catalog(), UNDATED),
    ("removed", "removed", catalog(), ABSENT),
)


@pytest.mark.parametrize(("fact", "of", "expected"), [c[1:] for c in FIELDS], ids=[c[0] for c in FIELDS])
def test_identity_of_a_field(fact: str, of: Catalog, expected: Value) -> None:
    assert expected == facts(of=of).fact(FIELD, fact)


MENTIONED_ONLY: tuple[tuple[str, Value], ...] = (
    ("name", "Industry"),
    ("custom", False),
    ("in_repo", ABSENT),
    ("created", ABSENT),
    ("label", UNREAD),
    ("type", UNREAD),
    ("calculated", UNREAD),
    ("required", UNREAD),
    ("owner", UNREAD),
    ("description_quality", ABSENT),
)


@pytest.mark.parametrize(("fact", "expected"), MENTIONED_ONLY, ids=[c[0] for c in MENTIONED_ONLY])
def test_identity_of_a_standard_field_that_is_only_mentioned(fact: str, expected: Value) -> None:
    assert expected == facts(of=MENTIONED).fact(INDUSTRY, fact)


REGISTER = source("tooling-custom-field")


def _defined(*definitions: Definition) -> Evidence:
    return Evidence(sources=(REGISTER, source("git-history")), definitions=definitions)


def test_a_register_dates_exactly_and_outranks_the_repository() -> None:
    told = _defined(
        Definition(FIELD, "git-history", created_not_after=day("2023-05-05")),
        Definition(FIELD, "tooling-custom-field", created=day("2022-02-02"), modified=day("2026-01-01")),
    )
    assert facts(told).fact(FIELD, "created") == DateRange.on(day("2022-02-02"))
    assert facts(told).fact(FIELD, "modified") == DateRange.on(day("2026-01-01"))


def test_a_commit_bounds_creation_from_above_only() -> None:
    told = _defined(Definition(FIELD, "git-history", created_not_after=day("2023-05-05")))
    assert facts(told).fact(FIELD, "created") == DateRange(None, day("2023-05-05"))
    assert facts(told).source_of(FIELD, "created") == "git-history (git-history.csv, 2026-11-21)"


def test_an_object_is_at_least_as_old_as_the_oldest_of_its_fields() -> None:
    fields = (Field("Job__c", "A__c"), Field("Job__c", "B__c"), Field("Job__c", "C__c"))
    told = _defined(
        Definition("crm:Job__c.A__c", "tooling-custom-field", created=day("2023-05-05")),
        Definition("crm:Job__c.B__c", "git-history", created_not_after=day("2022-02-02")),
    )
    found = facts(told, catalog(objects=(Object("Job__c", fields=fields),)))

    assert found.fact("crm:Job__c", "created") == DateRange(None, day("2022-02-02"))


def test_a_field_that_only_the_live_system_knows_is_out_of_the_repository() -> None:
    told = facts(_defined(Definition("crm:Account.Quick__c", "tooling-custom-field", created=day("2026-10-01"))))
    assert told.fact("crm:Account.Quick__c", "in_repo") is False
    assert told.fact(OBJECT, "field_count") == 2


def test_parts_of_a_compound_field_are_no_fields_of_the_company() -> None:
    told = facts(_defined(Definition("crm:Account.Place__Latitude__s", "tooling-custom-field")))
    assert told.fact("crm:Account.Place__Latitude__s", "custom") is False


def test_a_removed_field_is_no_node() -> None:
    told = facts(_defined(Definition("crm:Account.Gone__c", "git-history", removed=day("2025-01-01"))))
    assert list(told.subjects("field")) == [FIELD]


def test_a_live_register_outranks_the_file_about_what_is_active() -> None:
    flow = Component("flow", "Sync", "Sync.flow", active=False)
    told = _defined(Definition("crm:flow/Sync", "flow-register", active=True))
    assert facts(told, catalog(components=(flow,))).fact("crm:flow/Sync", "active") is True
    assert facts(of=catalog(components=(flow,))).fact("crm:flow/Sync", "active") is False


def test_a_component_tells_its_folder_and_report_type() -> None:
    report = component("report/Sales/Q3/Pipeline", attributes=(("report_type", "Opportunity"),))
    told = facts(of=catalog(components=(report,)))
    assert told.fact("crm:report/Sales/Q3/Pipeline", "folder") == "Sales/Q3"
    assert told.fact("crm:report/Sales/Q3/Pipeline", "report_type") == "Opportunity"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("flow/pkg__Onboarding", True, id="a flow of a package"),
        pytest.param("validation_rule/Account.pkg__Region", True, id="its own name is the last part"),
        pytest.param("layout/Account-pkg__Account Layout", True, id="a layout is named after its object"),
        pytest.param("report/pkg__Folder/pkg__Sales", True, id="a report in its folder"),
        pytest.param("validation_rule/pkg__Plan__c.Region", False, id="the company's rule on a package's object"),
        pytest.param("layout/pkg__Plan__c-Our Layout", False, id="the company's layout of a package's object"),
        pytest.param("sharing_rule/Plan__c", False, id="a suffix is no namespace"),
        pytest.param("flow/own__Onboarding", False, id="the project's own namespace"),
        pytest.param("flow/Onboarding_Flow", False, id="one underscore"),
    ],
)
def test_a_component_of_a_package_carries_its_namespace(name: str, expected: bool) -> None:
    of = catalog(components=(component(name),), namespaces=("own",))
    assert expected is facts(of=of).fact(f"crm:{name}", "managed")


def test_elsewhere_two_underscores_are_no_namespace() -> None:
    of = replace(catalog(components=(component("model/staging__orders"),)), kind="tabular")
    assert facts(of=of).fact("crm:model/staging__orders", "managed") is False


def test_objects_have_no_place_for_an_owner() -> None:
    expected = Unknown("objects have no such property on the platform, and nobody declared it elsewhere")
    assert facts().fact(OBJECT, "owner") == expected
    assert facts().fact(OBJECT, "has_owner") == expected


def test_a_word_of_another_kind_is_absent_and_a_word_of_nobody_an_error() -> None:
    assert facts().fact(OBJECT, "fill_rate") is ABSENT
    with pytest.raises(KeyError):
        facts().fact(OBJECT, "no_such_fact")
    with pytest.raises(KeyError):
        facts().fact("crm:Nothing", "name")


def test_a_package_field_that_is_mentioned_is_managed_and_needs_no_repository() -> None:
    told = facts(of=catalog(references=(mention("layout/L", "Account.npsp__Batch__c"),)))
    names = ("custom", "managed", "namespace", "in_repo")
    assert [told.fact("crm:Account.npsp__Batch__c", name) for name in names] == [True, True, "npsp", ABSENT]
    assert told.fact(OBJECT, "field_count") == 1
