"""What the last audit left of what lies outside of the repository: usage evidence, and the ERP's schema."""

from __future__ import annotations

from auditor.config.values import Config
from auditor.workspace.checking_states import Kept


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
