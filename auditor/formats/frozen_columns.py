"""Lists of frozen dataclasses as columns of JSON, and back (see frozen.py).

Most columns of a list say one thing over and over: written by columns a list is smaller and faster to read, and
equal values come back as one object.
"""

# ruff: noqa: ANN401 - it works on every frozen dataclass, and so on none in particular

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import accumulate, chain, repeat, starmap
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from auditor.dataclasses import fields, is_dataclass

Pack = Callable[[Sequence[Any]], Any]
"""Writes the values of one column; there is at least one."""
Unpack = Callable[[Any, int], Iterable[Any]]
"""Reads so many values. What does not fit is a `ValueError`, `TypeError` or `LookupError`."""
_SAME, _PLAIN, _INDEXED = range(3)
"""How a column is written: one value for all rows, each value, or distinct values with an index for each row."""


@cache
def column_codec(hint: Any) -> tuple[Pack, Unpack]:
    """The codec of a column of one type."""
    inner_pack, inner_unpack = _raw(hint)

    def pack_column(values: Sequence[Hashable]) -> list[Any]:
        first = values[0]
        if len(values) == 1 or values.count(first) == len(values):
            return [_SAME, inner_pack([first])]
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        if len(places) * 2 > len(values):
            return [_PLAIN, inner_pack(values)]
        return [_INDEXED, len(places), inner_pack(list(places)), [places[value] for value in values]]

    def unpack_column(written: Any, count: int) -> Iterable[Any]:
        form = written[0]
        if form == _SAME:
            (value,) = inner_unpack(written[1], 1)
            return repeat(value, count)
        if form == _PLAIN:
            return inner_unpack(written[1], count)
        _, distinct, values, places = written
        return map(tuple(inner_unpack(values, distinct)).__getitem__, places)

    return pack_column, unpack_column


def _raw(hint: Any) -> tuple[Pack, Unpack]:
    """The codec of a type by itself."""
    origin = get_origin(hint)
    if origin is UnionType:
        return _optional(hint)
    if origin is tuple:
        arguments = get_args(hint)
        return _lists(arguments[0]) if arguments[-1] is Ellipsis else _rows(arguments)
    if origin is Mapping:
        return _mappings(get_args(hint))
    if isinstance(hint, type) and is_dataclass(hint):
        return _records(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _words(hint)
    return list, _plain


def _plain(written: Any, count: int) -> Iterable[Any]:
    if len(written) != count:
        raise ValueError("a column of another length")
    return list(written)


def _words(kind: type[Enum]) -> tuple[Pack, Unpack]:
    members = {member.value: member for member in kind}
    return lambda values: [value.value for value in values], lambda written, _: map(members.__getitem__, written)


def _records(kind: type) -> tuple[Pack, Unpack]:
    hints = get_type_hints(kind)
    columns = [(attrgetter(item.name), column_codec(hints[item.name])) for item in fields(kind)]
    _, unpack_rows = _rows([hints[item.name] for item in fields(kind)])

    def pack_records(values: Sequence[Any]) -> list[Any]:
        return [codec[0](list(map(get, values))) for get, codec in columns]

    def unpack_records(written: Any, count: int) -> Iterable[Any]:
        return starmap(kind, unpack_rows(written, count))

    return pack_records, unpack_records


def _rows(hints: Sequence[Any]) -> tuple[Pack, Unpack]:
    """Tuples of fixed length: a column for each place."""
    columns = [column_codec(hint) for hint in hints]

    def pack_rows(values: Sequence[Any]) -> list[Any]:
        return [codec[0](column) for codec, column in zip(columns, zip(*values, strict=True), strict=True)]

    def unpack_rows(written: Any, count: int) -> Iterable[Any]:
        read = [codec[1](column, count) for codec, column in zip(columns, written, strict=True)]
        return zip(*read, strict=True)

    return pack_rows, unpack_rows


def _lists(hint: Any) -> tuple[Pack, Unpack]:
    """Lists lie end to end in one column; beside it stand their lengths."""
    packer, unpacker = column_codec(hint)

    def pack_lists(values: Sequence[Any]) -> list[Any]:
        flat = tuple(chain.from_iterable(values))
        return [list(map(len, values)), packer(flat)] if flat else []

    def unpack_lists(written: Any, count: int) -> Iterator[Any]:
        if not written:
            yield from repeat((), count)
            return
        lengths, column = written
        flat = tuple(unpacker(column, sum(lengths)))
        yield from (flat[end - length : end] for length, end in zip(lengths, accumulate(lengths), strict=True))

    return pack_lists, unpack_lists


def _mappings(hints: Sequence[Any]) -> tuple[Pack, Unpack]:
    packer, unpacker = _lists(tuple[hints[0], hints[1]])  # type: ignore[valid-type] # made at run time
    return (
        lambda values: packer([tuple(value.items()) for value in values]),
        lambda written, count: map(dict, unpacker(written, count)),
    )


def _optional(hint: Any) -> tuple[Pack, Unpack]:
    """None beside a type with a form of its own; plain values and None are written as they are."""
    (inner,) = (part for part in get_args(hint) if part is not NoneType)
    packer, unpacker = _raw(inner)
    if packer is list:
        return packer, unpacker

    def pack_optional(values: Sequence[Any]) -> list[Any]:
        present = [value for value in values if value is not None]
        return [[value is not None for value in values], packer(present) if present else []]

    def unpack_optional(written: Any, _: int) -> Iterator[Any]:
        flags, column = written
        present = iter(unpacker(column, sum(flags)) if any(flags) else ())
        for flag in flags:
            yield next(present) if flag else None

    return pack_optional, unpack_optional
