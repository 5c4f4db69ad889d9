"""What a component or integration point is."""

from __future__ import annotations

from collections.abc import Callable

from auditor.facts.base import BOOLEAN, COMPONENT, ENUM, TEXT, TEXTS, Fact, Facts, known
from auditor.graph.nodes import NodeKind
from auditor.model.values import ABSENT, Value
from auditor.model.vocabulary import FactSpec

FAMILY = "identity"
BOTH = COMPONENT | {"integration"}
_INTEGRATION = frozenset({"integration"})


def _component_kind(facts: Facts, key: str) -> Value:
    if facts.graph.kind_of(key) is NodeKind.INTEGRATION:
        return facts.graph.integration(key).value.kind
    return facts.graph.component(key).value.kind


def _active(facts: Facts, key: str) -> Value:
    """The live system knows better than a file which version runs."""
    if facts.graph.kind_of(key) is NodeKind.INTEGRATION:
        return known(facts.graph.integration(key).value.active)
    told = (each.active for each in facts.evidence.definitions(key) if each.active is not None)
    return known(next(told, facts.graph.component(key).value.active))


def _attribute(name: str) -> Callable[[Facts, str], Value]:
    return lambda facts, key: known(facts.graph.component(key).value.attribute(name))


def _folder(facts: Facts, key: str) -> Value:
    value = facts.graph.component(key).value
    return known(value.attribute("folder") or value.name.rpartition("/")[0] or None)


def _test(facts: Facts, key: str) -> Value:
    return facts.graph.component(key).value.attribute("test") == "true"


def _trigger(facts: Facts, key: str) -> Value:
    return known(facts.graph.component(key).value.trigger)


def _effects(facts: Facts, key: str) -> Value:
    effects = {str(each.effect) for each in facts.graph.component(key).value.effects}
    return tuple(sorted(effects)) or ABSENT


def _direction(facts: Facts, key: str) -> Value:
    return facts.graph.integration(key).value.direction


def _endpoint(facts: Facts, key: str) -> Value:
    return known(facts.graph.integration(key).value.endpoint)


def _touched(facts: Facts, key: str) -> Value:
    return facts.graph.integration(key).value.objects or ABSENT


FACTS: tuple[Fact, ...] = (
    Fact(
        FactSpec("component_kind", BOTH, TEXT, "Kind of the component (`report`, `flow` …).", FAMILY),
        _component_kind,
    ),
    Fact(
        FactSpec(
            "active",
            BOTH,
            BOOLEAN,
            "Whether it is switched on; a register of the live system outranks the file.",
            FAMILY,
            settled_by=("flow-register",),
            absent_when="its kind cannot be switched off, or the file is silent",
        ),
        _active,
    ),
    Fact(
        FactSpec("folder", COMPONENT, TEXT, "Folder it lies in.", FAMILY, absent_when="its kind has none"),
        _folder,
    ),
    Fact(
        FactSpec(
            "report_type", COMPONENT, TEXT, "Report type of a report.", FAMILY, absent_when="it is no report"
        ),
        _attribute("report_type"),
    ),
    Fact(
        FactSpec(
            "status",
            COMPONENT,
            TEXT,
            "Status in its file (`Draft`, `Obsolete`).",
            FAMILY,
            absent_when="it has none",
        ),
        _attribute("status"),
    ),
    Fact(
        FactSpec(
            "process_type",
            COMPONENT,
            TEXT,
            "Kind of a flow in the platform's own word (`Flow`; `Workflow` is Process Builder).",
            FAMILY,
            absent_when="it is no flow, or its file is silent",
        ),
        _attribute("process_type"),
    ),
    Fact(FactSpec("test", COMPONENT, BOOLEAN, "Whether it is a test of code.", FAMILY), _test),
    Fact(
        FactSpec("starts_on", COMPONENT, TEXT, "What starts it.", FAMILY, absent_when="it is not automation"),
        _trigger,
    ),
    Fact(
        FactSpec(
            "effects",
            COMPONENT,
            TEXTS,
            "What it does that somebody could notice, beside writing fields.",
            FAMILY,
            absent_when="nothing of the kind",
        ),
        _effects,
    ),
    Fact(
        FactSpec(
            "direction",
            _INTEGRATION,
            ENUM,
            "Which way data flows, seen from the system.",
            FAMILY,
            values=("in", "out", "both", "unknown"),
        ),
        _direction,
    ),
    Fact(
        FactSpec(
            "endpoint", _INTEGRATION, TEXT, "Address without credentials.", FAMILY, absent_when="it has none"
        ),
        _endpoint,
    ),
    Fact(
        FactSpec("objects", _INTEGRATION, TEXTS, "Objects it names.", FAMILY, absent_when="it names none"),
        _touched,
    ),
)
