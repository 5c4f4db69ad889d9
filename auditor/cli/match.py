"""`auditor match`."""

from __future__ import annotations

import click

from auditor.cli.configuring import cache_option, config_option, load_config
from auditor.cli.progress import progress_bar
from auditor.errors import ExitCode


@click.command()
@config_option
@cache_option
@click.option("--objects", is_flag=True, help="pairs of objects instead of pairs of fields")
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="the score from which a pair of fields is shown",
)
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
def command(config_name: str | None, uncached: bool, objects: bool, least: float, form: str) -> int:
    """Which objects and fields of the CRM repeat the ERP, best first, and why.

    The systems are those of auditor.yaml; integration maps that it declares (`maps:`) tell what is kept in step.
    Exit code 5: nothing repeats anything, or there is no ERP to compare with.
    """
    from auditor.report import matches as rendering
    from auditor.workspace.matching import find_matches

    config = load_config(config_name, uncached=uncached)
    with progress_bar() as progress:
        found = find_matches(config, progress, least)
    if form == "json":
        text = rendering.matches_json(found)
    elif form == "csv":
        text = rendering.matches_csv(found, objects)
    else:
        text = rendering.matches_text(found, objects)
    click.echo(text, nl=False)
    return ExitCode.CLEAN if found.objects or found.fields else ExitCode.NOTHING_MATCHED
