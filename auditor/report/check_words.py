"""How a check and the cause of a finding are said in one line, the same in a terminal and in a comment."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.checks import NEW, CheckFinding, CheckResult


def headline(result: CheckResult) -> str:
    """What got worse, of how much that was looked at."""
    if not result.files and not result.findings:
        return f"nothing changed ({result.comparing})"
    if not result.relevant and not result.findings:
        return f"nothing that is read changed ({result.comparing}: {_counted(result.files, 'file')})"
    worse = result.worse
    head = f"{_counted(len(worse), 'finding')} made worse" if worse else "nothing got worse"
    return f"{head} ({'; '.join(_details(result))})"


def because_words(each: CheckFinding) -> str:
    """What of the change is behind a finding; empty where it stood before."""
    if not each.causes and not each.changed:
        return ""
    more = len(each.causes) - _LISTED
    files = ", ".join(each.causes[:_LISTED]) + (f" and {more} more" if more > 0 else "")
    return f"changed in {files}" if each.changed else f"a consequence of {files}"


_LISTED = 3


def _details(result: CheckResult) -> Iterator[str]:
    worse = result.worse
    if worse:
        new = sum(each.state == NEW for each in worse)
        changed = sum(each.changed for each in worse)
        yield f"{new} new, {len(worse) - new} worse than before"
        yield f"{changed} in what was changed, {len(worse) - changed} elsewhere"
    yield f"{result.comparing}: {_counted(result.files, 'file')}, {result.relevant} of them read"
    if result.mended:
        yield f"{result.mended} mended"
    if result.merged:
        yield f"{result.merged} came with what is merged"
    if result.unsettled:
        yield f"{_counted(result.unsettled, 'question')} became open"
    yield result.evidence


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s'[: number != 1]}"
