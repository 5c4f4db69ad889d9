from __future__ import annotations

import pytest

from auditor.model.components import Component
from auditor.model.references import Call, Certainty
from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import ClassSignature, Parsed
from auditor.sources.salesforce.resolving import calls_of
from auditor.sources.salesforce.tables import tables_of

_PARTS = [
    Parsed(components=(Component("apex_class", "Service", "a"), Component("lwc", "row", "b"))),
    Parsed(components=(Component("aura", "Panel", "c"),), signatures=(ClassSignature("Service.Wrapper"),)),
]
_ASKING = Asking(tables_of(_PARTS, (), (), Names()), Names())
_SURE, _GUESS = Certainty.CERTAIN, Certainty.POSSIBLE

CASES = {
    "a class gets its declared spelling": ("apex_class", "SERVICE", _GUESS, "Service"),
    "a component too": ("aura", "panel", _SURE, "Panel"),
    "of two kinds the one that exists stays": ("aura", "row", _SURE, None),
    "a component that was not read stays": ("aura", "other", _SURE, "other"),
    "a class that was not read stays where it is surely called": ("apex_class", "Managed", _SURE, "Managed"),
    "a guessed class that was not read goes": ("apex_class", "AsyncApexJob", _GUESS, None),
    "an inner class is called with its outer one": ("apex_class", "Wrapper", _SURE, None),
    "other kinds stay": ("flow", "Ask", _SURE, "Ask"),
}


@pytest.mark.parametrize(("kind", "callee", "certainty", "expected"), CASES.values(), ids=CASES.keys())
def test_callees(kind: str, callee: str, certainty: Certainty, expected: str | None) -> None:
    parsed = Parsed(calls=(Call("apex_class", "Caller", kind, callee, certainty, "d", 1),))
    found = [call.callee for call in calls_of(_ASKING, parsed)]
    assert found == ([expected] if expected is not None else [])


def test_calls_of_what_is_no_code_are_left_alone() -> None:
    call = Call("flow", "Ask", "apex_class", "Unknown", Certainty.POSSIBLE, "d", 1)
    assert list(calls_of(_ASKING, Parsed(calls=(call,)))) == [call]
