"""`auditor audit`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.configuring import as_of_option, cache_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar
from auditor.cli.storing import store
from auditor.config.values import Config
from auditor.errors import ExitCode
from auditor.model.findings import Outcome, Severity
from auditor.model.results import AuditResult

if TYPE_CHECKING:
    from auditor.report.rendering import Report
    from auditor.workspace.catalogs import Progress

_GATED = frozenset({"", "new", "worse"})
"""What the exit code speaks of: everything without a baseline, beside one only what it does not hold."""
_SEVERITIES = ("critical", "high", "medium", "low", "never")


@click.command()
@config_option
@as_of_option
@cache_option
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT=PATH",
    help="write one format to a file, or to stdout with FORMAT=-; may be repeated; without it a report of every "
    "format is written to the output folder of auditor.yaml",
)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    default="never",
    show_default=True,
    help="exit with 1 where a violation is at or above this severity; beside a baseline only a new or worse one",
)
@click.option(
    "--require-evidence", metavar="DAYS", help="exit with 4 where evidence is missing or older, for example 45d"
)
def command(
    config_name: str | None,
    as_of: datetime | None,
    outputs: Sequence[str],
    fail_on: str,
    require_evidence: str | None,
    uncached: bool,
) -> int:
    """Read the systems and their evidence, judge them by the policies, and write the report.

    Reads auditor.yaml from here or upward; source systems are only ever read.
    """
    config = load_config(config_name, uncached=uncached)
    targets = _targets(outputs)
    days = _days(require_evidence)
    result = _audited(config, day_of(as_of), days)
    if targets:
        _write(result, targets)
    else:
        _write_all(result, config)
    return _code(result, fail_on)


def _audited(config: Config, as_of: date, days: int | None) -> AuditResult:
    from auditor.auditing import audit
    from auditor.workspace.inputs import gather_inputs
    from auditor.workspace.inputs import require_evidence as require

    with progress_bar() as progress:
        inputs = gather_inputs(config, as_of, progress)
        if days is not None:
            require(inputs.evidence, days, as_of)
        return audit(inputs, partial(progress, "judging"))


def _targets(outputs: Sequence[str]) -> list[tuple[str, str]]:
    from auditor.report.rendering import FORMATS

    targets = []
    for output in outputs:
        form, equals, path = output.partition("=")
        if not equals or not path or form not in FORMATS:
            raise click.UsageError(
                f"--output {output}: write FORMAT=PATH with one of {', '.join(sorted(FORMATS))}"
            )
        targets.append((form, path))
    return targets


def _days(text: str | None) -> int | None:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,5})d?", text)
    if match is None:
        raise click.UsageError(f"--require-evidence {text}: write a number of days, for example 45d")
    return int(match[1])


def _write(result: AuditResult, targets: Sequence[tuple[str, str]]) -> None:
    from auditor.report.rendering import Report

    report = Report(result)
    printed: list[bytes] = []
    with progress_bar() as progress:
        for done, (form, path) in enumerate(targets):
            data = _rendered(report, form, progress, (done, len(targets)))
            if path == "-":
                printed.append(data)
            else:
                store(Path(path), data)
    for data in printed:
        click.echo(data, nl=False)


def _rendered(report: Report, form: str, progress: Progress, so_far: tuple[int, int]) -> bytes:
    progress(f"writing {form}", *so_far)
    return report.render(form)


def _write_all(result: AuditResult, config: Config) -> None:
    from auditor.report.rendering import Report, available_formats, file_name

    folder = config.folder / config.output
    report, forms = Report(result), available_formats()
    with progress_bar() as progress:
        for done, form in enumerate(forms):
            store(folder / file_name(form), _rendered(report, form, progress, (done, len(forms))))
    click.echo(report.render("text"), nl=False)
    click.echo(f"report: {folder / file_name('html')}")


def _code(result: AuditResult, fail_on: str) -> int:
    if fail_on == "never":
        return ExitCode.CLEAN
    worst = Severity(fail_on).rank
    failing = any(
        f.outcome is Outcome.VIOLATION and f.severity.rank <= worst and f.baseline in _GATED
        for f in result.findings
    )
    return ExitCode.VIOLATIONS if failing else ExitCode.CLEAN
