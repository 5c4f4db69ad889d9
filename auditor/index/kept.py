"""What stands in a ground beside graph and evidence: rows of bytes of any room, and catalogues from outside.

Rooms that keep rows know no ground: they give rows, and ask for them by small protocols, which these answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from auditor.formats.plain import Codecs
from auditor.index.ground import Ground
from auditor.index.grounds import Sheet, blob_sheet
from auditor.model.catalogue import (
    Calculation,
    Catalog,
    Field,
    Governance,
    Object,
    ObjectKind,
    Origin,
    PicklistValue,
    Relation,
    Relationship,
    Role,
    Skipped,
    Unresolved,
)
from auditor.model.components import Component, Effect, EffectOn, IntegrationPoint, Trigger
from auditor.model.references import Access, Call, Certainty, Reference

_CLASSES = (
    *(Calculation, Catalog, Field, Governance, Object, ObjectKind, Origin, PicklistValue, Relation, Relationship),
    *(Role, Skipped, Unresolved, Component, Effect, EffectOn, IntegrationPoint, Trigger),
    *(Access, Call, Certainty, Reference),
)
_CATALOG = "catalog/"


def row_sheet(name: str, rows: Mapping[str, bytes]) -> Sheet:
    """One table of rows."""
    return Sheet(name, rows)


def row_sheets(name: str, rows: Iterable[tuple[str, str, bytes]]) -> Iterator[Sheet]:
    """Rows of several tables (table, key, value), all under one name."""
    tables: dict[str, dict[str, bytes]] = {}
    for table, key, value in rows:
        tables.setdefault(table, {})[key] = value
    for table, found in sorted(tables.items()):
        yield Sheet(f"{name}/{table}", found)


class Rows:
    """The rows of `row_sheet`: several at a time, or one."""

    def __init__(self, ground: Ground, name: str) -> None:
        self._table = ground.table(name)

    def get(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those keys that are there."""
        return self._table.some(keys)

    def one(self, key: str) -> bytes | None:
        """One value; None where there is none."""
        return cast("bytes | None", self._table.get(key))


class TableRows:
    """The rows of `row_sheets`."""

    def __init__(self, ground: Ground, name: str) -> None:
        self._ground = ground
        self._name = name

    def get(self, table: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of those keys that a table has."""
        return self._ground.table(f"{self._name}/{table}").some(keys)


def catalog_sheet(catalog: Catalog) -> Sheet:
    """A catalogue as a whole: of a system whose sources a check cannot read."""
    return blob_sheet(_CATALOG + catalog.system, Codecs(_CLASSES).of(Catalog)[0](catalog))


def kept_catalog(ground: Ground, system: str) -> Catalog | None:
    """The catalogue of a system that was kept as a whole."""
    plain = ground.blob(_CATALOG + system)
    return None if plain is None else cast("Catalog", Codecs(_CLASSES).of(Catalog)[1](plain))
