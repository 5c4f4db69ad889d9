"""Frozen dataclasses as plain tuples, and back: what `marshal` writes, so that pages may hold values unread.

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
    """The codecs of some classes, each made when it is first needed; a reader makes no writer."""

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
        if issubclass(kind, Enum):
            return attrgetter("_value_"), {member.value: member for member in kind}.__getitem__
        return _late(lambda: self._writer(kind)), _late(lambda: self._reader(kind))

    def _tuple(self, hints: Sequence[str]) -> Codec:
        codecs = [self._codec(hint) for hint in hints if hint != "..."]
        if all(codec is AS_IS for codec in codecs):
            return AS_IS
        if hints[-1] == "...":
            write, read = codecs[0]
            return (
                lambda values: tuple(map(write, values)) if values else values,
                lambda plain: tuple(map(read, plain)) if plain else plain,
            )
        return (
            lambda values: tuple(codec[0](value) for codec, value in zip(codecs, values, strict=True)),
            lambda values: tuple(codec[1](value) for codec, value in zip(codecs, values, strict=True)),
        )

    def _writer(self, kind: Any) -> Convert:
        defaults = [_default(each) for each in fields(kind)]
        special = self._special(kind, 0)
        writes = [(place, _sparing(write, defaults[place])) for place, write in special]
        values_of = _values_of([each.name for each in fields(kind)])
        count = len(defaults)

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

    def _reader(self, kind: Any) -> Convert:
        reads = [
            (place, _filled(read, self._classes.get(str(hint))))
            for (place, read), hint in zip(self._special(kind, 1), self._hints(kind), strict=True)
        ]

        def read(plain: tuple[Any, ...]) -> Any:
            values = list(plain)
            end = len(values)
            for place, convert in reads:
                if place >= end:
                    break
                values[place] = convert(values[place])
            return kind(*values)

        return read

    def _special(self, kind: Any, side: int) -> list[tuple[int, Convert]]:
        """The places whose values are not plain already, and how they are written (0) or read (1)."""
        codecs = enumerate(self._codec(str(hint)) for hint in kind.__annotations__.values())
        return [(place, codec[side]) for place, codec in codecs if codec is not AS_IS]

    def _hints(self, kind: Any) -> list[object]:
        return [hint for hint in kind.__annotations__.values() if self._codec(str(hint)) is not AS_IS]


def _late(make: Callable[[], Convert]) -> Convert:
    """A function that is made when it is first called: of most classes that could be named nothing is read."""
    made: list[Convert] = []

    def convert(value: Any) -> Any:
        if not made:
            made.append(make())
        return made[0](value)

    return convert


def _values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    values_of: Callable[[Any], tuple[Any, ...]] = attrgetter(*names, names[0])  # one name alone gives no tuple
    return values_of


def _sparing(write: Convert, default: Any) -> Convert:
    """Writes nothing for a record that says nothing but defaults, which most records hold."""
    described = fields(default) if is_dataclass(default) else ()
    if not described or any(getattr(default, each.name) != _default(each) for each in described):
        return write
    return lambda value: None if value == default else write(value)


def _filled(read: Convert, kind: type | None) -> Convert:
    """Reads what `_sparing` has written, and shares the one record that says nothing but defaults."""
    if kind is None or issubclass(kind, Enum):
        return read
    bare: list[Any] = []

    def fill(plain: Any) -> Any:
        if plain is not None:
            return read(plain)
        if not bare:
            bare.append(kind())
        return bare[0]

    return fill


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
