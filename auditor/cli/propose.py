"""`auditor propose`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.configuring import as_of_option, cache_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar
from auditor.config.finding import find_config
from auditor.errors import ExitCode

if TYPE_CHECKING:
    from auditor.model.proposals import Answers

_QUESTIONS = (
    ("object", "Object", ""),
    ("label", "Label, as people will see it", ""),
    ("type", "Type", "text"),
    ("values", "Values to choose from, parted by ;", ""),
    ("description", "What it holds, in a sentence", ""),
    ("why", "Which decision turns out otherwise by it", ""),
    ("readers", "Who or what reads it, parted by ,", ""),
    ("owner", "Who answers for it", ""),
    ("source_system", "Where its values are born (people, or a system)", "people"),
    ("retention", "How long its values are kept", ""),
)
"""Asked one after the other, only those that the command line leaves open."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@config_option
@as_of_option
@cache_option
@click.option("--object", "object_", metavar="NAME", help="the object that it is for")
@click.option("--label", metavar="TEXT", help="what people will see it called")
@click.option("--name", metavar="NAME", help="its API name; made from the label where it is left out")
@click.option("--type", "type_", metavar="TYPE", help="text, number, currency, date, checkbox, picklist, lookup …")
@click.option("--values", metavar="A;B;C", help="of a picklist")
@click.option("--description", metavar="TEXT", help="what it holds")
@click.option("--owner", metavar="WHO", help="who answers for it")
@click.option("--why", metavar="TEXT", help="the decision that it serves")
@click.option("--readers", metavar="A,B", help="who or what reads it")
@click.option("--source-system", metavar="NAME", help="where its values are born: people, or a system")
@click.option("--retention", metavar="TEXT", help="how long its values are kept")
@click.option("--trial-until", metavar="DAY", help="accept it on trial until this day; later audits ask again")
@click.option("--system", metavar="NAME", help="the CRM, where there are several")
@click.option("--template", is_flag=True, help="print an example of a proposal, and do nothing else")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)
@click.option(
    "--markdown", is_flag=True, help="the same as --format markdown: a decision record to commit beside it"
)
@click.option(
    "--record/--no-record",
    default=None,
    help="keep the verdict under decisions/ beside auditor.yaml (default: where that folder exists)",
)
def command(
    files: tuple[Path, ...],
    config_name: str | None,
    as_of: datetime | None,
    uncached: bool,
    template: bool,
    form: str,
    markdown: bool,
    record: bool | None,
    **given: str | None,
) -> int:
    """Put a proposed field or object before everything that is known: accept, revise, reject or unknown, and why.

    FILES are a .field-meta.xml, an object's folder, a YAML file (`--template` prints one) or a table with one
    row a field, as an issue tracker exports it. Without files --object and --label say what is wanted; on a
    terminal what is left open is asked for. Several proposals are judged together.

    Exit code 0: accepted. 1: to be revised or rejected. 4: what was read cannot tell.
    """
    if template:
        from auditor.workspace.proposing_forms import template as example

        click.echo(example(), nl=False)
        return ExitCode.CLEAN
    from auditor.workspace.proposing import Place, Wishes, check_wishes, propose

    path = find_config(Path.cwd(), config_name)
    if path is None:
        load_config(config_name)  # says what is missing
        return ExitCode.MISUSE
    told = _cells(given)
    wishes = Wishes(files, told if files or not _on_terminal() else _asked(told))
    check_wishes(wishes)
    with progress_bar() as progress:
        place = Place(path, lambda: load_config(config_name, uncached=uncached), not uncached)
        answers = propose(place, wishes, day_of(as_of), progress)
    click.echo(_rendered(answers, "markdown" if markdown else form), nl=False)
    _keep(path.parent, answers, record)
    return _code(answers)


def _cells(given: Mapping[str, str | None]) -> dict[str, str]:
    return {name.rstrip("_"): value for name, value in given.items() if value}


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _asked(cells: Mapping[str, str]) -> dict[str, str]:
    """Ask on the terminal for what the command line leaves open, unless it says enough for an answer."""
    if {"object", "type"} <= cells.keys() and ("label" in cells or "name" in cells):
        return dict(cells)
    told = dict(cells)
    for key, question, usual in _QUESTIONS:
        if key in told or (key == "values" and "picklist" not in told.get("type", "")):
            continue
        told[key] = click.prompt(question, default=usual, show_default=bool(usual), err=True)
    return {key: value for key, value in told.items() if value}


def _rendered(answers: Answers, form: str) -> str:
    if form == "json":
        from auditor.report.proposals import proposals_json

        return proposals_json(answers)
    if form == "markdown":
        from auditor.report.proposal_record import proposals_markdown

        return proposals_markdown(answers)
    from auditor.report.proposals import proposals_text

    return proposals_text(answers)


def _keep(folder: Path, answers: Answers, record: bool | None) -> None:
    """Keep the verdicts where that is wanted, or usual."""
    from auditor.cli.storing import store
    from auditor.workspace.proposing_decisions import FOLDER
    from auditor.workspace.proposing_memory import decisions_of

    if record is False or (record is None and not (folder / FOLDER).is_dir()):
        return
    for name, text in decisions_of(answers).items():
        store(folder / name, text.encode("utf-8", "backslashreplace"))
        click.echo(f"kept: {name}", err=True)


def _code(answers: Answers) -> int:
    from auditor.model.proposals import Verdict

    if answers.verdict is Verdict.ACCEPT:
        return ExitCode.CLEAN
    return ExitCode.EVIDENCE_MISSING if answers.verdict is Verdict.UNKNOWN else ExitCode.VIOLATIONS
