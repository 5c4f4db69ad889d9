"""The sources of a Salesforce system without what is removed: every mention cut, or named as a blocker.

The catalogue says where each mention stands (file and line), the bytes say which element that is, a table or a
rule of the kind says what goes with it. What no rule knows is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.formats.trees import Tree
from auditor.model.catalogue import Catalog
from auditor.model.rollback import Blocker, Edit, Removal, Removed, WaveKind
from auditor.planning.salesforce.defining import mark_definitions
from auditor.planning.salesforce.documents import Document, Mark
from auditor.planning.salesforce.listed import mark_listed
from auditor.planning.salesforce.mentioned import mark_calls, mark_mentions
from auditor.planning.salesforce.removing import gone_component, removing
from auditor.planning.salesforce.rights import mark_rights
from auditor.planning.salesforce.searching import search
from auditor.planning.salesforce.session import Session
from auditor.planning.salesforce.tidying import Frame, Hollow, Nothing, Short, as_mark, following
from auditor.planning.salesforce.values import Edited, FileChange, Touched

_MOST_ROUNDS = 50
_STAGES = (WaveKind.HIDE, WaveKind.UNREFERENCE, WaveKind.DELETE)


def edit_salesforce(removal: Removal, catalog: Catalog, tree: Tree) -> Edited:
    """Everything that has to be edited so that nothing mentions what is removed, and what nobody may edit.

    Marking and tidying take turns until neither finds more: what goes may leave a component with nothing, whose
    callers then lose their mention of it.
    """
    session = Session(catalog, tree, removing(removal, catalog, ()))
    for _ in range(_MOST_ROUNDS):
        before = (len(session.gone), len(session.refused))
        _round(session)
        if (len(session.gone), len(session.refused)) == before:
            break
        session.removing = removing(removal, catalog, _gone(session))
    return _edited(session)


def _round(session: Session) -> None:
    for document in session.documents.values():
        if isinstance(document, Document):
            document.clear()
    session.files.clear()
    session.blockers.clear()
    session.emptied.clear()
    mark_definitions(session)
    mark_mentions(session)
    mark_calls(session)
    mark_rights(session)
    mark_listed(session)
    for document in session.documents.values():
        if isinstance(document, Document) and document.marks:
            _tidy(session, document)
    session.blockers -= {blocker for blocker in session.blockers if _goes_anyway(session, blocker)}


def _goes_anyway(session: Session, blocker: Blocker) -> bool:
    """Whether the line of a blocker goes with something around it: a column of a list that goes as a whole."""
    document = session.documents.get(blocker.path)
    if not isinstance(document, Document) or blocker.line is None:
        return False
    leaves = document.leaves(blocker.line)
    return bool(leaves) and all(document.goes(leaf) for leaf in leaves)


def _tidy(session: Session, document: Document) -> None:
    """What follows from the marks of each component, until nothing more does."""
    for component in sorted({mark.component for mark in document.marks}):
        seen = -1
        while seen < len(document.marks):
            seen = len(document.marks)
            _tidy_component(session, document, component)


def _tidy_component(session: Session, document: Document, component: str) -> None:
    own = [mark for mark in document.marks if mark.component == component]
    kind, _, name = component.partition(":")[2].partition("/")
    holder = document.holder(own[0].element)
    if holder in document.going:
        return
    for found in following(kind, document, holder):
        if isinstance(found, Nothing):
            session.gone[kind, name] = found.because
        elif isinstance(found, Short):
            _take_back(session, document, own, found)
        elif isinstance(found, Hollow):
            document.emptied.add(found.element)
            if found.element is holder:
                session.emptied.add((kind, name))
        elif not document.goes(found.element) and not document.marked(found.element):
            document.mark(as_mark(found, _cause(own, found)))


def _take_back(session: Session, document: Document, own: Sequence[Mark], short: Short) -> None:
    for mark in own:
        if mark.element.parent is short.around and mark.element.tag in short.tags:
            session.refused[document.path, mark.line, mark.subject] = short.reason


def _cause(own: Sequence[Mark], found: Frame) -> Mark:
    """The first mark in what follows, or the first of the component."""
    inside = [mark for mark in own if found.element in (mark.element.parent, *mark.element.ancestors())]
    return (inside or own)[0]


def _gone(session: Session) -> Iterable[Removed]:
    paths = {(item.kind, item.name): item.path for item in session.catalog.components}
    return [
        gone_component(session.catalog.system, kind, name, because, paths.get((kind, name), ""))
        for (kind, name), because in sorted(session.gone.items())
    ]


def _edited(session: Session) -> Edited:
    documents = [item for item in session.documents.values() if isinstance(item, Document)]
    changes = [_changed(item) for item in documents if item.marks and item.path not in session.files]
    changes += [
        FileChange(path, session.tree.read(path), ((wave, None),)) for path, (_, wave) in session.files.items()
    ]
    edits = {
        Edit(document.path, mark.what, mark.subject, mark.line, mark.wave)
        for document in documents
        if document.path not in session.files
        for mark in document.marks
    }
    edits |= {Edit(path, "the whole file", why, None, wave) for path, (why, wave) in session.files.items()}
    cuts = {line for item in documents if item.path not in session.files for line in item.cuts()}
    found, loose = search(session, {change.path: change.after for change in changes})
    return Edited(
        tuple(sorted(changes, key=lambda item: item.path)),
        tuple(sorted(edits, key=_edit_key)),
        tuple(sorted({*session.blockers, *found}, key=_blocker_key)),
        tuple(_gone(session)),
        tuple(sorted(cuts)),
        loose,
        tuple(sorted({item for document in documents for item in _touched(session, document)})),
        tuple(sorted(session.emptied)),
    )


def _touched(session: Session, document: Document) -> Iterator[Touched]:
    """The components that are edited in a file; a definition that goes is deleted, not deployed."""
    for mark in document.marks if document.path not in session.files else ():
        kind, slash, name = mark.component.partition(":")[2].partition("/")
        if mark.component != mark.subject:
            yield Touched(kind if slash else "field", name if slash else kind, document.path, mark.wave)


def _changed(document: Document) -> FileChange:
    stages: list[tuple[WaveKind, bytes | None]] = []
    last = document.data
    for wave in _STAGES:
        content = document.result(wave)
        if content != last:
            stages.append((wave, content))
            last = content
    return FileChange(document.path, document.data, tuple(stages))


def _edit_key(edit: Edit) -> tuple[str, int, str, str]:
    return (edit.path, edit.line or 0, edit.what, edit.why)


def _blocker_key(blocker: Blocker) -> tuple[str, int, str, str, str]:
    return (blocker.path, blocker.line or 0, blocker.component, blocker.subject, blocker.reason)
