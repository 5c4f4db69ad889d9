"""What proposals are judged by, read in: everything that an audit reads."""

from __future__ import annotations

from datetime import date

from auditor.config.values import Config
from auditor.dataclasses import dataclass
from auditor.facts.limits import load_limits
from auditor.gate.proposing import Known
from auditor.graph.build import build_graph
from auditor.graph.named import subjects_of
from auditor.judging import Inputs
from auditor.workspace.catalogs import Progress
from auditor.workspace.inputs import gather_inputs


@dataclass(frozen=True, slots=True)
class Base:
    """What is known of the company, and what every reader of an answer must know of that."""

    known: Known
    notices: tuple[str, ...] = ()


def base_of(config: Config, as_of: date, progress: Progress) -> Base:
    """Read policies, systems and evidence, as an audit does.

    Raises:
        ConfigurationError: the configuration or a policy is wrong; every problem at once.
        SourceError: a source as a whole cannot be read.
    """
    inputs = gather_inputs(config, as_of, progress)
    return Base(_known(inputs), inputs.notices)


def _known(inputs: Inputs) -> Known:
    graph = build_graph(inputs.catalogs, inputs.evidence)
    limits = load_limits() if inputs.limits is None else inputs.limits
    named = frozenset(subjects_of(inputs.evidence))
    return Known(graph, inputs.evidence, inputs.settings, limits, inputs.policies, named.__contains__)
