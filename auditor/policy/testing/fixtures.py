"""Reads fixtures: what each policy is expected to say of which subject, written beside the policies.

```yaml
version: 1
as_of: 2026-11-21
tests:
  - policy: sprawl/never-adopted
    usually: {role: crm, custom: true, created: 400d ago, never_filled: true}
    violation:
      - nobody ever filled it
    pass:
      - somebody filled it: {never_filled: false}
    unknown:
      - nobody counted: {never_filled: unknown}
```
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from auditor.dataclasses import dataclass
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.formats.yamls import read_noting
from auditor.model.findings import Outcome
from auditor.model.vocabulary import Vocabulary
from auditor.policy.complaints import Complaints
from auditor.policy.syntax import Place, PolicySet
from auditor.policy.testing.cases import Case, Suite
from auditor.policy.testing.nodes import NodeReader
from auditor.policy.testing.worlds import World
from auditor.policy.waivers import Category, Waiver
from auditor.policy.words import index_words

FILE_KEYS = ("version", "as_of", "tests")
SUITE_KEYS = ("policy", "params", "usually", "nodes", *(str(outcome) for outcome in Outcome))
CASE_KEYS = ("todo", "waiver")
WAIVER_KEYS = ("approved_on", "expires")

Compile = Callable[[Mapping[str, YamlNode]], PolicySet]
"""The policies under test, with parameters that win over their own."""


@dataclass(frozen=True, slots=True)
class Fixtures:
    """One file of fixtures."""

    as_of: date
    suites: tuple[Suite, ...]


def read_fixtures(data: bytes, path: str, compiled: Compile, words: Vocabulary) -> Fixtures:
    """Read one file of fixtures against the policies that it tests.

    Raises:
        ConfigurationError: with every problem, each as `file:line:column: what`.
    """
    problems = Problems()
    root = read_noting(data, path, problems)
    note = Complaints(problems, index_words(words))
    tests = root.get("tests")
    if not problems.found and (tests is None or not tests.is_list):
        problems.add(tests or root, "fixtures are a mapping with as_of: and tests: (a list)")
    note.known_keys(root, FILE_KEYS, "key of a fixture file")
    as_of = _as_of(root, problems)
    problems.check()
    assert tests is not None
    reader = _FileReader(problems, compiled, words, as_of)
    suites = tuple(suite for suite in map(reader.suite, tests.items) if suite is not None)
    problems.check()
    return Fixtures(as_of, suites)


def _as_of(root: YamlNode, problems: Problems) -> date:
    node = root.get("as_of")
    try:
        return date.fromisoformat("" if node is None else node.text)
    except ValueError:
        problems.add(node or root, "as_of is missing or no day: write as_of: 2026-11-21")
        return date.min


class _FileReader:
    def __init__(self, problems: Problems, compiled: Compile, words: Vocabulary, as_of: date) -> None:
        self.problems = problems
        self.compiled = compiled
        self.words = words
        self.as_of = as_of
        self.sets: dict[str, PolicySet] = {}

    def suite(self, node: YamlNode) -> Suite | None:
        found = len(self.problems.found)
        name = node.get("policy")
        if name is None:
            self.problems.add(node, "a test names its policy: write policy: sprawl/unused-field")
            return None
        policies = self._policies(node.get("params"))
        policy = next((policy for policy in policies.policies if policy.info.id == name.text), None)
        words = index_words(self.words, (listed.spec for listed in policies.lists))
        note = Complaints(self.problems, words)
        note.known_keys(node, SUITE_KEYS, "key of a test")
        if policy is None:
            note.unknown(name, "policy here", (policy.info.id for policy in policies.policies))
            return None
        world = World(self.words)
        nodes = NodeReader(world, note, self.as_of)
        nodes.name_all(node.get("nodes"))
        read = _CaseReader(nodes, policy.kind, policy.info.id, node.get("usually"))
        cases = tuple(case for outcome in Outcome for case in read.cases(outcome, node.get(outcome)))
        if not cases and len(self.problems.found) == found:
            self.problems.add(node, f"the test of {policy.info.id} has no case: list some under an outcome")
        return Suite(policy, world, cases, _place(name)) if len(self.problems.found) == found else None

    def _policies(self, params: YamlNode | None) -> PolicySet:
        key = "" if params is None else str(params.plain())
        if key not in self.sets:
            given = {} if params is None else {name: value for name, _, value in params.entries()}
            self.sets[key] = self.compiled(given)
        return self.sets[key]


class _CaseReader:
    """Reads the cases of one policy, each a sentence with what differs from the usual subject."""

    def __init__(self, nodes: NodeReader, kind: str, policy: str, usually: YamlNode | None) -> None:
        self.nodes = nodes
        self.note = nodes.note
        self.kind = kind
        self.policy = policy
        self.usual = () if usually is None else tuple(usually.entries())
        self.seen: set[str] = set()

    def cases(self, outcome: Outcome, node: YamlNode | None) -> list[Case]:
        if node is None:
            return []
        if not node.is_list:
            self.note.add(node, f"{outcome} is a list of sentences, each with what is special about its subject")
            return []
        return [case for item in node.items for case in self._case(outcome, item)]

    def _case(self, outcome: Outcome, node: YamlNode) -> list[Case]:
        pairs = tuple(node.entries()) if node.is_mapping else ((node.text, node, None),)
        if len(pairs) != 1 or node.is_list:
            self.note.add(node, "a case is one sentence, and after a colon what is special about its subject")
            return []
        sentence, key, special = pairs[0]
        if sentence in self.seen:
            self.note.add(key, f"two cases of {self.policy} say {sentence!r}")
            return []
        self.seen.add(sentence)
        own = (
            {}
            if special is None or special.is_empty
            else {name: (key, value) for name, key, value in special.entries()}
        )
        todo, waiver = own.pop("todo", None), own.pop("waiver", None)
        usual = {name: (key, value) for name, key, value in self.usual}
        subject = self.nodes.world.add(self.kind, sentence)
        self.nodes.describe(subject, self.kind, {**usual, **own}.values())
        exception = None if waiver is None else self._waiver(waiver[1], subject)
        done = todo is None or todo[1].scalar is not True
        return [Case(subject, outcome, _place(key), not done, exception)]

    def _waiver(self, node: YamlNode, subject: str) -> Waiver | None:
        self.note.known_keys(node, WAIVER_KEYS, "key of a fixture's waiver")
        as_of = self.nodes.as_of
        days = {"approved_on": as_of, "expires": as_of + timedelta(days=30)}
        for name in WAIVER_KEYS:
            value = node.get(name)
            if value is not None:
                days[name] = self.nodes.day(value) or as_of
        return Waiver(
            "W-1",
            self.policy,
            subject,
            Category.ACCEPTED,
            "fixture",
            "one",
            "another",
            days["approved_on"],
            days["expires"],
        )


def _place(node: YamlNode) -> Place:
    return Place(node.file, node.line, node.column)
