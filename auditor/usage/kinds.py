"""What a kind of evidence is: what it can say, how to get it, how to recognise it and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Catalog
from auditor.model.testimony.table import BY_KIND
from auditor.model.testimony.words import Testimony
from auditor.usage.request import Reader


@dataclass(frozen=True, slots=True)
class PlanTarget:
    """For what commands are written: the catalogue, the alias of the organisation, the folder for the exports."""

    catalog: Catalog
    organization: str = "ORG"
    folder: str = "evidence"


Commands: TypeAlias = Callable[[PlanTarget], tuple[str, ...]]
Cost: TypeAlias = Callable[[PlanTarget], int]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to get an export.

    `calls` counts API calls, at least so many: one for each query, and one more for each further 2,000 rows,
    which nobody knows beforehand. `setup` is the way by clicks.
    """

    commands: Commands
    calls: Cost
    setup: str


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """One kind of evidence.

    What it can and cannot say, its licence and memory stand in the table of testimonies under the same id.
    `signatures`: sets of column names (lower case; members of a JSON document with dots), any of which, wholly
    present, makes a file one of this kind. `patterns`: file names to look for by default.
    """

    id: str
    recipe: Recipe
    patterns: tuple[str, ...]
    signatures: tuple[frozenset[str], ...]
    read: Reader

    @property
    def testimony(self) -> Testimony:
        """What it can and cannot say."""
        return BY_KIND[self.id]
