"""What two readings of a tree differ in, by meaning, once what was to go is taken off the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from auditor.dataclasses import dataclass, replace
from auditor.model.catalogue import Catalog, Field, Object
from auditor.model.components import Component
from auditor.model.references import Call, Certainty, Reference

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What is expected to be gone: fields (`Object.Field`), objects, components, files, and lines of files.

    `moved` says for each edited file on which line a line of before stands now; a line that is missing is cut.
    `left` are lines that are left to people: they may be understood otherwise once what they name is gone.
    """

    fields: frozenset[str]
    objects: frozenset[str]
    components: frozenset[tuple[str, str]]
    files: frozenset[str]
    moved: Mapping[str, Mapping[int, int]]
    left: frozenset[Place] = frozenset()
    ragged: frozenset[str] = frozenset()
    """Files in which what goes shares lines with what stays: mentions in them are compared without their lines."""

    def target(self, name: str) -> bool:
        """Whether what a reference names is gone."""
        return name in self.fields or name.partition(".")[0] in self.objects

    def component(self, kind: str, name: str) -> bool:
        """Whether a component is gone (a formula is of kind `field`)."""
        return self.target(name) if kind == "field" else (kind, name) in self.components

    def line(self, path: str, line: int | None) -> int | None:
        """The line where something of before stands now; -1: it is gone."""
        if path in self.files:
            return -1
        lines = self.moved.get(path)
        return line if lines is None or line is None else lines.get(line, -1)


def differences(before: Catalog, after: Catalog, taken: Taken) -> Iterator[str]:
    """Everything that is there and should not be, or is not there and should, one sentence each, sorted."""
    yield from _unlike("object", _objects(before, taken), _objects(after, _NOTHING))
    yield from _unlike("component", _components(before, taken), _components(after, _NOTHING))
    yield from _references(before, after, taken)
    yield from _calls(before, after, taken)
    known = {(item.path, item.reason) for item in before.skipped}
    for item in after.skipped:
        if (item.path, item.reason) not in known and not item.reason.startswith(("object ", "field ")):
            yield f"{item.path} is no longer read as before: {item.reason}"


_NOTHING = Taken(frozenset(), frozenset(), frozenset(), frozenset(), {})
ThingT = TypeVar("ThingT", Object, Component)


def _unlike(kind: str, before: Mapping[str, ThingT | None], after: Mapping[str, ThingT | None]) -> Iterator[str]:
    """`None` in `before`: it may be there or not."""
    for name in sorted({*before, *after}):
        if name not in after and before[name] is not None:
            yield f"{kind} {name} is gone too"
        elif name not in before:
            yield f"{kind} {name} was not there before"
        elif before[name] is not None and before[name] != after[name]:
            yield f"{kind} {name} is not what it was"


def _objects(catalog: Catalog, taken: Taken) -> dict[str, Object | None]:
    found: dict[str, Object | None] = {}
    for item in catalog.objects:
        if item.name in taken.objects:
            continue
        kept = [each for each in item.fields if f"{item.name}.{each.name}" not in taken.fields]
        only_known_by_fields = not kept and item.fields and item.label is None
        bare = replace(item, fields=tuple(map(_field, kept)), origin=None)
        found[item.name] = None if only_known_by_fields else bare
    return found


def _field(item: Field) -> Field:
    return replace(item, origin=None, position=0)


def _components(catalog: Catalog, taken: Taken) -> dict[str, Component | None]:
    """Components without the line and the counts of what they hold, which change when something goes from them."""
    found: dict[str, Component | None] = {}
    for item in catalog.components:
        gone = (item.kind, item.name) in taken.components
        if not gone and item.path not in taken.files and item.object not in taken.objects:
            found[f"{item.kind}/{item.name}"] = replace(item, line=None, attributes=_lasting(item))
        elif not gone:
            found[f"{item.kind}/{item.name}"] = None
    return found


def _lasting(item: Component) -> tuple[tuple[str, str], ...]:
    counted = _COUNTED.get(item.kind, ())
    return tuple(pair for pair in item.attributes if pair[0] not in counted)


_COUNTED: Mapping[str, tuple[str, ...]] = {
    "layout": ("fields", "related_lists", "required"),
    "report": ("timeframe", "timeframe_column"),
}


