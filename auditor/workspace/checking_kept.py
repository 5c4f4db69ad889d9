"""What the last audit left of what lies outside of the repository, and what a cold check leaves behind."""

from __future__ import annotations

from functools import partial

from auditor.config.values import Config
from auditor.gate.changesets import ChangeSet
from auditor.workspace.checking_sides import Run, Sides
from auditor.workspace.checking_states import Kept, Side
from auditor.workspace.checking_telling import Both


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


def keep_law_for_next(run: Run, sides: Sides) -> None:
    """Keep what is judged by, if it stands in the folder as it does in the state after the change."""
    if run.reading.rows is None:
        return
    from auditor.workspace.law import keep_law, kept_classifier, read_law

    after = sides.after
    if after.law is after.config and after.config.path == run.path:
        law, read = read_law(after.config), partial(_held, run, after)
        keep_law(law, read, run.reading.cache)
        kept_classifier(law, read, run.reading.cache)


def keep_tree_for_next(run: Run, change: ChangeSet, sides: Sides, both: Both) -> None:
    """Keep the state before, if it was missing, so that the next check reads only what changed.

    What cannot be kept is made again.
    """
    rows = run.reading.rows
    if rows is None or change.base == run.repository.empty:
        return
    from auditor.workspace.ground_keeping import keep_read
    from auditor.workspace.grounding import systems_digest

    before, after = sides.before, sides.after
    if systems_digest(before.config) == systems_digest(after.config):
        tree, judged = run.repository.tree_of(change.base), both.before
        listed = {(name, 0): list(found) for name, found in rows.items()}
        keep_read(after.config, tree, judged.inputs, judged.facts, listed)


def _held(run: Run, side: Side, name: str) -> bytes | None:
    path = run.reading.places.of(name)
    return None if path is None else side.state.read(path)
