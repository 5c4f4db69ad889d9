"""`auditor evidence`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from auditor.cli.accumulating import add, forget, list_
from auditor.cli.configuring import as_of_option, cache_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar
from auditor.errors import NothingMatchedError
from auditor.model.catalogue import Role

if TYPE_CHECKING:
    from auditor.config.values import Config
    from auditor.model.plans import PlanRow


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """What to export next, what it would settle, and what has accumulated."""


command.add_command(add)
command.add_command(list_)
command.add_command(forget)


@command.command()
@click.argument("kinds", nargs=-1, metavar="[KIND]...")
@config_option
@as_of_option
@cache_option
@click.option("--org", default="ORG", metavar="ALIAS", help="the organisation's alias in the printed commands")
@click.option("--folder", default="evidence", metavar="FOLDER", help="where the printed commands write to")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def plan(
    kinds: Sequence[str],
    config_name: str | None,
    as_of: datetime | None,
    uncached: bool,
    org: str,
    folder: str,
    form: str,
) -> None:
    """Say which exports to make, their cost in API calls, and how many unknown findings each would settle.

    With one or more KINDs, their queries and commands are printed in full.
    """
    from auditor.report.evidence_plan import plan_json, plan_text
    from auditor.usage.registry import BY_ID

    for kind in kinds:
        if kind not in BY_ID:
            raise NothingMatchedError(f"{kind!r} is no kind of evidence; known are {', '.join(sorted(BY_ID))}")
    config = load_config(config_name, uncached=uncached)
    steps, unknown = _plan(config, day_of(as_of), org, folder)
    click.echo(plan_json(steps) if form == "json" else plan_text(steps, unknown, kinds), nl=False)


def _plan(config: Config, as_of: date, org: str, folder: str) -> tuple[tuple[PlanRow, ...], int]:
    from auditor.auditing import audit
    from auditor.model.findings import Outcome
    from auditor.usage.kinds import PlanTarget
    from auditor.usage.plan import evidence_plan
    from auditor.usage.registry import KINDS
    from auditor.workspace.inputs import gather_inputs

    with progress_bar() as progress:
        inputs = gather_inputs(config, as_of, progress)
        result = audit(inputs)
    crm = next((catalog for catalog in inputs.catalogs if catalog.role is Role.CRM), None)
    if crm is None:
        raise NothingMatchedError("auditor.yaml names no CRM, so there is nothing to plan evidence for")
    unknowns = {gap.kind: gap.unknowns for gap in result.gaps}
    held = {source.format for source in inputs.evidence.sources}
    rows = evidence_plan(KINDS, PlanTarget(crm, org, folder), unknowns, held)
    return rows, sum(finding.outcome is Outcome.UNKNOWN for finding in result.findings)
