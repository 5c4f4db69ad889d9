"""The composition root of a roll-back plan: a configuration and a selection in, the plan and its papers out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from auditor.auditing import planned
from auditor.config.values import Config
from auditor.dataclasses import dataclass, field
from auditor.errors import NothingMatchedError
from auditor.graph.summary import summarise
from auditor.judging import facts_for, judge
from auditor.model.rollback import RollbackPlan, Wave, WaveKind
from auditor.planning.ddl import ddl_files
from auditor.planning.definitions import definition_files
from auditor.planning.exporting import export_files
from auditor.planning.filenames import FileNames
from auditor.planning.ground import Ground
from auditor.planning.selecting import Selection
from auditor.report.discretion import discreet_plan
from auditor.report.machine import json_text, plan_document
from auditor.report.naming import Names, names_for
from auditor.report.plan_papers import letters, plan_markdown, plan_text, proof_markdown, steps_markdown
from auditor.workspace.catalogs import Progress
from auditor.workspace.inputs import gather_inputs
from auditor.workspace.trying import Trial

FORMATS = ("text", "markdown", "json")


@dataclass(frozen=True, slots=True)
class Handed:
    """A plan and every file that is handed over with it, by path within its folder; some are scripts."""

    plan: RollbackPlan
    names: Names
    files: Mapping[str, bytes] = field(default_factory=dict)
    executable: frozenset[str] = frozenset()

    def render(self, form: str) -> str:
        """The plan as one of `FORMATS`."""
        if form == "json":
            return json_text(plan_document(self.plan))
        return plan_markdown(self.plan, self.names) if form == "markdown" else plan_text(self.plan, self.names)


def roll_back(config: Config, as_of: date, selection: Selection, progress: Progress) -> Handed:
    """Read, judge, plan, carry out on a copy, and put everything that is handed over together.

    Raises:
        NothingMatchedError: a subject was named that nothing bears, or nothing was found of what was asked for.
        ConfigurationError: the configuration, a policy or a waiver is wrong.
        SourceError: a source as a whole cannot be read.
    """
    inputs = gather_inputs(config, as_of, progress)
    facts = facts_for(inputs)
    unknown = [name for name in selection.named if name not in facts.graph]
    if unknown:
        raise NothingMatchedError(
            f"nothing that was read is named {', '.join(unknown)}; names are printed as in crm:Account.Region__c"
        )
    evaluation = judge(inputs, facts, partial(progress, "judging")).evaluation
    trial = Trial(config, progress)
    plan = discreet_plan(planned(inputs, facts, evaluation, selection, trial.carry_out))
    if (
        selection != Selection(review=selection.review, most=selection.most)
        and not plan.items
        and not plan.refused
    ):
        raise NothingMatchedError(f"no candidate fits {selection.words}")
    names = names_for(summarise(facts.graph, inputs.catalogs))
    files = {**_papers(plan, names), **dict(_of_systems(Ground(facts), plan)), **trial.files}
    scripts = frozenset(path for path in files if path.endswith(".sh"))
    return Handed(plan, names, dict(sorted(files.items())), scripts)


def _papers(plan: RollbackPlan, names: Names) -> dict[str, bytes]:
    told = {"PLAN.md": plan_markdown(plan, names), "plan.json": json_text(plan_document(plan))}
    if plan.proofs:
        told["PROOF.md"] = proof_markdown(plan)
    for wave in plan.waves:
        told[f"{folder_of(wave)}/STEPS.md"] = steps_markdown(wave, names)
    if plan.items:
        owners = FileNames()
        for owner, letter in letters(plan, names).items():
            told[f"1-announce/letters/{owners.of(owner or 'nobody-declared')}.md"] = letter
    return {path: text.encode("utf-8", "backslashreplace") for path, text in told.items()}


def folder_of(wave: Wave) -> str:
    """The folder of a wave: `3-export`."""
    return _folder(wave.kind)


def _folder(kind: WaveKind) -> str:
    return f"{kind.number}-{kind}"


def _of_systems(ground: Ground, plan: RollbackPlan) -> Iterable[tuple[str, bytes]]:
    """Exports and statements of each system, under its name."""
    for removal in plan.removals:
        for name, data in export_files(ground, removal).items():
            yield f"{removal.system}/{_folder(WaveKind.EXPORT)}/{name}", data
        for name, data in definition_files(ground, removal).items():
            yield f"{removal.system}/undo/{name}", data
        for name, data in ddl_files(ground, removal).items():
            place = "undo" if name.startswith("undo") else _folder(WaveKind.DELETE)
            yield f"{removal.system}/{place}/{name}", data
