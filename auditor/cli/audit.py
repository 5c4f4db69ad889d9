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
from auditor.dataclasses import replace
from auditor.errors import ExitCode
from auditor.model.findings import Outcome, Severity
from auditor.model.results import AuditResult

if TYPE_CHECKING:
    from auditor.judging import Inputs
    from auditor.report.rendering import Report
    from auditor.workspace.catalogs import Progress

Earlier = tuple[Config, datetime | None]
"""The configuration of an earlier state, and the day by which it is judged."""
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
@click.option(
    "--before",
    metavar="FILE",
    help="the auditor.yaml (or its folder) of an earlier state: the report says how its score became this one",
)
@click.option(
    "--before-as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="the day by which the earlier state is judged (default: the newest day of its evidence)",
)
def command(
    config_name: str | None,
    as_of: datetime | None,
    outputs: Sequence[str],
    fail_on: str,
    require_evidence: str | None,
    uncached: bool,
    before: str | None,
    before_as_of: datetime | None,
) -> int:
    """Read the systems and their evidence, judge them by the policies, and write the report.

    Reads auditor.yaml from here or upward; source systems are only ever read.
    """
    config = load_config(config_name, uncached=uncached)
    targets = _targets(outputs)
    days = _days(require_evidence)
    earlier = None if before is None else (load_config(before, uncached=uncached), before_as_of)
    result = _audited(config, day_of(as_of), days, earlier)
    if targets:
        _write(result, targets)
    else:
        _write_all(result, config)
    return _code(result, fail_on)


def _audited(config: Config, as_of: date, days: int | None, earlier: Earlier | None) -> AuditResult:
    from auditor.auditing import audit
    from auditor.judging import facts_for
    from auditor.workspace.ground_keeping import begin_ground, keep_audited
    from auditor.workspace.inputs import gather_inputs
    from auditor.workspace.inputs import require_evidence as require
    from auditor.workspace.law import keep_law_of
    from auditor.workspace.reconciling_audited import audited_divergence

    with progress_bar() as progress:
        keep_law_of(config)  # at once: what it stands for is what was just read
        begun = begin_ground(config)
        inputs = gather_inputs(config, as_of, progress, begun.rows)
        if days is not None:
            require(inputs.evidence, days, as_of)
        facts = facts_for(inputs)
        result = audit(inputs, partial(progress, "judging"), facts)
        result = replace(result, divergence=audited_divergence(config, inputs.catalogs, progress))
        progress("keeping it for checks", 0, 0)
        keep_audited(begun, inputs, facts)
        return result if earlier is None else _compared(result, inputs, earlier, progress)


def _compared(result: AuditResult, inputs: Inputs, earlier: Earlier, progress: Progress) -> AuditResult:
    """The result with what moved its score since an earlier state."""
    from auditor.workspace.comparing import earlier_inputs, score_change

    config, day = earlier
    before = earlier_inputs(config, None if day is None else day.date(), result.as_of, progress)
    change = None if result.score is None else score_change(before, inputs, result.score)
    if change is not None:
        return replace(result, score_change=change)
    unscored = "this state" if result.score is None else f"the earlier state ({config.path})"
    notice = f"the change of the score is not known: {unscored} has no charter, so that it has no score"
    return replace(result, notices=(*result.notices, notice))


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
