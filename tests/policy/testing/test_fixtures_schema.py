# ruff: noqa: E501 - a case is a line of the table
"""Editors complete fixtures by a schema: it accepts those that ship, and names the word that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from auditor.facts.catalogue import vocabulary
from auditor.formats.yamls import load_plain
from auditor.policy.documents import InstalledLibrary
from auditor.policy.testing.schema import fixtures_schema, fixtures_schema_json

ROOT = Path(__file__).parents[3]
LIBRARY = InstalledLibrary(Path())
SCHEMA = Draft202012Validator(fixtures_schema(vocabulary()))
FIXTURES = sorted(path.name.removesuffix(".test.yaml") for path in (ROOT / "policies").glob("*.test.yaml"))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(fixtures_schema(vocabulary()))


@pytest.mark.parametrize("pack", FIXTURES)
def test_the_fixtures_of_every_pack_are_valid_and_name_it(pack: str) -> None:
    text = LIBRARY.read(f"pack:{pack}.test").decode()

    assert [error.message for error in SCHEMA.iter_errors(load_plain(text))] == []
    assert text.startswith("# yaml-language-server: $schema=../docs/reference/fixtures.schema.json\n")


WRONG = (
    ("a fact with a typo", "{usually: {costom: true}}", "Additional properties are not allowed ('costom' was unexpected)"),
    ("an outcome with a typo", "{violations: [x]}", "Additional properties are not allowed ('violations' was unexpected)"),
    ("a box that is neither", "{usually: {custom: maybe}}", "'maybe' is not one of [True, False, 'absent', 'unknown']"),
    ("a relation that is no list", "{usually: {read_by: nothing}}", "'nothing' is not one of ['none', 'unscanned']"),
    ("no case", "{violation: []}", "[] should be non-empty"),
    ("a neighbour too often", "{usually: {fields: [{times: 2001}]}}", "2001 is greater than the maximum of 2000"),
    ("a kind of node with a typo", "{nodes: {x: {kind: feild}}}", "'feild' is not one of ['component', 'field', 'integration', 'object', 'source', 'system']"),
)  # fmt: skip


@pytest.mark.parametrize(("test", "message"), [pytest.param(*row[1:], id=row[0]) for row in WRONG])
def test_the_message_names_the_word_that_is_wrong(test: str, message: str) -> None:
    text = f"as_of: 2026-11-21\ntests:\n  - {{policy: a/b, {test[1:]}\n"
    (error,) = SCHEMA.iter_errors(load_plain(text))

    assert error.message == message


def test_the_published_schema_is_the_one_that_the_vocabulary_makes() -> None:
    published = (ROOT / "docs" / "reference" / "fixtures.schema.json").read_text(encoding="utf-8")

    assert published == fixtures_schema_json(vocabulary()), "run: make docs"
