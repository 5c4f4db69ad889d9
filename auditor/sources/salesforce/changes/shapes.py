"""The rows of a tree: which tables there are, how their values are written, and what files enter under which key.

Values are JSON, keys are words joined by a zero byte. Tables of many small values keep a bucket of them in a row,
by a checksum of the key; how many buckets there are stands in the head.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from auditor.dataclasses import dataclass, field
from auditor.formats.frozen import pack
from auditor.model.components import IntegrationPoint
from auditor.sources.salesforce.merging import account, field_key, homed, record_type_owner
from auditor.sources.salesforce.naming import Names
from auditor.sources.salesforce.parsed import Parsed
from auditor.sources.salesforce.tables import REPORT, inner_name

VERSION = 1
"""Of the rows. Rows of another version are not understood."""
HEAD, OBJECT, FAMILY, FILE, QUESTION, DOORS, UNREAD, REPEATED = (
    "head",
    "object",
    "family",
    "file",
    "question",
    "doors",
    "unread",
    "repeated",
)
LISTED, KEYS, WORDS, VALUES_USED = "listed", "keys", "words", "values_used"
"""Tables in buckets."""
PAGE = 32
"""So many files and questions, which are numbered, stand in one row."""
_IN_A_BUCKET = 32
_DOOR_KINDS = frozenset({"apex_callout", "csp_site", "external_data_source", "named_credential", "remote_site"})
_JSON = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a tree as a whole."""

    version: int = 0
    namespaces: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    """The package directories, in order."""
    channels: Mapping[str, int] = field(default_factory=dict)
    proofs: Mapping[str, int] = field(default_factory=dict)
    """How many files prove that a kind of component was read."""
    files: int = 0
    """How many files were read."""
    shadows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Objects written with a token, by the name without it; all in lower case."""
    buckets: Mapping[str, int] = field(default_factory=dict)
    """How many buckets each table has that is kept in buckets."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What is joined across files of integration points (doors.py), before it is."""

    points: tuple[IntegrationPoint, ...] = ()
    served: tuple[tuple[str, str], ...] = ()
    """(external data source in lower case, object)."""


def dumped(value: object) -> bytes:
    """A value as JSON."""
    return _JSON(value).encode("utf-8", "surrogatepass")


def loaded(value: bytes) -> Any:  # noqa: ANN401 - whatever was written
    """What `dumped` has written."""
    return json.loads(value)


def buckets_for(entries: int) -> int:
    """How many buckets so many entries are kept in."""
    return max(1, entries // _IN_A_BUCKET)


def bucket(key: str, buckets: int) -> str:
    """The row that holds a key."""
    return str(crc32(key.encode("utf-8", "surrogatepass")) % buckets)


def is_door(point: IntegrationPoint) -> bool:
    """Whether what a point touches may be told by another file, or it may tell it of another (doors.py)."""
    return point.kind in _DOOR_KINDS


def entries_of(parsed: Parsed, names: Names) -> Iterator[tuple[str, Any]]:
    """Everything that a file defines: under which key, and what of it the others see."""
    for item in map(homed, parsed.fields):
        yield field_entry(field_key(item)), None
        yield member_entry(item.object.lower()), None
    yield from ((object_entry(item.name.lower()), None) for item in map(account, parsed.objects))
    yield from ((type_entry(record_type_owner(owner)), name) for owner, name in parsed.record_types)
    yield from ((f"value_set\0{name}", None) for name, _ in parsed.value_sets)
    yield from ((f"report_types\0{names.normal(item.name)}", _text(item)) for item in parsed.report_types)
    for signature in parsed.signatures:
        yield f"classes\0{signature.name.lower()}", _text(signature)
        if "." in signature.name:
            yield f"inner\0{inner_name(signature)}", signature.name
    for component in parsed.components:
        told = component.attribute("report_type") if component.kind == REPORT else None
        yield component_key(component.kind, component.name), [component.name, told]


def component_key(kind: str, name: str) -> str:
    """The key of a component, whatever the case of its name."""
    return f"callees\0{kind}\0{name.lower()}"


def field_entry(key: tuple[str, str]) -> str:
    """The key of the files that define a field (object and name in lower case)."""
    return f"field\0{key[0]}\0{key[1]}"


def member_entry(owner: str) -> str:
    """The key of the files that define fields of an object (in lower case)."""
    return f"member\0{owner}"


def object_entry(name: str) -> str:
    """The key of the files that define an object (in lower case)."""
    return f"object\0{name}"


def type_entry(owner: str) -> str:
    """The key of the files that define record types of an object (in lower case), and of their names."""
    return f"type\0{owner}"


def _text(record: object) -> str:
    return pack(record).decode()
