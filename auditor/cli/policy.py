"""`auditor policy`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from auditor.cli import policytests
from auditor.cli.configuring import as_of_option, config_option, day_of, policy_config
from auditor.config.values import Config
from auditor.errors import ExitCode, NothingMatchedError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The policies in force, their proof, and the words that they may use."""


command.add_command(policytests.command)


@command.command("list")
@config_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--resolved", is_flag=True, help="every value in force with the file, line and column that it is from"
)
def list_policies(config_name: str | None, form: str, resolved: bool) -> None:
    """List the policies in force: those of auditor.yaml, or the shipped packs where there is none."""
    if resolved:
        click.echo(_resolved(policy_config(config_name), form), nl=False)
        return
    from auditor.report.policies import policies_json, policies_text
    from auditor.workspace.inputs import read_policies

    loaded = read_policies(policy_config(config_name))
    infos = [policy.info for policy in loaded.policies]
    write = policies_json if form == "json" else policies_text
    click.echo(write(infos, loaded.disabled), nl=False)


@command.command("show")
@click.argument("policy_id")
@config_option
def show_policy(policy_id: str, config_name: str | None) -> None:
    """Show one policy: what it asks, why, and what to do."""
    from auditor.policy.words import nearest
    from auditor.report.policies import policy_text
    from auditor.workspace.inputs import policy_source, read_policies

    config = policy_config(config_name)
    loaded = read_policies(config)
    found = {policy.info.id: policy.info for policy in loaded.policies}
    if policy_id not in found:
        raise NothingMatchedError(f"no policy {policy_id!r} is in force.{nearest(policy_id, found)}")
    click.echo(policy_text(found[policy_id], policy_source(config, policy_id)), nl=False)


@command.command("vocab")
@click.argument("words", nargs=-1, metavar="[WORD]...")
def vocabulary(words: Sequence[str]) -> None:
    """Print the facts and relations that policies may speak of; only those whose name holds a WORD."""
    from auditor.facts.catalogue import vocabulary as known
    from auditor.report.policies import vocabulary_text

    text = vocabulary_text(known(), words)
    if not text:
        raise NothingMatchedError(f"no fact or relation has a name that holds {' or '.join(words)}")
    click.echo(text, nl=False)


@command.command("schema")
@click.option("--fixtures", is_flag=True, help="that of fixtures (NAME.test.yaml)")
def schema(fixtures: bool) -> None:
    """Print the JSON Schema of policy documents, for editors (`# yaml-language-server: $schema=…`)."""
    from auditor.facts.catalogue import vocabulary as known
    from auditor.policy.schema import policy_schema_json
    from auditor.policy.testing.schema import fixtures_schema_json

    click.echo(fixtures_schema_json(known()) if fixtures else policy_schema_json(known()), nl=False)


@command.command("lint")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@config_option
@as_of_option
def lint(documents: Sequence[str], config_name: str | None, as_of: datetime | None) -> int:
    """Find what compiles and cannot be meant: contradictions, idle branches, words nobody uses, missing tests.

    DOCUMENT is a pack (pack:scope) or a file; without any, all that are in force. Exits with 1 where something is
    found, and with 2 where a policy does not compile.
    """
    from auditor.report.terminal import printable
    from auditor.workspace.proofs import linted

    notes = linted(policy_config(config_name), documents, day_of(as_of))
    for note in notes:
        click.echo(printable(note))
    return ExitCode.VIOLATIONS if notes else ExitCode.CLEAN


def _resolved(config: Config, form: str) -> str:
    from auditor.policy.resolving import resolved_json, resolved_text
    from auditor.report.terminal import printable
    from auditor.workspace.proofs import resolved_values

    rows = resolved_values(config)
    if form == "json":
        return resolved_json(rows)
    return "".join(f"{printable(line)}\n" for line in resolved_text(rows))
