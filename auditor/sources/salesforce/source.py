"""Salesforce metadata as a source: a tree of files in, one catalogue out."""

from __future__ import annotations

from auditor.dataclasses import replace
from auditor.formats.trees import Tree
from auditor.model.catalogue import Catalog, Role
from auditor.sources.caching import Cache
from auditor.sources.salesforce.contents import Contents, Progress
from auditor.sources.salesforce.project import read_project


def read_salesforce(
    tree: Tree, system: str, role: Role, progress: Progress | None = None, cache: Cache | None = None
) -> Catalog:
    """Read everything that a tree of Salesforce metadata says, in any mixture of its formats.

    A file that cannot be read costs one line under `skipped`, never the run. With a cache, files of known content
    are not parsed again; what comes out is the same.
    """
    project = read_project(tree, tree.paths())
    contents = Contents(tree, project, cache)
    catalog = contents.unchanged()
    if catalog is None:
        # The readers are many modules, which a tree that did not change does not need.
        from auditor.sources.salesforce.assembling import assembled

        catalog = assembled(contents, progress)
        contents.keep(catalog)
    return replace(catalog, system=system, role=role, location=tree.location)
