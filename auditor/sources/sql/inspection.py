"""Tables by SQLAlchemy's bulk reflection: a few queries a schema on PostgreSQL, Oracle and SQL Server.

SQLite answers table by table, from the file itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.engine.reflection import Inspector, ObjectKind, ObjectScope
from sqlalchemy.exc import OperationalError, SQLAlchemyError, UnsupportedCompilationError
from sqlalchemy.sql.type_api import TypeEngine

from auditor.model.catalogue import Calculation, Field, PicklistValue, Skipped
from auditor.sources.sql.reflected import ForeignKey, ReflectedTable

Rows = Mapping[tuple[str | None, str], Any]


def inspect_tables(inspector: Inspector, schema: str | None, skipped: list[Skipped]) -> tuple[ReflectedTable, ...]:
    """Reflect every table and view of one schema; None is the connection's default one."""
    scope: dict[str, Any] = {"schema": schema, "kind": ObjectKind.ANY, "scope": ObjectScope.DEFAULT}
    views = {
        *_answered(inspector.get_view_names, schema),
        *_answered(inspector.get_materialized_view_names, schema),
    }
    if inspector.dialect.name == "sqlite" and (broken := _broken_views(inspector, views, skipped)):
        scope["filter_names"] = [*inspector.get_table_names(schema), *sorted(views - broken)]
    keys = _bulk(inspector.get_multi_pk_constraint, scope, "primary keys", skipped)
    foreign = _bulk(inspector.get_multi_foreign_keys, scope, "foreign keys", skipped)
    indexes = _bulk(inspector.get_multi_indexes, scope, "indexes", skipped)
    # A dialect that has no unique constraints of their own (SQL Server) shows them as unique indexes.
    constraints = _bulk(inspector.get_multi_unique_constraints, scope, None, skipped)
    # SQLite has no comments at all: nothing is missing there.
    told = None if inspector.dialect.name == "sqlite" else "table comments"
    comments = _bulk(inspector.get_multi_table_comment, scope, told, skipped)
    return tuple(
        ReflectedTable(
            schema=place[0],
            name=place[1],
            is_view=place[1] in views,
            comment=(comments.get(place) or {}).get("text"),
            columns=tuple(_column(inspector, column) for column in columns),
            primary=tuple((keys.get(place) or {}).get("constrained_columns") or ()),
            unique=frozenset(_unique(constraints.get(place) or (), indexes.get(place) or ())),
            foreign_keys=tuple(_foreign_key(key) for key in foreign.get(place) or ()),
        )
        for place, columns in inspector.get_multi_columns(**scope).items()
    )


def _broken_views(inspector: Inspector, views: set[str], skipped: list[Skipped]) -> set[str]:
    """Views whose tables are gone: SQLite keeps them, and answers the question for all columns with an error."""
    broken = set()
    for name in sorted(views):
        try:
            inspector.get_columns(name)
        except OperationalError as error:
            broken.add(name)
            skipped.append(Skipped(name, f"a view that its database cannot read: {error.orig}"))
    return broken


def _answered(ask: Callable[[str | None], list[str]], schema: str | None) -> list[str]:
    try:
        return ask(schema)
    except NotImplementedError:
        return []


def _bulk(ask: Callable[..., Rows], scope: dict[str, Any], told: str | None, skipped: list[Skipped]) -> Rows:
    try:
        return ask(**scope)
    except NotImplementedError:
        if told is not None:
            skipped.append(Skipped(scope["schema"] or "", f"this database's dialect gives no {told}"))
        return {}


def _unique(constraints: Sequence[Any], indexes: Sequence[Any]) -> Iterator[str]:
    for unique in (*constraints, *(index for index in indexes if index["unique"] and not _is_partial(index))):
        if len(unique["column_names"]) == 1 and unique["column_names"][0] is not None:
            yield unique["column_names"][0]


def _is_partial(index: Mapping[str, Any]) -> bool:
    """An index over some rows (`where …`) or over an expression makes no column unique."""
    options = index.get("dialect_options") or {}
    return any(name.endswith("_where") and value is not None for name, value in options.items())


def _foreign_key(key: Mapping[str, Any]) -> ForeignKey:
    return ForeignKey(
        key.get("name") or "", tuple(key["constrained_columns"]), key.get("referred_schema"), key["referred_table"]
    )


def _column(inspector: Inspector, column: Mapping[str, Any]) -> Field:
    kind = column["type"]
    carrier = getattr(kind, "data_type", kind)  # what a PostgreSQL domain is made of
    values = tuple(PicklistValue(value, value) for value in getattr(carrier, "enums", ()))
    automatic = "identity" in column or column.get("autoincrement") is True
    generated = Calculation.GENERATED if "computed" in column else None
    default = column.get("default")
    return Field(
        object="",
        name=column["name"],
        type=_type_name(inspector, kind),
        custom=None,
        required=not column.get("nullable", True),
        calculation=generated or (Calculation.AUTO_NUMBER if automatic else None),
        length=None if values else getattr(carrier, "length", None),
        precision=getattr(carrier, "precision", None),
        scale=getattr(carrier, "scale", None),
        description=column.get("comment"),
        default=None if default is None else str(default),
        picklist=values,
        restricted=True if values else None,
    )


def _type_name(inspector: Inspector, kind: TypeEngine[Any]) -> str:
    try:
        return kind.compile(dialect=inspector.dialect)
    except UnsupportedCompilationError:
        return str(kind)
    except SQLAlchemyError:
        return type(kind).__name__
