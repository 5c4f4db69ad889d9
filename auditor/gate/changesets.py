"""What is compared: the staged change, a branch since it left another, a range of commits, or what is pushed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.errors import AuditorError, SourceError
from auditor.formats.gitrepos import FileChange, Repository
from auditor.formats.tree_limits import printable

INDEX = ""
"""In the place of a commit: what is staged."""
FROM_VARIABLE, TO_VARIABLE, REMOTE_VARIABLE = "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF", "PRE_COMMIT_REMOTE_NAME"
"""Set by pre-commit for what is pushed, and by its --from-ref and --to-ref."""
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user wants compared; all empty: what is staged."""

    base: str = ""
    """A revision: what came since its merge base with the head."""
    head: str = ""
    span: str = ""
    """`A..B`: what B has and A has not."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Two states and the files in which they differ, sorted by path. `base` is a commit or a tree.

    `words` name the change for people. `others` are the further parents of a merge that is being made.
    """

    base: str
    head: str
    changes: tuple[FileChange, ...]
    words: str
    others: tuple[str, ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        """Every path that a changed file has or had, from the root of the repository."""
        return frozenset(path for change in self.changes for path in change.paths)


def change_set(repository: Repository, asked: Asked, environ: Mapping[str, str]) -> ChangeSet | None:
    """The states that are to be compared; None where a push takes a branch away, so that nothing is.

    Raises:
        AuditorError: a revision is not known, a shallow clone does not reach to the base, or files are unmerged.
    """
    if asked.span:
        first, _, last = asked.span.partition("..")
        return _since(repository, first or "HEAD", last.lstrip(".") or "HEAD")
    if asked.base:
        return _since(repository, asked.base, asked.head or "HEAD")
    if asked.head:
        raise AuditorError(f"--head {asked.head} needs --base: a revision is compared with where it came from")
    pushed = environ.get(TO_VARIABLE)
    if pushed is not None and environ.get(FROM_VARIABLE) is not None:
        return _pushed(repository, environ[FROM_VARIABLE], pushed, environ)
    return _staged(repository)


def steps(repository: Repository, whole: ChangeSet) -> Iterator[tuple[ChangeSet, str]]:
    """A range commit by commit along first parents, oldest first, each with its subject."""
    if whole.head == INDEX:
        raise AuditorError("--by-commit needs commits: give a range (--range A..B) or --base REV")
    before = whole.base
    for commit, subject in repository.first_parents(whole.base, whole.head):
        changes = repository.between(before, commit)
        yield ChangeSet(before, commit, changes, commit[:10]), subject
        before = commit


def merged_in(repository: Repository, change: ChangeSet, parent: str) -> ChangeSet:
    """The change that a merge is for another of its parents."""
    return ChangeSet(parent, change.head, repository.staged(parent), change.words)


def _staged(repository: Repository) -> ChangeSet:
    base = repository.head or repository.empty
    changes = repository.staged(base)
    unmerged = tuple(dict.fromkeys(each.new for each in changes if each.status == "U"))
    if unmerged:
        raise AuditorError(
            f"the index holds files that are not merged yet: {_some(unmerged)}; resolve them and `git add` them, "
            "then check again"
        )
    return ChangeSet(base, INDEX, changes, "what is staged", repository.merging())


def _since(repository: Repository, base: str, head: str) -> ChangeSet:
    first, last = _commit(repository, base), _commit(repository, head)
    common = repository.merge_base(first, last)
    if not common:
        if repository.shallow:
            raise SourceError(_too_shallow(f"where {base} and {head} part"))
        common = first  # two histories that share nothing: the one is compared with the other as it is
    return ChangeSet(common, last, repository.between(common, last), f"{base}..{head}")


def _pushed(repository: Repository, old: str, new: str, environ: Mapping[str, str]) -> ChangeSet | None:
    if _is_null(new):
        return None
    if not _is_null(old):
        return _since(repository, old, new)
    last = _commit(repository, new)
    remote = environ.get(REMOTE_VARIABLE) or "origin"
    for name in (f"refs/remotes/{remote}/{branch}" for branch in ("HEAD", "main", "master")):
        known = repository.commit(name)
        common = repository.merge_base(known, last) if known else ""
        if common:
            return ChangeSet(common, last, repository.between(common, last), f"{remote}..{new[:10]}")
    if repository.shallow:
        raise SourceError(_too_shallow("where the new branch begins"))
    return ChangeSet(repository.empty, last, repository.between(repository.empty, last), new[:10])


def _commit(repository: Repository, revision: str) -> str:
    """The commit of a revision that must be there.

    Raises:
        SourceError: it is not.
    """
    if revision == "HEAD" and repository.head:
        return repository.head
    found = repository.commit(revision)
    if found:
        return found
    if revision == "HEAD":
        raise SourceError("there is no commit yet; without --base what is staged is checked")
    if repository.shallow:
        raise SourceError(_too_shallow(revision))
    raise SourceError(
        f"{printable(revision)} names no commit of this clone; fetch it (`git fetch`) or name another"
    )


def _too_shallow(what: str) -> str:
    return (
        f"this clone is shallow and does not reach {printable(what)}; fetch deeper (`git fetch --deepen=100`, "
        "again until it does, or `git fetch --unshallow`; in pipelines fetch-depth: 0 or GIT_DEPTH: 0)"
    )


def _is_null(revision: str) -> bool:
    return bool(revision) and not revision.strip("0")


def _some(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _LISTED} more" if len(paths) > _LISTED else ""
    return ", ".join(map(printable, paths[:_LISTED])) + more
