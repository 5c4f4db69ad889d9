"""The roll-back plan in words: wave by wave, with the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.model.results import AuditResult
from auditor.model.rollback import Cause, Freed, Headroom, Refused, Removed, RollbackPlan, Standing, Step, Wave
from auditor.report import phrasing, plan_words
from auditor.report.naming import Names
from auditor.report.view import Block, Bullets, Column, LongTable, Paragraph, Section, Table

_PRINTED = 40
_HEADROOM = 8
"""Objects whose head-room the report shows, those that gain most."""


def plan_section(result: AuditResult, names: Names) -> Section:
    """The plan as the report has it: short; `auditor plan` writes all of it."""
    plan = result.plan
    if plan is None:
        return Section("plan", plan_words.TITLE, plan_words.NO_PLAN, ())
    more = (Paragraph(plan_words.NO_PROOF),) if plan.items and not plan.proofs else ()
    return Section("plan", plan_words.TITLE, plan_words.LEAD, (*overview(plan, names), *more))


def plan_sections(plan: RollbackPlan, names: Names) -> tuple[Section, ...]:
    """The whole plan: the overview, then every wave with each of its steps."""
    first = Section("plan", plan_words.TITLE, plan_words.LEAD, tuple(overview(plan, names)))
    return (first, *(wave_section(wave, names) for wave in plan.waves))


def overview(plan: RollbackPlan, names: Names) -> Iterable[Block]:
    """What goes, when, what it frees, what is in the way and what is kept."""
    if plan.items:
        yield Paragraph(_summary(plan))
        yield waves_table(plan)
        freed = freed_words(plan.freed, names)
        if freed:
            yield Bullets(freed, plan_words.FREES)
        yield Paragraph(plan_words.GOES)
        yield _items(plan.items, names)
    else:
        yield Paragraph(plan_words.NOTHING)
    yield from _obstacles(plan, names)
    if plan.proofs:
        yield Bullets(proof_words(plan), plan_words.PROOF)
    if plan.notices:
        yield Bullets(plan.notices, plan_words.NOTICES)


def waves_table(plan: RollbackPlan) -> Table:
    """One line a wave."""
    columns = tuple(
        Column(title)
        for title in (
            plan_words.WAVE,
            plan_words.EARLIEST,
            plan_words.WHAT_IT_WAITS_FOR,
            plan_words.STEPS,
            plan_words.WAY_BACK,
        )
    )
    rows = tuple(
        (
            f"{wave.kind.number}. {wave.title}",
            wave.earliest.isoformat(),
            wave.why,
            f"{phrasing.figure(len(wave.steps))} ({_risks(wave.steps)})",
            wave.reverse,
        )
        for wave in plan.waves
    )
    return Table(columns, rows, plan_words.WAVES)


def _risks(steps: Iterable[Step]) -> str:
    counts = Counter(step.risk for step in steps)
    return phrasing.listed(
        plan_words.RISKS_OF.format(n=counts[risk], risk=risk) for risk in ("high", "medium", "low") if counts[risk]
    )


def _summary(plan: RollbackPlan) -> str:
    proposed = sum(1 for item in plan.items if item.cause is Cause.CANDIDATE)
    counts = (
        (plan.freed.fields, plan_words.FIELDS),
        (plan.freed.objects, plan_words.OBJECTS),
        (plan.freed.components, plan_words.COMPONENTS),
    )
    return plan_words.SUMMARY.format(
        things=phrasing.listed(phrasing.counted(count, noun) for count, noun in counts if count),
        proposed=phrasing.figure(proposed),
        standing=_standings(plan.items),
        with_them=phrasing.figure(len(plan.items) - proposed),
    )


def _standings(items: Sequence[Removed]) -> str:
    dead = sum(1 for item in items if item.standing is Standing.DEAD)
    if dead == len(items):
        return plan_words.ALL_DEAD
    if not dead:
        return plan_words.NONE_DEAD
    return plan_words.SOME_DEAD.format(dead=phrasing.figure(dead), unknown=phrasing.figure(len(items) - dead))


def freed_words(freed: Freed, names: Names) -> tuple[str, ...]:
    """What a plan frees, a statement each; nothing is said of what it does not free."""
    told = []
    if freed.layouts:
        told.append(phrasing.counted(freed.layouts, plan_words.FREED_LAYOUTS))
    if freed.required_inputs:
        told.append(phrasing.counted(freed.required_inputs, plan_words.FREED_INPUTS))
    if freed.rows is None:
        told.append(plan_words.FREED_ROWS_UNKNOWN)
    elif freed.rows:
        told.append(plan_words.FREED_ROWS.format(n=phrasing.figure(freed.rows)))
    most = sorted(freed.headroom, key=lambda room: (-room.freed, room.object))[:_HEADROOM]
    return (*told, *(_room(room, names) for room in most))


def _room(room: Headroom, names: Names) -> str:
    told = plan_words.HEADROOM.format(object=names.short(room.object), freed=room.freed, before=room.before)
    if room.limit is None:
        return told
    return plan_words.OF_LIMIT.format(headroom=told, after=room.before - room.freed, limit=room.limit)


def _items(items: Iterable[Removed], names: Names) -> LongTable:
    columns = (
        Column(plan_words.ORDER, figures=True),
        Column(plan_words.NAME, breaks=True),
        Column(plan_words.STANDING, breaks=True),
        Column(plan_words.BECAUSE, breaks=True),
        Column(plan_words.OWNER),
    )
    rows = tuple(
        (
            str(item.order),
            names.short(item.subject),
            _standing(item, names),
            names.within(item.because),
            item.owner or plan_words.NO_OWNER,
        )
        for item in items
    )
    return LongTable("plan-items", columns, rows, _PRINTED, plan_words.PLAN_FILE)


def _standing(item: Removed, names: Names) -> str:
    told = plan_words.STANDINGS[item.standing]
    if not item.support:
        return told
    first = item.support[0]
    if phrasing.subject_of(first) is None:
        return f"{told}; {plan_words.OPEN_SINCE.format(why=first)}"
    return f"{told}; {plan_words.COULD_KEEP.format(what=names.short(first))}"


def _obstacles(plan: RollbackPlan, names: Names) -> Iterable[Block]:
    if plan.blockers:
        columns = tuple(
            Column(title, breaks=True)
            for title in (plan_words.NAME, plan_words.WHAT, plan_words.PLACE, plan_words.REASON)
        )
        yield Paragraph(plan_words.BLOCKERS)
        rows = tuple(
            (
                names.short(each.subject),
                names.short(each.component),
                each.path + ("" if each.line is None else f":{each.line}"),
                each.reason,
            )
            for each in plan.blockers
        )
        yield LongTable("plan-blockers", columns, rows, _PRINTED, plan_words.PLAN_FILE)
    elif plan.proofs:
        yield Paragraph(plan_words.NONE_BLOCKS)
    if plan.refused:
        yield Paragraph(plan_words.KEPT)
        yield _kept(plan.refused, names)


def _kept(refused: Iterable[Refused], names: Names) -> LongTable:
    columns = tuple(
        Column(title, breaks=True) for title in (plan_words.NAME, plan_words.BECAUSE, plan_words.CHAIN)
    )
    rows = tuple(
        (
            names.short(each.subject),
            names.within(each.because),
            plan_words.ARROW.join(names.within(link) for link in each.chain),
        )
        for each in refused
    )
    return LongTable("plan-kept", columns, rows, _PRINTED, plan_words.PLAN_FILE)


def proof_words(plan: RollbackPlan) -> tuple[str, ...]:
    """What happened on the copy, a sentence for each system."""
    return tuple(
        plan_words.PROOF_PASSED.format(
            system=proof.system, parts=phrasing.listed(part.name for part in proof.parts)
        )
        if proof.passed
        else plan_words.PROOF_FAILED.format(system=proof.system, failures="; ".join(proof.failures))
        for proof in plan.proofs
    )


def wave_section(wave: Wave, names: Names) -> Section:
    """One wave with each of its steps."""
    columns = (
        Column(plan_words.OWNER),
        Column(plan_words.WHAT, breaks=True),
        Column(plan_words.CANDIDATES, breaks=True),
        Column(plan_words.EFFORT),
        Column(plan_words.RISK, breaks=True),
        Column(plan_words.WAY_BACK, breaks=True),
    )
    rows = tuple(
        (
            step.owner or plan_words.NO_OWNER,
            names.within(step.what),
            phrasing.listed(names.short(subject) for subject in step.subjects),
            step.effort,
            f"{step.risk}: {names.within(step.risk_because)}",
            step.reverse,
        )
        for step in wave.steps
    )
    title = f"{wave.kind.number}. {wave.title}, from {wave.earliest.isoformat()}"
    return Section(f"plan-{wave.kind}", title, f"{wave.why} {wave.reverse}", (Table(columns, rows),))
