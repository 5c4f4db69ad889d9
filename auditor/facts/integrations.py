"""Integrations: what is declared of them against what logs saw of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from auditor.facts.base import BOOLEAN, DATE, INTEGER, OBJECT, TEXTS, Fact, Facts, of_object
from auditor.facts.callers import callers, calls_of, calls_watched, can_call, declared, registered
from auditor.graph.nodes import IntegrationNode, KnownBy, ObjectNode
from auditor.model.catalogue import Role
from auditor.model.integrations import DECLARED, Integration, Standing
from auditor.model.names import object_key
from auditor.model.values import ABSENT, CountRange, DateRange, Never, Unknown, Value
from auditor.model.vocabulary import FactSpec, local

FAMILY = "integrations"
TOUCHING = "integrations of"
"""Under which the names of integrations that touch an object are kept."""
_INTEGRATION = frozenset({"integration"})
_SETTLED = ("event-log-file",)
_UNWATCHED = "no log of all calls through the API was read; a log of queries does not show who only writes"
_UNREGISTERED = "neither connected apps nor a register of integrations (`integrations:`) was read"


def integrations(facts: Facts) -> tuple[Integration, ...]:
    """Every integration of the CRMs that signs in and calls, with how its declaration agrees with the logs."""
    systems = [each.system for each in facts.graph.systems() if each.role is Role.CRM]
    return tuple(_integration(facts, node) for system in systems for node in callers(facts, system))


def _integration(facts: Facts, node: IntegrationNode) -> Integration:
    point, calls = node.value, calls_of(facts, node)
    named = {object_key(node.system, name) for name in point.objects}
    return Integration(
        system=node.system,
        subject=node.key,
        name=point.name,
        kind=point.kind,
        direction=point.direction,
        standing=_standing(facts, node),
        declared_in=_places(node),
        clients=tuple(sorted({name.partition("/")[2] for name in facts.graph.clients_of(node.key)})),
        endpoint=point.endpoint,
        first=calls.first,
        last=calls.last,
        calls=calls.count,
        objects=tuple(sorted(named | calls.objects)),
        fields=tuple(sorted(calls.fields)),
        reads=calls.reads,
        writes=calls.writes,
    )


def _places(node: IntegrationNode) -> tuple[str, ...]:
    metadata = () if node.value.kind == DECLARED or not node.value.path else (node.value.path,)
    return (*metadata, *([node.value.register] if node.value.register else ()))


def _standing(facts: Facts, node: IntegrationNode) -> Standing:
    if calls_of(facts, node).seen:
        if declared(node):
            return Standing.IN_USE
        return Standing.UNDECLARED if registered(facts, node.system) else Standing.UNREGISTERED
    if not can_call(node):
        return Standing.OUTWARD
    return Standing.UNWATCHED if calls_watched(facts, node.system) is None else Standing.SILENT


def _declared(facts: Facts, key: str) -> Value:
    node = facts.graph.integration(key)
    if declared(node):
        return True
    return False if registered(facts, node.system) else Unknown(_UNREGISTERED)


def _last_call(facts: Facts, key: str) -> Value:
    """When it last called: exactly where all calls were watched until now, else no earlier than it was seen."""
    node = facts.graph.integration(key)
    if not can_call(node):
        return ABSENT
    seen, span = calls_of(facts, node).last, calls_watched(facts, node.system)
    if span is None:
        if seen is not None:
            return DateRange(seen, max(seen, facts.settings.as_of))
        return Unknown(_UNWATCHED, facts.settled_by(node.system, *_SETTLED))
    if seen is None:
        return Never(span.since, span.until)
    if not facts.settings.reaches_now(span.until):
        return DateRange(seen, max(seen, facts.settings.as_of))
    unseen = seen if span.since is None else span.since - timedelta(days=1)
    return DateRange(seen, max(seen, unseen))


def _call_count(facts: Facts, key: str) -> Value:
    node = facts.graph.integration(key)
    if not can_call(node):
        return ABSENT
    calls, watched = calls_of(facts, node), calls_watched(facts, node.system) is not None
    if calls.count:
        return calls.count if watched else CountRange(calls.count, None)
    if calls.seen:
        return Unknown("the logs that name it do not count its calls")
    return 0 if watched else Unknown(_UNWATCHED, facts.settled_by(node.system, *_SETTLED))


def _objects_called(facts: Facts, key: str) -> Value:
    return _listed(calls_of(facts, facts.graph.integration(key)).objects)


def _fields_read(facts: Facts, key: str) -> Value:
    """How many fields its queries named; a log of queries names them all, any other none."""
    node = facts.graph.integration(key)
    if not can_call(node):
        return ABSENT
    calls = calls_of(facts, node)
    if calls.fields:
        return CountRange(len(calls.fields), None)
    return Unknown("no log of its queries was read", facts.settled_by(node.system, "api-event"))


def touching(facts: Facts, object_key: str) -> list[str]:
    """Names of the integrations that are declared to touch an object, or were seen doing so."""
    return facts.once((TOUCHING, object_key), lambda: _all_touching(facts).get(object_key, []))


def _all_touching(facts: Facts) -> dict[str, list[str]]:
    return facts.once(("integrations by object", ""), lambda: _by_object(facts))


def _by_object(facts: Facts) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in integrations(facts):
        for key in each.objects:
            found.setdefault(key, []).append(each.name)
    return found


def _integrations(facts: Facts, node: ObjectNode) -> Value:
    return _listed(touching(facts, node.key))


def _integration_count(facts: Facts, node: ObjectNode) -> Value:
    count = len(set(touching(facts, node.key)))
    return count if calls_watched(facts, node.system) is not None else CountRange(count, None)


def _listed(names: Iterable[str]) -> Value:
    return tuple(sorted(set(names))) or ABSENT


def _source(facts: Facts, key: str) -> str:
    return facts.evidence.words(calls_of(facts, facts.graph.integration(key)).sources)


def _clients(facts: Facts, key: str) -> Value:
    node = facts.graph.integration(key)
    if node.known_by is KnownBy.EVIDENCE:
        return ABSENT
    return _listed(name.partition("/")[2] for name in facts.graph.clients_of(key))


_OUTWARD = "it does not call the system, or no log shows who does by it"

FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec(
            "declared",
            _INTEGRATION,
            BOOLEAN,
            "Whether metadata that was read or `integrations:` names it; False: it was only seen calling.",
            FAMILY,
            unknown_when="neither connected apps nor a register of integrations was read",
        ),
        _declared,
    ),
    Fact(
        FactSpec(
            "clients",
            _INTEGRATION,
            TEXTS,
            "Names under which logs saw it, where it is declared.",
            FAMILY,
            absent_when="no log names it, or it is declared nowhere",
        ),
        _clients,
    ),
    Fact(
        FactSpec(
            "last_call",
            _INTEGRATION,
            DATE,
            "When it last called on record, through the API.",
            FAMILY,
            unknown_when="no log of all calls was read",
            settled_by=_SETTLED,
            absent_when=_OUTWARD,
        ),
        _last_call,
        _source,
    ),
    Fact(
        FactSpec(
            "call_count",
            _INTEGRATION,
            INTEGER,
            "Calls on record by the fullest log; one call of two objects counts for each.",
            FAMILY,
            unit="calls",
            unknown_when="no log of all calls was read, or none counts the calls of each client",
            settled_by=_SETTLED,
            absent_when=_OUTWARD,
        ),
        _call_count,
        _source,
    ),
    Fact(
        FactSpec(
            "objects_called",
            _INTEGRATION,
            TEXTS,
            "Objects that it was seen reading, writing or calling.",
            FAMILY,
            absent_when="none was seen",
        ),
        _objects_called,
        _source,
    ),
    Fact(
        FactSpec(
            "fields_read",
            _INTEGRATION,
            INTEGER,
            "Fields that its queries on record name, at least.",
            FAMILY,
            unit="fields",
            unknown_when="no query of it was read",
            settled_by=("api-event",),
            absent_when=_OUTWARD,
        ),
        _fields_read,
        _source,
    ),
    Fact(
        FactSpec(
            "integrations",
            OBJECT,
            TEXTS,
            "Integrations that are declared to touch it, or were seen calling it.",
            FAMILY,
            local(1),
            absent_when="none is known",
        ),
        of_object(_integrations),
    ),
    Fact(
        FactSpec(
            "integration_count",
            OBJECT,
            INTEGER,
            "How many integrations are declared to touch it or were seen calling it.",
            FAMILY,
            local(1),
            "integrations",
            unknown_when="no log of all calls was read (then a lower bound)",
            settled_by=_SETTLED,
        ),
        of_object(_integration_count),
    ),
)
