"""A check in a terminal: one line where nothing got worse, else each finding with what is behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from auditor.dataclasses import replace
from auditor.model.checks import CheckFinding, CheckResult
from auditor.report.check_words import because_words, headline
from auditor.report.terminal import printable

MOST_OF_A_POLICY = 10
"""So many findings of a policy are told in full; the other formats have all of them."""


def check_text(result: CheckResult) -> str:
    """Findings policy by policy, gravest first, and the headline at the end, where a terminal stops."""
    return "".join(f"{line}\n" for line in _lines(result))


def _lines(result: CheckResult) -> Iterator[str]:
    for notice in result.notices:
        yield printable(f"note: {notice}")
    if result.findings:
        yield from _findings(result)
    yield printable(f"auditor: {headline(result)}")


def _findings(result: CheckResult) -> Iterator[str]:
    # What a passing check does not need is not loaded.
    by_commit = any(each.commit for each in result.findings)
    order = dict.fromkeys(each.commit for each in result.findings)
    for commit in order:
        group = [each for each in result.findings if each.commit == commit]
        if by_commit:
            yield printable(f"== {commit} {group[0].commit_subject}" if commit else "== before these commits")
        yield from _group(result, group)


def _group(result: CheckResult, group: Sequence[CheckFinding]) -> Iterator[str]:
    from auditor.report.check_shapes import plain_audit
    from auditor.report.listing import finding_lines
    from auditor.report.places import Places

    places = Places(plain_audit(replace(result, findings=())).systems)
    policies = {policy.id: policy for policy in result.policies}
    for name, members in groupby(group, key=lambda each: each.finding.policy):
        found = list(members)
        for number, each in enumerate(found[:MOST_OF_A_POLICY]):
            finding = replace(each.finding, baseline=each.state)
            yield from finding_lines(finding, policies[name], places, number == 0, because_words(each))
            yield ""
        if len(found) > MOST_OF_A_POLICY:
            yield f"and {len(found) - MOST_OF_A_POLICY:,} more of {name} (--output json=FILE has all of them)"
            yield ""
