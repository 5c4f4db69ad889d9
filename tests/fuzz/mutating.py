"""Damage to real inputs, as files are really damaged and as an attacker would: one to four changes, by a seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

LARGEST = 256 * 1024
"""Bytes of a mutated input; more would only make rounds slow."""

Change = Callable[[Random, bytes, bytes], bytes]
"""From the data, with another real input of the same kind to take pieces from."""

_TOKEN = re.compile(rb"[A-Za-z_$%][\w$.%:]*")
_ELEMENT = re.compile(rb"<([A-Za-z][\w.:-]*)(?:\s[^<>]*)?>[^<>]*(?:<[^<>]+>[^<>]*</[^<>]+>[^<>]*)*</\1>")
_TAG = re.compile(rb"(?<=<)/?[A-Za-z][\w.:-]*")
_TEXT = re.compile(rb"(?<=>)[^<>]+(?=<)")
_VALUE = re.compile(rb'"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null')
_NUMBER = re.compile(rb"\d+")
_CLOSERS = re.compile(rb"[\[\]{}(),;'\"]")

_PIECES = (
    b"",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    "\u202e".encode(),
    "\u2028".encode(),
    "\N{COMBINING ACUTE ACCENT}".encode() * 40,
    "İıſßﬁ".encode(),
    "٣２³½".encode(),
    b"\x1b[2J",
    b"\r",
    b"\n",
    b"\t",
    b" " * 50,
    b"{!",
    b"{!$",
    b"}}",
    b"$",
    b"$.",
    b".",
    b"..",
    b"a.b.c.d.e",
    b"__c",
    b"__r",
    b"__",
    b"%%%NAMESPACE%%%",
    b"___NAMESPACE___",
    b"/*",
    b"*/",
    b"//",
    b"'",
    b'"',
    b"\\",
    b"(" * 300,
    b"[" * 300,
    b"{" * 300,
    b"-1",
    b"1e999",
    b"NaN",
    b"9" * 400,
    b"0x",
    b"%s%n",
    b"&#0;",
    b"&amp;",
    b"&unknown;",
    b"<![CDATA[",
    b"<!--",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"SELECT ",
    b" FROM ",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"2026-11-21",
    b"0000-00-00T99:99:99Z",
    b"99999999999999",
)
_VALUES = (
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"-1",
    b"1e999",
    b'""',
    b'"\\ud800"',
    b"[[]]",
    b'{"a": {"b": [1]}}',
    b"0",
)


def mutated(rng: Random, family: str, data: bytes, other: bytes) -> bytes:
    """The data after one to four changes, some for any bytes and some for its family of formats."""
    own = (*_BY_FAMILY.get(family, ()), *_OF_TEXT)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        change = rng.choice(own if rng.random() < 0.7 else _OF_BYTES)
        data = change(rng, data, other)[:LARGEST]
    return data


def _span(rng: Random, data: bytes, longest: int = 200) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.randint(0, longest))


def _flip(rng: Random, data: bytes, _: bytes) -> bytes:
    changed = bytearray(data)
    for _each in range(rng.randint(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(rng: Random, data: bytes, _: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _behead(rng: Random, data: bytes, _: bytes) -> bytes:
    return data[rng.randint(0, len(data)) :]


def _remove(rng: Random, data: bytes, _: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def _repeat(rng: Random, data: bytes, _: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 2, 50)) + data[end:]


def _insert(rng: Random, data: bytes, _: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_PIECES) + data[at:]


def _splice(rng: Random, data: bytes, other: bytes) -> bytes:
    start, end = _span(rng, other, 2000)
    at, until = _span(rng, data, 2000)
    return data[:at] + other[start:end] + data[until:]


def _recode(rng: Random, data: bytes, _: bytes) -> bytes:
    encoding = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "utf-32"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def _line_ends(rng: Random, data: bytes, _: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b"", b"\x0b")))


def _replaced(rng: Random, pattern: re.Pattern[bytes], data: bytes, pieces: Sequence[bytes]) -> bytes:
    """One match of a pattern, another piece in its place."""
    found = list(pattern.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.start()] + rng.choice(pieces) + data[match.end() :]


def _borrowed(pattern: re.Pattern[bytes], data: bytes, other: bytes) -> Sequence[bytes]:
    return [match[0] for match in pattern.finditer(data + b"\n" + other)] or (b"",)


def _token(rng: Random, data: bytes, other: bytes) -> bytes:
    pieces = _PIECES if rng.random() < 0.5 else _borrowed(_TOKEN, data, other)
    return _replaced(rng, _TOKEN, data, pieces)


def _number(rng: Random, data: bytes, _: bytes) -> bytes:
    return _replaced(
        rng, _NUMBER, data, (b"9" * 30, b"0", b"-1", b"", b"1.5e3", b"00000000000000", b"18446744073709551616")
    )


def _bracket(rng: Random, data: bytes, _: bytes) -> bytes:
    return _replaced(rng, _CLOSERS, data, (b"", b"(", b")", b"[", b"]", b"{", b"}", b'"', b"'", b",", b";"))


def _lines(rng: Random, data: bytes, other: bytes) -> bytes:
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    kind = rng.randrange(5)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[at])
    elif kind == 2:
        lines[at] = rng.choice(other.split(b"\n"))
    elif kind == 3:
        lines[at] = b"  " * rng.randint(1, 4) + lines[at]
    else:
        rng.shuffle(lines)
    return b"\n".join(lines)


def _element(rng: Random, data: bytes, other: bytes) -> bytes:
    """An element twice, gone, empty, deep within itself, or one of another file in its place."""
    found = list(_ELEMENT.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    tag, whole = match[1], match[0]
    nested = (b"<" + tag + b">") * 250 + (b"</" + tag + b">") * 250
    foreign = [each[0] for each in _ELEMENT.finditer(other)] or [b""]
    pieces = (b"", whole * 2, b"<" + tag + b"/>", b"<" + tag + b">" + whole + b"</" + tag + b">", nested)
    return data[: match.start()] + rng.choice((*pieces, rng.choice(foreign))) + data[match.end() :]


def _rename(rng: Random, data: bytes, other: bytes) -> bytes:
    """Every element of one tag under another tag of this file or another."""
    tags = [tag.lstrip(b"/") for tag in _borrowed(_TAG, data, other)]
    old, new = rng.choice(tags), rng.choice(tags)
    return data if not old else re.sub(rb"(</?)" + re.escape(old) + rb"(?=[\s/>])", lambda m: m[1] + new, data)


def _text(rng: Random, data: bytes, other: bytes) -> bytes:
    pieces = _PIECES if rng.random() < 0.5 else _borrowed(_TEXT, data, other)
    return _replaced(rng, _TEXT, data, [_escaped(piece) for piece in pieces])


def _escaped(piece: bytes) -> bytes:
    return piece.replace(b"<", b"&lt;") if piece[:1] != b"<" else piece


def _cells(rng: Random, data: bytes, other: bytes) -> bytes:
    """A cell of a row, or of the header, as another or as a strange piece."""
    lines = data.split(b"\n")
    at = rng.choice((0, rng.randrange(len(lines))))
    cells = lines[at].split(b",")
    place = rng.randrange(len(cells))
    donors = rng.choice(lines).split(b",") + other.split(b"\n", 1)[0].split(b",")
    kind = rng.randrange(4)
    if kind == 0:
        del cells[place]
    elif kind == 1:
        cells.insert(place, rng.choice(donors))
    else:
        cells[place] = rng.choice(donors) if kind == 2 else rng.choice(_PIECES)
    lines[at] = b",".join(cells)
    return b"\n".join(lines)


def _value(rng: Random, data: bytes, other: bytes) -> bytes:
    pieces = _VALUES if rng.random() < 0.7 else _borrowed(_VALUE, data, other)
    return _replaced(rng, _VALUE, data, pieces)


_OF_BYTES: tuple[Change, ...] = (_flip, _cut, _behead, _remove, _repeat, _insert, _splice, _recode, _line_ends)
_OF_TEXT: tuple[Change, ...] = (_token, _number, _bracket, _insert)
_BY_FAMILY: Mapping[str, tuple[Change, ...]] = {
    "xml": (_element, _element, _rename, _text, _text),
    "csv": (_cells, _cells, _cells, _lines),
    "json": (_value, _value, _value, _lines),
    "yaml": (_lines, _lines, _value),
    "code": (_lines, _remove, _repeat),
    "binary": (_flip, _flip, _remove, _repeat, _splice),
}
"""Changes that keep the outer form of a format, so that the readers behind its parser see them."""
