"""What a change does to the catalogue of one system: the difference between two readings of it, as values."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.dataclasses import dataclass, field
from auditor.model.catalogue import Object, Skipped
from auditor.model.components import Component, IntegrationPoint
from auditor.model.references import Call, Reference


@dataclass(frozen=True, slots=True)
class CatalogDelta:
    """Everything in which the catalogue after a change differs from the one before it.

    An object that differs in anything, a field of it included, stands whole under `objects_gone` as it was and
    under `objects_made` as it is; likewise components and integration points. References and calls stand one by
    one: one that only moved to another line is gone and made. So do the lines on what was skipped: a file of
    which one line is gone may have others. All tuples are sorted as catalogues sort them.
    """

    system: str
    objects_gone: tuple[Object, ...] = ()
    objects_made: tuple[Object, ...] = ()
    components_gone: tuple[Component, ...] = ()
    components_made: tuple[Component, ...] = ()
    references_gone: tuple[Reference, ...] = ()
    references_made: tuple[Reference, ...] = ()
    calls_gone: tuple[Call, ...] = ()
    calls_made: tuple[Call, ...] = ()
    points_gone: tuple[IntegrationPoint, ...] = ()
    points_made: tuple[IntegrationPoint, ...] = ()
    channels: Mapping[str, int | None] = field(default_factory=dict)
    """Component kind → how much of it is read after the change, for kinds whose count differs; None: no longer."""
    unresolved: int = 0
    """Mentions that name nothing known: how many more there are after the change."""
    skipped_gone: tuple[Skipped, ...] = ()
    skipped_made: tuple[Skipped, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return self == CatalogDelta(self.system)
