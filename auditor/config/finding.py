"""Where the configuration stands; finding it reads nothing."""

from __future__ import annotations

import os
from pathlib import Path

from auditor.errors import ConfigurationError

FILE_NAME = "auditor.yaml"


def find_config(start: Path, named: str | None = None) -> Path | None:
    """Where the configuration stands: as named, by the environment (`AUDITOR_CONFIG`), or upward from `start`.

    The search goes no higher than the root of the git repository. None: there is none.

    Raises:
        ConfigurationError: a name was given and no file stands there.
    """
    given = named or os.environ.get("AUDITOR_CONFIG")
    if given:
        path = Path(given)
        path = path / FILE_NAME if path.is_dir() else path
        if not path.is_file():
            raise ConfigurationError([f"{given}: no such configuration file; `auditor init` writes one"])
        return path
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
        if (folder / ".git").exists():
            return None
    return None
