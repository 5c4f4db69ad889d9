"""Carries a removal out on a copy of a system's sources, and keeps what is handed over of it."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.config.values import Config, SourceConfig, SystemConfig
from auditor.formats.excluding import ExcludingTree
from auditor.formats.trees import Tree, open_tree
from auditor.model.catalogue import Catalog
from auditor.model.rollback import Removal
from auditor.planning.planning import Tried
from auditor.planning.proving import prove
from auditor.planning.salesforce.editing import edit_salesforce
from auditor.planning.salesforce.packaging import salesforce_artefacts
from auditor.planning.salesforce.values import LooseMention
from auditor.workspace.caches import RunCache, open_cache
from auditor.workspace.catalogs import Progress, placed

_PLATFORM = "salesforce"
_SHOWN = 3


class Trial:
    """Tries removals one after the other; `files` holds what is handed over of all of them."""

    def __init__(self, config: Config, progress: Progress) -> None:
        self.files: dict[str, bytes] = {}
        self._config = config
        self._progress = progress

    def carry_out(self, removal: Removal) -> Tried | None:
        """Edit a copy, prove it, and keep the artefacts; None where there are no sources that can be edited."""
        system = next(each for each in self._config.systems if each.name == removal.system)
        sources = [each for each in system.sources if each.kind == _PLATFORM]
        if not sources:
            return None
        if len(sources) > 1:
            return _several(system, sources)
        with open_cache(self._config.folder, self._config.cached) as cache:
            return self._tried(removal, system, _tree(self._config, sources[0]), cache)

    def _tried(self, removal: Removal, system: SystemConfig, tree: Tree, cache: RunCache) -> Tried:
        from auditor.sources.salesforce.source import read_salesforce

        def read(of: Tree) -> Catalog:
            return read_salesforce(
                of,
                system.name,
                system.role,
                lambda done, total: self._progress("trying on a copy", done, total),
                cache,
            )

        catalog = read(tree)
        edited = edit_salesforce(removal, catalog, tree)
        proof = prove(removal, catalog, tree, edited, read)
        for artefact in salesforce_artefacts(removal, catalog, tree, edited):
            self.files[f"{system.name}/{artefact.path}"] = artefact.content
        return Tried(edited.edits, edited.blockers, edited.goes, proof, _loose(edited.loose))


def _tree(config: Config, source: SourceConfig) -> Tree:
    tree = open_tree(placed(source.location, config.folder))
    return ExcludingTree(tree, source.exclude) if source.exclude else tree


def _several(system: SystemConfig, sources: Sequence[SourceConfig]) -> Tried | None:
    """Several trees of one system: which of them wins in the organisation is known to nobody here."""
    told = (
        f"{system.name} has {len(sources)} source trees, and which of them holds where they differ is not known: "
        "no file was edited and nothing was tried on a copy. A source over all of them would be: a project may "
        "have several package directories."
    )
    return Tried(notices=(told,))


def _loose(mentions: Sequence[LooseMention]) -> tuple[str, ...]:
    files = sorted({mention.path for mention in mentions})
    if not files:
        return ()
    told = ", ".join(files[:_SHOWN]) + ("" if len(files) <= _SHOWN else f" and {len(files) - _SHOWN:,} more")
    return (f"Files that are no metadata name what goes, and are left as they are: {told}.",)
