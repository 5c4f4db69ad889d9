"""What editing hands on: files before and after, what was cut and for whose sake, and what nobody may cut."""

from __future__ import annotations

from auditor.dataclasses import dataclass
from auditor.model.rollback import Blocker, Edit, Removed, WaveKind


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the tree, and what it holds from each step on that changes it (None: it goes), in order."""

    path: str
    before: bytes
    stages: tuple[tuple[WaveKind, bytes | None], ...]

    @property
    def after(self) -> bytes | None:
        """What it holds in the end."""
        return self.stages[-1][1]

    def at(self, wave: WaveKind) -> bytes | None:
        """What it holds once a step is done."""
        done = [content for kind, content in self.stages if kind.number <= wave.number]
        return done[-1] if done else self.before


@dataclass(frozen=True, slots=True, order=True)
class LooseMention:
    """A removed name in a file that is no metadata (documentation, data, a script): nothing breaks in the CRM."""

    path: str
    line: int
    subject: str


@dataclass(frozen=True, slots=True, order=True)
class CutLines:
    """Lines of a file before, first and last, that go or change, and everything on them with them.

    `left`: so many lines stand there afterwards, with another text. `ragged`: something else stands on one of
    these lines too, and stays.
    """

    path: str
    first: int
    last: int
    left: int = 0
    ragged: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Touched:
    """One component that is edited in one file, in one step."""

    kind: str
    name: str
    path: str
    wave: WaveKind


@dataclass(frozen=True, slots=True)
class Edited:
    """Everything that editing the sources of one system comes to, sorted.

    `goes` are components that the removal did not name and that go all the same, being nothing without what was
    removed (a field update, an index). `emptied` are those of which the frame stays, with nothing in it (kind and
    name). `loose` are names in files that are no metadata.
    """

    changes: tuple[FileChange, ...] = ()
    edits: tuple[Edit, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    goes: tuple[Removed, ...] = ()
    cuts: tuple[CutLines, ...] = ()
    loose: tuple[LooseMention, ...] = ()
    touched: tuple[Touched, ...] = ()
    emptied: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file that is handed over: its path within the folder of the plan, and its bytes."""

    path: str
    content: bytes
    executable: bool = False
