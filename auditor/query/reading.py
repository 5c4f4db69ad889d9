"""The SQL that reads files as text: which reader, and how the cells of one dress become wanted columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from auditor.query.scans import LINE_LIMIT, Scan

Wanted: TypeAlias = Mapping[str, Sequence[str]]
"""Alias → the columns that may stand for it, first that is filled; without any it is empty."""

OBJECT = "(CASE WHEN json_valid(line) THEN json_type(line) = 'OBJECT' ELSE FALSE END)"
"""Whether a line is a JSON object."""

_SEPARATOR = "chr(31)"  # A control character, which no line of JSON can hold unescaped.
_SMALL = 16 << 20
_TOGETHER = 200


def alike(scans: Iterable[Scan]) -> list[list[Scan]]:
    """Small files of one shape together, so that a hundred of them cost one statement; every other one alone."""
    groups: list[list[Scan]] = []
    open_groups: dict[object, list[Scan]] = {}
    for scan in scans:
        small = scan.form in ("csv", "jsonl") and not scan.packed and _is_small(scan.path)
        shape = (scan.form, scan.columns, scan.delimiter)
        group = open_groups.get(shape) if small else None
        if group is None or len(group) >= _TOGETHER:
            group = []
            groups.append(group)
            if small:
                open_groups[shape] = group
        group.append(scan)
    return groups


def _is_small(path: Path) -> bool:
    try:
        return path.stat().st_size <= _SMALL
    except OSError:
        # It vanished since; whoever reads it will say so.
        return False


def reader_sql(scan: Scan, paths: Sequence[Path], errors: str) -> str:
    """The table function that reads files of one shape as text; `errors` says what becomes of bad rows."""
    listed = "[" + ", ".join(quoted(str(path.resolve())) for path in paths) + "]"
    if scan.form == "parquet":
        return f"read_parquet({listed})"
    packing = "gzip" if scan.packed else "none"
    named = ", filename=true" if len(paths) > 1 else ""
    common = f"auto_detect=false, max_line_size={LINE_LIMIT}, compression='{packing}'{named}, {errors}"
    if scan.form == "jsonl":
        lines = f"read_csv({listed}, columns={{'line': 'VARCHAR'}}, header=false, {common}"
        return f"{lines}, delim={_SEPARATOR}, quote='', escape='')"
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(scan.columns)))
    return (
        f"read_csv({listed}, columns={{{columns}}}, header=true, {common}, delim={quoted(scan.delimiter)}, "
        "quote='\"', escape='\"')"
    )


def selected(scan: Scan, wanted: Wanted, *, raw: bool) -> str:
    """The wanted columns as a list for SELECT. `raw`: what only had to be trimmed is left to who groups it."""
    return ", ".join(f"{_cell(scan, names, raw)} AS {identifier(alias)}" for alias, names in wanted.items())


def _cell(scan: Scan, names: Sequence[str], raw: bool) -> str:
    """SQL of one text cell; an empty cell is NULL, the first of several columns that is filled counts."""
    if scan.form == "jsonl":
        paths = [quoted(path) for path in _json_paths(scan, names)]
        found = [f"CASE WHEN json_valid(line) THEN line ->> {path} END" for path in paths]
    else:
        places = [place for name in names if (place := scan.position((name,))) is not None]
        found = [
            f"CAST({identifier(scan.columns[place])} AS VARCHAR)" if scan.form == "parquet" else f"c{place}"
            for place in dict.fromkeys(places)
        ]
    if raw and len(found) == 1:
        return found[0]
    filled = [f"nullif(trim({cell}), '')" for cell in found]
    return f"coalesce({', '.join([*filled, 'NULL::VARCHAR'])})"


def _json_paths(scan: Scan, names: Sequence[str]) -> Iterator[str]:
    """A column as the first record spells it, as a member of its own and as a path through members."""
    for name in names:
        place = scan.position((name,))
        spelled = name if place is None else scan.columns[place]
        yield f'$."{spelled}"'
        if "." in spelled:
            yield "$." + ".".join(f'"{part}"' for part in spelled.split("."))


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
