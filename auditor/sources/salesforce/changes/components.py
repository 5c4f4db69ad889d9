"""The components that a change touches, how many there are of each kind, and what is said of repeated ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.dataclasses import dataclass
from auditor.model.catalogue import Skipped
from auditor.model.components import Component
from auditor.sources.salesforce.asking import Asking
from auditor.sources.salesforce.changes.files import Before, Side
from auditor.sources.salesforce.changes.shapes import Head, component_key
from auditor.sources.salesforce.joining import repeated_line, summarised
from auditor.sources.salesforce.resolving import resolve_component

ComponentKey = tuple[str, str]
"""Kind and name."""


@dataclass(frozen=True, slots=True)
class ComponentChanges:
    """Components that differ, by kind and name; one that is missing was or is not there."""

    before: Mapping[ComponentKey, Component]
    after: Mapping[ComponentKey, Component]

    @property
    def gone(self) -> set[Component]:
        """What was and is no longer so."""
        return {item for key, item in self.before.items() if self.after.get(key) != item}

    @property
    def made(self) -> set[Component]:
        """What is and was not so."""
        return {item for key, item in self.after.items() if self.before.get(key) != item}


def component_changes(
    paths: Iterable[str], sides: tuple[Side, Side], asking: tuple[Asking, Asking]
) -> ComponentChanges:
    """The components that these files define, on both sides."""
    keys = {
        (component.kind, component.name)
        for path in paths
        for side in sides
        for component in _defined_in(side, path)
    }
    before, after = (_components(keys, side, asked) for side, asked in zip(sides, asking, strict=True))
    return ComponentChanges(before, after)


def definers(side: Side, key: ComponentKey) -> list[str]:
    """The files that define a component, each once for each definition, in the order in which later ones win."""
    return [path for path, payload in side.entries(component_key(*key)) if payload[0] == key[1]]


def channel_counts(head: Head, sides: tuple[Side, Side], changes: ComponentChanges) -> Mapping[str, int | None]:
    """How much is read of each kind after a change, for kinds of which that differs."""
    counts, proofs, files = dict(head.channels), dict(head.proofs), head.files
    for side, sign in zip(sides, (-1, 1), strict=True):
        files += sign * len(side.changed)
        for parsed in side.changed.values():
            counts["field"] = counts.get("field", 0) + sign * len(parsed.fields)
            for kind in parsed.channels:
                proofs[kind] = proofs.get(kind, 0) + sign
    for components, sign in ((changes.before, -1), (changes.after, 1)):
        for kind, _ in components:
            counts[kind] = counts.get(kind, 0) + sign
    kinds = {*counts, *(kind for kind, proof in proofs.items() if proof)}
    now = {kind: _count(counts.get(kind, 0), files if kind == "field" else proofs.get(kind, 0)) for kind in kinds}
    return {kind: count for kind, count in sorted(now.items()) if head.channels.get(kind) != count}


def repeated_lines(before: Before, side: Side, keys: Iterable[ComponentKey]) -> tuple[set[Skipped], set[Skipped]]:
    """What is said before and after of components that are defined more than once, for kinds where it differs."""
    gone: set[Skipped] = set()
    made: set[Skipped] = set()
    pairs = [(key, definers(before, key), definers(side, key)) for key in keys]
    differing = [(key, now) for key, then, now in pairs if then != now and max(len(then), len(now)) > 1]
    for kind in sorted({kind for (kind, _), _ in differing}):
        then = {name: [before.path(place) for place in places] for name, places in before.stored.repeated(kind)}
        after = {**then, **{name: paths for (of, name), paths in differing if of == kind}}
        gone.update(_said(kind, then))
        made.update(_said(kind, after))
    return gone, made


def _said(kind: str, paths: Mapping[str, Sequence[str]]) -> Sequence[Skipped]:
    told = (repeated_line(kind, name, defined) for name, defined in paths.items())
    return summarised(kind, [line for line in told if line is not None])


def _count(counted: int, proofs: int) -> int | None:
    return counted if counted or proofs else None


def _defined_in(side: Side, path: str) -> Sequence[Component]:
    return side.parsed(path).components if side.has(path) else ()


def _components(keys: Iterable[ComponentKey], side: Side, asking: Asking) -> Mapping[ComponentKey, Component]:
    found: dict[ComponentKey, Component] = {}
    for key in sorted(keys):
        paths = definers(side, key)
        if paths:
            of_key = (
                item for item in reversed(side.parsed(paths[-1]).components) if (item.kind, item.name) == key
            )
            found[key] = resolve_component(asking, next(of_key))
    return found
