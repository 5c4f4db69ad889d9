"""`auditor evidence list` and `forget`: the history of a configuration, and how far it proves silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from auditor.config.values import Config
from auditor.model.accumulation import Addition, Standing
from auditor.policy.literals import span_of
from auditor.policy.syntax import Span
from auditor.usage.standings import standings
from auditor.workspace.inputs import read_policies
from auditor.workspace.keeping import history_file

PARAMETER = "unused_after"
"""The parameter of policies that says for how long silence must be proven."""
_USUAL = Span(days=90)


def remembered(config: Config, as_of: date) -> tuple[tuple[Addition, ...], tuple[Standing, ...]]:
    """Every addition, and what is covered of each log against the span that the policies in force demand.

    Raises:
        HistoryError: the history cannot be read.
        ConfigurationError: the policies are wrong.
    """
    found = additions_of(config)
    return found, standings(found, _needed(config, as_of), as_of) if found else ()


def additions_of(config: Config) -> tuple[Addition, ...]:
    """Every addition, in the order in which they were made; without a history none, and nothing is made.

    Raises:
        HistoryError: the history cannot be read.
    """
    path = history_file(config.folder)
    if not path.exists():
        return ()
    from auditor.history.additions import additions

    return additions(path)


def forgotten(config: Config, chosen: Callable[[Addition], bool]) -> tuple[Addition, ...]:
    """Forget additions as if they had never been made; gives them.

    Raises:
        HistoryError: the history cannot be written.
    """
    path = history_file(config.folder)
    if not path.exists():
        return ()
    from auditor.history.additions import forget

    return forget(path, chosen)


def _needed(config: Config, as_of: date) -> int:
    params = dict(read_policies(config).params)
    span = span_of(params[PARAMETER]) if PARAMETER in params else _USUAL
    start = span.before(as_of) if isinstance(span, Span) else span
    return max((as_of - start).days, 0)
