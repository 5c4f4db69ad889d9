from __future__ import annotations

import pytest

from auditor.errors import ConfigurationError
from auditor.policy.loading import load_policies
from tests.policy.fakes import VOCABULARY, FakeLibrary
from tests.policy.wrong_policies import CONDITIONS, DOCUMENTS, WHOLE, with_condition

BASE = """\
version: 1
policies:
  - {id: base/one, title: T, severity: low, pillar: usage, why: W, fix: F, target: {kind: field},
     forbid: {custom: true}}
"""


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        *(pytest.param(with_condition(text), message, id=name) for name, text, message in CONDITIONS),
        *(pytest.param(text, message, id=name) for name, text, message in DOCUMENTS),
    ],
)
def test_a_wrong_policy_gives_one_message_at_its_place(document: str, expected: str) -> None:
    assert _problems(document) == (f"own.yaml:{expected}",)


def test_the_policy_that_the_wrong_ones_are_made_from_is_right() -> None:
    assert _problems(WHOLE) == ()


def test_all_problems_of_all_documents_are_told_at_once_by_place() -> None:
    document = (
        WHOLE.replace("severity: low", "severity: off")
        .replace("{custom: true}", "{all: [{costom: true}, {fill_rate: 5}, {has: {rel: nothing}}]}")
        .replace("version: 1", "version: 1\nextends: pack:base")
    )

    assert _problems(document, BASE.replace("forbid: {custom: true}", "forbid: {custom: yes}")) == (
        "own.yaml:6:15: severity is one of critical, high, medium, low, disabled, not 'off'",
        "own.yaml:11:21: 'costom' is no fact of field. Did you mean custom?",
        "own.yaml:11:48: fill_rate is a share from 0 to 1: write 50% or 0.5, not '5'",
        "own.yaml:11:64: 'nothing' is no relation of field.",
        "pack:base:4:23: custom is true or false, not 'yes' (in YAML 1.2 yes, no, on and off are text)",
    )


def _problems(document: str, base: str = BASE) -> tuple[str, ...]:
    try:
        load_policies(["own.yaml"], FakeLibrary({"own.yaml": document, "pack:base": base}), VOCABULARY)
    except ConfigurationError as error:
        return error.problems
    return ()
