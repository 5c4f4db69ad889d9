"""How systems that speak SQL quote names and drop columns."""

from __future__ import annotations

from auditor.dataclasses import dataclass
from auditor.model.rollback import Removal


@dataclass(frozen=True, slots=True)
class Dialect:
    """One dialect: the marks around a name, and the query that tells which indexes stand on a table.

    `opening` and `closing` differ for SQL Server alone; a closing mark within a name is doubled.
    """

    name: str
    opening: str
    closing: str
    indexes: str

    def quoted(self, name: str) -> str:
        """One name, quoted."""
        return f"{self.opening}{name.replace(self.closing, self.closing * 2)}{self.closing}"

    def table(self, name: str) -> str:
        """A table, `schema.table` by its parts: the reader of catalogues joins them with the first dot."""
        schema, dot, table = name.partition(".")
        return f"{self.quoted(schema)}.{self.quoted(table)}" if dot else self.quoted(name)


def dialect_of(removal: Removal) -> Dialect | None:
    """The dialect of a system whose schema was read from a database; None elsewhere."""
    if "sql" not in removal.platform.split("+"):
        return None
    scheme = removal.location.partition(":")[0].partition("+")[0].lower()
    return next((each for each in DIALECTS if each.name == _SCHEMES.get(scheme, scheme)), DIALECTS[0])


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "ansi",
        '"',
        '"',
        "look into the catalogue of the database",
    ),
    Dialect("sqlite", '"', '"', "SELECT name, sql FROM sqlite_master WHERE tbl_name = {table}"),
    Dialect("postgresql", '"', '"', "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = {table}"),
    Dialect(
        "mysql",
        "`",
        "`",
        "SELECT index_name, column_name FROM information_schema.statistics WHERE table_name = {table}",
    ),
    Dialect("mssql", "[", "]", "EXEC sp_helpindex {table}"),
    Dialect("oracle", '"', '"', "SELECT index_name, column_name FROM all_ind_columns WHERE table_name = {table}"),
)
_SCHEMES = {"postgres": "postgresql", "mariadb": "mysql", "sqlserver": "mssql"}
