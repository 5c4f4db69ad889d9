"""Composes a finding: what (one line, from the facts that decided it), the evidence, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from auditor.model.findings import Datum, Finding, Outcome, Witness
from auditor.model.truth import Truth
from auditor.model.values import Unknown
from auditor.model.vocabulary import FactType
from auditor.policy.binding import Ground
from auditor.policy.explaining import Explanation, Shape
from auditor.policy.phrases import name_text, value_text
from auditor.policy.syntax import Policy

FINGERPRINT_VERSION = 1
MOST_WITNESSES = 20
"""A finding names so many witnesses; the evidence says how many there are in all."""
MOST_PHRASES = 4
MOST_NAMES = 3
MOST_REASONS = 10


def tell(
    policy: Policy, subject: str, outcome: Outcome, why: tuple[Explanation | None, Explanation], ground: Ground
) -> Finding:
    """The finding for a subject, from the explanations of the target (None: it applies) and of the condition."""
    target, condition = why
    decided = condition.truth is not Truth.UNKNOWN and (target is None or target.truth is Truth.TRUE)
    leaves = tuple(condition.deciding())
    unknowns = () if decided else _unknowns(part for part in (condition, target) if part is not None)
    path, line = ground.facts.place_of(subject)
    return Finding(
        policy=policy.info.id,
        subject=subject,
        outcome=outcome,
        severity=policy.info.severity,
        confidence=_confidence(decided, condition),
        message=_what(policy, leaves, unknowns, subject),
        evidence=_evidence(policy, leaves, subject, ground),
        witnesses=_witnesses(leaves)[:MOST_WITNESSES],
        unknowns=tuple(_reason(unknown) for unknown in unknowns[:MOST_REASONS]),
        settled_by=tuple(sorted({evidence for unknown in unknowns for evidence in unknown.settled_by})),
        measured=next((leaf.measured for leaf in leaves if leaf.measured), ""),
        path=path,
        line=line,
        fingerprint=fingerprint(policy.info.id, subject),
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
    phrases = tuple(dict.fromkeys(filter(None, (_phrase(leaf, subject) for leaf in leaves))))
    return f"{policy.info.title}: {', '.join(phrases[:MOST_PHRASES])}" if phrases else policy.info.title


def _phrase(leaf: Explanation, subject: str) -> str:
    """One deciding fact in words; empty where the title says it already (a plain yes or no)."""
    if leaf.shape is Shape.NEIGHBOURS:
        return _neighbours_phrase(leaf)
    if leaf.fact is None or leaf.subject != subject or leaf.fact.type is FactType.BOOLEAN:
        return ""
    told = "" if leaf.told.startswith("is ") else leaf.told
    return f"{name_text(leaf.fact.name)} {leaf.value}" + (f" ({told})" if told else "")


def _neighbours_phrase(leaf: Explanation) -> str:
    relation = name_text(leaf.relation)
    if leaf.measured:
        return f"{relation}: {leaf.measured} ({leaf.told})"
    if not leaf.witnesses:
        return f"{relation}: none"
    names = [witness.subject for witness in leaf.witnesses[:MOST_NAMES]]
    more = len(leaf.witnesses) - len(names)
    return f"{relation}: {', '.join(names)}" + (f" and {more} more" if more else "")


def _evidence(policy: Policy, leaves: Iterable[Explanation], subject: str, ground: Ground) -> tuple[Datum, ...]:
    found = [_datum(leaf, subject, ground) for leaf in leaves]
    for spec in policy.show:
        value = ground.value(spec, subject)
        if not isinstance(value, Unknown):
            found.append(Datum(spec.name, value_text(value, spec), _source(subject, spec.name, ground)))
    return tuple(dict.fromkeys(datum for datum in found if datum is not None))


def _datum(leaf: Explanation, subject: str, ground: Ground) -> Datum | None:
    if leaf.shape is Shape.NEIGHBOURS:
        return Datum(leaf.relation, leaf.value, subject="" if leaf.subject == subject else leaf.subject)
    if leaf.fact is None:
        return None
    other = "" if leaf.subject == subject else leaf.subject
    return Datum(leaf.fact.name, leaf.value, _source(leaf.subject, leaf.fact.name, ground), other)


def _source(subject: str, name: str, ground: Ground) -> str:
    """Where a fact came from; a list is its own source."""
    if ground.lists and any(listed.spec.name == name for listed in ground.lists):
        return "lists"
    return ground.facts.source_of(subject, name)


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
