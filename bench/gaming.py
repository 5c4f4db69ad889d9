"""Tries to cheat the score: only better documentation and real roll-back may raise it, and roll-back most.

    python -m bench.gaming

A made-up CRM of 40 objects in 10 business entities is judged by seven policies; each scenario changes it as
somebody would who wants a better number. Seeded: the table is the same each time. Exit 1 where a game pays.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from auditor.model.charter import Charter, Entity
from auditor.model.findings import Finding, Outcome, PolicyInfo, Severity
from auditor.model.results import PolicyTally
from auditor.model.scorecards import Scorecard
from auditor.scoring import scorecard

SEED = 20261121
OBJECTS, FIELDS, ENTITIES = 40, 30, 10
CHECKS = (
    PolicyInfo("usage/unused", "Unused", Severity.MEDIUM, "usage", "", "", effort="hours"),
    PolicyInfo("usage/write-only", "Written, never read", Severity.MEDIUM, "usage", "", "", effort="hours"),
    PolicyInfo("duplication/erp", "Repeats the ERP", Severity.HIGH, "duplication", "", "", effort="hours"),
    PolicyInfo("scope/lines", "Order lines", Severity.HIGH, "scope", "", "", effort="days"),
    PolicyInfo("burden/required", "Demanded, unread", Severity.MEDIUM, "burden", "", "", effort="minutes"),
    PolicyInfo("docs/owner", "No owner", Severity.LOW, "documentation", "", "", effort="minutes"),
    PolicyInfo("docs/purpose", "No description", Severity.LOW, "documentation", "", "", effort="minutes"),
)
RATES = dict(zip((check.id for check in CHECKS), (0.12, 0.06, 0.05, 0.02, 0.04, 0.45, 0.35), strict=True))
ROLLED_BACK = frozenset({"usage/unused", "usage/write-only", "duplication/erp"})
USAGE_EVIDENCE = frozenset({"usage/unused", "usage/write-only", "burden/required"})
_UNKNOWN = 0.05
"""Share of the questions about usage that no evidence answers to begin with."""

Answers = dict[tuple[str, str], Outcome]
"""(subject, policy) → outcome, for every field and policy."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way to change the company. `may_rise`: it makes the CRM better, too."""

    name: str
    change: Callable[[Answers], Answers]
    may_rise: bool = False


def company() -> Answers:
    """The answers before anybody plays."""
    rng = random.Random(SEED)  # noqa: S311 - a made-up company, no secret
    answers: Answers = {}
    for number in range(OBJECTS):
        for index in range(FIELDS):
            subject = f"Object{number:02}.F{index:02}"
            for check in CHECKS:
                wrong = rng.random() < RATES[check.id]
                unseen = check.id in USAGE_EVIDENCE and rng.random() < _UNKNOWN
                answers[subject, check.id] = (
                    Outcome.UNKNOWN if unseen else Outcome.VIOLATION if wrong else Outcome.PASS
                )
    return answers


def judged(answers: Answers) -> Scorecard:
    """The score of a company under its charter, which no game changes."""
    members: dict[int, list[str]] = {}
    for number in range(OBJECTS):
        members.setdefault(number % ENTITIES, []).append(f"Object{number:02}*")
    entities = tuple(Entity(f"Entity{n}", tuple(names), budget=120) for n, names in sorted(members.items()))
    return scorecard(
        [_finding(*key, outcome) for key, outcome in sorted(answers.items()) if outcome is not Outcome.PASS],
        _tallies(answers),
        Charter("charter.yaml", entities=entities),
        lambda subject: subject.partition(".")[0],
    )


def clean_fields(answers: Answers) -> Answers:
    """Sixty needless fields more on each object, documented and filled by a job."""
    more = {
        (f"Object{number:02}.Z{index:02}", check.id): Outcome.PASS
        for number in range(OBJECTS)
        for index in range(60)
        for check in CHECKS
    }
    return {**answers, **more}


def deleted_evidence(answers: Answers) -> Answers:
    """Nobody knows any more who reads what."""
    return {key: Outcome.UNKNOWN if key[1] in USAGE_EVIDENCE else outcome for key, outcome in answers.items()}


def waived(answers: Answers) -> Answers:
    """Every violation is accepted."""
    return {key: Outcome.WAIVED if each is Outcome.VIOLATION else each for key, each in answers.items()}


