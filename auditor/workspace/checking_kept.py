"""What the last audit left of what lies outside of the repository, and what a cold check leaves behind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from auditor.config.values import Config
from auditor.workspace.checking_sides import Run, Sides
from auditor.workspace.checking_states import Kept, Side

if TYPE_CHECKING:
    from auditor.workspace.law import Law


def kept_by(config: Config) -> Kept:
    """What the last audit left; nothing where none did, or what it left is damaged or of another version."""
    from auditor.index.ground import GroundLostError
    from auditor.workspace.grounding import open_kept

    try:
        with open_kept(config) as kept:
            if kept is None:
                return Kept()
            outside = {system.name: kept.catalog(system.name) for system in config.systems}
            catalogs = {name: catalog for name, catalog in outside.items() if catalog is not None}
            return Kept(kept.evidence.evidence, catalogs, kept.day)
    except GroundLostError:
        return Kept()


def law_kept(run: Run, sides: Sides) -> Law | None:
    """What is judged by, kept for the next check; None where it does not stand in the folder as it is checked.

    Raises:
        ConfigurationError: it is wrong; every problem at once.
    """
    from auditor.workspace.law import keep_law, kept_classifier, read_law

    after = sides.after
    if after.law is not after.config or after.config.path != run.path:
        return None
    law, read = read_law(after.config), partial(_held, run, after)
    keep_law(law, read, run.reading.cache)
    kept_classifier(law, read, run.reading.cache)
    return law


def _held(run: Run, side: Side, name: str) -> bytes | None:
    path = run.reading.places.of(name)
    return None if path is None else side.state.read(path)
