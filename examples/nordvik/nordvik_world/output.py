"""Writes files with the same bytes on every machine: UTF-8, Unix line ends, quoting as the exporting tool does."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], quote_all: bool = False
) -> None:
    """One CSV. EventLogFile and Data Loader quote every cell; `sf data query` quotes only where it must."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n", quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
        writer.writerow(header)
        writer.writerows(rows)


def write_records(path: Path, records: Sequence[Mapping[str, str]], quote_all: bool = False) -> None:
    """Records with the same keys; nothing is written where there are none."""
    if records:
        header = list(records[0])
        write_csv(path, header, ([record[name] for name in header] for record in records), quote_all)


def write_json(path: Path, document: object) -> None:
    """One JSON document, indented."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_json_lines(path: Path, documents: Iterable[Mapping[str, object]]) -> None:
    """One JSON document a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(document, ensure_ascii=False, separators=(",", ":")) for document in documents)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
