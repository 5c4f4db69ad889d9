"""`auditor waiver`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.configuring import as_of_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar
from auditor.cli.storing import text_of
from auditor.errors import ExitCode, NothingMatchedError

if TYPE_CHECKING:
    from auditor.config.values import Config
    from auditor.judging import Inputs
    from auditor.policy.waivers import Waiver
    from auditor.policy.waiving import Waived

USUAL = "waivers.yaml"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Accepted exceptions: who accepted what, why, and until when."""


@command.command()
@config_option
@as_of_option
@click.option("--policy", required=True, metavar="ID", help="the policy that is waived")
@click.option("--subject", default="", metavar="NAME", help="the one subject, for example crm:Account.Region__c")
@click.option("--selector", default="", metavar="PATTERN", help="or a pattern of subjects, with --max-matches")
@click.option("--max-matches", type=click.IntRange(1), help="how many findings the pattern may cover")
@click.option(
    "--category",
    type=click.Choice(["accepted", "mitigated", "false_positive", "planned_removal"]),
    default="accepted",
    show_default=True,
)
@click.option("--reason", required=True, help="why, in a sentence")
@click.option("--owner", required=True, help="who answers for it")
@click.option("--approved-by", required=True, help="who approved it: another person than the owner")
@click.option("--expires", required=True, type=click.DateTime(["%Y-%m-%d"]), help="the last day it holds")
@click.option("--ticket", default="", help="where it was discussed")
@click.option("--id", "name", default="", help="default: the next free W-001, W-002 …")
def add(config_name: str | None, as_of: datetime | None, **given: str | int | datetime | None) -> None:
    """Write a waiver into the first waiver file of auditor.yaml, keeping its comments.

    The evidence as it is judged today is recorded beside it: the waiver lapses by itself when it gets worse.
    """
    from auditor.policy.waiver_files import next_id, with_waiver
    from auditor.policy.waivers import Category, Waiver
    from auditor.workspace.inputs import read_all_waivers

    config = load_config(config_name)
    if bool(given["subject"]) == bool(given["selector"]):
        raise click.UsageError("give exactly one of --subject and --selector (with --max-matches)")
    if bool(given["selector"]) != (given["max_matches"] is not None):
        raise click.UsageError("--selector and --max-matches go together")
    most, expires = given["max_matches"], given["expires"]
    waiver = Waiver(
        id=str(given["name"]) or next_id(read_all_waivers(config)),
        policy=str(given["policy"]),
        subject=str(given["subject"] or given["selector"]),
        category=Category(str(given["category"])),
        reason=str(given["reason"]),
        owner=str(given["owner"]),
        approved_by=str(given["approved_by"]),
        approved_on=day_of(as_of),
        expires=expires.date() if isinstance(expires, datetime) else date.max,
        max_matches=most if isinstance(most, int) else None,
        ticket=str(given["ticket"]),
        evidence=_judged(config, day_of(as_of), str(given["policy"]), str(given["subject"])),
        max_days=tuple(sorted(config.waiver_days.items())),
    )
    _check_length(config, waiver)
    path = config.folder / (config.waivers[0] if config.waivers else USUAL)
    _write(path, with_waiver(text_of(path), waiver, path.name))
    click.echo(f"{path}: {waiver.id} added, until {waiver.expires}")
    if not config.waivers:
        click.echo(f"add to auditor.yaml:  waivers: {USUAL}")


@command.command("list")
@config_option
@as_of_option
def list_(config_name: str | None, as_of: datetime | None) -> None:
    """Every waiver with its last day, without judging anything."""
    from auditor.report.terminal import printable
    from auditor.workspace.inputs import read_all_waivers

    today = day_of(as_of)
    for waiver in sorted(read_all_waivers(load_config(config_name)), key=lambda each: (each.expires, each.id)):
        state = "expired on" if waiver.expires < today else "until"
        line = f"{waiver.id}  {state} {waiver.expires}  {waiver.policy}  {waiver.subject}  {waiver.category}"
        click.echo(printable(f"{line}  {waiver.owner}: {waiver.reason}"))


