"""`auditor init`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.errors import ConfigurationError, NothingMatchedError
from auditor.report.terminal import printable
from auditor.workspace.starting import Recognised, config_path, first_config, recognise_folder


@click.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="replace an auditor.yaml that is there")
def command(folder: Path, force: bool) -> None:
    """Recognise what lies in FOLDER and write auditor.yaml there.

    Salesforce metadata, OData $metadata, SQLite databases and exports of usage evidence are recognised by their
    names and first bytes. Nothing else is written.
    """
    target = config_path(folder)
    if target.exists() and not force:
        raise ConfigurationError([f"{target} is there already; --force replaces it"])
    from auditor.usage.registry import recognise

    found = recognise_folder(folder, recognise)
    if not (found.salesforce or found.odata or found.databases):
        raise NothingMatchedError(
            f"{folder} holds no Salesforce metadata, OData $metadata or SQLite database. Run it in the folder of "
            "your configuration repository, or write auditor.yaml by hand (docs/configuration.md)"
        )
    target.write_text(first_config(found), encoding="utf-8")
    for line in _said(found, target):
        click.echo(printable(line))


def _said(found: Recognised, target: Path) -> list[str]:
    recognised = [("Salesforce metadata", int(found.salesforce)), ("OData services", len(found.odata))]
    recognised += [("databases", len(found.databases)), ("exports of usage evidence", len(found.evidence))]
    lines = [
        f"wrote {target}",
        "recognised: " + ", ".join(f"{count} {what}" for what, count in recognised if count),
    ]
    if found.salesforce and not found.odata and not found.databases:
        lines.append("no ERP was found: name its schema under systems, so that repeated data can be seen")
    if not found.evidence:
        lines.append("no usage evidence was found: `auditor evidence plan` says what to export first")
    return [*lines, "next: read it through, then `auditor audit`"]
