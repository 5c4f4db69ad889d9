"""What `auditor init` finds in a folder, and the first `auditor.yaml` made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from auditor.config.finding import FILE_NAME
from auditor.config.reading import DEFAULT_POLICIES
from auditor.dataclasses import dataclass
from auditor.formats.trees import Tree, open_tree
from auditor.model.testimony.table import BY_KIND
from auditor.model.testimony.words import Platform
from auditor.sources.recognising import databases, holds_salesforce, odata_documents

_EVIDENCE_ENDINGS = (".csv", ".csv.gz", ".json", ".jsonl", ".ndjson", ".parquet")
_DRY_FOLDERS = ("force-app", "src", "node_modules", "out")
"""Folders of code and metadata, where no exports are looked for."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What lies in a folder, as paths relative to it."""

    folder: Path
    salesforce: bool
    odata: tuple[str, ...]
    databases: tuple[str, ...]
    evidence: tuple[tuple[str, str], ...]
    """(evidence kind, path)."""
    git: bool


def recognise_folder(folder: Path, recognise_export: Callable[[Path], str | None]) -> Recognised:
    """Look through a folder by names and first bytes; `recognise_export` tells the evidence kind of a file.

    Raises:
        SourceError: there is no such folder.
    """
    tree = open_tree(str(folder))
    return Recognised(
        folder=folder,
        salesforce=holds_salesforce(tree.paths()),
        odata=odata_documents(tree),
        databases=databases(tree.paths()),
        evidence=tuple(_exports(tree, folder, recognise_export)),
        git=any((place / ".git").exists() for place in (folder.resolve(), *folder.resolve().parents)),
    )


def first_config(found: Recognised, baseline: str = "") -> str:
    """The text of a first `auditor.yaml`, with what people are likely to want to change said beside it.

    `baseline` names the file of what was violated when gating began, where there is one.
    """
    blocks = [
        f"# Written by `auditor init`; read it through and change what is not so.\nversion: 1\n"
        f"company: {_quoted(found.folder.resolve().name)}\n",
        _systems(found),
        _evidence(found),
        "# Packs and files of your own; a later one may override a policy of an earlier one by its id.\n"
        f"policies: [{', '.join(DEFAULT_POLICIES)}]\nparams: {{unused_after: 90d}}\n",
        "# Channels that you know to be read completely (api, reports outside the repository, BI …). Without\n"
        "# an entry their silence proves nothing: what only they could still use stays unknown.\ncomplete: []\n",
        "# What reads the CRM from elsewhere (folders of BI models, load scripts, mappings), and who calls it.\n"
        "outside_readers: []\nintegrations: []\n",
        f"# What was violated when gating began; `auditor baseline prune` takes out what is mended.\n"
        f"baseline: {baseline}\n"
        if baseline
        else "",
    ]
    return "\n".join(block for block in blocks if block)


def _exports(tree: Tree, folder: Path, recognise_export: Callable[[Path], str | None]) -> list[tuple[str, str]]:
    found = []
    for path in tree.paths():
        if path.lower().endswith(_EVIDENCE_ENDINGS) and PurePosixPath(path).parts[0] not in _DRY_FOLDERS:
            kind = recognise_export(folder / path)
            if kind is not None:
                found.append((kind, path))
    return found


def _systems(found: Recognised) -> str:
    lines = ["systems:"]
    if found.salesforce:
        lines += ["  - name: crm", "    role: crm", "    sources:", "      - {kind: salesforce, path: .}"]
    erp = [f"      - {{kind: odata, path: {_quoted(path)}}}" for path in found.odata]
    erp += [f"      - {{kind: sql, url: {_quoted(f'sqlite:///{path}')}}}" for path in found.databases]
    if erp:
        lines += ["  - name: erp", "    role: erp", "    sources:", *erp]
    else:
        lines += [
            "  # The ERP, where there is one: an OData $metadata file, a database or a listing of its fields.",
            "  # - name: erp",
            "  #   role: erp",
            "  #   sources:",
            "  #     - {kind: odata, path: erp/metadata.xml}",
            "  #     - {kind: sql, url_env: ERP_DATABASE_URL}",
        ]
    return "\n".join(lines) + "\n"


def _evidence(found: Recognised) -> str:
    entries = [
        f"  - {{id: {kind}, kind: {kind}{_system_of(kind, found)}, path: {_listed(paths)}}}"
        for kind, paths in _by_kind(found.evidence)
    ]
    if found.git and found.salesforce:
        entries.append("  - {id: git-history, kind: git-history, path: .}")
    if not entries:
        return "# `auditor evidence plan` says what to export, and what it would settle.\nevidence: []\n"
    comment = "# `auditor evidence plan` says what else to export, and what it would settle.\n"
    return comment + "\n".join(["evidence:", *entries]) + "\n"


def _system_of(kind: str, found: Recognised) -> str:
    """Logs of a database are the ERP's, where a database or service of one was found."""
    told = BY_KIND.get(kind)
    of_database = told is not None and told.platform is Platform.SQL
    return ", system: erp" if of_database and (found.odata or found.databases) else ""


def _by_kind(evidence: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    kinds: dict[str, list[str]] = {}
    for kind, path in evidence:
        kinds.setdefault(kind, []).append(path)
    return sorted(kinds.items())


def _listed(paths: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(path) for path in paths) + "]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def config_path(folder: Path) -> Path:
    """Where the configuration of a folder stands."""
    return folder / FILE_NAME
