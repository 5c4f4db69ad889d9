"""What the statements of a database's log mean to a catalogue: each distinct one is parsed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from auditor.dataclasses import dataclass, field
from auditor.languages.sql import can_parse, read_statement
from auditor.languages.sql_statements import Statement, Tables, read_words, tables_of
from auditor.model.catalogue import Catalog, ObjectKind
from auditor.model.names import component_key, field_key, object_key
from auditor.model.observations import Deed
from auditor.query.events import Target

MOST = 50_000
"""Distinct statements that are parsed; further ones are read word by word, so that no log runs for hours."""

_SYSTEM_TABLES = ("pg_", "information_schema", "sys", "mysql", "performance_schema", "sqlite_", "dual")


@dataclass(slots=True)
class Meanings:
    """Statements → what they did. Counts what they could not tell.

    `unparsed` counts events of statements that were read word by word. `veiled`: views, and tables that the
    catalogue does not hold, behind which anything may have been read.
    """

    system: str
    dialect: str
    tables: Tables
    views: frozenset[str]
    known: dict[str, Statement] = field(default_factory=dict)
    unparsed: int = 0
    idle: int = 0
    veiled: Counter[str] = field(default_factory=Counter)

    def statement(self, text: str) -> Statement:
        """What a statement reads and writes; parsed once."""
        found = self.known.get(text)
        if found is None:
            wordwise = len(self.known) >= MOST
            found = read_words(text, self.tables) if wordwise else read_statement(text, self.tables, self.dialect)
            self.known[text] = found
        return found

    def targets(self, text: str, application: str, events: int) -> Iterator[Target]:
        """What so many events of a statement mean; `application`: the client that sent them, where it is told."""
        found = self.statement(text)
        self._account(found, events)
        via = component_key(self.system, "connected_app", application) if application else ""
        for table, possible in sorted(found.tables.items()):
            yield Target(object_key(self.system, table), Deed.CALLED, possible=possible, via=via)
        for table, possible in sorted(found.changed.items()):
            yield Target(object_key(self.system, table), Deed.TOUCHED, possible=possible, via=via)
        for (table, column), possible in sorted(found.read.items()):
            yield Target(field_key(self.system, table, column), Deed.READ, possible=possible, via=via)
        for (table, column), possible in sorted(found.written.items()):
            yield Target(field_key(self.system, table, column), Deed.WRITTEN, possible=possible, via=via)

    def _account(self, found: Statement, events: int) -> None:
        self.unparsed += 0 if found.parsed else events
        self.idle += events if found.idle else 0
        for name in found.strangers:
            if name and not name.lower().startswith(_SYSTEM_TABLES):
                self.veiled[name] += events
        for table in found.tables:
            if table in self.views:
                self.veiled[table] += events

    def notes(self) -> Iterator[str]:
        """What the statements could not tell, in words."""
        if self.unparsed:
            why = "" if can_parse() else ", since the extra sql-logs is not installed"
            yield f"{self.unparsed} statements were read word by word and so only possibly{why}"
        if self.idle:
            yield f"{self.idle} statements concern no data (transactions, settings, definitions)"
        if self.veiled:
            count, named = self.veiled.total(), ", ".join(sorted(self.veiled)[:10])
            yield (
                f"{count} statements reach views or tables that the catalogue does not hold ({named}): "
                "what those read is not seen, so silence proves nothing"
            )
        if len(self.known) > MOST:
            yield f"only the first {MOST:,} of {len(self.known):,} different statements were parsed"


def meanings_of(catalog: Catalog, options: Mapping[str, str]) -> Meanings:
    """What statements mean to a catalogue; the option `dialect` is `postgresql` (assumed), `mysql` or `mssql`."""
    columns = {item.name: tuple(each.name for each in item.fields) for item in catalog.objects}
    views = frozenset(item.name for item in catalog.objects if item.kind is ObjectKind.VIEW)
    dialect = options.get("dialect", "postgresql").strip().lower()
    return Meanings(catalog.system, dialect, tables_of(columns), views)
