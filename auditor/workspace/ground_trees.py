"""Which tree of a repository was read, where what was read is one: the sources of a configuration as committed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.config.values import Config
from auditor.errors import SourceError
from auditor.formats.gitrepos import Repository, open_repository
from auditor.formats.tree_limits import is_pruned
from auditor.index.places import FOLDER
from auditor.workspace.checking_places import places_of, source_path


def committed_tree(config: Config, environ: Mapping[str, str]) -> str:
    """The tree that is checked out, where every source in its repository stands as committed; empty otherwise.

    What is not committed, ignored files among it, is read by an audit and seen by no check.
    """
    tree, is_clean = checked_out(config, environ)
    return tree if is_clean else ""


def checked_out(config: Config, environ: Mapping[str, str]) -> tuple[str, bool]:
    """The tree of the commit that is checked out (empty: none), and whether every source stands as in it."""
    try:
        repository = open_repository(config.folder, environ)
        places = places_of(config.folder, repository.top)
    except SourceError:
        return "", False
    sources = [source for system in config.systems for source in system.sources]
    paths = [path for source in sources if (path := source_path(source, places)) is not None]
    beyond = [
        path for each in config.outside_readers for name in each.paths if (path := places.of(name)) is not None
    ]
    own = tuple(each for name in (FOLDER, config.output) if (each := places.of(name)))
    if not paths or not repository.head:
        return "", False
    done = repository.git.ask("rev-parse", "--verify", "--quiet", f"{repository.head}^{{tree}}")
    tree = "" if done.returncode else done.stdout.decode().strip()
    return tree, bool(tree) and _is_clean(repository, [*paths, *beyond], own)


def _is_clean(repository: Repository, paths: Iterable[str], own: Sequence[str]) -> bool:
    asked = [f":(top,literal){path}" if path else ":(top)" for path in sorted(set(paths))]
    done = repository.git.ask("status", "--porcelain", "-z", "-uall", "--ignored=traditional", "--", *asked)
    return not done.returncode and not any(_is_read(path, own) for path in _told(done.stdout))


def _told(status: bytes) -> Iterator[str]:
    """Paths that differ: `XY path`; the second path of a rename stands alone and counts as well."""
    for record in status.split(b"\0"):
        text = os.fsdecode(record)
        if text:
            yield text[3:] if text[2:3] == " " else text


def _is_read(path: str, own: Sequence[str]) -> bool:
    """Whether an audit would have read it; a folder ends with a slash.

    What the auditor itself writes, its cache and its reports, is nothing that it reads.
    """
    return not is_pruned(path) and not any(f"{path.rstrip('/')}/".startswith(f"{each}/") for each in own)
