"""What `sfdx-project.json` says of a repository: its own namespace, and which folders are packages.

Files outside of the package directories are read too, since companies mix formats and keep parts of their
configuration beside the packages (`unpackaged/`, `src/`); they only yield to the packages where both define the
same thing. `.forceignore` is not applied: it says what the command line does not deploy or track (profiles, local
settings), and is full of patterns for things that exist in the org all the same. What is in the repository is
evidence, whether or not one command would deploy it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.errors import FormatError
from auditor.formats.trees import Tree
from auditor.model.catalogue import Skipped

PROJECT_FILE = "sfdx-project.json"


@dataclass(frozen=True, slots=True)
class Project:
    """The namespace (empty: none) and the package directories in order, as paths without a slash at the end."""

    namespace: str = ""
    packages: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def rank(self, path: str) -> int:
        """Which definition wins, higher over lower: 0 outside of all packages, then packages in their order."""
        ranks = (
            place for place, folder in enumerate(self.packages, 1) if path.startswith(folder + "/") or not folder
        )
        return max(ranks, default=0)


def read_project(tree: Tree, paths: Sequence[str]) -> Project:
    """Read the project file at the top of the tree; without one, or with a broken one, nothing is a package."""
    if PROJECT_FILE not in paths:
        return Project()
    try:
        data = json.loads(tree.read(PROJECT_FILE).decode("utf-8-sig"))
    except (FormatError, ValueError, RecursionError) as error:
        return Project(skipped=(Skipped(PROJECT_FILE, f"not readable as JSON: {error}"),))
    if not isinstance(data, dict):
        return Project(skipped=(Skipped(PROJECT_FILE, "holds no JSON object"),))
    namespace = data.get("namespace")
    listed = data.get("packageDirectories")
    folders = (item.get("path") for item in (listed if isinstance(listed, list) else ()) if isinstance(item, dict))
    return Project(
        namespace if isinstance(namespace, str) else "",
        tuple(_folder(folder) for folder in folders if isinstance(folder, str)),
    )


def _folder(path: str) -> str:
    stripped = path.replace("\\", "/").removeprefix("./").strip("/")
    return "" if stripped == "." else stripped
