"""What `sfdx-project.json` says of a repository: its own namespaces, and which folders are packages.

Files outside of the package directories are read too, since companies mix formats and keep parts of their
configuration beside the packages (`unpackaged/`, `src/`); they only yield to the packages where both define the
same thing. `.forceignore` is not applied: it says what the command line does not deploy or track (profiles, local
settings), and is full of patterns for things that exist in the org all the same. What is in the repository is
evidence, whether or not one command would deploy it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.jsons import parse_json
from auditor.model.catalogue import Skipped

if TYPE_CHECKING:
    from auditor.formats.trees import Tree

PROJECT_FILE = "sfdx-project.json"


@dataclass(frozen=True, slots=True)
class Project:
    """What all project files of a tree say together.

    `namespaces` are the organisation's own, in lower case; `packages` the package directories in order, as paths
    without a slash at the end (empty: the whole tree).
    """

    namespaces: frozenset[str] = frozenset()
    packages: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def rank(self, path: str) -> int:
        """Which definition wins, higher over lower: 0 outside of all packages, then packages in their order."""
        ranks = (
            place for place, folder in enumerate(self.packages, 1) if path.startswith(folder + "/") or not folder
        )
        return max(ranks, default=0)

    def order(self, path: str) -> tuple[int, str]:
        """The order of files in which later ones win: what lies outside of packages, then package by package."""
        return self.rank(path), path


def read_project(tree: Tree, paths: Sequence[str]) -> Project:
    """Read every project file of the tree, the topmost first: one repository may hold several projects.

    What lies in no project, or in one whose file is broken, is in no package.
    """
    files = [path for path in paths if path.rpartition("/")[2] == PROJECT_FILE]
    found = [_read(tree, path) for path in sorted(files, key=lambda path: (path.count("/"), path))]
    return Project(
        frozenset(name for project in found for name in project.namespaces),
        tuple(folder for project in found for folder in project.packages),
        tuple(line for project in found for line in project.skipped),
    )


def _read(tree: Tree, path: str) -> Project:
    try:
        data = parse_json(tree.read(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Project(skipped=(Skipped(path, "not UTF-8, which JSON has to be"),))
    except FormatError as error:
        return Project(skipped=(Skipped(path, error.reason, error.line),))
    if not isinstance(data, dict):
        return Project(skipped=(Skipped(path, "holds no JSON object"),))
    namespace = data.get("namespace")
    listed = data.get("packageDirectories")
    folders = (item.get("path") for item in (listed if isinstance(listed, list) else ()) if isinstance(item, dict))
    base = path.rpartition("/")[0]
    return Project(
        frozenset({namespace.lower()} if isinstance(namespace, str) and namespace else ()),
        tuple(_folder(base, folder) for folder in folders if isinstance(folder, str)),
    )


def _folder(base: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(base, path.replace("\\", "/")))
    return "" if joined == "." else joined
