"""What `auditor propose` prints: for an architect with ten seconds, and for machines (README, "For machines")."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from auditor.model.findings import Datum
from auditor.model.proposals import Alternative, Answer, Answers, Reason, Recalled, Room, Verdict, Way
from auditor.report.naming import Names
from auditor.report.phrasing import worded
from auditor.report.terminal import printable

BETTER = (Way.FIELD, Way.OBJECT, Way.PROPOSAL, Way.ERP)
_MOST_WAYS = 4
_MOST_SHOWN, _SHORT = 3, 40
_SAYS_NOTHING = ("", "yes", "no", "none", "true", "false")
_FACTS = {
    "fill_rate": "filled in {} of rows",
    "last_read": "last read {}",
    "readable_by": "readable by {}",
    "owner": "owned by {}",
    "master_because": "{}",
}
"""How what is known of an alternative reads; a unit stands in the value."""


# For machines


def proposals_json(answers: Answers) -> str:
    """`verdict` and `reasons` as the contract has them; beside them each proposal by itself."""
    document = {
        "verdict": str(answers.verdict),
        "reasons": [_reason(each) for answer in answers.answers for each in answer.reasons],
        "proposals": [_answer(each) for each in answers.answers],
        "as_of": answers.as_of.isoformat(),
        "policies": answers.policies_digest,
        "notices": list(answers.notices),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _answer(answer: Answer) -> dict[str, object]:
    proposal = answer.proposal
    return {
        "subject": proposal.subject,
        "object": proposal.object,
        "label": proposal.label,
        "type": proposal.fields[0].type if proposal.fields and proposal.new is None else None,
        "new_object": proposal.new is not None,
        "verdict": str(answer.verdict),
        "reasons": [_reason(each) for each in answer.reasons],
        "left": [
            {"subject": each.subject, "what": each.what, "used": each.used, "most": each.most, "left": each.left}
            for each in answer.rooms
        ],
        "open": list(answer.open),
        "later": list(answer.later),
        "decided_before": [_recalled(each) for each in answer.recalled],
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "policy": reason.policy,
        "subject": reason.subject,
        "severity": str(reason.severity),
        "verdict": str(reason.verdict),
        "message": reason.message,
        "evidence": [_datum(each) for each in reason.evidence],
        "alternatives": [
            {
                "way": str(each.way),
                "subject": each.subject or None,
                "text": each.text,
                "facts": [_datum(datum) for datum in each.facts],
            }
            for each in reason.alternatives
        ],
    }


def _datum(datum: Datum) -> dict[str, str]:
    return {"fact": datum.fact, "value": datum.value, "source": datum.source, "subject": datum.subject}


def _recalled(recalled: Recalled) -> dict[str, object]:
    return {
        "path": recalled.path,
        "day": recalled.day.isoformat(),
        "verdict": str(recalled.verdict),
        "subject": recalled.subject,
        "same_request": recalled.same,
        "changed": list(recalled.changed),
        "trial_until": recalled.trial_until.isoformat() if recalled.trial_until else None,
    }


# For people


def proposals_text(answers: Answers) -> str:
    """The verdict first, then what to do instead, then why, then what else to know."""
    names = names_of(answers)
    blocks = ["".join(f"{printable(line)}\n" for line in _lines(each, names)) for each in answers.answers]
    if len(blocks) > 1:
        blocks.append(_counted(answers))
    blocks.extend(printable(f"note: {line}") + "\n" for line in answers.notices)
    return "\n".join(blocks)


def names_of(answers: Answers) -> Names:
    """Names without the system, where all proposals are for one."""
    systems = {each.proposal.system for each in answers.answers}
    return Names(next(iter(systems)) if len(systems) == 1 else "")


def _counted(answers: Answers) -> str:
    counts = [(each, sum(answer.verdict is each for answer in answers.answers)) for each in Verdict]
    return ", ".join(f"{count} {verdict}" for verdict, count in counts if count) + "\n"


def _lines(answer: Answer, names: Names) -> Iterator[str]:
    yield f"{str(answer.verdict).upper()}  {title_of(answer, names)}"
    better, steps = ways_of(answer)
    for number, way in enumerate(better[:_MOST_WAYS]):
        yield f"  {'use' if not number else 'or '}  {way_text(way, names)}"
    for way in steps:
        yield f"  how  {names.within(way.text)}"
    for line in why_lines(answer, names):
        yield f"  {line}"
    for room in answer.rooms:
        yield f"  left {room_text(room, names)}"
    for recalled in answer.recalled:
        yield f"  was  {recalled_text(recalled)}"
    for line in answer.open:
        yield f"  open {names.within(line)}"
    if answer.later and answer.verdict is not Verdict.UNKNOWN:
        yield f"  then {later_text(answer)}"


def title_of(answer: Answer, names: Names) -> str:
    """What was asked for, in one line."""
    proposal = answer.proposal
    if proposal.new is not None:
        count = len(proposal.fields)
        return f"new object {proposal.object} “{proposal.label}” with {count} field{'' if count == 1 else 's'}"
    if not proposal.fields:
        return names.short(proposal.subject)
    more = f" and {len(proposal.fields) - 1} more fields" if len(proposal.fields) > 1 else ""
    kind = proposal.fields[0].type or "of no stated type"
    return f"{names.short(proposal.subject)} “{proposal.label}” ({kind}){more}"


def ways_of(answer: Answer) -> tuple[list[Alternative], list[Alternative]]:
    """Other ways than the proposal, best first, each subject once; and in which form to take them."""
    grave = [each for each in answer.reasons if each.verdict is not Verdict.ACCEPT]
    ways = [way for reason in grave for way in reason.alternatives]
    by_subject: dict[str, Alternative] = {}
    for way in ways:
        if way.way in BETTER:
            by_subject.setdefault(way.subject, way)
    better = sorted(by_subject.values(), key=lambda way: BETTER.index(way.way))
    forms = list(dict.fromkeys(way for way in ways if way.way is Way.FORM))
    has_field = any(way.way is Way.FIELD for way in better) and answer.verdict is Verdict.REJECT
    return better, [] if has_field else forms


def way_text(way: Alternative, names: Names) -> str:
    """An alternative in one line: what it is, why, and what is known of it."""
    known = known_text(way.facts)
    return f"{names.short(way.subject)}: {names.within(way.text)}{f' ({known})' if known else ''}"


def known_text(facts: Iterable[Datum]) -> str:
    """What is known of an alternative."""
    said = (_FACTS.get(each.fact, worded(each.fact) + " {}").format(each.value) for each in facts)
    return ", ".join(text.replace("last read never", "never read") for text in said)


def why_lines(answer: Answer, names: Names) -> Iterator[str]:
    """Each policy that speaks against it once, gravest first, with its message and what to do."""
    said = []
    better, forms = ways_of(answer)
    for policy, reasons in grouped(answer.reasons):
        first = reasons[0]
        if first.verdict is Verdict.ACCEPT or first.verdict is not answer.verdict:
            said.append(policy)
            continue
        word = "why " if first.verdict is Verdict.REJECT else "fix "
        yield f"{word} {about_text(reasons, answer, names)} [{policy}]"
        step = next((way.text for way in first.alternatives if way.way is Way.STEP), "")
        if step and (first.verdict is Verdict.REVISE or not (better or forms)):
            yield f"       {step}"
    if said:
        yield f"also {', '.join(said)}"


def about_text(reasons: Sequence[Reason], answer: Answer, names: Names) -> str:
    """A reason's message, and which of its subjects it is about where that is not the proposal itself."""
    subjects = [each.subject for each in reasons]
    message = names.within(reasons[0].message) + _shown(reasons[0])
    if subjects == [answer.proposal.subject]:
        return message
    told = ", ".join(names.last(each) for each in subjects[:3]) + (" …" if len(subjects) > 3 else "")
    return f"{told}: {message}"


