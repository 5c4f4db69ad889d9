"""The proof: a plan is carried out on a copy of the sources, which is read again and compared.

Whoever edits says what was meant; nothing here believes it. The same reader that read the tree reads the copy, the
two catalogues are compared by meaning, the files by bytes, and the way back is walked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.formats.xml_editing import Element, parse_places
from auditor.model.catalogue import Catalog
from auditor.model.rollback import Proof, ProofPart, Removal
from auditor.planning.copies import Copy
from auditor.planning.differing import Taken, differences
from auditor.planning.salesforce.removing import removing
from auditor.planning.salesforce.values import CutLines, Edited

ReadAgain = Callable[[Tree], Catalog]
"""Reads a tree as its source was read before; handed in, since the middle knows no sources."""
_MOST = 50
"""So many failures of one part are told; all are counted."""


def prove(removal: Removal, catalog: Catalog, tree: Tree, edited: Edited, read_again: ReadAgain) -> Proof:
    """Carry a plan out on a copy and say what held: every part by name, every failure in a sentence."""
    after = {change.path: change.after for change in edited.changes}
    copy = Copy(tree, after)
    changed = _changed(tree, edited)
    taken = _taken(removal, catalog, edited, {path: change.lines.moved for path, change in changed.items()})
    read = read_again(copy)
    parts = (
        ("no mention stays", _unlisted(catalog, taken, edited), _left_words(edited)),
        ("what was to go is gone", _there_still(read, taken), f"{len(removal.items):,} things"),
        ("nothing else changed", differences(catalog, read, taken), f"{len(read.references):,} mentions compared"),
        ("files keep their form", _misshapen(changed), f"{len(edited.changes):,} files"),
        ("the way back is exact", _not_restored(tree, copy, edited), f"{len(edited.changes):,} files restored"),
    )
    told = [(name, list(failures), says) for name, failures, says in parts]
    return Proof(
        removal.system,
        tuple(
            ProofPart(name, not failures, says if not failures else failures[0]) for name, failures, says in told
        ),
        tuple(f"{name}: {failure}" for name, failures, _ in told for failure in _first(failures)),
    )


@dataclass(frozen=True, slots=True)
class _Changed:
    """One file that is edited, and its lines."""

    before: bytes
    after: bytes
    lines: _Aligned


def _changed(tree: Tree, edited: Edited) -> dict[str, _Changed]:
    """Every file that stays and is edited, compared with the tree itself."""
    found: dict[str, _Changed] = {}
    for change in edited.changes:
        if change.after is not None:
            before = tree.read(change.path)
            cuts = [cut for cut in edited.cuts if cut.path == change.path]
            found[change.path] = _Changed(before, change.after, _aligned(before, change.after, cuts))
    return found


def _first(failures: list[str]) -> list[str]:
    more = len(failures) - _MOST
    return failures if more <= 0 else [*failures[:_MOST], f"and {more:,} more"]


def _left_words(edited: Edited) -> str:
    files = len({blocker.path for blocker in edited.blockers})
    return (
        f"but for {len(edited.blockers):,} listed blockers in {files:,} files" if files else "no blocker is left"
    )


def _taken(removal: Removal, catalog: Catalog, edited: Edited, moved: Mapping[str, Mapping[int, int]]) -> Taken:
    gone = removing(removal, catalog, edited.goes)
    files = frozenset(change.path for change in edited.changes if change.after is None)
    left = frozenset((blocker.path, blocker.line or 0) for blocker in edited.blockers)
    ragged = frozenset(cut.path for cut in edited.cuts if cut.ragged)
    fields, objects = frozenset(gone.fields), frozenset(gone.objects)
    components = frozenset(gone.components) | frozenset(edited.emptied)
    return Taken(fields, objects, components, files, moved, left, ragged)


def _unlisted(catalog: Catalog, taken: Taken, edited: Edited) -> Iterator[str]:
    """Mentions of what goes that were neither cut nor listed as blockers."""
    listed = {(blocker.path, blocker.line) for blocker in edited.blockers}
    for item in catalog.references:
        if not taken.target(item.target) or taken.component(item.component_kind, item.component):
            continue
        if taken.line(item.path, item.line) != -1 and (item.path, item.line) not in listed:
            yield f"{item.component_kind}/{item.component} still mentions {item.target} ({item.path}:{item.line})"


def _there_still(after: Catalog, taken: Taken) -> Iterator[str]:
    for item in after.objects:
        if item.name in taken.objects:
            yield f"{item.name} is still defined ({item.origin.path if item.origin else 'nowhere'})"
        for each in item.fields:
            if f"{item.name}.{each.name}" in taken.fields:
                where = each.origin.path if each.origin else "nowhere"
                yield f"{item.name}.{each.name} is still defined ({where})"
    for component in after.components:
        if (component.kind, component.name) in taken.components:
            yield f"{component.kind} {component.name} is still defined ({component.path})"


@dataclass(frozen=True, slots=True)
class _Aligned:
    """The lines of one edited file, before and after: which are which, and which are new."""

    moved: Mapping[int, int]
    """By line of before that was not cut, where it stands now; 0: nowhere, though nobody cut it."""
    changed: frozenset[int]
    """Lines of before that were cut, and stand there with another text."""
    new: frozenset[int]
    """Lines of after that none of before is."""


def _aligned(before: bytes, after: bytes, cuts: Sequence[CutLines]) -> _Aligned:
    """Find the lines again that nobody cut, in their order."""
    cut = {line for item in cuts for line in range(item.first, item.last + 1)}
    changed = {line for item in cuts if item.left for line in range(item.first, item.last + 1)}
    now = after.splitlines()
    moved: dict[int, int] = {}
    place = 0
    for number, text in enumerate(before.splitlines(), start=1):
        if number in cut:
            continue
        try:
            place = now.index(text, place) + 1
            moved[number] = place
        except ValueError:
            moved[number] = 0
    new = frozenset(range(1, len(now) + 1)) - frozenset(moved.values())
    return _Aligned(moved, frozenset(changed), new)


def _misshapen(changed: Mapping[str, _Changed]) -> Iterator[str]:
    for path, change in changed.items():
        lost = sum(1 for line in change.lines.moved.values() if line == 0)
        if lost:
            yield f"{path}: {lost:,} lines that nobody cut are not there"
        if len(change.lines.new) > len(change.lines.changed):
            yield f"{path}: more new lines than were changed"
        yield from _structure(path, change)


def _structure(path: str, change: _Changed) -> Iterator[str]:
    """Declaration and mark at the beginning are the same, and the elements that stay keep their order."""
    if _head(change.before) != _head(change.after):
        yield f"{path}: the declaration changed"
    try:
        before, after = parse_places(change.before), parse_places(change.after)
    except FormatError as error:
        yield f"{path}: no longer well-formed: {error.reason}"
        return
    known = iter(_shapes(before, change.lines.changed))
    if not all(any(shape == old for old in known) for shape in _shapes(after, change.lines.new)):
        yield f"{path}: elements are not those of before, in their order"


def _shapes(root: Element, others: frozenset[int]) -> list[tuple[str, str]]:
    """Place and text of every element; without the text on lines that have another one."""
    return [(item.place, "" if item.line in others else item.text) for item in root.walk()]


def _head(data: bytes) -> bytes:
    return data[: data.find(b">") + 1] if data.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") else data[:3]


def _within(before: list[Element], after: list[Element]) -> bool:
    """Whether the elements of after are, in their order, elements of before (their texts may be others)."""
    rest = iter(before)
    return all(any(item.place == old.place for old in rest) for item in after)


def _not_restored(tree: Tree, copy: Copy, edited: Edited) -> Iterator[str]:
    back = Copy(copy, {change.path: change.before for change in edited.changes})
    if list(back.paths()) != list(tree.paths()):
        yield "the files are not the same ones"
    for change in edited.changes:
        if back.read(change.path) != tree.read(change.path):
            yield f"{change.path}: other bytes than before"
