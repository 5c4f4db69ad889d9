"""What was not watched, what is vouched for, stances towards showing, and the facts that follow."""

from __future__ import annotations

import pytest

from auditor.facts.liveness.answers import supports
from auditor.facts.liveness.telling import root_sentence, silent_mentions, way_to
from auditor.model.catalogue import Catalog, Relationship
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.liveness import Showing
from auditor.model.observations import Deed, Evidence, Readership, ValueProfile
from auditor.model.references import Access, Certainty
from auditor.model.values import ABSENT, DateRange, Never, Unknown, Value
from tests.facts.liveness_world import levels, of, ran, unused, watched, world
from tests.facts.world import call, component, day, facts, mention, seen, source, window

FIELD = "crm:A__c.F__c"
PLAIN = of("A__c.F__c")
SHOWN = of(
    "A__c.F__c", component("layout/A__c-L", object="A__c"), mention("layout/A__c-L", "A__c.F__c", Access.SHOWS)
)
READ = of("A__c.F__c", component("report/R"), mention("report/R", "A__c.F__c", part="filter"))
HELD = ValueProfile(FIELD, "record-extract", 5, 5, newest_touched_with_value=day("2026-11-01"))
CIRCLE = of(
    "A__c.F__c A__c.G__c", mention("field/A__c.F__c", "A__c.G__c"), mention("field/A__c.G__c", "A__c.F__c")
)


def _without(name: str) -> Evidence:
    """Everything watched but one log."""
    whole = watched()
    return Evidence(
        sources=tuple(each for each in whole.sources if each.id != name),
        windows=tuple(each for each in whole.windows if each.source != name),
        row_counts=whole.row_counts,
    )


@pytest.mark.parametrize(
    ("evidence", "complete", "expected"),
    [
        pytest.param(
            watched(), ("email_template", "outside_reader"), "DEAD", id="everything was watched or vouched for"
        ),
        pytest.param(
            _without("api-event"), ("email_template", "outside_reader"), "unread", id="queries were not watched"
        ),
        pytest.param(
            _without("api-event"),
            ("email_template", "outside_reader", "api"),
            "DEAD",
            id="queries are vouched for",
        ),
        pytest.param(
            _without("list-view-event"), ("email_template", "outside_reader"), "unread", id="lists were not"
        ),
        pytest.param(
            _without("report-event"), ("email_template", "outside_reader"), "unread", id="reports were not"
        ),
        pytest.param(
            _without("api-event"), ("email_template", "api"), "unread", id="outside readers are not all declared"
        ),
        pytest.param(
            Evidence(readership=(Readership(FIELD, "rights", 0, 0),)), (), "DEAD", id="nobody may read the field"
        ),
        pytest.param(Evidence(), (), "unread", id="no evidence at all"),
    ],
)
def test_a_way_that_nobody_watched_keeps_a_field_in_question(
    evidence: Evidence, complete: tuple[str, ...], expected: str
) -> None:
    assert levels(facts(evidence, PLAIN, complete=complete), "A__c.F__c") == {"A__c.F__c": expected}


def test_thirty_days_of_silence_prove_nothing() -> None:
    whole = watched()
    short = tuple(window(each.source, each.deed, "2026-10-22", kinds=each.kinds) for each in whole.windows)
    told = world(PLAIN, Evidence(sources=whole.sources, windows=short, row_counts=whole.row_counts))
    assert told.fact(FIELD, "alive") == Unknown("reads were watched from 2026-10-22 to 2026-11-20 only")
    assert told.fact(FIELD, "review_candidate") is True


def test_a_kind_of_component_that_was_not_read_keeps_every_field_in_question() -> None:
    silent = Catalog("crm", PLAIN.role, "salesforce", PLAIN.objects, channels={"layout": 1})
    told = world(silent)
    assert levels(told, "A__c.F__c") == {"A__c.F__c": "unread"}
    assert "no flow was read" in supports(told, FIELD)
    vouched = facts(watched(), silent, complete=("email_template", "outside_reader", "repository"))
    assert levels(vouched, "A__c.F__c") == {"A__c.F__c": "DEAD"}


