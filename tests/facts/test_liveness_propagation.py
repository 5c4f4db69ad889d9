# ruff: noqa: ANN401 - makers pass any keyword on to the value that they make
"""Each row of the table of propagation: what keeps what, and what keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from auditor.model.catalogue import Calculation, Catalog, Object, Relationship
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.observations import Deed, Evidence, ValueProfile
from auditor.model.references import Access, Certainty
from tests.facts.liveness_world import event, levels, of, ran, unused, watched, world
from tests.facts.world import call, component, day, mention, seen, source

READS, WRITES, SHOWS, REQUIRES = Access.READS, Access.WRITES, Access.SHOWS, Access.REQUIRES
RUN = ran("report/R", actors=14)
A = Object("A__c")


@dataclass(frozen=True)
class Row:
    """What stands where, what was seen, and how each thing should live."""

    says: str
    of: Catalog
    expected: dict[str, str]
    evidence: Evidence = field(default_factory=lambda: watched(RUN))


def flow(name: str = "W", **more: object) -> Component:
    told = {"active": True, "trigger": Trigger.RECORD, "object": "A__c"} | more
    return component(f"flow/{name}", **told)


def rule(name: str = "V", **more: object) -> Component:
    told = {"active": True, "trigger": Trigger.RECORD, "object": "A__c"} | more
    return component(f"validation_rule/{name}", **told)


def apex(name: str, **more: object) -> Component:
    return component(f"apex_class/{name}", **more)


def report(target: str = "A__c.F__c", **more: Any) -> tuple[object, ...]:
    return component("report/R"), mention("report/R", target, **more)


def shows(target: str = "A__c.F__c", **more: Any) -> tuple[Component, object]:
    page = component("layout/A__c-L", object="A__c")
    return page, mention("layout/A__c-L", target, SHOWS, part="edit", **more)


def profile(name: str, touched: str) -> ValueProfile:
    return ValueProfile(f"crm:{name}", "record-extract", 5, 5, newest_touched_with_value=day(touched))


def made(fields: str, *parts: Any, **more: Any) -> Catalog:
    flat = [piece for part in parts for piece in (part if isinstance(part, tuple) else (part,))]
    return of(fields, *flat, **more)


FORMULA = {"calculation": Calculation.FORMULA}
ROWS: tuple[Row, ...] = (
    # Roots
    Row(
        "a report that was run reads its columns",
        made("A__c.F__c", report()),
        {"A__c.F__c": "ALIVE", "report/R": "ALIVE"},
    ),
    Row(
        "a report that nobody ran keeps nothing",
        made("A__c.F__c", report()),
        {"A__c.F__c": "DEAD", "report/R": "DEAD"},
        watched(),
    ),
    Row(
        "a run of long ago keeps nothing",
        made("A__c.F__c", report()),
        {"report/R": "DEAD"},
        watched(ran("report/R", "2024-05-01")),
    ),
    Row(
        "once a year is use",
        made("A__c.F__c", report()),
        {"A__c.F__c": "ALIVE"},
        watched(ran("report/R", "2025-12-20")),
    ),
    Row(
        "a query on record reads",
        made("A__c.F__c"),
        {"A__c.F__c": "ALIVE"},
        watched(seen("api-event", Deed.READ, "2026-11-01", subject="crm:A__c.F__c")),
    ),
    Row(
        "a read that may have been of another field keeps possibly",
        made("A__c.F__c"),
        {"A__c.F__c": "possible"},
        watched(seen("api-event", Deed.READ, "2026-11-01", subject="crm:A__c.F__c", possible=True)),
    ),
    Row(
        "a dashboard reads its reports",
        made("A__c.F__c", report(), component("dashboard/D"), call("dashboard/D", "report/R")),
        {"A__c.F__c": "ALIVE"},
        watched(ran("dashboard/D")),
    ),
    Row(
        "a declared outside reader keeps possibly",
        made("A__c.F__c", component("outside_reader/B"), mention("outside_reader/B", "A__c.F__c")),
        {"A__c.F__c": "possible"},
    ),
    # Formula, roll-up
    Row(
        "a formula that is read keeps its inputs, every hop of a path",
        made(
            "A__c.F__c A__c.Rel__c B__c.G__c",
            report(),
            mention("field/A__c.F__c", "A__c.Rel__c", part="formula"),
            mention("field/A__c.F__c", "B__c.G__c", part="formula"),
            properties={"A__c.F__c": FORMULA},
        ),
        {"A__c.F__c": "ALIVE", "A__c.Rel__c": "ALIVE", "B__c.G__c": "ALIVE"},
    ),
    Row(
        "a formula that nothing reads keeps nothing",
        made("A__c.F__c A__c.G__c", mention("field/A__c.F__c", "A__c.G__c"), properties={"A__c.F__c": FORMULA}),
        {"A__c.F__c": "DEAD", "A__c.G__c": "DEAD"},
    ),
    Row(
        "a roll-up keeps its sum, its key and its filter",
        made(
            "A__c.F__c B__c.Sum__c B__c.Key__c B__c.Filter__c",
            report(),
            mention("field/A__c.F__c", "B__c.Sum__c", part="rollup"),
            mention("field/A__c.F__c", "B__c.Key__c", part="key"),
            mention("field/A__c.F__c", "B__c.Filter__c", part="filter"),
        ),
        {"B__c.Sum__c": "ALIVE", "B__c.Key__c": "ALIVE", "B__c.Filter__c": "ALIVE"},
    ),
    Row(
        "two dead formulas that mention each other are dead",
        made(
            "A__c.F__c A__c.G__c", mention("field/A__c.F__c", "A__c.G__c"), mention("field/A__c.G__c", "A__c.F__c")
        ),
        {"A__c.F__c": "DEAD", "A__c.G__c": "DEAD"},
    ),
    # Automation
    Row(
        "a flow that sends a message keeps what it reads",
        made("A__c.F__c", flow(effects=(EffectOn(Effect.MESSAGE),)), mention("flow/W", "A__c.F__c")),
        {"flow/W": "ALIVE", "A__c.F__c": "ALIVE"},
    ),
    *(
        Row(
            f"so does one with the effect {effect}",
            made("A__c.F__c", flow(effects=(EffectOn(effect),)), mention("flow/W", "A__c.F__c")),
            {"A__c.F__c": "ALIVE"},
        )
        for effect in (Effect.SCREEN, Effect.CALLOUT, Effect.BLOCKS_SAVE, Effect.GRANTS_ACCESS, Effect.ROUTES)
    ),
    Row(
        "a flow that writes a live field keeps what it reads",
        made(
            "A__c.F__c A__c.G__c",
            report(),
            flow(),
            mention("flow/W", "A__c.F__c", WRITES),
            mention("flow/W", "A__c.G__c"),
        ),
        {"flow/W": "ALIVE", "A__c.G__c": "ALIVE"},
    ),
    Row(
        "a flow that writes dead fields is dead with them, circles included",
        made(
            "A__c.F__c A__c.G__c",
            flow(),
            mention("flow/W", "A__c.F__c", WRITES),
            mention("flow/W", "A__c.G__c"),
            mention("flow/W", "A__c", WRITES, part="update"),
            mention("field/A__c.G__c", "A__c.F__c"),
        ),
        {"flow/W": "DEAD", "A__c.F__c": "DEAD", "A__c.G__c": "DEAD"},
    ),
    Row(
        "creating records of a live object is an effect",
        made(
            "A__c.F__c B__c.G__c",
            flow(effects=(EffectOn(Effect.CREATES, "B__c"),)),
            mention("flow/W", "A__c.F__c"),
        ),
        {"flow/W": "ALIVE", "A__c.F__c": "ALIVE"},
        watched(in_use=("A__c", "B__c")),
    ),
    Row(
        "logging into a dead object is none",
        made(
            "A__c.F__c B__c.G__c",
            flow(effects=(EffectOn(Effect.CREATES, "B__c"),)),
            mention("flow/W", "A__c.F__c"),
        ),
        {"flow/W": "DEAD", "A__c.F__c": "DEAD", "B__c": "DEAD"},
        watched(row_counts=(unused("B__c"),)),
    ),
    Row(
        "records of an object that was not read may be of a live one",
        made("A__c.F__c", flow(effects=(EffectOn(Effect.DELETES),)), mention("flow/W", "A__c.F__c")),
        {"flow/W": "possible", "A__c.F__c": "possible"},
    ),
    Row(
        "records that are saved with fields that were not read may be live ones",
        made(
            "A__c.F__c", flow(), mention("flow/W", "A__c", WRITES, part="update"), mention("flow/W", "A__c.F__c")
        ),
        {"flow/W": "possible"},
    ),
    Row(
        "a flow that is switched off keeps nothing",
        made("A__c.F__c", flow(active=False, effects=(EffectOn(Effect.MESSAGE),)), mention("flow/W", "A__c.F__c")),
        {"flow/W": "DEAD", "A__c.F__c": "DEAD"},
    ),
    Row(
        "a flow on an object that nobody works in never starts",
        made("A__c.F__c", flow(effects=(EffectOn(Effect.MESSAGE),)), mention("flow/W", "A__c.F__c")),
        {"flow/W": "DEAD"},
        watched(in_use=(), row_counts=(unused("A__c"),)),
    ),
    Row(
        "where nobody counted rows it may start",
        made("A__c.F__c", flow(effects=(EffectOn(Effect.MESSAGE),)), mention("flow/W", "A__c.F__c")),
        {"flow/W": "possible", "A__c.F__c": "possible"},
        watched(in_use=()),
    ),
    Row(
        "a scheduled flow runs",
        made(
            "A__c.F__c",
            flow(trigger=Trigger.SCHEDULE, effects=(EffectOn(Effect.MESSAGE),)),
            mention("flow/W", "A__c.F__c"),
        ),
        {"flow/W": "ALIVE"},
    ),
    Row(
        "a subflow lives through what starts it, and its effects are its caller's",
        made(
            "A__c.F__c A__c.G__c",
            flow(),
            flow("Sub", trigger=Trigger.CALLED, object=None, effects=(EffectOn(Effect.MESSAGE),)),
            call("flow/W", "flow/Sub"),
            mention("flow/W", "A__c.F__c"),
            mention("flow/Sub", "A__c.G__c"),
        ),
        {"flow/W": "ALIVE", "flow/Sub": "ALIVE", "A__c.F__c": "ALIVE", "A__c.G__c": "ALIVE"},
    ),
    Row(
        "a flow that an event starts may be started from outside",
        made(
            "A__c.F__c",
            flow(trigger=Trigger.EVENT, object="E__e", effects=(EffectOn(Effect.MESSAGE),)),
            mention("flow/W", "A__c.F__c"),
            objects=(event("E__e"), A),
        ),
        {"flow/W": "possible", "A__c.F__c": "possible"},
    ),
    # Validation rules
    Row(
        "a validation rule does not keep what it alone demands",
        made("A__c.F__c", rule(), mention("validation_rule/V", "A__c.F__c", REQUIRES)),
        {"validation_rule/V": "DEAD", "A__c.F__c": "DEAD"},
    ),
    Row(
        "one that also tests a live field keeps what it tests, not what it only demands",
        made(
            "A__c.F__c A__c.G__c A__c.H__c",
            report(),
            rule(),
            mention("validation_rule/V", "A__c.F__c"),
            mention("validation_rule/V", "A__c.G__c"),
            mention("validation_rule/V", "A__c.H__c", REQUIRES),
        ),
        {"validation_rule/V": "ALIVE", "A__c.G__c": "ALIVE", "A__c.H__c": "DEAD"},
    ),
    Row(
        "one that tests only what it would keep itself is dead with it",
        made(
            "A__c.F__c A__c.G__c",
            rule(),
            mention("validation_rule/V", "A__c.F__c"),
            mention("validation_rule/V", "A__c.G__c"),
        ),
        {"validation_rule/V": "DEAD", "A__c.F__c": "DEAD"},
    ),
    Row(
        "one that is switched off keeps nothing",
        made(
            "A__c.F__c A__c.G__c",
            report(),
            rule(active=False),
            mention("validation_rule/V", "A__c.F__c"),
            mention("validation_rule/V", "A__c.G__c"),
        ),
        {"A__c.G__c": "DEAD"},
    ),
    # Sharing, assignment, approval, page visibility
    *(
        Row(
            f"a {kind.replace('_', ' ')} reads while active and its object is in use",
            made("A__c.F__c", component(f"{kind}/S", object="A__c"), mention(f"{kind}/S", "A__c.F__c")),
            {"A__c.F__c": "ALIVE"},
        )
        for kind in (
            "sharing_rule",
            "assignment_rule",
            "escalation_rule",
            "matching_rule",
            "duplicate_rule",
            "approval_process",
        )
    ),
    Row(
        "but not where nobody works in its object",
        made("A__c.F__c", component("sharing_rule/S", object="A__c"), mention("sharing_rule/S", "A__c.F__c")),
        {"A__c.F__c": "DEAD"},
        watched(in_use=(), row_counts=(unused("A__c"),)),
    ),
    Row(
        "a rule of visibility on a page in use reads",
        made(
            "A__c.F__c",
            component("flexipage/P", object="A__c"),
            mention("flexipage/P", "A__c.F__c", part="visibility"),
        ),
        {"A__c.F__c": "ALIVE"},
    ),
    # Apex
    Row(
        "a trigger on an object in use lives by the effects of what it calls",
        made(
            "A__c.F__c A__c.G__c",
            report(),
            component("apex_trigger/T", trigger=Trigger.RECORD, object="A__c"),
            apex("Handler"),
            call("apex_trigger/T", "apex_class/Handler"),
            mention("apex_class/Handler", "A__c.F__c", WRITES),
            mention("apex_class/Handler", "A__c.G__c"),
        ),
        {"apex_trigger/T": "ALIVE", "apex_class/Handler": "ALIVE", "A__c.G__c": "ALIVE"},
    ),
    Row(
        "a public service answers with the data in use behind it",
        made("A__c.F__c", apex("Rest", trigger=Trigger.PUBLIC), mention("apex_class/Rest", "A__c.F__c")),
        {"apex_class/Rest": "ALIVE", "A__c.F__c": "ALIVE"},
    ),
    Row(
        "a method that a live page calls reads for it",
        made(
            "A__c.F__c",
            component("flexipage/P", object="A__c"),
            component("lwc/c", trigger=Trigger.SCREEN),
            apex("Controller", trigger=Trigger.CALLED),
            call("flexipage/P", "lwc/c"),
            call("lwc/c", "apex_class/Controller"),
            mention("apex_class/Controller", "A__c.F__c"),
        ),
        {"lwc/c": "ALIVE", "apex_class/Controller": "ALIVE", "A__c.F__c": "ALIVE"},
    ),
    Row(
        "a job may be scheduled",
        made(
            "A__c.F__c",
            apex("Job", trigger=Trigger.SCHEDULE, effects=(EffectOn(Effect.CALLOUT),)),
            mention("apex_class/Job", "A__c.F__c"),
        ),
        {"apex_class/Job": "possible", "A__c.F__c": "possible"},
    ),
    Row(
        "a test keeps nothing",
        made("A__c.F__c", apex("Test", attributes=(("test", "true"),)), mention("apex_class/Test", "A__c.F__c")),
        {"apex_class/Test": "no part", "A__c.F__c": "DEAD"},
    ),
    Row(
        "code that only a test calls may be started by name",
        made(
            "A__c.F__c",
            apex("Old", effects=(EffectOn(Effect.MESSAGE),)),
            apex("Test", attributes=(("test", "true"),)),
            call("apex_class/Test", "apex_class/Old"),
            mention("apex_class/Old", "A__c.F__c"),
        ),
        {"A__c.F__c": "possible"},
    ),
    Row(
        "so may two classes that only call each other",
        made(
            "A__c.F__c",
            apex("One", effects=(EffectOn(Effect.MESSAGE),)),
            apex("Two"),
            call("apex_class/One", "apex_class/Two"),
            call("apex_class/Two", "apex_class/One"),
            mention("apex_class/Two", "A__c.F__c"),
        ),
        {"A__c.F__c": "possible"},
    ),
    Row(
        "code whose callers are dead is dead",
        made(
            "A__c.F__c",
            flow(active=False),
            apex("Action", trigger=Trigger.CALLED),
            call("flow/W", "apex_class/Action"),
            mention("apex_class/Action", "A__c.F__c"),
        ),
        {"apex_class/Action": "DEAD", "A__c.F__c": "DEAD"},
    ),
    # Pages
    Row("a page in use shows", made("A__c.F__c", shows()), {"A__c.F__c": "shown", "layout/A__c-L": "ALIVE"}),
    Row(
        "a page that nobody uses shows nothing",
        made("A__c.F__c", shows()),
        {"A__c.F__c": "DEAD"},
        watched(in_use=(), row_counts=(unused("A__c"),)),
    ),
    Row(
        "a value in the records touched within the window was there to see",
        made("A__c.F__c", shows()),
        {"A__c.F__c": "shown"},
        watched(profiles=(profile("A__c.F__c", "2026-11-01"),)),
    ),
    Row(
        "without one there was nothing to see",
        made("A__c.F__c", shows()),
        {"A__c.F__c": "DEAD"},
        watched(profiles=(profile("A__c.F__c", "2025-11-01"),)),
    ),
    Row(
        "whoever listens to an event gets all of its fields, and nothing records who does",
        made("E__e.F__c", objects=(event("E__e"),)),
        {"E__e.F__c": "possible"},
    ),
    Row(
        "a celebration that a value starts is seen, and reads nothing",
        made(
            "A__c.F__c",
            component("animation_rule/W", object="A__c"),
            mention("animation_rule/W", "A__c.F__c", part="stage"),
        ),
        {"A__c.F__c": "shown"},
    ),
    Row(
        "a data flow of the analytics may run unseen",
        made("A__c.F__c", component("analytics_dataflow/D"), mention("analytics_dataflow/D", "A__c.F__c")),
        {"A__c.F__c": "possible"},
    ),
    Row(
        "a field set and a compact layout show, too",
        made(
            "A__c.F__c A__c.G__c",
            component("field_set/A__c.S", object="A__c"),
            component("compact_layout/A__c.C", object="A__c"),
            mention("field_set/A__c.S", "A__c.F__c", SHOWS),
            mention("compact_layout/A__c.C", "A__c.G__c", SHOWS),
        ),
        {"A__c.F__c": "shown", "A__c.G__c": "shown"},
    ),
    Row(
        "a column of an opened list is read",
        made(
            "A__c.F__c",
            component("list_view/A__c.All", object="A__c"),
            mention("list_view/A__c.All", "A__c.F__c", SHOWS),
        ),
        {"A__c.F__c": "ALIVE"},
        watched(ran("list_view/A__c.All")),
    ),
    # Object
    Row("an object lives by its records", made("A__c.F__c"), {"A__c": "ALIVE", "A__c.F__c": "DEAD"}),
    Row(
        "and by a live field, whatever its records",
        made("A__c.F__c", report()),
        {"A__c": "ALIVE"},
        watched(RUN, in_use=(), row_counts=(unused("A__c"),)),
    ),
    Row(
        "it keeps its name, its master-detail and record-type keys, and no other required field",
        made(
            "A__c.Name A__c.RecordTypeId A__c.Parent__c A__c.F__c B__c.G__c",
            properties={
                "A__c.Parent__c": {"relationship": Relationship.MASTER_DETAIL, "reference_to": ("B__c",)},
                "A__c.F__c": {"required": True},
            },
        ),
        {"A__c.Name": "ALIVE", "A__c.RecordTypeId": "ALIVE", "A__c.Parent__c": "ALIVE", "A__c.F__c": "DEAD"},
    ),
    Row(
        "one that nobody works in and no field of which lives is dead",
        made("A__c.F__c"),
        {"A__c": "DEAD"},
        watched(in_use=(), row_counts=(unused("A__c"),)),
    ),
    # Look-ups
    Row(
        "a live look-up keeps its target, not the target's fields",
        made("A__c.F__c B__c.G__c", report(), properties={"A__c.F__c": {"reference_to": ("B__c",)}}),
        {"B__c": "ALIVE", "B__c.G__c": "DEAD"},
        watched(RUN, row_counts=(unused("B__c"),)),
    ),
    Row(
        "a live dependent picklist reads its controlling field",
        made("A__c.F__c A__c.G__c", report(), mention("field/A__c.F__c", "A__c.G__c", part="controlling_field")),
        {"A__c.G__c": "ALIVE"},
    ),
    # Standard and managed fields, keys
    Row(
        "a standard field is possible while its object is in use",
        made("A__c.F__c A__c.Phone"),
        {"A__c.Phone": "possible"},
    ),
    Row(
        "so is a package's",
        made("A__c.pkg__F__c", properties={"A__c.pkg__F__c": {"namespace": "pkg"}}),
        {"A__c.pkg__F__c": "possible"},
    ),
    Row(
        "but not in an object that nobody works in",
        made("A__c.Phone"),
        {"A__c.Phone": "DEAD"},
        watched(in_use=(), row_counts=(unused("A__c"),)),
    ),
    Row(
        "an external id and a unique key are possible",
        made(
            "A__c.X__c A__c.U__c", properties={"A__c.X__c": {"external_id": True}, "A__c.U__c": {"unique": True}}
        ),
        {"A__c.X__c": "possible", "A__c.U__c": "possible"},
    ),
    # Two names
    Row(
        "a field of people is the contact's",
        made("Contact.X__c Account.X__pc", component("report/R"), mention("report/R", "Account.X__pc")),
        {"Contact.X__c": "ALIVE", "Account.X__pc": "ALIVE"},
        watched(RUN, in_use=("Contact",)),
    ),
    Row(
        "a field of activities is that of tasks and events",
        made("Activity.X__c Task.X__c Event.X__c", component("report/R"), mention("report/R", "Task.X__c")),
        {"Activity.X__c": "ALIVE", "Event.X__c": "ALIVE", "Event": "ALIVE"},
        watched(RUN, in_use=("Task",)),
    ),
    # Possible and weak mentions
    Row(
        "a mention that is only possible feeds the second mark alone",
        made("A__c.F__c", report(certainty=Certainty.POSSIBLE)),
        {"A__c.F__c": "possible", "report/R": "ALIVE"},
    ),
    Row(
        "granting, listing and translating keep nothing",
        made(
            "A__c.F__c",
            component("permission_set/P"),
            component("report_type/T"),
            mention("permission_set/P", "A__c.F__c", Access.GRANTS),
            mention("report_type/T", "A__c.F__c", Access.LISTS, part="column"),
            mention("translation/A__c-sv", "A__c.F__c", Access.TRANSLATES),
        ),
        {"A__c.F__c": "DEAD", "permission_set/P": "no part"},
    ),
    Row(
        "a report type of a live report keeps what it joins by",
        made(
            "A__c.F__c A__c.G__c",
            component("report/R"),
            component("report_type/T"),
            call("report/R", "report_type/T"),
            mention("report_type/T", "A__c.F__c", Access.LISTS, part="join"),
            mention("report_type/T", "A__c.G__c", Access.LISTS, part="column"),
        ),
        {"A__c.F__c": "ALIVE", "A__c.G__c": "DEAD"},
    ),
    Row(
        "writing and demanding keep nothing",
        made(
            "A__c.F__c",
            flow(effects=(EffectOn(Effect.MESSAGE),)),
            mention("flow/W", "A__c.F__c", WRITES),
            mention("layout/A__c-L", "A__c.F__c", REQUIRES),
        ),
        {"A__c.F__c": "DEAD"},
    ),
    Row(
        "a button on a page in use may be pressed",
        made(
            "A__c.F__c",
            component("layout/A__c-L", object="A__c"),
            component("web_link/A__c.B", object="A__c"),
            call("layout/A__c-L", "web_link/A__c.B"),
            mention("web_link/A__c.B", "A__c.F__c"),
        ),
        {"A__c.F__c": "possible"},
    ),
)


@pytest.mark.parametrize("row", [pytest.param(row, id=row.says) for row in ROWS])
def test_what_keeps_what(row: Row) -> None:
    told = world(row.of, row.evidence)
    assert levels(told, *row.expected) == row.expected


def test_a_source_that_names_a_run_through_a_component_tells_of_its_columns() -> None:
    """The log names a column that the report's definition, as read, no longer has."""
    read = seen("report-event", Deed.READ, "2026-11-01", subject="crm:A__c.F__c", via="crm:report/R")
    told = world(made("A__c.F__c", component("report/R")), watched(read, sources=(source("describe"),)))
    assert levels(told, "A__c.F__c", "report/R") == {"A__c.F__c": "ALIVE", "report/R": "ALIVE"}
