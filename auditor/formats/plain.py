"""Frozen dataclasses as plain tuples, and back: what `marshal` writes and reads a dozen times as fast as JSON.

A record is the tuple of its values, without those at its end that are the defaults. What each value is stands in
the annotations, which are read as text: asking `typing` for them costs a hook more than all its reading. Classes
that annotations name are given by the caller; one that is not given is an error when the codec is made.
"""

# ruff: noqa: ANN401 - it works on every frozen dataclass, and so on none in particular

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any

from auditor.dataclasses import MISSING, fields, is_dataclass

Convert = Callable[[Any], Any]
Codec = tuple[Convert, Convert]
"""How a value is written, and how it is read."""


def _same(value: Any) -> Any:
    return value


AS_IS: Codec = (_same, _same)
_PLAIN: Mapping[str, Codec] = {
    **dict.fromkeys(("str", "int", "bool", "float", "frozenset[str]"), AS_IS),
    "date": (date.toordinal, date.fromordinal),
}


class Codecs:
    """The codecs of some classes, each made when it is first asked for."""

    def __init__(self, classes: Iterable[type]) -> None:
        self._classes = {each.__name__: each for each in classes}
        self._known: dict[str, Codec] = dict(_PLAIN)

    def of(self, kind: type) -> Codec:
        """How one record or enumeration is written and read."""
        return self._codec(kind.__name__)

    def _codec(self, hint: str) -> Codec:
        known = self._known.get(hint)
        if known is None:
            known = self._known[hint] = self._made(hint)
        return known

    def _made(self, hint: str) -> Codec:
        if hint.endswith(" | None"):
            return _optional(self._codec(hint.removesuffix(" | None")))
        if hint.startswith("tuple[") and hint.endswith("]"):
            return self._tuple(_parts(hint.removeprefix("tuple[").removesuffix("]")))
        if hint.startswith(("Mapping[", "dict[")):
            return dict, _same
        kind = self._classes.get(hint)
        if kind is None:
            raise TypeError(f"{hint} is no class that this codec knows")
        if is_dataclass(kind):
            return self._record(kind)
        if not issubclass(kind, Enum):
            raise TypeError(f"{hint} is neither a record nor an enumeration")
        return attrgetter("_value_"), {member.value: member for member in kind}.__getitem__

    def _tuple(self, hints: Sequence[str]) -> Codec:
        codecs = [self._codec(hint) for hint in hints if hint != "..."]
        if all(codec is AS_IS for codec in codecs):
            return AS_IS
        if hints[-1] == "...":
            write, read = codecs[0]
            return lambda values: tuple(map(write, values)), lambda values: tuple(map(read, values))
        return (
            lambda values: tuple(codec[0](value) for codec, value in zip(codecs, values, strict=True)),
            lambda values: tuple(codec[1](value) for codec, value in zip(codecs, values, strict=True)),
        )

    def _record(self, kind: type) -> Codec:
        described = fields(kind)
        defaults = [_default(each) for each in described]
        special = [
            (place, _sparing(self._codec(str(each.type)), defaults[place]))
            for place, each in enumerate(described)
            if self._codec(str(each.type)) is not AS_IS
        ]
        names = [each.name for each in described]
        return _writer(names, defaults, special), _reader(kind, special)


def _writer(names: Sequence[str], defaults: Sequence[Any], special: Sequence[tuple[int, Codec]]) -> Convert:
    values_of: Callable[[Any], tuple[Any, ...]] = attrgetter(*names, names[0])  # one name alone gives no tuple
    writes = [(place, codec[0]) for place, codec in special]
    count = len(names)

    def write(record: Any) -> tuple[Any, ...]:
        values = list(values_of(record))
        end = count
        while end and values[end - 1] == defaults[end - 1]:
            end -= 1
        del values[end:]
        for place, convert in writes:
            if place >= end:
                break
            values[place] = convert(values[place])
        return tuple(values)

    return write


def _reader(kind: type, special: Sequence[tuple[int, Codec]]) -> Convert:
    reads = [(place, codec[1]) for place, codec in special]

    def read(plain: tuple[Any, ...]) -> Any:
        values = list(plain)
        end = len(values)
        for place, convert in reads:
            if place >= end:
                break
            values[place] = convert(values[place])
        return kind(*values)

    return read


def _sparing(codec: Codec, default: Any) -> Codec:
    """A codec that writes nothing for the default, which most records hold."""
    write, read = codec
    if default is MISSING:
        return codec
    if default is None or default == ():
        return (lambda value: write(value) if value else value, lambda plain: read(plain) if plain else plain)
    return (
        lambda value: None if value == default else write(value),
        lambda plain: default if plain is None else read(plain),
    )


def _optional(codec: Codec) -> Codec:
    if codec is AS_IS:
        return AS_IS
    write, read = codec
    return (
        lambda value: None if value is None else write(value),
        lambda plain: None if plain is None else read(plain),
    )


def _default(described: Any) -> Any:
    """The default of a field; `MISSING`, which no value equals, where there is none."""
    return described.default_factory() if described.default_factory is not MISSING else described.default


def _parts(text: str) -> list[str]:
    """What stands between the commas that are in no bracket."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "[") - (letter == "]")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]