@pytest.mark.parametrize(
    ("showing", "evidence", "expected"),
    [
        (Showing.POSSIBLE, watched(), "shown"),
        (Showing.POSSIBLE, watched(profiles=(HELD,)), "shown"),
        (Showing.KEEPS, watched(), "possible"),
        (Showing.KEEPS, watched(profiles=(HELD,)), "ALIVE"),
        (Showing.IGNORED, watched(profiles=(HELD,)), "DEAD"),
    ],
)
def test_what_showing_counts_for_is_the_companys_call(showing: Showing, evidence: Evidence, expected: str) -> None:
    assert levels(world(SHOWN, evidence, showing), "A__c.F__c") == {"A__c.F__c": expected}


def test_what_nobody_may_read_is_not_shown_either() -> None:
    told = world(SHOWN, watched(readership=(Readership(FIELD, "rights", 0, 0),)))
    assert levels(told, "A__c.F__c") == {"A__c.F__c": "DEAD"}
    assert [each.because for each in silent_mentions(told, FIELD)] == ["no active user may read the field"]


NEVER_RUN = watched()
FACTS: tuple[tuple[str, Catalog, Evidence, dict[str, Value]], ...] = (
    (
        "nothing mentions it and nobody reads it",
        PLAIN,
        NEVER_RUN,
        {
            "alive": False,
            "review_candidate": True,
            "read_alive": False,
            "zombie_cycle": False,
            "support": ABSENT,
            "kept_by": ABSENT,
            "dead_since": DateRange(None, day("2025-11-20")),
            "demanded_only": False,
            "shown_only": False,
        },
    ),
    (
        "a report reads it",
        READ,
        watched(ran("report/R", actors=14)),
        {
            "alive": True,
            "review_candidate": False,
            "read_alive": True,
            "kept_by": ("crm:report/R",),
            "support": ABSENT,
            "dead_since": ABSENT,
            "collected_only": False,
            "demanded_only": False,
            "shown_only": False,
            "mirrors_only": False,
        },
    ),
    (
        "its report ran last in 2024",
        READ,
        watched(ran("report/R", "2024-05-01")),
        {"alive": False, "dead_since": DateRange(None, day("2025-11-20"))},
    ),
    (
        "a page shows what people write",
        SHOWN,
        watched(profiles=(HELD,)),
        {
            "alive": Unknown("crm:layout/A__c-L may keep it"),
            "review_candidate": True,
            "read_alive": False,
            "support": ("crm:layout/A__c-L",),
            "collected_only": True,
            "shown_only": True,
            "demanded_only": False,
        },
    ),
    (
        "a rule demands it",
        of(
            "A__c.F__c",
            component("validation_rule/V", object="A__c", active=True),
            mention("validation_rule/V", "A__c.F__c", Access.REQUIRES),
        ),
        NEVER_RUN,
        {"alive": False, "demanded_only": True},
    ),
    (
        "a rule that is switched off demands nothing",
        of(
            "A__c.F__c",
            component("validation_rule/V", object="A__c", active=False),
            mention("validation_rule/V", "A__c.F__c", Access.REQUIRES),
        ),
        NEVER_RUN,
        {"demanded_only": False},
    ),
    (
        "its definition demands it",
        of("A__c.F__c", properties={"A__c.F__c": {"required": True}}),
        NEVER_RUN,
        {"demanded_only": True},
    ),
    ("two formulas mention each other", CIRCLE, NEVER_RUN, {"alive": False, "zombie_cycle": True}),
    (
        "two formulas mention each other, and queries were not watched",
        CIRCLE,
        _without("api-event"),
        {
            "zombie_cycle": Unknown(
                "crm:A__c.G__c may keep it; reads by queries through the API were not watched",
                ("api-event",),
            )
        },
    ),
)


