"""`auditor charter`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from auditor.cli.configuring import as_of_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """What the company signed; `auditor init --charter` drafts it."""


@command.command("diff")
@click.argument("old", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@config_option
@as_of_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def diff(old: Path | None, config_name: str | None, as_of: datetime | None, form: str) -> None:
    """Which findings change by the charter that auditor.yaml names, against an OLD one (without it: against none).

    Everything else is the same on both sides. The version in git, for example:
    `git show HEAD:charter.yaml > old.yaml && auditor charter diff old.yaml`
    """
    from auditor.report.charter_text import charter_json, charter_text
    from auditor.workspace.charter_changes import charter_change

    with progress_bar() as progress:
        change = charter_change(load_config(config_name), old, day_of(as_of), progress)
    rows = [(each.state, each.before, each.after) for each in change.changes]
    if form == "json":
        click.echo(charter_json(rows, change.before, change.after), nl=False)
        return
    for line in charter_text(rows, change.before, change.after):
        click.echo(line)
