"""Which findings propose a removal, and which of them were asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from auditor.dataclasses import dataclass, field
from auditor.errors import AuditorError
from auditor.model.findings import Finding, Outcome
from auditor.model.names import SubjectKind, object_key, parse_subject

KEYS = ("policy", "pillar", "subject", "object")
UNUSED = {
    "dead": ", and whatever nothing in use depends on",
    "candidates": ", and whatever only a page or an unwatched way of reading could keep",
}
"""Words of `--select` that ask for what liveness tells, and how they are told."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for: patterns of one key are alternatives, different keys must all fit.

    `review`: open findings propose candidates, too. `unused` is empty, `dead` (so is everything of which it is
    proven that nothing in use depends on it) or `candidates` (beside that, what nothing that was read surely
    reads, and only a page or an unwatched way of reading could keep). `named` are subjects that were written out
    in full: they are candidates whether a finding names them or not.
    """

    patterns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    review: bool = False
    unused: str = ""
    most: int = 0
    """So many candidates at most, those with the least that could still keep them first; 0: all."""

    @property
    def words(self) -> str:
        """What was asked for, in words."""
        first = f"the {self.most} with the least support of " if self.most else ""
        told = [f"{key} {' or '.join(self.patterns[key])}" for key in KEYS if key in self.patterns]
        if self.named:
            told.append("named: " + ", ".join(self.named))
        what = "findings that propose a retirement" + (", open ones too" if self.review else "")
        what += UNUSED.get(self.unused, "")
        return first + (what if not told else f"{what}; {'; '.join(told)}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One subject that findings, or whoever asked, propose to remove."""

    subject: str
    policies: tuple[str, ...]
    open: bool = False
    """Whether only open findings propose it."""
    title: str = ""
    """Of the gravest policy, for people."""


def read_selection(texts: Iterable[str], *, review: bool = False, most: int = 0) -> Selection:
    """What `--select` asks for: `policy=GLOB`, `pillar=NAME`, `subject=GLOB`, `object=GLOB`, or one of them bare.

    Bare, `crm:Account.*` is a subject, `sprawl/*` a policy, `dead` and `candidates` what liveness tells, and any
    other word a pillar. A subject without `*`, `?` or `[` is named.

    Raises:
        AuditorError: a key is not known.
    """
    patterns: dict[str, list[str]] = {}
    named: list[str] = []
    unused = ""
    for text in texts:
        if text in UNUSED:
            unused = text
            continue
        key, pattern = _keyed(text)
        if key == "subject" and not set("*?[") & set(pattern):
            named.append(pattern)
        else:
            patterns.setdefault(key, []).append(pattern)
    told = {key: tuple(dict.fromkeys(found)) for key, found in patterns.items()}
    return Selection(told, tuple(dict.fromkeys(named)), review, unused, most)


def _keyed(text: str) -> tuple[str, str]:
    key, equals, rest = text.partition("=")
    if equals and key in KEYS and rest:
        return key, rest
    if not text or (equals and key.isidentifier()):
        raise AuditorError(
            f"--select {text!r}: write policy=, pillar=, subject= or object= and a pattern, "
            "for example --select policy=sprawl/never-adopted or --select 'crm:Account.*'"
        )
    if ":" in text:
        return "subject", text
    return ("policy" if "/" in text else "pillar"), text


def proposals(
    findings: Iterable[Finding],
    policies: tuple[Sequence[str], Mapping[str, str]],
    wanted: Selection,
    unused: Iterable[str] = (),
) -> tuple[Proposal, ...]:
    """What is proposed and was asked for, sorted by subject; one that was named comes without a finding, too.

    `policies` are the globs of those whose findings propose a removal, and the pillar of each; `unused` is
    what liveness proposes, of which the patterns for subjects and objects choose.
    """
    retiring, pillars = policies
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if _proposes(finding, retiring, wanted) and _fits(finding, pillars, wanted):
            found.setdefault(finding.subject, []).append(finding)
    for subject in unused:
        if _chosen(subject, wanted):
            found.setdefault(subject, [])
    for subject in wanted.named:
        found.setdefault(subject, [])
    return tuple(_proposal(subject, found[subject]) for subject in sorted(found))


def _proposal(subject: str, findings: Sequence[Finding]) -> Proposal:
    sure = [finding for finding in findings if finding.outcome is Outcome.VIOLATION]
    return Proposal(
        subject, tuple(sorted({each.policy for each in sure or findings})), bool(findings) and not sure
    )


def _proposes(finding: Finding, retiring: Sequence[str], wanted: Selection) -> bool:
    outcomes = (Outcome.VIOLATION, Outcome.UNKNOWN) if wanted.review else (Outcome.VIOLATION,)
    asked = "policy" in wanted.patterns  # a policy that was asked for by name proposes, whatever the data say
    return finding.outcome in outcomes and (asked or any(fnmatchcase(finding.policy, each) for each in retiring))


def _fits(finding: Finding, pillars: Mapping[str, str], wanted: Selection) -> bool:
    if not wanted.patterns:
        return not (wanted.named or wanted.unused) or finding.subject in wanted.named
    told = {
        "policy": finding.policy,
        "pillar": pillars.get(finding.policy, ""),
        "subject": finding.subject,
        "object": _object_of(finding.subject),
    }
    fits = all(any(fnmatchcase(told[key], glob) for glob in globs) for key, globs in wanted.patterns.items())
    return fits or finding.subject in wanted.named


def _chosen(subject: str, wanted: Selection) -> bool:
    """Whether the patterns that do not speak of findings fit a subject."""
    told = {"subject": subject, "object": _object_of(subject)}
    patterns = ((told[key], globs) for key, globs in wanted.patterns.items() if key in told)
    return all(any(fnmatchcase(text, glob) for glob in globs) for text, globs in patterns)


def _object_of(subject: str) -> str:
    """The printed name of the object that a field belongs to; of anything else its own."""
    parsed = parse_subject(subject)
    return object_key(parsed.system, parsed.name) if parsed.kind is SubjectKind.FIELD else subject
