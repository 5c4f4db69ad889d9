"""Statements that drop columns and tables, and those that bring definitions back: text for review, never run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.graph.nodes import NodeKind
from auditor.model.catalogue import Field, ObjectKind, Role
from auditor.model.rollback import Removal, Removed
from auditor.planning.dialects import Dialect, dialect_of
from auditor.planning.ground import Ground


def ddl_files(ground: Ground, removal: Removal) -> Mapping[str, bytes]:
    """`delete.sql` and `undo.sql` for a system that speaks SQL; nothing elsewhere."""
    dialect = dialect_of(removal)
    if dialect is None:
        return {}
    gone = {item.subject for item in removal.objects}
    wanted = [
        item for item in removal.items if item.kind in ("field", "object") and not _within(ground, item, gone)
    ]
    delete = [_HEAD, *_views(ground, removal)]
    undo = [_UNDO_HEAD]
    for item in wanted:
        delete.extend(_drop(ground, item, dialect))
        undo.extend(_restore(ground, item, dialect))
    return {"delete.sql": ("\n".join(delete) + "\n").encode(), "undo.sql": ("\n".join(undo) + "\n").encode()}


def _within(ground: Ground, item: Removed, gone: set[str]) -> bool:
    return item.kind == "field" and ground.graph.object_of(item.subject) in gone


def _views(ground: Ground, removal: Removal) -> Iterator[str]:
    """Views are named whole: their queries were not read, and each may select what is dropped."""
    views = [
        node.value.name
        for node in ground.graph.objects(Role.CRM, removal.system)
        if node.value.kind is ObjectKind.VIEW
    ]
    if views:
        yield "-- The queries of these views were not read. Check each for what is dropped below:"
        yield from (f"--   {_comment(name)}" for name in views)
        yield ""


def _drop(ground: Ground, item: Removed, dialect: Dialect) -> Iterator[str]:
    yield f"-- {item.order}. {_comment(item.subject)}: {_comment(item.because)}"
    if item.kind == "object":
        yield from _pointing(ground, item.subject)
        yield f"DROP TABLE {dialect.table(item.name)};"
    else:
        node = ground.graph.field(item.subject)
        table = ground.graph.object(node.object_key).value.name
        if node.value.reference_to:
            yield f"-- Drop its foreign key to {_comment(', '.join(node.value.reference_to))} first."
        if node.value.unique:
            yield "-- It is unique: drop the constraint or index behind that first."
        literal = "'" + table.rpartition(".")[2].replace("'", "''") + "'"
        yield f"-- Indexes on the table: {_comment(dialect.indexes.format(table=literal))}"
        yield f"ALTER TABLE {dialect.table(table)} DROP COLUMN {dialect.quoted(node.value.name)};"
    yield ""


def _pointing(ground: Ground, key: str) -> Iterator[str]:
    pointing = [each for each in ground.graph.looked_up_by(key) if ground.kind(each) is NodeKind.FIELD]
    if pointing:
        yield f"-- These point at it; drop their foreign keys first: {_comment(', '.join(pointing))}"


def _restore(ground: Ground, item: Removed, dialect: Dialect) -> Iterator[str]:
    if item.kind == "object":
        columns = [ground.graph.field(key).value for key in ground.graph.fields_of(item.subject)]
        lines = [f"  {_column(column, dialect)}" for column in sorted(columns, key=lambda each: each.position)]
        keys = [dialect.quoted(column.name) for column in columns if column.key]
        lines += [f"  PRIMARY KEY ({', '.join(keys)})"] if keys else []
        yield f"CREATE TABLE {dialect.table(item.name)} (\n" + ",\n".join(lines) + "\n);"
        return
    node = ground.graph.field(item.subject)
    table = ground.graph.object(node.object_key).value.name
    yield f"ALTER TABLE {dialect.table(table)} ADD {_column(node.value, dialect)};"


def _column(field: Field, dialect: Dialect) -> str:
    type_ = _comment(field.type or "TEXT").replace(";", " ")
    return f"{dialect.quoted(field.name)} {type_}"


def _comment(text: str) -> str:
    """A text that stays within one line of a comment."""
    return " ".join(text.split())


_HEAD = """-- For review by whoever answers for the database. The auditor runs none of this.
-- Take a backup, run the export, and try it on a copy first.
"""
_UNDO_HEAD = """-- Definitions as they were read; constraints, defaults and indexes must be added from the backup.
-- Values come back from the export.
"""
