"""Which source kind can read what lies at a place, from names and the first bytes alone."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.errors import FormatError
from auditor.formats.trees import Tree

_SALESFORCE_ENDINGS = (
    "-meta.xml",
    ".object",
    ".layout",
    ".flow",
    ".profile",
    ".permissionset",
    ".report",
    ".workflow",
)
_TABULAR_ENDINGS = (".csv", ".csv.gz", ".tsv", ".xlsx", ".json", ".jsonl", ".yaml", ".yml")
_DATABASE_ENDINGS = (".sqlite", ".sqlite3", ".db")
_EDMX_ENDINGS = (".edmx", ".csdl", ".xml", ".json")
_EDMX_NAMES = frozenset({"$metadata", "metadata"})
"""What a browser or curl calls a saved `$metadata` document."""
_HEAD = 4096


def recognise(tree: Tree) -> tuple[str, ...]:
    """Source kinds that fit the tree, the most telling first; empty where nothing is known.

    A Salesforce project wins over everything else in its tree, since its data files are records, not schemas.
    """
    paths = tree.paths()
    if holds_salesforce(paths):
        return ("salesforce",)
    kinds = []
    if odata_documents(tree):
        kinds.append("odata")
    if databases(paths):
        kinds.append("sql")
    if not kinds and any(path.lower().endswith(_TABULAR_ENDINGS) for path in paths):
        kinds.append("tabular")
    return tuple(kinds)


def holds_salesforce(paths: Sequence[str]) -> bool:
    """Whether Salesforce metadata is among the paths."""
    return any(
        path.rpartition("/")[2] == "sfdx-project.json" or path.endswith(_SALESFORCE_ENDINGS) for path in paths
    )


def odata_documents(tree: Tree) -> tuple[str, ...]:
    """The OData `$metadata` documents of a tree; Salesforce's own XML is not opened for it."""
    return tuple(path for path in edmx_paths(tree.paths()) if _is_edmx(tree, path))


def edmx_paths(paths: Sequence[str]) -> tuple[str, ...]:
    """The files that may be `$metadata` documents by their name."""
    return tuple(path for path in paths if _may_be_edmx(path))


def is_csdl_json(data: bytes) -> bool:
    """Whether a JSON file says near its beginning that it is CSDL: `$Version`, as the first member or so."""
    return b'"$Version"' in data[:_HEAD]


def databases(paths: Sequence[str]) -> tuple[str, ...]:
    """The SQLite files among the paths."""
    return tuple(path for path in paths if path.lower().endswith(_DATABASE_ENDINGS))


def _may_be_edmx(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return name.endswith(_EDMX_ENDINGS) or name in _EDMX_NAMES


def _is_edmx(tree: Tree, path: str) -> bool:
    if path.endswith("-meta.xml"):
        return False
    try:
        data = tree.read(path)
    except FormatError:
        return False
    if path.lower().endswith(".json"):
        return is_csdl_json(data)
    head = data[:_HEAD].replace(b"\0", b"")  # PowerShell saves UTF-16, in which every other byte is zero
    return b"Edmx" in head or b"docs.oasis-open.org/odata/ns/edm" in head
