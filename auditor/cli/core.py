"""`auditor core`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import click

from auditor.cli.configuring import as_of_option, cache_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar


@click.command()
@config_option
@as_of_option
@cache_option
@click.option(
    "--keep", default="99%", show_default=True, metavar="SHARE", help="the share of all observed use to carry"
)
@click.option(
    "--only",
    "names",
    multiple=True,
    metavar="NAME",
    help="tell of this object (crm:Account, Account) or business area alone; may be repeated",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="csv has a line for each field of the core and for each that was read and is not in it",
)
def command(
    config_name: str | None, as_of: datetime | None, uncached: bool, keep: str, names: Sequence[str], form: str
) -> None:
    """Find the smallest set of fields that carries a share of all observed use: where one would start again.

    The set is closed under what its fields need: keys, inputs of formulas and roll-ups, required references. Every
    figure stands beside a proven lower bound. Exits with 4 where no read was ever observed.
    """
    from auditor.report.cores import core_csv, core_json, core_text
    from auditor.workspace.core import smallest_core_of

    share = _share(keep)
    config = load_config(config_name, uncached=uncached)
    with progress_bar() as progress:
        report = smallest_core_of(config, share, names, day_of(as_of), progress)
    write = {"text": core_text, "json": core_json, "csv": core_csv}[form]
    click.echo(write(report), nl=False)


def _share(text: str) -> float:
    """`99%`, `99.5%` or `0.99` as a share."""
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?)\s*(%?)", text.strip())
    share = float(match[1]) / (100 if match[2] else 1) if match else 0.0
    if not 0 < share <= 1:
        raise click.UsageError(f"--keep {text}: write a share above nothing and up to all, such as 99% or 0.99")
    return share