def split(answers: Answers) -> Answers:
    """Each object becomes two, with half of its fields each, in the same business."""
    return {(_half(subject), policy): outcome for (subject, policy), outcome in answers.items()}


def cosmetic(answers: Answers) -> Answers:
    """Owner and description are filled in everywhere."""
    return {key: Outcome.PASS if key[1].startswith("docs/") else outcome for key, outcome in answers.items()}


def beside_the_charter(answers: Answers) -> Answers:
    """Ten tidy objects that no entity of the charter holds, with one small thing wrong."""
    more = {
        (f"Extra{number:02}.F{index:02}", check.id): Outcome.PASS
        for number in range(10)
        for index in range(FIELDS)
        for check in CHECKS
    }
    return {**answers, **more, ("Extra00.F00", "docs/owner"): Outcome.VIOLATION}


def rolled_back(answers: Answers) -> Answers:
    """What is unused, collected for nobody or repeated from the ERP is gone."""
    gone = {
        subject
        for (subject, policy), outcome in answers.items()
        if policy in ROLLED_BACK and outcome is Outcome.VIOLATION
    }
    return {key: outcome for key, outcome in answers.items() if key[0] not in gone}


SCENARIOS = (
    Scenario("as it is", lambda answers: answers),
    Scenario("game: 60 clean, needless fields more on each object", clean_fields),
    Scenario("game: delete usage evidence", deleted_evidence),
    Scenario("game: waive everything", waived),
    Scenario("game: split each object in two", split),
    Scenario("game: ten tidy objects beside the charter", beside_the_charter),
    Scenario("cosmetic: owner and description filled in", cosmetic, may_rise=True),
    Scenario("real: roll back what is unused, duplicate or write-only", rolled_back, may_rise=True),
)


def table() -> list[tuple[Scenario, Scorecard]]:
    """Every scenario with its score."""
    start = company()
    return [(scenario, judged(scenario.change(start))) for scenario in SCENARIOS]


def cheats(rows: Iterable[tuple[Scenario, Scorecard]]) -> list[str]:
    """What the rows show that they must not."""
    (_, before), *others = rows
    rose = {scenario: card.score.point - before.score.point for scenario, card in others}
    low = {scenario: card.score.low - before.score.low for scenario, card in others}
    wrong = [f"{each.name}: rises" for each in rose if not each.may_rise and max(rose[each], low[each]) > 1e-9]
    wrong += [f"{each.name}: does not rise" for each in rose if each.may_rise and rose[each] <= 0]
    if max(rose, key=lambda each: rose[each]).name != SCENARIOS[-1].name:
        wrong.append("roll-back is not worth most")
    return wrong


def main() -> int:
    """Print the table; 1 where a game pays."""
    rows = table()
    print(f"{'scenario':56} {'score':>5} {'low':>5} {'high':>5} {'grade':>5} {'evidence':>8}")
    for scenario, card in rows:
        score = card.score
        print(
            f"{scenario.name:56} {score.point:5.1f} {score.low:5.1f} {score.high:5.1f} "
            f"{card.grade or '–':>5} {card.evidence:8.0%}"
        )
    wrong = cheats(rows)
    for line in wrong:
        print(f"cheated: {line}", file=sys.stderr)
    return 1 if wrong else 0


def _finding(subject: str, policy: str, outcome: Outcome) -> Finding:
    info = next(check for check in CHECKS if check.id == policy)
    return Finding(policy, subject, outcome, info.severity, "proven", info.title)


def _tallies(answers: Answers) -> list[PolicyTally]:
    counts = Counter((policy, outcome) for (_, policy), outcome in answers.items())
    empty = [PolicyTally(check) for check in CHECKS]
    return [
        replace(
            tally,
            violation=counts[tally.policy.id, Outcome.VIOLATION],
            unknown=counts[tally.policy.id, Outcome.UNKNOWN],
            passed=counts[tally.policy.id, Outcome.PASS],
            waived=counts[tally.policy.id, Outcome.WAIVED],
        )
        for tally in empty
    ]


def _half(subject: str) -> str:
    name, _, field = subject.partition(".")
    return f"{name}{'a' if int(field[1:]) % 2 else 'b'}.{field}"


if __name__ == "__main__":
    sys.exit(main())
