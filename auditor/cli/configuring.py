"""What verbs that need a configuration share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditor.config.finding import find_config
from auditor.errors import ConfigurationError

if TYPE_CHECKING:
    from auditor.config.values import Config

_F = TypeVar("_F", bound=Callable[..., Any])


def config_option(function: _F) -> _F:
    """`--config`."""
    return click.option(
        "--config",
        "config_name",
        metavar="FILE",
        help="another auditor.yaml than the nearest upward (or its folder)",
    )(function)


def as_of_option(function: _F) -> _F:
    """`--as-of`."""
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        help="judge as of this day (default: today, UTC); the same inputs and day give the same bytes",
    )(function)


def cache_option(function: _F) -> _F:
    """`--no-cache`."""
    return click.option(
        "--no-cache",
        "uncached",
        is_flag=True,
        help="parse every file anew: nothing is taken from the cache of parsed files, and nothing kept in it",
    )(function)


def day_of(as_of: datetime | None) -> date:
    """The day that was asked for, or today in UTC."""
    return (as_of or datetime.now(UTC)).date()


def load_config(config_name: str | None, *, uncached: bool = False) -> Config:
    """The configuration that was named, or the nearest upward from here; `uncached` as `--no-cache` asks.

    Raises:
        ConfigurationError: there is none, or it is wrong.
    """
    found = find_config(Path.cwd(), config_name)
    if found is None:
        raise ConfigurationError(["there is no auditor.yaml here or above; `auditor init` writes one"])
    from auditor.config.reading import read_config
    from auditor.dataclasses import replace
    from auditor.usage.registry import BY_ID

    return replace(read_config(found, BY_ID), cached=not uncached)


def policy_config(config_name: str | None) -> Config:
    """The configuration; without one, the shipped packs are what is in force."""
    from auditor.config.reading import DEFAULT_POLICIES
    from auditor.config.values import Config

    if find_config(Path.cwd(), config_name) is None:
        return Config(Path("auditor.yaml"), Path.cwd(), "", (), policies=DEFAULT_POLICIES)
    return load_config(config_name)
