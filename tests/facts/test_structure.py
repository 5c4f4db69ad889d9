"""What belongs where, what pages demand, labels that people confuse, and how near the limits are."""

from __future__ import annotations

import pytest

from auditor.errors import ConfigurationError
from auditor.facts.base import Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.labels import one_letter_apart
from auditor.facts.limits import Limit, Limits, load_limits, read_limits
from auditor.graph.build import build_graph
from auditor.model.catalogue import Calculation, Catalog, Field, Object, ObjectKind, PicklistValue
from auditor.model.observations import Evidence
from auditor.model.references import Access
from auditor.model.values import ABSENT, Unknown, Value
from auditor.model.vocabulary import Edge, Related
from tests.facts.world import FIELD, OBJECT, REGION, TODAY, catalog, component, facts, mention, with_field

PAGE = "crm:layout/Account-Main"
CODE = Field("Account", "Code__c", label="Code", type="Text", required=True)
TOTAL = Field("Account", "Total__c", label="Total", type="Number", required=True, calculation=Calculation.ROLLUP)


def _layout() -> Catalog:
    def shows(target: str, part: str, access: Access = Access.SHOWS) -> object:
        return mention("layout/Account-Main", target, access, part=part)

    return catalog(
        (REGION, CODE, TOTAL),
        {"layout": 1},
        components=(component("layout/Account-Main", object="Account"),),
        references=(
            shows("Account.Region__c", "required"),
            shows("Account.Region__c", "required", Access.REQUIRES),
            shows("Account.Code__c", "edit"),
            shows("Account.Total__c", "readonly"),
            shows("Account.Name", "field"),
            shows("Contact.Email", "related_list_column"),
        ),
    )


def test_a_page_shows_fields_of_its_object_and_demands_what_people_must_type() -> None:
    told = facts(of=_layout())
    assert told.fact(PAGE, "shown_count") == 4
    assert told.fact(PAGE, "required_inputs") == 2
    assert told.fact(OBJECT, "required_inputs") == 2
    assert told.fact(OBJECT, "layout_count") == 1
    assert told.related(OBJECT, "layouts") == Related((Edge(PAGE),))


def test_layouts_that_were_not_read_are_not_missing() -> None:
    assert facts().fact(OBJECT, "layout_count") == Unknown("no layout was read")
    assert facts().fact(OBJECT, "required_inputs") == Unknown("no layout was read")


def test_what_points_where() -> None:
    parent = Field("Account", "Parent__c", type="Lookup", reference_to=("Region__c",))
    told = facts(of=catalog([REGION, parent]))
    assert told.related("crm:Account.Parent__c", "looks_up") == Related((Edge("crm:Region__c"),))
    assert told.related(OBJECT, "looks_up") == Related((Edge("crm:Region__c"),))
    assert told.related("crm:Region__c", "looked_up_by") == Related((Edge("crm:Account.Parent__c"),))
    assert told.related(FIELD, "object") == Related((Edge(OBJECT),))
    assert told.fact(OBJECT, "relationship_count") == 1


def test_record_types_are_components_of_their_object() -> None:
    account = Object("Account", custom=False, record_types=("Dealer", "End_Customer"))
    told = facts(of=Catalog("crm", catalog().role, "salesforce", (account,)))
    expected = Related((Edge("crm:record_type/Account.Dealer"), Edge("crm:record_type/Account.End_Customer")))
    assert told.related(OBJECT, "record_types") == expected


PICKLIST = tuple(PicklistValue(name, name, name != "C") for name in "ABC")


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (with_field(type="Picklist", picklist=PICKLIST), (3, 2)),
        (
            with_field(type="Picklist", value_set="Countries"),
            (Unknown("its values stand in a value set that was not read"),) * 2,
        ),
        (catalog(), (ABSENT, ABSENT)),
    ],
    ids=["values of its own", "a value set that was not read", "no picklist"],
)
def test_picklist_values(of: Catalog, expected: tuple[Value, Value]) -> None:
    told = facts(of=of)
    assert expected == (told.fact(FIELD, "picklist_value_count"), told.fact(FIELD, "active_picklist_values"))


DESCRIPTIONS = (
    (None, "missing"),
    ("  ", "missing"),
    ("Region", "repeats_label"),
    ("The region of the account.", "repeats_label"),
    ("Sales area code", "short"),
    ("Which sales team answers for the customer", "present"),
)


@pytest.mark.parametrize(("text", "expected"), DESCRIPTIONS, ids=[repr(c[0]) for c in DESCRIPTIONS])
def test_description_quality(text: str | None, expected: str) -> None:
    told = facts(of=with_field(description=text))
    assert expected == told.fact(FIELD, "description_quality")
    assert (expected != "missing") is told.fact(FIELD, "description_present")


