"""The JSON Schema of policies: what the compiler takes it takes, what it refuses the compiler refuses too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from auditor.errors import FormatError
from auditor.facts.catalogue import vocabulary
from auditor.formats.yamls import load_plain
from auditor.policy.documents import InstalledLibrary
from auditor.policy.schema import policy_schema, policy_schema_json
from tests.policy.fakes import VOCABULARY
from tests.policy.wrong_policies import CONDITIONS, DOCUMENTS, WHOLE, with_condition

ROOT = Path(__file__).parents[2]
LIBRARY = InstalledLibrary(Path())
OURS = Draft202012Validator(policy_schema(vocabulary()))
FAKE = Draft202012Validator(policy_schema(VOCABULARY))
WRONG = {name: with_condition(text) for name, text, _ in CONDITIONS} | {name: text for name, text, _ in DOCUMENTS}
BEYOND = {
    # Days and patterns have a meaning that no schema knows.
    "a day that does not exist",
    "a regular expression that branches in a repeat",
    "a regular expression that can hang",
    "a regular expression that is none",
    "a regular expression that looks ahead",
    "a regular expression that looks back",
    "a regular expression with many open repeats",
    # What the words of a path and of its end are depends on the hops before.
    "a depth over two kinds of node",
    "a kind that the relation does not lead to",
    "a path that breaks at the second hop",
    # A text that happens to read like a test is a text.
    "presence as a value",
    "a version that is a fraction",
    # An entry may change a policy of another document and then needs nothing but its id.
    "an override of what does not exist",
    "no forbid and no require",
    "no severity",
    "no target",
    "no why",
    # One document says nothing of the others, of parameters, or of its own repetitions.
    "a circle of documents",
    "a file that is not there",
    "a list that hides a fact",
    "a pack that is not installed",
    "a parameter that is not set",
    "a policy that stands twice",
}


def _refused(document: str) -> bool:
    """Whether the schema refuses a document; YAML that is none never comes to it."""
    try:
        plain = load_plain(document)
    except FormatError:
        return True
    return not FAKE.is_valid(plain)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(policy_schema(vocabulary()))


@pytest.mark.parametrize("pack", LIBRARY.packs())
def test_every_pack_is_valid(pack: str) -> None:
    errors = OURS.iter_errors(load_plain(LIBRARY.read(f"pack:{pack}")))

    assert [(list(error.absolute_path), error.message) for error in errors] == []


def test_the_policy_that_the_wrong_ones_are_made_from_is_valid() -> None:
    assert FAKE.is_valid(load_plain(WHOLE))


def test_a_wrong_policy_is_refused_unless_no_schema_can_tell() -> None:
    assert {name for name, document in WRONG.items() if not _refused(document)} == BEYOND & WRONG.keys()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(
            "{last_read: {older_then: 90d}}",
            "Additional properties are not allowed ('older_then' was unexpected)",
            id="a test with a typo",
        ),
        pytest.param(
            "{all: [{costom: true}]}",
            "Additional properties are not allowed ('costom' was unexpected)",
            id="a fact with a typo",
        ),
        pytest.param(
            "{has: {rel: referenced_by, where: {activ: true}}}",
            "Additional properties are not allowed ('activ' was unexpected)",
            id="a fact of a neighbour with a typo",
        ),
        pytest.param("{role: crmm}", "'crmm' is not one of ['crm', 'erp']", id="a word that is not in the set"),
        pytest.param("{has: {depth: 2}}", "'rel' is a required property", id="neighbours of nothing"),
    ],
)
def test_the_message_names_the_word_that_is_wrong(condition: str, expected: str) -> None:
    (error,) = FAKE.iter_errors(load_plain(with_condition(condition)))

    assert error.message == expected


def test_the_published_schema_is_the_one_that_the_vocabulary_makes() -> None:
    published = ROOT / "docs" / "reference" / "policy.schema.json"

    assert published.read_text(encoding="utf-8") == policy_schema_json(vocabulary()), "run: make docs"
    assert json.loads(published.read_text(encoding="utf-8"))["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("pack", LIBRARY.packs())
def test_editors_complete_every_pack_by_it(pack: str) -> None:
    header = LIBRARY.read(f"pack:{pack}").decode().partition("\n")[0]

    assert header == "# yaml-language-server: $schema=../docs/reference/policy.schema.json"
