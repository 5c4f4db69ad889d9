"""`auditor init`."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.errors import AuditorError, ConfigurationError, NothingMatchedError
from auditor.report.terminal import printable
from auditor.workspace.starting import Recognised, config_path, first_config, recognise_folder

CHARTER = "charter.yaml"


@click.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--force", is_flag=True, help="replace an auditor.yaml (with --charter: a charter.yaml) that is there"
)
@click.option(
    "--charter", "drafting", is_flag=True, help="draft charter.yaml beside auditor.yaml, for people to sign"
)
def command(folder: Path, force: bool, drafting: bool) -> None:
    """Recognise what lies in FOLDER and write auditor.yaml there.

    Salesforce metadata, OData $metadata, SQLite databases and exports of usage evidence are recognised by their
    names and first bytes. Nothing else is written.

    With --charter, the systems of an auditor.yaml that is there are read, and a first charter is drafted from
    them: who owns what, and budgets of fields for what there is.
    """
    target = config_path(folder)
    if drafting:
        _draft(target, force)
        return
    if target.exists() and not force:
        raise ConfigurationError([f"{target} is there already; --force replaces it"])
    from auditor.usage.registry import recognise

    found = recognise_folder(folder, recognise)
    if not (found.salesforce or found.odata or found.databases):
        raise NothingMatchedError(
            f"{folder} holds no Salesforce metadata, OData $metadata or SQLite database. Run it in the folder of "
            "your configuration repository, or write auditor.yaml by hand (docs/configuration.md)"
        )
    try:
        target.write_text(first_config(found), encoding="utf-8")
    except OSError as error:
        raise AuditorError(f"{target} cannot be written: {error.strerror}") from None
    for line in _said(found, target):
        click.echo(printable(line))


def _draft(config_file: Path, force: bool) -> None:
    """Draft the charter of a configuration."""
    from auditor.cli.configuring import load_config
    from auditor.cli.progress import progress_bar
    from auditor.cli.storing import store
    from auditor.workspace.catalogs import read_catalogs
    from auditor.workspace.drafting import draft_charter

    target = config_file.with_name(CHARTER)
    if target.exists() and not force:
        raise ConfigurationError([f"{target} is there already; --force replaces it"])
    config = load_config(str(config_file))
    with progress_bar() as progress:
        catalogs = read_catalogs(config, progress)
    store(target, draft_charter(catalogs).encode())
    click.echo(printable(f"wrote {target}"))
    if not config.charter:
        click.echo(f"next: read it through, sign it, and add to auditor.yaml:  charter: {CHARTER}")


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
