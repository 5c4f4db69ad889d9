"""Frozen dataclasses as JSON, and back: the form in which caches keep what was read.

Nothing in such a text can run: it is JSON, the classes are named by the reader and never by the text, and what
does not fit them is an error. A record is written as the list of its values, without those at its end that are
the defaults; long lists of records are written column by column (frozen_columns.py).

Types that are understood: `str`, `int`, `bool`, enumerations, frozen dataclasses, `tuple[X, ...]`, tuples of fixed
length, mappings, and each of them with `None`.
"""

# ruff: noqa: ANN401 - it works on every frozen dataclass, and so on none in particular

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from auditor.dataclasses import MISSING, fields, is_dataclass
from auditor.errors import FormatError
from auditor.formats.frozen_columns import column_codec

RecordT = TypeVar("RecordT")
Convert = Callable[[Any], Any]
_JSON = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_EMPTY: tuple[object, ...] = ()
_LONG = 8
"""Lists of so many records are written as columns."""
_BROKEN = (AttributeError, LookupError, TypeError, ValueError, RecursionError)


def pack(record: object) -> bytes:
    """Write one frozen dataclass."""
    kind: Any = type(record)
    return _JSON(_codec(kind)[0](record)).encode()


def unpack(data: bytes, kind: type[RecordT]) -> RecordT:
    """Read what `pack` has written.

    Raises:
        FormatError: it is no such text.
    """
    try:
        wanted: Any = kind
        return cast("RecordT", _codec(wanted)[1](json.loads(data)))
    except _BROKEN as error:
        raise FormatError(f"no packed {kind.__name__}: {error}") from None


def _same(value: Any) -> Any:
    return value


_AS_IS: tuple[Convert, Convert] = (_same, _same)


@cache
def _codec(hint: Any) -> tuple[Convert, Convert]:
    """How one value of a type is written and read; `_AS_IS` for what JSON has itself."""
    origin = get_origin(hint)
    if origin is UnionType:
        return _optional(hint)
    if origin is tuple:
        arguments = get_args(hint)
        return _list(arguments[0]) if arguments[-1] is Ellipsis else _tuple(arguments)
    if origin is Mapping:
        return dict, dict
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        members = {member.value: member for member in hint}
        return attrgetter("value"), members.__getitem__
    return _AS_IS


def _record(kind: type) -> tuple[Convert, Convert]:
    hints = get_type_hints(kind)
    codecs = [(place, _codec(hints[item.name])) for place, item in enumerate(fields(kind))]
    special = [(place, codec) for place, codec in codecs if codec is not _AS_IS]
    return (
        _packer(kind, [(place, codec[0]) for place, codec in special]),
        _unpacker(kind, [(place, codec[1]) for place, codec in special]),
    )


def _packer(kind: type, converts: Sequence[tuple[int, Convert]]) -> Convert:
    names = [item.name for item in fields(kind)]
    values_of: Callable[[Any], tuple[Any, ...]] = attrgetter(*names, names[0])  # one name alone gives no tuple
    defaults = _defaults(kind)

    def pack_record(record: Any) -> list[Any]:
        values = list(values_of(record))
        end = len(defaults)
        while end and values[end - 1] == defaults[end - 1]:
            end -= 1
        del values[end:]
        for place, convert in converts:
            if place >= end:
                break
            if values[place] is not _EMPTY:  # most lists are, and JSON has the empty one itself
                values[place] = convert(values[place])
        return values

    return pack_record


def _unpacker(kind: type, converts: Sequence[tuple[int, Convert]]) -> Convert:
    def unpack_record(values: Any) -> Any:
        if values.__class__ is not list:
            raise TypeError("no list of values")
        end = len(values)
        for place, convert in converts:
            if place >= end:
                break
            values[place] = convert(values[place])
        return kind(*values)

    return unpack_record


def _defaults(kind: type) -> list[Any]:
    """The default of each field, in order; a value that equals nothing where there is none."""
    found = []
    for item in fields(kind):
        made = item.default_factory() if item.default_factory is not MISSING else item.default
        found.append(object() if made is MISSING else made)
    return found


def _list(hint: Any) -> tuple[Convert, Convert]:
    """A list of values, or an object with columns where the list is long."""
    codec = _codec(hint)
    if codec is _AS_IS:
        return list, tuple
    pack_one, unpack_one = codec
    pack_column, unpack_column = column_codec(hint)

    def pack_list(values: Sequence[Any]) -> list[Any] | dict[str, Any]:
        if len(values) < _LONG:
            return [pack_one(value) for value in values]
        return {"count": len(values), "column": pack_column(values)}

    def unpack_list(written: Any) -> tuple[Any, ...]:
        if isinstance(written, dict):
            return tuple(unpack_column(written["column"], written["count"]))
        return tuple(map(unpack_one, written))

    return pack_list, unpack_list


def _tuple(hints: Sequence[Any]) -> tuple[Convert, Convert]:
    codecs = [_codec(hint) for hint in hints]
    if all(codec is _AS_IS for codec in codecs):
        return list, tuple

    def convert(side: int) -> Convert:
        return lambda values: tuple(codec[side](value) for codec, value in zip(codecs, values, strict=True))

    return convert(0), convert(1)


def _optional(hint: Any) -> tuple[Convert, Convert]:
    (inner,) = (part for part in get_args(hint) if part is not NoneType)
    codec = _codec(inner)
    if codec is _AS_IS:
        return _AS_IS
    pack_one, unpack_one = codec
    return (
        lambda value: None if value is None else pack_one(value),
        lambda value: None if value is None else unpack_one(value),
    )
