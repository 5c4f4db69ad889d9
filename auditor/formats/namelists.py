"""Lists of names as people keep them: a column of a CSV file, or a YAML list, each name with its place."""

from __future__ import annotations

import csv
from io import StringIO

from auditor.formats.yamlnodes import Problems, YamlKind, YamlNode
from auditor.formats.yamls import read_noting

_DELIMITERS = (";", "\t", ",")
MOST_NAMES = 200_000
"""A longer list is no list of exceptions that somebody decided on."""


def read_names(data: bytes, path: str, column: YamlNode | None, problems: Problems) -> tuple[YamlNode, ...]:
    """The names in a file, in its order: CSV by its ending, else YAML. What is wrong is noted.

    A CSV file has a header; the names stand in `column`, or without one in `subject`, or in the first column.
    """
    if path.lower().endswith((".csv", ".tsv")):
        found = _from_csv(data, path, column, problems)
    else:
        found = _from_yaml(data, path, problems)
    if len(found) > MOST_NAMES:
        problems.at(path, 1, 1, f"a list of more than {MOST_NAMES:,} names is refused")
        return ()
    return found


def _from_yaml(data: bytes, path: str, problems: Problems) -> tuple[YamlNode, ...]:
    root = read_noting(data, path, problems)
    if root.is_empty:
        return ()
    if not root.is_list or not all(item.is_text for item in root.items):
        problems.add(root, "a file of names is a YAML list of texts")
        return ()
    return root.items


def _from_csv(data: bytes, path: str, column: YamlNode | None, problems: Problems) -> tuple[YamlNode, ...]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.at(path, 1, 1, f"not UTF-8 text: {error.reason} at byte {error.start}")
        return ()
    first = text.partition("\n")[0]
    delimiter = next((sign for sign in _DELIMITERS if sign in first), ",")
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        place = _place(header, column, path, problems)
        found = [] if place is None else [(rows.line_num, row[place].strip()) for row in rows if len(row) > place]
    except csv.Error as error:
        problems.at(path, rows.line_num, 1, f"not CSV: {error}")
        return ()
    return tuple(YamlNode(YamlKind.SCALAR, line, 1, path, name, text=name) for line, name in found if name)


def _place(header: list[str], column: YamlNode | None, path: str, problems: Problems) -> int | None:
    wanted = "subject" if column is None else column.text
    if wanted in header:
        return header.index(wanted)
    if column is not None:
        problems.add(column, f"{path} has no column {wanted!r}. Its columns: {', '.join(header)}.")
        return None
    return 0 if header else None
