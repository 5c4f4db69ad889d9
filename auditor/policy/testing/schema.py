"""The JSON Schema (2020-12) of fixtures, made from the vocabulary: editors complete facts and words by it.

A fixture names its policy and not the kind of node that it speaks of, so every fact of any kind may stand; the
compiler, which knows the policy, says more. Whatever the schema refuses, the compiler refuses too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from auditor.model.findings import Outcome
from auditor.model.vocabulary import FactSpec, FactType, Vocabulary
from auditor.policy.testing.fixtures import WAIVER_KEYS
from auditor.policy.testing.nodes import MOST_TIMES

Schema = dict[str, object]

_KEYWORDS = ("absent", "unknown")
_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "description": "2026-08-23, 90d ago or today."}


def fixtures_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of a file of fixtures over a vocabulary."""
    defined: Schema = {
        "subject": _subject(vocabulary),
        "cases": {"type": "array", "minItems": 1, "items": _case()},
        "test": _test(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fixtures of policies of the auditor",
        **_mapping(
            {
                "version": {"enum": [1, "1"]},
                "as_of": {**_TEXT, "description": "The day of all cases, such as 2026-11-21."},
                "tests": {"type": "array", "items": {"$ref": "#/$defs/test"}},
            },
            ("as_of", "tests"),
        ),
        "$defs": defined,
    }


def fixtures_schema_json(vocabulary: Vocabulary) -> str:
    """The same as text, as `docs/reference/fixtures.schema.json` holds it."""
    return json.dumps(fixtures_schema(vocabulary), ensure_ascii=False, indent=1) + "\n"


def _test() -> Schema:
    outcomes: Schema = {str(outcome): {"$ref": "#/$defs/cases"} for outcome in Outcome}
    keys: Schema = {
        "policy": {**_TEXT, "description": "Id of the policy."},
        "params": {"type": "object", "description": "Parameters for this test."},
        "usually": {
            "$ref": "#/$defs/subject",
            "description": "What every subject is.",
        },
        "nodes": {"type": "object", "additionalProperties": {"$ref": "#/$defs/subject"}},
        **outcomes,
    }
    return _mapping(keys, ("policy",))


def _case() -> Schema:
    """A sentence, or a sentence with what is special about its subject."""
    special: Schema = {"additionalProperties": {"$ref": "#/$defs/subject"}, "minProperties": 1, "maxProperties": 1}
    return {"type": ["string", "object"], "if": {"type": "object"}, "then": special}


def _subject(vocabulary: Vocabulary) -> Schema:
    """What may be said of a subject, a node or a neighbour; who says too much is told by the compiler."""
    facts: dict[str, list[FactSpec]] = {}
    for spec in vocabulary.facts:
        facts.setdefault(spec.name, []).append(spec)
    told: Schema = {name: _value(facts[name]) for name in sorted(facts)}
    relations = {spec.name: spec.sentence for spec in vocabulary.relations}
    near: Schema = {
        "type": ["string", "array"],
        "if": {"type": "string"},
        "then": {"enum": ["none", "unscanned"]},
        "items": {"$ref": "#/$defs/subject"},
    }
    told |= {name: {**near, "description": relations[name]} for name in sorted(relations)}
    return {**_mapping({**told, **_around(vocabulary)}), "type": ["object", "string", "null"]}


def _around(vocabulary: Vocabulary) -> Schema:
    """What stands beside facts: of a node and a neighbour, and of a case."""
    edges = {spec.name: spec for relation in vocabulary.relations for spec in relation.edge}
    return {
        "kind": {"enum": sorted({kind for spec in vocabulary.facts for kind in spec.kinds})},
        "node": {**_TEXT, "description": "One described under nodes:."},
        "edge": _mapping({name: _value([edges[name]]) for name in sorted(edges)}),
        "possible": {"type": "boolean"},
        "times": {"type": "integer", "minimum": 1, "maximum": MOST_TIMES},
        "todo": {"type": "boolean"},
        "waiver": _mapping(dict.fromkeys(WAIVER_KEYS, _DAY)),
    }


def _value(specs: list[FactSpec]) -> Schema:
    """What may be written of a fact; where kinds of node differ in its type, what any of them takes."""
    told: Schema = {"description": specs[0].sentence}
    words = sorted({word for spec in specs for word in spec.values})
    types = {spec.type for spec in specs}
    if types == {FactType.BOOLEAN}:
        return {**told, "enum": [True, False, *_KEYWORDS]}
    if types == {FactType.ENUM} and words:
        return {**told, "enum": [*words, *(word for word in _KEYWORDS if word not in words)]}
    return {**told, "type": ["string", "number", "boolean", "array"]}


def _mapping(keys: Schema, required: Iterable[str] = ()) -> Schema:
    found: Schema = {"type": "object", "additionalProperties": False, "properties": keys}
    wanted = list(required)
    return {**found, "required": wanted} if wanted else found
