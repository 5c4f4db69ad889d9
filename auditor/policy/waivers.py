"""Accepted exceptions: read with every problem at once, applied to findings, and told where they no longer fit.

A waiver opens the gate for one policy and one subject (or a counted few) until a day; it never hides a finding.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from auditor.dataclasses import dataclass
from auditor.formats.yamlnodes import Problems, YamlNode
from auditor.model.findings import Severity
from auditor.policy.syntax import NOWHERE, Place
from auditor.policy.words import nearest

WAIVER_KEYS = (
    "id", "policy", "subject", "selector", "max_matches", "category", "reason", "owner",
    "approved_by", "approved_on", "expires", "ticket", "evidence",
)  # fmt: skip
JUDGED = ("likely", "proven")
"""How sure a finding was when it was waived."""
_NEEDED = ("id", "policy", "category", "reason", "owner", "approved_by", "approved_on", "expires")


class Category(StrEnum):
    """Why an exception was accepted."""

    ACCEPTED = "accepted"
    MITIGATED = "mitigated"
    FALSE_POSITIVE = "false_positive"
    PLANNED_REMOVAL = "planned_removal"


@dataclass(frozen=True, slots=True)
class Waiver:
    """One exception. `subject` is a name, or a pattern where `max_matches` says how many it may cover."""

    id: str
    policy: str
    subject: str
    category: Category
    reason: str
    owner: str
    approved_by: str
    approved_on: date
    expires: date
    """The last day on which it holds."""
    max_matches: int | None = None
    ticket: str = ""
    evidence: str = ""
    """What was judged: `likely` or `proven`, and the measure (`proven; 64 fields`).

    The waiver lapses when that got worse. Any other text is a note for people.
    """
    place: Place = NOWHERE
    max_days: tuple[tuple[str, int], ...] = ()
    """Severity and the most days from approval that the company lets a waiver of it hold."""

    def until(self, severity: Severity) -> date:
        """The last day on which it holds for a finding: as granted, but no longer than its severity allows."""
        most = dict(self.max_days).get(severity)
        return self.expires if most is None else min(self.expires, self.approved_on + timedelta(days=most))


def read_waivers(data: str | bytes, path: str) -> tuple[Waiver, ...]:
    """Read one waiver file, sorted by id.

    Raises:
        ConfigurationError: with every problem, each as `file:line:column: what`.
    """
    problems = Problems()
    waivers = read_waivers_noting(data, path, problems)
    problems.check()
    return waivers


def read_waivers_noting(data: str | bytes, path: str, problems: Problems) -> tuple[Waiver, ...]:
    """Read one of several waiver files; problems are noted beside those of the others."""
    from auditor.formats.yamls import read_noting

    root = read_noting(data, path, problems)
    if root.is_empty:
        return ()
    listed = root.get("waivers")
    if listed is not None and listed.is_empty:
        return ()
    if listed is None or not listed.is_list:
        problems.add(listed or root, "a waiver file is a mapping with waivers: and a list below it")
        return ()
    for word, key, _ in root.entries():
        if word not in ("version", "waivers"):
            problems.add(key, f"{word!r} is no key of a waiver file. Known: version, waivers.")
    reader = _Reader(problems)
    found = [reader.read(node) for node in listed.items]
    return tuple(sorted((waiver for waiver in found if waiver), key=lambda waiver: waiver.id))


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.seen: dict[str, int] = {}

    def read(self, node: YamlNode) -> Waiver | None:
        if not node.is_mapping:
            self.problems.add(node, "a waiver is a mapping that begins with id:")
            return None
        found = len(self.problems.found)
        self._check_keys(node)
        subject, most = self._subject(node)
        waiver = Waiver(
            id=self._text(node, "id"),
            policy=self._text(node, "policy"),
            subject=subject,
            category=self._category(node),
            reason=self._text(node, "reason"),
            owner=self._text(node, "owner"),
            approved_by=self._text(node, "approved_by"),
            approved_on=self._day(node, "approved_on"),
            expires=self._day(node, "expires"),
            max_matches=most,
            ticket=self._text(node, "ticket"),
            evidence=self._text(node, "evidence"),
            place=Place(node.file, node.line, node.column),
        )
        self._check(node, waiver)
        return waiver if len(self.problems.found) == found else None

    def _check_keys(self, node: YamlNode) -> None:
        for word, key, _ in node.entries():
            if word not in WAIVER_KEYS:
                hint = nearest(word, WAIVER_KEYS)
                self.problems.add(key, f"{word!r} is no key of a waiver.{hint}")
        for key_name in _NEEDED:
            if node.get(key_name) is None:
                self.problems.add(node, f"the waiver has no {key_name}")

    def _check(self, node: YamlNode, waiver: Waiver) -> None:
        if waiver.id in self.seen:
            self.problems.add(node, f"waiver {waiver.id} stands twice, first on line {self.seen[waiver.id]}")
        self.seen.setdefault(waiver.id, node.line)
        approver = node.get("approved_by")
        if approver is not None and waiver.approved_by.casefold() == waiver.owner.casefold() != "":
            self.problems.add(approver, "approved_by must be another person than owner")
        expires = node.get("expires")
        if expires is not None and waiver.expires < waiver.approved_on != date.max:
            self.problems.add(expires, f"it expires on {waiver.expires}, before it was approved")
        evidence, judged = node.get("evidence"), waiver.evidence.partition(";")[0].strip()
        if evidence is not None and judged not in JUDGED and nearest(judged, JUDGED):
            self.problems.add(evidence, f"{judged!r} is neither likely nor proven.{nearest(judged, JUDGED)}")
        policy = node.get("policy")
        if policy is not None and is_pattern(waiver.policy) and waiver.max_matches is None:
            self.problems.add(policy, "a pattern of policies needs selector: and max_matches:")

    def _subject(self, node: YamlNode) -> tuple[str, int | None]:
        subject, selector, most = node.get("subject"), node.get("selector"), node.get("max_matches")
        if (subject is None) == (selector is None):
            self.problems.add(node, "a waiver needs exactly one of subject: and selector: (with max_matches:)")
            return "", None
        if subject is not None:
            if most is not None:
                self.problems.add(most, "max_matches goes with selector:, a subject is one")
            return self._text(node, "subject"), None
        limit = most.scalar if most is not None else None
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            self.problems.add(most or node, "selector: needs max_matches:, a whole number of at least 1")
            return self._text(node, "selector"), None
        return self._text(node, "selector"), limit

    def _text(self, node: YamlNode, key: str) -> str:
        value = node.get(key)
        if value is None:
            return ""
        if value.is_list or value.is_mapping or not value.text.strip():
            self.problems.add(value, f"{key} is a text")
        return value.text.strip()

    def _day(self, node: YamlNode, key: str) -> date:
        value = node.get(key)
        if value is None or not _DAY.fullmatch(value.text):
            if value is not None:
                self.problems.add(value, f"{key} is a day such as 2027-03-31, not {value.text!r}")
            return date.max
        try:
            return date.fromisoformat(value.text)
        except ValueError:
            self.problems.add(value, f"{key}: there is no day {value.text}")
            return date.max

    def _category(self, node: YamlNode) -> Category:
        value = node.get("category")
        if value is not None and value.text not in set(Category):
            self.problems.add(value, f"category is one of {', '.join(Category)}, not {value.text!r}")
        return Category(value.text) if value is not None and value.text in set(Category) else Category.ACCEPTED


def is_pattern(text: str) -> bool:
    """Whether a policy is named by a pattern (`sprawl/*`)."""
    return any(sign in text for sign in "*?[")


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
