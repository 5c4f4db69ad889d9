"""JSON documents and the envelopes in which CRM tools wrap their records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from auditor.dataclasses import dataclass
from auditor.errors import FormatError
from auditor.formats.textfiles import READ_ERRORS, detect_encoding, open_text

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

NESTED = "JSON nested too deeply to be read"
MAX_CHARACTERS = 256 * 1024 * 1024
"""A larger document is refused: it is read as a whole. JSON lines have no such limit."""

_PIECE = 1 << 22
# `{"records": […]}` of the REST API, `{"status": 0, "result": …}` of the sf command line, `{"sObjects": […]}` of
# limits/recordCount, `{"value": […]}` of OData, `{"results": […], "paging": {"next": …}}` of HubSpot.
_ENVELOPES = ("result", "records", "sObjects", "value", "results")


@dataclass(frozen=True, slots=True)
class Records:
    """The records of one document; `truncated` where the document itself says that there are more."""

    items: tuple[Mapping[str, Json], ...]
    truncated: bool = False


def read_json(path: Path) -> Json:
    """Read one document, gzipped or not.

    Raises:
        FormatError: not readable, not JSON, too large or nested too deeply.
    """
    encoding = detect_encoding(path)
    pieces: list[str] = []
    with open_text(path, encoding) as text:
        try:
            # Piece by piece: asked for everything at once, the stream makes room for all that it is asked for.
            while sum(map(len, pieces)) <= MAX_CHARACTERS and (piece := text.read(_PIECE)):
                pieces.append(piece)
        except READ_ERRORS as error:
            raise FormatError(f"cannot be read: {error}") from None
    content = "".join(pieces)
    if len(content) > MAX_CHARACTERS:
        raise FormatError(f"a JSON document over {MAX_CHARACTERS // 2**20} MB; export it as JSON lines or CSV")
    return parse_json(content)


def parse_json(text: str) -> Json:
    """Parse one document.

    Raises:
        FormatError: not JSON, or nested too deeply.
    """
    try:
        value: Json = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"not JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise FormatError(NESTED) from None
    except ValueError as error:  # a number of more digits than Python turns into one
        raise FormatError(f"not readable as JSON: {str(error).partition(';')[0]}") from None
    return value


def records_of(document: Json) -> Records:
    """Take the records out of a document: a list of objects, or such a list in a known envelope."""
    truncated = False
    while isinstance(document, Mapping):
        truncated = truncated or _says_more(document)
        inner = next((document[key] for key in _ENVELOPES if isinstance(document.get(key), (list, dict))), None)
        if inner is None:
            return Records((document,), truncated)
        document = inner
    if not isinstance(document, list):
        return Records((), truncated)
    return Records(tuple(item for item in document if isinstance(item, Mapping)), truncated)


def flattened(item: Mapping[str, Json], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Give a record as dotted names and texts: `{"Profile": {"Name": "X"}}` is `Profile.Name` → `X`.

    The `attributes` of the REST API are dropped; null is an empty text; a list stays JSON.
    """
    for key, value in item.items():
        if isinstance(value, Mapping):
            if key != "attributes":
                yield from flattened(value, f"{prefix}{key}.")
        else:
            yield prefix + key, _text(value)


def member(document: Json, *path: str) -> Json:
    """Follow member names into a document; None where one is missing."""
    for name in path:
        if not isinstance(document, Mapping):
            return None
        document = document.get(name)
    return document


def text_members(document: Json) -> tuple[str, ...]:
    """The texts of a list; empty for anything else."""
    return tuple(item for item in document if isinstance(item, str)) if isinstance(document, list) else ()


def object_members(document: Json) -> tuple[Mapping[str, Json], ...]:
    """The objects of a list; empty for anything else."""
    return tuple(item for item in document if isinstance(item, Mapping)) if isinstance(document, list) else ()


def _says_more(document: Mapping[str, Json]) -> bool:
    total, held = document.get("totalSize"), document.get("records")
    short = isinstance(total, int) and isinstance(held, list) and len(held) < total
    paged = isinstance(member(document, "paging", "next"), Mapping)
    return document.get("done") is False or short or paged or "@odata.nextLink" in document


def _text(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
