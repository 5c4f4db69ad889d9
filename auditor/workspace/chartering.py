"""The charter and the baseline that a configuration names: what the company said before the audit began."""

from __future__ import annotations

from pathlib import Path

from auditor.config.charter import read_charter
from auditor.config.values import Config
from auditor.dataclasses import replace
from auditor.errors import ConfigurationError
from auditor.lexicon.loading import load_lexicon
from auditor.model.charter import Charter
from auditor.policy.baselines import Entry, read_baseline


def charter_of(config: Config) -> Charter | None:
    """The charter; None where the configuration names none.

    Raises:
        ConfigurationError: it is missing or wrong; every problem at once.
    """
    if not config.charter:
        return None
    data = _bytes(config, "charter", config.charter, "`auditor init --charter` drafts one")
    return read_charter(data, config.charter, [system.name for system in config.systems])


def lexicon_of(config: Config) -> tuple[Path, ...]:
    """The company's own files of business words, once they are known to be right.

    Raises:
        ConfigurationError: one cannot be read or is wrong; every problem with its place.
    """
    paths = tuple(config.folder / name for name in config.lexicon)
    if paths:
        load_lexicon(paths)
    return paths


def chartered(config: Config, charter: Charter | None) -> Config:
    """The configuration with the channels that the charter vouches for."""
    if charter is None:
        return config
    return replace(config, complete=tuple(dict.fromkeys((*config.complete, *charter.complete))))


def baseline_of(config: Config) -> tuple[Entry, ...] | None:
    """The baseline; None where the configuration names none.

    Raises:
        ConfigurationError: it is missing, which is not the same as an empty one, or wrong; every problem at once.
    """
    if not config.baseline:
        return None
    data = _bytes(config, "baseline", config.baseline, "`auditor baseline create` writes it")
    return read_baseline(data, config.baseline)


def unsigned(charter: Charter | None) -> tuple[str, ...]:
    """A line for the report where nobody signed the charter that it judges by."""
    if charter is None or charter.signed:
        return ()
    return (
        f"{charter.path}: nobody signed this charter (signed: with by: and on:), so it is judged by as a draft",
    )


def _bytes(config: Config, what: str, name: str, remedy: str) -> bytes:
    try:
        return (config.folder / name).read_bytes()
    except OSError as error:
        told = f"{config.path.name}: {what} {name} cannot be read: {error.strerror}; {remedy}"
        raise ConfigurationError([told]) from None