@pytest.mark.parametrize(("of_", "evidence", "expected"), [pytest.param(*row[1:], id=row[0]) for row in FACTS])
def test_facts_of_liveness(of_: Catalog, evidence: Evidence, expected: dict[str, Value]) -> None:
    told = world(of_, evidence)
    assert {name: told.fact(FIELD, name) for name in expected} == expected


def test_an_object_and_its_key_are_no_circle() -> None:
    master = {"A__c.F__c": {"relationship": Relationship.MASTER_DETAIL, "reference_to": ("B__c",)}}
    told = world(
        of("A__c.F__c B__c.G__c", properties=master),
        watched(in_use=(), row_counts=(unused("A__c"), unused("B__c"))),
    )
    assert [told.fact(each, "zombie_cycle") for each in (FIELD, "crm:A__c")] == [False, False]


def test_what_was_never_seen_alive_is_dead_from_its_beginning() -> None:
    told = facts(Evidence(readership=(Readership(FIELD, "rights", 0, 0),)), PLAIN)
    assert told.fact(FIELD, "dead_since") == Never(None, day("2026-11-21"))


def test_the_shortest_chain_names_what_was_run() -> None:
    flow = Component("flow", "W", "W.xml", object="A__c", active=True, trigger=Trigger.RECORD)
    told = world(
        of(
            "A__c.F__c A__c.G__c",
            component("report/Q3 pipeline"),
            flow,
            mention("report/Q3 pipeline", "A__c.G__c", part="filter"),
            mention("flow/W", "A__c.G__c", Access.WRITES),
            mention("flow/W", "A__c.F__c", part="condition"),
        ),
        watched(ran("report/Q3 pipeline", actors=14)),
    )
    way = way_to(told, FIELD)
    assert way is not None
    assert root_sentence(told, way.root) == "run 12 days ago by 14 users"
    assert [(step.by, step.subject) for step in way.steps] == [
        ("", "crm:report/Q3 pipeline"),
        ("filter", "crm:A__c.G__c"),
        ("is written by", "crm:flow/W"),
        ("condition", FIELD),
    ]


def test_a_rule_tests_a_field_and_writes_none() -> None:
    rule = Component("validation_rule", "V", "V.xml", object="A__c", active=True)
    told = world(
        of(
            "A__c.F__c A__c.G__c",
            component("report/R"),
            rule,
            mention("report/R", "A__c.G__c", part="filter"),
            mention("validation_rule/V", "A__c.G__c", part="condition"),
            mention("validation_rule/V", "A__c.F__c", part="condition"),
        ),
        watched(ran("report/R")),
    )
    way = way_to(told, FIELD)
    assert way is not None
    assert [(step.by, step.subject) for step in way.steps[1:3]] == [
        ("filter", "crm:A__c.G__c"),
        ("is tested by", "crm:validation_rule/V"),
    ]


def test_automation_that_acts_through_another_is_said_to_start_it() -> None:
    told = world(
        of(
            "A__c.F__c",
            Component("apex_trigger", "T", "T.trigger", object="A__c", active=True, trigger=Trigger.RECORD),
            Component("apex_class", "C", "C.cls", active=True, effects=(EffectOn(Effect.CALLOUT),)),
            call("apex_trigger/T", "apex_class/C"),
            mention("apex_trigger/T", "A__c.F__c"),
        ),
        watched(),
    )
    way = way_to(told, FIELD)
    assert way is not None
    assert [(step.by, step.subject) for step in way.steps] == [
        ("", "crm:apex_class/C"),
        ("is started by", "crm:apex_trigger/T"),
        ("reads", FIELD),
    ]


def test_fewer_than_five_are_never_counted_aloud() -> None:
    way = way_to(world(READ, watched(ran("report/R", actors=4))), FIELD)
    assert way is not None
    assert root_sentence(world(READ), way.root) == "run 12 days ago"


