"""One reflected table between the database's catalogue and ours."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.dataclasses import dataclass, replace
from auditor.model.catalogue import Field, Object, Relation, Relationship
from auditor.model.catalogue import ObjectKind as Kind


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A declared constraint: own columns, and the table that they point at."""

    name: str
    columns: tuple[str, ...]
    schema: str | None
    table: str


@dataclass(frozen=True, slots=True)
class ReflectedTable:
    """A table or view as the database describes it."""

    schema: str | None
    name: str
    is_view: bool
    comment: str | None
    columns: tuple[Field, ...]
    """Without keys, and without the name of their object."""
    primary: tuple[str, ...] = ()
    unique: frozenset[str] = frozenset()
    """Columns that are unique by themselves."""
    foreign_keys: tuple[ForeignKey, ...] = ()


def table_object(table: ReflectedTable, default: str | None) -> Object:
    """A table as an object; outside the default schema it is named `schema.table`."""
    name = _name(table.schema, table.name, default)
    targets = _targets(table, default)
    return Object(
        name=name,
        description=table.comment,
        kind=Kind.VIEW if table.is_view else Kind.TABLE,
        custom=None,
        fields=tuple(
            _placed(column, name, position, table, targets.get(column.name, ()))
            for position, column in enumerate(table.columns)
        ),
        relations=tuple(
            Relation(key.name, _name(key.schema, key.table, default), fields=key.columns)
            for key in sorted(table.foreign_keys, key=lambda key: (key.name, key.columns))
            if len(key.columns) > 1
        ),
    )


def _placed(column: Field, name: str, position: int, table: ReflectedTable, targets: Sequence[str]) -> Field:
    return replace(
        column,
        object=name,
        position=position,
        key=column.name in table.primary,
        unique=column.name in table.unique or table.primary == (column.name,),
        reference_to=tuple(targets),
        relationship=Relationship.FOREIGN_KEY if targets else None,
    )


def _targets(table: ReflectedTable, default: str | None) -> dict[str, tuple[str, ...]]:
    """The tables that each column points at.

    Of several columns that point together, those outside the primary key say which row is meant (`customer_no`,
    not `company`); where all are in the key, all do.
    """
    found: dict[str, dict[str, None]] = {}
    for key in sorted(table.foreign_keys, key=lambda key: (len(key.columns), key.name, key.table)):
        telling = [column for column in key.columns if column not in table.primary]
        for column in telling or key.columns:
            found.setdefault(column, {})[_name(key.schema, key.table, default)] = None
    return {column: tuple(targets) for column, targets in found.items()}


def _name(schema: str | None, table: str, default: str | None) -> str:
    return table if schema is None or schema == default else f"{schema}.{table}"
