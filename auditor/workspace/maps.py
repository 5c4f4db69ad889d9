"""Reads the declared integration maps: which fields of a CRM are kept in step with which of an ERP."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from auditor.config.values import Config
from auditor.errors import ConfigurationError, FormatError
from auditor.formats.tables import Row, open_table
from auditor.formats.yamls import load_plain
from auditor.model.matches import DeclaredPair, Direction

_DIRECTIONS = {
    "erp->crm": Direction.TO_CRM,
    "to crm": Direction.TO_CRM,
    "crm->erp": Direction.TO_ERP,
    "to erp": Direction.TO_ERP,
    "both": Direction.BOTH,
    "bidirectional": Direction.BOTH,
    "<->": Direction.BOTH,
    "": Direction.UNSAID,
}
_COLUMNS = ("crm_object", "crm_field", "erp_object", "erp_field")


def read_maps(config: Config) -> tuple[DeclaredPair, ...]:
    """The declared integration maps, in their order.

    A map is CSV (columns crm_object, crm_field, erp_object, erp_field, direction) or YAML: a list of such rows, or
    of `{crm: Object.Field, erp: Object.Field, direction: erp->crm}`.

    Raises:
        ConfigurationError: with every file and line that cannot be read.
    """
    problems: list[str] = []
    found: list[DeclaredPair] = []
    for name in config.maps:
        path = config.folder / name
        try:
            rows = _yaml_rows(path) if path.suffix.lower() in (".yaml", ".yml") else _table_rows(path)
            found += [pair for line, cells in rows if (pair := _pair(name, line, cells, problems))]
        except (FormatError, OSError) as error:
            problems.append(f"{name}: {getattr(error, 'strerror', None) or error}")
    if problems:
        raise ConfigurationError(problems)
    return tuple(found)


def _table_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    table = open_table(path)
    missing = [column for column in ("crm_object", "erp_object") if not table.has(column)]
    if missing:
        raise FormatError(f"a map needs the columns {', '.join(_COLUMNS)}; missing: {', '.join(missing)}")
    return [(row.line, dict(row.cells)) for row in table.rows() if isinstance(row, Row)]


def _yaml_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    document = load_plain(path.read_bytes())
    rows = document.get("pairs", []) if isinstance(document, dict) else document
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FormatError("a map is a list of pairs, or `pairs:` with one")
    return [(number, _cells(cast(dict[str, object], row))) for number, row in enumerate(rows, 1)]


def _cells(row: dict[str, object]) -> dict[str, str]:
    cells = {key: str(value) for key, value in row.items() if value is not None}
    for side in ("crm", "erp"):
        entity, _, field = cells.pop(side, "").partition(".")
        if entity:
            cells |= {f"{side}_object": entity, f"{side}_field": field}
    return cells


def _pair(name: str, line: int, cells: dict[str, str], problems: list[str]) -> DeclaredPair | None:
    values = [cells.get(column, "").strip() for column in _COLUMNS]
    direction = _DIRECTIONS.get(cells.get("direction", "").strip().lower())
    if direction is None:
        problems.append(
            f"{name}:{line}: direction {cells['direction']!r} is not known; write erp->crm, crm->erp or both"
        )
        return None
    if not values[0] or not values[2] or bool(values[1]) != bool(values[3]):
        problems.append(f"{name}:{line}: a pair names an object of each side, and a field of each or of neither")
        return None
    return DeclaredPair(values[0], values[2], values[1], values[3], direction, name, line)
