"""Flows that go: switched off by an edit of their own, deleted version by version by a person.

A flow in a destructive manifest fails or is ignored (sfdx-hardis#2033): the Tooling API deletes it, after its
paused interviews. These steps are text; nothing here is run.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.formats.xml_editing import apply, parse_places, retexted
from auditor.model.rollback import Removal, Removed, WaveKind
from auditor.planning.salesforce.values import FileChange, Touched

OBSOLETE = "Obsolete"
_VERSIONS = "SELECT Id, VersionNumber, Status FROM Flow WHERE Definition.DeveloperName = "


def obsolete(removal: Removal, tree: Tree) -> tuple[tuple[FileChange, ...], tuple[Touched, ...]]:
    """The flows that go with their status set to obsolete, which switches them off when it is deployed."""
    changes: list[FileChange] = []
    touched: list[Touched] = []
    for item in removal.components:
        if item.kind != "flow" or not item.path:
            continue
        data = tree.read(item.path)
        after = _switched_off(data)
        if after is not None:
            changes.append(FileChange(item.path, data, ((WaveKind.UNREFERENCE, after),)))
            touched.append(Touched("flow", item.name, item.path, WaveKind.UNREFERENCE))
    return tuple(changes), tuple(touched)


def flow_steps(flows: Sequence[Removed]) -> bytes:
    """What a person does to delete flows, as text."""
    lines = [
        "Flows are not deleted through a manifest. For each of them, by hand, after it was switched off:",
        "",
    ]
    for flow in flows:
        lines += [
            f"Flow {flow.name}",
            "  1. In Setup, Paused And Failed Flow Interviews: delete the interviews of this flow.",
            f"  2. sf data query --use-tooling-api --query \"{_VERSIONS}'{flow.name.rpartition('__')[2]}'\"",
            "  3. For each version: sf data delete record --use-tooling-api --sobject Flow --record-id ID",
            "  The way back: deploy the flow from undo/sources; versions before the last one are lost.",
            "",
        ]
    return "\n".join(lines).encode()


def _switched_off(data: bytes) -> bytes | None:
    try:
        status = parse_places(data).all("status")
    except FormatError:
        return None
    if not status or status[0].text == OBSOLETE:
        return None
    return apply(data, [retexted(status[0], OBSOLETE)])
