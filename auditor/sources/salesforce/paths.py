"""Which file of a tree is which metadata.

Suffix and folder alone decide, so that both formats, several package directories and whatever else a repository
holds can be mixed.

Sources: Metadata API developer guide, "Metadata types" (folder and suffix of each type); Salesforce DX developer
guide, "Source format" (`-meta.xml`, decomposed objects).
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from auditor.sources.salesforce.parsed import MetadataFile

CHILD_FOLDERS: Mapping[str, str] = {
    "businessProcesses": "businessProcess",
    "compactLayouts": "compactLayout",
    "fieldSets": "fieldSet",
    "fields": "field",
    "indexes": "index",
    "listViews": "listView",
    "recordTypes": "recordType",
    "sharingReasons": "sharingReason",
    "validationRules": "validationRule",
    "webLinks": "webLink",
}
"""Folders of a decomposed object, which are also the tags of its children in one file, and their suffixes."""

_FOLDERED = {
    "report": "reports",
    "dashboard": "dashboards",
    "email": "email",
    "email-meta": "email",
    "document": "documents",
    "document-meta": "documents",
}
"""Suffixes whose full name includes the folders below the folder of the type."""
_CODE = frozenset(
    {"cls", "trigger", "page", "component", "cmp", "evt", "intf", "design", "auradoc", "tokens", "svg", "js"}
    | {"html", "css", "email", "resource", "asset", "document", "wdf", "wlens", "wdash", "crt", "ts", "py"}
)
"""Suffixes of text, beside which a descriptor `X.suffix-meta.xml` stands."""
_BUNDLES = frozenset({"aura", "lwc"})
_META = "-meta.xml"


def metadata_file(path: str) -> MetadataFile:
    """Name a file as the platform would. A file that is no metadata gets its plain suffix (`png`, `md`)."""
    parts = path.split("/")
    base = parts[-1]
    stem, suffix = _suffix(base.removesuffix(_META), parts) if base.endswith(_META) else _plain(base, parts)
    return MetadataFile(path, suffix, unquote(_named(stem, suffix, parts)), _object(suffix, parts))


def _suffix(stem: str, parts: list[str]) -> tuple[str, str]:
    name, dot, suffix = stem.rpartition(".")
    if not dot:
        return stem, "folder-meta"
    in_bundle = suffix in {"app", "html", "js"} and _in_bundle(parts)
    return name, f"{suffix}-meta" if suffix in _CODE or in_bundle else suffix


def _plain(base: str, parts: list[str]) -> tuple[str, str]:
    name, dot, suffix = base.rpartition(".")
    if not dot or not name:
        return base, ""
    if suffix == "app" and _in_bundle(parts):
        return name, "aura-app"  # markup, where `app` is an application of the Metadata API
    if suffix == "md" and "customMetadata" not in parts:
        return name, "markdown"
    return name, suffix


def _in_bundle(parts: list[str]) -> bool:
    return not _BUNDLES.isdisjoint(parts[:-1])


def _named(stem: str, suffix: str, parts: list[str]) -> str:
    folder = _FOLDERED.get(suffix)
    if folder is None or folder not in parts[:-1]:
        return stem
    start = len(parts) - 1 - parts[::-1].index(folder, 1)
    return "/".join([*parts[start + 1 : -1], stem])


def _object(suffix: str, parts: list[str]) -> str | None:
    if len(parts) > 2 and CHILD_FOLDERS.get(parts[-2]) == suffix:
        return unquote(parts[-3])
    return None
