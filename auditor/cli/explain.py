"""`auditor explain`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from auditor.cli.configuring import as_of_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar

if TYPE_CHECKING:
    from auditor.workspace.explaining import Explained


@click.command()
@click.argument("subject")
@click.argument("policy_id", metavar="[POLICY]", required=False)
@config_option
@as_of_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    subject: str, policy_id: str | None, config_name: str | None, as_of: datetime | None, form: str
) -> None:
    """Why a finding is there, or why not: each clause with T, F or ?, its evidence, and what would settle it.

    SUBJECT is a name as reports print it, such as Account.Region__c or crm:Account.Region__c. Without POLICY, what
    keeps it alive, what its removal would break, and every policy that has something to say of it. Why there is no
    finding is told in the same way.
    """
    from auditor.workspace.explaining import explanation

    config = load_config(config_name)
    with progress_bar() as progress:
        explained = explanation(config, subject, policy_id, day_of(as_of), progress)
    click.echo(_json(explained) if form == "json" else _text(explained), nl=False)


def _json(explained: Explained) -> str:
    from auditor.workspace.explained_values import explained_json

    return explained_json(explained)


def _text(explained: Explained) -> str:
    from auditor.report.terminal import printable
    from auditor.workspace.explained_lines import explained_lines

    return "".join(f"{printable(line)}\n" for line in explained_lines(explained))
