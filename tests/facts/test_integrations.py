"""Integrations: what is declared of them against who was seen calling."""

from __future__ import annotations

import pytest

from auditor.facts.integrations import integrations
from auditor.graph.build import build_graph
from auditor.graph.summary import points_of
from auditor.model.catalogue import Catalog
from auditor.model.components import IntegrationPoint
from auditor.model.integrations import Standing, same_caller
from auditor.model.observations import Deed, Evidence
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown, Value
from tests.facts.world import FIELD, OBJECT, TODAY, catalog, day, facts, seen, source, window

APP = "crm:connected_app/Sync"
CLIENT = "crm:api_client/Shop"
READS, CALLS = "api-event", "event-log-file"
APPS = {"connected_app": 0}


def _app(**more: object) -> Catalog:
    point = IntegrationPoint("connected_app", "Sync", "Sync.xml", direction="in", **more)  # type: ignore[arg-type]  # keywords of a table
    return catalog(integration_points=(point,), channels=APPS)


def _seen(via: str, on: str = "2026-11-01", log: str = CALLS, watched: bool = True) -> Evidence:
    call = seen(log, Deed.CALLED, on, OBJECT, via=f"crm:connected_app/{via}", count=7)
    read = seen(log, Deed.READ, on, FIELD, via=f"crm:connected_app/{via}")
    windows = (window(log, Deed.CALLED if log == CALLS else Deed.READ, "2026-01-01"),) if watched else ()
    return Evidence((source(log),), windows, (call, read) if log == READS else (call,))


WATCHED = Evidence((source(CALLS),), (window(CALLS, Deed.CALLED, "2026-01-01"),))
QUERIES = Evidence((source(READS),), (window(READS, Deed.READ, "2026-01-01"),))
STANDINGS: tuple[tuple[str, Catalog, Evidence, dict[str, Standing]], ...] = (
    ("declared and seen", _app(), _seen("Sync"), {APP: Standing.IN_USE}),
    ("seen in another case and with blanks", _app(), _seen("s Y nc"), {APP: Standing.IN_USE}),
    ("seen under its label", _app(aliases=("ERP-Sync",)), _seen("ERP-Sync"), {APP: Standing.IN_USE}),
    (
        "seen under its id, of either length",
        _app(aliases=("0H4000000000001AAA",)),
        _seen("0H4000000000001"),
        {APP: Standing.IN_USE},
    ),
    ("a name that is merely alike is another", _app(), _seen("Sync2"), {
        "crm:api_client/Sync2": Standing.UNDECLARED, APP: Standing.SILENT,
    }),
    ("declared and silent where all calls were watched", _app(), WATCHED, {APP: Standing.SILENT}),
    ("a log of queries does not show who only writes", _app(), QUERIES, {APP: Standing.UNWATCHED}),
    ("seen, and no register was read", catalog(), _seen("Shop"), {CLIENT: Standing.UNREGISTERED}),
    ("a register does not name it", catalog(channels=APPS), _seen("Shop"), {CLIENT: Standing.UNDECLARED}),
    ("an integration outward cannot be seen", catalog(integration_points=(
        IntegrationPoint("integration", "Mail", "auditor.yaml", 3, direction="out", register="auditor.yaml:3"),
    )), WATCHED, {"crm:integration/Mail": Standing.OUTWARD}),
)  # fmt: skip


@pytest.mark.parametrize(("of", "evidence", "expected"), [c[1:] for c in STANDINGS], ids=[c[0] for c in STANDINGS])
def test_declared_against_seen(of: Catalog, evidence: Evidence, expected: dict[str, Standing]) -> None:
    assert {each.subject: each.standing for each in integrations(facts(evidence, of))} == expected


FACTS: tuple[tuple[str, Catalog, Evidence, str, str, Value], ...] = (
    ("declared", _app(), Evidence(), APP, "declared", True),
    ("undeclared", catalog(channels=APPS), _seen("Shop"), CLIENT, "declared", False),
    (
        "nothing to compare with",
        catalog(),
        _seen("Shop"),
        CLIENT,
        "declared",
        Unknown("neither connected apps nor a register of integrations (`integrations:`) was read"),
    ),
    ("the last call, all being watched", _app(), _seen("Sync"), APP, "last_call", DateRange.on(day("2026-11-01"))),
    (
        "the last call on record, others being possible",
        _app(),
        _seen("Sync", log=READS),
        APP,
        "last_call",
        DateRange(day("2026-11-01"), TODAY),
    ),
    ("no call, all being watched", _app(), WATCHED, APP, "last_call", Never(day("2026-01-01"), day("2026-11-20"))),
    ("calls counted", _app(), _seen("Sync"), APP, "call_count", 7),
    (
        "calls that nobody counts by client",
        _app(),
        Evidence(WATCHED.sources, WATCHED.windows, (seen(CALLS, Deed.CALLED, "2026-11-01", OBJECT, via=APP),)),
        APP,
        "call_count",
        Unknown("the logs that name it do not count its calls"),
    ),
    ("no call where all were watched", _app(), WATCHED, APP, "call_count", 0),
    ("calls counted in part", _app(), _seen("Sync", watched=False), APP, "call_count", CountRange(7, None)),
    ("objects", _app(), _seen("Sync"), APP, "objects_called", (OBJECT,)),
    ("fields", _app(), _seen("Sync", log=READS), APP, "fields_read", CountRange(1, None)),
    ("no queries", _app(), _seen("Sync"), APP, "fields_read", Unknown("no log of its queries was read", (READS,))),
    ("an object that one is seen at", _app(), _seen("Sync"), OBJECT, "integrations", ("Sync",)),
    ("how many", _app(), _seen("Sync"), OBJECT, "integration_count", 1),
    ("how many at least", _app(), Evidence(), OBJECT, "integration_count", CountRange(0, None)),
    ("an object of none", _app(), Evidence(), OBJECT, "integrations", ABSENT),
)


@pytest.mark.parametrize(
    ("of", "evidence", "subject", "fact", "expected"), [c[1:] for c in FACTS], ids=[c[0] for c in FACTS]
)
def test_facts_of_integrations(of: Catalog, evidence: Evidence, subject: str, fact: str, expected: Value) -> None:
    assert facts(evidence, of).fact(subject, fact) == expected


def test_who_was_only_seen_is_no_door_that_the_configuration_names() -> None:
    graph = build_graph([_app()], _seen("Shop"))

    assert [each.point.name for each in points_of(graph)] == ["Sync"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nordvik ERP Sync", "nordvikerpsync", True),
        ("Nordvik_ERP_Sync", "Nordvik ERP Sync", False),
        ("0H4000000000001", "0H4000000000001AAA", True),
        ("0H4000000000001", "0H400000000000a", False),
    ],
)
def test_names_are_compared_and_never_guessed(one: str, other: str, same: bool) -> None:
    assert (same_caller(one) == same_caller(other)) is same
