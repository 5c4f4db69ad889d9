"""What reads the CRM from elsewhere: a folder of text in, references of one component out.

A mention is *certain* where the text itself says which object a name is of, *possible* where a name that only the
CRM has stands alone. What a query or a report names it reads; what a mapping names it reads or writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial

from auditor.dataclasses import dataclass
from auditor.formats.trees import Tree
from auditor.model.catalogue import Skipped
from auditor.model.components import Component
from auditor.model.references import Access, Certainty, Reference
from auditor.sources.outside.embedded import embedded_queries, power_query_mentions
from auditor.sources.outside.manners import Manner, manner_of
from auditor.sources.outside.mentions import Explained, Mention, best_of
from auditor.sources.outside.names import Names
from auditor.sources.outside.qualified import bare_mentions, label_mentions, qualified_mentions
from auditor.sources.outside.sql import queries_in, sql_mentions
from auditor.sources.outside.structures import tied_names
from auditor.sources.outside.texts import Lines, blanked, held
from auditor.sources.outside.unpacking import Unpacked

OUTSIDE_READER = "outside_reader"
"""The component kind under which outside readers stand in the graph."""
_MARKS = ("salesforce", "sfdc", "force.com", "hubspot", "dynamics", "dataverse")
_DESCRIBES = re.compile(r"^(?:models|sources|seeds|snapshots|exposures|semantic_models)\s*:", re.MULTILINE)
"""Keys of a file that describes tables and columns for people (dbt), so that naming one is no use of it."""
_TELL_EVERY = 50

Progress = Callable[[int, int], None]
"""Told now and then how many files of how many were searched."""


class Direction(StrEnum):
    """What an outside reader does with the fields that it names; `UNKNOWN` where nobody declared it."""

    READS = "reads"
    WRITES = "writes"
    BOTH = "both"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OutsideReader:
    """One reader as the company declares it. `complete`: what its files do not name, it does not read."""

    name: str
    complete: bool = False
    direction: Direction = Direction.UNKNOWN
    labels: bool = False
    """Whether labels are searched for, too."""


@dataclass(frozen=True, slots=True)
class OutsideFound:
    """What one reader's files say, sorted."""

    component: Component
    references: tuple[Reference, ...]
    skipped: tuple[Skipped, ...]


def read_outside(
    reader: OutsideReader, tree: Tree, names: Names, progress: Progress | None = None
) -> OutsideFound:
    """Search every file of a tree.

    One that cannot be searched costs a line under `skipped`, and the claim that the reader is complete.
    """
    search = _Search(reader, names)
    # A link that is not followed or a folder that cannot be listed may hold any name.
    unpacked = Unpacked(list(tree.skipped), opaque=len(tree.skipped))
    paths = tree.paths()
    for count, path in enumerate(paths, 1):
        for place, text in unpacked.documents(path, partial(tree.read, path)):
            search.document(place, text)
        if progress is not None and (count % _TELL_EVERY == 0 or count == len(paths)):
            progress(count, len(paths))
    return OutsideFound(
        _component(reader, tree.location, search.documents, unpacked),
        tuple(sorted(search.references, key=_reference_key)),
        tuple(sorted(set(unpacked.skipped))),
    )


def _component(reader: OutsideReader, location: str, documents: int, unpacked: Unpacked) -> Component:
    attributes = (
        ("complete", "true" if reader.complete and not unpacked.opaque else "false"),
        ("direction", str(reader.direction)),
        ("files", str(documents)),
        ("unsearched", str(unpacked.opaque)),
    )
    return Component(OUTSIDE_READER, reader.name, location, attributes=attributes)


class _Search:
    """The references of one reader, document by document."""

    def __init__(self, reader: OutsideReader, names: Names) -> None:
        self.reader = reader
        self.names = names
        self.wanted = frozenset(token.encode() for token in {*names.bare, *names.objects} if token.isascii())
        self.references: list[Reference] = []
        self.documents = 0

    def document(self, path: str, text: str) -> None:
        self.documents += 1
        found = held(text, self.wanted)
        if not found and not self.reader.labels:
            return
        manner = manner_of(path)
        best = best_of(self._mentions(text, manner, frozenset(found & self.names.bare.keys())))
        lines = Lines(text)
        for target in sorted(best):
            mention = best[target]
            for access, certainty in self._uses(mention, manner):
                self.references.append(
                    Reference(
                        OUTSIDE_READER,
                        self.reader.name,
                        target,
                        access,
                        certainty,
                        path,
                        lines.at(mention.offset),
                        manner.word,
                    )
                )

    def _mentions(self, text: str, manner: Manner, bare: frozenset[str]) -> Iterator[Mention]:
        lowered = text.lower()
        marked = bool(bare) or any(mark in lowered for mark in _MARKS)
        told = [*self._told(text, manner, marked)]
        yield from told
        yield from bare_mentions(text, bare, self.names, Explained(told))
        if manner.structure:
            yield from self._tied(text, lowered, manner)
        if self.reader.labels:
            yield from label_mentions(text, self.names.labels)

    def _told(self, text: str, manner: Manner, marked: bool) -> Iterator[Mention]:
        """What the text itself says the object of, at its place."""
        plain = blanked(text, manner.line_comments, manner.block_comments)
        yield from qualified_mentions(plain, self.names, manner, marked)
        if manner.query:
            yield from sql_mentions(plain, self.names, marked)
        else:
            yield from queries_in(embedded_queries(plain), self.names, marked)
        if "Source{" in plain or "[Data]" in plain:
            yield from power_query_mentions(plain, self.names)

    def _tied(self, text: str, lowered: str, manner: Manner) -> Iterator[Mention]:
        describes = manner.documents and _DESCRIBES.search(text) is not None
        for tied in tied_names(text, manner.structure, self.names, manner.exact):
            place = re.search(rf"(?<!\w){re.escape(tied.token.lower())}(?!\w)", lowered)
            yield Mention(tied.target, place.start() if place else 0, certain=not describes)

    def _uses(self, mention: Mention, manner: Manner) -> Iterator[tuple[Access, Certainty]]:
        """What a mention does with its field, as surely as language and declaration tell.

        What is surely named but of unknown direction is listed for certain: something mentions the field.
        """
        sure = Certainty.CERTAIN if mention.certain else Certainty.POSSIBLE
        direction = self.reader.direction
        if mention.reads or direction is Direction.READS or (manner.reads and direction is Direction.UNKNOWN):
            yield Access.READS, sure
        elif direction is Direction.WRITES:
            yield Access.WRITES, sure
        elif direction is Direction.BOTH:
            yield from ((Access.READS, sure), (Access.WRITES, sure))
        else:
            yield from ((Access.READS, Certainty.POSSIBLE), (Access.WRITES, Certainty.POSSIBLE))
            if mention.certain:
                yield Access.LISTS, Certainty.CERTAIN


def _reference_key(item: Reference) -> tuple[str, str, int, str]:
    return item.target, item.path, item.line or 0, str(item.access)
