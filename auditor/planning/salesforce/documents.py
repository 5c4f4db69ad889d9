"""One file while it is edited: its elements by line, what is marked to go, and the bytes that come of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from auditor.dataclasses import dataclass
from auditor.formats.xml_editing import Change, Element, apply, emptied, parse_places, removals, retexted
from auditor.model.rollback import WaveKind
from auditor.planning.salesforce.values import CutLines

CONTAINERS = frozenset(
    {
        "AssignmentRules",
        "AutoResponseRules",
        "CustomObject",
        "EscalationRules",
        "MatchingRules",
        "SharingRules",
        "Workflow",
    }
)
"""Roots of files that hold components of their own, each a child of the root."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One element that goes (`text` None) or gets another text, and for whose sake.

    `subject` and `component` are printed names; `line` is where the mention stands.
    """

    element: Element
    subject: str
    component: str
    what: str
    line: int
    wave: WaveKind
    text: str | None = None


class Document:
    """One XML file. Built from its bytes; marks are added, bytes come out at the end."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        self.root = parse_places(data)
        self.marks: list[Mark] = []
        self.emptied: set[Element] = set()
        self._going: set[Element] = set()
        self._known: set[tuple[int, str | None]] = set()
        self._by_line: dict[int, list[Element]] = defaultdict(list)
        self._frames: dict[int, list[Element]] = defaultdict(list)
        for item in self.root.walk():
            if item.children:
                self._frames[item.line].append(item)
            if item.text and not item.children:
                for line in range(item.line, item.last_line + 1):
                    self._by_line[line].append(item)

    def leaves(self, line: int) -> list[Element]:
        """Elements with a text that cover a line."""
        return self._by_line.get(line, [])

    def named_within(self, line: int, tags: Collection[str]) -> list[Element]:
        """Children of some tags in the elements that begin on a line, but none that stand on that line itself."""
        frames = self._frames.get(line, [])
        return [item for frame in frames for item in frame.children if item.tag in tags and item.line != line]

    def holder(self, element: Element) -> Element:
        """The element that is the component: the root, or its child in a file that holds many."""
        if self.root.tag in CONTAINERS:
            for item in (element, *element.ancestors()):
                if item.parent is self.root:
                    return item
        return self.root

    def place(self, element: Element) -> str:
        """The tags from below the component down to the element."""
        holder = self.holder(element)
        tags: list[str] = []
        for item in (element, *element.ancestors()):
            if item is holder:
                break
            tags.append(item.tag)
        return "/".join(reversed(tags))

    def mark(self, mark: Mark) -> None:
        """Add a mark, unless the element is marked for the same already."""
        known = (id(mark.element), mark.text)
        if known not in self._known:
            self._known.add(known)
            self.marks.append(mark)
            if mark.text is None:
                self._going.add(mark.element)

    def marked(self, element: Element) -> bool:
        """Whether an element is marked to go or to change."""
        return any(mark.element is element for mark in self.marks)

    @property
    def going(self) -> set[Element]:
        """The elements that are marked to go."""
        return self._going

    def goes(self, element: Element) -> bool:
        """Whether an element goes, by itself or with one around it."""
        going = self.going
        return element in going or any(item in going for item in element.ancestors())

    def staying(self, element: Element) -> list[Element]:
        """The children that stay."""
        going = self.going
        return [child for child in element.children if child not in going]

    def changes(self, up_to: WaveKind = WaveKind.PURGE) -> tuple[Change, ...]:
        """Every change to the bytes up to a step; what lies within an element that goes is not changed besides."""
        marks = [mark for mark in self.marks if mark.wave.number <= up_to.number]
        going = {mark.element for mark in marks if mark.text is None}
        texts = {mark.element: mark.text for mark in marks if mark.text is not None}
        hollow = {item for item in self.emptied if any(child in going for child in item.children)}
        inner = [
            *(retexted(item, text) for item, text in texts.items() if not self._inside(item, going)),
            *(emptied(self.data, item) for item in hollow if not self._inside(item, going)),
        ]
        kept = [item for item in going if not self._inside(item.parent, hollow)]
        return (*removals(self.data, kept), *inner)

    def result(self, up_to: WaveKind = WaveKind.PURGE) -> bytes:
        """The bytes with every change up to a step made."""
        return apply(self.data, self.changes(up_to))

    def clear(self) -> None:
        """Take every mark back."""
        self.marks.clear()
        self.emptied.clear()
        self._going.clear()
        self._known.clear()

    def cuts(self) -> Iterator[CutLines]:
        """The lines that go or change."""
        going = self.going
        for item in (*(mark.element for mark in self.marks), *self.emptied):
            edges = (*self.leaves(item.line), *self.leaves(item.last_line))
            ragged = item in going and any(not self._inside(leaf, going) for leaf in edges)
            stays = ragged or (item not in going and not self._inside(item, going))
            left = item.last_line - item.line + 1 if stays else 0
            yield CutLines(self.path, item.line, item.last_line, left, ragged)

    @staticmethod
    def _inside(element: Element | None, others: set[Element]) -> bool:
        return element is not None and (element in others or any(item in others for item in element.ancestors()))
