"""`auditor policy test`: whether the policies say of known subjects what they should."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from auditor.cli.configuring import as_of_option, config_option, day_of, load_config, policy_config
from auditor.config.values import Config
from auditor.errors import ExitCode, NothingMatchedError


@click.command("test")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@config_option
@click.option("--policy", "policy_ids", multiple=True, metavar="ID", help="only this policy; may be repeated")
@click.option(
    "--mutate", is_flag=True, help="change every clause in turn: one that no fixture notices is untested"
)
@click.option("--coverage", is_flag=True, help="print the cases of every policy by outcome")
@click.option("--record", metavar="SUBJECT", help="print fixtures of a real subject, as it is judged now")
@as_of_option
def command(
    documents: Sequence[str],
    config_name: str | None,
    policy_ids: Sequence[str],
    mutate: bool,
    coverage: bool,
    record: str | None,
    as_of: datetime | None,
) -> int:
    """Run the fixtures beside the policies: ours.test.yaml beside ours.yaml.

    DOCUMENT is a pack (pack:scope) or a file; without any, all that are in force. Exits with 1 where an
    expectation is not met, a finding was not expected, or (with --mutate) a clause is untested.
    """
    if record is not None:
        click.echo(_recorded(load_config(config_name), record, policy_ids, as_of), nl=False)
        return ExitCode.CLEAN
    return _run(policy_config(config_name), documents, policy_ids, mutate, coverage)


def _run(config: Config, documents: Sequence[str], policy_ids: Sequence[str], mutate: bool, coverage: bool) -> int:
    from auditor.policy.testing.packs import prove_all
    from auditor.policy.testing.reporting import coverage as covered
    from auditor.policy.testing.reporting import failures, summary, survivors
    from auditor.report.terminal import printable
    from auditor.workspace.proofs import tested_documents

    tested = tested_documents(config, documents, policy_ids)
    if not any(each.runs for each in tested):
        raise NothingMatchedError("no fixtures were found; write NAME.test.yaml beside NAME.yaml")
    bad = [line for each in tested for line in failures(each)]
    proofs = [proof for each in tested for proof in prove_all(each)] if mutate and not bad else None
    bad += survivors(proofs or ())
    untested = [f"{policy.info.id} has no test" for each in tested for policy in each.untested]
    lines = [*bad, *untested]
    if coverage:
        lines += [line for each in tested for line in covered(each, proofs or ())]
    for line in lines:
        click.echo(printable(line))
    click.echo(summary(tested, proofs))
    return ExitCode.VIOLATIONS if bad or (mutate and untested) else ExitCode.CLEAN


def _recorded(config: Config, subject: str, policy_ids: Sequence[str], as_of: datetime | None) -> str:
    from auditor.cli.progress import progress_bar
    from auditor.workspace.proofs import recorded

    with progress_bar() as progress:
        text = recorded(config, subject, policy_ids, day_of(as_of), progress)
    if not text:
        raise NothingMatchedError(f"no policy speaks of {subject}: there is nothing to record")
    return text
