"""Composes a finding: what (one line, from the facts that decided it), the evidence, and what is still open.

What a policy says of a subject follows from the values that its condition looked at, and thousands of subjects
share them (nobody counted, nothing was watched). So it is said once for each combination of values; only the
evidence's sources, what the policy shows beside it, and the place are each subject's own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from auditor.dataclasses import dataclass
from auditor.digests import sha256
from auditor.model.findings import Datum, Finding, Outcome, Witness
from auditor.model.truth import Truth
from auditor.model.values import Unknown, Value
from auditor.model.vocabulary import FactSpec
from auditor.policy.binding import Ground, Read
from auditor.policy.explaining import Explanation, Shape, explain
from auditor.policy.gaps import helpful
from auditor.policy.phrases import value_text
from auditor.policy.reach import facts_of
from auditor.policy.sentences import leaf_words
from auditor.policy.signatures import readings, signature
from auditor.policy.syntax import Policy

FINGERPRINT_VERSION = 1
MOST_WITNESSES = 20
"""A finding names so many witnesses; the evidence says how many there are in all."""
MOST_PHRASES = 4
MOST_REASONS = 10


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of evidence before its source is known: None where it is the subject's own, to be asked for."""

    fact: str
    value: str
    source: str | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a finding says of every subject whose facts have the same values."""

    confidence: str
    message: str
    rows: tuple[_Row, ...]
    witnesses: tuple[Witness, ...]
    unknowns: tuple[str, ...]
    settled_by: tuple[str, ...]
    helped_by: tuple[str, ...]
    measured: str


class Teller:
    """Tells the findings of one policy."""

    def __init__(self, policy: Policy, ground: Ground) -> None:
        self._policy = policy
        self._ground = ground
        self._signature = signature(policy.condition, ground)
        self._doubt = None if policy.target is None else signature(policy.target, ground)
        self._said: dict[Hashable, _Said] = {}
        self._shown: tuple[tuple[FactSpec, Read[str], dict[Value, str]], ...] = tuple(
            (spec, ground.reader(spec), {}) for spec in policy.show
        )
        self._data: dict[tuple[tuple[str, str, str, str], ...], tuple[Datum, ...]] = {}
        names = dict.fromkeys((*facts_of([policy.condition]), *(spec.name for spec in policy.show)))
        self._sources = {name: _sources(name, ground) for name in names}
        shown = (read for _, read, _ in self._shown)
        self._readings = (*readings(policy.condition, ground), *shown, *self._sources.values())
        self._doubts = () if policy.target is None else readings(policy.target, ground)
        self._told: dict[tuple[object, ...], tuple[list[object], _Said, tuple[Datum, ...]]] = {}

    def tell(self, subject: str, outcome: Outcome, doubtful: bool = False) -> Finding:
        """The finding for a subject; `doubtful` where it is unknown whether the policy applies."""
        said, evidence = self._tell(subject, doubtful)
        info = self._policy.info
        path, line = self._ground.facts.place_of(subject)
        # In the order of the fields, which costs half of what names cost.
        return Finding(
            info.id,
            subject,
            outcome,
            info.severity,
            said.confidence,
            said.message,
            evidence,
            said.witnesses,
            said.unknowns,
            said.settled_by,
            said.measured,
            path,
            line,
            fingerprint(info.id, subject),
            helped_by=said.helped_by,
        )

    def _tell(self, subject: str, doubtful: bool) -> tuple[_Said, tuple[Datum, ...]]:
        """What is said of all of whom the same is read; that it is the same is told by its identity alone.

        What was read is kept beside it: its identity ends with it.
        """
        read = [each(subject) for each in self._readings]
        if doubtful:
            read += [each(subject) for each in self._doubts]
        key = (doubtful, _system(subject), *map(id, read))
        known = self._told.get(key)
        if known is None:
            said = self._say(subject, doubtful)
            known = self._told[key] = (read, said, self._evidence(said.rows, subject))
        return known[1:]

    def _say(self, subject: str, doubtful: bool) -> _Said:
        doubt = self._doubt(subject) if doubtful and self._doubt is not None else None
        key = self._signature(subject), doubt, _system(subject)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = _say(self._policy, subject, doubtful, self._ground)
        return said

    def _evidence(self, rows: tuple[_Row, ...], subject: str) -> tuple[Datum, ...]:
        """The lines of evidence, each once; lines and evidence that are the same are one value."""
        found = [
            (
                row.fact,
                row.value,
                self._sources[row.fact](subject) if row.source is None else row.source,
                row.subject,
            )
            for row in rows
        ]
        for spec, read, texts in self._shown:
            value = read(subject)
            if value.__class__ is not Unknown:
                text = texts.get(value)
                if text is None:
                    text = texts[value] = value_text(value, spec)
                found.append((spec.name, text, self._sources[spec.name](subject), ""))
        key = tuple(dict.fromkeys(found))
        evidence = self._data.get(key)
        if evidence is None:
            evidence = self._data[key] = tuple(Datum(*row) for row in key)
        return evidence


def _system(subject: str) -> str:
    """The system of a subject: what would settle a question depends on its platform."""
    return subject[: subject.find(":")]


def _say(policy: Policy, subject: str, doubtful: bool, ground: Ground) -> _Said:
    """Say it from the explanations of the condition, and of the target where that is in doubt."""
    condition = explain(policy.condition, subject, ground)
    target = explain(policy.target, subject, ground) if doubtful and policy.target is not None else None
    decided = condition.truth is not Truth.UNKNOWN and target is None
    leaves = tuple(condition.deciding())
    unknowns = () if decided else _unknowns(part for part in (condition, target) if part is not None)
    return _Said(
        confidence=_confidence(decided, condition),
        message=_what(policy, leaves, unknowns, subject),
        rows=tuple(row for row in (_row(leaf, subject, ground) for leaf in leaves) if row is not None),
        witnesses=_witnesses(leaves)[:MOST_WITNESSES],
        unknowns=tuple(_reason(unknown) for unknown in unknowns[:MOST_REASONS]),
        settled_by=tuple(dict.fromkeys(evidence for unknown in unknowns for evidence in unknown.settled_by)),
        helped_by=helpful(condition, target, policy.wrong, unknowns),
        measured=next((leaf.measured for leaf in leaves if leaf.measured), ""),
    )


def fingerprint(policy: str, subject: str) -> str:
    """What identifies a finding over time: the policy and the subject, never line, message or count."""
    return sha256(f"{FINGERPRINT_VERSION}|{policy}|{subject}".encode()).hexdigest()


def _confidence(decided: bool, condition: Explanation) -> str:
    if not decided:
        return "open"
    return "proven" if condition.proven else "likely"


def _what(policy: Policy, leaves: Iterable[Explanation], unknowns: tuple[Unknown, ...], subject: str) -> str:
    if unknowns:
        reasons = tuple(dict.fromkeys(unknown.because for unknown in unknowns))
        further = len(reasons) - 1
        more = f" (and {further} more reason{'s' if further > 1 else ''})" if further else ""
        return f"{policy.info.title}: cannot tell, since {reasons[0]}{more}"
    phrases = tuple(dict.fromkeys(filter(None, (leaf_words(leaf, subject) for leaf in leaves))))
    return f"{policy.info.title}: {'; '.join(phrases[:MOST_PHRASES])}" if phrases else policy.info.title


def _row(leaf: Explanation, subject: str, ground: Ground) -> _Row | None:
    other = "" if leaf.subject == subject else leaf.subject
    if leaf.shape is Shape.NEIGHBOURS:
        return _Row(leaf.relation, leaf.value, "", other)
    if leaf.fact is None:
        return None
    name = leaf.fact.name
    return _Row(name, leaf.value, _sources(name, ground)(other) if other else None, other)


def _sources(name: str, ground: Ground) -> Callable[[str], str]:
    """Where a fact of a subject came from; a list is its own source."""
    if any(listed.spec.name == name for listed in ground.lists):
        return lambda _subject: "lists"
    ask = ground.facts.source_of
    return lambda subject: ask(subject, name)


def _witnesses(leaves: Iterable[Explanation]) -> tuple[Witness, ...]:
    found = {witness for leaf in leaves for witness in leaf.witnesses}
    return tuple(sorted(found, key=lambda w: (w.relation, w.subject, w.path, w.line or 0)))


def _unknowns(parts: Iterable[Explanation]) -> tuple[Unknown, ...]:
    """Every open question of the explanations that are open, each once, in the order of the policy."""
    undecided = (part for part in parts if part.truth is Truth.UNKNOWN)
    return tuple(
        dict.fromkeys(unknown for part in undecided for leaf in part.deciding() for unknown in leaf.unknowns)
    )


def _reason(unknown: Unknown) -> str:
    return (
        f"{unknown.because} (settled by {', '.join(unknown.settled_by)})"
        if unknown.settled_by
        else unknown.because
    )
