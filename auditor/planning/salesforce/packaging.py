"""What is handed over for a Salesforce system, step by step: edited sources, manifests, hashes, scripts.

Nothing here deploys. Files stand under the paths of the repository (`sources/`), and those in metadata format once
more as a package of their own (`metadata/`), which is how the Salesforce CLI takes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from auditor.formats.trees import Tree
from auditor.model.catalogue import Catalog
from auditor.model.rollback import Removal, Removed, WaveKind
from auditor.planning.salesforce.announcing import announced
from auditor.planning.salesforce.deployments import Deployment, deployments
from auditor.planning.salesforce.flow_steps import flow_steps, obsolete
from auditor.planning.salesforce.manifests import api_version, manifest
from auditor.planning.salesforce.metadata_types import NOT_DEPLOYED
from auditor.planning.salesforce.scripts import check_script
from auditor.planning.salesforce.values import Artefact, Edited, FileChange, Touched

_FOLDERS = {
    WaveKind.ANNOUNCE: "1-announce",
    WaveKind.HIDE: "2-hide",
    WaveKind.UNREFERENCE: "4-unreference",
    WaveKind.DELETE: "5-delete",
}
_SOURCE_FORMAT = "-meta.xml"


def salesforce_artefacts(removal: Removal, catalog: Catalog, tree: Tree, edited: Edited) -> tuple[Artefact, ...]:
    """Every file of the plan for one system, by path, sorted."""
    version = api_version(tree)
    marked, fields = announced(removal, tree)
    flows = obsolete(removal, tree)
    found = [
        *_step(WaveKind.ANNOUNCE, marked, fields, version),
        *_step(WaveKind.HIDE, edited.changes, edited.touched, version),
        *_step(WaveKind.UNREFERENCE, (*edited.changes, *flows[0]), (*edited.touched, *flows[1]), version),
        *_deletions(deployments((*removal.items, *edited.goes), catalog), version),
        *_undo(removal, edited, version),
    ]
    return tuple(sorted(found, key=lambda item: item.path))


def _step(
    wave: WaveKind, changes: Sequence[FileChange], touched: Iterable[Touched], version: str
) -> Iterator[Artefact]:
    """One step of edits: what changes in it, as it was before it and as it is after."""
    folder = _FOLDERS[wave]
    changed = [(item, *_around(item, wave)) for item in changes]
    differing = [(item.path, before, after) for item, before, after in changed if before != after]
    if not differing:
        return
    own = [item for item in touched if item.wave is wave and item.kind not in NOT_DEPLOYED]
    deployed = {item.path for item in own}
    yield from (Artefact(f"{folder}/sources/{path}", after) for path, _, after in differing if after is not None)
    gone = [path for path, _, after in differing if after is None]
    if gone:
        yield Artefact(f"{folder}/gone.txt", _lines(gone))
    source = [item for item in differing if item[0] in deployed and item[0].endswith(_SOURCE_FORMAT)]
    metadata = _packaged([item for item in differing if item[0] in deployed and item not in source])
    members = {
        True: [(item.kind, item.name) for item in own if item.path.endswith(_SOURCE_FORMAT)],
        False: [(item.kind, item.name) for item in own if not item.path.endswith(_SOURCE_FORMAT)],
    }
    if source:
        yield Artefact(f"{folder}/package.xml", manifest(members[True], version))
        yield Artefact(f"{folder}/before.sha256", _hashes((path, before) for path, before, _ in source))
    if metadata:
        yield Artefact(f"{folder}/metadata/package.xml", manifest(members[False], version))
        yield from (
            Artefact(f"{folder}/metadata/{path}", after) for path, _, after in metadata if after is not None
        )
        yield Artefact(f"{folder}/metadata.sha256", _hashes((path, before) for path, before, _ in metadata))
    if source or metadata:
        yield Artefact(f"{folder}/check.sh", check_script(source=bool(source), metadata=bool(metadata)), True)


def _around(change: FileChange, wave: WaveKind) -> tuple[bytes, bytes | None]:
    """What a file holds before a step, and after it."""
    earlier = [kind for kind in WaveKind if kind.number < wave.number]
    before = change.at(earlier[-1]) if earlier else change.before
    return before or b"", change.at(wave)


_Differing = tuple[str, bytes, bytes | None]


def _packaged(differing: Sequence[_Differing]) -> list[_Differing]:
    """Files of metadata format under their paths within a package; of two for one place the first counts."""
    found: dict[str, _Differing] = {}
    for path, before, after in differing:
        parts = path.split("/")
        start = next((place for place, part in enumerate(parts) if part in _PACKAGE_FOLDERS), len(parts) - 1)
        inner = "/".join(parts[start:])
        found.setdefault(inner, (inner, before, after))
    return list(found.values())


_PACKAGE_FOLDERS = frozenset(
    {
        *("applications", "approvalProcesses", "customMetadata", "dashboards", "duplicateRules", "flexipages"),
        *("flows", "layouts", "matchingRules", "objects", "pathAssistants", "permissionsets", "queues"),
        *("quickActions", "reportTypes", "reports", "settings", "workflows"),
    }
)


def _deletions(steps: Sequence[Deployment], version: str) -> Iterator[Artefact]:
    for step in steps:
        folder = f"{_FOLDERS[WaveKind.DELETE]}/{step.number}"
        if step.flows:
            yield Artefact(f"{folder}/flows.txt", flow_steps(step.flows))
        if step.items:
            members = [(item.kind, item.name) for item in step.items]
            yield Artefact(f"{folder}/metadata/package.xml", manifest((), version))
            yield Artefact(f"{folder}/metadata/destructiveChangesPost.xml", manifest(members, version))
            script = check_script(source=False, metadata=False, deletion=True)
            yield Artefact(f"{folder}/check.sh", script, True)


def _undo(removal: Removal, edited: Edited, version: str) -> Iterator[Artefact]:
    """The way back: the original bytes of every file, and a manifest of all that they define and mention."""
    if not edited.changes:
        return
    yield from (Artefact(f"undo/sources/{item.path}", item.before) for item in edited.changes)
    members = [
        *((item.kind, item.name) for item in _defined(removal, edited)),
        *((item.kind, item.name) for item in edited.touched if item.kind not in NOT_DEPLOYED),
    ]
    yield Artefact("undo/package.xml", manifest(members, version))
    yield Artefact("undo/sources.sha256", _hashes((item.path, item.before) for item in edited.changes))


def _defined(removal: Removal, edited: Edited) -> Iterator[Removed]:
    yield from removal.items
    yield from edited.goes


def _hashes(files: Iterable[tuple[str, bytes]]) -> bytes:
    return _lines(f"{sha256(content).hexdigest()}  {path}" for path, content in sorted(files))


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
