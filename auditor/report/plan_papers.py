"""The papers of a roll-back plan: the plan itself, the steps of each wave, and a letter to each owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.model.rollback import Proof, Removed, RollbackPlan, Wave, WaveKind
from auditor.report import phrasing, plan_words
from auditor.report.markdown import escaped, section_markdown
from auditor.report.naming import Names
from auditor.report.plan_section import overview, plan_sections, wave_section
from auditor.report.terminal import printable
from auditor.report.view import Block, Bullets, Column, LongTable, Paragraph, Section, Table


def plan_markdown(plan: RollbackPlan, names: Names) -> str:
    """The whole plan."""
    sections = plan_sections(plan, names)
    head = f"# {escaped(plan_words.TITLE)}\n\n{escaped(plan_words.ASKED.format(asked=plan.asked, day=plan.as_of))}"
    return "\n\n".join([head, *(section_markdown(_whole(section)) for section in sections)]) + "\n"


def _whole(section: Section) -> Section:
    """The section with every table printed to its end."""
    return Section(section.id, section.title, section.lead, tuple(_table_whole(block) for block in section.blocks))


def _table_whole(block: Block) -> Block:
    return Table(block.columns, block.rows, note=block.note) if isinstance(block, LongTable) else block


def steps_markdown(wave: Wave, names: Names) -> str:
    """The checklist of one wave."""
    return section_markdown(wave_section(wave, names)) + "\n"


def proof_markdown(plan: RollbackPlan) -> str:
    """What was tried on a copy, and what came of it."""
    parts = [f"# {escaped(plan_words.PROOF)}", escaped(plan_words.PROOF_LEAD)]
    for proof in plan.proofs:
        parts.extend(_proof(proof))
    return "\n\n".join(parts) + "\n"


def _proof(proof: Proof) -> Iterator[str]:
    outcome = plan_words.PASSED if proof.passed else plan_words.FAILED
    yield f"## {escaped(proof.system)}: {escaped(outcome)}"
    yield "\n".join(
        f"- {plan_words.MARKS[part.passed]} {escaped(part.name)}"
        + (f": {escaped(part.says)}" if part.says else "")
        for part in proof.parts
    )
    if proof.failures:
        yield "\n".join(f"- {escaped(failure)}" for failure in proof.failures)


def letters(plan: RollbackPlan, names: Names) -> Mapping[str, str]:
    """Owner → announcement, sorted; the empty owner is for whom nobody is declared."""
    owners: dict[str, list[Removed]] = {}
    for item in plan.items:
        owners.setdefault(item.owner, []).append(item)
    return {owner: _letter(owner, owners[owner], plan, names) for owner in sorted(owners)}


def _letter(owner: str, items: list[Removed], plan: RollbackPlan, names: Names) -> str:
    days = {wave.kind: wave.earliest.isoformat() for wave in plan.waves}
    columns = (Column(plan_words.NAME, breaks=True), Column(plan_words.BECAUSE, breaks=True))
    rows = tuple((names.short(item.subject), names.within(item.because)) for item in items)
    blocks: tuple[Block, ...] = (
        Paragraph(plan_words.LETTER_WHAT.format(n=phrasing.figure(len(items)))),
        Table(columns, rows),
        Bullets(
            tuple(
                plan_words.LETTER_DAYS[kind].format(day=days[kind])
                for kind in WaveKind
                if kind in days and kind in plan_words.LETTER_DAYS
            ),
            plan_words.LETTER_WHEN,
        ),
        Paragraph(plan_words.LETTER_OBJECT.format(day=days.get(WaveKind.HIDE, plan.as_of.isoformat()))),
    )
    title = plan_words.LETTER_TITLE.format(owner=owner or plan_words.LETTER_NOBODY)
    return section_markdown(Section("letter", title, plan_words.LETTER_LEAD, blocks)) + "\n"


def plan_text(plan: RollbackPlan, names: Names) -> str:
    """The plan in a terminal: waves, what is in the way, what is kept; the rest stands in the other formats."""
    return "\n".join(printable(line) for line in _lines(plan, names)) + "\n"


def _lines(plan: RollbackPlan, names: Names) -> Iterator[str]:
    yield plan_words.ASKED.format(asked=plan.asked, day=plan.as_of)
    for block in overview(plan, names):
        if isinstance(block, Paragraph):
            yield ""
            yield block.text
        elif isinstance(block, Bullets):
            yield ""
            yield block.title
            yield from (f"  {item}" for item in block.items)
        elif isinstance(block, Table | LongTable):
            yield from _table_lines(block)


def _table_lines(block: Table | LongTable) -> Iterator[str]:
    rows = block.head if isinstance(block, LongTable) else block.rows
    first = [row[0] for row in rows]
    width = min(max((len(cell) for cell in first), default=0), _FIRST)
    for row in rows:
        yield f"  {row[0]:<{width}}  {' | '.join(cell for cell in row[1:] if cell)}"
    if isinstance(block, LongTable) and len(block.rows) > len(rows):
        yield f"  {plan_words.MORE.format(n=phrasing.figure(len(block.rows) - len(rows)))}"


_FIRST = 44
"""Characters of the first column in a terminal, at most."""
