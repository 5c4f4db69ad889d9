"""Files without a reader: which kinds cannot mention a field, and one line for each kind that can.

The kinds listed here say nothing about fields by their format (Metadata API developer guide, the type's own page)
or are no metadata. Every other kind without a reader is said once, with the number of its files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.model.catalogue import Skipped
from auditor.sources.salesforce.parsed import MetadataFile

NO_FIELDS: tuple[str, ...] = (
    # metadata whose format has no place for a field
    "appMenu",
    "asset",
    "asset-meta",
    "auradoc",
    "auradoc-meta",
    "brandingSet",
    "cachePartition",
    "callCenter",
    "channelLayout",
    "cleanDataService",
    "corsWhitelistOrigin",
    "customPermission",
    "datacategorygroup",
    "delegateGroup",
    "document",
    "document-meta",
    "documentFolder",
    "dashboardFolder",
    "emailFolder",
    "reportFolder",
    "folder-meta",
    "featureParameterBoolean",
    "featureParameterDate",
    "featureParameterInteger",
    "group",
    "iframeWhiteListUrlSettings",
    "installedPackage",
    "intf",
    "intf-meta",
    "labels",
    "letter",
    "lightningExperienceTheme",
    "lightningOnboardingConfig",
    "managedContentType",
    "managedTopics",
    "messageChannel",
    "mlDomain",
    "mobileApplicationDetail",
    "navigationMenu",
    "network",
    "networkBranding",
    "profilePasswordPolicy",
    "profileSessionSetting",
    "queue",
    "redirectWhitelistUrl",
    "resource-meta",
    "role",
    "sharingReason",
    "site",
    "svg",
    "svg-meta",
    "synonymDictionary",
    "tab",
    "territory2Model",
    "territory2Type",
    "tokens",
    "tokens-meta",
    "customLabel",
    # descriptors of code: version and status
    "cls-meta",
    "trigger-meta",
    "page-meta",
    "component-meta",
    "app-meta",
    "cmp-meta",
    "evt-meta",
    "html-meta",
    "css-meta",
    "wdf-meta",
    "wlens-meta",
    "wdash-meta",
    # no metadata: configuration of tools, documentation, pictures, styles
    "",
    "cfg",
    "css",
    "eot",
    "forceignore",
    "gif",
    "gitattributes",
    "gitignore",
    "ico",
    "jpeg",
    "jpg",
    "license",
    "lock",
    "log",
    "map",
    "markdown",
    "mp3",
    "mp4",
    "pdf",
    "png",
    "prettierignore",
    "prettierrc",
    "properties",
    "psd",
    "toml",
    "ttf",
    "txt",
    "webp",
    "woff",
    "woff2",
    "yaml",
    "yml",
)
_SILENT = frozenset(NO_FIELDS)
_MANIFESTS = ("package", "destructiveChanges", "destructiveChangesPre", "destructiveChangesPost")
_TOOL_FILES = frozenset(
    {"sfdx-project.json", "package.json", "package-lock.json", "jsconfig.json", "tsconfig.json", ".eslintrc.json"}
)
STATIC_FOLDER = "staticresources"


def is_manifest(file: MetadataFile) -> bool:
    """Whether it lists what to deploy or delete: names of fields, but neither objects nor uses of them."""
    return file.suffix == "xml" and file.name.startswith(_MANIFESTS)


def unread(files: Iterable[MetadataFile]) -> list[Skipped]:
    """One line for each kind of file that may mention fields and has no reader, at the first of its files."""
    return [unread_line(kind, paths) for kind, paths in sorted(by_kind(files).items())]


def by_kind(files: Iterable[MetadataFile]) -> Mapping[str, list[str]]:
    """The paths of files without a reader that may mention fields, by kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in files:
        kind = _kind(file)
        if kind is not None:
            found[kind].append(file.path)
    return found


def unread_line(kind: str, paths: Sequence[str]) -> Skipped:
    """What is said of the files of one kind, which are not read."""
    return Skipped(min(paths), _line(kind, len(paths)))


def _kind(file: MetadataFile) -> str | None:
    parts = file.path.split("/")
    base = parts[-1]
    if STATIC_FOLDER in parts[:-1]:
        return None if base.endswith("-meta.xml") else "in static resources"
    if file.suffix.lower() in _SILENT or file.suffix in _SILENT or is_manifest(file) or base in _TOOL_FILES:
        return None
    if base.startswith("."):
        return None
    return f"of kind {file.suffix}"


def _line(kind: str, count: int) -> str:
    files = "1 file" if count == 1 else f"{count:,} files"
    return f"{files} {kind} not read, though they may mention fields; this is the first"
