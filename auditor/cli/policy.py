"""`auditor policy`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from auditor.cli.configuring import config_option, load_config
from auditor.config.reading import DEFAULT_POLICIES, find_config, nearest
from auditor.config.values import Config
from auditor.errors import NothingMatchedError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The policies in force, and the words that they may use."""


@command.command("list")
@config_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_policies(config_name: str | None, form: str) -> None:
    """List the policies in force: those of auditor.yaml, or the shipped packs where there is none."""
    from auditor.report.policies import policies_json, policies_text
    from auditor.workspace.inputs import read_policies

    loaded = read_policies(_config(config_name))
    infos = [policy.info for policy in loaded.policies]
    write = policies_json if form == "json" else policies_text
    click.echo(write(infos, loaded.disabled), nl=False)


@command.command("show")
@click.argument("policy_id")
@config_option
def show_policy(policy_id: str, config_name: str | None) -> None:
    """Show one policy: what it asks, why, and what to do."""
    from auditor.report.policies import policy_text
    from auditor.workspace.inputs import policy_source, read_policies

    config = _config(config_name)
    loaded = read_policies(config)
    found = {policy.info.id: policy.info for policy in loaded.policies}
    if policy_id not in found:
        raise NothingMatchedError(f"no policy {policy_id!r} is in force{nearest(policy_id, found)}")
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


def _config(config_name: str | None) -> Config:
    """The configuration; without one, the shipped packs are what is in force."""
    if find_config(Path.cwd(), config_name) is None:
        return Config(Path("auditor.yaml"), Path.cwd(), "", (), policies=DEFAULT_POLICIES)
    return load_config(config_name)
