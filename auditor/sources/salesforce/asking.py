"""The questions that a file has to all the others, each answered once for all files.

A question is plain words, so that it can be kept, and asked again when something else is true. What an answer was
looked up by is noted where somebody wants to know (notes.py): nothing else can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.code.callees import CALLERS, Callees
from auditor.sources.salesforce.grammars import resolve_mention
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.notes import Notes, Place, Question
from auditor.sources.salesforce.parsed import Grammar, Mention
from auditor.sources.salesforce.schema import Schema
from auditor.sources.salesforce.tables import Tables
from auditor.sources.salesforce.walking import CODE_KINDS, Resolution

if TYPE_CHECKING:
    from auditor.sources.salesforce.code.linking import Classes, Record

_A_CODE_KIND = min(CODE_KINDS)


class Asking:
    """Answers what one file asks of the others of its tree."""

    def __init__(self, tables: Tables, names: Names, notes: Notes | None = None) -> None:
        asked = tables if notes is None else notes.noted(tables)
        self.schema = Schema(asked, names)
        self._classes = asked.classes
        self.callees = Callees(asked.callees, asked.inner, names.namespaces)
        self.reports = asked.reports
        self._notes = notes
        self._known: dict[Question, Any] = {}

    def at(self, place: Place) -> None:
        """Who asks from now on: the number of a file, or an object."""
        if self._notes is not None:
            self._notes.place = place

    def answer(self, question: Question) -> Any:  # noqa: ANN401 - each question has its own kind of answer
        """The answer to a question as one of the functions below puts it."""
        try:
            found = self._known[question]
        except KeyError:
            found = self._known[question] = _ANSWERS[question[0]](self, question)
            if self._notes is not None:
                self._notes.answered(question)
        if self._notes is not None:
            self._notes.asked(question)
        return found

    def meaning(self, mention: Mention) -> Resolution:
        """What a mention means. The component that makes it plays a part only by whether it is code."""
        found: Resolution = self.answer(mention_question(mention))
        return found

    def object_name(self, name: str | None) -> str | None:
        """An object under its declared name, or as it is written."""
        return self.answer((_OBJECT, name)) if name else name

    def field_name(self, printed: str) -> str:
        """A field (`Object.Field`) under its declared name, or as it is written."""
        found: str = self.answer(field_question(printed))
        return found

    @cached_property
    def classes(self) -> Classes:
        """The classes of the tree; their reader is loaded when code is read."""
        from auditor.sources.salesforce.code.linking import Classes

        return Classes(self._classes)

    def record_of(self, receiver: str) -> Record | None:
        """The record that a receiver in code gives."""
        found: Record | None = self.answer((_RECORD, receiver))
        return found

    def callee(self, call: Call) -> str | None:
        """Whom a call means; None where it was a wrong guess."""
        from_code = call.caller_kind in CALLERS
        found: str | None = self.answer((_CALLEE, call.callee_kind, call.callee, call.certainty, from_code))
        return found

    def report_type(self, report: str) -> str | None:
        """The type of a report; None where the report was not read."""
        found: str | None = self.answer((_REPORT, report))
        return found


_MENTION, _OBJECT, _FIELD, _RECORD, _CALLEE, _REPORT = "mention", "object", "field", "record", "callee", "report"


def field_question(printed: str) -> Question:
    """What the name of a field asks."""
    return _FIELD, printed


def mention_question(mention: Mention) -> Question:
    """What a mention asks, whoever makes it and wherever it stands."""
    return (
        _MENTION,
        mention.object,
        mention.path,
        mention.part,
        mention.grammar,
        mention.access,
        mention.hop_access,
        mention.certainty,
        mention.component_kind in CODE_KINDS,
    )


def _meaning(asking: Asking, question: Question) -> Resolution:
    _, owner, path, part, grammar, access, hop_access, certainty, in_code = question
    mention = Mention(
        component_kind=_A_CODE_KIND if in_code else "",
        component="",
        object=owner if owner is None else str(owner),
        path=str(path),
        access=Access(access),
        part=str(part),
        grammar=Grammar(grammar),
        certainty=Certainty(certainty),
        hop_access=Access(hop_access),
    )
    return resolve_mention(asking.schema, mention)


def _object_name(asking: Asking, question: Question) -> str:
    name = str(question[1])
    return asking.schema.object_name(name) or name


def _field_name(asking: Asking, question: Question) -> str:
    printed = str(question[1])
    owner, _, name = printed.partition(".")
    return asking.schema.field(owner, name) or printed


def _record_of(asking: Asking, question: Question) -> Record | None:
    return asking.classes.record_of(str(question[1]))


def _callee(asking: Asking, question: Question) -> str | None:
    _, kind, callee, certainty, from_code = question
    return asking.callees.settled(str(kind), str(callee), Certainty(certainty), from_code=bool(from_code))


def _report_type(asking: Asking, question: Question) -> str | None:
    return asking.reports.get(str(question[1]))


_ANSWERS: Mapping[str, Callable[[Asking, Question], Any]] = {
    _MENTION: _meaning,
    _OBJECT: _object_name,
    _FIELD: _field_name,
    _RECORD: _record_of,
    _CALLEE: _callee,
    _REPORT: _report_type,
}