def _shown(reason: Reason) -> str:
    """What the reason rests on, where its message does not say it: short values alone."""
    told = [
        f"{worded(each.fact)}: {each.value}"
        for each in reason.evidence
        if not each.subject and len(each.value) <= _SHORT and each.value not in _SAYS_NOTHING
        if each.fact != "label" and each.value not in reason.message
    ]
    return f" ({', '.join(told[:_MOST_SHOWN])})" if told else ""


def grouped(reasons: Sequence[Reason]) -> list[tuple[str, list[Reason]]]:
    """Reasons by policy, in the order of the gravest of each."""
    found: dict[str, list[Reason]] = {}
    for each in reasons:
        found.setdefault(each.policy, []).append(each)
    return list(found.items())


def room_text(room: Room, names: Names) -> str:
    """How much of a budget or limit is left."""
    over = f"{-room.left} over" if room.left < 0 else f"{room.left} left"
    return f"{names.short(room.subject)}: {room.used} of {room.most} fields with it, {over} of {room.what}"


def recalled_text(recalled: Recalled) -> str:
    """An earlier answer in one line, with what changed since."""
    asked = "asked before" if recalled.same else f"nearly the same was asked before (“{recalled.label}”)"
    changed = "; ".join(recalled.changed) or "nothing that it rests on has changed"
    trial = f", on trial until {recalled.trial_until}" if recalled.trial_until else ""
    return f"{asked}: {recalled.verdict} on {recalled.day}{trial} ({recalled.path}); {changed}"


def later_text(answer: Answer) -> str:
    """What audits will ask once it is built."""
    count = len(answer.later)
    return f"{count} policies speak of use, age and fill: audits ask them once it is built"
