"""Databases as a source: tables, views, columns, comments and keys by bulk reflection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.engine.reflection import Inspector, ObjectKind, ObjectScope
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError, UnsupportedCompilationError
from sqlalchemy.sql.type_api import TypeEngine

from auditor.errors import SourceError
from auditor.model.catalogue import Calculation, Catalog, Field, Object, Relationship, Role, Skipped
from auditor.model.catalogue import ObjectKind as Kind
from auditor.sources.sql.connection import open_engine, reason_of, shown_url

Table = tuple[str | None, str]
Rows = Mapping[Table, Any]


def read_database(url: str, system: str, role: Role, schemas: Sequence[str | None] = (None,)) -> Catalog:
    """Reflect tables and views of the given schemas (None: the connection's default one).

    A few bulk queries a schema, not one a table, where the dialect offers them. Objects outside the default
    schema are named `schema.table`.

    Raises:
        SourceError: the database cannot be reached or its driver is missing.
    """
    engine = open_engine(url)
    objects: list[Object] = []
    skipped: list[Skipped] = []
    try:
        with engine.connect() as connection:
            inspector = inspect(connection)
            for schema in schemas:
                reflected = _reflect(inspector, schema, skipped)
                objects.extend(_objects(inspector, reflected))
    except (SQLAlchemyError, NoSuchModuleError) as error:
        raise SourceError(
            f"cannot read the database {shown_url(url)}: {reason_of(error, url)}; "
            "check that it runs, that the account may connect and that the schema exists"
        ) from None
    finally:
        engine.dispose()
    return Catalog(
        system=system,
        role=role,
        kind="sql",
        objects=tuple(sorted(objects, key=lambda table: table.name)),
        channels={"table": len(objects)},
        skipped=tuple(skipped),
        location=shown_url(url),
    )


@dataclass(frozen=True, slots=True)
class _Reflected:
    """What the bulk queries answered for one schema."""

    schema: str | None
    columns: Rows
    keys: Rows = field(default_factory=dict)
    uniques: Rows = field(default_factory=dict)
    foreign_keys: Rows = field(default_factory=dict)
    comments: Rows = field(default_factory=dict)
    views: frozenset[str] = frozenset()


def _reflect(inspector: Inspector, schema: str | None, skipped: list[Skipped]) -> _Reflected:
    scope: dict[str, Any] = {"schema": schema, "kind": ObjectKind.ANY, "scope": ObjectScope.DEFAULT}
    views = {*inspector.get_view_names(schema), *_materialized(inspector, schema)}
    return _Reflected(
        schema,
        inspector.get_multi_columns(**scope),
        inspector.get_multi_pk_constraint(**scope),
        inspector.get_multi_unique_constraints(**scope),
        inspector.get_multi_foreign_keys(**scope),
        _comments(inspector, scope, skipped),
        frozenset(views),
    )


def _materialized(inspector: Inspector, schema: str | None) -> list[str]:
    try:
        return inspector.get_materialized_view_names(schema)
    except NotImplementedError:
        return []


def _comments(inspector: Inspector, scope: dict[str, Any], skipped: list[Skipped]) -> Rows:
    try:
        return inspector.get_multi_table_comment(**scope)
    except NotImplementedError:
        if inspector.dialect.name != "sqlite":  # SQLite has no comments at all: nothing is missing there
            skipped.append(Skipped(scope["schema"] or "", "this database's dialect gives no table comments"))
        return {}


def _objects(inspector: Inspector, reflected: _Reflected) -> Iterator[Object]:
    default = inspector.default_schema_name
    for (schema, table), columns in reflected.columns.items():
        qualified = (schema, table)
        name = table if schema is None or schema == default else f"{schema}.{table}"
        comment = reflected.comments.get(qualified) or {}
        yield Object(
            name=name,
            description=comment.get("text"),
            kind=Kind.VIEW if table in reflected.views else Kind.TABLE,
            custom=None,
            fields=tuple(_fields(inspector, name, columns, _Constraints.of(reflected, qualified, default))),
        )


@dataclass(frozen=True, slots=True)
class _Constraints:
    """Keys of one table by column."""

    primary: frozenset[str]
    unique: frozenset[str]
    targets: Mapping[str, str]

    @staticmethod
    def of(reflected: _Reflected, table: Table, default: str | None) -> _Constraints:
        primary = (reflected.keys.get(table) or {}).get("constrained_columns") or ()
        single = (u["column_names"] for u in reflected.uniques.get(table) or () if len(u["column_names"]) == 1)
        targets = {
            column: _referred(key, default)
            for key in reflected.foreign_keys.get(table) or ()
            for column in key["constrained_columns"]
        }
        return _Constraints(frozenset(primary), frozenset(c for (c,) in single if c), targets)


def _referred(key: Mapping[str, Any], default: str | None) -> str:
    schema = key.get("referred_schema")
    return key["referred_table"] if schema in (None, default) else f"{schema}.{key['referred_table']}"


def _fields(
    inspector: Inspector, table: str, columns: Sequence[Mapping[str, Any]], constraints: _Constraints
) -> Iterator[Field]:
    for position, column in enumerate(columns):
        name = column["name"]
        target = constraints.targets.get(name)
        computed = "computed" in column
        identity = "identity" in column or column.get("autoincrement") is True
        yield Field(
            object=table,
            name=name,
            type=_type_name(inspector, column["type"]),
            custom=None,
            required=not column.get("nullable", True),
            unique=name in constraints.unique or constraints.primary == {name},
            key=name in constraints.primary,
            reference_to=(target,) if target else (),
            relationship=Relationship.FOREIGN_KEY if target else None,
            calculation=Calculation.GENERATED if computed else Calculation.AUTO_NUMBER if identity else None,
            length=getattr(column["type"], "length", None),
            precision=getattr(column["type"], "precision", None),
            scale=getattr(column["type"], "scale", None),
            description=column.get("comment"),
            default=None if column.get("default") is None else str(column["default"]),
            position=position,
        )


def _type_name(inspector: Inspector, kind: TypeEngine[Any]) -> str:
    try:
        return kind.compile(dialect=inspector.dialect)
    except UnsupportedCompilationError:
        return str(kind)
    except SQLAlchemyError:
        return type(kind).__name__
