"""`auditor baseline`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.cli.configuring import as_of_option, config_option, day_of, load_config
from auditor.cli.progress import progress_bar
from auditor.dataclasses import replace
from auditor.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from auditor.config.values import Config
    from auditor.policy.baselines import Entry
    from auditor.policy.baselining import Compared, TraitsOf

USUAL = "auditor-baseline.jsonl"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """The findings that stood when gating began, so that a gate speaks of new ones only."""


@command.command()
@config_option
@as_of_option
@click.option("--force", is_flag=True, help="write it anew: everything that stands now is accepted")
def create(config_name: str | None, as_of: datetime | None, force: bool) -> None:
    """Write the violations that stand now to the baseline of auditor.yaml (by default auditor-baseline.jsonl)."""
    config = load_config(config_name)
    path = config.folder / (config.baseline or USUAL)
    if path.exists() and not force:
        told = f"{path} exists; `auditor baseline prune` takes out what is fixed, --force writes it anew"
        raise ConfigurationError([told])
    click.echo(f"{path}: {_counted(first_baseline(config, path, day_of(as_of)))}")
    if not config.baseline:
        click.echo(f"add to auditor.yaml:  baseline: {USUAL}")


def first_baseline(config: Config, path: Path, as_of: date | None = None) -> int:
    """Write everything that is violated; gives how many findings that are."""
    from auditor.policy.baselining import entries_of

    compared, traits = _compared(replace(config, baseline=""), as_of or day_of(None))
    entries = entries_of(compared.findings, traits)
    _write(path, entries)
    return len(entries)


@command.command()
@config_option
@as_of_option
def prune(config_name: str | None, as_of: datetime | None) -> None:
    """Take out what no longer stands; nothing is ever added. Measures that fell are kept at their new value."""
    from auditor.policy.baselining import pruned

    config = load_config(config_name)
    if not config.baseline:
        raise ConfigurationError(["auditor.yaml names no baseline; `auditor baseline create` writes a first one"])
    path = config.folder / config.baseline
    compared, traits = _compared(config, day_of(as_of))
    kept = pruned(compared, traits)
    _write(path, kept)
    click.echo(f"{path}: {_counted(len(kept))} kept, {len(compared.gone)} taken out")


def _compared(config: Config, as_of: date) -> tuple[Compared, TraitsOf]:
    """What stands now beside the baseline of the configuration, and how subjects are recognised."""
    from functools import partial

    from auditor.judging import facts_for, judge, traits_of
    from auditor.policy.baselining import compare
    from auditor.workspace.inputs import gather_inputs

    with progress_bar() as progress:
        inputs = gather_inputs(config, as_of, progress)
        progress("judging", 0, 0)
        facts = facts_for(inputs)
        findings = judge(inputs, facts).evaluation.findings
    traits = partial(traits_of, facts)
    compared = compare(findings, inputs.baseline or (), inputs.policies.policies, inputs.moved, traits)
    return compared, traits


def _write(path: Path, entries: Sequence[Entry]) -> None:
    from auditor.cli.storing import store
    from auditor.policy.baselines import baseline_bytes

    store(path, baseline_bytes(entries))


def _counted(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"
