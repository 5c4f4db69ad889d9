"""Which flow a version is of: from an export of `Flow` that lies near the log, since logs name versions by id.

Source: Tooling API, Flow (`Id` of a version, `Definition.DeveloperName`); object reference, FlowVersionView.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from auditor.errors import FormatError
from auditor.formats.tables import Row, Table, open_table
from auditor.usage.kit.companions import companions
from auditor.usage.reading import id_of

_STEMS = ("Flow", "FlowVersionView")
_IDS = ("Id", "DurableId")
_NAMES = ("Definition.DeveloperName", "FlowDefinitionView.ApiName", "ApiName")
_SPACES = ("Definition.NamespacePrefix", "FlowDefinitionView.NamespacePrefix", "NamespacePrefix")


def flow_versions(paths: Iterable[Path]) -> Mapping[str, str]:
    """Id of a version (18 characters) → full name of its flow; empty where no export lies near."""
    folders = {path if path.is_dir() else path.parent for path in paths}
    near = sorted({each for folder in folders for each in (folder, folder.parent, folder / "kit")})
    found: dict[str, str] = {}
    for path in companions((folder / "-" for folder in near if folder.is_dir()), _STEMS):
        for version, name in _rows(path):
            found.setdefault(version, name)
    return found


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    try:
        table: Table = open_table(path)
    except FormatError:
        return
    for row in table.rows():
        version, name = (id_of(row.get(*_IDS)), row.get(*_NAMES)) if isinstance(row, Row) else (None, None)
        if isinstance(row, Row) and version and name:
            prefix = row.get(*_SPACES)
            yield version, f"{prefix}__{name}" if prefix and "__" not in name else name
