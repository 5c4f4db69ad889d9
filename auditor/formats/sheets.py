"""A sheet to write, as CSV here or in a workbook elsewhere, with cells that no spreadsheet runs as a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from auditor.dataclasses import dataclass

Cell: TypeAlias = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to write: its name (31 characters at most), a header and rows of plain values."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula, made text; control characters are dropped.

    The apostrophe in front is what spreadsheets themselves write; OWASP "CSV Injection" lists the characters.
    """
    if not isinstance(cell, str):
        return cell
    text = _UNWRITABLE.sub("", cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) or text.startswith(("\t", "\n")) else text


def csv_bytes(sheet: Sheet) -> bytes:
    """The sheet as CSV in UTF-8 (RFC 4180, with a byte-order mark, without which Excel breaks `å`)."""
    lines = [sheet.columns, *sheet.rows]
    return ("\ufeff" + "".join(",".join(_csv_cell(cell) for cell in line) + "\r\n" for line in lines)).encode()


# Control characters, lone surrogates and what XML 1.0 cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def _csv_cell(cell: Cell) -> str:
    safe = harmless(cell)
    text = "" if safe is None else str(safe)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',;"\n\t') else text
