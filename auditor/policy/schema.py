"""The JSON Schema (2020-12) of policy documents, made from the vocabulary: editors complete and explain by it.

Every choice is made by a key or by the type of a value, never by trying alternatives, so that an editor names the
word that is wrong. The compiler's own messages say more; whatever the schema refuses, the compiler refuses too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from auditor.model.findings import Severity
from auditor.model.vocabulary import FactSpec, RelationSpec, Vocabulary
from auditor.policy.conditions import HOP_KEYS, MAX_DEPTH, NEIGHBOURHOOD_KEYS, QUANTIFIERS
from auditor.policy.rules import PILLARS
from auditor.policy.schematests import COUNT, TEXT, tests_schema
from auditor.policy.syntax import OnUnknown
from auditor.policy.words import Words, index_words

Schema = dict[str, object]

ID = "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"
_TEXTS: Schema = {"type": "array", "items": TEXT}


def policy_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of a policy document over a vocabulary."""
    return _Writer(index_words(vocabulary)).document()


def policy_schema_json(vocabulary: Vocabulary) -> str:
    """The same as text, as `docs/reference/policy.schema.json` holds it."""
    return json.dumps(policy_schema(vocabulary), ensure_ascii=False, indent=1) + "\n"


class _Writer:
    """Writes one definition for each set of kinds of node that a condition may speak of."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.definitions: dict[str, Schema] = {}

    def document(self) -> Schema:
        policy = self._policy()
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Policies of the auditor",
            "type": "object",
            "additionalProperties": False,
            "required": ["version"],
            "properties": {
                "version": {"enum": [1, "1"], "description": "Version of the grammar."},
                "extends": {"type": ["string", "array"], "items": TEXT, "description": "pack:NAME, or a file."},
                "params": {"type": "object", "description": 'Filled into "{name}".'},
                "lists": {"type": "object", "additionalProperties": self._list()},
                "policies": {"type": "array", "items": policy},
            },
            "$defs": dict(sorted(self.definitions.items())),
        }

    def _list(self) -> Schema:
        keys: dict[str, object] = {
            "kind": {"enum": list(self.words.kinds)},
            "sentence": TEXT,
            "subjects": _TEXTS,
            "file": {**TEXT, "description": "A CSV or YAML file of names, beside the document."},
            "column": TEXT,
        }
        inline_or_file = {"if": {"required": ["file"]}, "else": {"required": ["subjects"]}}
        return {**_mapping(keys, required=("kind",)), **inline_or_file}

    def _policy(self) -> Schema:
        condition: Schema = {"type": "object", "minProperties": 1}
        keys: dict[str, object] = {
            "id": {"type": "string", "pattern": ID, "description": "What waivers and findings name."},
            "title": TEXT,
            "severity": {"enum": [str(severity) for severity in Severity]},
            "pillar": {"enum": list(PILLARS)},
            "target": _mapping({"kind": {"enum": list(self.words.kinds)}, "where": condition}, required=("kind",)),
            "forbid": {**condition, "description": "True is a violation."},
            "require": {**condition, "description": "False is a violation."},
            "why": TEXT,
            "fix": TEXT,
            "show": _TEXTS,
            "owner": TEXT,
            "effort": TEXT,
            "since": {"type": ["string", "integer"], "description": "In quotes."},
            "aliases": {**_TEXTS, "description": "Earlier ids."},
            "on_unknown": {"enum": [str(answer) for answer in OnUnknown]},
        }
        by_kind = [self._of_kind(kind) for kind in self.words.kinds]
        both: Schema = {"not": {"required": ["forbid", "require"]}}
        return {**_mapping(keys, required=("id",)), "allOf": [*by_kind, both]}

    def _of_kind(self, kind: str) -> Schema:
        condition = self._condition(frozenset({kind}))
        facts = list(self.words.fact_names([kind]))
        is_kind = {"properties": {"target": _having("kind", kind)}, "required": ["target"]}
        parts = {
            "target": {"properties": {"where": condition}},
            "forbid": condition,
            "require": condition,
            "show": {"items": {"enum": facts}},
        }
        return {"if": is_kind, "then": {"properties": parts}}

    def _condition(self, kinds: frozenset[str]) -> Schema:
        """A reference to the definition of conditions over nodes of some kinds."""
        name = "-or-".join(sorted(kinds))
        reference: Schema = {"$ref": f"#/$defs/{name}"}
        if name not in self.definitions:
            self.definitions[name] = {}  # conditions hold conditions: it is named before it is written
            facts = {spec.name: spec for (kind, _), spec in sorted(self.words.facts.items()) if kind in kinds}
            tests: dict[str, object] = {fact: self._fact(spec) for fact, spec in facts.items()}
            if len(kinds) > 1:
                listed = {"type": ["string", "array"], "items": {"enum": sorted(kinds)}}
                tests["kind"] = {**listed, "if": {"type": "string"}, "then": {"enum": sorted(kinds)}}
            near = self._neighbourhood(kinds)
            counted: Schema = {"$ref": f"#/$defs/{name}-count"}
            self.definitions[f"{name}-along"] = near.along()
            along: Schema = {"$ref": f"#/$defs/{name}-along"}
            self.definitions[f"{name}-near"] = near.keys((), along)
            self.definitions[f"{name}-count"] = near.keys(tuple(COUNT), along)
            quantified: Schema = {"$ref": f"#/$defs/{name}-near"}
            words = {word: counted if word == "count" else quantified for word in QUANTIFIERS}
            words["every"] = {**quantified, "required": ["where"]}
            self.definitions[name] = _condition({**_groups(reference), **words, **tests})
        return reference

    def _fact(self, spec: FactSpec) -> Schema:
        """What a fact may be put to: facts of one type share a definition, each set of words has its own."""
        name = f"test-of-{spec.type}" if not spec.values else f"test-of-{spec.name}"
        tests = tests_schema(spec)
        while self.definitions.get(name, tests) != tests:
            name += "-again"
        self.definitions[name] = tests
        return {"description": spec.sentence, "$ref": f"#/$defs/{name}"}

    def _neighbourhood(self, kinds: frozenset[str]) -> _Near:
        relations = {spec.name: spec for (kind, _), spec in sorted(self.words.relations.items()) if kind in kinds}
        ends = {
            name: frozenset(to for kind in kinds for to in _ends(self.words.relations.get((kind, name))))
            for name in relations
        }
        branches = [self._along(name, spec, ends[name]) for name, spec in relations.items()]
        return _Near(tuple(relations), tuple(branches))

    def _along(self, name: str, spec: RelationSpec, ends: frozenset[str]) -> Schema:
        parts: dict[str, object] = {"where": self._condition(ends)}
        parts["edge"] = self._edge(spec) if spec.edge else False
        return {"if": _having("rel", name), "then": {"properties": parts}}

    def _edge(self, spec: RelationSpec) -> Schema:
        name = f"edge-of-{spec.name}"
        reference: Schema = {"$ref": f"#/$defs/{name}"}
        tests: dict[str, object] = {fact.name: self._fact(fact) for fact in spec.edge}
        self.definitions[name] = _condition({**_groups(reference), **tests})
        return reference


class _Near:
    """Schemas of `has` and `count` over the relations of some kinds of node."""

    def __init__(self, relations: tuple[str, ...], branches: tuple[Schema, ...]) -> None:
        self.relations = relations
        self.branches = branches

    def along(self) -> Schema:
        """What each relation leads to."""
        one_of_both: Schema = {
            "if": {"required": ["path"]},
            "then": {"not": {"required": ["rel"]}},
            "else": {"required": ["rel"]},
        }
        return {"allOf": [*self.branches, one_of_both]}

    def keys(self, operators: tuple[str, ...], along: Schema) -> Schema:
        """The keys of a quantifier, or with operators those of a count."""
        hop = _mapping({key: {} for key in HOP_KEYS}, required=("rel",))
        path: Schema = {"type": "array", "minItems": 1, "items": {**hop, "type": ["string", "object"]}}
        keys: dict[str, object] = {key: {} for key in NEIGHBOURHOOD_KEYS}
        keys["rel"] = {"enum": list(self.relations)}
        keys["path"] = path
        keys["depth"] = {"type": "integer", "minimum": 1, "maximum": MAX_DEPTH}
        keys |= {operator: COUNT[operator] for operator in operators}
        least = 2 if operators else 1
        return {**_mapping(keys), "minProperties": least, "allOf": [along]}


def _ends(spec: RelationSpec | None) -> frozenset[str]:
    return frozenset() if spec is None else spec.to


def _groups(reference: Schema) -> dict[str, object]:
    several: Schema = {"type": "array", "minItems": 1, "items": reference}
    return {"all": several, "any": several, "not": reference}


def _condition(words: dict[str, object]) -> Schema:
    return {**_mapping(words), "minProperties": 1}


def _mapping(keys: dict[str, object], required: Iterable[str] = ()) -> Schema:
    wanted = list(required)
    found: Schema = {"type": "object", "additionalProperties": False, "properties": keys}
    return {**found, "required": wanted} if wanted else found


def _having(key: str, value: str) -> Schema:
    return {"properties": {key: {"const": value}}, "required": [key]}
