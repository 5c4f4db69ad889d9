"""What fields are for."""

from __future__ import annotations

import pytest

from auditor.facts.base import Facts
from auditor.facts.channels import SALESFORCE_CHANNELS
from auditor.facts.purposes import purposes
from auditor.model.catalogue import Catalog, Field
from auditor.model.components import Component, Effect, EffectOn, Trigger
from auditor.model.functions import FunctionShares
from auditor.model.observations import Deed, Evidence, Observation
from auditor.model.references import Access, Reference
from auditor.model.values import Unknown
from tests.facts.world import (
    FIELD,
    OBJECT,
    REGION,
    catalog,
    component,
    counted,
    facts,
    mention,
    seen,
    source,
    window,
)

COMPLETE = ("repository", *(channel.id for channel in SALESFORCE_CHANNELS))
REPORT, LIST = "crm:report/Sales/Pipeline", "crm:list_view/Account.Mine"
ALERT = component(
    "flow/Alert", object="Account", active=True, trigger=Trigger.RECORD, effects=(EffectOn(Effect.MESSAGE),)
)
SOURCES = (source("report-event"), source("list-view-event"), source("record-extract"), source("field-history"))


def _world(
    references: tuple[Reference, ...],
    components: tuple[Component, ...] = (),
    seen_: tuple[Observation, ...] = (),
    fields: tuple[Field, ...] = (REGION,),
    complete: tuple[str, ...] = COMPLETE,
) -> Facts:
    of: Catalog = catalog(fields, references=references, components=components)
    used = seen("record-extract", Deed.TOUCHED, "2026-11-10", OBJECT)
    runs = window("report-event", Deed.RUN, "2025-11-01", "2026-11-21", kinds=frozenset({"report"}))
    evidence = Evidence(SOURCES, (runs,), (used, *seen_), row_counts=(counted(10),))
    return facts(evidence, of, complete=complete)


_RUN = seen("report-event", Deed.RUN, "2026-11-18", REPORT, count=3)
_OPENED = seen("list-view-event", Deed.RUN, "2026-11-18", LIST, count=3)
_WRITTEN = seen("field-history", Deed.WRITTEN, "2026-11-18")
_PIPELINE, _MINE = component("report/Sales/Pipeline"), component("list_view/Account.Mine", object="Account")


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        pytest.param(
            _world((mention("report/Sales/Pipeline"),), (_PIPELINE,), (_RUN,)),
            "informs",
            id="a report that was run reads it",
        ),
        pytest.param(
            _world(
                (mention("report/Sales/Pipeline"), mention("list_view/Account.Mine")),
                (_PIPELINE, _MINE),
                (_RUN, _OPENED),
            ),
            "guides",
            id="people work by a list of it, which says more than that a report reads it",
        ),
        pytest.param(
            _world((mention("flow/Alert"), mention("list_view/Account.Mine")), (ALERT, _MINE), (_OPENED,)),
            "decides",
            id="automation that sends messages reads it",
        ),
        pytest.param(
            _world((mention("report/Sales/Pipeline"),), (_PIPELINE,), (_WRITTEN,)),
            "collected",
            id="it is written, and the only report on it was never run",
        ),
        pytest.param(
            _world((mention("layout/Account-A", access=Access.REQUIRES),), (component("layout/Account-A"),)),
            "demanded",
            id="a page demands it and nothing reads it",
        ),
        pytest.param(_world(()), "dead", id="nothing reads it and nothing was written"),
    ],
)
def test_the_function_of_a_field(world: Facts, expected: str) -> None:
    assert world.fact(FIELD, "function") == expected


def test_what_goes_into_a_formula_does_what_the_formula_does() -> None:
    formula = Field("Account", "Score__c", type="Number", formula="LEN(Region__c)")
    world = _world(
        (
            mention("field/Account.Score__c"),
            mention("list_view/Account.Mine", "Account.Score__c"),
        ),
        (_MINE,),
        (_OPENED,),
        (REGION, formula),
    )

    assert [world.fact(key, "function") for key in (FIELD, "crm:Account.Score__c")] == ["guides", "guides"]


def test_an_open_field_says_what_it_may_be_for() -> None:
    world = _world((mention("list_view/Account.Mine"),), (_MINE,), complete=("repository",))

    assert isinstance(world.fact(FIELD, "function"), Unknown)
    assert world.fact(FIELD, "possible_functions") == ("guides",)


def test_shares_count_each_custom_field_once() -> None:
    fields = (REGION, Field("Account", "Old__c", type="Text"), Field("Account", "Name", type="Text", custom=False))
    world = _world((mention("report/Sales/Pipeline"),), (_PIPELINE,), (_RUN,), fields)

    counts = (
        ("decides", 0),
        ("guides", 0),
        ("informs", 1),
        ("collected", 0),
        ("mirrored", 0),
        ("demanded", 0),
        ("dead", 1),
    )
    none = (("decides", 0), ("guides", 0), ("informs", 0))
    assert purposes(world) == (
        FunctionShares("system", "crm", 2, counts, 0, none, 0),
        FunctionShares("object", OBJECT, 2, counts, 0, none, 0),
    )
