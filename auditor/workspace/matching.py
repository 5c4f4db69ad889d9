"""Puts together what matching needs: the schemas of all systems, the declared maps and the company's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from auditor.config.values import Config
from auditor.facts.base import Settings
from auditor.facts.catalogue import facts_of
from auditor.facts.compared import systems
from auditor.graph.build import build_graph
from auditor.lexicon.loading import load_lexicon
from auditor.matching.systems import match_systems
from auditor.matching.wording import Wording, load_wording
from auditor.model.catalogue import Catalog, Role
from auditor.model.matches import DeclaredPair, Matches
from auditor.model.observations import Evidence
from auditor.workspace.catalogs import Progress, read_catalogs
from auditor.workspace.maps import read_maps


def find_matches(config: Config, progress: Progress, least: float) -> Matches:
    """The duplicates of all systems of a configuration.

    Raises:
        ConfigurationError: a declared map cannot be read; every problem at once.
        SourceError: a source as a whole cannot be read.
    """
    declared = read_maps(config)
    catalogs = read_catalogs(config, progress)
    lexicon = tuple(config.folder / name for name in config.lexicon)
    return match_catalogs(catalogs, declared, wording_of_company(config), least, lexicon)


def match_catalogs(
    catalogs: Sequence[Catalog],
    declared: Sequence[DeclaredPair],
    wording: Wording,
    least: float,
    lexicon: tuple[Path, ...] = (),
) -> Matches:
    """The duplicates of systems that were read, compared as the audit compares them; no day matters to that."""
    graph = build_graph(catalogs, Evidence())
    facts = facts_of(graph, Evidence(), Settings(as_of=date.min, lexicon=lexicon))
    return match_systems(systems(facts, Role.CRM), systems(facts, Role.ERP), declared, wording, least)


def wording_of_company(config: Config) -> Wording:
    """The words that ship, and the company's own."""
    return load_wording(load_lexicon([config.folder / name for name in config.lexicon]))
