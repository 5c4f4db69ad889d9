"""Puts together what matching needs: the schemas of all systems, the declared maps and the company's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.config.values import Config
from auditor.lexicon.loading import load_lexicon
from auditor.matching.profiles import profiles_of
from auditor.matching.systems import SystemProfile, match_systems
from auditor.matching.wording import Wording, load_wording
from auditor.model.catalogue import Catalog, Role
from auditor.model.matches import DeclaredPair, Matches
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
    return match_catalogs(catalogs, declared, wording_of_company(config), least)


def match_catalogs(
    catalogs: Sequence[Catalog], declared: Sequence[DeclaredPair], wording: Wording, least: float
) -> Matches:
    """The duplicates of systems that were read."""
    return match_systems(_systems(catalogs, Role.CRM), _systems(catalogs, Role.ERP), declared, wording, least)


def wording_of_company(config: Config) -> Wording:
    """The words that ship, and the company's own."""
    return load_wording(load_lexicon([config.folder / name for name in config.lexicon]))


def _systems(catalogs: Iterable[Catalog], role: Role) -> list[SystemProfile]:
    """Systems of a role, each once; what a CRM only links to repeats nothing."""
    objects: dict[str, list[Catalog]] = {}
    for catalog in catalogs:
        if catalog.role is role:
            objects.setdefault(catalog.system, []).append(catalog)
    return [
        SystemProfile(name, tuple(each for catalog in some for each in profiles_of(catalog, role is Role.CRM)))
        for name, some in objects.items()
    ]
