"""Packs of other distributions: an entry point `NAME = package` in the group `auditor.packs` offers `NAME.yaml`.

The file is found without importing the package, so that reading a policy runs nobody's code.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

GROUP = "auditor.packs"
FIXTURES = ".test"


class PackError(OSError):
    """Indicates a pack that cannot be had, for a reason beyond its not being there."""


def foreign_packs() -> tuple[str, ...]:
    """Names of the packs that other distributions offer, sorted."""
    return tuple(sorted({entry.name for entry in _offers()}))


def read_foreign(name: str) -> bytes:
    """The bytes of a pack that another distribution offers, or of its fixtures (`NAME.test`).

    Raises:
        PackError: two distributions offer it, or the one that does lacks the file.
        FileNotFoundError: nobody offers it.
    """
    pack = name.removesuffix(FIXTURES)
    entry = _offer(pack)
    path = _folder(entry) / f"{name}.yaml"
    if not path.is_file() and name == pack:
        raise PackError(f"pack {pack!r} is offered by {entry.value}, which has no {name}.yaml")
    return path.read_bytes()


def foreign_folder(pack: str) -> Path:
    """The folder of the package that offers a pack.

    Raises:
        PackError: two distributions offer it, or what is offered is no package.
        FileNotFoundError: nobody offers it.
    """
    return _folder(_offer(pack))


def _offer(pack: str) -> EntryPoint:
    offers = {entry.value: entry for entry in _offers().select(name=pack)}
    if not offers:
        raise FileNotFoundError(pack)
    if len(offers) > 1:
        raise PackError(f"pack {pack!r} is offered twice, by {' and by '.join(sorted(offers))}: remove one")
    (entry,) = offers.values()
    return entry


def _folder(entry: EntryPoint) -> Path:
    spec = find_spec(entry.module.partition(".")[0])
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise PackError(f"pack {entry.name!r} is offered by {entry.value}, which is no installed package")
    return Path(next(iter(places)), *entry.module.split(".")[1:])


def _offers() -> EntryPoints:
    from importlib.metadata import entry_points  # dear, and seldom needed

    return entry_points(group=GROUP)
