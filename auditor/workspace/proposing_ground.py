"""What proposals are judged by: what the last audit left of the tree that is checked out, else all read anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.config.values import Config
from auditor.dataclasses import dataclass, replace
from auditor.gate.proposing import Known
from auditor.judging import Inputs
from auditor.matching.saying import Sayings
from auditor.workspace.caches import RunCache, open_cache
from auditor.workspace.law import Law, Read, beside, law_of
from auditor.workspace.proposing_words import KeptWords

if TYPE_CHECKING:
    from auditor.workspace.catalogs import Progress

PACK = "pack:proposals"
_LAW = "#proposals"
"""What the law of proposals is kept under, behind the name of the configuration."""


@dataclass(frozen=True, slots=True)
class Base:
    """What is known of the company, and what every reader of an answer must know of that."""

    config: Config
    known: Known
    sayings: Callable[[], Sayings]
    """What compares two wishes by what they say."""
    notices: tuple[str, ...] = ()


@contextmanager
def base_of(
    path: Path, read_config: Callable[[], Config], as_of: date, progress: Progress, cached: bool = True
) -> Iterator[Base]:
    """What an audit left of the tree that is checked out, or else everything read anew, as an audit does.

    Raises:
        ConfigurationError: the configuration or a policy is wrong; every problem at once.
        SourceError: a source as a whole cannot be read.
    """
    with open_cache(path.parent, cached) as cache:
        if not cached:
            yield read_base(read_config(), as_of, progress)
            return
        read = _reading(path)
        law = law_of(_named(path), lambda: _named_config(read_config(), path), read, cache)
        with _kept_base(replace(law, config=replace(law.config, path=path)), as_of, read, cache) as kept:
            yield read_base(replace(law.config, path=path), as_of, progress) if kept is None else kept


def with_pack(config: Config) -> Config:
    """The configuration with the policies for proposals in force; the company's own may change them."""
    return config if PACK in config.policies else replace(config, policies=(PACK, *config.policies))


def read_base(config: Config, as_of: date, progress: Progress) -> Base:
    """Everything read anew: policies, systems and evidence."""
    from auditor.workspace.inputs import gather_inputs

    inputs = gather_inputs(with_pack(config), as_of, progress)
    return Base(config, _known(inputs), partial(_sayings, inputs), inputs.notices)


def _sayings(inputs: Inputs) -> Sayings:
    from auditor.lexicon.loading import load_lexicon
    from auditor.lexicon.reading import NameReader
    from auditor.matching.wording import load_wording

    lexicon = load_lexicon(inputs.settings.lexicon)
    return Sayings(load_wording(lexicon), NameReader(lexicon))


def _known(inputs: Inputs) -> Known:
    from auditor.facts.limits import load_limits
    from auditor.graph.build import build_graph
    from auditor.graph.named import subjects_of

    graph = build_graph(inputs.catalogs, inputs.evidence)
    limits = load_limits() if inputs.limits is None else inputs.limits
    named = frozenset(subjects_of(inputs.evidence))
    return Known(graph, inputs.evidence, inputs.settings, limits, inputs.policies, named.__contains__)


# What an audit left


@contextmanager
def _kept_base(law: Law, as_of: date, read: Read, cache: RunCache) -> Iterator[Base | None]:
    """The ground of the tree that is checked out, where an audit judged it by the same settings, until then."""
    from auditor.workspace.ground_days import record_on_day
    from auditor.workspace.ground_trees import checked_out
    from auditor.workspace.grounding import open_kept

    config = law.config
    tree, is_clean = checked_out(config, os.environ)
    if not tree:
        yield None
        return
    with open_kept(config, tree) as kept:
        if kept is None or kept.tree != tree or not kept.is_read_alike or kept.day is None or as_of < kept.day:
            yield None
            return
        inputs = law.inputs_on(as_of)
        record = None if inputs.limits is None else record_on_day(kept, inputs, cache)
        if inputs.limits is None or record is None:
            yield None
            return
        words = KeptWords(law, read, cache)
        yield Base(
            config,
            Known(
                kept.graph,
                kept.evidence,
                inputs.settings,
                inputs.limits,
                inputs.policies,
                kept.named,
                record,
                words.prepare,
            ),
            words.sayings,
            (*inputs.notices, _unread_now(kept.day), *(() if is_clean else (_NOT_COMMITTED,))),
        )


_NOT_COMMITTED = "what is changed here and not committed yet is not seen; `--no-cache` reads everything as it lies"


def _unread_now(day: date) -> str:
    return f"judged by the systems and the evidence that the audit of {day.isoformat()} read"


def _named(path: Path) -> Path:
    return path.with_name(path.name + _LAW)


def _named_config(config: Config, path: Path) -> Config:
    return replace(with_pack(config), path=_named(path))


def _reading(path: Path) -> Read:
    """Files beside the configuration, and the configuration itself under the name of its law."""
    read = beside(path)
    return lambda name: read(path.name if name == path.name + _LAW else name)
