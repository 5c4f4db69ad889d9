"""What an audit leaves for checks of what lies outside of the repository: usage evidence, and the ERP's schema."""

from __future__ import annotations

import os
from collections.abc import Iterator

from auditor.config.values import Config
from auditor.judging import Inputs
from auditor.model.catalogue import Catalog, Role
from auditor.workspace.checking_states import Kept

_CATALOG = "outside/"
"""Before the name of a system, what was read of it."""


def keep_for_checks(config: Config, inputs: Inputs) -> bool:
    """Keep the evidence of an audit, and the schemas that no repository of metadata holds.

    False: it could not be kept, or nothing is to be cached; a check then says that no audit left anything.
    """
    if not config.cached:
        return False
    from auditor.facts.evidence_paged import evidence_sheets
    from auditor.formats.frozen import pack
    from auditor.index.ground import Label
    from auditor.index.grounds import blob_sheet, write_ground
    from auditor.index.places import open_vault

    vault = open_vault(config.folder, os.environ)
    if vault is None:
        return False
    outside = list(_outside(inputs))
    sheets = [
        *evidence_sheets(inputs.evidence),
        *(blob_sheet(_CATALOG + each.system, pack(each)) for each in outside),
    ]
    trees = {each.system: "" for each in outside}
    return write_ground(vault, Label(_key(config), trees, inputs.settings.as_of), sheets)


def kept_by(config: Config) -> Kept:
    """What the last audit left; nothing where none did, or what it left is damaged or of another version."""
    from auditor.facts.evidence_paged import paged_evidence
    from auditor.formats.frozen import unpack
    from auditor.index.ground import GroundLostError
    from auditor.index.grounds import open_ground
    from auditor.index.places import open_vault

    vault = open_vault(config.folder, os.environ) if config.cached else None
    ground = None if vault is None else open_ground(vault, _key(config))
    if ground is None:
        return Kept()
    try:
        blobs = {name: ground.blob(_CATALOG + name) for name in ground.label.trees}
        catalogs = {name: unpack(data, Catalog) for name, data in blobs.items() if data is not None}
        return Kept(paged_evidence(ground).evidence, catalogs, ground.label.as_of)
    except (GroundLostError, ValueError):
        return Kept()
    finally:
        ground.close()


def _outside(inputs: Inputs) -> Iterator[Catalog]:
    """Systems that may stand outside of any repository: databases, services and listings."""
    return (each for each in inputs.catalogs if each.role is Role.ERP or "salesforce" not in each.kind.split("+"))


def _key(config: Config) -> str:
    return f"outside {config.path.name}"