@command.command()
@config_option
@as_of_option
def check(config_name: str | None, as_of: datetime | None) -> int:
    """Say which waivers expired, lapsed, fit nothing or too much; exit with 1 where there are any."""
    waived = _waived(load_config(config_name), day_of(as_of))
    told = [*waived.problems, *_came_back(waived)]
    for line in (*told, *waived.warnings):
        click.echo(line)
    if not told:
        click.echo(f"{len(waived.matches)} waiver{'' if len(waived.matches) == 1 else 's'} in order")
    return ExitCode.VIOLATIONS if told else ExitCode.CLEAN


@command.command()
@config_option
@as_of_option
def lint(config_name: str | None, as_of: datetime | None) -> int:
    """Check the waiver files alone, without reading any source: for hooks.

    Says what is written wrongly, what names a policy that is not in force, and what has expired; exits with 1
    where there is any of it.
    """
    from auditor.policy.waiving import lint_waivers
    from auditor.workspace.inputs import read_all_waivers, read_policies

    config = load_config(config_name)
    waivers = read_all_waivers(config)
    told = lint_waivers(waivers, read_policies(config), day_of(as_of))
    for line in told:
        click.echo(line)
    if not told:
        click.echo(f"{len(waivers)} waiver{'' if len(waivers) == 1 else 's'} in order")
    return ExitCode.VIOLATIONS if told else ExitCode.CLEAN


@command.command()
@config_option
@as_of_option
@click.option("--expired", is_flag=True, help="take out expired ones too, whose findings came back")
def prune(config_name: str | None, as_of: datetime | None, expired: bool) -> None:
    """Take out waivers that fit no finding any more; comments of the others stay."""
    from auditor.policy.waiver_files import without_waivers

    config = load_config(config_name)
    today = day_of(as_of)
    waived = _waived(config, today)
    gone = {waiver.id for waiver, found in waived.matches if not found or (expired and waiver.expires < today)}
    for name in config.waivers:
        path = config.folder / name
        text = text_of(path)
        edited = without_waivers(text, gone, name)
        if gone and edited != text:
            _write(path, edited)
    click.echo(f"{len(gone)} taken out{': ' + ', '.join(sorted(gone)) if gone else ''}")


def _check_length(config: Config, waiver: Waiver) -> None:
    """Refuse a waiver that would run longer than the severity of its policies allows.

    Raises:
        UsageError: with the last day that is allowed.
    """
    from auditor.policy.waiving import names_policy
    from auditor.workspace.inputs import read_policies

    for policy in read_policies(config).policies:
        severity, end = policy.info.severity, waiver.until(policy.info.severity)
        if names_policy(waiver, policy.info.id, policy.aliases) and end < waiver.expires:
            raise click.UsageError(
                f"--expires {waiver.expires}: {policy.info.id} is {severity}, and auditor.yaml lets nobody waive "
                f"that for more than {dict(waiver.max_days)[severity]} days, until {end}"
            )


def _inputs(config: Config, as_of: date) -> Inputs:
    from auditor.workspace.inputs import gather_inputs

    with progress_bar() as progress:
        return gather_inputs(config, as_of, progress)


def _waived(config: Config, as_of: date) -> Waived:
    from auditor.judging import facts_for, judge

    inputs = _inputs(config, as_of)
    return judge(inputs, facts_for(inputs))


def _came_back(waived: Waived) -> list[str]:
    """Findings that name a waiver and are violations all the same: it expired or lapsed."""
    from auditor.model.findings import Outcome

    findings = waived.evaluation.findings
    return [f"{f.subject}: {f.message}" for f in findings if f.waiver and f.outcome is Outcome.VIOLATION]


def _judged(config: Config, as_of: date, policy: str, subject: str) -> str:
    """What is known today of the finding that is to be waived; a pattern records nothing.

    Raises:
        NothingMatchedError: there is no such violation, so that there is nothing to accept.
    """
    from auditor.model.findings import Outcome
    from auditor.policy.waiving import evidence_of

    if not subject:
        return ""
    for finding in _waived(config, as_of).evaluation.findings:
        if (finding.policy, finding.subject) == (policy, subject):
            if finding.outcome is not Outcome.UNKNOWN:
                return evidence_of(finding)
            raise NothingMatchedError(f"{policy} cannot be decided for {subject}: there is nothing to waive yet")
    raise NothingMatchedError(f"{policy} finds nothing against {subject}; `auditor audit` lists what it finds")


def _write(path: Path, text: str) -> None:
    from auditor.cli.storing import store

    store(path, text.encode("utf-8", "backslashreplace"))
