"""Compiles one policy: checks every field of it and types its conditions."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from auditor.formats.yamlnodes import Problems
from auditor.model.findings import PolicyInfo, Severity
from auditor.model.vocabulary import FactSpec
from auditor.policy.complaints import Complaints, shown
from auditor.policy.conditions import ConditionReader, Scope
from auditor.policy.documents import RuleText
from auditor.policy.reach import facts_of, reach_of, relations_of
from auditor.policy.syntax import Condition, OnUnknown, Place, Polarity, Policy
from auditor.policy.words import Words

PILLARS = ("burden", "documentation", "duplication", "scope", "usage")
"""The five sides of the score."""
RULE_KEYS = (
    "id", "title", "severity", "pillar", "target", "forbid", "require", "why", "fix",
    "show", "owner", "effort", "since", "aliases", "on_unknown",
)  # fmt: skip
TARGET_KEYS = ("kind", "where")

E = TypeVar("E", bound=StrEnum)


class RuleReader:
    """Compiles policies against one vocabulary, noting every problem of every one."""

    def __init__(self, words: Words, problems: Problems) -> None:
        self.words = words
        self.problems = problems
        self.note = Complaints(problems, words)
        self.conditions = ConditionReader(words, problems)

    def read(self, rule: RuleText) -> Policy | None:
        """Compile one policy; None where it has a problem."""
        found = len(self.problems.found)
        self._check_keys(rule)
        info = self._info(rule)
        kind, target = self._target(rule)
        polarity, condition = self._condition(rule, kind)
        show = self._show(rule, kind)
        on_unknown = self._one_of(rule, "on_unknown", OnUnknown, OnUnknown.REPORT)
        if len(self.problems.found) > found or condition is None:
            return None
        conditions = tuple(part for part in (target, condition) if part is not None)
        return Policy(
            info=info,
            kind=kind,
            target=target,
            condition=condition,
            polarity=polarity,
            show=show,
            on_unknown=on_unknown,
            since=self._text(rule, "since"),
            aliases=self._aliases(rule),
            facts=facts_of(conditions),
            relations=relations_of(conditions),
            reach=reach_of(conditions),
            place=Place(rule.node.file, rule.node.line, rule.node.column),
        )

    def _check_keys(self, rule: RuleText) -> None:
        for word, (key, _) in rule.fields.items():
            if word not in RULE_KEYS:
                self.note.unknown(key, "key of a policy", RULE_KEYS)
        name = rule.value("id")
        if name is not None and not _ID.fullmatch(rule.id):
            self.note.add(
                name, f"id {rule.id!r}: write lower-case words with - and /, such as sprawl/unused-field"
            )

    def _info(self, rule: RuleText) -> PolicyInfo:
        pillar = self._text(rule, "pillar", required=True)
        if pillar and pillar not in PILLARS:
            self.note.unknown(rule.fields["pillar"][1], "pillar", PILLARS)
        return PolicyInfo(
            id=rule.id,
            title=self._text(rule, "title", required=True),
            severity=self._one_of(rule, "severity", Severity, None),
            pillar=pillar,
            why=self._text(rule, "why", required=True),
            fix=self._text(rule, "fix", required=True),
            owner=self._text(rule, "owner"),
            effort=self._text(rule, "effort"),
            origin=rule.origin,
        )

    def _text(self, rule: RuleText, key: str, required: bool = False) -> str:
        node = rule.value(key)
        if node is None:
            if required:
                self.note.add(rule.node, f"{rule.id} has no {key}")
            return ""
        if node.is_mapping or node.is_list or not node.text.strip():
            self.note.add(node, f"{key} is a text")
            return ""
        if node.is_unquoted_float:
            self.note.add(node, f'{key} {node.text} reads as a fraction: put it in quotes ("{node.text}")')
        return " ".join(node.text.split())

    def _one_of(self, rule: RuleText, key: str, words: type[E], default: E | None) -> E:
        node = rule.value(key)
        first = next(iter(words))
        if node is None:
            if default is None:
                self.note.add(rule.node, f"{rule.id} has no {key}")
            return default or first
        if node.text in set(words):
            return words(node.text)
        self.note.add(node, f"{key} is one of {', '.join(words)}, not {shown(node)!r}")
        return first

    def _target(self, rule: RuleText) -> tuple[str, Condition | None]:
        node = rule.value("target")
        if node is None:
            self.note.add(rule.node, f"{rule.id} has no target: write target: {{kind: field}}")
            return "", None
        kind = node.get("kind")
        if kind is None:
            self.note.add(node, "target is a mapping with kind: and, where wanted, where:")
            return "", None
        self.note.known_keys(node, TARGET_KEYS, "key of a target")
        if kind.text not in self.words.kinds:
            self.note.unknown(kind, "kind of node", self.words.kinds)
            return "", None
        where = node.get("where")
        return kind.text, None if where is None else self.conditions.read(where, Scope(frozenset({kind.text})))

    def _condition(self, rule: RuleText, kind: str) -> tuple[Polarity, Condition | None]:
        forbid, require = rule.value("forbid"), rule.value("require")
        polarity = Polarity.REQUIRE if forbid is None else Polarity.FORBID
        node = require if forbid is None else forbid
        if node is None or (forbid is not None and require is not None):
            place = rule.node if node is None else rule.fields["require"][0]
            self.note.add(place, f"{rule.id} needs exactly one of forbid: and require:")
            return polarity, None
        return polarity, self.conditions.read(node, Scope(frozenset({kind}))) if kind else None

    def _show(self, rule: RuleText, kind: str) -> tuple[FactSpec, ...]:
        node = rule.value("show")
        if node is None or not kind:
            return ()
        if not node.is_list:
            self.note.add(node, "show is a list of facts")
            return ()
        scope = Scope(frozenset({kind}))
        found = [self.conditions.fact_specs(item, scope).get(kind) for item in node.items]
        return tuple(spec for spec in found if spec is not None)

    def _aliases(self, rule: RuleText) -> tuple[str, ...]:
        node = rule.value("aliases")
        if node is None:
            return ()
        if not node.is_list or not all(item.is_text for item in node.items):
            self.note.add(node, "aliases is a list of earlier ids")
            return ()
        return tuple(item.text for item in node.items)


_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
