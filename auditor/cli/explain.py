"""`auditor explain`."""

from __future__ import annotations

from datetime import datetime

import click

from auditor.cli.configuring import as_of_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar


@click.command()
@click.argument("subject")
@click.argument("policy_id", metavar="[POLICY]", required=False)
@config_option
@as_of_option
def command(subject: str, policy_id: str | None, config_name: str | None, as_of: datetime | None) -> None:
    """Why a finding is there, or why not: each clause with T, F or ?, its evidence, and what would settle it.

    SUBJECT is a name as reports print it, such as crm:Account.Region__c. Without POLICY, every policy that has
    something to say of it.
    """
    from auditor.report.terminal import printable
    from auditor.workspace.explaining import explained

    config = load_config(config_name)
    with progress_bar() as progress:
        lines = explained(config, subject, policy_id, day_of(as_of), progress)
    for line in lines:
        click.echo(printable(line))
