"""From documents to the policies in force: the entry to this room."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from auditor.formats.yamlnodes import Problems, YamlKind, YamlNode
from auditor.model.findings import Severity
from auditor.model.vocabulary import Vocabulary
from auditor.policy.documents import Gathered, Library, RuleText, gather
from auditor.policy.lists import read_lists
from auditor.policy.params import fill
from auditor.policy.rules import RuleReader
from auditor.policy.syntax import PolicySet
from auditor.policy.words import index_words


def load_policies(
    references: Sequence[str],
    library: Library,
    vocabulary: Vocabulary,
    params: Mapping[str, str | int | float | bool] | None = None,
) -> PolicySet:
    """Read and compile policy documents (`pack:NAME` or paths) and what they extend; the later wins.

    `params` (from the configuration) win over those of the documents.

    Raises:
        ConfigurationError: with every problem of every document, each as `file:line:column: what`.
    """
    problems = Problems()
    gathered = gather(references, library, problems)
    given = given_params(params or {})
    loaded = compile_policies(gathered, vocabulary, {**gathered.params, **given}, problems)
    problems.check()
    return loaded


def given_params(params: Mapping[str, str | int | float | bool]) -> dict[str, YamlNode]:
    """Parameters of the configuration, as documents hold them."""
    return {name: _given(value) for name, value in params.items()}


def compile_policies(
    gathered: Gathered, vocabulary: Vocabulary, params: Mapping[str, YamlNode], problems: Problems
) -> PolicySet:
    """Compile what was gathered; policies with problems are left out, and the problems noted."""
    lists = read_lists(gathered.lists, index_words(vocabulary), problems)
    reader = RuleReader(index_words(vocabulary, (listed.spec for listed in lists)), problems)
    unset = Problems()
    rules = [_filled(gathered.rules[name], params, unset) for name in sorted(gathered.rules)]
    compiled = [policy for policy in map(reader.read, rules) if policy is not None]
    _tell_unset(unset, problems)
    return PolicySet(
        policies=tuple(policy for policy in compiled if policy.info.severity is not Severity.DISABLED),
        lists=lists,
        params=tuple(sorted((name, node.text) for name, node in params.items())),
        disabled=tuple(policy.info.id for policy in compiled if policy.info.severity is Severity.DISABLED),
        digest=_digest(rules, gathered.lists),
    )


def _filled(rule: RuleText, params: Mapping[str, YamlNode], problems: Problems) -> RuleText:
    fields = {key: (name, fill(value, params, problems)) for key, (name, value) in rule.fields.items()}
    return RuleText(rule.id, rule.node, rule.origin, fields)


def _tell_unset(unset: Problems, problems: Problems) -> None:
    """Where a parameter is not set, that is the one thing said: what was made of the gap is not told."""
    places = {found[:3] for found in unset.found}
    problems.found[:] = [found for found in problems.found if found[:3] not in places] + unset.found


def _given(value: str | int | float | bool) -> YamlNode:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return YamlNode(YamlKind.SCALAR, 1, 1, "params", value, text=text)


def _digest(rules: Sequence[RuleText], lists: Mapping[str, YamlNode]) -> str:
    told = (
        [[rule.id, {key: value.plain() for key, (_, value) in rule.fields.items()}] for rule in rules],
        {name: node.plain() for name, node in lists.items()},
    )
    return sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
