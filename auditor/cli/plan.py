"""`auditor plan`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from auditor.cli.configuring import as_of_option, cache_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar
from auditor.errors import ExitCode

_FORMATS = ("text", "markdown", "json")


@click.command()
@config_option
@as_of_option
@cache_option
@click.option(
    "--select",
    "selects",
    multiple=True,
    metavar="WHAT",
    help="only candidates that fit: policy=GLOB, pillar=NAME, subject=GLOB, object=GLOB, one of them bare, a name "
    "in full, dead (whatever nothing in use depends on) or candidates (what only a page or an unwatched way of "
    "reading could keep, too); may be repeated",
)
@click.option("--review", is_flag=True, help="open findings propose candidates, too")
@click.option(
    "--most", type=click.IntRange(min=1), default=None, help="so many candidates at most, least supported first"
)
@click.option("--out", metavar="DIR", help="write the plan and its artefacts to a folder outside of the sources")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
def command(
    config_name: str | None,
    as_of: datetime | None,
    uncached: bool,
    selects: Sequence[str],
    review: bool,
    most: int | None,
    out: str | None,
    form: str,
) -> int:
    """What could be retired, in which order, what stands in the way, and the way back; tried on a copy.

    Prints the plan; with --out everything that is handed over is written, wave by wave. Nothing is ever deployed
    or deleted by the auditor. Exit code 1: a part of the proof failed. 5: nothing fits what was selected.
    """
    from auditor.planning.selecting import read_selection
    from auditor.workspace.planning import roll_back

    config = load_config(config_name, uncached=uncached)
    selection = read_selection(selects, review=review, most=most or 0)
    target = None if out is None else Path(out)
    if target is not None:
        from auditor.cli.handing import check_place

        check_place(target, config)
    with progress_bar() as progress:
        handed = roll_back(config, day_of(as_of), selection, progress)
    click.echo(handed.render(form), nl=False)
    if target is not None:
        from auditor.cli.handing import hand_over

        hand_over(target, handed.files, handed.executable)
        click.echo(f"{len(handed.files)} files: {target}", err=True)
    proven = all(proof.passed for proof in handed.plan.proofs)
    return ExitCode.CLEAN if proven else ExitCode.VIOLATIONS
