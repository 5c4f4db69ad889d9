"""`auditor check`."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from auditor.cli.configuring import as_of_option, cache_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar
from auditor.config.finding import find_config
from auditor.errors import ConfigurationError, ExitCode
from auditor.model.checks import CheckResult
from auditor.model.findings import Severity
from auditor.report.checks import CHECK_FORMATS, check_report

_SEVERITIES = ("critical", "high", "medium", "low", "never")


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES]...")
@config_option
@as_of_option
@cache_option
@click.option("--base", default="", metavar="REV", help="check what came since the merge base of REV and the head")
@click.option(
    "--head", default="", metavar="REV", help="with --base: the revision that is checked (default: HEAD)"
)
@click.option("--range", "span", default="", metavar="A..B", help="check what B has and A has not")
@click.option("--by-commit", is_flag=True, help="with --base or --range: say which commit brought each finding")
@click.option(
    "--new-only/--all",
    "new_only",
    default=True,
    show_default=True,
    help="only what the change made worse, or also what stood before",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT=PATH",
    help="write one format to a file, or to stdout with FORMAT=-; may be repeated; without it text is printed",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="low",
    show_default=True,
    help="exit with 1 where the change made something worse at or above this severity",
)
@click.option(
    "--require-evidence", metavar="DAYS", help="exit with 4 where evidence is missing or older, for example 45d"
)
@click.option("-v", "--verbose", is_flag=True, help="also say why everything was read, where it was")
def command(
    files: Sequence[str],
    config_name: str | None,
    as_of: datetime | None,
    uncached: bool,
    base: str,
    head: str,
    span: str,
    by_commit: bool,
    new_only: bool,
    outputs: Sequence[str],
    fail_on: str,
    require_evidence: str | None,
    verbose: bool,
) -> int:
    """Say what a change makes worse: what is staged, or with --base or --range what commits bring.

    Two states of the repository are compared, never the working folder. FILES narrow what is told to what they
    define or cause. Inside pre-commit at pre-push, what is pushed is checked.
    """
    from auditor.gate.changesets import Asked
    from auditor.workspace.checking import Place, Wanted, check

    if span and (base or head):
        raise click.UsageError("--range says both ends already: leave --base and --head out")
    if span and ".." not in span:
        raise click.UsageError(f"--range {span}: write A..B")
    targets = _targets(outputs)
    days = _days(require_evidence)
    wanted = Wanted(Asked(base, head, span), tuple(files), not new_only, by_commit, days)
    path = find_config(Path.cwd(), config_name)
    if path is None:
        raise ConfigurationError(["there is no auditor.yaml here or above; `auditor init` writes one"])
    place = Place(path, lambda: load_config(config_name, uncached=uncached), not uncached)
    with progress_bar() as progress:
        result = check(place, wanted, day_of(as_of), os.environ, progress)
    if verbose and result.why_slow:
        click.echo(f"auditor: everything was read: {result.why_slow}", err=True)
    _write(result, targets)
    return _code(result, fail_on)


def _write(result: CheckResult, targets: Sequence[tuple[str, str]]) -> None:
    for form, path in targets:
        data = check_report(result, form)
        if path == "-":
            click.echo(data, nl=False)
        else:
            from auditor.cli.storing import store

            store(Path(path), data)


def _targets(outputs: Sequence[str]) -> list[tuple[str, str]]:
    targets = []
    for output in outputs:
        form, equals, path = output.partition("=")
        if not equals or not path or form not in CHECK_FORMATS:
            known = ", ".join(CHECK_FORMATS)
            raise click.UsageError(f"--output {output}: write FORMAT=PATH with one of {known}")
        targets.append((form, path))
    return targets or [("text", "-")]


def _days(text: str | None) -> int | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,5})d?", text)
    if match is None:
        raise click.UsageError(f"--require-evidence {text}: write a number of days, for example 45d")
    return int(match[1])


def _code(result: CheckResult, fail_on: str) -> int:
    if fail_on == "never":
        return ExitCode.CLEAN
    worst = Severity(fail_on).rank
    failing = any(each.finding.severity.rank <= worst for each in result.worse)
    return ExitCode.VIOLATIONS if failing else ExitCode.CLEAN
