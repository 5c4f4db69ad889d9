"""`auditor reconcile`."""

from __future__ import annotations

import click

from auditor.cli.configuring import cache_option, config_option, load_config
from auditor.cli.progress import progress_bar
from auditor.errors import ExitCode

_FORMATS = ("text", "json", "csv", "markdown")


@click.command()
@config_option
@cache_option
@click.option("--propose", is_flag=True, help="look for keys by which objects can be joined, and print a draft")
@click.option("--show-values", is_flag=True, help="show the values of examples; they are masked without it")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
def command(config_name: str | None, uncached: bool, propose: bool, show_values: bool, form: str) -> int:
    """Where the values of CRM and ERP diverge: by field, since when, and by how much money.

    Compares the pairs that auditor.yaml confirms under `reconcile:`; `--propose` finds them and prints a draft of
    that section. Values are read where they lie and are never kept.
    Exit code 5: no pair is confirmed, or none could be compared.
    """
    from auditor.report import divergence as rendering
    from auditor.workspace.reconciling import reconcile

    config = load_config(config_name, uncached=uncached)
    with progress_bar() as progress:
        if propose:
            from auditor.workspace.reconciling_proposals import propose_pairs

            found = propose_pairs(config, progress)
        else:
            found = reconcile(config, progress, shown=show_values)
    click.echo(rendering.RENDERERS[form](found), nl=False)
    return ExitCode.CLEAN if found.pairs or found.proposals else ExitCode.NOTHING_MATCHED