def test_each_mention_that_does_not_count_says_why() -> None:
    flow = Component("flow", "Off", "Off.xml", object="A__c", active=False, trigger=Trigger.RECORD)
    told = world(
        of(
            "A__c.F__c A__c.G__c",
            component("report/R"),
            component("apex_class/Test", attributes=(("test", "true"),)),
            flow,
            mention("report/R", "A__c.F__c"),
            mention("apex_class/Test", "A__c.F__c"),
            mention("flow/Off", "A__c.F__c"),
            mention("flow/Off", "A__c.F__c", Access.WRITES),
            mention("field/A__c.G__c", "A__c.F__c"),
            mention("permission_set/P", "A__c.F__c", Access.GRANTS),
            mention("layout/L", "A__c.F__c", Access.REQUIRES),
        ),
        watched(ran("report/R", "2024-05-01")),
    )
    assert [(each.subject, each.because) for each in silent_mentions(told, FIELD)] == [
        ("crm:A__c.G__c", "nothing alive reads that field"),
        ("crm:apex_class/Test", "a test keeps nothing alive"),
        ("crm:flow/Off", "it is switched off"),
        ("crm:flow/Off", "writing into it is no use of it"),
        ("crm:layout/L", "demanding a value is no use of it"),
        ("crm:permission_set/P", "granting access is no use"),
        ("crm:report/R", "last run no later than 2025-11-20"),
    ]


def test_what_counts_is_not_listed_among_what_does_not() -> None:
    told = world(READ, watched(ran("report/R")))
    assert silent_mentions(told, FIELD) == ()


def test_supports_come_strongest_first() -> None:
    told = facts(
        watched(),
        of(
            "A__c.F__c",
            component("layout/A__c-L", object="A__c"),
            mention("layout/A__c-L", "A__c.F__c", Access.SHOWS),
            component("apex_class/C"),
            mention("apex_class/C", "A__c.F__c", certainty=Certainty.POSSIBLE),
        ),
        complete=("outside_reader",),
    )
    assert supports(told, FIELD) == ["crm:apex_class/C", "crm:layout/A__c-L"]
    assert told.fact(FIELD, "review_candidate") is False


def test_an_object_reached_through_an_api_is_not_dead() -> None:
    reached = seen("event-log-file", Deed.CALLED, "2026-11-01", subject="crm:A__c")
    told = world(
        PLAIN, watched(reached, in_use=(), row_counts=(unused("A__c"),), sources=(source("event-log-file"),))
    )
    assert levels(told, "A__c", "A__c.F__c") == {"A__c": "possible", "A__c.F__c": "DEAD"}


def test_a_page_that_was_opened_is_in_use_whatever_its_records() -> None:
    opened = seen("event-log-file", Deed.VIEWED, "2026-11-01", subject="crm:A__c")
    told = world(SHOWN, watched(opened, in_use=(), row_counts=(unused("A__c"),)))
    assert levels(told, "A__c.F__c", "layout/A__c-L") == {"A__c.F__c": "shown", "layout/A__c-L": "ALIVE"}


def test_a_dashboard_that_was_refreshed_keeps_what_its_reports_read() -> None:
    told = world(
        of(
            "A__c.F__c",
            component("report/R"),
            component("dashboard/D"),
            call("dashboard/D", "report/R"),
            mention("report/R", "A__c.F__c"),
        ),
        watched(ran("dashboard/D")),
    )
    way = way_to(told, FIELD)
    assert way is not None
    assert [step.by for step in way.steps] == ["", "starts or contains", "reads"]


def test_an_open_question_names_what_would_settle_it() -> None:
    told = facts(_without("api-event"), PLAIN, complete=("email_template", "outside_reader"))
    assert told.fact(FIELD, "alive") == Unknown(
        "reads by queries through the API were not watched", ("api-event",)
    )


def test_a_name_may_end_in_anything() -> None:
    told = world(
        of("A__c.F__c", component("report/Sales gate#"), mention("report/Sales gate#", "A__c.F__c")),
        watched(ran("report/Sales gate#")),
    )
    assert told.fact(FIELD, "kept_by") == ("crm:report/Sales gate#",)
