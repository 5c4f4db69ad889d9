"""Carrying a removal out on a copy of its sources, where a program can edit them, with what is handed over."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.formats.trees import Tree
from auditor.model.catalogue import Catalog
from auditor.model.rollback import Removal
from auditor.planning.planning import Tried
from auditor.planning.proving import ReadAgain, prove
from auditor.planning.salesforce.editing import edit_salesforce
from auditor.planning.salesforce.packaging import salesforce_artefacts
from auditor.planning.salesforce.values import Artefact, Edited

SALESFORCE = "salesforce"


@dataclass(frozen=True, slots=True)
class Sources:
    """The files behind one catalogue, and the reader that reads them again."""

    catalog: Catalog
    tree: Tree
    read_again: ReadAgain


def try_removal(removal: Removal, sources: Sources) -> tuple[Tried, tuple[Artefact, ...]] | None:
    """Edit, prove, and pack what one removal comes to; None where no program edits such sources.

    Artefacts are handed over whether the proof holds or not: the proof says so itself, and which part failed.
    """
    if sources.catalog.kind != SALESFORCE:
        return None
    edited = edit_salesforce(removal, sources.catalog, sources.tree)
    proof = prove(removal, sources.catalog, sources.tree, edited, sources.read_again)
    tried = Tried(edited.edits, edited.blockers, edited.goes, proof, _notices(edited))
    return tried, salesforce_artefacts(removal, sources.catalog, sources.tree, edited)


def _notices(edited: Edited) -> tuple[str, ...]:
    files = sorted({item.path for item in edited.loose})
    if not files:
        return ()
    more = f" and {len(files) - 3:,} more" if len(files) > 3 else ""
    return (
        f"files that are no metadata name what is removed, and are left as they are: {', '.join(files[:3])}{more}",
    )
