"""What a workbook must not make openpyxl do: unpack a bomb, expand entities, make cells that nobody wrote."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from auditor.errors import FormatError
from auditor.formats.tree_limits import is_bomb, printable

LARGEST_PART = 512 * 2**20
"""Bytes of one part, unpacked: a sheet of a million rows has so many."""
MOST_CELLS = 5_000_000
"""Cells that a sheet may span where it is held as a whole, and that its merged areas may cover together."""
MOST_STREAMED = 100_000_000
"""Cells that a sheet may span where it is read row by row."""
_PROLOGUE = 1 << 16
"""Bytes of a part in which a DTD is looked for: it may only stand before the root element."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')


def check_workbook(path: Path) -> None:
    """Look at the archive before anything is unpacked from it.

    Raises:
        FormatError: an archive bomb, a part beyond all measure, a DTD, or merged areas of millions of cells.
    """
    with ZipFile(path) as archive:
        items = archive.infolist()
        if is_bomb(path.stat().st_size, sum(item.file_size for item in items)):
            raise FormatError("unpacks to far more than it holds, refused as an archive bomb")
        for item in items:
            _check_part(archive, item)


def check_span(title: str, rows: int, columns: int, *, streamed: bool) -> None:
    """Refuse a sheet with one cell far from its table, which stands for all the cells between them.

    Raises:
        FormatError: it is one.
    """
    if rows * columns > (MOST_STREAMED if streamed else MOST_CELLS):
        raise FormatError(
            f"its sheet {printable(title)!r} spans {rows:,} rows and {columns:,} columns; delete what stands far "
            "from the table, or save it as CSV"
        )


def _check_part(archive: ZipFile, item: ZipInfo) -> None:
    name = printable(item.filename)
    if item.file_size > LARGEST_PART:
        raise FormatError(f"its part {name} is larger than {LARGEST_PART // 2**20} MB")
    if not name.lower().endswith((".xml", ".rels")):
        return
    with archive.open(item) as part:
        head = part.read(_PROLOGUE)
        if b"<!DOCTYPE" in head.replace(b"\0", b""):
            raise FormatError(f"a DTD in its part {name} is refused")
        if "/worksheets/" in name and _covered(head + part.read()) > MOST_CELLS:
            raise FormatError(f"merged areas of its part {name} cover more than {MOST_CELLS:,} cells")


def _covered(sheet: bytes) -> int:
    areas = _MERGED.findall(sheet)
    return sum((abs(int(d) - int(b)) + 1) * (abs(_number(c) - _number(a)) + 1) for a, b, c, d in areas)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
