"""What a SOQL or SOSL query mentions, as values."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from auditor.dataclasses import dataclass
from auditor.languages.problem import SyntaxProblem

QueryKind = Literal["query", "children", "semijoin", "returning"]


class Clause(StrEnum):
    """The part of a query in which a field is mentioned."""

    SELECT = "select"
    WHERE = "where"
    GROUP_BY = "group_by"
    HAVING = "having"
    ORDER_BY = "order_by"


@dataclass(frozen=True, slots=True)
class QueryField:
    """One mention of a field, as a path from the query's own object; aliases are already taken off.

    `function` is the nearest call around it in upper case (`COUNT`, `TOLABEL`). `type_hint` names the object
    that the last part belongs to where the query says so (`TYPEOF What WHEN Account THEN Phone`).
    """

    path: str
    clause: Clause
    offset: int
    function: str = ""
    type_hint: str = ""


@dataclass(frozen=True, slots=True)
class Bind:
    """An Apex expression that a query takes a value from (`:account.Id`), as far as it is a dotted name.

    `called` marks a method call, whose last part is the method: `:accounts.keySet()`.
    """

    path: str
    offset: int
    called: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One SELECT, or one object of a SOSL RETURNING list.

    `object` is the object asked for; for `children` (a query within a SELECT list) it is empty and
    `relationship` names the child relationship of the query around. Only a query that could be read to its
    FROM has either. `wildcard` holds what FIELDS() asked for (`ALL`, `STANDARD`, `CUSTOM`), which means every
    field and so is evidence for none. `fields` are those of this query alone; see `walk`.
    """

    kind: QueryKind
    object: str
    fields: tuple[QueryField, ...]
    relationship: str = ""
    wildcard: tuple[str, ...] = ()
    subqueries: tuple[Query, ...] = ()
    binds: tuple[Bind, ...] = ()
    scope: str = ""
    counts_rows: bool = False
    cut: bool = False
    """The text ended before the query did, so more may have been asked for. A last name that touched the
    end may itself have been cut and is left out."""
    problem: SyntaxProblem | None = None

    def walk(self) -> Iterator[Query]:
        """Itself and all queries within it, outer ones first."""
        yield self
        for inner in self.subqueries:
            yield from inner.walk()


@dataclass(frozen=True, slots=True)
class Search:
    """A SOSL search: where it looks (`ALL`, `NAME`, `EMAIL`, …) and what it returns."""

    fields_searched: str
    returning: tuple[Query, ...]
    binds: tuple[Bind, ...] = ()
    cut: bool = False
    problem: SyntaxProblem | None = None
