"""Walks the tree of a parsed SQL statement: which columns of which tables each name in it means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlglot import exp

from auditor.dataclasses import dataclass, field
from auditor.languages.sql_statements import Statement, Tables, read_words

if TYPE_CHECKING:
    from sqlglot.expressions import Expr

_SCOPES = (exp.Select, exp.Update, exp.Delete, exp.Merge, exp.Insert, exp.Copy)
_QUERIES = (exp.Select, exp.Union, exp.Except, exp.Intersect, exp.Subquery)
_IDLE = (exp.Transaction, exp.Commit, exp.Rollback, exp.Set, exp.Use, exp.Drop, exp.Alter, exp.Comment, exp.Show)
_IDLE_COMMANDS = frozenset(
    (
        *(
            "explain",
            "show",
            "vacuum",
            "analyze",
            "discard",
            "listen",
            "notify",
            "unlisten",
            "deallocate",
            "close",
        ),
        *("begin", "commit", "rollback", "savepoint", "release", "lock", "reset", "checkpoint", "move", "fetch"),
        *("start", "reindex", "cluster", "refresh", "grant", "revoke", "set", "use", "kill", "alter", "drop"),
    )
)


@dataclass(slots=True)
class _Scope:
    """One query within a statement: its tables by alias, and the names that its derived tables give."""

    node: Expr
    outer: _Scope | None
    real: dict[str, tuple[str, ...]] = field(default_factory=dict)
    derived: dict[str, frozenset[str] | None] = field(default_factory=dict)
    """Alias → columns in lower case, None where all or nobody knows."""
    strange: set[str] = field(default_factory=set)
    """Aliases of tables that the schema does not hold."""

    @property
    def aliases(self) -> frozenset[str]:
        """Names that its own projections give."""
        named = self.node.expressions if isinstance(self.node, exp.Select) else ()
        return frozenset(each.alias.lower() for each in named if each.alias)


class Reading:
    """Reads one tree. Made for one statement."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._found = Statement()
        self._scopes: dict[int, _Scope | None] = {}

    def of(self, tree: Expr) -> Statement:
        """What the statement does."""
        if isinstance(tree, exp.Command):
            return self._command(tree)
        if isinstance(tree, _IDLE) or (isinstance(tree, exp.Create) and not self._runs(tree)):
            self._found.idle = True
            return self._found
        nodes = list(tree.walk())
        for table in (node for node in nodes if isinstance(node, exp.Table)):
            self._enter(table)
        for query in (node for node in nodes if isinstance(node, exp.Subquery)):
            self._derive(query)
        self._targets(nodes)
        for node in nodes:
            if isinstance(node, exp.Column):
                self._column(node)
            elif isinstance(node, exp.Star) and not isinstance(node.parent, exp.Column):
                self._star(node)
        return self._found

    def _command(self, tree: exp.Command) -> Statement:
        if str(tree.this).lower() in _IDLE_COMMANDS:
            self._found.idle = True
            return self._found
        return read_words(tree.sql(), self._tables)

    def _runs(self, tree: exp.Create) -> bool:
        """Whether creating it runs a query: a table made of one does, a view does not."""
        return str(tree.args.get("kind") or "").upper() == "TABLE" and isinstance(tree.expression, _QUERIES)

    def _scope_of(self, node: Expr) -> _Scope | None:
        """The innermost query that a node stands in. Each node's way up is walked once."""
        way: list[Expr] = []
        current: Expr | None = node
        while current is not None and id(current) not in self._scopes and not isinstance(current, _SCOPES):
            way.append(current)
            current = current.parent
        found = None if current is None else self._scopes.get(id(current)) or self._opened(current)
        for each in way:
            self._scopes[id(each)] = found
        return found

    def _opened(self, query: Expr) -> _Scope | None:
        if not isinstance(query, _SCOPES):
            return None
        outer = self._scope_of(query.parent) if query.parent is not None else None
        made = self._scopes[id(query)] = _Scope(query, outer)
        return made

    def _enter(self, table: exp.Table) -> None:
        scope = self._scope_of(table)
        alias = table.alias_or_name.lower()
        common = self._common(table)
        if common is not None:
            if scope is not None:
                scope.derived[alias] = _outputs(common.this)
            return
        meant = self._tables.find(table.name, table.db) if table.name else ()
        if not meant:
            self._found.strangers.add(table.name)
            if scope is not None:
                scope.strange.add(alias)
            return
        for each in meant:
            self._found.tables[each] = self._found.tables.get(each, True) and len(meant) > 1
        if scope is not None:
            scope.real[alias] = meant
        if isinstance(table.parent, exp.TruncateTable):
            self._found.changed.update(dict.fromkeys(meant, len(meant) > 1))

    def _common(self, table: exp.Table) -> exp.CTE | None:
        """The common table that a name means; within its own definition the name is the real table's."""
        if table.db:
            return None
        node: Expr | None = table
        while node is not None:
            clause = node.args.get("with_") or node.args.get("with")
            if isinstance(clause, exp.With):
                for common in clause.find_all(exp.CTE):
                    visible = clause.recursive or not _within(table, common)
                    if common.alias.lower() == table.name.lower() and visible:
                        return common
            node = node.parent
        return None

    def _derive(self, query: exp.Subquery) -> None:
        scope = self._scope_of(query)
        if scope is not None and query.alias:
            scope.derived[query.alias.lower()] = _outputs(query.this)

    def _targets(self, nodes: list[Expr]) -> None:
        """Tables that are written, and columns where a list names them."""
        for node in nodes:
            inserts = isinstance(node, exp.Insert) and not isinstance(node.parent, exp.When)
            if inserts or (isinstance(node, exp.Copy) and node.args.get("kind")):
                self._written_list(node.this)
            elif isinstance(node, exp.Copy):
                self._copied_out(node)
            elif isinstance(node, (exp.Update, exp.Delete, exp.Merge)):
                self._change(node.this)

    def _change(self, target: Expr | None) -> tuple[str, ...]:
        table = target.find(exp.Table) if target is not None else None
        meant = (
            self._tables.find(table.name, table.db) if table is not None and self._common(table) is None else ()
        )
        for each in meant:
            self._found.changed[each] = self._found.changed.get(each, True) and len(meant) > 1
        return meant

    def _written_list(self, target: Expr | None) -> None:
        meant = self._change(target)
        named = [each.name for each in target.expressions] if isinstance(target, exp.Schema) else []
        for table in meant:
            for name in named:
                self._note(self._found.written, (table,), name, unsure=len(meant) > 1)
            if not named:
                self._all(self._found.written, table)

    def _copied_out(self, node: exp.Copy) -> None:
        scope = self._scope_of(node)
        named = [each.name for each in node.this.expressions] if isinstance(node.this, exp.Schema) else []
        for meant in (
            scope.real.values() if scope is not None and isinstance(node.this, (exp.Schema, exp.Table)) else ()
        ):
            for table in meant:
                for name in named:
                    self._note(self._found.read, (table,), name, unsure=False)
                if not named:
                    self._all(self._found.read, table)

    def _star(self, star: exp.Star) -> None:
        if isinstance(star.parent, (exp.Select, exp.Returning)):
            scope = self._scope_of(star)
            for meant in scope.real.values() if scope is not None else ():
                for table in meant:
                    self._all(self._found.read, table)

    def _all(self, place: dict[tuple[str, str], bool], table: str) -> None:
        for names in self._tables.columns[table].values():
            for name in names:
                self._found.note(place, table, name, possible=True)

    def _column(self, column: exp.Column) -> None:
        scope = self._scope_of(column)
        place = self._found.written if _assigned(column) else self._found.read
        if isinstance(column.this, exp.Star):
            for meant in self._qualified(scope, column.table):
                self._all(place, meant)
        elif place is self._found.written and not column.table:
            target = column.find_ancestor(exp.Merge) or column.find_ancestor(exp.Update, exp.Insert)
            self._note(place, self._change(target.this if target is not None else None), column.name, unsure=False)
        elif column.table:
            self._note(place, self._qualified(scope, column.table), column.name, unsure=False)
        else:
            self._unqualified(scope, place, column.name)

    def _qualified(self, scope: _Scope | None, qualifier: str) -> tuple[str, ...]:
        """Real tables that an alias means, in the query itself or one around it."""
        name = qualifier.lower()
        while scope is not None:
            if name in scope.real:
                return scope.real[name]
            if name in scope.derived or name in scope.strange:
                return ()
            if name in ("excluded", "new", "old", "inserted", "deleted") and isinstance(scope.node, exp.Insert):
                return tuple(table for meant in scope.real.values() for table in meant)
            scope = scope.outer
        return self._tables.find(qualifier)

    def _unqualified(self, scope: _Scope | None, place: dict[tuple[str, str], bool], name: str) -> None:
        lowered = name.lower()
        while scope is not None:
            having = [
                table for meant in scope.real.values() for table in meant if self._tables.column(table, lowered)
            ]
            given = any(columns is None or lowered in columns for columns in scope.derived.values())
            if having:
                unsure = given or len(having) > 1 or bool(scope.strange)
                self._note(place, tuple(having), name, unsure=unsure)
                return
            if given or lowered in scope.aliases or scope.strange:
                return
            scope = scope.outer

    def _note(
        self, place: dict[tuple[str, str], bool], tables: tuple[str, ...], name: str, *, unsure: bool
    ) -> None:
        for table in tables:
            meant = self._tables.column(table, name)
            for column in meant:
                self._found.note(place, table, column, possible=unsure or len(tables) > 1 or len(meant) > 1)


def _assigned(column: exp.Column) -> bool:
    """Whether a column is the left side of an assignment, or in the list of a merge's insert."""
    parent = column.parent
    if isinstance(parent, exp.EQ) and parent.this is column:
        return isinstance(parent.parent, (exp.Update, exp.OnConflict))
    listed = isinstance(parent, exp.Tuple) and isinstance(parent.parent, exp.Insert)
    return listed and parent is not None and parent.parent is not None and parent.parent.this is parent


def _outputs(query: Expr | None) -> frozenset[str] | None:
    """Names of the columns that a query gives, in lower case; None where a star hides them."""
    if not isinstance(query, exp.Query):
        return None
    names = [name.lower() for name in query.named_selects]
    return None if "*" in names or not names else frozenset(names)


def _within(node: Expr, ancestor: Expr) -> bool:
    return any(each is ancestor for each in _ancestors(node))


def _ancestors(node: Expr) -> Iterator[Expr]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
