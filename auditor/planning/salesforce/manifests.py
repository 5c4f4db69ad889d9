"""Manifests of the Metadata API: what a deployment takes along, and what it deletes.

Source: Metadata API developer guide, "Sample package.xml manifest files", "Deleting components from an org".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.planning.salesforce.metadata_types import TYPES, member

USUAL_VERSION = "62.0"
"""The API version of a manifest where neither the project nor a manifest of its own names one."""
_PROJECT_VERSION = re.compile(rb'"sourceApiVersion"\s*:\s*"(\d{2,3}\.0)"')
_MANIFEST_VERSION = re.compile(rb"<version>(\d{2,3}\.0)</version>")


def manifest(members: Iterable[tuple[str, str]], version: str) -> bytes:
    """A manifest of components (kind and name); kinds without a type of the platform's are left out."""
    by_type: dict[str, set[str]] = {}
    for kind, name in members:
        if kind in TYPES:
            by_type.setdefault(TYPES[kind], set()).add(member(kind, name))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<Package xmlns="http://soap.sforce.com/2006/04/metadata">']
    for name in sorted(by_type):
        lines += [
            "    <types>",
            *(f"        <members>{_escaped(each)}</members>" for each in sorted(by_type[name])),
        ]
        lines += [f"        <name>{name}</name>", "    </types>"]
    lines += [f"    <version>{version}</version>", "</Package>", ""]
    return "\n".join(lines).encode()


def api_version(tree: Tree) -> str:
    """The API version that the project names, or the usual one."""
    for path in tree.paths():
        base = path.rpartition("/")[2]
        pattern = {"sfdx-project.json": _PROJECT_VERSION, "package.xml": _MANIFEST_VERSION}.get(base)
        if pattern is None:
            continue
        try:
            found = pattern.search(tree.read(path))
        except FormatError:
            continue
        if found is not None:
            return found[1].decode()
    return USUAL_VERSION


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
