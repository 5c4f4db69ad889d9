"""What a reader of code notes while it reads one file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from auditor.dataclasses import dataclass, field, replace
from auditor.languages.fieldpaths import without_placeholders
from auditor.model.components import Component, Effect, EffectOn, IntegrationPoint
from auditor.model.references import Access, Call, Certainty
from auditor.sources.salesforce.code.names import custom_tail, dotted_in, field_of, is_object
from auditor.sources.salesforce.code.positions import Lines
from auditor.sources.salesforce.parsed import ClassSignature, Grammar, Mention, MetadataFile, Parsed

# Global variables behind which custom names are no fields.
_NO_RECORDS = frozenset({"$label", "$resource", "$page", "$component", "$permission"})
_MERGED = re.compile(r"\{[!#][^{}]*+\}")


def decoded(data: bytes) -> str:
    """The text of a file of code: UTF-8, wrong bytes replaced (they can only stand in strings and comments).

    Namespace tokens of packaging tools are dropped; they hold no line ends, so lines stay true.
    """
    return without_placeholders(data.decode("utf-8-sig", errors="replace"))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is mentioned and how."""

    offset: int
    access: Access = Access.READS
    certainty: Certainty = Certainty.CERTAIN
    part: str = ""


@dataclass(slots=True)
class Collector:
    """Collects the mentions and calls of one component, each once, in the order of the text."""

    kind: str
    name: str
    file: MetadataFile
    lines: Lines
    _mentions: dict[Mention, None] = field(default_factory=dict)
    _calls: dict[Call, None] = field(default_factory=dict)
    _seen_calls: set[tuple[str, str]] = field(default_factory=set)
    _effects: set[tuple[str, str]] = field(default_factory=set)
    _points: dict[IntegrationPoint, None] = field(default_factory=dict)

    def path(self, object_name: str | None, path: str, spot: Spot, grammar: Grammar = Grammar.PATH) -> None:
        """Note a path; an empty path means the object itself."""
        self._note(object_name, path, spot, grammar, "")

    def _note(self, target: str | None, path: str, spot: Spot, grammar: Grammar, receiver: str) -> None:
        mention = Mention(
            component_kind=self.kind,
            component=self.name,
            object=target,
            path=path,
            access=spot.access,
            line=self.lines.at(spot.offset),
            part=spot.part,
            grammar=grammar,
            certainty=spot.certainty,
            receiver=receiver,
        )
        self._mentions.setdefault(mention)

    def word(self, path: str, spot: Spot, receiver: str = "") -> None:
        """Note custom names whose object is not known: `F__c`, `Rel__r.F__c`."""
        head, dot, last = path.rpartition(".")
        self._note(None, f"{head}{dot}{field_of(last)}", spot, Grammar.WORD, receiver)

    def text(self, text: str, spot: Spot) -> None:
        """Note every custom name and every `Object.Field` in a text, as possible."""
        for path, offset in dotted_in(text):
            here = Spot(spot.offset + offset, spot.access, Certainty.POSSIBLE, spot.part)
            head, dot, _ = path.partition(".")
            tail = custom_tail(path)
            if head.lower() in _NO_RECORDS:
                continue
            if dot and is_object(head):
                self.path(None, path, here, Grammar.QUALIFIED)
            elif tail:
                self.word(tail, here)

    def merged(self, text: str, start: int, covered: Collection[int]) -> None:
        """Note names within merge fields that are no fields of them (`{!f['F__c']}`).

        Names that begin at an offset that is `covered` were understood already.
        """
        for region in _MERGED.finditer(text):
            for path, offset in dotted_in(region.group()):
                at = region.start() + offset
                if at not in covered and custom_tail(path):
                    spot = Spot(start + at, Access.READS, Certainty.POSSIBLE, "string")
                    self.word(custom_tail(path), spot)

    def call(self, kind: str, name: str, offset: int, certainty: Certainty = Certainty.CERTAIN) -> None:
        """Note a call, the first of each callee and certainty."""
        key = (kind, name.lower())
        if key in self._seen_calls or not name:
            return
        if certainty is Certainty.CERTAIN:
            self._seen_calls.add(key)
        line = self.lines.at(offset)
        self._calls.setdefault(Call(self.kind, self.name, kind, name, certainty, self.file.path, line))

    def effect(self, effect: Effect, object_name: str | None = None) -> None:
        """Note something that the component does."""
        self._effects.add((effect.value, object_name or ""))

    def point(self, kind: str, name: str, offset: int, direction: str, endpoint: str | None = None) -> None:
        """Note a place where another system reaches in or is reached."""
        line = self.lines.at(offset)
        self._points.setdefault(IntegrationPoint(kind, name, self.file.path, line, direction, endpoint))

    def effects(self) -> tuple[EffectOn, ...]:
        """The effects noted so far, sorted."""
        return tuple(EffectOn(Effect(effect), target or None) for effect, target in sorted(self._effects))

    def parsed(self, component: Component | None, signatures: tuple[ClassSignature, ...] = ()) -> Parsed:
        """Everything noted, with the component where this file is the one that declares it."""
        certain = (item for item in self._mentions if item.certainty is Certainty.CERTAIN)
        objects = tuple(sorted({item.object for item in certain if item.object}))
        return Parsed(
            components=() if component is None else (component,),
            mentions=tuple(self._mentions),
            calls=tuple(self._distinct_calls()),
            integration_points=tuple(replace(point, objects=objects) for point in self._points),
            signatures=signatures,
            channels=(self.kind,),
        )

    def _distinct_calls(self) -> Iterator[Call]:
        """Each callee once: a certain call makes a possible one of the same callee superfluous."""
        possible: set[tuple[str, str]] = set()
        for call in self._calls:
            key = (call.callee_kind, call.callee.lower())
            if call.certainty is Certainty.CERTAIN:
                yield call
            elif key not in self._seen_calls and key not in possible:
                possible.add(key)
                yield call
