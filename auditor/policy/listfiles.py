"""Allow-lists whose names stand in a file of their own: CSV or YAML, beside the document that uses them."""

from __future__ import annotations

from collections.abc import Callable

from auditor.dataclasses import replace
from auditor.formats.namelists import read_names
from auditor.formats.yamlnodes import Problems, YamlKind, YamlNode

Read = Callable[[str], tuple[str, bytes]]
"""The reference and the bytes of a file that a document names; raises OSError or ValueError."""


def with_file(node: YamlNode, read: Read, problems: Problems) -> YamlNode:
    """A list with the names of its `file:` put under `subjects:`, beside those that stand there already."""
    file = node.get("file")
    if file is None:
        return node
    names = _names(file, node.get("column"), read, problems)
    inline = node.get("subjects")
    both = (*(inline.items if inline is not None else ()), *names)
    listed = YamlNode(YamlKind.SEQUENCE, file.line, file.column, file.file, items=both)
    key = YamlNode(YamlKind.SCALAR, file.line, file.column, file.file, "subjects", text="subjects")
    others = tuple(pair for pair in node.pairs if pair[0].text != "subjects")
    return replace(node, pairs=(*others, (key, listed)))


def _names(file: YamlNode, column: YamlNode | None, read: Read, problems: Problems) -> tuple[YamlNode, ...]:
    if not file.is_text:
        problems.add(file, "file is the name of a CSV or YAML file beside this document")
        return ()
    try:
        path, data = read(file.text)
    except (OSError, ValueError):
        problems.add(file, f"there is no file {file.text}")
        return ()
    return read_names(data, path, column, problems)
