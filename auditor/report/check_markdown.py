"""A check as a comment on a pull request: a mark, so that it is written anew and not again, and a table."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.checks import CheckFinding, CheckResult
from auditor.report.check_words import because_words, headline
from auditor.report.markdown import escaped

MARK = "<!-- crm-scope-auditor: check -->"
"""By which a pipeline finds the comment that it wrote before."""
MOST_ROWS = 200
"""A comment on GitHub holds 65,536 characters, and nobody reads a longer table."""
_LONGEST = 240


def check_markdown(result: CheckResult) -> str:
    """The comment."""
    return "\n\n".join(_blocks(result)) + "\n"


def _blocks(result: CheckResult) -> Iterator[str]:
    yield MARK
    mark = "❌" if result.worse else "✅"
    yield f"### {mark} {escaped(result.company or 'CRM')}: {escaped(headline(result))}"
    if result.notices:
        yield "\n".join(f"- {escaped(notice)}" for notice in result.notices)
    if result.findings:
        yield "\n".join(_table(result))
        yield "\n".join(_ways(result))


def _table(result: CheckResult) -> Iterator[str]:
    by_commit = any(each.commit for each in result.findings)
    heads = ("Severity", "State", "What", "Because", *(["Commit"] if by_commit else []))
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for each in result.findings[:MOST_ROWS]:
        yield f"| {' | '.join(escaped(cell) for cell in _row(each, by_commit))} |"
    if len(result.findings) > MOST_ROWS:
        yield f"\n{len(result.findings) - MOST_ROWS:,} more are in the other formats."


def _row(each: CheckFinding, by_commit: bool) -> tuple[str, ...]:
    finding = each.finding
    said = f"{finding.subject}: {finding.message}"
    what = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
    commit = (f"{each.commit} {each.commit_subject}".strip(),) if by_commit else ()
    return (str(finding.severity), each.state, f"{finding.policy} · {what}", because_words(each), *commit)


def _ways(result: CheckResult) -> Iterator[str]:
    """Why and what to do, once for each policy, folded away."""
    met = dict.fromkeys(each.finding.policy for each in result.findings)
    yield "<details><summary>Why, and what to do</summary>"
    yield ""
    for policy in (each for each in result.policies if each.id in met):
        yield f"- **{escaped(policy.id)}** {escaped(policy.why)} {escaped(policy.fix)}"
    yield ""
    yield "</details>"
