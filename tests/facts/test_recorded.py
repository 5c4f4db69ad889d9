"""Facts from a record, before a change and after it, are those of a full audit: on random edits of worlds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from auditor.config.reading import read_config
from auditor.dataclasses import replace
from auditor.facts.base import Facts
from auditor.facts.catalogue import vocabulary
from auditor.facts.recorded import NEEDS_WHOLE_GRAPH, Change, after_change, record, recorded_facts
from auditor.formats.trees import open_tree
from auditor.graph.build import build_graph
from auditor.graph.liveness.pieces import MissingPieceError
from auditor.graph.named import gone_of, subjects_of
from auditor.graph.overlay import overlay
from auditor.graph.touching import touched
from auditor.judging import facts_for
from auditor.lexicon.loading import load_lexicon
from auditor.matching.wording import load_wording
from auditor.model.catalogue import Catalog, Object, Role
from auditor.model.charter import Charter, Entity
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.liveness import Showing
from auditor.model.observations import Deed
from auditor.model.references import Access
from auditor.model.values import Value
from auditor.sources.salesforce.source import read_salesforce
from auditor.usage.registry import BY_ID
from auditor.workspace.inputs import gather_inputs
from tests.examples import nordvik
from tests.facts.editing import differing, edited
from tests.facts.liveness_world import event, of, ran, unused, watched
from tests.facts.world import call, component, facts, mention, seen
from tests.graph.test_overlay import difference

KINDS = ("system", "object", "field", "component", "integration")
WHOLE = (
    "alive", "review_candidate", "kept_by", "support", "dead_since", "collected_only", "demanded_only",
    "shown_only",
    "read_alive", "zombie_cycle", "function", "possible_functions", "over_budget", "entity_fields",
)  # fmt: skip
"""Facts of liveness and scope that need the whole graph."""
OTHERS = tuple(sorted({each.name for each in vocabulary().facts if not each.reach.is_global}))
"""All that do not, some of which walk over all evidence or the components of a kind."""
FIELDS = (
    "A__c.F__c A__c.G__c A__c.H__c A__c.I__c A__c.J__c B__c.F__c B__c.G__c B__c.A__c "
    "Account.X__pc Contact.X__c Task.T__c"
)
ENTITIES = Charter("c.yaml", entities=(Entity("One", ("A__c",), 2), Entity("Rest", ("*__c",), 1)))


@pytest.fixture(autouse=True, scope="module")
def words() -> Iterator[None]:
    """The words of business are read once for all worlds of this module."""
    wording = load_wording(load_lexicon(()))
    with pytest.MonkeyPatch.context() as patch:
        for room in ("found_matches", "requests"):
            patch.setattr(f"auditor.facts.{room}.load_wording", lambda _: wording)
        yield


def flow(name: str, owner: str, trigger: Trigger = Trigger.RECORD, *effects: EffectOn) -> Component:
    return component(f"flow/{name}", object=owner, trigger=trigger, effects=effects, active=True)


def small() -> Catalog:
    """Two objects and an event with every kind of thing that keeps and is kept."""
    return of(
        FIELDS,
        component("report/Used"), mention("report/Used", "A__c.F__c"), mention("report/Used", "B__c.G__c"),
        component("report/Old"), mention("report/Old", "A__c.G__c"), component("dashboard/D"),
        call("dashboard/D", "report/Old"), component("layout/L", object="A__c"),
        mention("layout/L", "A__c.H__c", Access.SHOWS), mention("layout/L", "A__c.G__c", Access.REQUIRES),
        mention("field/A__c.F__c", "A__c.I__c"), mention("field/A__c.I__c", "B__c.F__c"),
        mention("field/B__c.F__c", "A__c.I__c"),
        flow("Writes", "A__c"), mention("flow/Writes", "A__c.J__c"),
        mention("flow/Writes", "A__c.F__c", Access.WRITES),
        flow("Heard", "Ping__e", Trigger.EVENT, EffectOn(Effect.MESSAGE)), mention("flow/Heard", "B__c.F__c"),
        flow("Tells", "A__c", Trigger.RECORD, EffectOn(Effect.PUBLISHES, "Ping__e")),
        component("apex_class/Calls", trigger=Trigger.CALLED),
        component("apex_class/Called", trigger=Trigger.CALLED),
        call("apex_class/Calls", "apex_class/Called"), call("apex_class/Called", "apex_class/Calls"),
        component("apex_class/Test", attributes=(("test", "true"),)), call("apex_class/Test", "apex_class/Calls"),
        mention("apex_class/Called", "B__c.G__c"), component("lwc/Panel"), call("lwc/Panel", "apex_class/Calls"),
        mention("lwc/Panel", "A__c.J__c", Access.SHOWS),
        component("validation_rule/A__c.V", object="A__c", active=True),
        mention("validation_rule/A__c.V", "A__c.H__c"), mention("validation_rule/A__c.V", "A__c.F__c"),
        objects=(event("Ping__e"),),
        properties={"B__c.A__c": {"reference_to": ("A__c",)}, "A__c.J__c": {"external_id": True}},
    )  # fmt: skip


def world(of_: Catalog, showing: Showing = Showing.POSSIBLE) -> Facts:
    """A full audit of a catalogue, with logs that name reports, some of which are not in it."""
    evidence = watched(
        ran("report/Used"),
        ran("report/Ghost"),
        seen("report-event", Deed.READ, "2026-11-09", subject="crm:A__c.F__c", via="crm:report/Used"),
        seen(
            "report-event", Deed.READ, "2026-11-08", subject="crm:A__c.H__c", via="crm:report/Used", possible=True
        ),
        seen("report-event", Deed.READ, "2026-11-08", subject="crm:B__c.F__c", via="crm:report/Unheard"),
        seen("report-event", Deed.READ, "2026-11-07", subject="crm:Task.T__c"),
        seen("list-view-event", Deed.VIEWED, "2026-11-07", subject="crm:B__c"),
        row_counts=(unused("B__c"),),
    )
    return facts(evidence, of_, complete=("email_template", "outside_reader"), showing=showing, charter=ENTITIES)


def answers(told: Facts, names: Iterable[str]) -> dict[tuple[str, str], Value]:
    """What is said of everything."""
    return {(key, name): told.fact(key, name) for kind in KINDS for key in told.subjects(kind) for name in names}


def changed(before: Facts, of_: Catalog, old: Catalog, pieces: dict[str, bytes]) -> Change:
    """The facts after a change as a check has them: from the record, over the change laid on the graph."""
    evidence, delta = before.evidence.evidence, difference(old, of_)
    named = subjects_of(evidence) - gone_of(evidence)
    graph = overlay(before.graph, [delta], named.__contains__)
    again = recorded_facts(before.graph, evidence, before.settings, before.limits, pieces)
    return after_change(again, graph, touched([delta]))


@pytest.mark.parametrize("showing", Showing, ids=lambda each: f"showing {each}")
@pytest.mark.parametrize("seeds", [range(at, at + 15) for at in range(0, 30, 15)], ids=str)
def test_after_random_edits_every_answer_is_that_of_a_full_audit(seeds: range, showing: Showing) -> None:
    old = small()
    before = world(old, showing)
    pieces, known = record(before), answers(before, WHOLE)
    for seed in seeds:
        random = Random(seed)
        new = edited(old, random, random.randint(1, 3))
        full, found = world(new, showing), changed(before, new, old, pieces)

        expected = answers(full, (*WHOLE, *OTHERS))
        assert answers(found.facts, (*WHOLE, *OTHERS)) == expected, seed
        if found.changed is not None:
            others = {key for key, value in expected.items() if key[1] in WHOLE and known.get(key) != value}
            assert {subject for subject, _ in others} <= found.changed, seed


def test_a_record_answers_as_the_audit_did() -> None:
    before = world(small())
    again = recorded_facts(before.graph, before.evidence, before.settings, before.limits, record(before))

    assert answers(again, (*WHOLE, *OTHERS)) == answers(before, (*WHOLE, *OTHERS))


def test_a_record_of_another_day_is_not_used() -> None:
    before = world(small())
    later = replace(before.settings, as_of=date(2026, 11, 22))
    pieces = {**record(before), "liveness": b"broken"}

    again = recorded_facts(before.graph, before.evidence, later, before.limits, pieces)

    assert again.fact("crm:A__c.F__c", "alive") is True


def test_a_piece_that_is_lost_is_no_answer() -> None:
    before = world(small())
    pieces = record(before)
    del pieces["net/roots"]
    again = recorded_facts(before.graph, before.evidence, before.settings, before.limits, pieces)

    with pytest.raises(MissingPieceError):
        again.fact("crm:A__c.F__c", "alive")


def test_the_first_component_of_a_kind_lets_everything_be_worked_out() -> None:
    old = small()
    new = replace(old, channels={**old.channels, "community": 1})
    before = world(old)
    graph = build_graph([new], before.evidence.evidence)
    found = after_change(before, graph, differing(before.graph, graph))

    assert (found.changed, found.slow) == (
        None,
        "of crm other kinds of component are read than before, or other readers of it are known",
    )


def test_what_one_more_field_changes_is_near_it() -> None:
    old = small()
    objects = tuple(_with_one_more(each) if each.name == "A__c" else each for each in old.objects)
    new = replace(old, objects=objects)
    before = world(old)

    found = changed(before, new, old, record(before))

    assert found.changed == frozenset({"crm:A__c", "crm:A__c.New__c"})


def _with_one_more(value: Object) -> Object:
    return replace(value, fields=(*value.fields, replace(value.fields[0], name="New__c")))


def test_what_may_change_anywhere_is_said() -> None:
    vocabulary = world(small()).vocabulary
    named = {each.name for each in vocabulary.facts} | {each.name for each in vocabulary.relations}

    assert named >= NEEDS_WHOLE_GRAPH


@pytest.mark.slow
def test_on_an_example_company_after_random_edits_the_answers_are_those_of_a_full_audit() -> None:
    config = read_config(nordvik() / "auditor.yaml", BY_ID)
    inputs = gather_inputs(config, date(2026, 11, 21), lambda *_: None)
    before = facts_for(inputs)
    [old] = [each for each in inputs.catalogs if each.system == "crm"]
    rest = tuple(each for each in inputs.catalogs if each is not old)
    pieces = record(before)
    for seed in range(6):
        random = Random(seed)
        new = edited(old, random, random.randint(1, 4))
        full = facts_for(replace(inputs, catalogs=(new, *rest)))
        again = recorded_facts(before.graph, inputs.evidence, before.settings, before.limits, pieces)
        found = after_change(again, full.graph, differing(before.graph, full.graph))

        assert answers(found.facts, WHOLE) == answers(full, WHOLE), seed


@pytest.mark.slow
def test_on_a_real_tree_after_random_edits_the_answers_are_those_of_a_full_audit(corpora: Path) -> None:
    old = read_salesforce(open_tree(str(corpora / "sf-volunteers-mdapi")), "crm", Role.CRM)
    before = facts(of=old)
    pieces = record(before)
    for seed in range(12):
        random = Random(seed)
        new = edited(old, random, random.randint(1, 4))
        full = facts(of=new)
        found = changed(before, new, old, pieces)

        assert answers(found.facts, WHOLE) == answers(full, WHOLE), seed
