"""The memory of verdicts: the same request gets the same answer, or is told what changed since."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from auditor.lexicon.splitting import words_of
from auditor.matching.saying import SAME, Sayings, Wish
from auditor.model.proposals import Answer, Answers, Recalled
from auditor.workspace.proposing_decisions import FOLDER, VERSION, Decision

# Recalling


def recalled(
    answer: Answer, decisions: Sequence[Decision], digest: str, sayings: Callable[[], Sayings]
) -> tuple[Recalled, ...]:
    """The latest answer to the same request, or else the latest to one that says the same in other words."""
    beside = [each for each in decisions if each.object.lower() == answer.proposal.object.lower()]
    same = [each for each in beside if _form(each.label, each.name) == _form_of(answer)]
    if same:
        return (_recalled(same[-1], answer, digest, True),)
    if not beside or answer.proposal.new is not None:
        return ()
    compare = sayings()
    wish = Wish("", answer.proposal.label, answer.proposal.fields[0].type or "")
    near = [
        each
        for each in beside
        if compare.likeness(wish, Wish("", each.label or each.name, each.type), (each.object,)).score >= SAME
    ]
    return (_recalled(near[-1], answer, digest, False),) if near else ()


def _form_of(answer: Answer) -> tuple[str, ...]:
    proposal = answer.proposal
    return _form(proposal.label, proposal.fields[0].name if proposal.fields else proposal.object)


def _form(label: str, name: str) -> tuple[str, ...]:
    """Case, order and punctuation make no other request."""
    return tuple(sorted(words_of(label or name)))


def _recalled(decision: Decision, answer: Answer, digest: str, same: bool) -> Recalled:
    now = {(each.policy, each.message) for each in answer.reasons}
    then = set(decision.reasons)
    gone = {policy for policy, _ in then} - {policy for policy, _ in now}
    fresh = {policy for policy, _ in now} - {policy for policy, _ in then}
    other = {policy for policy, _ in now - then} - fresh
    changed = [
        *(f"no longer said: {policy}" for policy in sorted(gone)),
        *(f"newly said: {policy}" for policy in sorted(fresh)),
        *(f"said with other evidence: {policy}" for policy in sorted(other)),
    ]
    if decision.policies != digest:
        changed.append("the policies in force are others")
    return Recalled(
        decision.path,
        decision.day,
        decision.verdict,
        decision.subjects[0] if decision.subjects else "",
        decision.label or decision.name,
        same,
        tuple(changed),
        decision.request.trial_until,
    )


# Keeping


def decisions_of(answers: Answers) -> dict[str, str]:
    """Path beside `auditor.yaml` → text, for each answer; the same request on the same day is one file."""
    return {_path(each, answers.as_of): _text(each, answers) for each in answers.answers}


def _path(answer: Answer, day: date) -> str:
    proposal = answer.proposal
    name = proposal.object if proposal.new is not None else f"{proposal.object}.{proposal.fields[0].name}"
    return f"{FOLDER}/{day.isoformat()}-{re.sub(r'[^A-Za-z0-9._-]+', '-', name)}.yaml"


def _text(answer: Answer, answers: Answers) -> str:
    proposal, request = answer.proposal, answer.proposal.request
    said = {
        "owner": request.owner,
        "why": request.why,
        "readers": list(request.readers),
        "retention": request.retention,
        "source_system": request.source_system,
        "trial_until": request.trial_until.isoformat() if request.trial_until else "",
    }
    first = proposal.fields[0] if proposal.fields and proposal.new is None else None
    lines = [
        "# A verdict of `auditor propose`. Change `verdict` and `request` by hand where people decided otherwise.",
        f"version: {VERSION}",
        f"day: {_quoted(answers.as_of.isoformat())}",
        f"verdict: {answer.verdict}",
        f"object: {_quoted(proposal.object)}",
        f"name: {_quoted(first.name if first else '')}",
        f"label: {_quoted(proposal.label)}",
        f"type: {_quoted((first.type or '') if first else '')}",
        f"subjects: {_quoted(list(proposal.keys))}",
        "request:",
        *(f"  {key}: {_quoted(value)}" for key, value in said.items() if value),
        *(["  {}"] if not any(said.values()) else []),
        "reasons:" if answer.reasons else "reasons: []",
        *(line for each in answer.reasons for line in _reason(each.policy, each.message)),
        f"policies: {_quoted(answers.policies_digest)}",
    ]
    return "\n".join(lines) + "\n"


def _reason(policy: str, message: str) -> Iterable[str]:
    return (f"  - policy: {_quoted(policy)}", f"    message: {_quoted(message)}")


def _quoted(value: object) -> str:
    """A value as JSON, which is YAML whatever it holds."""
    return json.dumps(value, ensure_ascii=False)
