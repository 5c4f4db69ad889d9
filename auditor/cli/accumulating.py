"""`auditor evidence add`, `list` and `forget`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.configuring import as_of_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar
from auditor.errors import ExitCode, NothingMatchedError
from auditor.model.catalogue import Skipped
from auditor.report.terminal import printable

if TYPE_CHECKING:
    from auditor.model.accumulation import Addition
    from auditor.workspace.accumulating import Outcome

_DAY = click.DateTime(["%Y-%m-%d"])
_TOLD = 20
"""Lines of what was skipped that are printed one by one."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...", type=click.Path(path_type=Path))
@config_option
@as_of_option
@click.option("--kind", metavar="KIND", help="what kind of evidence the files are; without it, by their columns")
@click.option("--system", metavar="NAME", help="of which system (default: the one CRM)")
@click.option("--source", metavar="ID", help="read them as this source of auditor.yaml: kind, columns and options")
@click.option("--id", "name", metavar="NAME", help="the addition's name (default: kind and newest day)")
@click.option("--from", "start", type=_DAY, help="first day that the log covers wholly")
@click.option("--to", "end", type=_DAY, help="last day that the log covers wholly")
@click.option("--exported", type=_DAY, help="the day on which the files were exported")
def add(
    paths: Sequence[Path],
    config_name: str | None,
    as_of: datetime | None,
    kind: str | None,
    system: str | None,
    source: str | None,
    name: str | None,
    start: datetime | None,
    end: datetime | None,
    exported: datetime | None,
) -> int:
    """Keep what logs tell, so that exports of thirty days add up to ninety and more.

    Kept are counts by field and day, never rows and never users. Adding the same files again changes nothing.
    Days that a log covers only in part prove no silence: state --from and --to, or let exports overlap.
    """
    from auditor.workspace.accumulating import Wish, add_evidence

    if start and end and start > end:
        raise click.UsageError(f"--from {start:%Y-%m-%d} lies after --to {end:%Y-%m-%d}")
    _check_kind(kind)
    days = (each.date() if each else None for each in (start, end, exported))
    wish = Wish(tuple(paths), kind or "", system or "", source or "", name or "", *days)
    config = load_config(config_name)
    with progress_bar() as progress:
        outcomes = add_evidence(config, wish, day_of(as_of), progress)
    code = _tell(outcomes)
    if not (start and end) and any(each.addition and each.addition.windows for each in outcomes):
        _complain("--from and --to were not stated: days at the ends, and between files, prove no silence")
    return code


def _check_kind(kind: str | None) -> None:
    from auditor.usage.registry import BY_ID

    if kind is not None and kind not in BY_ID:
        raise NothingMatchedError(f"{kind!r} is no kind of evidence; known are {', '.join(sorted(BY_ID))}")


def _tell(outcomes: Iterable[Outcome]) -> int:
    from auditor.report.accumulation import addition_words

    done = False
    for each in outcomes:
        if each.addition is not None:
            _say(f"added {addition_words(each.addition)}")
        elif each.held is not None:
            _say(f"{each.kind}: in the history already as {each.held.name}, so nothing was added")
        elif each.objection:
            _complain(f"{each.kind} does not accumulate: {each.objection}")
        done = done or each.addition is not None or each.held is not None
        _skipped(each.skipped)
    return ExitCode.CLEAN if done else ExitCode.MISUSE


def _skipped(lines: Sequence[Skipped]) -> None:
    for each in lines[:_TOLD]:
        place = each.path if each.line is None else f"{each.path}:{each.line}"
        _complain(f"skipped {place}: {each.reason}")
    if len(lines) > _TOLD:
        _complain(f"skipped {len(lines) - _TOLD} more")


@click.command("list")
@config_option
@as_of_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_(config_name: str | None, as_of: datetime | None, form: str) -> None:
    """Show what was added, what is covered by it and where gaps are, and what to add by when."""
    from auditor.report.accumulation import accumulation_json, accumulation_text
    from auditor.workspace.remembered import remembered

    day = day_of(as_of)
    additions, standings = remembered(load_config(config_name), day)
    text = accumulation_json(additions, standings)
    click.echo(text if form == "json" else accumulation_text(additions, standings, day), nl=False)


@click.command()
@click.argument("names", nargs=-1, metavar="[ID]...")
@config_option
@click.option("--kind", metavar="KIND", help="forget every addition of this kind")
@click.option("--before", type=_DAY, help="forget every addition whose newest day lies before this one")
@click.option("--all", "everything", is_flag=True, help="forget everything that accumulated")
@click.option("--yes", is_flag=True, help="do not ask")
def forget(
    names: Sequence[str],
    config_name: str | None,
    kind: str | None,
    before: datetime | None,
    everything: bool,
    yes: bool,
) -> int:
    """Remove additions as if they had never been made. Several conditions must all hold."""
    from auditor.workspace.remembered import additions_of, forgotten

    if everything == bool(names or kind or before):
        raise click.UsageError("name additions, or give --kind or --before, or --all alone")
    config = load_config(config_name)
    chosen = _choice(names, kind, before.date() if before else None)
    additions = additions_of(config)
    unknown = sorted(set(names) - {each.name for each in additions})
    matching = [each for each in additions if chosen(each)]
    if unknown or not matching:
        held = ", ".join(each.name for each in additions) or "none"
        raise NothingMatchedError(f"no addition is {', '.join(unknown) or 'meant by that'}; there are: {held}")
    for each in matching:
        _say(f"  {each.name}")
    if not yes and not click.confirm(f"Forget {len(matching)} of {len(additions)} additions?"):
        _say("nothing was forgotten")
        return ExitCode.CLEAN
    meant = {each.name for each in matching}
    gone = forgotten(config, lambda each: each.name in meant)
    _say(f"forgot {len(gone)} additions")
    return ExitCode.CLEAN


def _choice(names: Sequence[str], kind: str | None, before: date | None) -> Callable[[Addition], bool]:
    def chosen(each: Addition) -> bool:
        named = not names or each.name in names
        old = before is None or (each.last is not None and each.last < before)
        return named and old and kind in (None, each.kind)

    return chosen


def _say(text: str) -> None:
    click.echo(printable(text))


def _complain(text: str) -> None:
    click.echo(f"auditor: {printable(text)}", err=True)
