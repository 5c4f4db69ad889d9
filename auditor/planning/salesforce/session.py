"""One run of editing: what is being removed, the files that were opened for it, and what is marked so far."""

from __future__ import annotations

from auditor.dataclasses import dataclass, field
from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.model.catalogue import Catalog
from auditor.model.names import component_key
from auditor.model.rollback import Blocker, WaveKind
from auditor.planning.salesforce.documents import Document, Mark
from auditor.planning.salesforce.removing import Removing
from auditor.planning.salesforce.verdicts import Cut


@dataclass(slots=True)
class Session:
    """Everything that changes while one removal is edited; it lives no longer than `edit_salesforce`."""

    catalog: Catalog
    tree: Tree
    removing: Removing
    documents: dict[str, Document | str] = field(default_factory=dict)
    """By path; a text says why a file cannot be edited."""
    files: dict[str, tuple[str, WaveKind]] = field(default_factory=dict)
    """Files that go as a whole: for whose sake, and in which step."""
    blockers: set[Blocker] = field(default_factory=set)
    gone: dict[tuple[str, str], str] = field(default_factory=dict)
    emptied: set[tuple[str, str]] = field(default_factory=set)
    """Components of which only the frame stays."""
    refused: dict[tuple[str, int, str], str] = field(default_factory=dict)
    """Marks that were taken back: path, line and subject of the mention, and why."""

    def document(self, path: str) -> Document | str:
        """A file, parsed once; or why it cannot be edited."""
        if path not in self.documents:
            try:
                self.documents[path] = Document(path, self.tree.read(path))
            except FormatError as error:
                self.documents[path] = error.reason
        return self.documents[path]

    def block(self, subject: str, component: str, place: tuple[str, int | None], reason: str) -> None:
        """Note what nobody may edit; `component` is its printed name, `place` its path and line."""
        self.blockers.add(Blocker(subject, component, place[0], place[1], reason))

    def component(self, kind: str, name: str) -> str:
        """The printed name of a component."""
        return component_key(self.catalog.system, kind, name)


@dataclass(frozen=True, slots=True)
class Sake:
    """For whose sake something is cut: the subject, the component that mentions it, where, and in which step."""

    subject: str
    component: str
    line: int
    wave: WaveKind


def cut(document: Document, found: Cut, sake: Sake) -> None:
    """Mark one element, unless it goes already."""
    document.mark(Mark(found.element, sake.subject, sake.component, found.what, sake.line, sake.wave, found.text))