TWINS = (
    ("the same words", "Delivery Date", "delivery date", 0),
    ("another order and signs", "Date (Delivery)", "Delivery-Date", 0),
    ("one letter more", "Invoice Number", "Invoice Numbers", 1),
    ("one letter other", "Leverans", "Leverens", 1),
    ("two letters", "Leverans", "Lieferanz", None),
    ("short words differ on purpose", "Fax", "Tax", None),
    ("numbers tell a series apart", "Address 1", "Address 2", None),
    ("a sign is a word", "% Increase", "$ Increase", None),
    ("a sign is a word wherever it stands", "Increase %", "% increase", 0),
    ("no label", "Delivery Date", None, None),
    ("longer than any label, the same", "x" * 50_000, "X" * 50_000, 0),
    ("longer than any label, one letter more", "x" * 50_000, "x" * 50_001, None),
)


@pytest.mark.parametrize(("one", "other", "distance"), [c[1:] for c in TWINS], ids=[c[0] for c in TWINS])
def test_labels_that_people_cannot_tell_apart(one: str, other: str | None, distance: int | None) -> None:
    of = catalog([Field("Account", "A__c", label=one), Field("Account", "B__c", label=other)])
    edges = () if distance is None else (Edge("crm:Account.B__c", (("distance", distance),)),)
    assert facts(of=of).related("crm:Account.A__c", "confusable_with") == Related(edges)
    assert facts(of=of).fact("crm:Account.B__c", "label_twin") is (distance is not None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("abc", "abd", True), ("abc", "ab", True), ("ab", "abc", True), ("abc", "xbd", False), ("abc", "a", False)],
)
def test_one_letter_apart(one: str, other: str, expected: bool) -> None:
    assert expected is one_letter_apart(one, other)


LIMITS = Limits(
    {
        ("salesforce", each.id): each
        for each in (
            Limit("custom_fields_per_object", by_edition={"enterprise": 500, "unlimited": 800}),
            Limit("custom_fields_hard", 800, by_object={"Account": 900}),
            Limit("field_slots", by_type={"Location": 3}),
            Limit("relationships_per_object", 40),
            Limit("rollups_per_object", 25),
            Limit("custom_objects", by_edition={"enterprise": 200}),
        )
    }
)


def test_head_room_counts_places_as_the_platform_does() -> None:
    of = catalog(
        [REGION, Field("Account", "Place__c", type="Location"), Field("Account", "M__c", namespace="pkg")]
    )
    graph = build_graph([of])
    told = facts_of(graph, Evidence(), Settings(TODAY, editions={"crm": "Enterprise"}), LIMITS)
    names = ("limit", "hard_limit", "field_slots", "fields_share_of_limit", "fields_share_of_hard_limit")
    assert [told.fact(OBJECT, name) for name in names] == [500, 900, 5, 4 / 500, 5 / 900]
    assert told.fact("crm:", "custom_objects_share_of_limit") == 0.0


def test_the_share_of_custom_objects_counts_the_company_s_own_alone() -> None:
    own = Object("Visit__c", custom=True)
    others = (
        Object("Account", custom=False),
        Object("pkg__Plan__c", custom=True, namespace="pkg"),
        Object("Sent__e", custom=True, kind=ObjectKind.PLATFORM_EVENT),
        Object("Rate__mdt", custom=True, kind=ObjectKind.CUSTOM_METADATA),
        Object("Switch__c", custom=True, kind=ObjectKind.CUSTOM_SETTING),
        Object("Stock__x", custom=True, kind=ObjectKind.EXTERNAL),
    )
    of = catalog(objects=(own, *others))
    told = facts_of(build_graph([of]), Evidence(), Settings(TODAY, editions={"crm": "Enterprise"}), LIMITS)
    assert told.fact("crm:", "own_custom_object_count") == 1
    assert told.fact("crm:", "custom_objects_share_of_limit") == 1 / 200


def test_without_an_edition_its_limit_is_unknown() -> None:
    told = facts_of(build_graph([catalog()]), Evidence(), Settings(TODAY), LIMITS)
    expected = Unknown("the edition of the platform is not declared (`edition:` of the system in auditor.yaml)")
    assert told.fact(OBJECT, "limit") == expected
    assert told.fact(OBJECT, "fields_share_of_limit") == expected
    assert told.fact(OBJECT, "hard_limit") == 900


def test_limits_of_one_platform_do_not_apply_elsewhere() -> None:
    of = Catalog("erp", catalog().role, "sql", catalog().objects)
    told = facts_of(build_graph([of]), Evidence(), Settings(TODAY), LIMITS)
    assert told.fact("erp:Account", "limit") is ABSENT


def test_the_limits_that_ship_hold_every_limit_that_facts_ask_for() -> None:
    shipped = load_limits()
    asked = [key[1] for key in LIMITS.of]
    assert [name for name in asked if shipped.get("salesforce", name) is None] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("limits: 3", "x.yaml: expected `platform:` and a list under `limits:`"),
        ("limits: [{value: 3}]", "x.yaml: each limit needs an id: {'value': 3}"),
        ("limits: [{id: a, value: many}]", "x.yaml: a: invalid literal for int() with base 10: 'many'"),
    ],
)
def test_limits_in_another_shape_are_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_limits(text, "x.yaml")
    assert message == str(caught.value)
