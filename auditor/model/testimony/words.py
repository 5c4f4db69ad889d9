"""The vocabulary of evidence: what may be asked of a usage source, and what it can answer."""

from __future__ import annotations

from enum import StrEnum

from auditor.dataclasses import dataclass
from auditor.model.observations import SourceKind


class Question(StrEnum):
    """What may be asked of a source about a field, an object or a component."""

    FIELD_READ = "field read"
    FIELD_SHOWN = "field shown"
    """It stood on a page that somebody opened: visible, not read."""
    FIELD_WRITTEN = "field written"
    FIELD_WRITTEN_BY = "field written by"
    """Whether people, an integration or automation wrote."""
    FIELD_FILLED = "field filled"
    """How many rows hold a value; bounds the last write."""
    VALUES_MEASURED = "values measured"
    """How many differ, how many are defaults or placeholders, which newest row holds one."""
    OBJECT_VIEWED = "object viewed"
    OBJECT_TOUCHED = "object touched"
    """Rows were created, changed or deleted."""
    OBJECT_CALLED = "object called"
    """It was reached through an API, and by whom."""
    ROWS_COUNTED = "rows counted"
    COMPONENT_RUN = "component run"
    DEFINED = "definition dated"
    """When the field or component came to be, was changed or left."""
    EXISTS = "there at all"
    """Whether it stands in the live system, whatever the repository says."""
    CHANGED_BY = "changed by"
    """Which kind of actor created, changed or deleted its definition."""
    ACCESS = "access"
    """Who may read and edit it, which is no use."""


class Answer(StrEnum):
    """What a source can say to a question."""

    PROVES = "proves"
    POSSIBLE = "possibly"
    NEVER = "never"


class Platform(StrEnum):
    """Whose systems a kind of evidence comes from."""

    SALESFORCE = "salesforce"
    HUBSPOT = "hubspot"
    DATAVERSE = "dataverse"
    SQL = "sql"
    ANY = "any"
    """Any system, by a mapping or a connection of the company's own."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a field can be read and that somebody could have recorded.

    `id` is its name under `complete:`. `component_kind`: the kind whose definitions alone can read by this way.
    """

    id: str
    words: str
    component_kind: str = ""


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one kind of evidence can and cannot say.

    To a question that stands under neither `proves` nor `possible` it never says anything. `silence` names the
    questions to which its silence is an answer too, within its window; `watches` the ways of reading that it
    records. `licence` is empty where none is needed beyond the usual one. `source` is where the vendor states it.
    """

    kind: str
    name: str
    """In words, as a sentence would call it."""
    platform: Platform
    memory: SourceKind
    says: str
    silent_on: str
    proves: frozenset[Question]
    retention: str
    trap: str
    source: str
    possible: frozenset[Question] = frozenset()
    silence: frozenset[Question] = frozenset()
    watches: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    """Kinds of component whose runs it records."""
    licence: str = ""

    def answer(self, question: Question) -> Answer:
        """What it can say to a question."""
        if question in self.proves:
            return Answer.PROVES
        return Answer.POSSIBLE if question in self.possible else Answer.NEVER


def asked(*questions: Question) -> frozenset[Question]:
    """Several questions."""
    return frozenset(questions)
