"""Several sources of one system as one catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from auditor.model.catalogue import Catalog, Object, Skipped


def merge_catalogs(catalogs: Sequence[Catalog]) -> Catalog:
    """Join the catalogues of one system, in the order given.

    An object that two sources describe is taken from the first; the second is named under `skipped`, since two
    descriptions of one table that differ are something a person should look at.
    """
    first, *rest = catalogs
    if not rest:
        return first
    objects: dict[str, Object] = {}
    skipped: list[Skipped] = []
    for catalog in catalogs:
        skipped.extend(catalog.skipped)
        for entity in catalog.objects:
            if entity.name in objects:
                reason = f"object {entity.name} of {catalog.location} was already read from an earlier source"
                skipped.append(Skipped(entity.origin.path if entity.origin else catalog.location, reason))
            else:
                objects[entity.name] = entity
    channels = sum((Counter(catalog.channels) for catalog in catalogs), Counter[str]())
    return Catalog(
        system=first.system,
        role=first.role,
        kind="+".join(sorted({catalog.kind for catalog in catalogs})),
        objects=tuple(objects[name] for name in sorted(objects)),
        components=tuple(c for catalog in catalogs for c in catalog.components),
        references=tuple(r for catalog in catalogs for r in catalog.references),
        calls=tuple(c for catalog in catalogs for c in catalog.calls),
        integration_points=tuple(p for catalog in catalogs for p in catalog.integration_points),
        channels=dict(sorted(channels.items())),
        skipped=tuple(sorted(skipped)),
        unresolved=sum(catalog.unresolved for catalog in catalogs),
        unresolved_mentions=tuple(sorted(m for catalog in catalogs for m in catalog.unresolved_mentions)),
        location=" + ".join(catalog.location for catalog in catalogs),
    )
