"""An architecture decision record of an answer, in Markdown: for whoever reads it in a year."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.proposals import Alternative, Answer, Answers, Verdict, Way
from auditor.report.markdown import escaped
from auditor.report.naming import Names
from auditor.report.proposals import (
    grouped,
    known_text,
    later_text,
    names_of,
    recalled_text,
    room_text,
    title_of,
    ways_of,
)

_STATUS = {
    Verdict.ACCEPT: "accepted",
    Verdict.REVISE: "to be revised",
    Verdict.REJECT: "rejected",
    Verdict.UNKNOWN: "undecided",
}


def proposals_markdown(answers: Answers) -> str:
    """One record for each proposal, with everything that the answer rests on."""
    names = names_of(answers)
    blocks = [block for each in answers.answers for block in _record(each, answers, names)]
    return "\n\n".join(blocks) + "\n"


def _record(answer: Answer, answers: Answers, names: Names) -> Iterator[str]:
    request = answer.proposal.request
    yield f"# {escaped(title_of(answer, names))}"
    until = f", on trial until {request.trial_until}" if request.trial_until else ""
    yield f"Status: **{_STATUS[answer.verdict]}**{until} · {answers.as_of.isoformat()} · by `auditor propose`"
    yield "## What was asked for"
    yield "\n".join(_asked(answer, names))
    yield "## Decision"
    yield _decision(answer, names)
    if answer.reasons:
        yield "## Why"
        yield "\n".join(_reasons(answer, names))
    better, forms = ways_of(answer)
    if better or forms:
        yield "## Instead"
        told = [f"- {_code(names.short(way.subject))}: {_way(way, names)}" for way in better]
        yield "\n".join([*told, *(f"- {escaped(names.within(way.text))}" for way in forms)])
    yield "## What it leaves"
    yield "\n".join(_left(answer, names))
    yield f"Judged by the policies of digest `{answers.policies_digest[:12]}`. Evidence is as of the day above."


def _asked(answer: Answer, names: Names) -> Iterator[str]:
    proposal, request = answer.proposal, answer.proposal.request
    rows = [
        ("Object", proposal.object),
        ("Label", proposal.label),
        ("Name", names.last(proposal.subject)),
        ("Type", (proposal.fields[0].type or "") if proposal.fields and proposal.new is None else "new object"),
        ("Description", _description(answer)),
        ("Owner", request.owner),
        ("Decision that it serves", request.why),
        ("Readers", ", ".join(request.readers)),
        ("Values born in", request.source_system),
        ("Kept", request.retention),
    ]
    yield "| | |"
    yield "|---|---|"
    for name, value in rows:
        yield f"| {name} | {escaped(value) if value else '*not said*'} |"
    if proposal.new is not None:
        for each in proposal.fields:
            yield f"| Field | {escaped(f'{each.label or each.name} ({each.type})')} |"


def _description(answer: Answer) -> str:
    proposal = answer.proposal
    if proposal.new is not None:
        return proposal.new.description or ""
    return (proposal.fields[0].description or "") if proposal.fields else ""


def _decision(answer: Answer, names: Names) -> str:
    better, _ = ways_of(answer)
    match answer.verdict:
        case Verdict.ACCEPT:
            return "It may be built: no policy in force speaks against it."
        case Verdict.UNKNOWN:
            return "What was read cannot tell: " + "; ".join(escaped(each) for each in answer.open)
        case Verdict.REVISE:
            return "It may be built once what stands under *Why* has been put right."
        case Verdict.REJECT if better:
            return f"It is not built; {_code(names.short(better[0].subject))} does it."
        case _:
            return "It is not built."


def _reasons(answer: Answer, names: Names) -> Iterator[str]:
    for policy, reasons in grouped(answer.reasons):
        first = reasons[0]
        heading = f"**{escaped(first.title)}** ({_code(policy)}, {first.severity})"
        yield f"- {heading}: {escaped(names.within(first.message))}. {escaped(first.why)}"
        if len(reasons) > 1:
            yield f"  Of {', '.join(_code(names.short(each.subject)) for each in reasons)}."
        for datum in first.evidence:
            source = f", from {escaped(datum.source)}" if datum.source else ""
            about = f" of {_code(names.short(datum.subject))}" if datum.subject else ""
            yield f"  - {_code(datum.fact)}{about}: {escaped(datum.value)}{source}"
        for way in first.alternatives:
            if way.way is Way.STEP:
                yield f"  - to do: {escaped(way.text)}"


def _way(way: Alternative, names: Names) -> str:
    known = known_text(way.facts)
    return escaped(names.within(way.text)) + (f" ({escaped(known)})" if known else "")


def _left(answer: Answer, names: Names) -> Iterator[str]:
    for room in answer.rooms:
        yield f"- {escaped(room_text(room, names))}"
    for each in answer.recalled:
        yield f"- {escaped(recalled_text(each))}"
    for line in answer.open:
        yield f"- open: {escaped(line)}"
    if answer.later:
        policies = ", ".join(_code(each) for each in answer.later)
        yield f"- {later_text(answer)}: {policies}"
    if not (answer.rooms or answer.recalled or answer.open or answer.later):
        yield "- Nothing more is known."


def _code(text: str) -> str:
    """A name as code, whatever it holds."""
    return "`" + text.replace("`", "'").replace("\n", " ").replace("|", "/") + "`"
