from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.errors import ConfigurationError
from auditor.facts.catalogue import vocabulary
from auditor.policy.documents import InstalledLibrary
from auditor.policy.linting import lint
from tests.policy.fakes import VOCABULARY, FakeLibrary
from tests.policy.wrong_policies import HEAD

AS_OF = date(2026, 11, 21)
UNTESTED = "own.yaml:1:1: no fixtures: own.test.yaml holds no test of these policies"


def notes(document: str) -> tuple[str, ...]:
    found = lint(["own.yaml"], FakeLibrary({"own.yaml": document}), VOCABULARY, {}, AS_OF)
    return tuple(note for note in found if note != UNTESTED)


def with_condition(text: str, where: str = "") -> str:
    head = HEAD.replace("Because.", "Because it costs.").replace("1. Do it.", "1. Take it away.")
    return head.replace("{kind: field}", f"{{kind: field{where}}}") + f"    forbid: {text}\n"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(
            "{length: {le: 5, ge: 9}}",
            ("10:14: no field can meet it: length at most 5 and at least 9",),
            id="two bounds that exclude each other",
        ),
        pytest.param(
            "{last_read: {older_than: 90d, newer_than: 30d}}",
            ("10:14: no field can meet it: last read older than 90d and newer than 30d",),
            id="two spans that exclude each other",
        ),
        pytest.param(
            "{all: [{custom: true}, {alive: true}, {custom: false}]}",
            ("10:14: no field can meet it: custom is true and alive is true and custom is false",),
            id="two parts that exclude each other",
        ),
        pytest.param(
            "{any: [{length: {lt: 9}}, {length: {ge: 5}}]}",
            ("10:14: every field meets it: length below 9 or length at least 5",),
            id="two parts that leave nothing out",
        ),
        pytest.param(
            "{has: {rel: object, where: {rows: {lt: 5, gt: 7}}}}",
            ("10:41: no object can meet it: rows below 5 and above 7",),
            id="a neighbour that cannot be",
        ),
        pytest.param(
            "{any: [{custom: true}, {all: [{custom: true}, {alive: true}]}]}",
            (
                "10:37: x/y: it decides nothing, here: forbid: all of custom is true and alive is true",
                "10:60: x/y: it decides nothing, here: forbid: alive is true",
            ),
            id="a branch that is never reached",
        ),
        pytest.param("{custom: true}", (), id="a condition that can be met and missed"),
        pytest.param("{label: {matches: '^a'}}", (), id="a pattern, which is never said to match nothing"),
        pytest.param(
            "{has: {path: [object, {rel: fields, where: {length: {gt: 5}}}]}}",
            (),
            id="a path, which is not tried out",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_told_at_its_place(condition: str, expected: tuple[str, ...]) -> None:
    assert notes(with_condition(condition)) == tuple(f"own.yaml:{note}" for note in expected)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param(
            ", where: {custom: false}",
            "3:5: x/y: no field that it speaks of can violate it: its target decides it already",
            id="a target that excludes every violation",
        ),
        pytest.param(
            ", where: {custom: true}",
            "3:5: x/y: no field that it speaks of can pass it: its target decides it already",
            id="a target that is the violation",
        ),
    ],
)
def test_a_target_that_decides_everything_is_told(where: str, expected: str) -> None:
    assert notes(with_condition("{custom: true}", where)) == (f"own.yaml:{expected}",)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(
            with_condition("{custom: true}") + "params: {limit: 5}\n",
            "11:17: parameter 'limit' is set and no policy uses it",
            id="a parameter that nobody uses",
        ),
        pytest.param(
            with_condition("{custom: true}") + "lists: {ours: {kind: field, subjects: []}}\n",
            "11:15: list 'ours' is given and no policy uses it",
            id="a list that nobody uses",
        ),
        pytest.param(
            with_condition("{custom: true}").replace("Because it costs.", "Because."),
            "3:5: x/y: why says too little: 'Because.'",
            id="a why of one word",
        ),
        pytest.param(
            with_condition("{custom: true}") + "    aliases: [x/y]\n",
            "3:5: x/y has the alias x/y, which names x/y already",
            id="an alias that is taken",
        ),
    ],
)
def test_words_that_lead_nowhere_are_told(document: str, expected: str) -> None:
    assert notes(document) == (f"own.yaml:{expected}",)


def test_a_document_without_fixtures_and_a_policy_without_a_test_are_told() -> None:
    document = with_condition("{custom: true}")
    fixtures = "version: 1\nas_of: 2026-11-21\ntests: []\n"
    tested = FakeLibrary({"own.yaml": document, "own.test.yaml": fixtures})

    assert lint(["own.yaml"], FakeLibrary({"own.yaml": document}), VOCABULARY, {}, AS_OF) == (UNTESTED,)
    assert lint(["own.yaml"], tested, VOCABULARY, {}, AS_OF) == (UNTESTED,)


def test_a_parameter_is_used_where_it_is_set_or_in_what_is_extended() -> None:
    base = with_condition('{length: {ge: "{limit}"}}') + "params: {limit: 5}\n"
    other = with_condition("{alive: true}").replace("x/y", "o/y") + "params: {limit: 6}\n"
    own = "version: 1\nextends: [base.yaml, other.yaml]\nparams: {limit: 7}\n"
    documents = {"own.yaml": own, "base.yaml": base, "other.yaml": other}
    found = lint(["own.yaml"], FakeLibrary(documents), VOCABULARY, {}, AS_OF)

    assert found == (
        "base.yaml:1:1: no fixtures: base.test.yaml holds no test of these policies",
        "other.yaml:1:1: no fixtures: other.test.yaml holds no test of these policies",
        "other.yaml:11:17: parameter 'limit' is set and no policy uses it",
    )


def test_a_pattern_that_can_hang_does_not_compile() -> None:
    with pytest.raises(ConfigurationError, match="can hang: refused"):
        notes(with_condition('{label: {matches: "(a+)+"}}'))


def test_the_packs_hold_nothing_doubtful() -> None:
    library = InstalledLibrary(Path())
    packs = [f"pack:{pack}" for pack in library.packs()]

    assert lint(packs, library, vocabulary(), {}, AS_OF) == ()