def _references(before: Catalog, after: Catalog, taken: Taken) -> Iterator[str]:
    """References but those that are expected to go.

    What was uncertain may have become sure, where one of two things of a name is gone; and a guess in an edited
    file may be another guess now. Whatever is sure is compared to the letter.
    """
    unsure = {
        (item.component_kind, item.component, item.path, taken.line(item.path, item.line))
        for item in before.references
        if taken.target(item.target) and item.certainty is Certainty.POSSIBLE
    }
    expected = Counter(_reference(item, taken, unsure) for item in before.references if _stays(item, taken))
    left = {(path, taken.line(path, line)) for path, line in taken.left}
    vague = {name for name, item in _objects(before, taken).items() if item is None}
    nothing = replace(_NOTHING, ragged=taken.ragged)
    found = Counter(
        _reference(item, nothing, unsure) for item in after.references if not taken.target(item.target)
    )
    expected |= _on_shared_lines(before, taken) & found
    guessed = _guesses(before, taken)
    for counter in (expected, found):
        vain = [
            key
            for key in counter
            if (key[5], key[6]) in left
            or key[2].partition(".")[0] in vague
            or (key[4] != Certainty.CERTAIN and (key[0], key[1], key[5], key[6]) in guessed)
        ]
        for key in vain:
            del counter[key]
    yield from _counted("a mention", expected, found, _told)


_Key = tuple[str, str, str, str, str, str, int | None, str]


def _guesses(before: Catalog, taken: Taken) -> set[tuple[str, str, str, int | None]]:
    """Places of possible mentions in edited files: what else such a text may mean can hang on what was cut."""
    return {
        (item.component_kind, item.component, item.path, taken.line(item.path, item.line))
        for item in before.references
        if item.certainty is Certainty.POSSIBLE and item.path in taken.moved
    }


def _on_shared_lines(before: Catalog, taken: Taken) -> Counter[_Key]:
    """Mentions in files of which lines were cut in part: those on such a line may be there still or not."""
    cut = (item for item in before.references if item.path in taken.ragged and not taken.target(item.target))
    return Counter(_reference(item, taken, set()) for item in cut)


def _stays(item: Reference, taken: Taken) -> bool:
    gone = taken.target(item.target) or taken.component(item.component_kind, item.component)
    return not gone and taken.line(item.path, item.line) != -1


def _reference(item: Reference, taken: Taken, unsure: set[tuple[str, str, str, int | None]]) -> _Key:
    line = None if item.path in taken.ragged else taken.line(item.path, item.line)
    certainty = "" if (item.component_kind, item.component, item.path, line) in unsure else item.certainty.value
    return (item.component_kind, item.component, item.target, item.access, certainty, item.path, line, item.part)


def _told(key: tuple[object, ...]) -> str:
    return f"{key[0]}/{key[1]} → {key[2]} ({key[-3]}:{key[-2]})"


def _calls(before: Catalog, after: Catalog, taken: Taken) -> Iterator[str]:
    expected = Counter(
        (item.caller_kind, item.caller, f"{item.callee_kind}/{item.callee}", item.certainty, item.path, line, "")
        for item in before.calls
        if not _call_gone(item, taken) and (line := taken.line(item.path, item.line)) != -1
    )
    found = Counter(
        (
            item.caller_kind,
            item.caller,
            f"{item.callee_kind}/{item.callee}",
            item.certainty,
            item.path,
            item.line,
            "",
        )
        for item in after.calls
        if not _call_gone(item, taken)
    )
    yield from _counted("a call", expected, found, _told)


def _call_gone(item: Call, taken: Taken) -> bool:
    caller, callee = (item.caller_kind, item.caller), (item.callee_kind, item.callee)
    return caller in taken.components or callee in taken.components or item.caller in taken.objects


KeyT = TypeVar("KeyT", bound="tuple[object, ...]")


def _counted(
    what: str, expected: Counter[KeyT], found: Counter[KeyT], told: Callable[[KeyT], str]
) -> Iterable[str]:
    for key in sorted(expected - found, key=repr):
        yield f"{what} is gone too: {told(key)}"
    for key in sorted(found - expected, key=repr):
        yield f"{what} was not there before: {told(key)}"
