"""Dataverse's audit: which rows were created, changed and deleted, and, where it tells names, which columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from auditor.dataclasses import dataclass, field
from auditor.model.observations import Deed, Evidence, Window
from auditor.query.condensing import EventColumns
from auditor.query.events import KeyRow, Target
from auditor.query.expressions import Key
from auditor.usage.covering import covered_subjects
from auditor.usage.dataverse.changes import open_audit
from auditor.usage.dataverse.codes import Happened, happened
from auditor.usage.logs.reading import Log, read_log
from auditor.usage.naming import Names, names_of
from auditor.usage.request import UsageRequest

SPEC = EventColumns(
    keys=tuple(Key((name,)) for name in ("table", "columns", "action", "operation")),
    time=("createdon",),
    user=("user",),
    identity=("one",),
)
_TOUCHING = frozenset({Happened.CREATED, Happened.CHANGED, Happened.DELETED})


@dataclass(slots=True)
class _Context:
    names: Names
    strange: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    nameless: int = 0
    switched: int = 0
    columns: set[str] = field(default_factory=set)

    def resolve(self, keys: Sequence[KeyRow]) -> list[Iterable[Target]]:
        return [tuple(self._targets(key)) for key in keys]

    def _targets(self, key: KeyRow) -> Iterator[Target]:
        table, columns, action, operation = key.values
        told = happened(action, operation)
        if told is Happened.AUDIT_CHANGED:
            self.switched += key.events
        if told is None:
            self.strange["/".join(_code(each) for each in (action, operation))] += key.events
        elif told is Happened.SEEN and table:
            yield Target(self.names.object_key(table), Deed.VIEWED)
        elif told in _TOUCHING and table:
            yield Target(self.names.object_key(table), Deed.TOUCHED)
            if columns and told is not Happened.DELETED:
                yield from self._written(table, columns)
            self.nameless += key.events if not columns and told is not Happened.DELETED else 0
        else:
            self.silent += key.events

    def _written(self, table: str, columns: str) -> Iterator[Target]:
        for name in columns.split(","):
            subject = self.names.field(table, name)
            self.columns.add(subject)
            yield Target(subject, Deed.WRITTEN)


def read_audit(request: UsageRequest) -> Evidence:
    """Read rows of audit: rows that were touched, and columns that were written where the audit names them.

    A window covers the columns that occur, or what `covers` names: where auditing is off nothing is recorded, and
    nothing here tells where it is on. Auditing that was switched within it leaves no conclusion from silence.
    """
    prefix = "columns."
    mapped = {key.removeprefix(prefix): name for key, name in request.options.items() if key.startswith(prefix)}
    context = _Context(names_of(request.catalog))
    log = read_log(request, SPEC, context.resolve, capped=False, opening=lambda path: open_audit(path, mapped))
    log.incomplete = log.incomplete or context.switched > 0
    log.notes += _notes(context)
    return log.evidence(_windows(log, context))


def _notes(context: _Context) -> Iterator[str]:
    if context.nameless:
        yield f"{context.nameless} changes name no column, so that only their table was touched"
    if context.switched:
        yield f"auditing was switched {context.switched} times within it"
    if context.silent:
        yield f"{context.silent} events say nothing about data (log-ins, shares, definitions)"
    if context.strange:
        named = ", ".join(sorted(context.strange)[:10])
        yield f"{context.strange.total()} events of actions that are not known ({named})"


def _code(text: str) -> str:
    """A code as a note may repeat it: a number. What else stands there may be anything."""
    return text if text.isdecimal() and len(text) < 6 else "none" if not text else "no number"


def _windows(log: Log, context: _Context) -> Iterator[Window]:
    bounds = log.window()
    subjects = covered_subjects(log.request, context.names, context.columns)
    if bounds is not None and (subjects is None or subjects):
        yield Window(log.request.id, log.request.system, Deed.WRITTEN, *bounds, subjects=subjects)
